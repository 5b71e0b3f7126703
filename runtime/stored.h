/* A record as the store keeps it: a header, the names of the records it names, and the packed
 * fields (docs/architecture.md, "Redis keys"). */
#ifndef PASSERELLE_RUNTIME_STORED_H
#define PASSERELLE_RUNTIME_STORED_H

#include "proto/codec.h"

enum { STORED_HEADER_SIZE = 82, STORED_HASH_SIZE = 32 };

struct stored {
    int64_t revision;
    int64_t observed_ms;
    char state[16];
    uint64_t created;                     /* seq of its creation */
    char reference[STORED_HASH_SIZE + 1]; /* hex digits */
    char person[STORED_HASH_SIZE + 1];    /* the same, or empty */
    const char *names;                    /* of the records it names, comma-separated */
    size_t names_size;
    const uint8_t *fields;
    size_t size;
};

/* Splits the stored value of the record of that number; names and fields point into it. Takes what
 * versions up to 8 of the function library wrote, too. False when it is neither. */
bool stored_parse(uint64_t number, const char *data, size_t size, struct stored *stored);
/* Writes the header of a record that is to be created: in that state, found by that kind letter and
 * hash and, unless empty, that person, naming others in a text of so many bytes (below 65,536). */
void stored_write_header(uint8_t header[STORED_HEADER_SIZE], const char *state, char letter,
                         const char *reference, const char *person, int64_t observed_ms,
                         size_t names_size);
/* Unpacks fields of those privacy classes into record, a zeroed struct of that type; texts point
 * into fields. */
bool stored_decode(const struct record_type *type, unsigned privacy, const uint8_t *fields,
                   size_t size, void *record, struct arena *arena);

/* Gives the record what its header keeps: observed_at, where it has one. */
void stored_restore(const struct stored *stored, const struct record_type *type, void *record);

/* One word of a packed list. */
struct list_entry {
    uint16_t score;
    uint64_t number;
};
enum { LIST_ENTRY_SIZE = 8 };
/* Reads entry i of a packed list of that size; false past its end. */
bool list_entry_read(const char *packed, size_t size, unsigned i, struct list_entry *entry);

/* The slot of an offer: mix64(number) mod slots. */
unsigned slot_of_offer(uint64_t number, unsigned slots);

#endif
