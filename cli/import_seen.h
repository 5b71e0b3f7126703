/* Which references of a file have been met already, and whose they were. */
#ifndef PASSERELLE_CLI_IMPORT_SEEN_H
#define PASSERELLE_CLI_IMPORT_SEEN_H

#include <stdbool.h>
#include <stdint.h>

struct seen;

struct seen_row {
    uint64_t key;      /* of the reference (import_reference.h) */
    uint64_t identity; /* of the person; 0 when there is none */
    uint32_t line;
};

/* NULL without memory. */
struct seen *seen_create(void);
void seen_free(struct seen *seen); /* NULL is fine */
/* The first row with that key, or NULL. */
const struct seen_row *seen_find(const struct seen *seen, uint64_t key);
/* Remembers a row whose key is not there yet. False without memory. */
bool seen_add(struct seen *seen, const struct seen_row *row);

#endif
