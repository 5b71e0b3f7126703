#include "role_claims.h"

#include "fixed.h"
#include "role_words.h"

#include <stdio.h>
#include <string.h>

enum {
    LIKENESS_LEAST = COSINE_ONE * 3 / 10, /* of English words to an English label */
};

static int32_t find_skill(const struct referential *referential, const struct role_claim *claim)
{
    int32_t skill = referential_skill(referential, claim->text, claim->size);
    return skill != REFERENTIAL_NONE
               ? skill
               : referential_skill_by_words(referential, claim->text, claim->size);
}

struct gram_taking {
    const struct role_index *index;
    struct set_query query;
};

static bool take_gram(void *state, const char *term, size_t size)
{
    struct gram_taking *taking = state;
    set_query_take(&taking->query, role_index_gram(taking->index, term, size));
    return true;
}

/* Enters a skill among the best so far; ties by skill. */
static void enter(struct claim_meaning *meaning, struct claim_skill skill)
{
    unsigned at = meaning->count;
    for (; at > 0; at--) {
        const struct claim_skill *other = &meaning->skills[at - 1];
        if (other->likeness > skill.likeness ||
            (other->likeness == skill.likeness && other->skill < skill.skill))
            break;
    }
    if (at == CLAIM_SKILLS_MAX)
        return;
    if (meaning->count < CLAIM_SKILLS_MAX)
        meaning->count++;
    memmove(meaning->skills + at + 1, meaning->skills + at,
            (meaning->count - 1 - at) * sizeof *meaning->skills);
    meaning->skills[at] = skill;
}

/* Those whose English labels are most like the words. */
static void find_like(struct role_search *search, const struct role_claim *claim,
                      struct claim_meaning *meaning)
{
    struct gram_taking taking = {.index = &search->index};
    struct set_query *query = &taking.query;
    struct role_words words;
    role_words_take(&words, claim->text, claim->size, false);
    set_query_begin(query, &search->index.english_grams, search->skills.weights,
                    search->skills.touched);
    for (unsigned i = 0; i < words.count; i++)
        role_word_grams(&words.words[i], take_gram, &taking);
    set_query_end(query);
    for (uint32_t i = 0; i < query->touched_count; i++) {
        uint32_t skill = query->touched[i], likeness = query->products[skill];
        if (likeness >= LIKENESS_LEAST)
            enter(meaning, (struct claim_skill){(int32_t)skill, likeness});
    }
    set_query_clear(query);
}

struct claim_meaning role_claim_meaning(struct role_search *search, const struct role_claim *claim,
                                        enum label_language language)
{
    struct claim_meaning meaning = {.count = 0};
    int32_t skill = find_skill(search->referential, claim);
    if (skill != REFERENTIAL_NONE)
        enter(&meaning, (struct claim_skill){skill, COSINE_ONE});
    else if (language == LABEL_ENGLISH)
        find_like(search, claim, &meaning);
    return meaning;
}
