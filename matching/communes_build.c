#include "communes.h"

#include "communes_format.h"
#include "place_name.h"
#include "symbols.h"

#include <stdio.h>
#include <unistr.h>

enum { NAME_BYTES_MAX = 100, ADDITIONS_MAX = 1024 * 1024, ARRONDISSEMENTS_MAX = 20 };

/* One call of communes_build_add. */
struct addition {
    char code[COMMUNE_CODE_LENGTH + 1];
    int32_t name; /* symbol */
    uint32_t order;
    uint32_t postcode; /* 0: none */
    int32_t latitude, longitude;
};

struct communes_build {
    struct symbols symbols;
    struct array additions;
};

struct communes_build *communes_build_create(void)
{
    return calloc(1, sizeof(struct communes_build));
}

void communes_build_free(struct communes_build *build)
{
    if (!build)
        return;
    symbols_clear(&build->symbols);
    array_clear(&build->additions);
    free(build);
}

static bool code_valid(const char *code)
{
    size_t size = strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return size == COMMUNE_CODE_LENGTH && code[size] == '\0';
}

static bool postcode_valid(const char *postcode)
{
    size_t size = strspn(postcode, "0123456789");
    return (size == 0 || size == POSTCODE_SIZE - 1) && postcode[size] == '\0';
}

static bool position_valid(int32_t latitude, int32_t longitude)
{
    return latitude == COMMUNE_UNPLACED ||
           (latitude >= -LATITUDE_MAX && latitude <= LATITUDE_MAX && longitude >= -LONGITUDE_MAX &&
            longitude <= LONGITUDE_MAX);
}

static bool add(struct array *additions, const char *code, int32_t name, uint32_t postcode,
                int32_t latitude, int32_t longitude)
{
    struct addition *addition = array_add(additions, sizeof *addition);
    if (!addition)
        return false;
    memcpy(addition->code, code, COMMUNE_CODE_LENGTH);
    addition->name = name;
    addition->order = (uint32_t)additions->count;
    addition->postcode = postcode;
    addition->latitude = latitude;
    addition->longitude = longitude;
    return true;
}

bool communes_build_add(struct communes_build *build, const char *code, const char *name,
                        const char *postcode, int32_t latitude, int32_t longitude)
{
    size_t size = strnlen(name, NAME_BYTES_MAX + 1);
    if (!code_valid(code) || !postcode_valid(postcode) || !position_valid(latitude, longitude) ||
        size < 1 || size > NAME_BYTES_MAX || u8_check((const uint8_t *)name, size) != NULL ||
        build->additions.count >= ADDITIONS_MAX)
        return false;
    int32_t symbol = symbols_add(&build->symbols, name, size);
    return symbol >= 0 && add(&build->additions, code, symbol,
                              (uint32_t)strtoul(postcode, NULL, 10), latitude, longitude);
}

/* The cities whose arrondissements have codes of their own. */
static const struct city {
    const char *code, *name;
    uint32_t postcode;
    unsigned first, count; /* codes of the arrondissements */
} cities[] = {
    {"75056", "Paris", 75000, 75101, 20},
    {"69123", "Lyon", 69000, 69381, 9},
    {"13055", "Marseille", 13000, 13201, 16},
};

/* The first position of each arrondissement. */
struct middle {
    bool placed[ARRONDISSEMENTS_MAX];
    int64_t latitudes, longitudes;
    int count;
};

static void middle_take(struct middle *middle, const struct city *city,
                        const struct addition *addition)
{
    unsigned long number = strtoul(addition->code, NULL, 10) - city->first;
    if (number >= city->count || middle->placed[number] || addition->latitude == COMMUNE_UNPLACED)
        return;
    middle->placed[number] = true;
    middle->latitudes += addition->latitude;
    middle->longitudes += addition->longitude;
    middle->count++;
}

/* The city as a whole, behind what was declared of it, and its name for the arrondissements too: a
 * postcode then tells which. */
static bool add_city(struct array *additions, const struct city *city, int32_t name)
{
    struct middle middle = {.count = 0};
    size_t count = additions->count;
    for (size_t i = 0; i < count; i++) {
        const struct addition *addition = (const struct addition *)additions->items + i;
        middle_take(&middle, city, addition);
    }
    for (unsigned i = 0; i < city->count; i++) {
        char code[16];
        snprintf(code, sizeof code, "%u", city->first + i);
        if (middle.placed[i] && !add(additions, code, name, 0, COMMUNE_UNPLACED, 0))
            return false;
    }
    return middle.count == 0 || add(additions, city->code, name, city->postcode,
                                    (int32_t)(middle.latitudes / middle.count),
                                    (int32_t)(middle.longitudes / middle.count));
}

static bool add_cities(struct communes_build *build, struct array *additions)
{
    for (size_t i = 0; i < sizeof cities / sizeof *cities; i++) {
        int32_t name = symbols_add(&build->symbols, cities[i].name, strlen(cities[i].name));
        if (name < 0 || !add_city(additions, &cities[i], name))
            return false;
    }
    return true;
}

static int compare_additions(const void *left, const void *right)
{
    const struct addition *a = left, *b = right;
    int order = strcmp(a->code, b->code);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* A copy of the build's additions with the cities, by code, in order of declaration. */
static bool prepare(struct communes_build *build, struct array *additions)
{
    const struct addition *declared = build->additions.items;
    for (size_t i = 0; i < build->additions.count; i++) {
        struct addition *copy = array_add(additions, sizeof *copy);
        if (!copy)
            return false;
        *copy = declared[i];
    }
    if (!add_cities(build, additions))
        return false;
    array_sort(additions, sizeof(struct addition), compare_additions);
    return true;
}

/* A normal form of a name, as held by a commune. */
struct naming {
    int32_t text; /* symbol of a pool of their own */
    const char *normal;
    struct name_holder holder;
};

static int compare_namings(const void *left, const void *right)
{
    const struct naming *a = left, *b = right;
    int order = a->text == b->text ? 0 : strcmp(a->normal, b->normal);
    if (order)
        return order;
    if (a->holder.commune != b->holder.commune)
        return a->holder.commune < b->holder.commune ? -1 : 1;
    return (a->holder.primary < b->holder.primary) - (a->holder.primary > b->holder.primary);
}

/* The file being put together. */
struct writing {
    const struct communes_build *build;
    struct symbols strings, normals;
    struct array additions, namings;
    struct array records, postcodes, names, groups, holders; /* sections */
    uint32_t *slots;
    uint32_t slot_count;
};

static void writing_clear(struct writing *w)
{
    struct array *lists[] = {&w->additions, &w->namings, &w->records, &w->postcodes,
                             &w->names,     &w->groups,  &w->holders, NULL};
    for (struct array **list = lists; *list; list++)
        array_clear(*list);
    symbols_clear(&w->strings);
    symbols_clear(&w->normals);
    free(w->slots);
}

static bool put_text(struct writing *w, const char *text, uint32_t *offset)
{
    int32_t symbol = symbols_add(&w->strings, text, strlen(text));
    if (symbol >= 0)
        *offset = w->strings.offsets[symbol];
    return symbol >= 0;
}

static bool put_postcode(struct writing *w, struct commune_record *record, uint32_t postcode)
{
    const uint32_t *known = w->postcodes.items;
    for (uint32_t i = 0; i < record->postcodes_count; i++) {
        if (known[record->postcodes_start + i] == postcode)
            return true;
    }
    uint32_t *added = postcode ? array_add(&w->postcodes, sizeof *added) : NULL;
    if (added) {
        *added = postcode;
        record->postcodes_count++;
    }
    return added || !postcode;
}

static bool put_naming(struct writing *w, const char *name, uint32_t commune, bool primary)
{
    char normal[PLACE_NAME_SIZE], postcode[POSTCODE_SIZE];
    size_t size = place_name_normalise(name, strlen(name), normal, postcode);
    if (size == 0)
        return true;
    struct naming *naming = array_add(&w->namings, sizeof *naming);
    if (!naming)
        return false;
    *naming = (struct naming){.text = symbols_add(&w->normals, normal, size),
                              .holder = {commune, primary}};
    return naming->text >= 0;
}

static int compare_postcodes(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* One commune from its additions, if one of them has a position. */
static bool put_commune(struct writing *w, const struct addition *additions, size_t count)
{
    size_t placed = 0;
    while (placed < count && additions[placed].latitude == COMMUNE_UNPLACED)
        placed++;
    if (placed == count)
        return true;
    struct commune_record record = {.latitude = additions[placed].latitude,
                                    .longitude = additions[placed].longitude,
                                    .postcodes_start = (uint32_t)w->postcodes.count};
    uint32_t commune = (uint32_t)w->records.count;
    const struct symbols *symbols = &w->build->symbols;
    for (size_t i = 0; i < count; i++) {
        if (!put_postcode(w, &record, additions[i].postcode) ||
            !put_naming(w, symbols_text(symbols, additions[i].name), commune, i == 0))
            return false;
    }
    if (record.postcodes_count > 0)
        qsort((uint32_t *)w->postcodes.items + record.postcodes_start, record.postcodes_count,
              sizeof(uint32_t), compare_postcodes);
    struct commune_record *added = array_add(&w->records, sizeof *added);
    if (!added || !put_text(w, additions[0].code, &record.code) ||
        !put_text(w, symbols_text(symbols, additions[0].name), &record.name))
        return false;
    *added = record;
    return true;
}

static bool put_communes(struct writing *w)
{
    const struct addition *all = w->additions.items;
    size_t end;
    for (size_t start = 0; start < w->additions.count; start = end) {
        for (end = start + 1; end < w->additions.count; end++) {
            if (strcmp(all[start].code, all[end].code) != 0)
                break;
        }
        if (!put_commune(w, all + start, end - start))
            return false;
    }
    return true;
}

static bool put_name(struct writing *w, const char *normal)
{
    struct entry *entry = array_add(&w->names, sizeof *entry);
    struct name_group *group = array_add(&w->groups, sizeof *group);
    if (!entry || !group)
        return false;
    group->start = (uint32_t)w->holders.count;
    entry->value = (uint32_t)w->groups.count - 1;
    entry->size = (uint16_t)strlen(normal);
    entry->trigrams = entry_trigrams(normal, entry->size);
    return put_text(w, normal, &entry->text);
}

static bool put_names(struct writing *w)
{
    struct naming *all = w->namings.items;
    for (size_t i = 0; i < w->namings.count; i++)
        all[i].normal = symbols_text(&w->normals, all[i].text);
    array_sort(&w->namings, sizeof *all, compare_namings);
    for (size_t i = 0; i < w->namings.count; i++) {
        bool same_name = i > 0 && all[i].text == all[i - 1].text;
        if (same_name && all[i].holder.commune == all[i - 1].holder.commune)
            continue;
        if (!same_name && !put_name(w, all[i].normal))
            return false;
        struct name_holder *holder = array_add(&w->holders, sizeof *holder);
        if (!holder)
            return false;
        *holder = all[i].holder;
        ((struct name_group *)w->groups.items)[w->groups.count - 1].count++;
    }
    return true;
}

static bool index_names(struct writing *w)
{
    w->slot_count = entries_slot_count((uint32_t)w->names.count);
    w->slots = calloc(w->slot_count, sizeof *w->slots);
    if (!w->slots)
        return false;
    struct entries entries = {.items = w->names.items,
                              .slots = w->slots,
                              .count = (uint32_t)w->names.count,
                              .slot_count = w->slot_count,
                              .strings = w->strings.text};
    entries_index(&entries, w->slots);
    return true;
}

static struct section section_of(const struct array *array)
{
    return (struct section){array->items, (uint32_t)array->count};
}

void *communes_build_finish(struct communes_build *build, size_t *size,
                            char hash[REFERENTIAL_HASH_SIZE])
{
    struct writing w = {.build = build};
    uint32_t empty; /* a strings section is never empty */
    void *data = NULL;
    if (prepare(build, &w.additions) && put_text(&w, "", &empty) && put_communes(&w) &&
        put_names(&w) && index_names(&w)) {
        const struct section sections[COMMUNES_SECTION_COUNT] = {
            [COMMUNES_STRINGS] = {w.strings.text, (uint32_t)w.strings.size},
            [COMMUNES_RECORDS] = section_of(&w.records),
            [COMMUNES_POSTCODES] = section_of(&w.postcodes),
            [COMMUNES_NAMES] = section_of(&w.names),
            [COMMUNES_NAME_SLOTS] = {w.slots, w.slot_count},
            [COMMUNES_GROUPS] = section_of(&w.groups),
            [COMMUNES_HOLDERS] = section_of(&w.holders),
        };
        data = sections_write(COMMUNES_MAGIC, communes_item_sizes, COMMUNES_SECTION_COUNT, sections,
                              size, hash);
    }
    writing_clear(&w);
    return data;
}
