#include "workers/match/tenure_parts.h"

#include "runtime/log.h"

#include <stdlib.h>
#include <string.h>

enum { MEMORY = 4 << 20, WORDS_MAX = 32 };

/* -- ids --------------------------------------------------------------------------------------- */

bool wanted_add(struct wanted *wanted, uint64_t id)
{
    if (wanted->count == wanted->capacity) {
        size_t capacity = wanted->capacity > 0 ? wanted->capacity * 2 : 256;
        uint64_t *bigger = realloc(wanted->ids, capacity * sizeof *bigger);
        if (bigger == NULL)
            return false;
        wanted->ids = bigger;
        wanted->capacity = capacity;
    }
    wanted->ids[wanted->count++] = id;
    return true;
}

static int id_compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

void wanted_sort(struct wanted *wanted)
{
    size_t kept = 0;

    if (wanted->count > 0)
        qsort(wanted->ids, wanted->count, sizeof *wanted->ids, id_compare);
    for (size_t i = 0; i < wanted->count; i++)
        if (kept == 0 || wanted->ids[kept - 1] != wanted->ids[i])
            wanted->ids[kept++] = wanted->ids[i];
    wanted->count = kept;
    wanted->taken = 0;
}

void wanted_clear(struct wanted *wanted)
{
    wanted->count = wanted->taken = 0;
}

void wanted_free(struct wanted *wanted)
{
    free(wanted->ids);
    *wanted = (struct wanted){.ids = NULL};
}

/* -- the chain --------------------------------------------------------------------------------- */

/* Ends from a turn of its own: the caller may still be in the middle of the tenure. */
void tenure_end(struct tenure *tenure, const char *reason)
{
    if (tenure->over != NULL)
        return;
    tenure->over = reason;
    event_active(tenure->ending, EV_TIMEOUT, 1);
}

void tenure_excuse(struct tenure *tenure, const char *reason)
{
    tenure->excused = tenure->excused || tenure->over == NULL;
    tenure_end(tenure, reason);
}

static void on_ending(evutil_socket_t fd, short what, void *arg)
{
    struct tenure *tenure = arg;

    (void)fd, (void)what;
    tenure->options.on_over(tenure->options.arg, tenure, tenure->over);
}

static void on_turn(evutil_socket_t fd, short what, void *arg)
{
    struct tenure *tenure = arg;

    (void)fd, (void)what;
    if (tenure->over == NULL)
        tenure->on_turn(tenure);
}

void tenure_continue(struct tenure *tenure, void (*on_next)(struct tenure *tenure))
{
    /* A timer of no time, unlike an activated event, lets the others have their turn first. */
    static const struct timeval now = {0, 0};

    tenure->on_turn = on_next;
    if (event_add(tenure->turn, &now) != 0)
        tenure_end(tenure, "out of memory");
}

static void cut_off(struct tenure *tenure)
{
    tenure_excuse(tenure, "the store went away");
}

static void on_reply(void *arg, const redisReply *reply)
{
    struct tenure *tenure = arg;
    tenure_step_fn *next = tenure->next;

    if (tenure->over != NULL)
        return;
    if (redis_reply_is_unavailable(reply)) {
        cut_off(tenure);
        return;
    }
    if (reply->type == REDIS_REPLY_ERROR) {
        log_error("match.command_failed", LOG_TEXT("territory", tenure->lease.key),
                  LOG_INT("slot", tenure->lease.slot), LOG_TEXT("answer", reply->str));
        tenure_end(tenure, "the store refused a command");
        return;
    }
    next(tenure, reply);
}

void tenure_send(struct tenure *tenure, tenure_step_fn *next, int argc, const char *const *argv,
                 const size_t *sizes)
{
    if (tenure->over != NULL)
        return;
    tenure->next = next;
    if (!redis_link_send(tenure->link, on_reply, tenure, argc, argv, sizes))
        tenure_end(tenure, "the store takes no more");
}

void tenure_send_words(struct tenure *tenure, tenure_step_fn *next, int argc,
                       const char *const *words)
{
    const char *argv[WORDS_MAX];
    size_t sizes[WORDS_MAX];
    char keys[WORDS_MAX][TENURE_KEY_SIZE + 24];

    for (int i = 0; i < argc && i < WORDS_MAX; i++) {
        argv[i] = words[i];
        if (words[i][0] == ':') {
            snprintf(keys[i], sizeof keys[i], "%s%s", tenure->lease.key, words[i]);
            argv[i] = keys[i];
        }
        sizes[i] = strlen(argv[i]);
    }
    tenure_send(tenure, next, argc, argv, sizes);
}

/* -- life -------------------------------------------------------------------------------------- */

static void on_link(void *arg, bool up, const char *reason)
{
    struct tenure *tenure = arg;

    (void)reason;
    if (up && !tenure->started) {
        tenure->started = true;
        tenure_load(tenure);
    } else if (!up) {
        cut_off(tenure);
    }
}

struct tenure *tenure_create(const struct tenure_options *options, const struct lease *lease)
{
    struct tenure *tenure = calloc(1, sizeof *tenure);

    if (tenure == NULL)
        return NULL;
    tenure->options = *options;
    tenure->lease = *lease;
    tenure->cursor = strtoll(lease->cursor, NULL, 10);
    tenure->board = board_create(lease->referential);
    tenure->roster = roster_create();
    tenure->attachments = attachments_create();
    tenure->arena = arena_create(MEMORY);
    tenure->ending = event_new(options->base, -1, 0, on_ending, tenure);
    tenure->turn = event_new(options->base, -1, 0, on_turn, tenure);
    tenure->link = redis_link_create(options->base, options->link, on_link, tenure);
    if (tenure->board == NULL || tenure->roster == NULL || tenure->attachments == NULL ||
        tenure->arena == NULL || tenure->ending == NULL || tenure->turn == NULL ||
        tenure->link == NULL) {
        tenure_free(tenure);
        return NULL;
    }
    return tenure;
}

void tenure_free(struct tenure *tenure)
{
    if (tenure == NULL)
        return;
    if (tenure->over == NULL)
        tenure->over = "freed";
    redis_link_free(tenure->link);
    if (tenure->ending != NULL)
        event_free(tenure->ending);
    if (tenure->turn != NULL)
        event_free(tenure->turn);
    board_free(tenure->board);
    roster_free(tenure->roster);
    attachments_free(tenure->attachments);
    arena_free(tenure->arena);
    wanted_free(&tenure->wanted);
    wanted_free(&tenure->changed);
    wanted_free(&tenure->suspects);
    wanted_free(&tenure->quarantine);
    free(tenure->quarantine_revisions);
    free(tenure);
}

const struct lease *tenure_lease(const struct tenure *tenure)
{
    return &tenure->lease;
}

bool tenure_following(const struct tenure *tenure)
{
    return tenure->following;
}

bool tenure_excused(const struct tenure *tenure)
{
    return tenure->excused;
}
