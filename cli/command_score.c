#include "../proto/codec.h"
#include "../runtime/clock.h"
#include "../runtime/compile.h"
#include "../runtime/reason_pack.h"
#include "arguments.h"
#include "commands.h"
#include "query_lines.h"
#include "reason_words.h"
#include "referential_file.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { RECORDS_BYTES_MAX = 8 << 20 };

static enum ending score_run(struct context *context);

static const struct command_option score_options[] = {
    {"referential", TEXT_VALUE_FILE, TEXT_ROLE_REFERENTIAL, NULL},
};

const struct command command_score = {
    .name = "score",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_SCORE_SUMMARY,
    .details = TEXT_SCORE_DETAILS,
    .options = score_options,
    .option_count = sizeof score_options / sizeof *score_options,
    .run = score_run,
};

struct scoring {
    struct catalogue catalogue;
    int32_t today; /* where a question does not say */
    struct arena *arena;
};

/* A question as records. */
struct pair_question {
    struct learner *learner;
    struct offer *offer;
    int32_t today;
};

/* -- reading ----------------------------------------------------------------------------------- */

/* NULL after an error. */
static void *read_record(struct scoring *scoring, const struct record_type *type,
                         const json_t *question, struct errors *errors)
{
    const json_t *value = json_object_get(question, type->name);
    if (value == NULL) {
        errors_add(errors, ERROR_MISSING_FIELD, type->name, "map: %s", type->name);
        return NULL;
    }
    if (!json_is_object(value)) {
        errors_add(errors, ERROR_WRONG_TYPE, type->name, "map: %s", type->name);
        return NULL;
    }
    unsigned kept = errors->count, before = errors->total;
    char *text = json_dumps(value, JSON_COMPACT);
    void *record = arena_alloc(scoring->arena, type->size);
    size_t size;
    uint8_t *wire = text != NULL && record != NULL
                        ? json_to_wire(text, strlen(text), scoring->arena, &size, errors)
                        : NULL;
    const msgpack_object *tree =
        wire != NULL ? wire_unpack(wire, size, scoring->arena, errors) : NULL;
    free(text);
    if (tree == NULL && errors->total == before)
        errors_add(errors, ERROR_TOO_LARGE, type->name, "a smaller record");
    if (tree == NULL) /* these tell a place in the text made here, which nobody has seen */
        for (unsigned i = kept; i < errors->count; i++)
            snprintf(errors->item[i].path, sizeof errors->item[i].path, "%s", type->name);
    if (tree == NULL ||
        !record_decode_partial(type, tree, record, scoring->arena, type->name, errors))
        return NULL;
    return record;
}

static bool read_today(const json_t *question, int32_t *today, struct errors *errors)
{
    const json_t *value = json_object_get(question, "today");
    if (value == NULL || (json_is_string(value) &&
                          date_parse(json_string_value(value), json_string_length(value), today)))
        return true;
    errors_add(errors, ERROR_BAD_FORMAT, "today", "date such as 2026-11-22");
    return false;
}

static const char *const question_keys[] = {"id", "learner", "offer", "today"};
enum { QUESTION_KEYS = sizeof question_keys / sizeof *question_keys };

static bool key_is_known(const char *key)
{
    for (unsigned i = 0; i < QUESTION_KEYS; i++)
        if (strcmp(key, question_keys[i]) == 0)
            return true;
    return false;
}

/* Only where there are any are unknown keys looked for: jansson walks no constant object. */
static void refuse_unknown_keys(const json_t *question, struct errors *errors)
{
    size_t known = 0;
    const char *key;
    json_t *value;
    for (unsigned i = 0; i < QUESTION_KEYS; i++)
        known += json_object_get(question, question_keys[i]) != NULL;
    if (known == json_object_size(question))
        return;
    json_t *copy = json_deep_copy(question);
    json_object_foreach(copy, key, value)
    {
        if (!key_is_known(key))
            errors_add(errors, ERROR_UNKNOWN_FIELD, key, "one of id, learner, offer, today");
    }
    json_decref(copy);
}

static bool read_question(struct scoring *scoring, const json_t *question,
                          struct pair_question *pair, struct errors *errors)
{
    pair->today = scoring->today;
    refuse_unknown_keys(question, errors);
    read_today(question, &pair->today, errors);
    pair->learner = read_record(scoring, &learner_type, question, errors);
    pair->offer = read_record(scoring, &offer_type, question, errors);
    return errors->total == 0;
}

/* -- answering --------------------------------------------------------------------------------- */

static json_t *share_in_json(unsigned share)
{
    return json_real((double)share / SCORE_ONE);
}

static json_t *reason_in_json(struct scoring *scoring, const struct reason *reason,
                              const struct offer *record)
{
    struct errors errors = {.count = 0};
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    reason_pack(&packer, reason, scoring->catalogue.referential, record);
    const msgpack_object *tree =
        wire_unpack((const uint8_t *)buffer.data, buffer.size, scoring->arena, &errors);
    json_t *made = tree != NULL ? tree_to_json(tree) : NULL;
    char *words = tree != NULL ? reason_in_words(tree) : NULL;
    if (words != NULL)
        json_object_set_new(made, "words", json_string(words));
    free(words);
    msgpack_sbuffer_destroy(&buffer);
    return made;
}

static bool answer_reasons(struct scoring *scoring, const struct pair_question *pair,
                           const struct learner_profile *learner, const struct offer_profile *offer,
                           json_t *answer)
{
    struct reason reasons[REASONS_MAX];
    struct prospects prospects;
    json_t *failed = json_array(), *list = json_array();
    learner_expect(pair->learner, &scoring->catalogue, &prospects);
    unsigned count = reasons_explain(learner, offer, &prospects, reasons);
    bool made = json_object_set_new(answer, "failed", failed) == 0;
    made = json_object_set_new(answer, "reasons", list) == 0 && made;
    for (unsigned i = 0; made && i < count; i++)
        made = json_array_append_new(reasons[i].code == REASON_BARRED ? failed : list,
                                     reason_in_json(scoring, &reasons[i], pair->offer)) == 0;
    struct near_miss miss;
    bool near = near_miss_find(learner, offer, &prospects, &miss);
    made = made && json_object_set_new(answer, "near_miss", json_boolean(near)) == 0;
    if (near)
        made = made &&
               json_object_set_new(answer, "score_if_met", share_in_json(miss.score.total)) == 0;
    return made;
}

static bool answer_pair(struct scoring *scoring, const struct pair_question *pair, json_t *answer)
{
    scoring->catalogue.today = pair->today;
    struct learner_profile *learner = learner_compile(pair->learner, 1, &scoring->catalogue);
    struct offer_profile *offer = offer_compile(pair->offer, 1, &scoring->catalogue);
    bool made = learner != NULL && offer != NULL;
    if (made) {
        struct score score = score_pair(learner, offer);
        made = json_object_set_new(answer, "score", share_in_json(score.total)) == 0 &&
               json_object_set_new(answer, "employer", share_in_json(score.employer)) == 0 &&
               json_object_set_new(answer, "learner", share_in_json(score.learner)) == 0 &&
               answer_reasons(scoring, pair, learner, offer, answer);
    }
    learner_profile_free(learner);
    offer_profile_free(offer);
    return made;
}

static enum text_id answer_score(void *state, const json_t *question, json_t *answer)
{
    struct scoring *scoring = state;
    struct errors errors = {.count = 0};
    struct pair_question pair;
    arena_reset(scoring->arena);
    bool good = read_question(scoring, question, &pair, &errors);
    bool made = good ? answer_pair(scoring, &pair, answer) : query_errors_answer(answer, &errors);
    return made ? TEXT_NONE : TEXT_NO_MEMORY;
}

static enum ending score_run(struct context *context)
{
    struct referential_file file;
    enum ending ending = referential_file_open(context, &file);
    if (ending != END_OK)
        return ending;
    struct scoring scoring = {.catalogue = {.referential = file.referential},
                              .today = clock_day(clock_wall_ms()),
                              .arena = arena_create(RECORDS_BYTES_MAX)};
    if (scoring.arena != NULL)
        ending = query_lines_run_all(context, answer_score, &scoring);
    else
        ending = context_no_memory(context);
    arena_free(scoring.arena);
    referential_file_close(&file);
    return ending;
}
