/* Inside of a tenure, for its own files. */
#ifndef PASSERELLE_WORKERS_MATCH_TENURE_PARTS_H
#define PASSERELLE_WORKERS_MATCH_TENURE_PARTS_H

#include "workers/match/tenure.h"

typedef void tenure_step_fn(struct tenure *tenure, const redisReply *reply);

/* Records to fetch and take in, in order, each once. */
struct wanted {
    uint64_t *ids;
    size_t count, capacity, taken;
};

struct tenure {
    struct tenure_options options;
    struct lease lease;
    struct redis_link *link;
    struct arena *arena;
    tenure_step_fn *next; /* what takes the answer that is awaited */
    const char *over;     /* why it ends; NULL while it does not */
    bool excused;
    struct event *ending;
    struct event *turn; /* the next turn of the loop */
    void (*on_turn)(struct tenure *tenure);

    struct board *board;
    struct roster *roster;
    struct attachments *attachments;
    int32_t day;
    int64_t cursor;           /* what the slot's cursor is in the store */
    int64_t reached;          /* what the board stands for once `wanted` is empty */
    int64_t changes_an_entry; /* of the log, lately */
    bool started, following;
    bool words_changed; /* the batch at hand changed the attachments */

    /* Loading. */
    char scan[24];            /* cursor of HSCAN */
    bool careful;             /* predecessors died here: mark what is taken in */
    struct wanted suspects;   /* what the last of them had marked: taken one at a time */
    struct wanted quarantine; /* left out */
    int64_t *quarantine_revisions;

    /* Taking in. */
    struct wanted wanted;
    size_t chunk; /* how many of wanted are being fetched */
    void (*after_wanted)(struct tenure *tenure);

    /* Writing. */
    struct wanted changed;
    bool moving; /* the part on its way moves the cursor */
    void (*after_written)(struct tenure *tenure);
};

/* Sends one command; `next` takes the answer. Ends the tenure when it cannot be sent. */
void tenure_send(struct tenure *tenure, tenure_step_fn *next, int argc, const char *const *argv,
                 const size_t *sizes);
/* The same for NUL-terminated words; key words that start with ':' get the territory's key put
 * before them. */
void tenure_send_words(struct tenure *tenure, tenure_step_fn *next, int argc,
                       const char *const *words);

/* Ends it as tenure_end() does, for a reason that no record can be to blame for. */
void tenure_excuse(struct tenure *tenure, const char *reason);

/* Goes on in another turn of the loop. */
void tenure_continue(struct tenure *tenure, void (*on_turn)(struct tenure *tenure));

bool wanted_add(struct wanted *wanted, uint64_t id);
/* Sorts, leaves each id once, and starts from the first. */
void wanted_sort(struct wanted *wanted);
void wanted_clear(struct wanted *wanted);
void wanted_free(struct wanted *wanted);

/* tenure_load.c: from nothing to a full board whose lists are written. */
void tenure_load(struct tenure *tenure);
/* tenure_follow.c: from one batch of the log to the next. */
void tenure_follow(struct tenure *tenure);

/* tenure_take.c: fetches the wanted records and puts them on the board, then goes on with after. */
void tenure_take_wanted(struct tenure *tenure, void (*after)(struct tenure *tenure));
/* Puts one stored value (NULL: gone) on the board. */
void tenure_take(struct tenure *tenure, uint64_t id, const char *value, size_t size);
/* Notes in the store what is about to be taken in; empty: everything was. */
void tenure_mark(struct tenure *tenure, const char *mark, tenure_step_fn *next);
/* Whether the answer to that is a good one; otherwise the lease is lost. */
bool tenure_marked(const redisReply *reply);
/* Whether the record belongs on this board. */
bool tenure_concerns(const struct tenure *tenure, uint64_t id);
/* Takes over a reply to HGETALL of meta; ends the tenure when the model is another one. */
void tenure_take_meta(struct tenure *tenure, const redisReply *reply);
void tenure_take_attachments(struct tenure *tenure, const redisReply *reply);

/* tenure_write.c: writes the changed lists and moves the cursor to `reached`. */
void tenure_write(struct tenure *tenure, void (*after)(struct tenure *tenure));

#endif
