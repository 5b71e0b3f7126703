/* Reading the store for a verification. */
#include "verify.h"

#include "../runtime/redis_link.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8, AT_ONCE_MAX = 250 };

void verify_problem(struct verify *verify, const char *what, const char *format, ...)
{
    va_list arguments;

    if (verify->problems++ >= VERIFY_TOLD_MAX)
        return;
    fprintf(verify->out, "%s: ", what);
    va_start(arguments, format);
    vfprintf(verify->out, format, arguments);
    va_end(arguments);
    fputc('\n', verify->out);
}

bool verify_number(const char *text, size_t size, uint64_t *number)
{
    *number = 0;
    if (size == 0 || size > 15 || (text[0] == '0' && size > 1))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

bool verify_ids_add(struct verify *verify, struct verify_ids *ids, uint64_t id)
{
    if (ids->count == ids->capacity) {
        size_t capacity = ids->capacity > 0 ? ids->capacity * 2 : 1024;
        uint64_t *bigger = realloc(ids->items, capacity * sizeof *bigger);
        if (bigger == NULL) {
            verify_problem(verify, "memory", "there is none left");
            return false;
        }
        ids->items = bigger;
        ids->capacity = capacity;
    }
    ids->items[ids->count++] = id;
    return true;
}

redisReply *verify_ask(struct verify *verify, int wanted, const char *command, const char *suffix,
                       const char *more)
{
    char key[96], words[96], *rest = words, *word;
    const char *argv[WORDS_MAX] = {command, key};
    int count = 2;

    snprintf(key, sizeof key, "%s%s", verify->key, suffix);
    snprintf(words, sizeof words, "%s", more != NULL ? more : "");
    while (more != NULL && count < WORDS_MAX && (word = strsep(&rest, " ")) != NULL)
        argv[count++] = word;
    redisReply *reply = redisCommandArgv(verify->redis, count, argv, NULL);
    if (reply != NULL && reply->type == wanted)
        return reply;
    if (redis_reply_is_unavailable(reply))
        verify->away = true;
    else
        verify_problem(verify, "key", "%s: %s", key,
                       reply->type == REDIS_REPLY_ERROR ? reply->str : "not of its type");
    freeReplyObject(reply);
    return NULL;
}

/* -- walking ----------------------------------------------------------------------------------- */

/* Names seen, as keyed hashes of 64 bits in an open table; 0 is free. */
struct seen {
    uint8_t key[crypto_shorthash_KEYBYTES];
    uint64_t *slots;
    size_t count, capacity; /* a power of two */
};

static void seen_place(struct seen *seen, uint64_t hash)
{
    size_t at = (size_t)hash & (seen->capacity - 1);

    while (seen->slots[at] != 0)
        at = (at + 1) & (seen->capacity - 1);
    seen->slots[at] = hash;
}

static bool seen_grow(struct seen *seen)
{
    struct seen bigger = *seen;

    bigger.capacity = seen->capacity > 0 ? seen->capacity * 2 : 1024;
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (bigger.slots == NULL)
        return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (seen->slots[i] != 0)
            seen_place(&bigger, seen->slots[i]);
    free(seen->slots);
    *seen = bigger;
    return true;
}

/* True when the name comes for the first time. Without memory every name does. */
static bool seen_add(struct seen *seen, const redisReply *name)
{
    uint64_t hash;

    if (seen->count * 4 >= seen->capacity * 3 && !seen_grow(seen))
        return true;
    crypto_shorthash((uint8_t *)&hash, (const uint8_t *)name->str, (size_t)name->len, seen->key);
    hash += hash == 0;
    for (size_t at = (size_t)hash;; at++) {
        uint64_t present = seen->slots[at & (seen->capacity - 1)];
        if (present == hash)
            return false;
        if (present == 0)
            break;
    }
    seen_place(seen, hash);
    seen->count++;
    return true;
}

static bool is_pairs(const redisReply *reply)
{
    if (reply->elements != 2 || reply->element[0]->type != REDIS_REPLY_STRING ||
        reply->element[1]->type != REDIS_REPLY_ARRAY)
        return false;
    for (size_t i = 0; i < reply->element[1]->elements; i++)
        if (reply->element[1]->element[i]->type != REDIS_REPLY_STRING)
            return false;
    return true;
}

void verify_walk(struct verify *verify, const char *scan, const char *suffix, verify_pair_fn *each,
                 void *arg)
{
    struct seen seen = {.slots = NULL};
    char next[32] = "0", more[64];

    crypto_shorthash_keygen(seen.key);
    do {
        snprintf(more, sizeof more, "%s COUNT %d", next, AT_ONCE_MAX);
        redisReply *reply = verify_ask(verify, REDIS_REPLY_ARRAY, scan, suffix, more);
        if (reply == NULL || !is_pairs(reply)) {
            verify->away |= reply != NULL;
            freeReplyObject(reply);
            break;
        }
        const redisReply *pairs = reply->element[1];
        for (size_t i = 0; i + 1 < pairs->elements; i += 2)
            if (seen_add(&seen, pairs->element[i]))
                each(verify, pairs->element[i], pairs->element[i + 1], arg);
        snprintf(next, sizeof next, "%s", reply->element[0]->str);
        freeReplyObject(reply);
    } while (strcmp(next, "0") != 0);
    free(seen.slots);
}

void verify_stream(struct verify *verify, const char *suffix, verify_entry_fn *each, void *arg)
{
    char from[48] = "-", more[96];

    for (;;) {
        snprintf(more, sizeof more, "%s + COUNT %d", from, AT_ONCE_MAX);
        redisReply *reply = verify_ask(verify, REDIS_REPLY_ARRAY, "XRANGE", suffix, more);
        if (reply == NULL)
            return;
        size_t count = reply->elements;
        for (size_t i = 0; i < count; i++)
            each(verify, reply->element[i], arg);
        const redisReply *last = count > 0 ? reply->element[count - 1] : NULL;
        bool whole = last != NULL && last->elements == 2 && last->element[0]->str != NULL;
        if (whole)
            snprintf(from, sizeof from, "(%s", last->element[0]->str);
        freeReplyObject(reply);
        if (!whole)
            return;
    }
}
