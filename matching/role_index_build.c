#include "role_index_build.h"

#include "occupation.h"
#include "role_words.h"

#include <stdlib.h>
#include <string.h>

/* Titles are alike long, definitions and skills are not; see role_index_texts.c. */
static const struct role_field title_field = {10, 2};
static const struct role_field definition_field = {10, 2};
static const struct role_field text_fields[] = {{10, 3}, {20, 3}, {10, 3}, {3, 3}};
static const struct role_field gram_field = {10, 3};

static void indexing_clear(struct role_indexing *indexing)
{
    struct role_bag *bags[] = {&indexing->title_bag, &indexing->text_bag, &indexing->definition_bag,
                               &indexing->gram_bag, NULL};
    void *const rooms[] = {indexing->owners,
                           indexing->title_stem_lengths,
                           indexing->title_gram_lengths,
                           indexing->skill_stem_lengths,
                           indexing->english_lengths,
                           indexing->occupation_lengths,
                           indexing->kin,
                           indexing->neighbours};
    for (struct role_bag **bag = bags; *bag; bag++)
        role_bag_clear(*bag);
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
        free(rooms[i]);
    for (unsigned i = 0; i < ROLE_POSTINGS_COUNT; i++)
        postings_build_clear(&indexing->lists[i]);
    postings_build_clear(&indexing->role_stems);
    array_clear(&indexing->title_owners);
    symbols_clear(&indexing->stems);
    symbols_clear(&indexing->grams);
}

static bool find_owners(struct role_indexing *indexing)
{
    indexing->owners = calloc((size_t)indexing->roles + 1, sizeof *indexing->owners);
    if (!indexing->owners)
        return false;
    for (int32_t role = 0; role < (int32_t)indexing->roles; role++) {
        const char *rome = referential_role_rome(indexing->referential, role);
        int32_t owner = referential_role(indexing->referential, rome, strlen(rome));
        indexing->owners[role] = owner == REFERENTIAL_NONE ? role : owner;
    }
    return true;
}

static bool find_kin(struct role_indexing *indexing)
{
    indexing->kin = role_kin_create(indexing->referential);
    for (size_t i = 0; indexing->kin && i < (size_t)indexing->roles * ROLE_KIN_MAX; i++)
        if (indexing->kin[i].role != REFERENTIAL_NONE)
            indexing->kin[i].role = indexing->owners[indexing->kin[i].role];
    return indexing->kin != NULL;
}

/* -- runs of letters of roles -------------------------------------------------------------------
 */

/* The runs of each stem in turn, and how often the role at hand has each run. */
struct gram_counting {
    struct role_indexing *indexing;
    struct array grams;  /* uint32_t, of all stems */
    struct array starts; /* uint32_t, of each stem */
    uint32_t *counts;
    struct array touched; /* uint32_t */
};

static bool note_gram(void *state, const char *term, size_t size)
{
    struct gram_counting *counting = state;
    if (size < ROLE_BAG_GRAM_MIN)
        return true;
    int32_t symbol = symbols_add(&counting->indexing->grams, term, size);
    uint32_t *number = symbol >= 0 ? array_add(&counting->grams, sizeof *number) : NULL;
    if (number)
        *number = (uint32_t)symbol;
    return number != NULL;
}

static bool split_stems(struct gram_counting *counting)
{
    const struct symbols *stems = &counting->indexing->stems;
    for (size_t i = 0; i <= stems->count; i++) {
        uint32_t *start = array_add(&counting->starts, sizeof *start);
        if (!start)
            return false;
        *start = (uint32_t)counting->grams.count;
        const char *text = i < stems->count ? symbols_text(stems, (int32_t)i) : "";
        struct role_word word = {text, strlen(text)};
        if (i < stems->count && !role_word_grams(&word, note_gram, counting))
            return false;
    }
    return true;
}

static bool count_stem(struct gram_counting *counting, const struct posting *stem)
{
    const uint32_t *starts = counting->starts.items, *grams = counting->grams.items;
    for (uint32_t i = starts[stem->owner]; i < starts[stem->owner + 1]; i++) {
        if (counting->counts[grams[i]] == 0) {
            uint32_t *touched = array_add(&counting->touched, sizeof *touched);
            if (!touched)
                return false;
            *touched = grams[i];
        }
        counting->counts[grams[i]] += stem->weight;
    }
    return true;
}

static bool count_role(struct gram_counting *counting, uint32_t role)
{
    struct role_indexing *indexing = counting->indexing;
    const struct postings_build *stems = &indexing->role_stems;
    for (uint32_t i = stems->starts[role]; i < stems->starts[role + 1]; i++)
        if (!count_stem(counting, &stems->items[i]))
            return false;
    const uint32_t *touched = counting->touched.items;
    for (size_t i = 0; i < counting->touched.count; i++) {
        if (!role_bag_add(&indexing->gram_bag, 0, touched[i], role, counting->counts[touched[i]]))
            return false;
        counting->counts[touched[i]] = 0;
    }
    counting->touched.count = 0;
    return true;
}

static bool take_role_grams(struct role_indexing *indexing)
{
    struct gram_counting counting = {.indexing = indexing};
    bool whole = postings_finish(&indexing->role_stems, indexing->roles) && split_stems(&counting);
    counting.counts = calloc(indexing->grams.count + 1, sizeof *counting.counts);
    whole = whole && counting.counts;
    for (uint32_t role = 0; whole && role < indexing->roles; role++)
        whole = count_role(&counting, role);
    array_clear(&counting.grams);
    array_clear(&counting.starts);
    array_clear(&counting.touched);
    free(counting.counts);
    return whole;
}

/* -- all ----------------------------------------------------------------------------------------
 */

static bool finish_bags(struct role_indexing *indexing, uint32_t stems, uint32_t grams)
{
    uint32_t roles = indexing->roles;
    return role_bag_finish(&indexing->title_bag, stems, roles, &title_field, 1) &&
           role_bag_finish(&indexing->text_bag, stems, roles, text_fields,
                           sizeof text_fields / sizeof *text_fields) &&
           role_bag_finish(&indexing->definition_bag, stems, roles, &definition_field, 1) &&
           role_bag_finish(&indexing->gram_bag, grams, roles, &gram_field, 1);
}

static bool finish_lists(struct role_indexing *indexing)
{
    uint32_t stems = (uint32_t)indexing->stems.count, grams = (uint32_t)indexing->grams.count;
    struct postings_build *lists = indexing->lists;
    return finish_bags(indexing, stems, grams) && postings_finish(&lists[TITLE_STEMS], stems) &&
           postings_finish(&lists[TITLE_GRAMS], grams) &&
           postings_finish(&lists[SKILL_STEMS], stems) &&
           postings_finish(&lists[ENGLISH_GRAMS], grams) &&
           postings_finish(&lists[OCCUPATION_STEMS], stems) &&
           postings_finish(&lists[SKILL_ROLES], indexing->skills) &&
           postings_finish(&lists[SKILL_OCCUPATIONS], indexing->skills);
}

static uint32_t *lengths_of(const struct role_indexing *indexing, enum role_postings which,
                            uint32_t owners)
{
    struct postings postings = postings_made(&indexing->lists[which]);
    return set_lengths(&postings, owners);
}

static bool measure(struct role_indexing *indexing)
{
    indexing->title_stem_lengths = lengths_of(indexing, TITLE_STEMS, indexing->titles);
    indexing->title_gram_lengths = lengths_of(indexing, TITLE_GRAMS, indexing->titles);
    indexing->skill_stem_lengths = lengths_of(indexing, SKILL_STEMS, indexing->skills);
    indexing->english_lengths = lengths_of(indexing, ENGLISH_GRAMS, indexing->skills);
    return indexing->title_stem_lengths && indexing->title_gram_lengths &&
           indexing->skill_stem_lengths && indexing->english_lengths;
}

/* -- writing ------------------------------------------------------------------------------------
 */

/* Stems and runs of letters as tables of one pool of strings. */
struct term_table {
    struct entry *entries;
    uint32_t *slots;
    uint32_t count, slot_count;
};

static bool table_fill(struct term_table *table, const struct symbols *terms, struct array *strings)
{
    table->count = (uint32_t)terms->count;
    table->slot_count = entries_slot_count(table->count);
    table->entries = calloc(terms->count + 1, sizeof *table->entries);
    table->slots = calloc(table->slot_count, sizeof *table->slots);
    size_t start = strings->count;
    char *text = array_grow(strings->items, &strings->capacity, start + terms->size + 1, 1);
    if (text)
        strings->items = text;
    if (!table->entries || !table->slots || !text)
        return false;
    if (terms->size > 0)
        memcpy(text + start, terms->text, terms->size);
    strings->count += terms->size;
    for (uint32_t i = 0; i < table->count; i++)
        table->entries[i] = (struct entry){
            .text = (uint32_t)start + terms->offsets[i],
            .value = i,
            .size = (uint16_t)strlen(symbols_text(terms, (int32_t)i)),
        };
    return true;
}

static void table_index(struct term_table *table, const struct array *strings)
{
    struct entries entries = {.items = table->entries,
                              .slots = table->slots,
                              .count = table->count,
                              .slot_count = table->slot_count,
                              .strings = strings->items};
    entries_index(&entries, table->slots);
}

static void put_lists(struct section *sections, enum role_postings which,
                      const struct postings_build *lists)
{
    sections[INDEX_POSTINGS + 2 * which] = (struct section){lists->starts, lists->terms + 1};
    sections[INDEX_POSTINGS + 2 * which + 1] = (struct section){lists->items, lists->count};
}

static void put_all_lists(const struct role_indexing *indexing, struct section *sections)
{
    for (unsigned i = 0; i < ROLE_POSTINGS_COUNT; i++)
        put_lists(sections, (enum role_postings)i, &indexing->lists[i]);
    put_lists(sections, TITLE_BAG, &indexing->title_bag.worth);
    put_lists(sections, TEXT_BAG, &indexing->text_bag.worth);
    put_lists(sections, DEFINITION_BAG, &indexing->definition_bag.worth);
    put_lists(sections, ROLE_GRAMS, &indexing->gram_bag.worth);
}

static void *write_sections(const struct role_indexing *indexing, const struct array *strings,
                            const struct term_table *stems, const struct term_table *grams,
                            size_t *size)
{
    char hash[REFERENTIAL_HASH_SIZE];
    struct section sections[INDEX_SECTION_COUNT] = {
        [INDEX_STRINGS] = {strings->items, (uint32_t)strings->count},
        [INDEX_STEMS] = {stems->entries, stems->count},
        [INDEX_STEM_SLOTS] = {stems->slots, stems->slot_count},
        [INDEX_GRAMS] = {grams->entries, grams->count},
        [INDEX_GRAM_SLOTS] = {grams->slots, grams->slot_count},
        [INDEX_OWNERS] = {indexing->owners, indexing->roles},
        [INDEX_TITLE_OWNERS] = {indexing->title_owners.items, indexing->titles},
        [INDEX_KIN] = {indexing->kin, indexing->roles * ROLE_KIN_MAX},
        [INDEX_NEIGHBOURS] = {indexing->neighbours, indexing->roles * ROLE_NEIGHBOURS_MAX},
        [INDEX_OCCUPATION_LENGTHS] = {indexing->occupation_lengths, indexing->occupations},
        [INDEX_TITLE_STEM_LENGTHS] = {indexing->title_stem_lengths, indexing->titles},
        [INDEX_TITLE_GRAM_LENGTHS] = {indexing->title_gram_lengths, indexing->titles},
        [INDEX_SKILL_STEM_LENGTHS] = {indexing->skill_stem_lengths, indexing->skills},
        [INDEX_ENGLISH_LENGTHS] = {indexing->english_lengths, indexing->skills},
    };
    put_all_lists(indexing, sections);
    return sections_write(ROLE_INDEX_MAGIC, role_index_item_sizes, INDEX_SECTION_COUNT, sections,
                          size, hash);
}

static void *write_index(const struct role_indexing *indexing, size_t *size)
{
    struct array strings = {0};
    struct term_table stems = {0}, grams = {0};
    void *data = NULL;
    if (array_add(&strings, 1) && /* a strings section is never empty */
        table_fill(&stems, &indexing->stems, &strings) &&
        table_fill(&grams, &indexing->grams, &strings)) {
        table_index(&stems, &strings);
        table_index(&grams, &strings);
        data = write_sections(indexing, &strings, &stems, &grams, size);
    }
    array_clear(&strings);
    free(stems.entries);
    free(stems.slots);
    free(grams.entries);
    free(grams.slots);
    return data;
}

void *role_index_build(const struct referential *referential, size_t *size)
{
    struct role_indexing indexing = {
        .referential = referential,
        .roles = (uint32_t)referential_role_count(referential),
        .skills = (uint32_t)referential_skill_count(referential),
        .occupations = (uint32_t)referential_occupation_count(referential),
    };
    void *data = NULL;
    if (find_owners(&indexing) && find_kin(&indexing) && role_indexing_take_texts(&indexing) &&
        role_indexing_take_skills(&indexing) && role_indexing_take_occupations(&indexing) &&
        take_role_grams(&indexing) && finish_lists(&indexing) && measure(&indexing) &&
        role_indexing_weigh_occupations(&indexing) &&
        (indexing.neighbours = role_neighbours_create(&indexing)))
        data = write_index(&indexing, size);
    indexing_clear(&indexing);
    return data;
}
