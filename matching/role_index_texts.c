/* Titles, definitions and skills of roles, taken into an index. */
#include "role_index_build.h"
#include "role_words.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_NORMAL_SIZE = 32 * 1024 }; /* twice what a referential takes in */
enum { FIELD_DEFINITION, FIELD_CORE, FIELD_OTHER, FIELD_ACCESS };
/* How often what a role is told by counts among its runs of letters. */
enum { GRAM_TITLE = 2, GRAM_DEFINITION = 1, GRAM_CORE = 2, GRAM_OTHER = 1 };

/* -- terms ------------------------------------------------------------------------------------- */

struct taking {
    struct symbols *terms;
    struct array *numbers;
};

static bool take_term(void *state, const char *term, size_t size)
{
    struct taking *taking = state;
    int32_t symbol = symbols_add(taking->terms, term, size);
    uint32_t *number = symbol >= 0 ? array_add(taking->numbers, sizeof *number) : NULL;
    if (number)
        *number = (uint32_t)symbol;
    return number != NULL;
}

bool role_indexing_stems(struct role_indexing *indexing, const char *text, struct array *stems)
{
    struct taking taking = {&indexing->stems, stems};
    char *normal = malloc(TEXT_NORMAL_SIZE);
    bool whole = normal != NULL;
    if (whole) {
        size_t size = words_normalise(text, strlen(text), normal, TEXT_NORMAL_SIZE);
        whole = role_text_stems(normal, size, take_term, &taking);
    }
    free(normal);
    return whole;
}

static bool count_stems(struct role_indexing *indexing, uint32_t owner, const struct array *stems,
                        size_t start, uint32_t count)
{
    const uint32_t *numbers = stems->items;
    for (size_t i = start; i < stems->count; i++)
        if (!postings_add(&indexing->role_stems, owner, numbers[i], count))
            return false;
    return true;
}

static bool add_to_bag(struct role_bag *bag, unsigned field, uint32_t owner,
                       const struct array *stems)
{
    const uint32_t *numbers = stems->items;
    for (size_t i = 0; i < stems->count; i++)
        if (!role_bag_add(bag, field, numbers[i], owner, 1))
            return false;
    return true;
}

/* -- titles ------------------------------------------------------------------------------------ */

bool role_indexing_add_set(struct postings_build *lists, const struct array *terms, uint32_t owner)
{
    const uint32_t *numbers = terms->items;
    for (size_t i = 0; i < terms->count; i++)
        if (!postings_add(lists, numbers[i], owner, 1))
            return false;
    return true;
}

static bool take_stems(struct role_indexing *indexing, const struct role_words *words,
                       struct array *stems)
{
    struct taking taking = {&indexing->stems, stems};
    struct role_words distinct;
    role_words_stem(words, &distinct);
    stems->count = 0;
    for (unsigned i = 0; i < distinct.count; i++)
        if (!take_term(&taking, distinct.words[i].text, distinct.words[i].size))
            return false;
    return true;
}

static bool take_grams(struct role_indexing *indexing, const struct role_words *words,
                       struct array *grams)
{
    struct taking taking = {&indexing->grams, grams};
    grams->count = 0;
    for (unsigned i = 0; i < words->count; i++)
        if (!role_word_grams(&words->words[i], take_term, &taking))
            return false;
    return true;
}

bool role_indexing_take_apart(struct role_indexing *indexing, const char *text, struct array *stems,
                              struct array *grams)
{
    struct role_words words;
    role_words_take(&words, text, strlen(text), false);
    return (!stems || take_stems(indexing, &words, stems)) &&
           (!grams || take_grams(indexing, &words, grams));
}

static bool take_title(struct role_indexing *indexing, int32_t role, const char *text,
                       struct array *stems, struct array *grams)
{
    int32_t owner = indexing->owners[role];
    uint32_t title = indexing->titles++;
    int32_t *title_owner = array_add(&indexing->title_owners, sizeof *title_owner);
    if (!title_owner || !role_indexing_take_apart(indexing, text, stems, grams))
        return false;
    *title_owner = owner;
    return role_indexing_add_set(&indexing->lists[TITLE_STEMS], stems, title) &&
           role_indexing_add_set(&indexing->lists[TITLE_GRAMS], grams, title) &&
           add_to_bag(&indexing->title_bag, 0, (uint32_t)owner, stems) &&
           count_stems(indexing, (uint32_t)owner, stems, 0, GRAM_TITLE);
}

/* -- other texts --------------------------------------------------------------------------------
 */

static bool take_text(struct role_indexing *indexing, int32_t role, enum role_text kind,
                      const char *text, struct array *stems)
{
    uint32_t owner = (uint32_t)indexing->owners[role];
    unsigned field = kind == ROLE_DEFINITION ? FIELD_DEFINITION : FIELD_ACCESS;
    stems->count = 0;
    if (!role_indexing_stems(indexing, text, stems) ||
        !add_to_bag(&indexing->text_bag, field, owner, stems))
        return false;
    return kind != ROLE_DEFINITION || (add_to_bag(&indexing->definition_bag, 0, owner, stems) &&
                                       count_stems(indexing, owner, stems, 0, GRAM_DEFINITION));
}

static bool take_role_texts(struct role_indexing *indexing, int32_t role, struct array *stems,
                            struct array *grams)
{
    unsigned count = referential_role_text_count(indexing->referential, role);
    for (unsigned i = 0; i < count; i++) {
        enum role_text kind;
        const char *text = referential_role_text(indexing->referential, role, i, &kind);
        if (kind == ROLE_TITLE ? !take_title(indexing, role, text, stems, grams)
                               : !take_text(indexing, role, kind, text, stems))
            return false;
    }
    return true;
}

/* -- skills of roles ----------------------------------------------------------------------------
 */

/* A skill belongs to several roles: its label is taken apart once. */
struct skill_stems {
    struct array stems; /* of all skills met so far in turn */
    struct slice {
        uint32_t start, count;
        bool known;
    } * slices;
};

static bool know_skill(struct role_indexing *indexing, struct skill_stems *skills, int32_t skill)
{
    struct slice *slice = &skills->slices[skill];
    const char *label = referential_skill_label(indexing->referential, skill, LABEL_FRENCH);
    if (slice->known)
        return true;
    slice->start = (uint32_t)skills->stems.count;
    slice->known = true;
    if (!role_indexing_stems(indexing, label, &skills->stems))
        return false;
    slice->count = (uint32_t)skills->stems.count - slice->start;
    return true;
}

static bool take_role_skills(struct role_indexing *indexing, struct skill_stems *skills,
                             int32_t role)
{
    unsigned count;
    uint32_t owner = (uint32_t)indexing->owners[role];
    const struct role_skill *items = referential_role_skills(indexing->referential, role, &count);
    for (unsigned i = 0; i < count; i++) {
        if (!know_skill(indexing, skills, items[i].skill))
            return false;
        struct slice slice = skills->slices[items[i].skill];
        struct array stems = {(uint32_t *)skills->stems.items + slice.start, slice.count, 0};
        if (slice.count > 0 &&
            (!add_to_bag(&indexing->text_bag, items[i].core ? FIELD_CORE : FIELD_OTHER, owner,
                         &stems) ||
             !count_stems(indexing, owner, &stems, 0, items[i].core ? GRAM_CORE : GRAM_OTHER)))
            return false;
    }
    return true;
}

bool role_indexing_take_texts(struct role_indexing *indexing)
{
    struct skill_stems skills = {.slices =
                                     calloc((size_t)indexing->skills + 1, sizeof *skills.slices)};
    struct array stems = {0}, grams = {0};
    bool whole = skills.slices != NULL;
    for (int32_t role = 0; whole && role < (int32_t)indexing->roles; role++)
        whole = take_role_texts(indexing, role, &stems, &grams) &&
                take_role_skills(indexing, &skills, role);
    array_clear(&stems);
    array_clear(&grams);
    array_clear(&skills.stems);
    free(skills.slices);
    return whole;
}
