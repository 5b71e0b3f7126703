#include "communes.h"

#include "communes_format.h"
#include "distance.h"
#include "place_name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    HOLDERS_MAX = 512, /* communes of one name that are looked at */
    NEAR_METRES = 15000,
    NEAREST_NAMES = 32,
};

const uint32_t communes_item_sizes[COMMUNES_SECTION_COUNT] = {
    [COMMUNES_STRINGS] = 1,
    [COMMUNES_RECORDS] = sizeof(struct commune_record),
    [COMMUNES_POSTCODES] = sizeof(uint32_t),
    [COMMUNES_NAMES] = sizeof(struct entry),
    [COMMUNES_NAME_SLOTS] = sizeof(uint32_t),
    [COMMUNES_GROUPS] = sizeof(struct name_group),
    [COMMUNES_HOLDERS] = sizeof(struct name_holder),
};

struct communes {
    struct section sections[COMMUNES_SECTION_COUNT];
    const char *strings;
    const struct commune_record *records;
    const uint32_t *postcodes;
    const struct name_group *groups;
    const struct name_holder *holders;
    struct entries names;
    char hash[REFERENTIAL_HASH_SIZE];
};

static bool within(int32_t value, int32_t limit)
{
    return value >= -limit && value <= limit;
}

static bool records_valid(const struct communes *communes)
{
    const struct section *strings = &communes->sections[COMMUNES_STRINGS];
    uint32_t next = 0;
    for (uint32_t i = 0; i < communes->sections[COMMUNES_RECORDS].count; i++) {
        const struct commune_record *record = &communes->records[i];
        if (!string_valid(strings, record->code) || !string_valid(strings, record->name) ||
            strnlen(communes->strings + record->code, COMMUNE_CODE_LENGTH + 1) !=
                COMMUNE_CODE_LENGTH ||
            !within(record->latitude, LATITUDE_MAX) || !within(record->longitude, LONGITUDE_MAX) ||
            !slice_valid(record->postcodes_start, record->postcodes_count,
                         &communes->sections[COMMUNES_POSTCODES], &next))
            return false;
    }
    return true;
}

static bool groups_valid(const struct communes *communes)
{
    const struct section *groups = &communes->sections[COMMUNES_GROUPS];
    const struct section *holders = &communes->sections[COMMUNES_HOLDERS];
    uint32_t next = 0;
    for (uint32_t i = 0; i < groups->count; i++) {
        if (communes->groups[i].count == 0 ||
            !slice_valid(communes->groups[i].start, communes->groups[i].count, holders, &next))
            return false;
    }
    for (uint32_t i = 0; i < holders->count; i++) {
        if (communes->holders[i].commune >= communes->sections[COMMUNES_RECORDS].count ||
            communes->holders[i].primary > 1)
            return false;
    }
    return true;
}

static const char *check(struct communes *communes, const void *data, size_t size)
{
    const struct section *sections = communes->sections;
    const char *reason = sections_open(data, size, COMMUNES_MAGIC, communes_item_sizes,
                                       COMMUNES_SECTION_COUNT, communes->sections, communes->hash);
    if (reason)
        return reason;
    communes->strings = sections[COMMUNES_STRINGS].items;
    communes->records = sections[COMMUNES_RECORDS].items;
    communes->postcodes = sections[COMMUNES_POSTCODES].items;
    communes->groups = sections[COMMUNES_GROUPS].items;
    communes->holders = sections[COMMUNES_HOLDERS].items;
    if (!strings_valid(&sections[COMMUNES_STRINGS]))
        return "strings are not UTF-8 text";
    if (!records_valid(communes))
        return "a commune is out of bounds";
    if (!groups_valid(communes) ||
        !entries_open(&communes->names, &sections[COMMUNES_NAMES], &sections[COMMUNES_NAME_SLOTS],
                      &sections[COMMUNES_STRINGS], sections[COMMUNES_GROUPS].count))
        return "a name is out of bounds";
    return NULL;
}

struct communes *communes_open(const void *data, size_t size, const char **reason)
{
    struct communes *communes = calloc(1, sizeof *communes);
    *reason = communes ? check(communes, data, size) : "out of memory";
    if (!*reason)
        return communes;
    free(communes);
    return NULL;
}

void communes_close(struct communes *communes)
{
    free(communes);
}

const char *communes_hash(const struct communes *communes)
{
    return communes->hash;
}

unsigned communes_count(const struct communes *communes)
{
    return communes->sections[COMMUNES_RECORDS].count;
}

static const char *code_of(const struct communes *communes, uint32_t commune)
{
    return communes->strings + communes->records[commune].code;
}

static struct commune view(const struct communes *communes, uint32_t commune)
{
    const struct commune_record *record = &communes->records[commune];
    return (struct commune){.code = communes->strings + record->code,
                            .name = communes->strings + record->name,
                            .latitude = record->latitude,
                            .longitude = record->longitude};
}

bool communes_by_code(const struct communes *communes, const char *code, size_t size,
                      struct commune *found)
{
    uint32_t low = 0, high = communes_count(communes);
    if (size != COMMUNE_CODE_LENGTH)
        return false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(code_of(communes, middle), code, COMMUNE_CODE_LENGTH);
        if (order == 0) {
            *found = view(communes, middle);
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Letters compare in either case; "20" is both departments of Corsica. */
static bool in_department(const char *code, const char *department)
{
    size_t size = strlen(department);
    if (strcmp(department, "20") == 0)
        return code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
    return size >= 2 && size <= 3 && strncasecmp(code, department, size) == 0;
}

/* A postcode nobody has, such as those of big receivers, still tells the department. */
static bool in_department_of(const char *code, const char *postcode)
{
    char department[4] = {postcode[0], postcode[1], '\0', '\0'};
    if (strncmp(postcode, "97", 2) == 0 || strncmp(postcode, "98", 2) == 0)
        department[2] = postcode[2];
    return in_department(code, department);
}

static bool has_postcode(const struct communes *communes, uint32_t commune, const char *postcode)
{
    const struct commune_record *record = &communes->records[commune];
    uint32_t wanted = (uint32_t)strtoul(postcode, NULL, 10);
    for (uint32_t i = 0; i < record->postcodes_count; i++) {
        if (communes->postcodes[record->postcodes_start + i] == wanted)
            return true;
    }
    return false;
}

/* Holders of a name that are still in question. */
struct choice {
    struct name_holder holders[HOLDERS_MAX];
    unsigned count;
};

enum narrowing { BY_DEPARTMENT, BY_POSTCODE, BY_DEPARTMENT_OF_POSTCODE, BY_OWN_NAME };

static bool fits(const struct communes *communes, const struct name_holder *holder,
                 enum narrowing narrowing, const char *text)
{
    const char *code = code_of(communes, holder->commune);
    switch (narrowing) {
    case BY_DEPARTMENT:
        return in_department(code, text);
    case BY_POSTCODE:
        return has_postcode(communes, holder->commune, text);
    case BY_DEPARTMENT_OF_POSTCODE:
        return in_department_of(code, text);
    default:
        return holder->primary;
    }
}

/* Keeps those that fit; if none does, all, and says so. */
static bool narrow(const struct communes *communes, struct choice *choice, enum narrowing narrowing,
                   const char *text)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < choice->count; i++) {
        if (fits(communes, &choice->holders[i], narrowing, text))
            choice->holders[kept++] = choice->holders[i];
    }
    if (kept > 0)
        choice->count = kept;
    return kept > 0;
}

static int64_t between(const struct communes *communes, uint32_t left, uint32_t right)
{
    const struct commune_record *a = &communes->records[left], *b = &communes->records[right];
    return distance_metres(a->latitude, a->longitude, b->latitude, b->longitude);
}

/* The one from which the others are least far, if they are neighbours. */
static bool choose_central(const struct communes *communes, const struct choice *choice,
                           uint32_t *central)
{
    int64_t least = INT64_MAX;
    for (unsigned i = 0; i < choice->count; i++) {
        int64_t sum = 0;
        for (unsigned j = 0; j < choice->count; j++) {
            int64_t metres =
                between(communes, choice->holders[i].commune, choice->holders[j].commune);
            if (metres > NEAR_METRES)
                return false;
            sum += metres;
        }
        if (sum < least) {
            least = sum;
            *central = choice->holders[i].commune;
        }
    }
    return choice->count > 0;
}

static void choice_fill(struct choice *choice, const struct communes *communes, uint32_t group)
{
    choice->count = communes->groups[group].count;
    if (choice->count > HOLDERS_MAX)
        choice->count = HOLDERS_MAX;
    memcpy(choice->holders, communes->holders + communes->groups[group].start,
           choice->count * sizeof *choice->holders);
}

bool communes_by_name(const struct communes *communes, const char *name, size_t name_size,
                      const char *postcode, const char *department, struct commune *found)
{
    char normal[PLACE_NAME_SIZE], inner_postcode[POSTCODE_SIZE];
    size_t length = place_name_normalise(name, name_size, normal, inner_postcode);
    int32_t group = entries_find(&communes->names, normal, length);
    if (group == REFERENTIAL_NONE)
        return false;
    struct choice choice;
    choice_fill(&choice, communes, (uint32_t)group);
    if (postcode[0] == '\0')
        postcode = inner_postcode;
    if (department[0] != '\0' && !narrow(communes, &choice, BY_DEPARTMENT, department))
        return false;
    if (strlen(postcode) == POSTCODE_SIZE - 1 &&
        !narrow(communes, &choice, BY_POSTCODE, postcode) &&
        !narrow(communes, &choice, BY_DEPARTMENT_OF_POSTCODE, postcode))
        return false;
    narrow(communes, &choice, BY_OWN_NAME, NULL);
    uint32_t central = choice.holders[0].commune; /* a name has a holder */
    if (!choose_central(communes, &choice, &central))
        return false;
    *found = view(communes, central);
    return true;
}

unsigned communes_nearest(const struct communes *communes, const char *name, size_t size,
                          struct commune *found, unsigned limit)
{
    char normal[PLACE_NAME_SIZE], postcode[POSTCODE_SIZE];
    int32_t groups[NEAREST_NAMES];
    size_t length = place_name_normalise(name, size, normal, postcode);
    unsigned names = entries_nearest(&communes->names, normal, length, groups, NEAREST_NAMES);
    unsigned count = 0;
    for (unsigned i = 0; i < names; i++) {
        const struct name_group *group = &communes->groups[groups[i]];
        for (uint32_t h = 0; h < group->count && count < limit; h++) {
            struct commune next = view(communes, communes->holders[group->start + h].commune);
            bool repeat = false;
            for (unsigned k = 0; k < count; k++)
                repeat |= found[k].code == next.code;
            if (!repeat)
                found[count++] = next;
        }
    }
    return count;
}
