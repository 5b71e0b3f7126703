/* The changes in a territory's change log (docs/architecture.md, "Redis keys"). */
#ifndef PASSERELLE_RUNTIME_LOG_ENTRY_H
#define PASSERELLE_RUNTIME_LOG_ENTRY_H

#include "proto/codec.h"

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdint.h>

/* One change. */
struct log_entry {
    int64_t seq;
    char operation[16]; /* empty: what is there says nothing known */
    char letter;        /* of the record's kind; 'T': the territory itself */
    uint64_t number;    /* 0: the territory itself */
    char occurred_on[DATE_TEXT_SIZE];
};

enum { LOG_ID_SIZE = 24 };

/* An entry of the stream holds the changes of one commit, one a line; its id is the seq of the last
 * one. A walk through them lives as long as the reply. */
struct log_walk {
    const char *text;
    int64_t next, last; /* seq */
};

/* Begins with an element of XRANGE's or XREAD's reply; false, and there is nothing to walk, when it
 * is no entry. */
bool log_walk_begin(struct log_walk *walk, const redisReply *reply);
bool log_walk_next(struct log_walk *walk, struct log_entry *entry);
/* The seq in an entry's id, 0 when it is not one; and back, `0-<seq>`. */
int64_t log_id_seq(const char *id);
void log_id_print(int64_t seq, char id[LOG_ID_SIZE]);

#endif
