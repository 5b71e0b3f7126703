/* What texts are read with: recognisers of the referentials in force, made when first needed. */
#ifndef PASSERELLE_WORKERS_TEXT_LECTERN_H
#define PASSERELLE_WORKERS_TEXT_LECTERN_H

#include "config/config.h"
#include "proto/arena.h"
#include "runtime/proposal.h"

#include <msgpack.h>

struct lectern;

/* NULL without memory. */
struct lectern *lectern_create(const struct config *config);
void lectern_free(struct lectern *lectern); /* NULL is fine */

/* Whether texts can be read with that referential; logged when not. communes may be "". */
bool lectern_open(struct lectern *lectern, const char *referential, const char *communes);

/* A text as it was read, packed. */
struct reading {
    msgpack_sbuffer recognised, proposed; /* proposed may be empty: the record stays as it is */
    bool whole;
};

/* Reads the offer of that number that a stored value holds, with what was opened last. False
 * without memory. A value that is no offer is told to be unreadable. */
bool lectern_read(struct lectern *lectern, uint64_t number, const char *value, size_t size,
                  struct reading *reading);
/* A text whose reading keeps failing. False without memory. */
bool lectern_give_up(struct lectern *lectern, struct reading *reading);
void reading_free(struct reading *reading);

#endif
