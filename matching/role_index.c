#include "role_index.h"

#include "fixed.h"
#include "referential_internal.h"

#define LISTS_OF(which)                                                                            \
    [INDEX_POSTINGS + 2 * (which)] = sizeof(uint32_t),                                             \
                          [INDEX_POSTINGS + 2 * (which) + 1] = sizeof(struct posting)

const uint32_t role_index_item_sizes[INDEX_SECTION_COUNT] = {
    [INDEX_STRINGS] = 1,
    [INDEX_STEMS] = sizeof(struct entry),
    [INDEX_STEM_SLOTS] = sizeof(uint32_t),
    [INDEX_GRAMS] = sizeof(struct entry),
    [INDEX_GRAM_SLOTS] = sizeof(uint32_t),
    [INDEX_OWNERS] = sizeof(int32_t),
    [INDEX_TITLE_OWNERS] = sizeof(int32_t),
    [INDEX_KIN] = sizeof(struct role_kin_share),
    [INDEX_NEIGHBOURS] = sizeof(struct role_neighbour),
    [INDEX_OCCUPATION_LENGTHS] = sizeof(uint32_t),
    [INDEX_TITLE_STEM_LENGTHS] = sizeof(uint32_t),
    [INDEX_TITLE_GRAM_LENGTHS] = sizeof(uint32_t),
    [INDEX_SKILL_STEM_LENGTHS] = sizeof(uint32_t),
    [INDEX_ENGLISH_LENGTHS] = sizeof(uint32_t),
    LISTS_OF(TITLE_STEMS),
    LISTS_OF(TITLE_GRAMS),
    LISTS_OF(TITLE_BAG),
    LISTS_OF(TEXT_BAG),
    LISTS_OF(DEFINITION_BAG),
    LISTS_OF(ROLE_GRAMS),
    LISTS_OF(SKILL_STEMS),
    LISTS_OF(ENGLISH_GRAMS),
    LISTS_OF(OCCUPATION_STEMS),
    LISTS_OF(SKILL_ROLES),
    LISTS_OF(SKILL_OCCUPATIONS),
};

static bool owners_valid(const int32_t *owners, uint32_t count, uint32_t roles)
{
    for (uint32_t i = 0; i < count; i++)
        if (owners[i] < 0 || (uint32_t)owners[i] >= roles)
            return false;
    return true;
}

static bool kin_valid(const struct role_kin_share *kin, uint32_t count, uint32_t roles)
{
    for (uint32_t i = 0; i < count; i++)
        if (kin[i].role < REFERENTIAL_NONE || kin[i].role >= (int32_t)roles ||
            kin[i].share > FIXED_ONE)
            return false;
    return true;
}

static bool neighbours_valid(const struct role_neighbour *neighbours, uint32_t count,
                             uint32_t roles)
{
    for (uint32_t i = 0; i < count; i++)
        if (neighbours[i].role < REFERENTIAL_NONE || neighbours[i].role >= (int32_t)roles)
            return false;
    return true;
}

/* Whether there is one of each thing. */
static bool counts_fit(const struct role_index *index)
{
    const struct section *sections = index->sections;
    return sections[INDEX_OWNERS].count == index->roles &&
           sections[INDEX_KIN].count == (uint64_t)index->roles * ROLE_KIN_MAX &&
           sections[INDEX_NEIGHBOURS].count == (uint64_t)index->roles * ROLE_NEIGHBOURS_MAX &&
           sections[INDEX_OCCUPATION_LENGTHS].count == index->occupations &&
           sections[INDEX_TITLE_STEM_LENGTHS].count == index->titles &&
           sections[INDEX_TITLE_GRAM_LENGTHS].count == index->titles &&
           sections[INDEX_SKILL_STEM_LENGTHS].count == index->skills &&
           sections[INDEX_ENGLISH_LENGTHS].count == index->skills && index->titles < INT32_MAX;
}

static bool terms_open(struct role_index *index)
{
    const struct section *sections = index->sections;
    return strings_valid(&sections[INDEX_STRINGS]) &&
           entries_open(&index->stems, &sections[INDEX_STEMS], &sections[INDEX_STEM_SLOTS],
                        &sections[INDEX_STRINGS], sections[INDEX_STEMS].count) &&
           entries_open(&index->grams, &sections[INDEX_GRAMS], &sections[INDEX_GRAM_SLOTS],
                        &sections[INDEX_STRINGS], sections[INDEX_GRAMS].count);
}

static bool lists_open(struct role_index *index, enum role_postings which, uint32_t terms,
                       uint32_t limit)
{
    const struct section *sections = index->sections + INDEX_POSTINGS + 2 * which;
    return postings_open(&index->postings[which], &sections[0], &sections[1], terms, limit);
}

static bool all_lists_open(struct role_index *index)
{
    uint32_t stems = index->stems.count, grams = index->grams.count;
    return lists_open(index, TITLE_STEMS, stems, index->titles) &&
           lists_open(index, TITLE_GRAMS, grams, index->titles) &&
           lists_open(index, TITLE_BAG, stems, index->roles) &&
           lists_open(index, TEXT_BAG, stems, index->roles) &&
           lists_open(index, DEFINITION_BAG, stems, index->roles) &&
           lists_open(index, ROLE_GRAMS, grams, index->roles) &&
           lists_open(index, SKILL_STEMS, stems, index->skills) &&
           lists_open(index, ENGLISH_GRAMS, grams, index->skills) &&
           lists_open(index, OCCUPATION_STEMS, stems, index->occupations) &&
           lists_open(index, SKILL_ROLES, index->skills, index->roles) &&
           lists_open(index, SKILL_OCCUPATIONS, index->skills, index->occupations);
}

static struct set_index set_of(const struct role_index *index, enum role_postings which,
                               enum role_index_section lengths)
{
    return (struct set_index){index->postings[which], index->sections[lengths].items,
                              index->sections[lengths].count};
}

static void take_arrays(struct role_index *index, const struct referential *referential)
{
    const struct section *sections = index->sections;
    index->roles = (uint32_t)referential_role_count(referential);
    index->skills = (uint32_t)referential_skill_count(referential);
    index->occupations = (uint32_t)referential_occupation_count(referential);
    index->titles = sections[INDEX_TITLE_OWNERS].count;
    index->owners = sections[INDEX_OWNERS].items;
    index->title_owners = sections[INDEX_TITLE_OWNERS].items;
    index->kin = sections[INDEX_KIN].items;
    index->neighbours = sections[INDEX_NEIGHBOURS].items;
    index->occupation_lengths = sections[INDEX_OCCUPATION_LENGTHS].items;
}

const char *role_index_open(struct role_index *index, const struct referential *referential)
{
    const struct section *bytes = &referential->sections[SECTION_ROLE_INDEX];
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason =
        sections_open(bytes->items, bytes->count, ROLE_INDEX_MAGIC, role_index_item_sizes,
                      INDEX_SECTION_COUNT, index->sections, hash);
    if (reason)
        return reason;
    take_arrays(index, referential);
    if (!counts_fit(index) || !owners_valid(index->owners, index->roles, index->roles) ||
        !owners_valid(index->title_owners, index->titles, index->roles) ||
        !kin_valid(index->kin, index->sections[INDEX_KIN].count, index->roles) ||
        !neighbours_valid(index->neighbours, index->sections[INDEX_NEIGHBOURS].count, index->roles))
        return "the index of roles is out of bounds";
    if (!terms_open(index) || !all_lists_open(index))
        return "a list of the index of roles is out of bounds";
    index->title_stems = set_of(index, TITLE_STEMS, INDEX_TITLE_STEM_LENGTHS);
    index->title_grams = set_of(index, TITLE_GRAMS, INDEX_TITLE_GRAM_LENGTHS);
    index->skill_stems = set_of(index, SKILL_STEMS, INDEX_SKILL_STEM_LENGTHS);
    index->english_grams = set_of(index, ENGLISH_GRAMS, INDEX_ENGLISH_LENGTHS);
    return NULL;
}

int32_t role_index_stem(const struct role_index *index, const char *text, size_t size)
{
    return entries_find(&index->stems, text, size);
}

int32_t role_index_gram(const struct role_index *index, const char *text, size_t size)
{
    return entries_find(&index->grams, text, size);
}
