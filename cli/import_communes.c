#include "import_communes.h"

#include "commune_name.h"

#include <string.h>

enum { CODE, NAME, POSTCODE, DELIVERY, PART, POINT, LATITUDE, LONGITUDE, COLUMNS };

static const struct catalogue_column columns[COLUMNS] = {
    [CODE] = {"code commune insee|insee", false},
    [NAME] = {"nom commune|nom de la commune|name", false},
    [POSTCODE] = {"code postal|postcode", false},
    [DELIVERY] = {"libelle d acheminement", true},
    [PART] = {"ligne 5", true}, /* a part of the commune with a name of its own */
    [POINT] = {"coordonnees gps|geopoint", true},
    [LATITUDE] = {"latitude", true},
    [LONGITUDE] = {"longitude", true},
};

/* Degrees with a point, in 1e-6, further digits dropped. NULL when there is no number at text, else
 * what follows it. */
static const char *parse_degrees(const char *text, int32_t *degrees)
{
    bool negative = *text == '-';
    int64_t value = 0;
    int decimals = -1;
    const char *start = text += negative;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && decimals < 0); text++) {
        if (*text == '.')
            decimals = 0;
        else if (decimals < 6)
            value = value * 10 + (*text - '0');
        decimals += *text != '.' && decimals >= 0 && decimals < 6;
        if (value > INT32_MAX)
            return NULL;
    }
    if (text == start)
        return NULL;
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++)
        value *= 10;
    *degrees = (int32_t)(negative ? -value : value);
    return value > INT32_MAX ? NULL : text;
}

/* "50.6366,3.0635", or the two columns; none at all is no position. False when it is wrong. */
static bool take_position(const char **cells, int32_t *latitude, int32_t *longitude)
{
    const char *rest = cells[POINT];
    *latitude = COMMUNE_UNPLACED;
    *longitude = 0;
    if (rest[0] != '\0') {
        rest = parse_degrees(rest, latitude);
        if (!rest || *rest != ',')
            return false;
        rest = parse_degrees(rest + 1 + strspn(rest + 1, " "), longitude);
        return rest && *rest == '\0';
    }
    if (cells[LATITUDE][0] == '\0' && cells[LONGITUDE][0] == '\0')
        return true;
    rest = parse_degrees(cells[LATITUDE], latitude);
    if (!rest || *rest != '\0')
        return false;
    rest = parse_degrees(cells[LONGITUDE], longitude);
    return rest && *rest == '\0';
}

static void take_row(struct communes_build *build, const struct catalogue_file *file,
                     const char **cells)
{
    int32_t latitude, longitude;
    if (!take_position(cells, &latitude, &longitude)) {
        catalogue_file_problem(file, TEXT_CATALOGUE_VALUE,
                               cells[POINT][0] ? cells[POINT] : cells[LATITUDE]);
        return;
    }
    const char *names[] = {cells[NAME], cells[DELIVERY], cells[PART]};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        char spelt[COMMUNE_NAME_SIZE];
        bool repeat = i > 0 && (names[i][0] == '\0' || strcmp(names[i], names[0]) == 0);
        commune_name_spell(names[i], spelt);
        if (!repeat &&
            !communes_build_add(build, cells[CODE], spelt, cells[POSTCODE], latitude, longitude))
            catalogue_file_problem(file, TEXT_CATALOGUE_VALUE,
                                   names[i][0] ? names[i] : cells[CODE]);
    }
}

bool import_communes(const char *path, struct communes_build *build,
                     struct import_problems *problems, const struct import_progress *progress)
{
    unsigned before = problems->count;
    const struct import_run run = {problems, progress};
    struct catalogue_file *file = catalogue_file_open(path, columns, COLUMNS, &run);
    const char *cells[CATALOGUE_COLUMNS_MAX];
    if (!file)
        return false;
    while (catalogue_file_next(file, cells))
        take_row(build, file, cells);
    catalogue_file_close(file);
    return problems->count == before;
}
