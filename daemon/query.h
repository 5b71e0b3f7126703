/* The socket for queries, and what every query is made of: some reads, then an answer. */
#ifndef PASSERELLE_DAEMON_QUERY_H
#define PASSERELLE_DAEMON_QUERY_H

#include "daemon/daemon.h"
#include "daemon/peer.h"

/* Reads: two for each slot of a territory, and one. */
enum { QUERY_READS_MAX = 2 * 64 + 1, QUERY_ARGUMENTS_MAX = 512 };

struct query;
typedef void query_step_fn(struct query *query);

/* One query being answered. Everything in it lives in its arena and ends with it. */
struct query {
    struct daemon *daemon;
    struct arena *arena;
    struct peer peer;
    struct message message;
    struct territory *territory; /* NULL for `status` of all */
    query_step_fn *then;         /* runs when all reads have arrived */
    unsigned reads, arrived;
    bool failed;                                /* a read was lost, or memory ran out */
    const redisReply *replies[QUERY_READS_MAX]; /* copies in the arena; NULL: did not fit */
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    void *state; /* the handler's own, from the arena */
};

/* Binds ipc://<directory>/query.sock. NULL, logged, on failure. */
struct queries *queries_create(struct daemon *daemon);
/* From now on none begins: before the store goes, whose end ends those that have begun. NULL is
 * fine, as below. */
void queries_stop(struct queries *queries);
void queries_free(struct queries *queries);

/* Sends a read: the words of the command, each %s a NUL-terminated string. The reply will be
 * replies[n] for the n-th read. Texts are copied. */
void query_read(struct query *query, unsigned count, const char *const *words);
/* Reads from `p:{T}:<suffix>`: command, that key, further words. */
void query_read_key(struct query *query, const char *command, const char *suffix, unsigned count,
                    const char *const *words);
/* Has the next step run when the reads sent so far have arrived (at once when there are none). */
void query_then(struct query *query, query_step_fn *then);
/* Forgets the replies so far, before further reads. */
void query_forget(struct query *query);

/* The answer: opens the reply map with `fields` fields to follow, and sends it. */
void query_answer_begin(struct query *query, unsigned fields);
void query_answer_end(struct query *query);
/* Answers `rejected`, or `retry` where trying again helps. */
void query_reject(struct query *query, enum error_code code, const char *path,
                  const char *expected);

/* Packs a NUL-terminated string; a key and its value. */
void query_pack_string(struct query *query, const char *string);
void query_pack_key_int(struct query *query, const char *key, int64_t value);
void query_pack_key_string(struct query *query, const char *key, const char *value);
void query_pack_key_id(struct query *query, const char *key, char letter, uint64_t number);

/* The handlers, one per type, each in the file of its subject. */
query_step_fn query_record_get, query_record_list, query_matches, query_explain, query_near,
    query_audit, query_changes, query_unrecognised, query_duplicates, query_skill_find,
    query_role_find, query_commune_find, query_labels, query_status, query_scores;

#endif
