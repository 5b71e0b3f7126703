#include "log_limit.h"

#include <stdio.h>
#include <string.h>

static bool slot_over(const struct log_limit_slot *slot, int64_t now_ms)
{
    return now_ms - slot->start_ms >= LOG_LIMIT_WINDOW_MS;
}

/* Its own slot, else a free or finished one, else the shared one. */
static struct log_limit_slot *slot_find(struct log_limit *limit, const char *id, int64_t now_ms)
{
    struct log_limit_slot *room = NULL;
    for (size_t i = 0; i < LOG_LIMIT_IDS; i++) {
        struct log_limit_slot *slot = &limit->slots[i];
        if (slot->id[0] != '\0' && strncmp(slot->id, id, sizeof slot->id - 1) == 0)
            return slot;
        if (!room && (slot->id[0] == '\0' || (slot_over(slot, now_ms) && !slot->dropped)))
            room = slot;
    }
    if (!room) {
        room = &limit->slots[LOG_LIMIT_IDS];
        id = "(others)";
        if (room->id[0] != '\0')
            return room;
    }
    *room = (struct log_limit_slot){.start_ms = now_ms};
    snprintf(room->id, sizeof room->id, "%s", id);
    return room;
}

bool log_limit_pass(struct log_limit *limit, const char *id, int64_t now_ms)
{
    struct log_limit_slot *slot = slot_find(limit, id, now_ms);
    if (slot_over(slot, now_ms)) {
        slot->start_ms = now_ms;
        slot->passed = 0;
    }
    if (slot->passed < LOG_LIMIT_LINES) {
        slot->passed++;
        return true;
    }
    if (slot->dropped++ == 0)
        limit->dropping++;
    return false;
}

const struct log_limit_slot *log_limit_take(struct log_limit *limit, int64_t now_ms, bool all,
                                            unsigned *dropped)
{
    if (limit->dropping == 0)
        return NULL;
    for (size_t i = 0; i <= LOG_LIMIT_IDS; i++) {
        struct log_limit_slot *slot = &limit->slots[i];
        if (slot->dropped && (all || slot_over(slot, now_ms))) {
            *dropped = slot->dropped;
            slot->dropped = 0;
            limit->dropping--;
            return slot;
        }
    }
    return NULL;
}
