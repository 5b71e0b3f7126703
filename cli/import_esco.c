#include "import_esco.h"

#include "../matching/occupation_build.h"
#include "catalogue_folder.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS "http://data.europa.eu/esco/"

enum { CELL_MAX = 16 * 1024 };

struct esco {
    const char *dir;
    struct referential_build *build;
    struct import_run run;
    enum label_language language; /* of the labels in the file being read */
};

typedef void esco_row(struct esco *esco, struct catalogue_file *file, const char **cells);

bool esco_id(const char *address, const char *kind, char id[ESCO_ID_SIZE])
{
    size_t size = strlen(kind);
    if (strncmp(address, ADDRESS, sizeof ADDRESS - 1) != 0)
        return false;
    address += sizeof ADDRESS - 1;
    if (strncmp(address, kind, size) != 0 || address[size] != '/' || address[size + 1] == '\0')
        return false;
    return snprintf(id, ESCO_ID_SIZE, ESCO_PREFIX "%s", address + size + 1) < ESCO_ID_SIZE;
}

static void expect(const struct catalogue_file *file, bool taken, const char *what)
{
    if (!taken)
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, what);
}

/* Gives each row of the table to take; one that is not there is a problem if it is needed. */
static void read_table(struct esco *esco, const char *stems, bool needed,
                       const struct catalogue_column *columns, unsigned count, esco_row *take)
{
    char path[CATALOGUE_PATH_SIZE];
    const char *cells[CATALOGUE_COLUMNS_MAX];
    if (!catalogue_folder_find(esco->dir, stems, path)) {
        if (needed)
            import_problems_add(esco->run.problems, esco->dir, 0, TEXT_CATALOGUE_NO_FILE, stems);
        return;
    }
    struct catalogue_file *file = catalogue_file_open(path, columns, count, &esco->run);
    while (file && catalogue_file_next(file, cells))
        take(esco, file, cells);
    catalogue_file_close(file);
}

/* -- labels ------------------------------------------------------------------------------------ */

typedef bool label_take(struct esco *esco, const char *id, const char *label);

static bool take_alias(struct esco *esco, const char *id, const char *label)
{
    return referential_build_skill_alias(esco->build, id, label);
}

static bool take_title(struct esco *esco, const char *id, const char *label)
{
    return referential_build_occupation_title(esco->build, id, esco->language, label);
}

/* Other labels stand behind one another, with '|' or the end of a line between them. */
static void take_labels(struct esco *esco, struct catalogue_file *file, const char *id,
                        const char *cell, label_take *take)
{
    char list[CELL_MAX];
    if (snprintf(list, sizeof list, "%s", cell) >= (int)sizeof list) {
        catalogue_file_problem(file, TEXT_CATALOGUE_TOO_LARGE, "16 KiB");
        return;
    }
    char *rest = list, *label;
    while ((label = strsep(&rest, "|\n\r"))) {
        label += strspn(label, " ");
        for (size_t size = strlen(label); size > 0 && label[size - 1] == ' '; size--)
            label[size - 1] = '\0';
        if (*label != '\0')
            expect(file, take(esco, id, label), label);
    }
}

/* address, label, other labels */
static void take_skill(struct esco *esco, struct catalogue_file *file, const char **cells)
{
    char id[ESCO_ID_SIZE];
    if (!esco_id(cells[0], "skill", id)) /* groups, too, are listed in some releases */
        return;
    expect(file, referential_build_skill_label(esco->build, id, esco->language, cells[1]),
           cells[1]);
    take_labels(esco, file, id, cells[2], take_alias);
}

/* address, label, other labels */
static void take_occupation(struct esco *esco, struct catalogue_file *file, const char **cells)
{
    char id[ESCO_ID_SIZE];
    if (!esco_id(cells[0], "occupation", id))
        return;
    take_labels(esco, file, id, cells[1], take_title);
    take_labels(esco, file, id, cells[2], take_title);
}

/* -- links ------------------------------------------------------------------------------------- */

/* occupation, "essential" or "optional", skill, its English label, occupation's titles; a release
 * put together from labels has skills without an address. */
static void take_need(struct esco *esco, struct catalogue_file *file, const char **cells)
{
    char occupation[ESCO_ID_SIZE], skill[ESCO_ID_SIZE];
    if (!esco_id(cells[0], "occupation", occupation) || !esco_id(cells[2], "skill", skill))
        return;
    bool essential = strcmp(cells[1], "essential") == 0;
    expect(file, referential_build_occupation_skill(esco->build, occupation, skill, essential),
           cells[0]);
    if (cells[3][0] != '\0')
        expect(file, referential_build_skill_label(esco->build, skill, LABEL_ENGLISH, cells[3]),
               cells[3]);
    if (cells[4][0] != '\0')
        expect(file, referential_build_skill_label(esco->build, skill, LABEL_FRENCH, cells[4]),
               cells[4]);
}

static void link_skills(struct esco *esco, struct catalogue_file *file, const char **cells,
                        enum skill_link link)
{
    char from[ESCO_ID_SIZE], to[ESCO_ID_SIZE];
    if (esco_id(cells[0], "skill", from) && esco_id(cells[1], "skill", to))
        expect(file, referential_build_skill_link(esco->build, from, to, link), cells[0]);
}

/* skill, its broader one, the broader one's type: groups are left out, as nobody claims them */
static void take_broader(struct esco *esco, struct catalogue_file *file, const char **cells)
{
    if (strcmp(cells[2], "SkillGroup") != 0)
        link_skills(esco, file, cells, LINK_BROADER);
}

static void take_related(struct esco *esco, struct catalogue_file *file, const char **cells)
{
    link_skills(esco, file, cells, LINK_RELATED);
}

static void read_tables(struct esco *esco)
{
    static const struct catalogue_column labels[] = {
        {"concepturi", false}, {"preferredlabel", false}, {"altlabels", true}};
    static const struct catalogue_column needs[] = {{"occupation uri|occupationuri", false},
                                                    {"relation|relationtype", false},
                                                    {"skill uri|skilluri", false},
                                                    {"skill en", true},
                                                    {"skill fr", true}};
    static const struct catalogue_column broader[] = {
        {"concepturi", false}, {"broaderuri", false}, {"broadertype", true}};
    static const struct catalogue_column related[] = {{"originalskilluri", false},
                                                      {"relatedskilluri", false}};
    esco->language = LABEL_FRENCH;
    read_table(esco, "skills_fr", true, labels, 3, take_skill);
    read_table(esco, "occupations_fr", true, labels, 3, take_occupation);
    esco->language = LABEL_ENGLISH;
    read_table(esco, "skills_en", false, labels, 3, take_skill);
    read_table(esco, "digitalSkillsCollection_en", false, labels, 3, take_skill);
    read_table(esco, "transversalSkillsCollection_en", false, labels, 3, take_skill);
    read_table(esco, "occupations_en", false, labels, 3, take_occupation);
    read_table(esco,
               "occupation_skill_relations_en_fr|occupationSkillRelations_fr|"
               "occupationSkillRelations_en|occupationSkillRelations",
               true, needs, 5, take_need);
    read_table(esco, "broaderRelationsSkillPillar_fr|broaderRelationsSkillPillar_en", false,
               broader, 3, take_broader);
    read_table(esco, "skillSkillRelations_fr|skillSkillRelations_en", false, related, 2,
               take_related);
}

bool import_esco(const char *dir, struct referential_build *build, struct import_problems *problems,
                 const struct import_progress *progress)
{
    unsigned before = problems->count;
    struct esco esco = {.dir = dir, .build = build, .run = {problems, progress}};
    read_tables(&esco);
    return problems->count == before;
}
