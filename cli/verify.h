/* The check of a territory's state, like fsck for matches: recomputes every list from the records
 * with a plain loop that shares only compilation and score with the workers, and follows every
 * cross-reference. Reads the store directly and writes nothing. */
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
    struct stored stored; /* fields point into value */
    char *value;
    size_t size;
    char reference[33], person[33]; /* hex, or "-" */
    void *profile;                  /* learner_profile or offer_profile of what takes part */
};

struct verify_records {
    struct verify_record *items;
    size_t count, capacity;
};

struct verify {
    redisContext *redis;
    FILE *out;
    char key[48]; /* p:{T} */
    long long seq, day_seq;
    unsigned slots;
    int32_t day;
    char referential_hash[REFERENTIAL_HASH_SIZE];
    struct catalogue catalogue;
    struct attachments *attachments;
    struct verify_records records[VERIFY_KINDS];
    unsigned problems;
    bool away; /* the store stopped answering */
    /* What was looked at. */
    unsigned long lists, entries, pairs, references;
};

/* A command on the territory's key with a suffix. NULL, with away set, when there is no answer.
 * freeReplyObject() it. */
redisReply *verify_ask(struct verify *verify, const char *command, const char *suffix,
                       const char *more);
/* Counts a problem and tells the first few, as a line `what: detail`. */
void verify_problem(struct verify *verify, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Walks a hash: each pair once, even where HSCAN repeats. False when the store went away. */
typedef void verify_pair_fn(struct verify *verify, const redisReply *name, const redisReply *value,
                            void *arg);
bool verify_walk(struct verify *verify, const char *suffix, verify_pair_fn *each, void *arg);

struct verify_record *verify_find(struct verify *verify, uint8_t kind, uint64_t number);

/* Each adds to problems. */
bool verify_read_records(struct verify *verify); /* also compiles what takes part */
bool verify_references(struct verify *verify);
bool verify_lists(struct verify *verify);
void verify_forget(struct verify *verify);

#endif
