#include "board_internal.h"

#include <stdlib.h>

/* -- what counts for a skill: the referential's near skills, the other way round -----------------
 */

static void countings_number(struct board *board)
{
    for (uint32_t claim = 0; claim < board->skill_count; claim++) {
        unsigned count = 0;
        const struct near_skill *near =
            referential_skill_near(board->referential, (int32_t)claim, &count);
        for (unsigned i = 0; i < count; i++)
            board->counting_start[near[i].skill + 1]++;
    }
    for (uint32_t skill = 0; skill < board->skill_count; skill++)
        board->counting_start[skill + 1] += board->counting_start[skill];
}

/* Fills from the starts, which move on to the next skill's and are then shifted back. */
static void countings_fill(struct board *board)
{
    uint32_t *start = board->counting_start;
    for (uint32_t claim = 0; claim < board->skill_count; claim++) {
        unsigned count = 0;
        const struct near_skill *near =
            referential_skill_near(board->referential, (int32_t)claim, &count);
        for (unsigned i = 0; i < count; i++)
            board->countings[start[near[i].skill]++] =
                (struct counting){(int32_t)claim, near[i].nearness};
    }
    for (uint32_t skill = board->skill_count; skill > 0; skill--)
        start[skill] = start[skill - 1];
    start[0] = 0;
}

bool board_index_create(struct board *board)
{
    size_t skills = board->skill_count;
    for (int kind = 0; kind < SIDES; kind++) {
        board->sides[kind].postings = calloc(skills + 1, sizeof *board->sides[kind].postings);
        if (!board->sides[kind].postings)
            return false;
    }
    board->counting_start = calloc(skills + 1, sizeof *board->counting_start);
    if (!board->counting_start)
        return false;
    countings_number(board);
    board->countings = calloc(board->counting_start[skills] + 1, sizeof *board->countings);
    if (!board->countings)
        return false;
    countings_fill(board);
    return true;
}

void board_index_free(struct board *board)
{
    for (int kind = 0; kind < SIDES; kind++) {
        struct posting_list *postings = board->sides[kind].postings;
        for (uint32_t skill = 0; postings && skill < board->skill_count; skill++)
            free(postings[skill].items);
        free(postings);
    }
    free(board->counting_start);
    free(board->countings);
}

size_t board_index_bytes(const struct board *board)
{
    size_t bytes = (board->skill_count + 1) * sizeof *board->counting_start +
                   board->counting_start[board->skill_count] * sizeof *board->countings;
    for (int kind = 0; kind < SIDES; kind++) {
        const struct posting_list *postings = board->sides[kind].postings;
        bytes += board->skill_count * sizeof *postings;
        for (uint32_t skill = 0; skill < board->skill_count; skill++)
            bytes += postings[skill].capacity * sizeof *postings->items;
    }
    return bytes;
}

/* -- postings ------------------------------------------------------------------------------------
 */

uint32_t profile_terms(enum side_kind kind, union profile profile)
{
    return kind == SIDE_LEARNERS ? profile.learner->claim_count : profile.offer->requirement_count;
}

static int32_t term_skill(enum side_kind kind, union profile profile, uint32_t term)
{
    return kind == SIDE_LEARNERS ? profile_claims(profile.learner)[term].skill
                                 : profile_requirements(profile.offer)[term].skill;
}

static struct posting term_posting(enum side_kind kind, union profile profile, uint32_t term)
{
    struct posting posting = {.term = (uint8_t)term};
    if (kind == SIDE_LEARNERS) {
        const struct profile_claim *claim = &profile_claims(profile.learner)[term];
        posting.grade = claim_grade(claim->level, claim->evidence);
    } else {
        const struct profile_requirement *requirement = &profile_requirements(profile.offer)[term];
        posting.grade = requirement->level;
        posting.weight = requirement->weight;
    }
    return posting;
}

/* Room for as many terms of one skill as a record can have. */
static bool posting_list_reserve(struct posting_list *list)
{
    if (list->capacity - list->count >= FACT_LEVEL_MAX)
        return true;
    uint32_t capacity = list->count + list->count / 2 + FACT_LEVEL_MAX;
    struct posting *items = reallocarray(list->items, capacity, sizeof *items);
    if (!items)
        return false;
    list->items = items;
    list->capacity = capacity;
    return true;
}

bool board_index_reserve(struct board *board, enum side_kind kind, union profile profile)
{
    struct posting_list *postings = board->sides[kind].postings;
    uint32_t terms = profile_terms(kind, profile);
    for (uint32_t term = 0; term < terms; term++)
        if (!posting_list_reserve(&postings[term_skill(kind, profile, term)]))
            return false;
    return true;
}

void board_index_add(struct board *board, enum side_kind kind, uint32_t index)
{
    struct side *side = &board->sides[kind];
    struct entry *entry = &side->entries[index];
    uint32_t terms = profile_terms(kind, entry->profile);
    for (uint32_t term = 0; term < terms; term++) {
        struct posting_list *list = &side->postings[term_skill(kind, entry->profile, term)];
        struct posting posting = term_posting(kind, entry->profile, term);
        posting.index = index;
        entry->positions[term] = list->count;
        list->items[list->count++] = posting;
    }
}

void board_index_remove(struct board *board, enum side_kind kind, uint32_t index)
{
    struct side *side = &board->sides[kind];
    struct entry *entry = &side->entries[index];
    uint32_t terms = profile_terms(kind, entry->profile);
    for (uint32_t term = 0; term < terms; term++) {
        struct posting_list *list = &side->postings[term_skill(kind, entry->profile, term)];
        uint32_t position = entry->positions[term];
        struct posting last = list->items[--list->count];
        list->items[position] = last;
        side->entries[last.index].positions[last.term] = position;
    }
}
