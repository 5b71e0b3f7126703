#include "../runtime/clock.h"
#include "arguments.h"
#include "commands.h"
#include "record_name.h"
#include "reference_cache.h"
#include "submit_line.h"
#include "submit_report.h"
#include "tree.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static enum ending submit_run(struct context *context);

static const struct command_option submit_options[] = {
    {"stable-ids", TEXT_NONE, TEXT_SUBMIT_STABLE_IDS, NULL},
    {"brief", TEXT_NONE, TEXT_SUBMIT_BRIEF, NULL},
};

const struct command command_submit = {
    .name = "submit",
    .group = TEXT_GROUP_BRING_IN,
    .usage = TEXT_SUBMIT_USAGE,
    .summary = TEXT_SUBMIT_SUMMARY,
    .details = TEXT_SUBMIT_DETAILS,
    .most_words = UINT_MAX,
    .options = submit_options,
    .option_count = sizeof submit_options / sizeof *submit_options,
    .run = submit_run,
};

enum { LINE_SIZE = 512 * 1024, LINE_ARENA = 1024 * 1024 };

/* An event whose answer has not come. */
struct pending {
    bool used, barrier;
    enum message_type type;
    char *name; /* source:reference of a put */
    struct submit_place place;
};

struct submitting {
    struct context *context;
    struct client *client;
    struct reference_cache *cache;
    struct arena *arena;
    struct submit_report *report;
    struct submit_settings settings;
    bool away; /* the server no longer answers */
    struct pending pending[CLIENT_WINDOW_MAX];
};

/* -- answers ----------------------------------------------------------------------------------- */

static void take_answer(struct submitting *submitting)
{
    struct client_reply reply;
    if (!client_next_reply(submitting->client, &reply))
        return;
    struct pending *pending = &submitting->pending[reply.token];
    if (reply.status == REPLY_OK && pending->name != NULL && reply.head.record != 0)
        reference_cache_put(submitting->cache, message_info(pending->type)->kind, pending->name,
                            strlen(pending->name), reply.head.record);
    if (reply.status == REPLY_NONE || reply.status == REPLY_RETRY)
        submitting->away = true;
    submit_report_answer(submitting->report, &pending->place, pending->type, &reply);
    free(pending->name);
    *pending = (struct pending){.used = false};
}

static void take_all(struct submitting *submitting)
{
    while (client_waiting(submitting->client) > 0)
        take_answer(submitting);
}

/* -- order --------------------------------------------------------------------------------------
 * Events in flight may be taken up in another order when one of them must be tried again. So two
 * puts of the same record are never in flight together, nor is any other event with anything. */

static bool is_barrier(const struct submission *submission)
{
    return submission->name == NULL;
}

static bool must_wait(const struct submitting *submitting, const struct submission *submission)
{
    if (client_full(submitting->client))
        return true;
    if (is_barrier(submission))
        return client_waiting(submitting->client) > 0;
    for (unsigned i = 0; i < CLIENT_WINDOW_MAX; i++) {
        const struct pending *pending = &submitting->pending[i];
        if (pending->used && (pending->barrier || (pending->type == submission->type &&
                                                   strcmp(pending->name, submission->name) == 0)))
            return true;
    }
    return false;
}

/* -- references -------------------------------------------------------------------------------- */

/* Asks the cache, then the events in flight, then the server. */
static bool resolve(void *data, uint8_t kind, const char *name, uint64_t *id)
{
    struct submitting *submitting = data;
    size_t size = strlen(name);
    *id = reference_cache_find(submitting->cache, kind, name, size);
    if (*id == 0) {
        take_all(submitting);
        *id = reference_cache_find(submitting->cache, kind, name, size);
    }
    if (*id != 0 || kind == KIND_ABSENT || strchr(name, ':') == NULL)
        return *id != 0;
    struct client_reply reply;
    const msgpack_object *record;
    submitting->context->quiet = true;
    enum ending ending = record_fetch(submitting->context, name, kind, false, &reply, &record);
    submitting->context->quiet = false;
    submitting->away |= ending == END_AWAY;
    struct text found = ending == END_OK ? tree_text(record, "id") : (struct text){NULL, 0};
    if (found.data == NULL || !id_parse(found.data, found.size, id))
        return false;
    reference_cache_put(submitting->cache, kind, name, size, *id);
    return true;
}

/* -- lines ------------------------------------------------------------------------------------- */

static bool send_line(struct submitting *submitting, const struct submission *submission,
                      const struct submit_place *place)
{
    while (must_wait(submitting, submission))
        take_answer(submitting);
    if (submitting->away)
        return true;
    unsigned free_place = 0;
    while (submitting->pending[free_place].used)
        free_place++;
    struct pending *pending = &submitting->pending[free_place];
    *pending = (struct pending){true, is_barrier(submission), submission->type, NULL, *place};
    if (submission->name != NULL)
        pending->name = strdup(submission->name);
    if ((submission->name == NULL || pending->name != NULL) &&
        client_submit_bytes(submitting->client, submission->id, submission->type, submission->bytes,
                            submission->size, free_place))
        return true;
    free(pending->name);
    *pending = (struct pending){.used = false};
    return false;
}

/* The next line begins, once there is room for what will be said about it. */
static void begin_line(struct submitting *submitting, struct submit_place *place)
{
    while (submit_report_full(submitting->report) && client_waiting(submitting->client) > 0)
        take_answer(submitting);
    place->row = submit_report_begin(submitting->report);
}

static bool take_line(struct submitting *submitting, const char *line, size_t size,
                      struct submit_place *place)
{
    struct submission submission;
    struct errors errors = {.count = 0};
    if (strspn(line, " \t\r\n") == size)
        return true;
    begin_line(submitting, place);
    arena_reset(submitting->arena);
    if (submit_line_read(line, size, &submitting->settings, submitting->arena, &submission,
                         &errors))
        return send_line(submitting, &submission, place);
    if (!submitting->away) /* else it was not looked up, which says nothing about the line */
        submit_report_refused(submitting->report, place, submission.type, &errors);
    return true;
}

/* Skips the rest of a line that is too long. */
static void skip_line(FILE *file)
{
    for (int c = 0; c != '\n' && c != EOF;)
        c = getc(file);
}

static bool take_file(struct submitting *submitting, FILE *file, const char *path, char *line)
{
    struct submit_place place = {.path = path};
    while (!submitting->away && fgets(line, LINE_SIZE, file) != NULL) {
        size_t size = strlen(line);
        place.line++;
        if (size == LINE_SIZE - 1 && line[size - 1] != '\n') {
            struct errors errors = {.count = 0};
            errors_add(&errors, ERROR_TOO_LARGE, "", "%d", WIRE_REQUEST_MAX);
            skip_line(file);
            begin_line(submitting, &place);
            submit_report_refused(submitting->report, &place, MESSAGE_NONE, &errors);
        } else if (!take_line(submitting, line, size, &place)) {
            return false;
        }
    }
    return true;
}

static enum ending take_files(struct submitting *submitting, char *line)
{
    struct context *context = submitting->context;
    unsigned count = arguments_count(context->arguments);
    bool whole = true;
    for (unsigned i = 0; (i == 0 || i < count) && whole && !submitting->away; i++) {
        const char *path = i < count ? arguments_word(context->arguments, i) : "-";
        bool is_input = strcmp(path, "-") == 0;
        FILE *file = is_input ? context->in : fopen(path, "re");
        if (file == NULL) {
            say(context->err, CANNOT_READ, path, strerror(errno));
            submit_report_failed(submitting->report);
            continue;
        }
        whole = take_file(submitting, file, path, line);
        if (!is_input)
            fclose(file);
    }
    take_all(submitting);
    return whole ? END_OK : context_no_memory(context);
}

static enum ending submit_all(struct submitting *submitting, char *line)
{
    struct context *context = submitting->context;
    submitting->client = context_client(context);
    if (submitting->client == NULL)
        return END_AWAY;
    submitting->settings = (struct submit_settings){
        .territory = context->territory,
        .today = clock_day(clock_wall_ms()),
        .stable_ids = arguments_has(context->arguments, "stable-ids"),
        .resolve = resolve,
        .data = submitting,
    };
    enum ending ending = take_files(submitting, line);
    if (submitting->away)
        say(context->err, SUBMIT_AWAY);
    enum ending counted = submit_report_end(submitting->report);
    return submitting->away ? END_AWAY : ending != END_OK ? ending : counted;
}

static enum ending submit_run(struct context *context)
{
    struct submitting *submitting = calloc(1, sizeof *submitting);
    char *line = malloc(LINE_SIZE);
    enum ending ending = END_AWAY;
    if (submitting != NULL && line != NULL) {
        submitting->context = context;
        submitting->cache = reference_cache_create();
        submitting->arena = arena_create(LINE_ARENA);
        submitting->report =
            submit_report_create(context, arguments_has(context->arguments, "brief"));
    }
    if (submitting != NULL && line != NULL && submitting->cache != NULL &&
        submitting->arena != NULL && submitting->report != NULL)
        ending = submit_all(submitting, line);
    else
        context_no_memory(context);
    if (submitting != NULL) {
        submit_report_free(submitting->report);
        arena_free(submitting->arena);
        reference_cache_free(submitting->cache);
        for (unsigned i = 0; i < CLIENT_WINDOW_MAX; i++)
            free(submitting->pending[i].name);
    }
    free(submitting);
    free(line);
    return ending;
}
