#include "gathering.h"

#include "jobdating_part.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum {
    GATHERING_ARENA_MAX = 256 * 1024 * 1024,
    PARTS_MAX = 20000,
    MINIMUM_DEFAULT = 2,
    MAXIMUM_DEFAULT = 6,
    SCORES_PAGE = 100,
};

/* -- parts ------------------------------------------------------------------------------------- */

struct loading {
    struct context *context;
    struct gathering *gathering;
    enum ending ending;
};

/* Decodes the record of a stored tree into the gathering's arena; NULL after having said so. */
static void *record_keep(struct loading *loading, const struct record_type *type,
                         const msgpack_object *stored, uint64_t *id)
{
    struct arena *arena = loading->gathering->arena;
    struct errors errors = {.count = 0};
    struct text text = tree_text(stored, "id");
    const msgpack_object *tree = tree_copy(tree_find(stored, "record"), arena);
    void *record = tree != NULL ? arena_alloc(arena, type->size) : NULL;
    if (record == NULL) {
        loading->ending = context_no_memory(loading->context);
        return NULL;
    }
    if (text.data != NULL && id_parse(text.data, text.size, id) &&
        record_decode(type, tree, record, arena, "", &errors))
        return record;
    say(loading->context->err, STRANGE_ANSWER);
    loading->ending = END_AWAY;
    return NULL;
}

/* Room for one more, doubling; false after having said that there is none. */
static bool room(struct loading *loading, void *items, uint32_t count, size_t size)
{
    void **array = items;
    if ((count & (count - 1)) != 0 || (count > 0 && count < 16))
        return true;
    uint32_t capacity = count < 16 ? 16 : 2 * count;
    void *bigger = count < PARTS_MAX ? realloc(*array, capacity * size) : NULL;
    if (bigger == NULL) {
        loading->ending = context_no_memory(loading->context);
        return false;
    }
    *array = bigger;
    return true;
}

static bool take_firm(void *arg, const msgpack_object *stored)
{
    struct loading *loading = arg;
    struct gathering *gathering = loading->gathering;
    struct gathering_firm firm = {.id = 0};
    firm.record = record_keep(loading, &attendance_type, stored, &firm.id);
    if (firm.record == NULL ||
        !room(loading, &gathering->firms, gathering->firm_count, sizeof firm))
        return false;
    gathering->firms[gathering->firm_count++] = firm;
    return true;
}

static bool take_learner(void *arg, const msgpack_object *stored)
{
    struct loading *loading = arg;
    struct gathering *gathering = loading->gathering;
    struct gathering_learner learner = {.id = 0};
    learner.record = record_keep(loading, &registration_type, stored, &learner.id);
    if (learner.record == NULL)
        return false;
    if (learner.record->answer != ANSWER_INVITED && learner.record->answer != ANSWER_CONFIRMED)
        return true;
    if (!room(loading, &gathering->learners, gathering->learner_count, sizeof learner))
        return false;
    gathering->learners[gathering->learner_count++] = learner;
    return true;
}

static bool take_helper(void *arg, const msgpack_object *stored)
{
    struct loading *loading = arg;
    struct gathering *gathering = loading->gathering;
    struct gathering_helper helper = {.id = 0};
    helper.record = record_keep(loading, &helper_type, stored, &helper.id);
    if (helper.record == NULL ||
        !room(loading, &gathering->helpers, gathering->helper_count, sizeof helper))
        return false;
    gathering->helpers[gathering->helper_count++] = helper;
    return true;
}

uint32_t gathering_learner_of(const struct gathering *gathering, uint64_t number)
{
    for (uint32_t i = 0; i < gathering->learner_count; i++)
        if (id_number(gathering->learners[i].id) == number)
            return i;
    return UINT32_MAX;
}

uint32_t gathering_firm_of(const struct gathering *gathering, uint64_t number)
{
    for (uint32_t i = 0; i < gathering->firm_count; i++)
        if (id_number(gathering->firms[i].id) == number)
            return i;
    return UINT32_MAX;
}

struct gathering_pair *gathering_pair(const struct gathering *gathering, uint32_t learner,
                                      uint32_t firm)
{
    return &gathering->pairs[(size_t)learner * gathering->firm_count + firm];
}

static bool take_meeting(void *arg, const msgpack_object *stored)
{
    struct loading *loading = arg;
    struct gathering *gathering = loading->gathering;
    uint64_t id;
    const struct meeting *said = record_keep(loading, &meeting_type, stored, &id);
    if (said == NULL)
        return false;
    uint32_t learner = gathering_learner_of(gathering, id_number(said->registration));
    uint32_t firm = gathering_firm_of(gathering, id_number(said->attendance));
    if (learner != UINT32_MAX && firm != UINT32_MAX)
        gathering_pair(gathering, learner, firm)->said = said;
    return true;
}

static void pairs_make(struct loading *loading)
{
    struct gathering *gathering = loading->gathering;
    size_t count = (size_t)gathering->learner_count * gathering->firm_count;
    gathering->pairs = calloc(count + 1, sizeof *gathering->pairs);
    if (gathering->pairs == NULL) {
        loading->ending = context_no_memory(loading->context);
        return;
    }
    for (uint32_t l = 0; l < gathering->learner_count; l++)
        for (uint32_t f = 0; f < gathering->firm_count; f++)
            *gathering_pair(gathering, l, f) = (struct gathering_pair){.learner = l, .firm = f};
}

static void parts_load(struct loading *loading)
{
    static const struct {
        uint8_t kind;
        part_each_fn *take;
    } parts[] = {
        {KIND_ATTENDANCE, take_firm},
        {KIND_REGISTRATION, take_learner},
        {KIND_HELPER, take_helper},
        {KIND_MEETING, take_meeting},
    };
    for (size_t i = 0; loading->ending == END_OK && i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].kind == KIND_MEETING)
            pairs_make(loading);
        enum ending ending = loading->ending != END_OK
                                 ? loading->ending
                                 : parts_each(loading->context, loading->gathering->view->id,
                                              parts[i].kind, false, parts[i].take, loading);
        if (loading->ending == END_OK)
            loading->ending = ending;
    }
}

/* -- scores ------------------------------------------------------------------------------------ */

static void score_take(struct gathering *gathering, uint32_t firm, const msgpack_object *score)
{
    struct text registration = tree_text(score, "registration"), offer = tree_text(score, "offer");
    uint64_t id;
    if (registration.data == NULL || !id_parse(registration.data, registration.size, &id))
        return;
    uint32_t learner = gathering_learner_of(gathering, id_number(id));
    if (learner == UINT32_MAX)
        return;
    struct gathering_pair *pair = gathering_pair(gathering, learner, firm);
    if (offer.data != NULL)
        id_parse(offer.data, offer.size, &pair->offer);
    pair->score = (int32_t)tree_number(score, "score", 0);
    pair->near = tree_flag(score, "near");
    pair->fits = tree_count(score, "failed") == 0 && pair->score > 0;
    gathering->learners[learner].suitable += pair->fits;
}

static void firm_score(struct loading *loading, uint32_t firm)
{
    struct gathering *gathering = loading->gathering;
    struct scores_of body = {.attendance = gathering->firms[firm].id, .limit = SCORES_PAGE};
    body.has.attendance = body.has.after = body.has.limit = true;
    for (;;) {
        struct client_reply reply;
        loading->ending = context_ask(loading->context, MESSAGE_JOBDATING_SCORES, &body, &reply);
        if (loading->ending != END_OK)
            return;
        for (unsigned i = 0; i < tree_count(reply.tree, "scores"); i++)
            score_take(gathering, firm, tree_item(reply.tree, "scores", i));
        int64_t next = tree_number(reply.tree, "next", 0);
        if (next <= body.after)
            return;
        body.after = next;
    }
}

/* -- tables ------------------------------------------------------------------------------------ */

unsigned gathering_recruiters(const struct gathering_firm *firm)
{
    return firm->record->has.recruiters ? (unsigned)firm->record->recruiters : 1;
}

static unsigned table_named(const struct jobdating *jobdating, struct text name)
{
    for (uint32_t i = 0; i < jobdating->tables.count; i++) {
        struct text table = jobdating->tables.items[i].name;
        if (table.size == name.size && memcmp(table.data, name.data, name.size) == 0)
            return i + 1;
    }
    return 0;
}

/* The tables that firms ask for first, then the others in order. */
static void tables_give(struct gathering *gathering)
{
    const struct jobdating *jobdating = gathering->view->record;
    bool taken[PARTS_MAX] = {false};
    unsigned next = 1,
             limit = jobdating->tables.count > 0 ? jobdating->tables.count : PARTS_MAX - 1;
    gathering->table_count = jobdating->tables.count;
    for (uint32_t f = 0; f < gathering->firm_count; f++) {
        struct gathering_firm *firm = &gathering->firms[f];
        unsigned wanted = firm->record->has.table ? table_named(jobdating, firm->record->table) : 0;
        if (wanted > 0 && !taken[wanted]) {
            firm->table[0] = wanted;
            taken[wanted] = true;
        }
    }
    for (uint32_t f = 0; f < gathering->firm_count; f++) {
        struct gathering_firm *firm = &gathering->firms[f];
        bool video = firm->record->has.video && firm->record->video;
        for (unsigned seat = 0; !video && seat < gathering_recruiters(firm); seat++) {
            while (next <= limit && taken[next])
                next++;
            if (firm->table[seat] == 0 && next <= limit) {
                firm->table[seat] = next;
                taken[next] = true;
            }
        }
    }
}

/* -- all --------------------------------------------------------------------------------------- */

unsigned gathering_minimum(const struct gathering *gathering,
                           const struct gathering_learner *learner)
{
    const struct jobdating *jobdating = gathering->view->record;
    return learner->record->has.minimum_meetings ? (unsigned)learner->record->minimum_meetings
           : jobdating->has.minimum_meetings     ? (unsigned)jobdating->minimum_meetings
                                                 : MINIMUM_DEFAULT;
}

unsigned gathering_maximum(const struct gathering *gathering,
                           const struct gathering_learner *learner)
{
    const struct jobdating *jobdating = gathering->view->record;
    unsigned minimum = gathering_minimum(gathering, learner);
    unsigned maximum = learner->record->has.maximum_meetings
                           ? (unsigned)learner->record->maximum_meetings
                       : jobdating->has.maximum_meetings ? (unsigned)jobdating->maximum_meetings
                                                         : MAXIMUM_DEFAULT;
    return maximum > minimum ? maximum : minimum;
}

enum ending gathering_load(struct context *context, struct gathering **gathering)
{
    struct gathering *made = calloc(1, sizeof *made);
    *gathering = NULL;
    if (made == NULL)
        return context_no_memory(context);
    struct loading loading = {context, made, END_OK};
    made->arena = arena_create(GATHERING_ARENA_MAX);
    loading.ending = made->arena != NULL ? jobdating_view_load(context, &made->view)
                                         : context_no_memory(context);
    if (loading.ending == END_OK) {
        made->slot_count = jobdating_slots(made->view->record, made->slots);
        parts_load(&loading);
    }
    for (uint32_t f = 0; loading.ending == END_OK && f < made->firm_count; f++)
        firm_score(&loading, f);
    if (loading.ending == END_OK) {
        tables_give(made);
        *gathering = made;
    } else {
        gathering_free(made);
    }
    return loading.ending;
}

void gathering_free(struct gathering *gathering)
{
    if (gathering == NULL)
        return;
    jobdating_view_free(gathering->view);
    arena_free(gathering->arena);
    free(gathering->firms);
    free(gathering->learners);
    free(gathering->helpers);
    free(gathering->pairs);
    free(gathering);
}
