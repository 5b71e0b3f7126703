/* The container of the built files: a header, then arrays of plain records.
 *
 * Little-endian; all numbers unsigned:
 *   0  magic[8]       kind of file and format version
 *   8  hash[8]        first bytes of the BLAKE2b-256 of everything after the header
 *  16  size, count    u64 bytes of the file, u64 sections
 *  32  count sections of {offset u64, items u32, item size u32}; offsets from the file's start,
 *      multiples of 8
 * The hash in hexadecimal names the file. Records are read in place, hence the same byte order and
 * alignment on every machine that runs this. */
#ifndef PASSERELLE_MATCHING_SECTIONS_H
#define PASSERELLE_MATCHING_SECTIONS_H

#include "referential.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "built files are read in place");

enum { SECTIONS_MAGIC_SIZE = 8, SECTIONS_MAX = 24 };

struct section {
    const void *items;
    uint32_t count;
};

/* Checks header, hash and extents; item_sizes has what each of the count sections must hold, which
 * are given back in sections. NULL, or the reason why not. */
const char *sections_open(const void *data, size_t size, const char magic[SECTIONS_MAGIC_SIZE],
                          const uint32_t *item_sizes, unsigned count, struct section *sections,
                          char hash[REFERENTIAL_HASH_SIZE]);

/* The file's bytes, malloc'ed; NULL when out of memory or beyond 4 GB of a section. */
void *sections_write(const char magic[SECTIONS_MAGIC_SIZE], const uint32_t *item_sizes,
                     unsigned count, const struct section *sections, size_t *size,
                     char hash[REFERENTIAL_HASH_SIZE]);

/* A section of NUL-terminated UTF-8 strings (items of one byte): whether it is one, and whether a
 * string begins at offset. */
bool strings_valid(const struct section *strings);
bool string_valid(const struct section *strings, uint32_t offset);

/* Whether a slice of the section begins at *next, where the one before it ended, and lies within;
 * moves *next to its end. Slices follow one another, so that checking all costs no more than the
 * file is long. */
bool slice_valid(uint32_t start, uint32_t count, const struct section *section, uint32_t *next);

#endif
