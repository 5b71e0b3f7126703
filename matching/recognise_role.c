/* Roles: what the job title says, and whose skills the text names. */
#include "recognise_parts.h"
#include "recognise_words.h"

#include "role_search.h"

enum {
    TITLE_TOKENS_MAX = 7,
    SEARCHED = 12,      /* roles taken from the search of titles */
    VOTES_SHARE = 4000, /* what the role with most votes gets, in 1/RECOGNISED_CERTAIN */
    TITLE_VOTES_SHARE = 6000
};

static uint32_t gap_at(const struct reading *reading, unsigned token)
{
    return reading->tokens.tokens[token].gap;
}

/* -- the words of the title ---------------------------------------------------------------------
 */

static unsigned title_end(const struct reading *reading, unsigned first)
{
    const uint32_t ends = GAP_STRONG | GAP_COMMA | GAP_COLON;
    unsigned end = first;
    while (end < reading->tokens.count && end < first + TITLE_TOKENS_MAX &&
           (end == first || !(gap_at(reading, end) & ends)) &&
           !(reading->taken[end] & (TAKEN_CONSTRAINT | TAKEN_PRIVATE | TAKEN_FLAG)))
        end++;
    while (end > first && reading->tokens.tokens[end - 1].small)
        end--;
    return end;
}

/* What is looked for: the words behind "cherche", without articles and numbers. */
static bool sought_title(const struct reading *reading, unsigned *first, unsigned *end)
{
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_SEEK);
        if (!cue)
            continue;
        *first = at + cue->length;
        while (*first < reading->tokens.count &&
               (reading->tokens.tokens[*first].small || reading->tokens.tokens[*first].number >= 0))
            ++*first;
        *end = title_end(reading, *first);
        if (*end > *first && !(gap_at(reading, *first) & GAP_STRONG))
            return true;
    }
    return false;
}

/* The first title that was found, with the words that go on from it; else what is sought; else, in
 * an offer, how the text begins. */
static bool find_title(const struct reading *reading, unsigned *first, unsigned *end)
{
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        if (!(reading->taken[at] & TAKEN_TITLE))
            continue;
        *first = at;
        *end = title_end(reading, at);
        return *end > *first;
    }
    if (reading->kind == RECOGNISED_CV)
        return false;
    if (sought_title(reading, first, end))
        return true;
    *first = 0;
    *end = title_end(reading, 0);
    return *end > 0;
}

/* -- roles --------------------------------------------------------------------------------------
 */

/* The role that stands for all with its ROME code, as the search of titles has it. */
static int32_t owner(const struct reading *reading, int32_t role)
{
    const char *rome = referential_role_rome(reading->referential, role);
    int32_t found = referential_role(reading->referential, rome, strlen(rome));
    return found == REFERENTIAL_NONE ? role : found;
}

/* Puts the role in its place among the best. */
static void add_role(struct reading *reading, int32_t role, int32_t share)
{
    struct recognition *found = reading->found;
    unsigned at = 0;
    while (at < found->role_count && found->roles[at].role != role)
        at++;
    if (at < found->role_count) {
        share += (int32_t)found->roles[at].share;
    } else if (found->role_count < RECOGNISED_ROLES_MAX) {
        found->role_count++;
    } else {
        at--;
        if (share <= (int32_t)found->roles[at].share)
            return;
    }
    for (; at > 0 && (int32_t)found->roles[at - 1].share < share; at--)
        found->roles[at] = found->roles[at - 1];
    found->roles[at] = (struct recognised_role){role, (unsigned)share};
}

static void add_searched(struct reading *reading)
{
    unsigned first, end;
    struct role_found found[SEARCHED];
    if (!find_title(reading, &first, &end))
        return;
    struct text_span span = tokens_span(&reading->tokens, first, end - 1);
    unsigned count = role_search_title(reading->search, reading->tokens.text + span.start,
                                       span.end - span.start, found, SEARCHED);
    for (unsigned i = 0; i < count; i++)
        add_role(reading, found[i].role,
                 (int32_t)((int64_t)found[i].share * TITLE_VOTES_SHARE / ROLE_SHARE_ONE));
}

/* Of roles with one code the one with most votes counts. */
static void add_voted(struct reading *reading)
{
    int32_t roles = referential_role_count(reading->referential);
    int32_t best[RECOGNISED_ROLES_MAX];
    unsigned count = 0;
    for (int32_t role = 0; role < roles; role++) {
        int32_t votes = reading->votes[role];
        unsigned at = 0;
        if (votes <= 0)
            continue;
        while (at < count && owner(reading, best[at]) != owner(reading, role))
            at++;
        if (at < count && reading->votes[best[at]] >= votes)
            continue;
        if (at == count && count == RECOGNISED_ROLES_MAX && reading->votes[best[--at]] >= votes)
            continue;
        count += at == count;
        for (; at > 0 && reading->votes[best[at - 1]] < votes; at--)
            best[at] = best[at - 1];
        best[at] = role;
    }
    for (unsigned i = 0; i < count; i++)
        add_role(reading, owner(reading, best[i]),
                 (int32_t)((int64_t)reading->votes[best[i]] * VOTES_SHARE / reading->most_votes));
}

void reading_find_roles(struct reading *reading)
{
    add_searched(reading);
    add_voted(reading);
    unsigned sum = 0;
    struct recognition *found = reading->found;
    for (unsigned i = 0; i < found->role_count; i++)
        sum += found->roles[i].share;
    for (unsigned i = 0; i < found->role_count && sum > RECOGNISED_CERTAIN; i++)
        found->roles[i].share =
            (unsigned)((uint64_t)found->roles[i].share * RECOGNISED_CERTAIN / sum);
}
