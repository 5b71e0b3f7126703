#include "role_vectors.h"

#include "fixed.h"

#include <stdlib.h>
#include <string.h>

enum {
    WEIGHT_ONE = 128,   /* its square is SQUARE_ONE */
    HOLDERS_MAX = 4096, /* a term of more roles tells nothing, and would take time squared */
};

static bool fill_lists(struct role_vectors *vectors, const struct postings *counts)
{
    for (uint32_t term = 0; term < counts->terms; term++) {
        uint32_t count;
        const struct posting *items = postings_of(counts, term, &count);
        if (count == 0 || count > HOLDERS_MAX)
            continue;
        uint64_t rarity = (uint64_t)fixed_log_ratio(vectors->roles, count);
        for (uint32_t i = 0; i < count; i++) {
            uint64_t held = items[i].weight;
            uint32_t weight = (uint32_t)(rarity * held / (held + 1) / (FIXED_ONE / WEIGHT_ONE));
            if (weight > 0 &&
                (!postings_add(&vectors->roles_of_term, term, items[i].owner, weight) ||
                 !postings_add(&vectors->terms_of_role, items[i].owner, term, weight)))
                return false;
        }
    }
    return postings_finish(&vectors->roles_of_term, counts->terms) &&
           postings_finish(&vectors->terms_of_role, vectors->roles);
}

bool role_vectors_fill(struct role_vectors *vectors, const struct postings *counts, uint32_t roles)
{
    vectors->roles = roles;
    vectors->lengths = calloc((size_t)roles + 1, sizeof *vectors->lengths);
    vectors->products = calloc((size_t)roles + 1, sizeof *vectors->products);
    if (!vectors->lengths || !vectors->products || !fill_lists(vectors, counts))
        return false;
    for (uint32_t role = 0; role < roles; role++) {
        uint64_t squares = 0;
        const struct postings_build *terms = &vectors->terms_of_role;
        for (uint32_t i = terms->starts[role]; i < terms->starts[role + 1]; i++)
            squares += (uint64_t)terms->items[i].weight * terms->items[i].weight;
        vectors->lengths[role] = fixed_length(squares);
    }
    return true;
}

void role_vectors_clear(struct role_vectors *vectors)
{
    postings_build_clear(&vectors->roles_of_term);
    postings_build_clear(&vectors->terms_of_role);
    free(vectors->lengths);
    free(vectors->products);
    *vectors = (struct role_vectors){.roles = 0};
}

void role_vectors_compare(struct role_vectors *vectors, uint32_t role, uint32_t *cosines)
{
    const struct postings_build *terms = &vectors->terms_of_role;
    memset(vectors->products, 0, vectors->roles * sizeof *vectors->products);
    for (uint32_t i = terms->starts[role]; i < terms->starts[role + 1]; i++) {
        uint64_t weight = terms->items[i].weight;
        uint32_t term = terms->items[i].owner;
        uint32_t end = vectors->roles_of_term.starts[term + 1];
        for (uint32_t k = vectors->roles_of_term.starts[term]; k < end; k++)
            vectors->products[vectors->roles_of_term.items[k].owner] +=
                weight * vectors->roles_of_term.items[k].weight;
    }
    vectors->products[role] = 0;
    for (uint32_t i = 0; i < vectors->roles; i++)
        cosines[i] =
            fixed_cosine(vectors->products[i], vectors->lengths[role], vectors->lengths[i]);
}
