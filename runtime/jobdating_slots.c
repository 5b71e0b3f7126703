#include "runtime/jobdating_slots.h"

static bool is_free(const struct jobdating *jobdating, struct jobdating_slot slot)
{
    for (uint32_t i = 0; i < jobdating->breaks.count; i++)
        if (slot.from < jobdating->breaks.items[i].to && jobdating->breaks.items[i].from < slot.to)
            return false;
    return true;
}

unsigned jobdating_slots(const struct jobdating *jobdating,
                         struct jobdating_slot slots[JOBDATING_SLOTS_MAX])
{
    unsigned count = 0;

    for (uint32_t i = 0; i < jobdating->sessions.count; i++) {
        const struct session *session = &jobdating->sessions.items[i];
        int32_t length = (int32_t)session->slot_minutes;
        int32_t step = length + (int32_t)session->changeover_minutes;
        for (int32_t from = session->from; length > 0 && from + length <= session->to;
             from += step) {
            struct jobdating_slot slot = {from, from + length};
            if (is_free(jobdating, slot) && count < JOBDATING_SLOTS_MAX)
                slots[count++] = slot;
        }
    }
    return count;
}

uint64_t jobdating_window(const struct jobdating_slot *slots, unsigned count,
                          const struct window *windows, uint32_t window_count)
{
    uint64_t open = 0;

    for (unsigned t = 0; t < count; t++) {
        bool inside = window_count == 0;
        for (uint32_t i = 0; i < window_count && !inside; i++)
            inside = windows[i].from <= slots[t].from && slots[t].to <= windows[i].to;
        if (inside)
            open |= UINT64_C(1) << t;
    }
    return open;
}
