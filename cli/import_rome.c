#include "import_rome.h"

#include "catalogue_folder.h"

#include <stdlib.h>
#include <string.h>

enum {
    CODE_MAX = 10 * 1000 * 1000, /* codes of items are below */
    ITEM_LEVEL = 2,              /* ROME tells none */
    NEAREST = 200,               /* nearness of the first occupation one can move to, */
    NEAREST_STEP = 8,            /* less for each further one, */
    NEAREST_LEAST = 120,         /* but no less */
};

#define SKILL_PREFIX "rome:"

struct rome {
    const char *dir;
    struct referential_build *build;
    struct import_run run;
    uint8_t *skills; /* a bit per code: it is a skill or knowledge, and not a work context */
};

typedef void rome_row(struct rome *rome, struct catalogue_file *file, const char **cells);

/* Gives each row of the table to take. */
static bool read_table(struct rome *rome, const char *stem, const struct catalogue_column *columns,
                       unsigned count, rome_row *take)
{
    char path[CATALOGUE_PATH_SIZE];
    if (!catalogue_folder_find(rome->dir, stem, path)) {
        import_problems_add(rome->run.problems, rome->dir, 0, TEXT_CATALOGUE_NO_FILE, stem);
        return false;
    }
    struct catalogue_file *file = catalogue_file_open(path, columns, count, &rome->run);
    const char *cells[CATALOGUE_COLUMNS_MAX];
    if (!file)
        return false;
    while (catalogue_file_next(file, cells))
        take(rome, file, cells);
    catalogue_file_close(file);
    return true;
}

/* The prefix and the code, which is marked as known. False after a problem. */
static bool skill_id(struct rome *rome, const struct catalogue_file *file, const char *code,
                     char id[24])
{
    char *end;
    unsigned long number = strtoul(code, &end, 10);
    if (code[0] < '0' || code[0] > '9' || *end != '\0' || number >= CODE_MAX) {
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, code);
        return false;
    }
    rome->skills[number / 8] |= (uint8_t)(1U << number % 8);
    snprintf(id, 24, SKILL_PREFIX "%lu", number);
    return true;
}

static bool is_skill(const struct rome *rome, const char *code)
{
    unsigned long number = strtoul(code, NULL, 10);
    return number < CODE_MAX && (rome->skills[number / 8] >> number % 8 & 1) != 0;
}

static void expect(const struct catalogue_file *file, bool taken, const char *what)
{
    if (!taken)
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, what);
}

/* code, label, code of the macro-skill */
static void take_skill(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    char id[24], macro[24];
    if (!skill_id(rome, file, cells[0], id))
        return;
    expect(file, referential_build_skill(rome->build, id, cells[1], ""), cells[1]);
    if (cells[2][0] == '\0' || strcmp(cells[2], cells[0]) == 0)
        return;
    snprintf(macro, sizeof macro, SKILL_PREFIX "%.16s", cells[2]);
    expect(file, referential_build_skill_link(rome->build, id, macro, LINK_BROADER), cells[2]);
}

/* code, label */
static void take_knowledge(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    char id[24];
    if (skill_id(rome, file, cells[0], id))
        expect(file, referential_build_skill(rome->build, id, cells[1], ""), cells[1]);
}

/* A title "Technicien coupeur / Technicienne coupeuse en coiffure" stands for the masculine by its
 * normal form already; the feminine one is what comes after the stroke. */
static void take_feminine(struct rome *rome, struct catalogue_file *file, const char *role,
                          const char *title)
{
    const char *stroke = strstr(title, " / ");
    if (stroke && !strstr(stroke + 3, " / "))
        expect(file, referential_build_role_alias(rome->build, role, stroke + 3), title);
}

static void take_title(struct rome *rome, struct catalogue_file *file, const char *role,
                       const char *title)
{
    if (title[0] == '\0')
        return;
    expect(file, referential_build_role_alias(rome->build, role, title), title);
    take_feminine(rome, file, role, title);
}

/* code, label, code of the broader role */
static void take_role(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    expect(file, referential_build_role(rome->build, cells[0], cells[0], cells[1], ""), cells[0]);
    take_feminine(rome, file, cells[0], cells[1]);
    if (cells[2][0] != '\0' && strcmp(cells[2], cells[0]) != 0)
        expect(file, referential_build_role_parent(rome->build, cells[0], cells[2]), cells[2]);
}

/* role, long title, short title */
static void take_titles(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    const char *title = cells[2][0] != '\0' ? cells[2] : cells[1];
    if (title[0] != '\0')
        expect(file, referential_build_role_text(rome->build, cells[0], ROLE_TITLE, title), title);
    take_title(rome, file, cells[0], cells[1]);
    if (strcmp(cells[1], cells[2]) != 0)
        take_title(rome, file, cells[0], cells[2]);
}

/* role, code of a skill, knowledge or work context, "Principale" at its heart */
static void take_item(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    char id[24];
    if (!is_skill(rome, cells[1]) || !skill_id(rome, file, cells[1], id))
        return;
    bool core = strcmp(cells[2], "Principale") == 0;
    expect(file, referential_build_role_skill(rome->build, cells[0], id, core, ITEM_LEVEL),
           cells[1]);
}

/* role, role one can move to, its place */
static void take_move(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    unsigned long place = strtoul(cells[2], NULL, 10);
    unsigned nearness = NEAREST_LEAST;
    if (place > 0 && place <= (NEAREST - NEAREST_LEAST) / NEAREST_STEP)
        nearness = NEAREST - NEAREST_STEP * (unsigned)(place - 1);
    expect(file, referential_build_role_link(rome->build, cells[0], cells[1], nearness), cells[1]);
}

/* role, "definition" or how one gets there, text */
static void take_text(struct rome *rome, struct catalogue_file *file, const char **cells)
{
    enum role_text kind = strcmp(cells[1], "definition") == 0 ? ROLE_DEFINITION : ROLE_ACCESS;
    expect(file, referential_build_role_text(rome->build, cells[0], kind, cells[2]), cells[0]);
}

static void read_tables(struct rome *rome)
{
    static const struct catalogue_column skills[] = {
        {"code ogr", false}, {"libelle competence", false}, {"code ogr macro comp", false}};
    static const struct catalogue_column knowledge[] = {{"code ogr savoir|code ogr", false},
                                                        {"libelle savoir", false}};
    static const struct catalogue_column roles[] = {
        {"code rome", false}, {"libelle rome", false}, {"code rome parent", true}};
    static const struct catalogue_column titles[] = {{"code rome", false},
                                                     {"libelle appellation long", false},
                                                     {"libelle appellation court", true}};
    static const struct catalogue_column items[] = {
        {"code rome", false}, {"code ogr", false}, {"coeur metier", false}};
    static const struct catalogue_column moves[] = {
        {"code rome", false}, {"code rome cible", false}, {"numero ordre", false}};
    static const struct catalogue_column texts[] = {
        {"code rome", false}, {"libelle type texte", false}, {"libelle texte", false}};
    char path[CATALOGUE_PATH_SIZE];
    read_table(rome, "referentiel_competence", skills, 3, take_skill);
    read_table(rome, "referentiel_savoir", knowledge, 2, take_knowledge);
    read_table(rome, "referentiel_code_rome", roles, 3, take_role);
    read_table(rome, "referentiel_appellation", titles, 3, take_titles);
    read_table(rome, "coherence_item", items, 3, take_item);
    read_table(rome, "rubrique_mobilite", moves, 3, take_move);
    if (catalogue_folder_find(rome->dir, "texte", path)) /* a release may come without */
        read_table(rome, "texte", texts, 3, take_text);
}

bool rome_is_part_of(const struct referential *referential)
{
    for (int32_t i = 0; i < referential_skill_count(referential); i++)
        if (strncmp(referential_skill_id(referential, i), SKILL_PREFIX, sizeof SKILL_PREFIX - 1) ==
            0)
            return true;
    return false;
}

bool import_rome(const char *dir, struct referential_build *build, struct import_problems *problems,
                 const struct import_progress *progress)
{
    unsigned before = problems->count;
    struct rome rome = {.dir = dir, .build = build, .run = {problems, progress}};
    rome.skills = calloc(CODE_MAX / 8 + 1, 1);
    if (!rome.skills) {
        import_problems_add(problems, dir, 0, TEXT_CATALOGUE_MEMORY, "");
        return false;
    }
    read_tables(&rome);
    free(rome.skills);
    return problems->count == before;
}
