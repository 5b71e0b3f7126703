#include "daemon/commit.h"

#include "daemon/event_arguments.h"
#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/store_access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RETRY_MS = 500 };

/* A commit on its way. */
struct commit {
    struct daemon *daemon;
    struct territory *territory;
    enum message_type type;
    commit_done_fn *done;
    void *arg;
    struct errors *notes; /* warnings, or NULL; of a recall, what the event is refused for */
    bool recall, recalled;
    /* The answer, while what it changed is read back. */
    uint64_t record;
    int64_t revision;
    char result[16];
};

/* -- the answer -------------------------------------------------------------------------------- */

static void commit_free(struct commit *commit)
{
    free(commit->notes);
    free(commit);
}

static void commit_finish(struct commit *commit, struct reply *reply)
{
    static const struct errors none;

    reply->warnings = commit->notes != NULL && !commit->recall ? commit->notes : &none;
    commit->done(commit->arg, reply);
    commit_free(commit);
}

static void commit_fail(struct commit *commit, enum reply_status status, enum error_code code,
                        const char *path, const char *expected)
{
    struct errors errors = {.count = 0};
    struct reply reply = {.status = status, .errors = &errors};

    errors_add(&errors, code, path, "%s", expected);
    if (status == REPLY_RETRY)
        reply.after_ms = RETRY_MS;
    commit_finish(commit, &reply);
}

static void commit_succeed(struct commit *commit)
{
    struct reply reply = {.status = REPLY_OK,
                          .record = commit->record,
                          .revision = commit->revision,
                          .result = {commit->result, (uint32_t)strlen(commit->result)}};

    FAULT_POINT("after-commit-before-reply");
    commit_finish(commit, &reply);
}

/* Which part of the request a refusal of the function is about. */
static void refusal_path(const struct commit *commit, enum error_code code, const char *culprit,
                         char *path, size_t size)
{
    const char *name = "body";

    switch (code) {
    case ERROR_REQUEST_REUSED:
        name = "id";
        break;
    case ERROR_REVISION_CONFLICT:
        name = "if_revision";
        break;
    case ERROR_UNKNOWN_TERRITORY:
        name = "territory";
        break;
    case ERROR_PROBABLE_DUPLICATE:
        name = "body.reference";
        break;
    case ERROR_DAY_BACKWARDS:
        name = "body.day";
        break;
    case ERROR_TERRITORY_EXISTS:
        name = "body.slots";
        break;
    case ERROR_UNKNOWN_REFERENCE: {
        const struct kind_info *kind = kind_info(kind_of_letter(culprit[0]));
        snprintf(path, size, "body.%s", kind != NULL ? kind->name : "id");
        return;
    }
    case ERROR_UNKNOWN_RECORD:
    case ERROR_WRONG_STATE:
        name = message_info(commit->type)->operation == OPERATION_DETACH ? "body.words" : "body.id";
        break;
    default:
        break;
    }
    snprintf(path, size, "%s", name);
}

/* Of a recall: the event has never been accepted. */
static void commit_refuse(struct commit *commit)
{
    struct reply refusal = {.status = REPLY_REJECTED, .errors = commit->notes};

    commit->done(commit->arg, &refusal);
    commit_free(commit);
}

static void commit_refused(struct commit *commit, const redisReply *reply)
{
    const char *name = redis_reply_string(reply, 1), *culprit = redis_reply_string(reply, 2);
    const char *detail = redis_reply_string(reply, 3);
    enum error_code code = error_of_name(name, strlen(name));
    char path[96], expected[200];

    if (commit->recall && code != ERROR_REQUEST_REUSED) {
        commit_refuse(commit);
        return;
    }
    refusal_path(commit, code, culprit, path, sizeof path);
    snprintf(expected, sizeof expected, "%s%s%s", culprit, culprit[0] && detail[0] ? ": " : "",
             detail);
    commit_fail(commit, REPLY_REJECTED, code == ERROR_NONE ? ERROR_INTERNAL : code, path, expected);
}

/* Warnings of the function, each a line: "<code> <culprit>". */
static void take_warnings(struct commit *commit, const char *text)
{
    while (*text == '\n') {
        size_t size = strcspn(++text, "\n"), name = strcspn(text, " \n");
        enum error_code code = name < size ? error_of_name(text, name) : ERROR_NONE;
        if (code != ERROR_NONE && commit->notes == NULL)
            commit->notes = calloc(1, sizeof *commit->notes);
        if (code != ERROR_NONE && commit->notes != NULL)
            errors_add(commit->notes, code, "body", "%.*s", (int)(size - name - 1),
                       text + name + 1);
        text += size;
    }
}

/* "<record> <revision> <result>", then warnings. The territory's own changes have no record. */
static bool take_answer(struct commit *commit, const char *text)
{
    size_t record = strcspn(text, " ");
    char *end;

    if (!id_parse(text, record, &commit->record))
        commit->record = 0;
    commit->revision = strtoll(text + record, &end, 10);
    size_t result = strcspn(end, "\n");
    if (*end != ' ' || result - 1 >= sizeof commit->result)
        return false;
    memcpy(commit->result, end + 1, result - 1);
    commit->result[result - 1] = '\0';
    take_warnings(commit, end + result);
    return true;
}

/* A number alone: of the record that the event created, which is its revision too. */
static void take_number(struct commit *commit, long long number)
{
    char letter = kind_info(message_info(commit->type)->kind)->letter;

    commit->record = id_make(letter, (uint64_t)number);
    commit->revision = number;
    stpcpy(commit->result, "created");
}

static bool is_number_of_created(const struct commit *commit, const redisReply *reply)
{
    return reply->type == REDIS_REPLY_INTEGER &&
           message_info(commit->type)->operation == OPERATION_PUT && reply->integer > 0;
}

static void on_read_back(void *arg, const redisReply *reply)
{
    struct commit *commit = arg;

    if (reply != NULL && reply->type == REDIS_REPLY_ARRAY) {
        enum operation operation = message_info(commit->type)->operation;
        if (operation == OPERATION_ATTACH || operation == OPERATION_DETACH)
            territory_load_attachments(commit->territory, reply);
        else
            territory_load_meta(commit->daemon->territories, commit->territory, reply);
    }
    commit_succeed(commit);
}

/* What the daemon remembers of the territory changed: the answer waits until it knows, so that
 * whoever read `ok` finds the new state in force. Read on the link of the commits: if that is lost
 * first, everything is read anew before the next commit. */
static bool commit_read_back(struct commit *commit)
{
    char key[TERRITORY_KEY_SIZE + 16];
    const char *suffix;

    switch (message_info(commit->type)->operation) {
    case OPERATION_DAY:
    case OPERATION_ADOPT:
    case OPERATION_TERRITORY:
        suffix = "meta";
        break;
    case OPERATION_ATTACH:
    case OPERATION_DETACH:
        suffix = "attachment";
        break;
    default:
        return false;
    }
    snprintf(key, sizeof key, "%s:%s", commit->territory->key, suffix);
    const char *argv[] = {"HGETALL", key};
    const size_t sizes[] = {7, strlen(key)};
    return store_commit(commit->daemon->store, on_read_back, commit, 2, argv, sizes);
}

static void on_committed(void *arg, const redisReply *reply)
{
    struct commit *commit = arg;

    if (redis_reply_is_unavailable(reply)) {
        commit_fail(commit, REPLY_RETRY, ERROR_STORE_AWAY, "", "the same request again");
        return;
    }
    if (strcmp(redis_reply_string(reply, 0), "rejected") == 0) {
        commit_refused(commit, reply);
        return;
    }
    if (commit->recall && reply->type != REDIS_REPLY_STRING) {
        commit_refuse(commit); /* whatever keeps the store from knowing */
        return;
    }
    if (commit->recall) { /* accepted before: nothing is refused */
        free(commit->notes);
        commit->notes = NULL;
        commit->recall = false;
        commit->recalled = true;
    }
    if (is_number_of_created(commit, reply))
        take_number(commit, reply->integer);
    else if (reply->type != REDIS_REPLY_STRING || !take_answer(commit, reply->str)) {
        log_error("commit.failed", LOG_TEXT("territory", commit->territory->name),
                  LOG_TEXT("type", message_info(commit->type)->name),
                  LOG_TEXT("answer", reply->str != NULL ? reply->str : "malformed"));
        commit_fail(commit, REPLY_RETRY, ERROR_INTERNAL, "", "");
        return;
    }
    if (commit->recalled || !commit_read_back(commit))
        commit_succeed(commit);
}

static struct commit *commit_create(struct daemon *daemon, struct territory *territory,
                                    const struct message *message, const struct errors *notes)
{
    struct commit *commit = calloc(1, sizeof *commit);

    if (commit == NULL)
        return NULL;
    *commit = (struct commit){.daemon = daemon, .territory = territory, .type = message->type};
    if (notes != NULL && notes->total > 0 && (commit->notes = malloc(sizeof *notes)) != NULL)
        *commit->notes = *notes;
    return commit;
}

/* Takes the commit over; false, and it is gone, when the store takes no more. */
static bool commit_begin(struct commit *commit, bool put, const struct event_arguments *arguments)
{
    if (!arguments->failed &&
        batches_add(commit->daemon->batches, commit->territory, put, on_committed, commit,
                    arguments->count, arguments->argv, arguments->sizes))
        return true;
    commit_free(commit);
    return false;
}

bool commit_event(struct daemon *daemon, struct territory *territory, const char *client,
                  const struct message *message, const struct prepared *prepared,
                  const struct errors *warnings, commit_done_fn *done, void *arg)
{
    struct event_arguments arguments = {.arena = daemon->arena};
    struct commit *commit = commit_create(daemon, territory, message, warnings);

    if (commit == NULL)
        return false;
    commit->done = done;
    commit->arg = arg;
    event_arguments_commit(&arguments, daemon, territory, client, message, prepared);
    FAULT_POINT("before-commit");
    return commit_begin(commit, message->info->operation == OPERATION_PUT, &arguments);
}

bool commit_recall(struct daemon *daemon, struct territory *territory, const char *client,
                   const struct message *message, const struct errors *errors, commit_done_fn *done,
                   void *arg)
{
    struct event_arguments arguments = {.arena = daemon->arena};
    struct commit *commit = commit_create(daemon, territory, message, errors);

    if (commit == NULL)
        return false;
    commit->done = done;
    commit->arg = arg;
    commit->recall = true;
    event_arguments_recall(&arguments, daemon, client, message);
    arguments.failed |= commit->notes == NULL;
    return commit_begin(commit, false, &arguments);
}
