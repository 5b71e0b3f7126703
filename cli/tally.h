/* Counts by name: what there should be, to be compared with what is noted. */
#ifndef PASSERELLE_CLI_TALLY_H
#define PASSERELLE_CLI_TALLY_H

#include <stdbool.h>
#include <stddef.h>

struct tally_item {
    char *name;
    long count;
    bool taken;
};

struct tally {
    struct tally_item *items; /* once settled, by name, each once */
    size_t count, capacity;
};

/* Counts a name once more; copies it. False without memory. */
bool tally_add(struct tally *tally, const char *name, size_t size);
/* After the last tally_add. */
void tally_settle(struct tally *tally);
/* The item of that name, marked as taken; NULL when there is none. */
struct tally_item *tally_take(struct tally *tally, const char *name);
void tally_clear(struct tally *tally);

#endif
