/* What a tenure knows of each record on its board besides the profile: when it must be looked at
 * again. */
#ifndef PASSERELLE_WORKERS_MATCH_ROSTER_H
#define PASSERELLE_WORKERS_MATCH_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct roster_entry {
    uint64_t id;        /* proto's id_make(letter, number); 0: free */
    int32_t changes_on; /* the day its profile changes by itself; INT32_MAX: never */
    bool open_words;    /* holds words that an attachment could give a meaning */
    bool stored;        /* its list in the store is already right; for the load only */
};

struct roster;

struct roster *roster_create(void);
void roster_free(struct roster *roster);
/* The entry of an id, NULL when absent. Valid until the next put. */
struct roster_entry *roster_find(struct roster *roster, uint64_t id);
/* The same, made when absent; NULL when out of memory. */
struct roster_entry *roster_put(struct roster *roster, uint64_t id);
void roster_remove(struct roster *roster, uint64_t id);
size_t roster_count(const struct roster *roster);
/* Goes through all: start with *at = 0; NULL at the end. Removing ends the walk's validity. */
struct roster_entry *roster_next(struct roster *roster, size_t *at);

#endif
