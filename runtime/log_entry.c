#include "runtime/log_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 64 };

int64_t log_id_seq(const char *id)
{
    return strncmp(id, "0-", 2) == 0 ? strtoll(id + 2, NULL, 10) : 0;
}

void log_id_print(int64_t seq, char id[LOG_ID_SIZE])
{
    snprintf(id, LOG_ID_SIZE, "0-%lld", (long long)seq);
}

/* Copies up to the next space and returns what follows it; NULL when that does not fit. */
static const char *word_copy(const char *text, char *word, size_t size)
{
    size_t length = strcspn(text, " ");

    if (length == 0 || length >= size)
        return NULL;
    memcpy(word, text, length);
    word[length] = '\0';
    return text + length + (text[length] == ' ');
}

static bool content_read(const char *text, struct log_entry *entry)
{
    char record[24], *end;

    text = word_copy(text, entry->operation, sizeof entry->operation);
    if (text != NULL)
        text = word_copy(text, record, sizeof record);
    if (text == NULL || word_copy(text, entry->occurred_on, sizeof entry->occurred_on) == NULL)
        return false;
    entry->letter = record[0];
    entry->number = strtoull(record + 1, &end, 10);
    if (record[1] == '\0' && entry->letter != 'T')
        entry->number = (uint64_t)entry->seq; /* the change created it */
    return *end == '\0';
}

bool log_walk_begin(struct log_walk *walk, const redisReply *reply)
{
    *walk = (struct log_walk){.text = NULL};
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2 || reply->element[0]->str == NULL)
        return false;
    const redisReply *pairs = reply->element[1];
    if (pairs->type != REDIS_REPLY_ARRAY || pairs->elements != 2 || pairs->element[1]->str == NULL)
        return false;
    int64_t lines = 1;
    for (const char *at = pairs->element[1]->str; *at != '\0'; at++)
        lines += *at == '\n';
    walk->last = log_id_seq(reply->element[0]->str);
    walk->next = walk->last - lines + 1;
    walk->text = pairs->element[1]->str;
    return walk->next > 0;
}

bool log_walk_next(struct log_walk *walk, struct log_entry *entry)
{
    char line[LINE_MAX_BYTES];
    size_t size;

    *entry = (struct log_entry){.seq = walk->next};
    if (walk->text == NULL || walk->next > walk->last)
        return false;
    walk->next++;
    size = strcspn(walk->text, "\n");
    if (size < sizeof line) {
        memcpy(line, walk->text, size);
        line[size] = '\0';
    }
    if (size >= sizeof line || !content_read(line, entry))
        *entry = (struct log_entry){.seq = entry->seq};
    walk->text += size + (walk->text[size] == '\n');
    return true;
}
