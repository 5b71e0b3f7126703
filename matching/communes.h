/* The communes: INSEE code, names, postcodes and coordinates, in one built file, mapped. */
#ifndef PASSERELLE_MATCHING_COMMUNES_H
#define PASSERELLE_MATCHING_COMMUNES_H

#include "referential.h"

struct communes;
struct commune {
    const char *code; /* INSEE */
    const char *name;
    int32_t latitude, longitude; /* 1e-6 degrees */
};

/* As referential_open: bytes are checked in full and stay the caller's. */
struct communes *communes_open(const void *data, size_t size, const char **reason);
void communes_close(struct communes *communes);
const char *communes_hash(const struct communes *communes);
unsigned communes_count(const struct communes *communes);

/* Each returns false when there is none. */
bool communes_by_code(const struct communes *communes, const char *code, size_t size,
                      struct commune *found);
/* By name as people write it ("ST DIDIER SOUS AUBENAS", "Lyon 1er Arrondissement", "Paris 09",
 * "75009 Paris"); postcode and department ("59", "2A") narrow it down and may be empty. A
 * department's or region's name is none. When several remain the most central of them is chosen if
 * they lie within 15 km of each other, else none. */
bool communes_by_name(const struct communes *communes, const char *name, size_t name_size,
                      const char *postcode, const char *department, struct commune *found);
/* The nearest names, best first. Costs a scan: bound how often it is called. */
unsigned communes_nearest(const struct communes *communes, const char *name, size_t size,
                          struct commune *found, unsigned limit);

struct communes_build;
struct communes_build *communes_build_create(void);
void communes_build_free(struct communes_build *build);
enum { COMMUNE_UNPLACED = INT32_MIN }; /* latitude of a commune whose position is not known */
/* Code: 5 characters; name: 1..100 bytes of UTF-8; postcode: 5 digits or empty. The first name and
 * the first position of a code count, repeats add names and postcodes. Communes that never get a
 * position are left out. Returns false, and changes nothing, when given something else, over a
 * limit, or out of memory. */
bool communes_build_add(struct communes_build *build, const char *code, const char *name,
                        const char *postcode, int32_t latitude, int32_t longitude);
/* As referential_build_finish. Paris, Lyon and Marseille as wholes are added, in the middle of
 * their arrondissements, where only those were given. */
void *communes_build_finish(struct communes_build *build, size_t *size,
                            char hash[REFERENTIAL_HASH_SIZE]);

#endif
