#include "../matching/score.h"
#include "../runtime/built_files.h"
#include "../runtime/clock.h"
#include "../runtime/store_access.h"
#include "../runtime/territory_status.h"
#include "arguments.h"
#include "commands.h"
#include "verify.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WAIT_DEFAULT_S = 60, WAIT_MAX_S = 3600, LOOK_EVERY_MS = 50 };

static enum ending verify_run(struct context *context);

static const struct command_option options[] = {
    {"wait", TEXT_VALUE_SECONDS, TEXT_VERIFY_WAIT_HELP, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .group = TEXT_GROUP_SETTING_UP,
    .summary = TEXT_VERIFY_SUMMARY,
    .details = TEXT_VERIFY_DETAILS,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = verify_run,
};

static bool read_config(struct context *context, struct config *config)
{
    struct config_errors errors;
    char path[CONFIG_TEXT_SIZE + 32];

    if (context->config != NULL)
        snprintf(path, sizeof path, "%s", context->config);
    else
        snprintf(path, sizeof path, "%s/passerelle.conf",
                 context->state != NULL ? context->state : "state");
    if (config_load(path, config, &errors))
        return true;
    for (unsigned i = 0; i < errors.count; i++)
        fprintf(context->err, "%s\n", errors.text[i]);
    return false;
}

/* -- quiet ------------------------------------------------------------------------------------- */

/* Why there is no status, as the store says. */
static void tell_no_status(struct verify *verify, const redisReply *reply)
{
    if (redis_reply_is_unavailable(reply))
        verify->away = true;
    else
        verify_problem(verify, "store", "%s",
                       reply->type == REDIS_REPLY_ERROR ? reply->str
                                                        : redis_reply_string(reply, 1));
}

/* How far the slots are. */
struct progress {
    long long lowest; /* cursor */
    /* How often they were given to a worker, and how often in vain so far. */
    unsigned long long epochs, attempts;
};

static void read_progress(const struct verify *verify, const redisReply *reply,
                          struct progress *progress)
{
    *progress = (struct progress){.lowest = verify->seq};
    for (size_t i = STATUS_SLOT; i + SLOT_FIELDS <= reply->elements; i += SLOT_FIELDS) {
        long long cursor = strtoll(reply->element[i + SLOT_CURSOR]->str, NULL, 10);
        progress->lowest = cursor < progress->lowest ? cursor : progress->lowest;
        progress->epochs += strtoull(reply->element[i + SLOT_EPOCH]->str, NULL, 10);
        progress->attempts += strtoull(reply->element[i + SLOT_ATTEMPTS]->str, NULL, 10);
    }
}

/* Reads seq, day, referential and slots. False: away is set, or there is a problem. */
static bool read_status(struct verify *verify, struct progress *progress, char *model)
{
    redisReply *reply = redisCommand(verify->redis, "FCALL_RO territory_status 1 %s", verify->key);
    bool good = reply != NULL && reply->type == REDIS_REPLY_ARRAY && reply->elements > STATUS_SLOTS;

    if (good) {
        verify->seq = strtoll(reply->element[STATUS_SEQ]->str, NULL, 10);
        const char *day = reply->element[STATUS_DAY]->str;
        if (!date_parse(day, strlen(day), &verify->day))
            verify->day = 0;
        snprintf(model, MODEL_ID_SIZE, "%s", reply->element[STATUS_MODEL]->str);
        snprintf(verify->referential_hash, REFERENTIAL_HASH_SIZE, "%.16s",
                 reply->element[STATUS_REFERENTIAL]->str);
        verify->slots = (unsigned)strtoul(reply->element[STATUS_SLOTS]->str, NULL, 10);
        read_progress(verify, reply, progress);
    } else {
        tell_no_status(verify, reply);
    }
    freeReplyObject(reply);
    return good;
}

/* Nothing has been looked at yet. */
static void verify_begin(struct verify *verify)
{
    verify->problems = 0;
    verify->lists = verify->entries = verify->pairs = verify->references = 0;
    rewind(verify->out);
}

enum quiet { QUIET, RESTLESS, STATUS_BAD };

static void pause_between_looks(void)
{
    static const struct timespec pause = {0, LOOK_EVERY_MS * 1000000L};

    nanosleep(&pause, NULL);
}

static enum quiet wait_quiet(struct verify *verify, int64_t deadline_ms, struct progress *progress,
                             char *model)
{
    verify_begin(verify);
    for (;;) {
        if (!read_status(verify, progress, model))
            return verify->away ? RESTLESS : STATUS_BAD;
        /* Without a referential nothing is matched, and nothing need be waited for. */
        if (progress->lowest == verify->seq || verify->referential_hash[0] == '\0')
            return QUIET;
        if (clock_monotonic_ms() >= deadline_ms)
            return RESTLESS;
        pause_between_looks();
    }
}

/* -- the verification -------------------------------------------------------------------------- */

/* What is none is told of when the attachments are compared with their records. */
static void take_attachment(struct verify *verify, const redisReply *words, const redisReply *value,
                            void *arg)
{
    uint64_t number;
    const char *skill = attachment_skill(value->str, &number);

    (void)arg;
    if (skill != NULL && !attachments_put(verify->attachments, words->str, skill))
        verify_problem(verify, "memory", "there is none left");
}

/* One look at everything. False when the store went away. */
static bool look(struct verify *verify)
{
    attachments_free(verify->attachments);
    verify->attachments = attachments_create();
    if (verify->attachments == NULL)
        return false;
    verify->catalogue.attachments = verify->attachments;
    verify->catalogue.today = verify->day;
    verify_walk(verify, "HSCAN", ":attachment", take_attachment, NULL);
    verify_read_records(verify);
    verify_finding(verify);
    verify_references(verify);
    verify_log(verify);
    verify_drafts(verify);
    verify_keys(verify);
    if (verify->catalogue.referential != NULL)
        verify_lists(verify);
    return !verify->away;
}

static enum ending conclude(struct context *context, const struct verify *verify)
{
    unsigned long records = 0;
    long told = ftell(verify->out);

    rewind(verify->out);
    while (told-- > 0)
        fputc(fgetc(verify->out), context->err);

    for (uint8_t kind = 1; kind < KIND_END; kind++)
        records += verify->records[kind].count;
    if (context->json)
        fprintf(context->out,
                "{\"seq\":%lld,\"records\":%lu,\"references\":%lu,\"pairs\":%lu,\"lists\":%lu,"
                "\"entries\":%lu,\"problems\":%u}\n",
                verify->seq, records, verify->references, verify->pairs, verify->lists,
                verify->entries, verify->problems);
    else
        say(context->out, VERIFY_DONE, records, verify->references, verify->pairs, verify->lists,
            verify->entries);
    if (verify->problems == 0) {
        if (!context->json)
            say(context->out, VERIFY_CLEAN);
        return END_OK;
    }
    fflush(context->out);
    say(context->err, VERIFY_PROBLEMS, verify->problems);
    return END_UNVERIFIED;
}

/* Opens the referential in force, which must make the model in force. */
static void take_model(struct verify *verify, struct built_files *files, const char *model)
{
    const char *reason = "";
    char own[MODEL_ID_SIZE];

    verify->catalogue.referential = NULL;
    if (verify->referential_hash[0] == '\0')
        return;
    verify->catalogue.referential =
        built_files_referential(files, verify->referential_hash, &reason);
    if (verify->catalogue.referential == NULL) {
        verify_problem(verify, "referential", "%s: %s", verify->referential_hash, reason);
        return;
    }
    model_id(verify->catalogue.referential, own);
    if (strcmp(own, model) != 0)
        verify_problem(verify, "model", "%s is in force, this program has %s", model, own);
}

/* Whether what was found may be gone at the next look: a worker that takes a slot over may leave a
 * record out, and then writes lists anew, all without a change and with the cursor where it was. It
 * says when it is through, which ends the attempts. */
static bool may_pass(const struct verify *verify, const struct progress *before,
                     const struct progress *after)
{
    return verify->problems > 0 &&
           (before->attempts > 0 || after->attempts > 0 || before->epochs != after->epochs);
}

enum look_result { LOOK_FINAL, LOOK_WORTHLESS, LOOK_AGAIN };

static enum look_result look_once(struct verify *verify, const struct progress *before)
{
    long long seen = verify->seq;
    char model[MODEL_ID_SIZE];
    struct progress after;

    if (!look(verify) || !read_status(verify, &after, model) || verify->seq != seen ||
        (after.lowest != seen && verify->catalogue.referential != NULL))
        return LOOK_WORTHLESS;
    return may_pass(verify, before, &after) ? LOOK_AGAIN : LOOK_FINAL;
}

/* Looks until nothing changed meanwhile: a change makes a look worthless, problems included. What
 * may pass is told of when the time is over. */
static enum ending verify_when_quiet(struct context *context, struct verify *verify,
                                     struct built_files *files, int64_t deadline_ms)
{
    char model[MODEL_ID_SIZE];
    struct progress progress;
    enum quiet quiet;

    while ((quiet = wait_quiet(verify, deadline_ms, &progress, model)) == QUIET) {
        take_model(verify, files, model);
        enum look_result result = look_once(verify, &progress);
        bool over = clock_monotonic_ms() >= deadline_ms;
        bool final = result == LOOK_FINAL || (result == LOOK_AGAIN && over);
        enum ending ending = final ? conclude(context, verify) : END_AWAY;
        verify_forget(verify);
        if (final)
            return ending;
        if (verify->away || over)
            break;
        if (result == LOOK_AGAIN)
            pause_between_looks();
    }
    if (quiet == STATUS_BAD)
        return conclude(context, verify);
    say(context->err, VERIFY_NOT_QUIET);
    return END_AWAY;
}

static enum ending verify_territory(struct context *context, struct verify *verify,
                                    const struct config *config, int64_t deadline_ms)
{
    char directory[CONFIG_TEXT_SIZE];
    enum ending ending = END_AWAY;

    config_referential_directory(config, directory);
    struct built_files *files = built_files_create(directory);
    verify->out = tmpfile();
    if (files != NULL && verify->out != NULL)
        ending = verify_when_quiet(context, verify, files, deadline_ms);
    if (verify->out != NULL)
        fclose(verify->out);
    attachments_free(verify->attachments);
    built_files_free(files);
    return ending;
}

static enum ending verify_run(struct context *context)
{
    struct config config;
    struct verify verify = {.seq = 0};
    struct store_access access = {.password = NULL};
    int64_t seconds;

    if (!arguments_number(context->arguments, "wait", 0, WAIT_MAX_S, WAIT_DEFAULT_S, &seconds))
        return context_usage(context, TEXT_WRONG_NUMBER, "--wait");
    if (!read_config(context, &config))
        return END_USAGE;
    if (store_access_open(&access, &config))
        verify.redis = store_access_connect(&access);
    store_access_close(&access);
    if (verify.redis == NULL) {
        say(context->err, VERIFY_NO_STORE);
        return END_AWAY;
    }
    snprintf(verify.key, sizeof verify.key, "p:{%.32s}", context->territory);
    enum ending ending =
        verify_territory(context, &verify, &config, clock_monotonic_ms() + seconds * 1000);
    redisFree(verify.redis);
    return ending;
}
