/* What the daemon remembers of each territory: what it needs to look words up and to answer. The
 * truth is in the store; this is read at start and follows every event. */
#ifndef PASSERELLE_DAEMON_TERRITORY_H
#define PASSERELLE_DAEMON_TERRITORY_H

#include "matching/communes.h"
#include "matching/referential.h"
#include "matching/score.h"
#include "runtime/attachments.h"
#include "runtime/compile.h"

#include <hiredis/hiredis.h>

enum {
    TERRITORY_NAME_SIZE = 33,
    TERRITORY_KEY_SIZE = 40,
    TERRITORIES_MAX = 1000,
    /* Names alone: those the store lists until it has told of them, those of events under way. */
    TERRITORIES_EXPECTED_MAX = 2 * TERRITORIES_MAX,
};

struct territory {
    char name[TERRITORY_NAME_SIZE];
    char key[TERRITORY_KEY_SIZE]; /* p:{name} */
    unsigned slots;               /* 0 while it is expected alone: named, but not known to exist */
    unsigned under_way;      /* events and look-ups that may tell whether an expected one exists */
    struct batch *gathering; /* events that wait to be sent, see batch.h; NULL: none */
    unsigned calls_under_way, events_under_way; /* on their way to the store */
    int32_t day;                                /* 0 before the first day.changed */
    char model[MODEL_ID_SIZE];
    char referential_hash[REFERENTIAL_HASH_SIZE];
    char communes_hash[REFERENTIAL_HASH_SIZE];
    const struct referential *referential; /* NULL until adopted and found */
    const struct communes *communes;
    struct attachments *attachments;
};

struct territories;

/* directory: where the built files are. NULL when out of memory. */
struct territories *territories_create(const char *directory);
void territories_free(struct territories *territories);

/* One that exists, or one that is expected. */
struct territory *territories_find(struct territories *territories, const char *name, size_t size);
/* Those that exist, ordered by name. */
unsigned territories_count(const struct territories *territories);
struct territory *territories_at(struct territories *territories, unsigned index);
/* The index of the first one whose name comes after this one. */
unsigned territories_after(const struct territories *territories, const char *name, size_t size);
/* Those that are expected, in any order. */
unsigned territories_expected(const struct territories *territories);
struct territory *territories_expected_at(struct territories *territories, unsigned index);

/* The one of that name, expected from now on if there is none; NULL when the name is bad, there are
 * too many, or out of memory. */
struct territory *territories_expect(struct territories *territories, const char *name,
                                     size_t size);
/* Frees one that is expected: it does not exist, and nothing under way is about it. */
void territories_forget(struct territories *territories, struct territory *territory);
/* Takes over the reply to HGETALL of its meta key. One that exists is no longer expected alone. */
void territory_load_meta(struct territories *territories, struct territory *territory,
                         const redisReply *reply);
/* Takes over the reply to HGETALL of its attachment key. */
void territory_load_attachments(struct territory *territory, const redisReply *reply);
/* Opens the two files, kept open once opened. False, with a reason, when either is missing or bad;
 * the territory is then unchanged. */
bool territory_adopt(struct territories *territories, struct territory *territory,
                     const char *referential, const char *communes, const char **reason);
/* Whether both files are there and good. */
bool territories_has_files(struct territories *territories, const char *referential,
                           const char *communes, const char **reason);

#endif
