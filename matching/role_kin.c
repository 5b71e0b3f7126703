#include "role_kin.h"

#include "fixed.h"

#include <stdlib.h>
#include <string.h>

enum {
    CORE_WEIGHT = 2,                  /* of a skill at the heart of a role; of others 1 */
    MOVE_WEIGHT = FIXED_ONE * 3 / 20, /* of a move one way, beside a likeness of up to FIXED_ONE */
    HOLDERS_MAX = 4096, /* a skill of more roles tells nothing, and would take time squared */
};

struct holder {
    int32_t role;
    uint32_t weight; /* see skill_weight */
};
struct kinship {
    const struct referential *referential;
    int32_t roles, skills;
    uint32_t *starts; /* of each skill's holders, and their end */
    struct holder *holders;
    uint32_t *lengths;  /* of each role's skills as a vector */
    uint32_t *likeness; /* of one role to all, in 1/COSINE_ONE */
    uint64_t *products;
};

static void kinship_clear(struct kinship *kinship)
{
    free(kinship->starts);
    free(kinship->holders);
    free(kinship->lengths);
    free(kinship->likeness);
    free(kinship->products);
}

/* 0 for a skill that is left out. In 1/128: the square root of SQUARE_ONE. */
static uint32_t skill_weight(const struct kinship *kinship, const struct role_skill *item)
{
    uint32_t held = kinship->starts[item->skill + 1] - kinship->starts[item->skill];
    if (held > HOLDERS_MAX)
        return 0;
    uint32_t rarity = (uint32_t)fixed_log_ratio((uint64_t)kinship->roles, held) / (FIXED_ONE / 128);
    return item->core ? CORE_WEIGHT * rarity : rarity;
}

static void count_holders(struct kinship *kinship)
{
    for (int32_t role = 0; role < kinship->roles; role++) {
        unsigned count;
        const struct role_skill *items =
            referential_role_skills(kinship->referential, role, &count);
        for (unsigned i = 0; i < count; i++)
            kinship->starts[items[i].skill + 1]++;
    }
    for (int32_t skill = 0; skill < kinship->skills; skill++)
        kinship->starts[skill + 1] += kinship->starts[skill];
}

static bool kinship_fill(struct kinship *kinship)
{
    kinship->starts = calloc((size_t)kinship->skills + 1, sizeof *kinship->starts);
    if (!kinship->starts)
        return false;
    count_holders(kinship);
    kinship->holders = calloc((size_t)kinship->starts[kinship->skills] + 1, sizeof(struct holder));
    kinship->lengths = calloc((size_t)kinship->roles + 1, sizeof *kinship->lengths);
    kinship->likeness = calloc((size_t)kinship->roles + 1, sizeof *kinship->likeness);
    kinship->products = calloc((size_t)kinship->roles + 1, sizeof *kinship->products);
    uint32_t *next = calloc((size_t)kinship->skills + 1, sizeof *next);
    bool whole = kinship->holders && kinship->lengths && kinship->likeness && kinship->products &&
                 next != NULL;
    if (whole)
        memcpy(next, kinship->starts, (size_t)kinship->skills * sizeof *next);
    for (int32_t role = 0; whole && role < kinship->roles; role++) {
        unsigned count;
        uint64_t squares = 0;
        const struct role_skill *items =
            referential_role_skills(kinship->referential, role, &count);
        for (unsigned i = 0; i < count; i++) {
            uint32_t weight = skill_weight(kinship, &items[i]);
            kinship->holders[next[items[i].skill]++] = (struct holder){role, weight};
            squares += (uint64_t)weight * weight;
        }
        kinship->lengths[role] = fixed_length(squares);
    }
    free(next);
    return whole;
}

/* Fills likeness with the cosines of the role's skills and those of every other. */
static void liken(struct kinship *kinship, int32_t role)
{
    unsigned count;
    const struct role_skill *items = referential_role_skills(kinship->referential, role, &count);
    memset(kinship->products, 0, (size_t)kinship->roles * sizeof *kinship->products);
    for (unsigned i = 0; i < count; i++) {
        uint64_t weight = skill_weight(kinship, &items[i]);
        uint32_t end = kinship->starts[items[i].skill + 1];
        for (uint32_t k = kinship->starts[items[i].skill]; weight > 0 && k < end; k++)
            kinship->products[kinship->holders[k].role] += weight * kinship->holders[k].weight;
    }
    kinship->products[role] = 0;
    for (int32_t i = 0; i < kinship->roles; i++)
        kinship->likeness[i] =
            fixed_cosine(kinship->products[i], kinship->lengths[role], kinship->lengths[i]);
}

static uint32_t greatest_likeness(struct kinship *kinship)
{
    uint32_t greatest = 1;
    for (int32_t role = 0; role < kinship->roles; role++) {
        liken(kinship, role);
        for (int32_t i = 0; i < kinship->roles; i++)
            if (kinship->likeness[i] > greatest)
                greatest = kinship->likeness[i];
    }
    return greatest;
}

/* Enters a role among the best so far. */
static void enter(struct role_kin_share *best, int32_t role, uint32_t share)
{
    int at = ROLE_KIN_MAX;
    while (at > 0 && (best[at - 1].role == REFERENTIAL_NONE || best[at - 1].share < share))
        at--;
    if (at == ROLE_KIN_MAX)
        return;
    memmove(best + at + 1, best + at, (size_t)(ROLE_KIN_MAX - 1 - at) * sizeof *best);
    best[at] = (struct role_kin_share){role, share};
}

static void choose(struct kinship *kinship, int32_t role, uint32_t greatest,
                   struct role_kin_share *best)
{
    const struct referential *referential = kinship->referential;
    uint64_t total = 0;
    unsigned moves;
    const struct role_near *near = referential_role_near(referential, role, &moves);
    liken(kinship, role);
    for (int i = 0; i < ROLE_KIN_MAX; i++)
        best[i] = (struct role_kin_share){REFERENTIAL_NONE, 0};
    for (int32_t other = 0; other < kinship->roles; other++) {
        if (other == role)
            continue;
        uint32_t share = (uint32_t)((uint64_t)kinship->likeness[other] * FIXED_ONE / greatest);
        for (; moves > 0 && near->role < other; moves--)
            near++;
        share += moves > 0 && near->role == other && near->nearness > 0 ? MOVE_WEIGHT : 0;
        share += referential_role_nearness(referential, other, role) > 0 ? MOVE_WEIGHT : 0;
        if (share > 0)
            enter(best, other, share);
    }
    for (int i = 0; i < ROLE_KIN_MAX; i++)
        total += best[i].share;
    for (int i = 0; i < ROLE_KIN_MAX && total > 0; i++)
        best[i].share = (uint32_t)((uint64_t)best[i].share * FIXED_ONE / total);
}

struct role_kin_share *role_kin_create(const struct referential *referential)
{
    struct kinship kinship = {
        .referential = referential,
        .roles = referential_role_count(referential),
        .skills = referential_skill_count(referential),
    };
    struct role_kin_share *kin =
        calloc((size_t)kinship.roles + 1, ROLE_KIN_MAX * sizeof(struct role_kin_share));
    if (kin && kinship_fill(&kinship)) {
        uint32_t greatest = greatest_likeness(&kinship);
        for (int32_t role = 0; role < kinship.roles; role++)
            choose(&kinship, role, greatest, kin + (size_t)role * ROLE_KIN_MAX);
    } else {
        free(kin);
        kin = NULL;
    }
    kinship_clear(&kinship);
    return kin;
}

void role_kin_spread(const struct role_kin_share *kin, int32_t roles, const uint64_t *scores,
                     uint64_t *spread)
{
    for (int32_t role = 0; role < roles; role++, kin += ROLE_KIN_MAX) {
        spread[role] = 0;
        for (int i = 0; i < ROLE_KIN_MAX && kin[i].role != REFERENTIAL_NONE; i++)
            spread[role] += scores[kin[i].role] * kin[i].share / FIXED_ONE;
    }
}
