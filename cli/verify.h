/* The check of a territory's state, like fsck for matches: recomputes every list from the records
 * with a plain loop that shares only compilation and score with the workers, and follows every
 * cross-reference. Reads the store directly, in pieces of bounded size, and writes nothing. */
#ifndef PASSERELLE_CLI_VERIFY_H
#define PASSERELLE_CLI_VERIFY_H

#include "../config/config.h"
#include "../proto/arena.h"
#include "../proto/message.h"
#include "../runtime/attachments.h"
#include "../runtime/compile.h"
#include "../runtime/stored.h"

#include <hiredis/hiredis.h>
#include <stdio.h>

enum { VERIFY_KINDS = KIND_END, VERIFY_TOLD_MAX = 20 };

/* One record as read. */
struct verify_record {
    uint64_t number;
    struct stored stored; /* names and fields point into value */
    char *value;
    size_t size;
    void *profile;     /* learner_profile or offer_profile of what takes part */
    int64_t logged;    /* seq of its last entry in the log; 0: none is left */
    bool listed;       /* in the bitmap of its kind */
    bool found;        /* by its reference */
    bool found_person; /* by its person */
    bool found_words;  /* by the words of an attachment */
    bool sealed;       /* has a sealed part */
    bool draft;        /* an offer that was not confirmed */
    bool read;         /* its text was read, or will be */
};

struct verify_records {
    struct verify_record *items; /* by number */
    size_t count, capacity;
};

struct verify_ids {
    uint64_t *items;
    size_t count, capacity;
};

struct verify {
    redisContext *redis;
    FILE *out;
    char key[48]; /* p:{T} */
    long long seq;
    unsigned slots;
    int32_t day;
    char referential_hash[REFERENTIAL_HASH_SIZE];
    struct catalogue catalogue;
    struct attachments *attachments;
    struct verify_records records[VERIFY_KINDS];
    /* What each change of the log is about, from log_first on: a record's id, 0 the territory. */
    int64_t log_first;
    struct verify_ids log;
    unsigned problems;
    bool away; /* the store stopped answering */
    /* What was looked at. */
    unsigned long lists, entries, pairs, references;
};

/* Counts a problem and tells the first few, as a line `what: detail`. */
void verify_problem(struct verify *verify, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* -- reading (verify_store.c) ------------------------------------------------------------------ */

/* A command on the territory's key with a suffix; more holds further words, separated by spaces,
 * or is NULL. NULL, with away set, when there is no answer; NULL, with a problem, when the answer
 * is an error or of another type than wanted (REDIS_REPLY_…). freeReplyObject() it. */
redisReply *verify_ask(struct verify *verify, int wanted, const char *command, const char *suffix,
                       const char *more);

typedef void verify_pair_fn(struct verify *verify, const redisReply *name, const redisReply *value,
                            void *arg);
/* Walks a hash (HSCAN) or a sorted set (ZSCAN): each pair once, even where Redis repeats it. */
void verify_walk(struct verify *verify, const char *scan, const char *suffix, verify_pair_fn *each,
                 void *arg);
typedef void verify_entry_fn(struct verify *verify, const redisReply *entry, void *arg);
/* Walks a stream from its first entry on. */
void verify_stream(struct verify *verify, const char *suffix, verify_entry_fn *each, void *arg);

/* False, with a problem, without memory. */
bool verify_ids_add(struct verify *verify, struct verify_ids *ids, uint64_t id);
/* A decimal number without leading zeros. */
bool verify_number(const char *text, size_t size, uint64_t *number);

/* -- the parts, each of which adds to problems ------------------------------------------------- */

/* verify_records.c: also compiles what takes part. */
void verify_read_records(struct verify *verify);
struct verify_record *verify_record(struct verify *verify, uint8_t kind, uint64_t number);
/* The next name among those of the records that it names: *name is NULL before the first. False,
 * and nothing changes, after the last. */
bool verify_next_name(const struct verify_record *record, const char **name, size_t *size);
void verify_forget(struct verify *verify);

/* Whatever leads to records: numbers, references, people, words. */
void verify_finding(struct verify *verify);
/* What records name, and the parts and words kept beside them. */
void verify_references(struct verify *verify);
/* verify_parts.c: the parts of job datings, and by what they are found. */
void verify_parts(struct verify *verify);
/* The log, and that the records are as it says. */
void verify_log(struct verify *verify);
/* What is kept of offers that came as text. */
void verify_drafts(struct verify *verify);
/* The territory's own keys, and that there are no others. */
void verify_keys(struct verify *verify);
/* The slot and the record of a name of the quarantine. */
bool verify_quarantined(const struct verify *verify, const char *name, unsigned *slot,
                        uint64_t *id);
void verify_lists(struct verify *verify);

#endif
