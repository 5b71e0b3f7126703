/* Job title → roles: what tells how well a role answers, and the weights learned for it. */
#include "fixed.h"
#include "role_search_parts.h"
#include "role_words.h"

#include <stdlib.h>
#include <string.h>

enum {
    VOTE_BITS = 20,                     /* votes are shares in 1/2^20 */
    VOTE_LEAST = 105,                   /* 0.0001: added before the logarithm is taken, */
    BAG_LEAST = FIXED_ONE / 20,         /* 0.05, as well */
    SECTOR_SCORE = FIXED_ONE * 26 / 10, /* learned on the development half of the offers */
    UNKNOWN_STEM = 3,                   /* tenths: see set_query_take_unknown */
    WEIGHT_ONE = 1 << 10,
};

/* What a role's score is the weighted sum of, each in 1/FIXED_ONE. */
enum feature {
    BEST_TITLE,    /* likeness of its best title */
    THREE_STEMS,   /* mean likeness of its three best titles, by stems */
    THREE_LETTERS, /* and by runs of letters */
    VOTE,          /* its share in the likeness of all titles to the fourth power */
    VOTE_LOG,
    BAG, /* stems of all its titles (BM25), of the best role's */
    BAG_LOG,
    KIN_TEXT, /* what the texts of its kin say (BM25F), */
    TEXT,     /* and its own */
    TEXT_LOG,
    GRAMS, /* runs of letters of its titles and texts (BM25), of the best role's */
    FEATURE_COUNT
};

/* Learned on titles of ROME taken out of the index, and on the development half of bench/quality's
 * offers (docs/quality.md). */
static const int32_t weights[FEATURE_COUNT] = {
    [BEST_TITLE] = 2605, [THREE_STEMS] = -2072, [THREE_LETTERS] = 4064, [VOTE] = -2657,
    [VOTE_LOG] = 429,    [BAG] = 5398,          [BAG_LOG] = -1454,      [KIN_TEXT] = 2358,
    [TEXT] = 1000,       [TEXT_LOG] = -141,     [GRAMS] = 1441,
};

/* -- likeness to titles ------------------------------------------------------------------------ */

struct gram_taking {
    const struct role_index *index;
    struct set_query *query;
};

static bool take_letters(void *state, const char *term, size_t size)
{
    const struct gram_taking *taking = state;
    set_query_take(taking->query, role_index_gram(taking->index, term, size));
    return true;
}

static void ask_titles(struct role_search *search, const struct role_words *words,
                       const struct role_words *stems)
{
    const struct role_index *index = &search->index;
    struct set_query query;
    struct gram_taking taking = {index, &query};
    set_query_begin(&query, &index->title_stems, search->title_stems.weights,
                    search->title_stems.touched);
    for (unsigned i = 0; i < stems->count; i++)
        if (!set_query_take(&query,
                            role_index_stem(index, stems->words[i].text, stems->words[i].size)))
            set_query_take_unknown(&query, UNKNOWN_STEM);
    set_query_end(&query);
    search->title_stems.count = query.touched_count;
    set_query_begin(&query, &index->title_grams, search->title_grams.weights,
                    search->title_grams.touched);
    for (unsigned i = 0; i < words->count; i++)
        role_word_grams(&words->words[i], take_letters, &taking);
    set_query_end(&query);
    search->title_grams.count = query.touched_count;
}

static void enter(uint32_t best[ROLE_BEST_TITLES], uint32_t likeness)
{
    int at = ROLE_BEST_TITLES;
    for (; at > 0 && best[at - 1] < likeness; at--)
        if (at < ROLE_BEST_TITLES)
            best[at] = best[at - 1];
    if (at < ROLE_BEST_TITLES)
        best[at] = likeness;
}

/* The fourth power of a likeness, in 1/2^30. */
static uint64_t vote_of(uint64_t likeness)
{
    uint64_t square = likeness * likeness >> 10; /* 1/2^20 */
    return square * square >> 10;
}

/* Likeness and votes of roles from those of titles. */
static void gather_titles(struct role_search *search)
{
    uint64_t total = 0;
    const struct role_index *index = &search->index;
    memset(search->likeness, 0, index->roles * sizeof *search->likeness);
    memset(search->votes, 0, index->roles * sizeof *search->votes);
    for (uint32_t i = 0; i < index->titles; i++) {
        uint32_t stems = search->title_stems.weights[i], letters = search->title_grams.weights[i];
        uint32_t both = (stems + letters) / 2;
        if (both == 0)
            continue;
        int32_t owner = index->title_owners[i];
        struct role_likeness *likeness = &search->likeness[owner];
        if (both > likeness->both)
            likeness->both = both;
        enter(likeness->stems, stems);
        enter(likeness->letters, letters);
        search->votes[owner] += vote_of(both);
        total += vote_of(both);
    }
    sparse_clear(&search->title_stems);
    sparse_clear(&search->title_grams);
    for (uint32_t role = 0; total > 0 && role < index->roles; role++)
        search->votes[role] = (search->votes[role] << VOTE_BITS) / total;
}

/* -- bags -------------------------------------------------------------------------------------- */

static bool take_gram(void *state, const char *term, size_t size)
{
    struct role_search *search = state;
    int32_t gram =
        size < ROLE_BAG_GRAM_MIN ? REFERENTIAL_NONE : role_index_gram(&search->index, term, size);
    if (gram >= 0)
        sparse_add(&search->grams, (uint32_t)gram, 1);
    return true;
}

static void ask_grams(struct role_search *search, const struct role_words *stems)
{
    for (unsigned i = 0; i < stems->count; i++)
        role_word_grams(&stems->words[i], take_gram, search);
    role_bag_ask(search, ROLE_GRAMS, &search->grams, search->gram_bag);
    sparse_clear(&search->grams);
}

static void ask_bags(struct role_search *search, const struct role_words *stems)
{
    for (unsigned i = 0; i < stems->count; i++) {
        int32_t stem = role_index_stem(&search->index, stems->words[i].text, stems->words[i].size);
        if (stem >= 0)
            sparse_add(&search->stems, (uint32_t)stem, 1);
    }
    role_bag_ask(search, TITLE_BAG, &search->stems, search->title_bag);
    role_bag_ask(search, TEXT_BAG, &search->stems, search->text_bag);
    role_kin_spread(search->index.kin, (int32_t)search->index.roles, search->text_bag,
                    search->spread);
    sparse_clear(&search->stems);
}

/* -- scores ------------------------------------------------------------------------------------ */

static int32_t mean_of(const uint32_t best[ROLE_BEST_TITLES])
{
    uint32_t sum = 0;
    for (int i = 0; i < ROLE_BEST_TITLES; i++)
        sum += best[i];
    return (int32_t)(sum * (FIXED_ONE / COSINE_ONE) / ROLE_BEST_TITLES);
}

static void fill_features(const struct role_search *search, int32_t role,
                          int32_t features[FEATURE_COUNT])
{
    const struct role_likeness *likeness = &search->likeness[role];
    uint64_t vote = search->votes[role], bag = search->title_bag[role],
             text = search->text_bag[role];
    features[BEST_TITLE] = (int32_t)(likeness->both * (FIXED_ONE / COSINE_ONE));
    features[THREE_STEMS] = mean_of(likeness->stems);
    features[THREE_LETTERS] = mean_of(likeness->letters);
    features[VOTE] = (int32_t)(vote * FIXED_ONE >> VOTE_BITS);
    features[VOTE_LOG] = fixed_log_ratio(vote + VOTE_LEAST, (uint64_t)1 << VOTE_BITS);
    features[BAG] = (int32_t)bag;
    features[BAG_LOG] = fixed_log_ratio(bag + BAG_LEAST, FIXED_ONE);
    features[KIN_TEXT] = (int32_t)search->spread[role];
    features[TEXT] = (int32_t)text;
    features[TEXT_LOG] = fixed_log_ratio(text + BAG_LEAST, FIXED_ONE);
    features[GRAMS] = (int32_t)search->gram_bag[role];
}

/* In 1/FIXED_ONE. */
static int64_t score_of(const struct role_search *search, int32_t role)
{
    int32_t features[FEATURE_COUNT];
    int64_t score = 0;
    fill_features(search, role, features);
    for (int i = 0; i < FEATURE_COUNT; i++)
        score += (int64_t)weights[i] * features[i];
    return score / WEIGHT_ONE;
}

static bool is_preferred(const struct role_search *search, int32_t role)
{
    const struct role_sectors *sectors = &search->sectors;
    const char *code = referential_role_rome(search->referential, role);
    for (unsigned i = 0; i < sectors->count; i++)
        if (sectors->codes[i][0] != '\0' &&
            strncmp(code, sectors->codes[i], strlen(sectors->codes[i])) == 0)
            return true;
    return false;
}

unsigned role_search_title(struct role_search *search, const char *title, size_t size,
                           struct role_found *found, unsigned limit)
{
    struct role_words words, stems;
    unsigned count = 0;
    role_words_take(&words, title, size, true);
    role_words_stem(&words, &stems);
    ask_titles(search, &words, &stems);
    gather_titles(search);
    ask_grams(search, &stems);
    ask_bags(search, &stems);
    for (int32_t role = 0; role < (int32_t)search->index.roles; role++)
        if (search->likeness[role].both > 0 || search->text_bag[role] > 0)
            search->found[count++] = (struct role_found){
                .role = role,
                .score = score_of(search, role) + (is_preferred(search, role) ? SECTOR_SCORE : 0)};
    return role_found_finish(search, count, found, limit);
}
