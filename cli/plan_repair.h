/* Repairs of a timetable from a file: who moves, and who is to be told. */
#ifndef PASSERELLE_CLI_PLAN_REPAIR_H
#define PASSERELLE_CLI_PLAN_REPAIR_H

#include "../planning/repair.h"
#include "plan_print.h"

/* The old timetable on the changed job dating. */
struct plan_change {
    const struct plan_file *file;
    const struct plan_meeting *meetings; /* of the old timetable */
    uint32_t count;
    int8_t *old; /* slot of each pair, or NO_SLOT */
    bool *frozen;
};

/* Slots before the first open one stay as they are: meetings there are frozen, and no new ones come
 * in. False when out of memory. */
bool plan_change_make(struct plan_change *change, const struct plan_file *file,
                      const struct plan_meeting *meetings, uint32_t count, unsigned first_open);
void plan_change_clear(struct plan_change *change);

/* What changes: a list of who meets, from which slot (or null) to which (or null); and the ids of
 * all whose agenda differs. Both NULL without memory. */
json_t *plan_changes_json(const struct plan_change *change, const struct repair *repair);
json_t *plan_tell_json(const struct plan_change *change, const struct repair *repair);

#endif
