/* Records of one side, offers or learners, to be searched by what they name: found by skill, kept
 * together by contract and place, changed in place.
 *
 * The index knows no score. A record names skills, each with a grade (a small number: how much it
 * asks for, or how well it is held); whoever asks says what each grade of a skill is worth, and is
 * shown every record whose worth reaches what is needed and whose gate is open. What it is shown
 * can be more than that, and is never less: the last word is the asker's. */
#ifndef PASSERELLE_MATCHING_INDEX_H
#define PASSERELLE_MATCHING_INDEX_H

#include "profile_layout.h"

enum index_side { INDEX_LEARNERS, INDEX_OFFERS };
enum { INDEX_GRADES = 32, INDEX_TERMS_MAX = FACT_CLAIMS_MAX };
_Static_assert(INDEX_TERMS_MAX >= (int)FACT_REQUIREMENTS_MAX, "either side's terms fit");

/* Skills in ascending order. An offer names a skill once, a learner perhaps several times with
 * different grades. */
struct index_term {
    int32_t skill;
    uint8_t grade; /* below INDEX_GRADES */
};

/* What a search looks at of a record, and of whoever asks. */
struct index_front {
    struct gate gate;
    uint32_t licences; /* held or asked for */
    int32_t day;       /* learner: available from; offer: the latest day for that */
    int32_t note;      /* the caller's own */
};

struct index;

/* For skills below that number; NULL when out of memory. */
struct index *index_create(enum index_side side, uint32_t skills);
void index_free(struct index *index); /* NULL is fine */

/* Handles are the caller's: small numbers, since memory goes with the largest one. A handle must
 * not be in the index yet. factor: what one unit of worth counts for, see index_search(). False
 * when out of memory, with the index as before. */
bool index_put(struct index *index, uint32_t handle, const struct index_front *front, float factor,
               const struct index_term *terms, unsigned count);
/* With the terms it was put with. Cannot fail. */
void index_remove(struct index *index, uint32_t handle, const struct index_term *terms,
                  unsigned count);
bool index_holds(const struct index *index, uint32_t handle);
/* How many terms of all records name a skill. */
uint32_t index_named(const struct index *index, int32_t skill);
/* The record's own least: 0 at first. */
void index_set_least(struct index *index, uint32_t handle, float least);

struct index_counts {
    size_t records, pages, bytes; /* all memory of the index */
};
void index_count(const struct index *index, struct index_counts *counts);

/* -- searching -----------------------------------------------------------------------------------
 */

/* What a skill is worth to whoever asks, by grade; worths sum up to less than 2^31. Demands with
 * the same mark follow each other, and of these only a record's best counts. Mark 0: all count. */
struct index_demand {
    int32_t skill;
    uint32_t mark; /* 0, or a multiple of INDEX_MARK, growing */
    uint32_t worth[INDEX_GRADES];
};
#define INDEX_MARK (UINT32_C(1) << 24) /* with marks, a worth is less */

struct index_query {
    struct index_front front;
    const struct index_demand *demands;
    uint32_t count;
    /* A record is shown when worth * factor is at least the smaller of least and scale * its own
     * least (scale 0: that of the query alone decides), and above 0. */
    float least, scale;
};

/* A record that is shown, as it was put; front lasts as long as the visit. */
struct index_found {
    uint32_t handle, worth;
    float factor, least;
    const struct index_front *front;
};
/* May raise query->least while the search goes on. */
typedef void index_visit(void *context, struct index_query *query, const struct index_found *found);

/* Room to search in, for one search at a time; any number of them may read one index. */
struct index_room;
struct index_room *index_room_create(void); /* NULL when out of memory */
void index_room_free(struct index_room *room);

void index_search(const struct index *index, struct index_room *room, struct index_query *query,
                  index_visit *visit, void *context);

#endif
