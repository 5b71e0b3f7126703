#include "entries.h"

#include <string.h>

/* Likeness is Dice's coefficient over the sets of trigrams (three bytes in a row, a space standing
 * at both ends), as a fraction: 2 * shared / (own + other). */
enum {
    TEXT_MAX = 160,
    TABLE_SIZE = 1024,    /* sparse, so that a stranger is mostly seen at the first look */
    LEAST_LIKENESS = 300, /* thousandths; below it a suggestion is noise */
    NEAREST_MAX = 64,
};

struct trigrams {
    uint32_t keys[TABLE_SIZE]; /* hash table; 0 is empty */
    uint32_t seen[TABLE_SIZE]; /* text where it was last seen */
    unsigned count;
};

static uint32_t trigram_slot(const struct trigrams *trigrams, uint32_t key)
{
    uint32_t at = (key * UINT32_C(0x9E3779B1)) >> 22;
    while (trigrams->keys[at] != 0 && trigrams->keys[at] != key)
        at = (at + 1) % TABLE_SIZE;
    return at;
}

/* The next key of a text between spaces. */
static uint32_t trigram_shift(uint32_t key, char c)
{
    return ((key << 8) | (uint8_t)c) & 0xFFFFFF;
}

static void trigrams_add(struct trigrams *trigrams, uint32_t key)
{
    uint32_t at = trigram_slot(trigrams, key);
    if (trigrams->keys[at] == 0) {
        trigrams->keys[at] = key;
        trigrams->count++;
    }
}

static void trigrams_take(struct trigrams *trigrams, const char *text, size_t size)
{
    *trigrams = (struct trigrams){0};
    if (size == 0)
        return;
    uint32_t key = trigram_shift(' ', text[0]);
    for (size_t i = 1; i < size; i++) {
        key = trigram_shift(key, text[i]);
        trigrams_add(trigrams, key);
    }
    trigrams_add(trigrams, trigram_shift(key, ' '));
}

struct candidate {
    uint32_t value, shared, total; /* likeness is 2 * shared / total */
};

static bool better(const struct candidate *left, const struct candidate *right)
{
    return (uint64_t)left->shared * right->total > (uint64_t)right->shared * left->total;
}

/* The best so far, best first, at most limit, each value once. */
struct ranking {
    struct candidate best[NEAREST_MAX];
    unsigned count, limit;
};

static bool ranking_takes(const struct ranking *ranking, const struct candidate *candidate)
{
    if (candidate->shared * UINT64_C(2000) < (uint64_t)candidate->total * LEAST_LIKENESS)
        return false;
    return ranking->count < ranking->limit || better(candidate, &ranking->best[ranking->count - 1]);
}

static void ranking_insert(struct ranking *ranking, const struct candidate *candidate)
{
    unsigned at = 0;
    while (at < ranking->count && ranking->best[at].value != candidate->value)
        at++;
    if (at < ranking->count && !better(candidate, &ranking->best[at]))
        return;
    if (at == ranking->count) {
        if (ranking->count < ranking->limit)
            ranking->count++;
        else
            at--;
    }
    for (; at > 0 && better(candidate, &ranking->best[at - 1]); at--)
        ranking->best[at] = ranking->best[at - 1];
    ranking->best[at] = *candidate;
}

/* Distinct trigrams of the text that are the query's; mark differs for each text. */
static unsigned count_shared(struct trigrams *query, const char *text, size_t size, uint32_t mark)
{
    if (size > TEXT_MAX)
        size = TEXT_MAX;
    unsigned shared = 0;
    uint32_t key = trigram_shift(' ', text[0]);
    for (size_t i = 1; i <= size; i++) {
        key = trigram_shift(key, i < size ? text[i] : ' ');
        uint32_t at = trigram_slot(query, key);
        if (query->keys[at] != 0 && query->seen[at] != mark) {
            query->seen[at] = mark;
            shared++;
        }
    }
    return shared;
}

unsigned entries_nearest(const struct entries *entries, const char *text, size_t size,
                         int32_t *values, unsigned limit)
{
    struct ranking ranking = {.limit = limit < NEAREST_MAX ? limit : NEAREST_MAX};
    struct trigrams query;
    trigrams_take(&query, text, size < TEXT_MAX ? size : TEXT_MAX);
    if (query.count == 0 || limit == 0)
        return 0;
    for (uint32_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        /* No text of this length could be near enough, even if all it could share were shared. */
        struct candidate candidate = {.value = entry->value,
                                      .total = query.count + entry->trigrams};
        candidate.shared = query.count < entry->trigrams ? query.count : entry->trigrams;
        if (!ranking_takes(&ranking, &candidate))
            continue;
        const char *other = entries->strings + entry->text;
        candidate.shared = count_shared(&query, other, entry->size, i + 1);
        if (ranking_takes(&ranking, &candidate))
            ranking_insert(&ranking, &candidate);
    }
    for (unsigned i = 0; i < ranking.count; i++)
        values[i] = (int32_t)ranking.best[i].value;
    return ranking.count;
}

uint16_t entry_trigrams(const char *text, size_t size)
{
    struct trigrams trigrams;
    trigrams_take(&trigrams, text, size < TEXT_MAX ? size : TEXT_MAX);
    return (uint16_t)trigrams.count;
}
