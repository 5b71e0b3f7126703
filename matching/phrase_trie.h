/* Phrases as sequences of symbols, found in a text by following one symbol after another. */
#ifndef PASSERELLE_MATCHING_PHRASE_TRIE_H
#define PASSERELLE_MATCHING_PHRASE_TRIE_H

#include "array.h"

enum { PHRASE_ROOT = 0, PHRASE_NONE = -1 };

/* Zeroed memory is an empty one. */
struct phrase_trie {
    uint64_t *edges;   /* hash table of node and symbol; 0 is free */
    uint32_t *targets; /* of each edge */
    size_t slot_count, edge_count;
    struct array nodes;  /* of int32_t: the first end of each node, or PHRASE_NONE */
    struct array values; /* of struct phrase_end */
};
/* A phrase that ends at a node. */
struct phrase_end {
    uint32_t value;
    int32_t next; /* another one at the same node, or PHRASE_NONE */
};

void phrase_trie_clear(struct phrase_trie *trie);
/* symbols: not negative. Phrases may repeat. False when out of memory. */
bool phrase_trie_add(struct phrase_trie *trie, const int32_t *symbols, unsigned count,
                     uint32_t value);
/* The node that a symbol leads to, or PHRASE_NONE. */
int32_t phrase_trie_step(const struct phrase_trie *trie, int32_t node, int32_t symbol);
/* The last phrase added that ends at the node; NULL: none does. Follow next for the others. */
const struct phrase_end *phrase_trie_end(const struct phrase_trie *trie, int32_t node);
const struct phrase_end *phrase_trie_next(const struct phrase_trie *trie,
                                          const struct phrase_end *end);

#endif
