/* Sealing of personal data, fingerprints and keyed look-ups, all from one key file.
 * Formats: docs/architecture.md, "Sealing". */
#ifndef PASSERELLE_RUNTIME_SEAL_H
#define PASSERELLE_RUNTIME_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEAL_OVERHEAD = 40,   /* a box is this much longer than its content */
    SEAL_PRINT_SIZE = 16, /* fingerprints and look-up hashes */
};

/* Locked memory, wiped when freed. */
struct seal_key;

/* Writes a new random key to path, mode 0600; never replaces a file. On failure false and a static
 * *reason, errno set where the system refused. */
bool seal_key_create(const char *path, const char **reason);
/* Refuses a file that is not 32 bytes, neither ours nor root's, or open to group or others. NULL
 * and a static *reason on failure. */
struct seal_key *seal_key_load(const char *path, const char **reason);
void seal_key_free(struct seal_key *key); /* NULL is fine */

/* What a box belongs to: it opens nowhere else. */
struct seal_scope {
    const char *territory;
    const char *kind; /* its name, such as "learner" or "learner.statistics" */
};

/* out holds size + SEAL_OVERHEAD bytes. */
void seal_box(const struct seal_key *key, const struct seal_scope *scope, const void *plain,
              size_t size, uint8_t *out);
/* out holds box_size - SEAL_OVERHEAD bytes. False: too short, altered, another key or scope. */
bool seal_open(const struct seal_key *key, const struct seal_scope *scope, const void *box,
               size_t box_size, uint8_t *out);

/* Fingerprint of a plain text: tells whether it changed without opening the box. */
void seal_print(const struct seal_key *key, const void *data, size_t size,
                uint8_t out[SEAL_PRINT_SIZE]);
/* Look-up hash of first, NUL, second: a source and its reference, or a person's name (normalised
 * by the caller) and birth date. */
void seal_find(const struct seal_key *key, const char *first, const char *second,
               uint8_t out[SEAL_PRINT_SIZE]);

#endif
