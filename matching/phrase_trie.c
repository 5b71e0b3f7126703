#include "phrase_trie.h"

void phrase_trie_clear(struct phrase_trie *trie)
{
    free(trie->edges);
    free(trie->targets);
    array_clear(&trie->nodes);
    array_clear(&trie->values);
    *trie = (struct phrase_trie){0};
}

/* Never 0: symbols count from 1 in it. */
static uint64_t edge_key(int32_t node, int32_t symbol)
{
    return (uint64_t)(uint32_t)node << 32 | ((uint32_t)symbol + 1);
}

/* The slot of the edge, or the free one where it belongs. */
static size_t find_edge(const struct phrase_trie *trie, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 20) & (trie->slot_count - 1);
    while (trie->edges[at] != 0 && trie->edges[at] != key)
        at = (at + 1) & (trie->slot_count - 1);
    return at;
}

static bool grow_edges(struct phrase_trie *trie)
{
    if ((trie->edge_count + 1) * 2 <= trie->slot_count)
        return true;
    struct phrase_trie grown = {.slot_count = trie->slot_count ? trie->slot_count * 2 : 1024};
    grown.edges = calloc(grown.slot_count, sizeof *grown.edges);
    grown.targets = calloc(grown.slot_count, sizeof *grown.targets);
    if (!grown.edges || !grown.targets) {
        free(grown.edges);
        free(grown.targets);
        return false;
    }
    for (size_t i = 0; i < trie->slot_count; i++) {
        if (trie->edges[i] == 0)
            continue;
        size_t at = find_edge(&grown, trie->edges[i]);
        grown.edges[at] = trie->edges[i];
        grown.targets[at] = trie->targets[i];
    }
    free(trie->edges);
    free(trie->targets);
    trie->edges = grown.edges;
    trie->targets = grown.targets;
    trie->slot_count = grown.slot_count;
    return true;
}

static int32_t add_node(struct phrase_trie *trie)
{
    int32_t *node = array_add(&trie->nodes, sizeof *node);
    if (!node)
        return PHRASE_NONE;
    *node = PHRASE_NONE;
    return (int32_t)trie->nodes.count - 1;
}

/* The child, made if need be. */
static int32_t grow_step(struct phrase_trie *trie, int32_t node, int32_t symbol)
{
    if (!grow_edges(trie))
        return PHRASE_NONE;
    uint64_t key = edge_key(node, symbol);
    size_t at = find_edge(trie, key);
    if (trie->edges[at] == key)
        return (int32_t)trie->targets[at];
    int32_t child = add_node(trie);
    if (child == PHRASE_NONE)
        return PHRASE_NONE;
    trie->edges[at] = key;
    trie->targets[at] = (uint32_t)child;
    trie->edge_count++;
    return child;
}

bool phrase_trie_add(struct phrase_trie *trie, const int32_t *symbols, unsigned count,
                     uint32_t value)
{
    if (trie->nodes.count == 0 && add_node(trie) == PHRASE_NONE)
        return false;
    int32_t node = PHRASE_ROOT;
    for (unsigned i = 0; i < count && node != PHRASE_NONE; i++)
        node = grow_step(trie, node, symbols[i]);
    struct phrase_end *end = node != PHRASE_NONE ? array_add(&trie->values, sizeof *end) : NULL;
    if (!end)
        return false;
    int32_t *first = &((int32_t *)trie->nodes.items)[node];
    *end = (struct phrase_end){value, *first};
    *first = (int32_t)trie->values.count - 1;
    return true;
}

int32_t phrase_trie_step(const struct phrase_trie *trie, int32_t node, int32_t symbol)
{
    if (symbol < 0 || trie->slot_count == 0)
        return PHRASE_NONE;
    uint64_t key = edge_key(node, symbol);
    size_t at = find_edge(trie, key);
    return trie->edges[at] == key ? (int32_t)trie->targets[at] : PHRASE_NONE;
}

const struct phrase_end *phrase_trie_end(const struct phrase_trie *trie, int32_t node)
{
    int32_t first = ((const int32_t *)trie->nodes.items)[node];
    return first == PHRASE_NONE ? NULL : (const struct phrase_end *)trie->values.items + first;
}

const struct phrase_end *phrase_trie_next(const struct phrase_trie *trie,
                                          const struct phrase_end *end)
{
    return end->next == PHRASE_NONE ? NULL
                                    : (const struct phrase_end *)trie->values.items + end->next;
}
