/* Which run of an import is under way, so that one that was cut off goes on with the same request
 * ids, and the answers it missed are given again. */
#ifndef PASSERELLE_CLI_IMPORT_JOURNAL_H
#define PASSERELLE_CLI_IMPORT_JOURNAL_H

#include "../proto/field.h"

enum { JOURNAL_RUN_SIZE = 33, JOURNAL_PATH_SIZE = 512, JOURNAL_ID_SIZE = 33 };

struct journal {
    char path[JOURNAL_PATH_SIZE]; /* empty: nothing is kept */
    char run[JOURNAL_RUN_SIZE];   /* 32 hex digits */
    int32_t day;                  /* of all its events */
    bool resumed;
};

/* directory: of the state. what: bytes that tell this import from others. Begins a run, or goes on
 * with one of the same day that did not end; removes those of a month ago. Without a place to keep
 * it, a run is begun all the same. */
void journal_begin(struct journal *journal, const char *directory, const void *what, size_t size,
                   int32_t today);
/* The run is over: the next one is another. */
void journal_end(const struct journal *journal);

/* The id of a request of this run: the same for the same bytes of the body. */
void journal_request_id(const struct journal *journal, const void *body, size_t size,
                        char id[JOURNAL_ID_SIZE]);

#endif
