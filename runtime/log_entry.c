#include "runtime/log_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

bool log_entry_read(const redisReply *reply, struct log_entry *entry)
{
    *entry = (struct log_entry){.seq = 0};
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2 || reply->element[0]->str == NULL)
        return false;
    const redisReply *pairs = reply->element[1];
    if (pairs->type != REDIS_REPLY_ARRAY || pairs->elements != 2 || pairs->element[1]->str == NULL)
        return false;
    entry->seq = log_id_seq(reply->element[0]->str);
    return entry->seq > 0 && content_read(pairs->element[1]->str, entry);
}
