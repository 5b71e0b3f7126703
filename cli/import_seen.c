#include "import_seen.h"

#include <stdlib.h>

enum { PLACES_FIRST = 1024 };

/* A table with open addressing, at most half full; line 0 marks a free place. */
struct seen {
    struct seen_row *rows;
    uint64_t places, count; /* places: a power of two */
};

struct seen *seen_create(void)
{
    struct seen *seen = calloc(1, sizeof *seen);
    if (!seen)
        return NULL;
    seen->places = PLACES_FIRST;
    seen->rows = calloc(seen->places, sizeof *seen->rows);
    if (seen->rows)
        return seen;
    free(seen);
    return NULL;
}

void seen_free(struct seen *seen)
{
    if (!seen)
        return;
    free(seen->rows);
    free(seen);
}

/* Where a key is, or would be put: keys are hashes, so their low bits will do. */
static struct seen_row *place_of(const struct seen *seen, uint64_t key)
{
    uint64_t at = key & (seen->places - 1);
    while (seen->rows[at].line != 0 && seen->rows[at].key != key)
        at = (at + 1) & (seen->places - 1);
    return &seen->rows[at];
}

const struct seen_row *seen_find(const struct seen *seen, uint64_t key)
{
    const struct seen_row *row = place_of(seen, key);
    return row->line ? row : NULL;
}

static bool seen_grow(struct seen *seen)
{
    struct seen larger = {calloc(seen->places * 2, sizeof *seen->rows), seen->places * 2,
                          seen->count};
    if (!larger.rows)
        return false;
    for (uint64_t i = 0; i < seen->places; i++)
        if (seen->rows[i].line)
            *place_of(&larger, seen->rows[i].key) = seen->rows[i];
    free(seen->rows);
    *seen = larger;
    return true;
}

bool seen_add(struct seen *seen, const struct seen_row *row)
{
    if (seen->count * 2 >= seen->places && !seen_grow(seen))
        return false;
    struct seen_row *place = place_of(seen, row->key);
    if (place->line == 0)
        seen->count++;
    *place = *row;
    return true;
}
