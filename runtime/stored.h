/* A record as the store keeps it: a header line and the packed fields (docs/architecture.md,
 * "Redis keys"). */
#ifndef PASSERELLE_RUNTIME_STORED_H
#define PASSERELLE_RUNTIME_STORED_H

#include "proto/codec.h"

struct stored {
    int64_t revision;
    int64_t observed_ms;
    char state[16];
    uint64_t created; /* seq of its creation */
    const uint8_t *fields;
    size_t size;
};

/* Splits a stored value; fields point into it. False when it is not one. */
bool stored_parse(const char *data, size_t size, struct stored *stored);
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
