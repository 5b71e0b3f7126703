#include "attachments.h"

#include "../proto/codec.h"

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

const char *attachment_skill(const char *value, uint64_t *number)
{
    const char *space = strchr(value, ' ');
    uint64_t id = 0;
    if (!space || space[1] == '\0' || !id_parse(value, (size_t)(space - value), &id) ||
        id_letter(id) != 'A')
        return NULL;
    *number = id_number(id);
    return space + 1;
}

struct attachments *attachments_read(const redisReply *reply)
{
    struct attachments *attachments = attachments_create();
    for (size_t i = 0; attachments && i + 1 < reply->elements; i += 2) {
        const redisReply *words = reply->element[i];
        const redisReply *value = reply->element[i + 1];
        uint64_t number;
        if (words->type != REDIS_REPLY_STRING || value->type != REDIS_REPLY_STRING)
            continue;
        const char *skill = attachment_skill(value->str, &number);
        if (skill && !attachments_put(attachments, words->str, skill)) {
            attachments_free(attachments);
            return NULL;
        }
    }
    return attachments;
}

const char *attachments_find(const struct attachments *attachments, const char *words)
{
    struct attachment_node wanted = {.words = words};
    struct attachment_node **found = tfind(&wanted, &attachments->root, node_compare);
    return found ? (*found)->skill : NULL;
}
