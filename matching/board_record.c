#include "board_internal.h"

#include <stdlib.h>

/* The board owns what it was given. */
void record_free(enum side_kind kind, union profile profile)
{
    if (kind == SIDE_LEARNERS)
        learner_profile_free((struct learner_profile *)(uintptr_t)profile.learner);
    else
        offer_profile_free((struct offer_profile *)(uintptr_t)profile.offer);
}

size_t record_bytes(enum side_kind kind, union profile profile)
{
    return kind == SIDE_LEARNERS ? learner_profile_size(profile.learner)
                                 : offer_profile_size(profile.offer);
}

static unsigned profile_terms(enum side_kind kind, union profile profile,
                              struct index_term terms[INDEX_TERMS_MAX])
{
    return kind == SIDE_LEARNERS ? learner_terms(profile.learner, terms)
                                 : offer_terms(profile.offer, terms);
}

bool record_put(struct side *side, enum side_kind kind, uint32_t entry, union profile profile)
{
    struct index_term terms[INDEX_TERMS_MAX];
    unsigned count = profile_terms(kind, profile, terms);
    bool learner = kind == SIDE_LEARNERS;
    struct index_front front =
        learner ? learner_front(profile.learner) : offer_front(profile.offer);
    float factor = learner ? learner_factor(profile.learner) : offer_factor(profile.offer);
    return index_put(side->index, entry, &front, factor, terms, count);
}

void record_remove(struct side *side, enum side_kind kind, uint32_t entry, union profile profile)
{
    struct index_term terms[INDEX_TERMS_MAX];
    unsigned count = profile_terms(kind, profile, terms);
    index_remove(side->index, entry, terms, count);
}

bool record_reserve(struct board *board, enum side_kind kind, union profile profile)
{
    return kind == SIDE_LEARNERS ? demands_reserve_learner(board->demands, profile.learner)
                                 : demands_reserve_offer(board->demands, profile.offer);
}

void record_ask(struct board *board, enum side_kind kind, union profile profile,
                struct index_query *query)
{
    const struct index *others = board->sides[side_opposite(kind)].index;
    if (kind == SIDE_LEARNERS)
        demands_of_learner(board->demands, profile.learner, others, query);
    else
        demands_of_offer(board->demands, profile.offer, others, query);
}

float record_scale(enum side_kind kind, union profile profile)
{
    return kind == SIDE_LEARNERS ? learner_scale(profile.learner) : offer_scale(profile.offer);
}
