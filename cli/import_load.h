/* Imports tables: learners, offers or employers. */
#ifndef PASSERELLE_CLI_IMPORT_LOAD_H
#define PASSERELLE_CLI_IMPORT_LOAD_H

#include "command.h"

struct load_options {
    uint8_t kind;         /* KIND_LEARNER, KIND_OFFER or KIND_EMPLOYER */
    const char *map;      /* path of a column map, or NULL: one is proposed */
    const char *save_map; /* where to write the map that was proposed, or NULL */
    const char *source;   /* of what says none itself, or NULL */
    bool text;            /* files and folders of free text */
    bool yes;             /* takes the proposal without asking */
    bool dry_run;         /* sends nothing */
};

/* One file after the other; says what became of each row that was not simply taken, and the totals
 * of all. */
enum ending import_load(struct context *context, const struct load_options *options,
                        const char *const *files, unsigned count);

#endif
