/* What the files of one import share: the server, the report, the memory of a row. */
#ifndef PASSERELLE_CLI_IMPORT_RUN_H
#define PASSERELLE_CLI_IMPORT_RUN_H

#include "import_load.h"
#include "import_send.h"

enum { CONTENT_HASH_SIZE = 16 };

struct import_run {
    struct context *context;
    const struct load_options *options;
    struct client *client; /* NULL in a dry run */
    struct import_report *report;
    struct progress_bar bar;
    struct sender *sender;
    struct arena *arena; /* of one row */
    bool no_memory;
};

/* False once the server is away or memory has run out: the rest is not taken. */
bool import_run_goes_on(const struct import_run *run);

/* A file begins, whose content has that hash: a run of the journal begins, or goes on. */
void import_run_file_begin(struct import_run *run, const char *path,
                           const uint8_t hash[CONTENT_HASH_SIZE], struct journal *journal);
/* It ends: waits for its answers. */
void import_run_file_end(struct import_run *run, const struct journal *journal);

#endif
