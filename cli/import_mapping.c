#include "import_esco.h"

#include "../matching/occupation_build.h"
#include "../matching/symbols.h"
#include "catalogue_folder.h"

#include <string.h>

/* Which role each of ROME's job titles is of. */
struct title_owners {
    struct symbols titles, roles; /* codes */
    struct array owners;          /* int32_t by title: symbol of its role */
};

static bool owners_add(struct title_owners *owners, const char *title, const char *role)
{
    int32_t owner = symbols_add(&owners->roles, role, strlen(role));
    if (owner < 0 || symbols_find(&owners->titles, title, strlen(title)) >= 0)
        return owner >= 0;
    int32_t *added = array_add(&owners->owners, sizeof *added);
    if (added)
        *added = owner;
    return added && symbols_add(&owners->titles, title, strlen(title)) >= 0;
}

/* NULL for a title that is not known. */
static const char *owners_find(const struct title_owners *owners, const char *title)
{
    int32_t symbol = symbols_find(&owners->titles, title, strlen(title));
    return symbol < 0
               ? NULL
               : symbols_text(&owners->roles, ((const int32_t *)owners->owners.items)[symbol]);
}

static void owners_clear(struct title_owners *owners)
{
    symbols_clear(&owners->titles);
    symbols_clear(&owners->roles);
    array_clear(&owners->owners);
}

static void owners_read(struct title_owners *owners, const char *rome, const struct import_run *run)
{
    static const struct catalogue_column columns[] = {{"code ogr", false}, {"code rome", false}};
    char path[CATALOGUE_PATH_SIZE];
    const char *cells[CATALOGUE_COLUMNS_MAX];
    if (!catalogue_folder_find(rome, "referentiel_appellation", path)) {
        import_problems_add(run->problems, rome, 0, TEXT_CATALOGUE_NO_FILE,
                            "referentiel_appellation");
        return;
    }
    struct catalogue_file *file = catalogue_file_open(path, columns, 2, run);
    while (file && catalogue_file_next(file, cells))
        if (!owners_add(owners, cells[0], cells[1]))
            catalogue_file_problem(file, TEXT_CATALOGUE_MEMORY, "");
    catalogue_file_close(file);
}

/* 0: no relation of SKOS that maps. */
static unsigned strength_of(const char *relation)
{
    static const struct {
        const char *relation;
        unsigned strength;
    } strengths[] = {{"exactMatch", OCCUPATION_STRENGTH_ONE},
                     {"closeMatch", 8},
                     {"narrowMatch", 6},
                     {"broadMatch", 5},
                     {"relatedMatch", 3}};
    const char *colon = strrchr(relation, ':');
    for (size_t i = 0; i < sizeof strengths / sizeof *strengths; i++)
        if (strcmp(colon ? colon + 1 : relation, strengths[i].relation) == 0)
            return strengths[i].strength;
    return 0;
}

/* occupation, title, relation */
static void take_row(struct catalogue_file *file, const char **cells,
                     const struct title_owners *owners, struct referential_build *build)
{
    char occupation[ESCO_ID_SIZE];
    unsigned strength = strength_of(cells[2]);
    const char *role = owners_find(owners, cells[1]);
    if (strength == 0)
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, cells[2]);
    else if (!esco_id(cells[0], "occupation", occupation))
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, cells[0]);
    else if (role && !referential_build_occupation_role(build, occupation, role, strength))
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, cells[1]);
}

bool import_mapping(const char *path, const char *rome, struct referential_build *build,
                    struct import_problems *problems, const struct import_progress *progress)
{
    static const struct catalogue_column columns[] = {
        {"esco occupation uri", false}, {"rome appellation ogr", false}, {"relation", false}};
    unsigned before = problems->count;
    struct import_run run = {problems, progress};
    struct title_owners owners = {0};
    const char *cells[CATALOGUE_COLUMNS_MAX];
    owners_read(&owners, rome, &run);
    struct catalogue_file *file = catalogue_file_open(path, columns, 3, &run);
    while (file && catalogue_file_next(file, cells))
        take_row(file, cells, &owners, build);
    catalogue_file_close(file);
    owners_clear(&owners);
    return problems->count == before;
}
