/* Entries of a territory's change log (docs/architecture.md, "Redis keys"). */
#ifndef PASSERELLE_RUNTIME_LOG_ENTRY_H
#define PASSERELLE_RUNTIME_LOG_ENTRY_H

#include "proto/codec.h"

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdint.h>

struct log_entry {
    int64_t seq;
    char operation[16];
    char letter;     /* of the record's kind; 'T': the territory itself */
    uint64_t number; /* 0: the territory itself */
    char occurred_on[DATE_TEXT_SIZE];
};

enum { LOG_ID_SIZE = 24 };

/* Takes an element of XRANGE's or XREAD's reply apart; false when it is not an entry. */
bool log_entry_read(const redisReply *reply, struct log_entry *entry);
/* The seq in an entry's id, 0 when it is not one; and back, `0-<seq>`. */
int64_t log_id_seq(const char *id);
void log_id_print(int64_t seq, char id[LOG_ID_SIZE]);

#endif
