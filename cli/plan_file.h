/* A job dating in its JSON form (docs/planning.md), without a server. */
#ifndef PASSERELLE_CLI_PLAN_FILE_H
#define PASSERELLE_CLI_PLAN_FILE_H

#include "../planning/check.h"
#include "../planning/problem.h"
#include "texts.h"

#include <jansson.h>

enum {
    PLAN_FILE_MAX = 32 << 20,  /* bytes */
    PLAN_VALUES_MAX = 8000000, /* a million pairs are four million values */
    PLAN_ID_MAX = 128,         /* bytes of an id */
    PLAN_PATH_SIZE = 96
};

/* What is wrong with a file: a sentence, and where, such as pairs[3].score. */
struct plan_fault {
    enum text_id what; /* TEXT_NONE: nothing */
    char path[PLAN_PATH_SIZE];
};

struct plan_file {
    struct problem *problem;                       /* sealed */
    json_t *document;                              /* the names below lie in it */
    json_t *participant_of, *shared_of, *group_of; /* objects: id → index */
    const char **participants, **shared, **groups; /* ids */
};

/* NULL after a fault. */
struct plan_file *plan_file_read(const char *data, size_t size, struct plan_fault *fault);
void plan_file_free(struct plan_file *file); /* NULL is fine */

/* The meetings of a timetable, malloc'ed; people and slots that the job dating does not have get a
 * number beyond its own, which the checker names. NULL after a fault. */
struct plan_meeting *plan_timetable_read(const struct plan_file *file, const json_t *document,
                                         uint32_t *count, struct plan_fault *fault);

/* JSON of a bounded size; NULL after a fault. */
json_t *plan_json_read(const char *data, size_t size, struct plan_fault *fault);

#endif
