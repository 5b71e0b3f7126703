/* The slots of a job dating, and which of them a window leaves. */
#ifndef PASSERELLE_RUNTIME_JOBDATING_SLOTS_H
#define PASSERELLE_RUNTIME_JOBDATING_SLOTS_H

#include "../proto/records.h"

struct jobdating_slot {
    int32_t from, to; /* minutes since midnight */
};

/* In order: those of each session that no break touches. Returns how many, JOBDATING_SLOTS_MAX at
 * most. */
unsigned jobdating_slots(const struct jobdating *jobdating,
                         struct jobdating_slot slots[JOBDATING_SLOTS_MAX]);

/* The slots that lie in one of the windows, bit t for slot t; all of them where there is no window.
 */
uint64_t jobdating_window(const struct jobdating_slot *slots, unsigned count,
                          const struct window *windows, uint32_t window_count);

#endif
