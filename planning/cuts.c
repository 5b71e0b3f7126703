#include "cuts.h"

#include <stdlib.h>
#include <string.h>

struct cuts {
    const struct problem *problem;
    struct cut *items;
    uint32_t count, capacity;
    uint32_t *first; /* of each participant, the smallest one */
};

struct cuts *cuts_create(const struct problem *problem)
{
    struct cuts *cuts = calloc(1, sizeof *cuts);
    if (cuts == NULL)
        return NULL;
    size_t size = (problem->participant_count + 1) * sizeof *cuts->first;
    cuts->problem = problem;
    cuts->first = malloc(size);
    if (cuts->first == NULL) {
        free(cuts);
        return NULL;
    }
    memset(cuts->first, 0xff, size); /* CUT_NONE */
    return cuts;
}

void cuts_free(struct cuts *cuts)
{
    if (cuts == NULL)
        return;
    free(cuts->items);
    free(cuts->first);
    free(cuts);
}

uint32_t cuts_count(const struct cuts *cuts)
{
    return cuts->count;
}

const struct cut *cuts_at(const struct cuts *cuts, uint32_t index)
{
    return &cuts->items[index];
}

uint32_t cuts_smallest(const struct cuts *cuts, uint32_t participant, uint64_t slots)
{
    uint32_t at = cuts->first[participant];
    while (at != CUT_NONE && (slots & ~cuts->items[at].slots) != 0)
        at = cuts->items[at].next;
    return at;
}

/* Nested in, around, or apart from all the others, and not there yet. */
static bool fits_in(const struct cuts *cuts, uint32_t participant, uint64_t slots)
{
    for (uint32_t at = cuts->first[participant]; at != CUT_NONE; at = cuts->items[at].next) {
        uint64_t other = cuts->items[at].slots, common = slots & other;
        if (slots == other || (common != 0 && common != slots && common != other))
            return false;
    }
    return true;
}

/* The next larger set around each set of one participant. */
static void above_set(struct cuts *cuts, uint32_t participant)
{
    for (uint32_t at = cuts->first[participant]; at != CUT_NONE; at = cuts->items[at].next) {
        uint32_t above = cuts->items[at].next;
        while (above != CUT_NONE && (cuts->items[at].slots & ~cuts->items[above].slots) != 0)
            above = cuts->items[above].next;
        cuts->items[at].above = above;
    }
}

static bool cut_add(struct cuts *cuts, uint32_t participant, uint64_t slots)
{
    if (!fits_in(cuts, participant, slots))
        return true;
    if (cuts->count == cuts->capacity) {
        uint32_t capacity = 2 * cuts->capacity + 64;
        struct cut *items = realloc(cuts->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        cuts->items = items;
        cuts->capacity = capacity;
    }
    uint32_t *link = &cuts->first[participant];
    while (*link != CUT_NONE && slots_count(cuts->items[*link].slots) < slots_count(slots))
        link = &cuts->items[*link].next;
    cuts->items[cuts->count] = (struct cut){participant, slots, CUT_NONE, *link};
    *link = cuts->count++;
    above_set(cuts, participant);
    return true;
}

/* -- slots of their own ------------------------------------------------------------------------ */

/* A matching of pairs to slots, each of which holds as many as the participant's capacity. */
struct matching {
    const uint64_t *open; /* of each pair */
    uint32_t count;
    unsigned capacity;
    uint8_t *slot; /* of each pair; NOT_YET */
    unsigned load[SLOTS_MAX];
    uint64_t tried; /* slots, by the present search */
};

enum { NOT_YET = 255 };

/* Finds a slot for a pair, moving others if need be. */
static bool augment(struct matching *matching, uint32_t pair)
{
    uint64_t slots;
    while ((slots = matching->open[pair] & ~matching->tried) != 0) {
        unsigned slot = slots_lowest(slots);
        matching->tried |= slot_bit(slot);
        bool room = matching->load[slot] < matching->capacity;
        for (uint32_t other = 0; !room && other < matching->count; other++)
            if (matching->slot[other] == slot && augment(matching, other)) {
                matching->load[slot]--;
                room = true;
            }
        if (!room)
            continue;
        matching->slot[pair] = (uint8_t)slot;
        matching->load[slot]++;
        return true;
    }
    return false;
}

/* Gives every pair a slot; else returns the set of slots that is too small for those that are open
 * there only. */
static uint64_t too_small(struct matching *matching)
{
    for (uint32_t k = 0; k < matching->count; k++) {
        matching->tried = 0;
        if (!augment(matching, k))
            return matching->tried;
    }
    return 0;
}

bool cuts_find(struct cuts *cuts, uint32_t participant, const uint32_t *pairs, uint32_t count)
{
    struct matching matching = {.count = count,
                                .capacity = cuts->problem->participants[participant].capacity};
    if (count < 2)
        return true;
    uint64_t *open = malloc(count * sizeof *open);
    matching.slot = malloc(count);
    bool good = open != NULL && matching.slot != NULL;
    if (good) {
        memset(matching.slot, NOT_YET, count);
        for (uint32_t k = 0; k < count; k++)
            open[k] = cuts->problem->open[pairs[k]];
        matching.open = open;
        uint64_t slots = too_small(&matching);
        good = slots == 0 || cut_add(cuts, participant, slots);
    }
    free(open);
    free(matching.slot);
    return good;
}
