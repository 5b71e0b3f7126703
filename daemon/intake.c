#include "daemon/intake.h"

#include "daemon/commit.h"
#include "daemon/peer.h"
#include "runtime/clock.h"
#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/zmq_watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

enum {
    PARKED_MAX = 1024,
    PARKED_BYTES_MAX = 4 << 20,
    PARKED_MS = 3000,
    EXPIRE_EVERY_MS = 100,
    DAY_MS = 24 * 3600 * 1000,
};

/* A request that came while the store was away. */
struct parked {
    STAILQ_ENTRY(parked) next;
    struct peer peer;
    int64_t deadline_ms;
    size_t size;
    uint8_t data[];
};

struct intake {
    struct daemon *daemon;
    void *socket;
    struct zmq_watch *watch;
    STAILQ_HEAD(parked_list, parked) parked;
    size_t parked_count, parked_bytes;
    struct event *expiry;
    size_t in_flight;
    bool paused;
    bool draining;
    struct prepared prepared; /* of the event at hand */
};

/* An event whose commit is on its way. */
struct pending {
    struct intake *intake;
    struct territory *territory;
    struct peer peer;
};

static size_t low_water(const struct intake *intake)
{
    return (size_t)intake->daemon->config->daemon_intake_queue * 3 / 4;
}

static void refuse(struct intake *intake, const struct peer *peer, enum reply_status status,
                   enum error_code code, const char *path, const char *expected)
{
    if (status == REPLY_RETRY)
        count(EVENTS_RETRY);
    else
        count(EVENTS_REJECTED);
    peer_refuse(intake->socket, peer, status, code, path, expected);
    zmq_watch_kick(intake->watch);
}

static void on_done(void *arg, const struct reply *reply)
{
    struct pending *pending = arg;
    struct intake *intake = pending->intake;
    struct reply copy = *reply;

    if (reply->status == REPLY_OK)
        count(EVENTS_OK);
    else if (reply->status == REPLY_RETRY)
        count(EVENTS_RETRY);
    else
        count(EVENTS_REJECTED);
    peer_reply(intake->socket, &pending->peer, &copy);
    zmq_watch_kick(intake->watch);
    pending->territory->under_way--;
    free(pending);
    intake->in_flight--;
    if (intake->paused && !intake->draining && intake->in_flight < low_water(intake)) {
        intake->paused = false;
        zmq_watch_resume(intake->watch);
    }
}

/* -- one request ------------------------------------------------------------------------------- */

static void reject(struct intake *intake, struct peer *peer, const struct message *message,
                   const struct errors *errors)
{
    struct reply reply = {.status = REPLY_REJECTED, .errors = errors};

    peer_name_request(peer, message->request.id);
    count(EVENTS_REJECTED);
    peer_reply(intake->socket, peer, &reply);
    zmq_watch_kick(intake->watch);
}

/* Makes room for the territory that territory.put names, so that events right behind it find it;
 * upkeep takes the name back if the store then knows of none. */
static struct territory *expect_territory(struct daemon *daemon, struct text name)
{
    struct territories *territories = daemon->territories;
    struct territory *territory = NULL;

    if (territories_count(territories) + territories_expected(territories) < TERRITORIES_MAX)
        territory = territories_expect(territories, name.data, name.size);
    if (territory != NULL) {
        const char *argv[] = {"SADD", "p:territories", territory->name};
        const size_t sizes[] = {4, 13, strlen(territory->name)};
        /* Ahead of the commit on the same link: what exists is listed, whatever fails. */
        store_commit(daemon->store, NULL, NULL, 3, argv, sizes);
    }
    return territory;
}

/* The territory of an event; ERROR_BUSY: there may be room for it in a moment. */
static enum error_code find_territory(struct daemon *daemon, const struct message *message,
                                      struct territory **territory)
{
    struct text name = message->request.territory;

    *territory = territories_find(daemon->territories, name.data, name.size);
    if (*territory != NULL)
        return ERROR_NONE;
    if (message->type != MESSAGE_TERRITORY_PUT)
        return ERROR_UNKNOWN_TERRITORY;
    if (territories_count(daemon->territories) == TERRITORIES_MAX)
        return ERROR_TOO_LARGE;
    *territory = expect_territory(daemon, name);
    return *territory != NULL ? ERROR_NONE : ERROR_BUSY;
}

/* An adoption needs both built files where this daemon can read them. */
static void check_files(struct daemon *daemon, const struct message *message, struct errors *errors)
{
    const struct adoption *adoption = message->body;
    char referential[REFERENTIAL_HASH_SIZE], communes[REFERENTIAL_HASH_SIZE];
    const char *reason = "";

    if (message->type != MESSAGE_REFERENTIAL_ADOPT)
        return;
    snprintf(referential, sizeof referential, "%.*s", (int)adoption->referential.size,
             adoption->referential.data);
    snprintf(communes, sizeof communes, "%.*s", (int)adoption->communes.size,
             adoption->communes.data);
    if (!territories_has_files(daemon->territories, referential, communes, &reason))
        errors_add(errors, ERROR_UNKNOWN_REFERENTIAL, "body", "%s", reason);
}

/* Commits an event; or refuses it for errors, if it has not been accepted before. */
static void submit(struct intake *intake, struct peer *peer, const struct message *message,
                   struct territory *territory, const struct errors *errors,
                   const struct errors *warnings)
{
    struct daemon *daemon = intake->daemon;
    struct pending *pending = malloc(sizeof *pending);

    peer_name_request(peer, message->request.id);
    if (pending != NULL) {
        *pending = (struct pending){intake, territory, *peer};
        if (errors->total > 0
                ? commit_recall(daemon, territory, "local", message, errors, on_done, pending)
                : commit_event(daemon, territory, "local", message, &intake->prepared, warnings,
                               on_done, pending)) {
            intake->in_flight++;
            territory->under_way++;
            return;
        }
        free(pending);
    }
    refuse(intake, peer, REPLY_RETRY, ERROR_BUSY, "", "the same request again");
}

static struct lookup lookup_of(struct daemon *daemon, const struct territory *territory)
{
    int64_t now = clock_wall_ms();

    return (struct lookup){
        .referential = territory->referential,
        .communes = territory->communes,
        /* A new territory has no day yet; without one every adult would pass for a minor. */
        .today = territory->day > 0 ? territory->day : clock_day(now),
        /* Tomorrow by UTC: nowhere is it later, whatever the client's zone and ours. */
        .last_day = (int32_t)(now / DAY_MS) + 1,
        .searches = &daemon->searches,
    };
}

static void take_in(struct intake *intake, struct peer *peer, const uint8_t *data, size_t size)
{
    struct daemon *daemon = intake->daemon;
    struct errors errors = {.count = 0}, warnings = {.count = 0};
    struct message message = {.type = MESSAGE_NONE};
    struct territory *territory;

    arena_reset(daemon->arena);
    if (!message_decode(data, size, daemon->arena, &message, &errors)) {
        reject(intake, peer, &message, &errors);
        return;
    }
    if (message.info->operation == OPERATION_NONE) {
        errors_add(&errors, ERROR_WRONG_SOCKET, "type", "an event; queries go to query.sock");
        reject(intake, peer, &message, &errors);
        return;
    }
    switch (find_territory(daemon, &message, &territory)) {
    case ERROR_NONE: {
        const struct lookup lookup = lookup_of(daemon, territory);
        check_files(daemon, &message, &errors);
        prepare_event(&message, &lookup, daemon->arena, &intake->prepared, &errors, &warnings);
        submit(intake, peer, &message, territory, &errors, &warnings);
        return;
    }
    case ERROR_BUSY:
        peer_name_request(peer, message.request.id);
        refuse(intake, peer, REPLY_RETRY, ERROR_BUSY, "territory", "the same request again");
        return;
    case ERROR_TOO_LARGE:
        errors_add(&errors, ERROR_TOO_LARGE, "territory",
                   "an existing territory: there is no room for another");
        break;
    default:
        errors_add(&errors, ERROR_UNKNOWN_TERRITORY, "territory", "an existing territory");
        break;
    }
    reject(intake, peer, &message, &errors);
}

/* -- while the store is away ------------------------------------------------------------------- */

/* Answers what is not taken in: the client knows its request by the id. */
static void turn_away(struct intake *intake, struct peer *peer, const uint8_t *data, size_t size,
                      enum error_code code)
{
    struct errors errors = {.count = 0};
    struct message message = {.type = MESSAGE_NONE};

    arena_reset(intake->daemon->arena);
    message_decode(data, size, intake->daemon->arena, &message, &errors);
    peer_name_request(peer, message.request.id);
    refuse(intake, peer, REPLY_RETRY, code, "", "the same request again");
}

static void park(struct intake *intake, struct peer *peer, const uint8_t *data, size_t size)
{
    struct parked *parked = NULL;

    if (intake->parked_count < PARKED_MAX && intake->parked_bytes + size <= PARKED_BYTES_MAX)
        parked = malloc(sizeof *parked + size);
    if (parked == NULL) {
        turn_away(intake, peer, data, size, ERROR_STORE_AWAY);
        return;
    }
    parked->peer = *peer;
    parked->deadline_ms = clock_monotonic_ms() + PARKED_MS;
    parked->size = size;
    memcpy(parked->data, data, size);
    STAILQ_INSERT_TAIL(&intake->parked, parked, next);
    intake->parked_count++;
    intake->parked_bytes += size;
    counters[COUNT_PARKED].value = (int64_t)intake->parked_count;
}

static struct parked *unpark(struct intake *intake)
{
    struct parked *parked = STAILQ_FIRST(&intake->parked);

    if (parked == NULL)
        return NULL;
    STAILQ_REMOVE_HEAD(&intake->parked, next);
    intake->parked_count--;
    intake->parked_bytes -= parked->size;
    counters[COUNT_PARKED].value = (int64_t)intake->parked_count;
    return parked;
}

static void on_expiry(evutil_socket_t fd, short what, void *arg)
{
    struct intake *intake = arg;
    int64_t now = clock_monotonic_ms();

    (void)fd, (void)what;
    for (;;) {
        struct parked *first = STAILQ_FIRST(&intake->parked);
        if (first == NULL || first->deadline_ms > now)
            break;
        unpark(intake);
        turn_away(intake, &first->peer, first->data, first->size, ERROR_STORE_AWAY);
        free(first);
    }
}

void intake_store_changed(struct intake *intake, bool up)
{
    struct parked *parked;

    while (up && (parked = unpark(intake)) != NULL) {
        take_in(intake, &parked->peer, parked->data, parked->size);
        free(parked);
    }
}

/* -- the socket -------------------------------------------------------------------------------- */

static enum zmq_watch_step on_readable(void *arg)
{
    struct intake *intake = arg;
    struct peer peer;
    zmq_msg_t frame;

    if (intake->draining ||
        intake->in_flight >= (size_t)intake->daemon->config->daemon_intake_queue) {
        intake->paused = true;
        return ZMQ_WATCH_PAUSE;
    }
    switch (peer_receive(intake->socket, &peer, &frame)) {
    case PEER_NOTHING:
        return ZMQ_WATCH_NONE;
    case PEER_BAD_FRAMES:
        refuse(intake, &peer, REPLY_REJECTED, ERROR_BAD_FRAMES, "",
               "one frame, or an empty one and one");
        break;
    case PEER_REQUEST:
        FAULT_POINT("request-received");
        if (store_up(intake->daemon->store))
            take_in(intake, &peer, zmq_msg_data(&frame), zmq_msg_size(&frame));
        else
            park(intake, &peer, zmq_msg_data(&frame), zmq_msg_size(&frame));
        zmq_msg_close(&frame);
        break;
    }
    return ZMQ_WATCH_TOOK;
}

static bool bind_socket(struct intake *intake)
{
    struct daemon *daemon = intake->daemon;
    const struct zmq_limits limits = {.message_bytes = WIRE_REQUEST_MAX,
                                      .queue = (int)daemon->config->daemon_client_queue};
    char address[300];

    intake->socket = zmq_socket_bounded(daemon->zmq, ZMQ_ROUTER, &limits);
    snprintf(address, sizeof address, "ipc://%s/intake.sock",
             daemon->config->daemon_runtime_directory);
    if (intake->socket == NULL || zmq_bind(intake->socket, address) != 0) {
        log_error("intake.bind_failed", LOG_TEXT("address", address),
                  LOG_TEXT("reason", zmq_strerror(zmq_errno())));
        return false;
    }
    return true;
}

struct intake *intake_create(struct daemon *daemon)
{
    static const struct timeval every = {0, EXPIRE_EVERY_MS * 1000};
    struct intake *intake = calloc(1, sizeof *intake);

    if (intake == NULL)
        return NULL;
    intake->daemon = daemon;
    STAILQ_INIT(&intake->parked);
    intake->expiry = event_new(daemon->base, -1, EV_PERSIST, on_expiry, intake);
    if (intake->expiry == NULL || event_add(intake->expiry, &every) != 0 || !bind_socket(intake)) {
        intake_free(intake);
        return NULL;
    }
    intake->watch = zmq_watch_create(daemon->base, intake->socket, on_readable, intake);
    if (intake->watch == NULL) {
        intake_free(intake);
        return NULL;
    }
    return intake;
}

bool intake_drain(struct intake *intake)
{
    struct parked *parked;

    intake->draining = true;
    while ((parked = unpark(intake)) != NULL) {
        turn_away(intake, &parked->peer, parked->data, parked->size, ERROR_STOPPING);
        free(parked);
    }
    return intake->in_flight == 0;
}

void intake_free(struct intake *intake)
{
    if (intake == NULL)
        return;
    intake_drain(intake);
    zmq_watch_free(intake->watch);
    if (intake->expiry != NULL)
        event_free(intake->expiry);
    if (intake->socket != NULL)
        zmq_close(intake->socket);
    free(intake);
}
