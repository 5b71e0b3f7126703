#include "score_steps.h"

#include "constraint.h"

#include <stdio.h>
#include <string.h>

/* The learner's side: what any offer within the constraints is worth, and what wishes add to it.
 * Wishes only add, so that what a record leaves out never lowers a score. */
enum {
    LEARNER_BASE = 7000,
    LEARNER_ROLE = 1500,    /* the offer's role is the dearest wish */
    LEARNER_NEAR = 1000,    /* no way to go; nothing at the edge of the radius */
    LEARNER_CONTRACT = 500, /* the contract is one the learner named */
    ROLE_RANK_SHARES = 16,  /* a wish loses one share of these for each one dearer */
};
_Static_assert(LEARNER_BASE + LEARNER_ROLE + LEARNER_NEAR + LEARNER_CONTRACT == SCORE_ONE,
               "the learner's side reaches the full score");
_Static_assert(ROLE_RANK_SHARES > (int)FACT_ROLES_MAX, "every wish counts");

void model_id(const struct referential *referential, char id[MODEL_ID_SIZE])
{
    snprintf(id, MODEL_ID_SIZE, "m%d-%s", SCORE_VERSION, referential_hash(referential));
}

/* -- the employer's side -------------------------------------------------------------------------
 */

static int requirement_find(const struct profile_requirement *requirements, unsigned count,
                            int32_t skill)
{
    unsigned low = 0;
    unsigned high = count;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (requirements[middle].skill < skill)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && requirements[low].skill == skill ? (int)low : -1;
}

static void claim_offer(const struct learner_profile *learner, unsigned claim,
                        const struct offer_profile *offer, struct held *held)
{
    const struct profile_claim *made = &profile_claims(learner)[claim];
    const struct profile_requirement *requirements = profile_requirements(offer);
    unsigned count = 0;
    const struct near_skill *near =
        referential_skill_near(learner->referential, made->skill, &count);
    for (unsigned i = 0; i < count; i++) {
        int at = requirement_find(requirements, offer->requirement_count, near[i].skill);
        if (at < 0)
            continue;
        uint32_t credit =
            claim_credit(near[i].nearness, made->level, made->evidence, requirements[at].level);
        if (credit > held[at].credit)
            held[at] = (struct held){.credit = credit,
                                     .claim = (uint8_t)claim,
                                     .path = (uint8_t)near[i].path,
                                     .nearness = near[i].nearness};
    }
}

uint32_t score_coverage(const struct learner_profile *learner, const struct offer_profile *offer,
                        struct held held[FACT_REQUIREMENTS_MAX])
{
    const struct profile_requirement *requirements = profile_requirements(offer);
    memset(held, 0, offer->requirement_count * sizeof *held);
    for (unsigned i = 0; i < learner->claim_count; i++)
        claim_offer(learner, i, offer, held);
    uint32_t coverage = 0;
    for (unsigned i = 0; i < offer->requirement_count; i++)
        coverage += requirements[i].weight * held[i].credit;
    return coverage;
}

/* -- the learner's side --------------------------------------------------------------------------
 */

static unsigned role_wish(const struct learner_profile *learner, int32_t role, unsigned *index)
{
    unsigned best = 0;
    if (role == REFERENTIAL_NONE)
        return best;
    const int32_t *roles = profile_roles(learner);
    for (unsigned i = 0; i < learner->role_count; i++) {
        unsigned nearness = referential_role_nearness(learner->referential, roles[i], role);
        unsigned worth = LEARNER_ROLE * nearness * (ROLE_RANK_SHARES - i) /
                         (NEARNESS_ONE * (unsigned)ROLE_RANK_SHARES);
        if (worth > best) {
            best = worth;
            *index = i;
        }
    }
    return best;
}

unsigned score_role_wish(const struct learner_profile *learner, const struct offer_profile *offer,
                         unsigned *index)
{
    return role_wish(learner, offer->role, index);
}

static bool contract_wish(const struct gate *mine, const struct gate *its)
{
    return mine->contracts != CONTRACTS_OPEN && its->contracts != CONTRACTS_OPEN &&
           gate_contract(mine, its);
}

bool score_contract_wish(const struct learner_profile *learner, const struct offer_profile *offer)
{
    return contract_wish(&learner->gate, &offer->gate);
}

/* The share of the radius that is left, LEARNER_NEAR for no way at all. */
static unsigned comfort(const struct gate *mine, const struct gate *its, bool remote_full)
{
    if (remote_full)
        return LEARNER_NEAR;
    if (!gate_measurable(mine, its))
        return 0;
    int64_t way = distance_metres(mine->latitude, mine->longitude, its->latitude, its->longitude);
    if (way >= mine->radius)
        return 0;
    return (unsigned)(LEARNER_NEAR * (mine->radius - way) / mine->radius);
}

static unsigned learner_side(const struct learner_profile *learner, int32_t role,
                             const struct gate *offer, bool remote_full)
{
    unsigned index;
    return LEARNER_BASE + role_wish(learner, role, &index) +
           comfort(&learner->gate, offer, remote_full) +
           (contract_wish(&learner->gate, offer) ? LEARNER_CONTRACT : 0);
}

/* An offer without a place may be one for which nobody travels. */
uint32_t score_learner_most_of(const struct learner_profile *learner, int32_t role,
                               const struct gate *offer)
{
    return learner_side(learner, role, offer, offer->latitude == NOWHERE);
}

uint32_t score_learner_most_with(uint32_t most, const struct gate *learner,
                                 const struct gate *offer)
{
    return most - LEARNER_NEAR + comfort(learner, offer, offer->latitude == NOWHERE);
}

uint32_t score_learner_most(const struct learner_profile *learner)
{
    return LEARNER_BASE + LEARNER_NEAR + (learner->role_count ? LEARNER_ROLE : 0u) +
           (learner->gate.contracts != CONTRACTS_OPEN ? LEARNER_CONTRACT : 0u);
}

/* -- both ----------------------------------------------------------------------------------------
 */

struct score score_finish(const struct learner_profile *learner, const struct offer_profile *offer,
                          uint32_t coverage, uint32_t failed)
{
    struct score score = {.failed = failed};
    if (offer->total_weight)
        score.employer = (uint16_t)(coverage / offer->total_weight);
    score.learner = (uint16_t)learner_side(learner, offer->role, &offer->gate, offer->remote_full);
    if (!failed)
        score.total = (uint16_t)square_root((uint64_t)score.employer * score.learner);
    return score;
}

struct score score_pair(const struct learner_profile *learner, const struct offer_profile *offer)
{
    struct held held[FACT_REQUIREMENTS_MAX];
    uint32_t coverage = score_coverage(learner, offer, held);
    return score_finish(learner, offer, coverage, constraints_failed(learner, offer));
}

#define LOW_48 ((UINT64_C(1) << 48) - 1)

/* One-to-one on 48 bits: odd factors and shifts to the right lose nothing. */
static uint64_t mix48(uint64_t value)
{
    value = (value ^ value >> 25) * UINT64_C(0x9e3779b97f4b) & LOW_48;
    value = (value ^ value >> 23) * UINT64_C(0xd1b54a32d193) & LOW_48;
    return value ^ value >> 26;
}

uint64_t score_rank(uint16_t total, uint64_t learner_number, uint64_t offer_number)
{
    uint64_t pair = mix48((mix48(learner_number & LOW_48) + offer_number) & LOW_48);
    return (uint64_t)total << RANK_TOTAL_SHIFT | pair;
}

uint64_t score_turn(uint16_t total, uint64_t learner_number, uint64_t offer_number, int32_t day)
{
    uint64_t percent = ((uint64_t)total * 100 + SCORE_ONE / 2) / SCORE_ONE;
    uint64_t pair = mix48((mix48(learner_number & LOW_48) + offer_number) & LOW_48);
    uint64_t turn = mix48((pair + (uint32_t)day) & LOW_48);
    return percent << RANK_TOTAL_SHIFT | turn;
}
