#include "colouring.h"

#include <stdlib.h>
#include <string.h>

bool colouring_fits(const struct seating *timetable, const uint32_t *pairs, uint32_t count)
{
    const struct problem *problem = timetable->problem;
    uint64_t all = slots_first(problem->slot_count);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t needs[PAIR_NEEDS_MAX];
        if (problem->open[pairs[k]] != all || seating_needs(timetable, pairs[k], needs) > 2)
            return false;
    }
    return true;
}

/* Every recruiter is a seat: a participant with a capacity of n has n seats, and each of their
 * meetings a fixed one. */
struct colouring {
    unsigned slots;
    uint32_t *seats; /* of each pair, its two */
    uint32_t *at;    /* seat × slot → index of a pair + 1; 0: free */
    uint64_t *free;  /* slots of each seat */
    int8_t *slot;    /* of each pair */
    uint32_t *chain;
    uint32_t seat_count;
};

static void put(struct colouring *colouring, uint32_t k, unsigned slot)
{
    for (int end = 0; end < 2; end++) {
        uint32_t seat = colouring->seats[2 * k + end];
        colouring->at[seat * colouring->slots + slot] = k + 1;
        colouring->free[seat] &= ~slot_bit(slot);
    }
    colouring->slot[k] = (int8_t)slot;
}

static void take(struct colouring *colouring, uint32_t k)
{
    unsigned slot = (unsigned)colouring->slot[k];
    for (int end = 0; end < 2; end++) {
        uint32_t seat = colouring->seats[2 * k + end];
        colouring->at[seat * colouring->slots + slot] = 0;
        colouring->free[seat] |= slot_bit(slot);
    }
}

/* Frees a slot at a seat: what is there goes to the other slot, what it meets there to the first,
 * and so on. Two sides: the chain never comes back to the other end of the pair that asks. */
static void chain_swap(struct colouring *colouring, uint32_t seat, unsigned slot, unsigned other)
{
    uint32_t length = 0;
    unsigned here = slot;
    for (uint32_t at; (at = colouring->at[seat * colouring->slots + here]) > 0;) {
        const uint32_t *ends = &colouring->seats[2 * (at - 1)];
        colouring->chain[length++] = at - 1;
        seat = ends[0] == seat ? ends[1] : ends[0];
        here = slot + other - here;
    }
    for (uint32_t i = 0; i < length; i++)
        take(colouring, colouring->chain[i]);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t k = colouring->chain[i];
        put(colouring, k, slot + other - (unsigned)colouring->slot[k]);
    }
}

static void colour(struct colouring *colouring, uint32_t k)
{
    uint32_t one = colouring->seats[2 * k], two = colouring->seats[2 * k + 1];
    uint64_t common = colouring->free[one] & colouring->free[two];
    if (common == 0) {
        unsigned wanted = slots_lowest(colouring->free[one]);
        chain_swap(colouring, two, wanted, slots_lowest(colouring->free[two]));
        common = slot_bit(wanted);
    }
    put(colouring, k, slots_lowest(common));
}

/* The first seat of each participant. */
static uint32_t *seats_first(const struct problem *problem, uint32_t *count)
{
    uint32_t *first = malloc((problem->participant_count + 1) * sizeof *first);
    *count = 0;
    for (uint32_t i = 0; first != NULL && i < problem->participant_count; i++) {
        first[i] = *count;
        *count += problem->participants[i].capacity;
    }
    return first;
}

static bool seats_assign(struct colouring *colouring, const struct problem *problem,
                         const uint32_t *pairs, uint32_t count)
{
    uint32_t *first = seats_first(problem, &colouring->seat_count);
    uint32_t *taken = calloc(problem->participant_count + 1, sizeof *taken);
    if (first != NULL && taken != NULL)
        for (uint32_t k = 0; k < count; k++) {
            const struct plan_pair *pair = &problem->pairs[pairs[k]];
            colouring->seats[2 * k] = first[pair->first] + taken[pair->first]++ / colouring->slots;
            colouring->seats[2 * k + 1] =
                first[pair->second] + taken[pair->second]++ / colouring->slots;
        }
    bool good = first != NULL && taken != NULL;
    free(first);
    free(taken);
    return good;
}

static bool tables_make(struct colouring *colouring)
{
    size_t seats = colouring->seat_count + 1;
    colouring->at = calloc(seats * colouring->slots, sizeof *colouring->at);
    colouring->free = malloc(seats * sizeof *colouring->free);
    colouring->chain = malloc(seats * sizeof *colouring->chain);
    if (colouring->at == NULL || colouring->free == NULL || colouring->chain == NULL)
        return false;
    for (size_t seat = 0; seat < seats; seat++)
        colouring->free[seat] = slots_first(colouring->slots);
    return true;
}

bool colouring_make(struct seating *timetable, const uint32_t *pairs, uint32_t count)
{
    struct colouring colouring = {.slots = timetable->problem->slot_count};
    colouring.seats = malloc((2 * (size_t)count + 1) * sizeof *colouring.seats);
    colouring.slot = malloc(count + 1);
    bool good = colouring.seats != NULL && colouring.slot != NULL &&
                seats_assign(&colouring, timetable->problem, pairs, count) &&
                tables_make(&colouring);
    for (uint32_t k = 0; good && k < count; k++)
        colour(&colouring, k);
    for (uint32_t k = 0; good && k < count; k++)
        seating_put(timetable, pairs[k], (unsigned)colouring.slot[k]);
    free(colouring.seats);
    free(colouring.slot);
    free(colouring.at);
    free(colouring.free);
    free(colouring.chain);
    return good;
}
