/* Claims → roles: what tells how well a role answers, and the weights learned for it. */
#include "fixed.h"
#include "occupation.h"
#include "referential_format.h"
#include "role_claims.h"
#include "role_words.h"

#include <stdlib.h>
#include <string.h>

enum {
    ITEM_LEAST = COSINE_ONE / 4, /* the least likeness of a claim to a skill, */
    ITEMS_MAX = 60,              /* and how many skills each claim is compared with */
    RARITY_ONE = 256,            /* rarities of claims are in 1/256 */
    SKILL_LIKENESS_MAX = 64 * FIXED_ONE,
    WEIGHT_ONE = 1 << 10,
};

/* What a role's score is the weighted sum of, each in 1/FIXED_ONE. */
enum feature {
    GRAMS,      /* runs of letters in all that it is told by (BM25), of the best role's */
    TITLE,      /* stems of its titles, likewise */
    DEFINITION, /* and of its definition */
    ITEMS,      /* its skills most like each claim */
    NEIGHBOUR,  /* the occupation most like the claims that stands for it, by stems */
    KIN,        /* what occupations, by stems and by skills, say of its kin */
    FEATURE_COUNT
};

/* Learned on the development half of bench/quality's skills tasks (docs/quality.md). */
static const int32_t weights[FEATURE_COUNT] = {
    [GRAMS] = 5767, [TITLE] = 2047,     [DEFINITION] = 726,
    [ITEMS] = 847,  [NEIGHBOUR] = 2176, [KIN] = 3731,
};

/* Claims being taken in. */
struct ranking {
    struct role_search *search;
    struct set_query likeness; /* of the claim at hand to skills */
    uint64_t squares;          /* of the rarities of all claims */
};

/* -- a claim ------------------------------------------------------------------------------------
 */

/* Calls back for the skill and those that are the same. */
typedef void skill_take(struct ranking *ranking, int32_t skill, uint32_t nearness, uint64_t rarity);

static void for_near(struct ranking *ranking, int32_t skill, bool same_only, uint64_t rarity,
                     skill_take *take)
{
    unsigned count;
    const struct near_skill *near =
        referential_skill_near(ranking->search->referential, skill, &count);
    for (unsigned i = 0; i < count; i++)
        if (!same_only || near[i].path == PATH_SAME)
            take(ranking, near[i].skill, near[i].nearness, rarity);
}

/* How rare the claim's skill is among occupations, in 1/RARITY_ONE; without any, all are alike. */
static uint32_t rarity_of(const struct role_search *search, int32_t skill)
{
    const struct role_index *index = &search->index;
    uint32_t with = 0;
    unsigned count = 0;
    const struct near_skill *near =
        skill == REFERENTIAL_NONE ? NULL
                                  : referential_skill_near(search->referential, skill, &count);
    if (index->occupations == 0)
        return RARITY_ONE;
    for (unsigned i = 0; i < count; i++) {
        uint32_t occupations = 0;
        if (near[i].path == PATH_SAME)
            postings_of(&index->postings[SKILL_OCCUPATIONS], (uint32_t)near[i].skill, &occupations);
        with += occupations;
    }
    return occupation_rarity(index->occupations, with) / (FIXED_ONE / RARITY_ONE);
}

static void take_occupations(struct ranking *ranking, int32_t skill, uint32_t nearness,
                             uint64_t rarity)
{
    uint32_t count;
    const struct posting *items =
        postings_of(&ranking->search->index.postings[SKILL_OCCUPATIONS], (uint32_t)skill, &count);
    (void)nearness;
    for (uint32_t i = 0; i < count; i++)
        ranking->search->occupation_skills[items[i].owner] += rarity * rarity * items[i].weight;
}

/* What a skill of this likeness is worth to its roles: the square of it, half as much again at the
 * heart of the role. The best skill of a role counts. */
static void offer_skill(struct role_search *search, uint32_t skill, uint32_t likeness)
{
    uint32_t count;
    const struct posting *items = postings_of(&search->index.postings[SKILL_ROLES], skill, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t core = items[i].weight < SKILL_CORE ? SKILL_USEFUL : SKILL_CORE;
        uint32_t worth =
            (uint32_t)((uint64_t)likeness * likeness * core / SKILL_USEFUL / COSINE_ONE);
        uint32_t known = search->claim.weights[items[i].owner];
        if (worth > known)
            sparse_add(&search->claim, items[i].owner, worth - known);
    }
}

static void offer_near(struct ranking *ranking, int32_t skill, uint32_t nearness, uint64_t rarity)
{
    (void)rarity;
    offer_skill(ranking->search, (uint32_t)skill, nearness * (COSINE_ONE / NEARNESS_ONE));
}

struct like_skill {
    uint32_t skill, likeness;
};

static int compare_likeness(const void *left, const void *right)
{
    const struct like_skill *a = left, *b = right;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness ? -1 : 1;
    return (a->skill > b->skill) - (a->skill < b->skill);
}

/* Keeps the best of all in order. */
static void keep_best(struct like_skill *best, unsigned *count, struct like_skill skill)
{
    unsigned at = *count;
    while (at > 0 && compare_likeness(&skill, &best[at - 1]) < 0)
        at--;
    if (at == ITEMS_MAX)
        return;
    if (*count < ITEMS_MAX)
        ++*count;
    memmove(best + at + 1, best + at, (*count - 1 - at) * sizeof *best);
    best[at] = skill;
}

static void offer_like(struct ranking *ranking)
{
    struct set_query *query = &ranking->likeness;
    struct like_skill best[ITEMS_MAX];
    unsigned count = 0;
    set_query_end(query);
    for (uint32_t i = 0; i < query->touched_count; i++) {
        uint32_t skill = query->touched[i], likeness = query->products[skill];
        if (likeness > ITEM_LEAST)
            keep_best(best, &count, (struct like_skill){skill, likeness});
    }
    set_query_clear(query);
    for (unsigned i = 0; i < count; i++)
        offer_skill(ranking->search, best[i].skill, best[i].likeness);
}

/* -- its words ----------------------------------------------------------------------------------
 */

struct gram_taking {
    struct role_search *search;
    uint32_t rarity;
};

static bool take_gram(void *state, const char *term, size_t size)
{
    const struct gram_taking *taking = state;
    int32_t gram = size < ROLE_BAG_GRAM_MIN ? REFERENTIAL_NONE
                                            : role_index_gram(&taking->search->index, term, size);
    if (gram >= 0)
        sparse_add(&taking->search->grams, (uint32_t)gram, taking->rarity);
    return true;
}

static void take_words(struct ranking *ranking, const char *text, size_t size, uint32_t rarity)
{
    struct role_search *search = ranking->search;
    struct gram_taking taking = {search, rarity};
    struct role_words words, stems;
    role_words_take(&words, text, size, false);
    role_words_stem(&words, &stems);
    for (unsigned i = 0; i < stems.count; i++) {
        int32_t stem = role_index_stem(&search->index, stems.words[i].text, stems.words[i].size);
        if (!set_query_take(&ranking->likeness, stem))
            set_query_take_unknown(&ranking->likeness, 10);
        if (stem >= 0) {
            sparse_add(&search->stems, (uint32_t)stem, rarity);
            sparse_add(&search->counts, (uint32_t)stem, 1);
        }
        role_word_grams(&stems.words[i], take_gram, &taking);
    }
}

/* Adds what the claim at hand is worth to roles. */
static void add_items(struct role_search *search, uint32_t rarity)
{
    for (uint32_t i = 0; i < search->claim.count; i++) {
        uint32_t role = search->claim.touched[i];
        search->items[role] += (uint64_t)search->claim.weights[role] * rarity;
    }
    sparse_clear(&search->claim);
}

/* What is only like the claim's words counts for less, and only the best of it is the skill. */
static void take_skill(struct ranking *ranking, const struct claim_skill *skill, uint32_t rarity,
                       bool best)
{
    const char *label =
        referential_skill_label(ranking->search->referential, skill->skill, LABEL_FRENCH);
    uint32_t part = (uint32_t)((uint64_t)rarity * skill->likeness / COSINE_ONE);
    take_words(ranking, label, strlen(label), part);
    if (best)
        for_near(ranking, skill->skill, true, part, take_occupations);
    if (skill->likeness == COSINE_ONE)
        for_near(ranking, skill->skill, false, part, offer_near);
}

static void take_claim(struct ranking *ranking, const struct role_claim *claim,
                       enum label_language language)
{
    struct role_search *search = ranking->search;
    struct claim_meaning meaning = role_claim_meaning(search, claim, language);
    bool named = meaning.count > 0 && meaning.skills[0].likeness == COSINE_ONE;
    uint32_t rarity =
        rarity_of(search, meaning.count > 0 ? meaning.skills[0].skill : REFERENTIAL_NONE);
    ranking->squares += (uint64_t)rarity * rarity;
    set_query_begin(&ranking->likeness, &search->index.skill_stems, search->skills.weights,
                    search->skills.touched);
    for (unsigned i = 0; i < meaning.count; i++)
        take_skill(ranking, &meaning.skills[i], rarity, i == 0);
    if (!named)
        take_words(ranking, claim->text, claim->size, rarity);
    offer_like(ranking);
    add_items(search, rarity);
}

/* -- occupations --------------------------------------------------------------------------------
 */

/* A file may hold any numbers. */
static uint64_t at_most(uint64_t number, uint64_t most)
{
    return number < most ? number : most;
}

/* Fills occupation_stems with the cosines of the claims' stems and theirs, in 1/FIXED_ONE. */
static void compare_occupations(struct role_search *search)
{
    const struct role_index *index = &search->index;
    uint64_t squares = 0;
    for (uint32_t i = 0; i < search->counts.count; i++) {
        uint32_t stem = search->counts.touched[i], counted = search->counts.weights[stem], count;
        const struct posting *items = postings_of(&index->postings[OCCUPATION_STEMS], stem, &count);
        /* tf / (tf + 1) · rarity, in 1/4096 */
        uint64_t part = (uint64_t)occupation_rarity(index->occupations, count) * counted /
                        (counted + 1) / (FIXED_ONE / 4096);
        if (count == 0)
            continue;
        squares += part * part;
        for (uint32_t k = 0; k < count; k++)
            search->occupation_stems[items[k].owner] += part * items[k].weight;
    }
    uint64_t length = fixed_root(squares);
    for (uint32_t i = 0; length > 0 && i < index->occupations; i++)
        search->occupation_stems[i] =
            at_most(search->occupation_stems[i] / length * (FIXED_ONE / COSINE_ONE), FIXED_ONE);
}

/* Likeness by the claims' skills: sum of rarities squared of what an occupation needs, over the
 * claims' length and the square root of the occupation's; in 1/FIXED_ONE. */
static uint64_t skill_likeness(const struct role_search *search, uint32_t occupation,
                               uint64_t length)
{
    uint64_t root = search->index.occupation_lengths[occupation];
    uint64_t sum = search->occupation_skills[occupation] / 2; /* in 1/FIXED_ONE */
    if (length == 0 || root == 0)
        return 0;
    return at_most(((sum << 16) / length << 16) / root, SKILL_LIKENESS_MAX);
}

static void keep_greatest(uint64_t *scores, int32_t role, uint64_t score, uint32_t strength)
{
    score = score * strength / OCCUPATION_STRENGTH_ONE;
    if (scores[role] < score)
        scores[role] = score;
}

/* What the occupations most like the claims say of the roles that they stand for. */
static void ask_occupations(struct role_search *search, uint64_t squares)
{
    const struct role_index *index = &search->index;
    uint64_t length = fixed_root(squares << 16);
    compare_occupations(search);
    for (uint32_t i = 0; i < index->occupations; i++) {
        unsigned count;
        const struct occupation_role *roles =
            referential_occupation_roles(search->referential, (int32_t)i, &count);
        uint64_t by_skills = skill_likeness(search, i, length);
        for (unsigned k = 0; k < count; k++) {
            int32_t owner = index->owners[roles[k].role];
            keep_greatest(search->neighbours, owner, search->occupation_stems[i],
                          roles[k].strength);
            keep_greatest(search->nearest, owner, by_skills, roles[k].strength);
        }
    }
    for (uint32_t role = 0; role < index->roles; role++)
        search->nearest[role] += search->neighbours[role];
    role_kin_spread(index->kin, (int32_t)index->roles, search->nearest, search->spread);
}

/* -- scores -------------------------------------------------------------------------------------
 */

static void fill_features(const struct role_search *search, int32_t role,
                          int64_t features[FEATURE_COUNT])
{
    features[GRAMS] = (int64_t)search->gram_bag[role];
    features[TITLE] = (int64_t)search->title_bag[role];
    features[DEFINITION] = (int64_t)search->definition_bag[role];
    features[ITEMS] = (int64_t)search->items[role];
    features[NEIGHBOUR] = (int64_t)search->neighbours[role];
    features[KIN] = (int64_t)search->spread[role];
}

/* In 1/FIXED_ONE. */
static int64_t score_of(const struct role_search *search, int32_t role)
{
    int64_t features[FEATURE_COUNT], score = 0;
    fill_features(search, role, features);
    for (int i = 0; i < FEATURE_COUNT; i++)
        score += weights[i] * features[i];
    return score / WEIGHT_ONE;
}

static bool answers(const struct role_search *search, int32_t role)
{
    return search->gram_bag[role] > 0 || search->items[role] > 0 || search->nearest[role] > 0;
}

static void begin(struct role_search *search)
{
    size_t roles = search->index.roles * sizeof(uint64_t);
    size_t occupations = search->index.occupations * sizeof(uint64_t);
    memset(search->items, 0, roles);
    memset(search->neighbours, 0, roles);
    memset(search->nearest, 0, roles);
    memset(search->occupation_stems, 0, occupations);
    memset(search->occupation_skills, 0, occupations);
}

static void ask(struct role_search *search, uint64_t squares)
{
    role_bag_ask(search, ROLE_GRAMS, &search->grams, search->gram_bag);
    role_bag_ask(search, TITLE_BAG, &search->stems, search->title_bag);
    role_bag_ask(search, DEFINITION_BAG, &search->stems, search->definition_bag);
    role_scores_scale(search->items, search->index.roles);
    ask_occupations(search, squares);
    sparse_clear(&search->grams);
    sparse_clear(&search->stems);
    sparse_clear(&search->counts);
}

unsigned role_search_claims(struct role_search *search, const struct role_claim *claims,
                            unsigned count, enum label_language language, struct role_found *found,
                            unsigned limit)
{
    struct ranking ranking = {.search = search};
    unsigned candidates = 0;
    begin(search);
    for (unsigned i = 0; i < count; i++)
        take_claim(&ranking, &claims[i], language);
    ask(search, ranking.squares);
    for (int32_t role = 0; role < (int32_t)search->index.roles; role++)
        if (search->index.owners[role] == role && answers(search, role))
            search->found[candidates++] =
                (struct role_found){.role = role, .score = score_of(search, role)};
    return role_found_finish(search, candidates, found, limit);
}
