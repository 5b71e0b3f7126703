#include "import_starter.h"

#include "../matching/symbols.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_LEVEL = 2, DEFAULT_NEARNESS = NEARNESS_ONE * 7 / 10, CELL_MAX = 16 * 1024 };

struct starter {
    const char *dir;
    struct referential_build *build;
    struct import_run run;
    struct symbols skills, roles; /* the ids declared */
};

typedef void starter_row(struct starter *starter, struct catalogue_file *file, const char **cells);

enum {
    SKILL_ID,
    SKILL_FRENCH,
    SKILL_ENGLISH,
    SKILL_ALIASES,
    SKILL_BROADER,
    SKILL_RELATED,
    SKILL_SAME,
    SKILL_COLUMNS
};
static const struct catalogue_column skill_columns[SKILL_COLUMNS] = {
    [SKILL_ID] = {"id", false},           [SKILL_FRENCH] = {"fr", false},
    [SKILL_ENGLISH] = {"en", false},      [SKILL_ALIASES] = {"aliases", false},
    [SKILL_BROADER] = {"broader", false}, [SKILL_RELATED] = {"related", false},
    [SKILL_SAME] = {"same", false},
};

enum {
    ROLE_ID,
    ROLE_ROME,
    ROLE_FRENCH,
    ROLE_ENGLISH,
    ROLE_ALIASES,
    ROLE_CORE,
    ROLE_USEFUL,
    ROLE_NEAR,
    ROLE_COLUMNS
};
static const struct catalogue_column role_columns[ROLE_COLUMNS] = {
    [ROLE_ID] = {"id", false},           [ROLE_ROME] = {"rome", false},
    [ROLE_FRENCH] = {"fr", false},       [ROLE_ENGLISH] = {"en", false},
    [ROLE_ALIASES] = {"aliases", false}, [ROLE_CORE] = {"core", false},
    [ROLE_USEFUL] = {"useful", false},   [ROLE_NEAR] = {"near", false},
};

static void expect(const struct catalogue_file *file, bool taken, const char *what)
{
    if (!taken)
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, what);
}

static bool is_known(const struct symbols *ids, const char *id)
{
    return symbols_find(ids, id, strlen(id)) != SYMBOL_NONE;
}

/* Notes the id of a row. False after a problem. */
static bool declare(const struct catalogue_file *file, struct symbols *ids, const char *id)
{
    if (id[0] == '\0')
        catalogue_file_problem(file, TEXT_CATALOGUE_NO_VALUE, "id");
    else if (is_known(ids, id))
        catalogue_file_problem(file, TEXT_CATALOGUE_REPEATED, id);
    else if (symbols_add(ids, id, strlen(id)) == SYMBOL_NONE)
        catalogue_file_problem(file, TEXT_CATALOGUE_MEMORY, "");
    else
        return true;
    return false;
}

static void declare_skill(struct starter *starter, struct catalogue_file *file, const char **cells)
{
    if (!declare(file, &starter->skills, cells[SKILL_ID]))
        return;
    if (cells[SKILL_FRENCH][0] == '\0')
        catalogue_file_problem(file, TEXT_CATALOGUE_NO_VALUE, "fr");
    expect(file,
           referential_build_skill(starter->build, cells[SKILL_ID], cells[SKILL_FRENCH],
                                   cells[SKILL_ENGLISH]),
           cells[SKILL_ID]);
}

static void declare_role(struct starter *starter, struct catalogue_file *file, const char **cells)
{
    if (!declare(file, &starter->roles, cells[ROLE_ID]))
        return;
    if (cells[ROLE_FRENCH][0] == '\0')
        catalogue_file_problem(file, TEXT_CATALOGUE_NO_VALUE, "fr");
    expect(file,
           referential_build_role(starter->build, cells[ROLE_ID], cells[ROLE_ROME],
                                  cells[ROLE_FRENCH], cells[ROLE_ENGLISH]) &&
               referential_build_role_text(starter->build, cells[ROLE_ID], ROLE_TITLE,
                                           cells[ROLE_FRENCH]) &&
               referential_build_role_text(starter->build, cells[ROLE_ID], ROLE_TITLE,
                                           cells[ROLE_ENGLISH]),
           cells[ROLE_ID]);
}

/* A cell that is a list, to cut up; its first item, or NULL. */
struct items {
    char text[CELL_MAX];
    char *rest;
};

static char *items_start(struct items *items, const struct catalogue_file *file, const char *cell)
{
    if (snprintf(items->text, sizeof items->text, "%s", cell) >= (int)sizeof items->text)
        catalogue_file_problem(file, TEXT_CATALOGUE_TOO_LARGE, "16 KiB");
    items->rest = items->text;
    return list_next(&items->rest);
}

static void link_skills(struct starter *starter, struct catalogue_file *file, const char *from,
                        const char *cell, enum skill_link link)
{
    struct items items;
    for (char *to = items_start(&items, file, cell); to; to = list_next(&items.rest)) {
        if (link != LINK_SAME && !is_known(&starter->skills, to))
            catalogue_file_problem(file, TEXT_CATALOGUE_UNKNOWN_SKILL, to);
        else
            expect(file, referential_build_skill_link(starter->build, from, to, link), to);
    }
}

static void link_skill(struct starter *starter, struct catalogue_file *file, const char **cells)
{
    struct items items;
    const char *id = cells[SKILL_ID];
    for (char *alias = items_start(&items, file, cells[SKILL_ALIASES]); alias;
         alias = list_next(&items.rest))
        expect(file, referential_build_skill_alias(starter->build, id, alias), alias);
    link_skills(starter, file, id, cells[SKILL_BROADER], LINK_BROADER);
    link_skills(starter, file, id, cells[SKILL_RELATED], LINK_RELATED);
    link_skills(starter, file, id, cells[SKILL_SAME], LINK_SAME);
}

/* Takes ":level" off a skill's id; 0 when it is no level. */
static unsigned cut_level(char *item)
{
    char *colon = strrchr(item, ':');
    if (!colon)
        return DEFAULT_LEVEL;
    *colon = '\0';
    return colon[1] >= '1' && colon[1] <= '4' && colon[2] == '\0' ? (unsigned)(colon[1] - '0') : 0;
}

/* Takes ":0.85" off a role's id and gives it as a nearness; 0 when it is no share up to 1. */
static unsigned cut_nearness(char *item)
{
    char *colon = strrchr(item, ':');
    if (!colon)
        return DEFAULT_NEARNESS;
    *colon = '\0';
    const char *digit = colon + 1;
    if ((*digit != '0' && *digit != '1') || (digit[1] != '.' && digit[1] != '\0'))
        return 0;
    unsigned thousandths = *digit == '1' ? 1000 : 0, unit = 100;
    for (digit += digit[1] == '.' ? 2 : 1; *digit >= '0' && *digit <= '9' && unit > 0; digit++) {
        thousandths += (unsigned)(*digit - '0') * unit;
        unit /= 10;
    }
    return *digit == '\0' ? (thousandths * NEARNESS_ONE + 500) / 1000 : 0;
}

static void link_role_skills(struct starter *starter, struct catalogue_file *file, const char *role,
                             const char *cell, bool core)
{
    struct items items;
    for (char *item = items_start(&items, file, cell); item; item = list_next(&items.rest)) {
        unsigned level = cut_level(item);
        if (!is_known(&starter->skills, item))
            catalogue_file_problem(file, TEXT_CATALOGUE_UNKNOWN_SKILL, item);
        else
            expect(file, referential_build_role_skill(starter->build, role, item, core, level),
                   item);
    }
}

static void link_role(struct starter *starter, struct catalogue_file *file, const char **cells)
{
    struct items items;
    const char *id = cells[ROLE_ID];
    for (char *alias = items_start(&items, file, cells[ROLE_ALIASES]); alias;
         alias = list_next(&items.rest))
        expect(file,
               referential_build_role_alias(starter->build, id, alias) &&
                   referential_build_role_text(starter->build, id, ROLE_TITLE, alias),
               alias);
    link_role_skills(starter, file, id, cells[ROLE_CORE], true);
    link_role_skills(starter, file, id, cells[ROLE_USEFUL], false);
    for (char *near = items_start(&items, file, cells[ROLE_NEAR]); near;
         near = list_next(&items.rest)) {
        unsigned nearness = cut_nearness(near);
        if (!is_known(&starter->roles, near))
            catalogue_file_problem(file, TEXT_CATALOGUE_UNKNOWN_ROLE, near);
        else
            expect(file, referential_build_role_link(starter->build, id, near, nearness), near);
    }
}

/* Twice through each file: links may lead to lines further down. */
static bool read_file(struct starter *starter, const char *name,
                      const struct catalogue_column *columns, unsigned count, starter_row *take)
{
    char path[4096];
    const char *cells[CATALOGUE_COLUMNS_MAX];
    if (snprintf(path, sizeof path, "%s/%s", starter->dir, name) >= (int)sizeof path) {
        import_problems_add(starter->run.problems, name, 0, TEXT_CATALOGUE_NO_FILE, starter->dir);
        return false;
    }
    struct catalogue_file *file = catalogue_file_open(path, columns, count, &starter->run);
    if (!file)
        return false;
    while (catalogue_file_next(file, cells))
        take(starter, file, cells);
    catalogue_file_close(file);
    return true;
}

bool import_starter(const char *dir, struct referential_build *build,
                    struct import_problems *problems, const struct import_progress *progress)
{
    unsigned before = problems->count;
    struct starter starter = {.dir = dir, .build = build, .run = {problems, progress}};
    bool skills = read_file(&starter, "skills.csv", skill_columns, SKILL_COLUMNS, declare_skill);
    bool roles = read_file(&starter, "roles.csv", role_columns, ROLE_COLUMNS, declare_role);
    /* Lines that cannot be read are told once. */
    if (skills && roles && problems->count == before) {
        read_file(&starter, "skills.csv", skill_columns, SKILL_COLUMNS, link_skill);
        read_file(&starter, "roles.csv", role_columns, ROLE_COLUMNS, link_role);
    }
    symbols_clear(&starter.skills);
    symbols_clear(&starter.roles);
    return problems->count == before;
}
