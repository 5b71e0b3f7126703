/* The checker: whether a timetable keeps every hard constraint, and what it is worth.
 *
 * It shares no code with the planner and uses nothing that the planner or problem_seal() worked
 * out: it reads the problem as its caller filled it in. */
#ifndef PASSERELLE_PLANNING_CHECK_H
#define PASSERELLE_PLANNING_CHECK_H

#include "problem.h"

struct plan_meeting {
    uint32_t first, second; /* participants, in any order */
    unsigned slot;
};

enum check_fault {
    CHECK_PARTICIPANT, /* nobody of that number */
    CHECK_SLOT,        /* no such slot */
    CHECK_PAIR,   /* the two are no pair of the problem: not suitable, or forbidden (no window) */
    CHECK_TWICE,  /* they meet more than once */
    CHECK_WINDOW, /* somebody is not there in that slot */
    CHECK_PAIR_WINDOW, /* the pair is to meet in other slots: a pin */
    CHECK_SHARED_WINDOW,
    CHECK_CAPACITY, /* somebody has more meetings at once than they can */
    CHECK_SHARED,   /* something shared is used more often than it can */
    CHECK_TABLES,   /* more meetings than tables */
    CHECK_MAXIMUM,  /* somebody has too many meetings */
    CHECK_REQUIRED, /* a pair that must meet does not */
    CHECK_FAULTS
};

struct check_finding {
    enum check_fault fault;
    uint32_t meeting; /* index of the meeting at fault; for CHECK_REQUIRED of the pair */
    uint32_t culprit; /* participant or shared resource, where there is one */
    unsigned slot;
    uint32_t found, allowed; /* how many */
};

enum { FINDINGS_MAX = 100 };

struct verdict {
    uint32_t finding_count; /* of all; only the first FINDINGS_MAX are kept */
    struct check_finding findings[FINDINGS_MAX];
    /* Worth, recomputed. Meaningful when there are no findings, or only CHECK_REQUIRED. */
    int64_t missing, sum, uneven, gaps;
};

/* False when out of memory; the timetable is valid when there are no findings. */
bool check_timetable(const struct problem *problem, const struct plan_meeting *meetings,
                     uint32_t count, struct verdict *verdict);

#endif
