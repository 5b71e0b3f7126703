#include "compile.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A search tree by words. */
struct attachments {
    void *root;
};

struct attachment_node {
    const char *words; /* behind the skill's text in the same block, or the words looked for */
    char skill[];
};

static int node_compare(const void *one, const void *other)
{
    const struct attachment_node *a = one;
    const struct attachment_node *b = other;
    return strcmp(a->words, b->words);
}

struct attachments *attachments_create(void)
{
    return calloc(1, sizeof(struct attachments));
}

void attachments_free(struct attachments *attachments)
{
    if (!attachments)
        return;
    tdestroy(attachments->root, free);
    free(attachments);
}

static struct attachment_node *node_create(const char *words, const char *skill)
{
    size_t skill_size = strlen(skill) + 1;
    size_t words_size = strlen(words) + 1;
    struct attachment_node *node = malloc(sizeof *node + skill_size + words_size);
    if (!node)
        return NULL;
    memcpy(node->skill, skill, skill_size);
    node->words = memcpy(node->skill + skill_size, words, words_size);
    return node;
}

bool attachments_put(struct attachments *attachments, const char *words, const char *skill)
{
    struct attachment_node *node = node_create(words, skill);
    if (!node)
        return false;
    struct attachment_node **found = tsearch(node, &attachments->root, node_compare);
    if (!found) {
        free(node);
        return false;
    }
    if (*found != node) {
        free(*found);
        *found = node;
    }
    return true;
}

void attachments_remove(struct attachments *attachments, const char *words)
{
    struct attachment_node wanted = {.words = words};
    struct attachment_node **found = tfind(&wanted, &attachments->root, node_compare);
    if (!found)
        return;
    struct attachment_node *node = *found;
    tdelete(node, &attachments->root, node_compare);
    free(node);
}

const char *attachments_find(const struct attachments *attachments, const char *words)
{
    struct attachment_node wanted = {.words = words};
    struct attachment_node **found = tfind(&wanted, &attachments->root, node_compare);
    return found ? (*found)->skill : NULL;
}
