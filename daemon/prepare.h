/* What happens to an event between decoding and the commit: places, roles and words are looked up
 * in the territory's catalogue, and what the commit needs beside the record is worked out. */
#ifndef PASSERELLE_DAEMON_PREPARE_H
#define PASSERELLE_DAEMON_PREPARE_H

#include "matching/communes.h"
#include "matching/referential.h"
#include "proto/message.h"

/* Words: of every claim that a learner may have. */
enum { PREPARED_REFERENCES_MAX = 24, PREPARED_WORDS_MAX = 64 * 1024 };

/* What to look things up in; each may be NULL before a first adoption. */
struct lookup {
    const struct referential *referential;
    const struct communes *communes;
    int32_t today;      /* days since 1970 */
    int32_t last_day;   /* the latest that day.changed may tell */
    unsigned *searches; /* nearest-name searches still allowed in this second */
};

struct prepared {
    char words[PREPARED_WORDS_MAX]; /* unrecognised words in normal form, newline-separated */
    size_t words_size;
    uint64_t references[PREPARED_REFERENCES_MAX]; /* records that must exist */
    unsigned reference_count;
    char name[224];            /* of the person, in normal form; empty when there is none */
    char born[DATE_TEXT_SIZE]; /* empty when unknown */
};

/* Resolves in place (new texts come from the arena). Errors refuse the event; warnings go with the
 * answer. True without errors. */
bool prepare_event(struct message *message, const struct lookup *lookup, struct arena *arena,
                   struct prepared *prepared, struct errors *errors, struct errors *warnings);

#endif
