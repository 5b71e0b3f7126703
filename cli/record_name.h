/* How people name a record on the command line: its id (L12), or source:reference. */
#ifndef PASSERELLE_CLI_RECORD_NAME_H
#define PASSERELLE_CLI_RECORD_NAME_H

#include "command.h"

struct record_name {
    uint64_t id; /* 0: by source and reference, which point into the word */
    struct text source, reference;
};

/* False when it is neither. */
bool record_name_parse(const char *word, struct record_name *name);

/* Fetches a record: by its id, or by source and reference as one of that kind, or of any kind with
 * KIND_ABSENT. record points into the answer. Endings as context_ask. */
enum ending record_fetch(struct context *context, const char *word, uint8_t kind, bool personal,
                         struct client_reply *reply, const msgpack_object **record);
/* The id alone, asked of the server only when it is not an id already. Endings as context_ask; an
 * id of another kind is a usage error unless the kind is KIND_ABSENT. */
enum ending record_find_id(struct context *context, const char *word, uint8_t kind, uint64_t *id);

/* learner, learners, and so on; KIND_ABSENT for anything else. */
uint8_t kind_of_word(const char *word);

#endif
