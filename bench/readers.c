/* Clients that read slowly, never, or go away before their answer comes, on all three sockets,
 * until SIGTERM. What they leave unread must not fill the daemon's memory. */
#include "bench/population.h"
#include "bench/talk.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

enum {
    QUEUE = 4,          /* what a reader takes off the daemon's hands without reading */
    ABSENT = 8,         /* clients of each kind that come and go every turn */
    ASKED_AT_ONCE = 32, /* by each of them */
    TURN_NS = 100000000,
    SLOW_EVERY = 10, /* turns: the slow ones read one message a second */
    ROUND = 5000,    /* records whose news are sent again and again */
    RECORD_MEMORY = 1 << 20,
};

static volatile sig_atomic_t stopped;

static void on_signal(int signal)
{
    (void)signal;
    stopped = 1;
}

enum way { WAY_INTAKE, WAY_QUERY, WAY_FEED, WAY_COUNT };
static const char *const way_names[WAY_COUNT] = {"intake.sock", "query.sock", "feed.sock"};

struct readers {
    struct talk talk;
    struct population *population;
    struct arena *arena;
    uint64_t sent;
    void *never[WAY_COUNT], *slow[WAY_COUNT];
};

static void *open_way(struct readers *readers, enum way way)
{
    void *socket = talk_socket(&readers->talk, way == WAY_FEED ? ZMQ_SUB : ZMQ_DEALER,
                               way_names[way], QUEUE, 0);

    if (way == WAY_FEED)
        zmq_setsockopt(socket, ZMQ_SUBSCRIBE, readers->talk.territory,
                       strlen(readers->talk.territory));
    return socket;
}

/* A query with a long answer, or news of a record. */
static void pack_next(struct readers *readers, enum way way, msgpack_sbuffer *buffer)
{
    struct page page = {.has_bits = 0};
    struct learner learner = {.has_bits = 0};
    const struct invention invention = {readers->sent % ROUND + 1, 1000 + readers->sent / ROUND, 10,
                                        30};

    if (way == WAY_QUERY) {
        page.has.kind = page.has.limit = true;
        page.kind = KIND_LEARNER;
        page.limit = 500;
        talk_pack(&readers->talk, MESSAGE_RECORD_LIST, &page, buffer);
        return;
    }
    arena_reset(readers->arena);
    if (!population_learner(readers->population, &invention, readers->arena, &learner))
        talk_die("out of memory");
    readers->sent++;
    talk_pack(&readers->talk, MESSAGE_LEARNER_PUT, &learner, buffer);
}

/* Sends as much as the daemon takes, at most `most` requests. */
static void ask(struct readers *readers, void *socket, enum way way, unsigned most)
{
    bool taken = way != WAY_FEED;

    for (unsigned i = 0; i < most && taken; i++) {
        msgpack_sbuffer buffer;
        msgpack_sbuffer_init(&buffer);
        pack_next(readers, way, &buffer);
        taken = zmq_send(socket, buffer.data, buffer.size, ZMQ_DONTWAIT) >= 0;
        msgpack_sbuffer_destroy(&buffer);
    }
}

static void read_one(void *socket)
{
    zmq_msg_t frame;
    bool more = true;

    while (more) {
        zmq_msg_init(&frame);
        more = zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) >= 0 && zmq_msg_more(&frame);
        zmq_msg_close(&frame);
    }
}

static void turn(struct readers *readers, unsigned number)
{
    void *absent[WAY_COUNT][ABSENT];
    static const struct timespec pause = {0, TURN_NS};

    for (enum way way = 0; way < WAY_COUNT; way++) {
        ask(readers, readers->never[way], way, ASKED_AT_ONCE);
        ask(readers, readers->slow[way], way, ASKED_AT_ONCE);
        if (number % SLOW_EVERY == 0)
            read_one(readers->slow[way]);
        for (unsigned i = 0; i < ABSENT; i++) {
            absent[way][i] = open_way(readers, way);
            ask(readers, absent[way][i], way, ASKED_AT_ONCE);
        }
    }
    nanosleep(&pause, NULL);
    for (enum way way = 0; way < WAY_COUNT; way++)
        for (unsigned i = 0; i < ABSENT; i++)
            zmq_close(absent[way][i]);
}

int main(int argc, char **argv)
{
    static const struct option known[] = {{"run", required_argument, NULL, 'r'},
                                          {"catalogue", required_argument, NULL, 'c'},
                                          {"territory", required_argument, NULL, 't'},
                                          {NULL, 0, NULL, 0}};
    const char *run = NULL, *catalogue = NULL, *territory = "default";
    struct readers readers = {.sent = 0};
    int option;

    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (option == 'r')
            run = optarg;
        else if (option == 'c')
            catalogue = optarg;
        else if (option == 't')
            territory = optarg;
    }
    if (run == NULL || catalogue == NULL)
        talk_die("usage: bench_readers --run DIR --catalogue DIR [--territory NAME]");
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);
    talk_open(&readers.talk, run, territory);
    readers.population = population_create(catalogue, 1);
    readers.arena = arena_create(RECORD_MEMORY);
    if (readers.population == NULL || readers.arena == NULL)
        talk_die("no population");
    for (enum way way = 0; way < WAY_COUNT; way++) {
        readers.never[way] = open_way(&readers, way);
        readers.slow[way] = open_way(&readers, way);
    }
    for (unsigned number = 0; !stopped; number++)
        turn(&readers, number);
    for (enum way way = 0; way < WAY_COUNT; way++) {
        zmq_close(readers.never[way]);
        zmq_close(readers.slow[way]);
    }
    talk_close(&readers.talk);
    arena_free(readers.arena);
    population_free(readers.population);
    return EXIT_SUCCESS;
}
