/* Sends events with a fixed number in flight and prints rate and latency as one line of JSON. With
 * --drain, goes on until every slot has taken all of them in. */
#include "bench/population.h"
#include "bench/talk.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

enum { REPLY_MAX = 512, RECORD_MEMORY = 1 << 20, LOOK_EVERY_NS = 2000000 };

struct options {
    const char *run, *territory, *catalogue;
    bool offers, drain;
    uint64_t seed, first, version, count, window;
    unsigned least, most;
};

/* All requests, packed before the clock starts: the generator shares the machine with what it
 * measures. */
struct requests {
    msgpack_sbuffer bytes;
    size_t *ends;
};

/* Replies are kept as they come and looked at afterwards. */
struct replies {
    uint8_t (*bytes)[REPLY_MAX];
    size_t *sizes;
    double *sent, *got;
};

static void *allocate(size_t count, size_t size)
{
    void *memory = malloc(count * size);

    if (memory == NULL)
        talk_die("out of memory");
    memset(memory, 0, count * size); /* touched now, not while measuring */
    return memory;
}

static void prepare(struct talk *talk, const struct options *options, struct requests *requests)
{
    struct population *population = population_create(options->catalogue, options->seed);
    struct arena *arena = arena_create(RECORD_MEMORY);

    if (population == NULL || arena == NULL)
        talk_die("no population");
    msgpack_sbuffer_init(&requests->bytes);
    requests->ends = allocate(options->count, sizeof *requests->ends);
    for (uint64_t i = 0; i < options->count; i++) {
        struct learner learner = {.has_bits = 0};
        struct offer offer = {.has_bits = 0};
        const struct invention invention = {options->first + i, options->version, options->least,
                                            options->most};
        arena_reset(arena);
        if (options->offers ? !population_offer(population, &invention, arena, &offer)
                            : !population_learner(population, &invention, arena, &learner))
            talk_die("out of memory");
        if (options->offers)
            talk_pack(talk, MESSAGE_OFFER_PUT, &offer, &requests->bytes);
        else
            talk_pack(talk, MESSAGE_LEARNER_PUT, &learner, &requests->bytes);
        requests->ends[i] = requests->bytes.size;
    }
    arena_free(arena);
    population_free(population);
}

static void send_request(void *socket, const struct requests *requests, uint64_t i)
{
    size_t start = i > 0 ? requests->ends[i - 1] : 0;

    if (zmq_send(socket, requests->bytes.data + start, requests->ends[i] - start, 0) < 0)
        talk_die("cannot send: %s", zmq_strerror(zmq_errno()));
}

static void run_load(void *socket, const struct options *options, const struct requests *requests,
                     struct replies *replies)
{
    uint64_t sent = 0, got = 0;

    while (got < options->count) {
        while (sent < options->count && sent - got < options->window) {
            replies->sent[sent] = talk_now();
            send_request(socket, requests, sent++);
        }
        do {
            bool idle = sent - got < options->window && sent < options->count;
            int size = zmq_recv(socket, replies->bytes[got], REPLY_MAX, idle ? ZMQ_DONTWAIT : 0);
            if (size < 0 && idle && zmq_errno() == EAGAIN)
                break;
            if (size < 0 || size > REPLY_MAX)
                talk_die("no answer to event %" PRIu64 ": %s", got, zmq_strerror(zmq_errno()));
            replies->sizes[got] = (size_t)size;
            replies->got[got++] = talk_now();
        } while (got < sent);
    }
}

/* Every reply must be ok; returns the highest revision. latencies[i] is that of the i-th reply:
 * replies may overtake one another. */
static int64_t check_replies(struct talk *talk, const struct options *options,
                             const struct replies *replies, double *latencies)
{
    int64_t last = 0;
    uint64_t request;

    for (uint64_t i = 0; i < options->count; i++) {
        int64_t revision = talk_revision(talk, replies->bytes[i], replies->sizes[i], &request);
        if (request >= options->count)
            talk_die("a reply to a request that was not sent");
        last = revision > last ? revision : last;
        latencies[i] = replies->got[i] - replies->sent[request];
    }
    return last;
}

static double wait_drained(struct talk *talk, int64_t revision)
{
    static const struct timespec pause = {0, LOOK_EVERY_NS};
    void *socket = talk_socket(talk, ZMQ_DEALER, "query.sock", 0, TALK_WAIT_MS);

    while (talk_cursor(talk, socket) < revision)
        nanosleep(&pause, NULL);
    double end = talk_now();
    zmq_close(socket);
    return end;
}

static void measure(const struct options *options)
{
    struct talk talk;
    struct requests requests;
    double *latencies = allocate(options->count, sizeof *latencies);
    struct replies replies = {
        allocate(options->count, REPLY_MAX), allocate(options->count, sizeof(size_t)),
        allocate(options->count, sizeof(double)), allocate(options->count, sizeof(double))};

    talk_open(&talk, options->run, options->territory);
    prepare(&talk, options, &requests);
    void *socket = talk_socket(&talk, ZMQ_DEALER, "intake.sock", 0, TALK_WAIT_MS);
    run_load(socket, options, &requests, &replies);
    double acknowledged = replies.got[options->count - 1] - replies.sent[0];
    int64_t last = check_replies(&talk, options, &replies, latencies);
    double drained = options->drain ? wait_drained(&talk, last) - replies.sent[0] : 0;
    talk_sort(latencies, options->count);
    printf("{\"events\":%" PRIu64 ",\"bytes\":%.0f,\"seconds\":%.6f,\"rate\":%.1f,\"p50_us\":%.1f,"
           "\"p99_us\":%.1f,\"max_us\":%.1f,\"last\":%" PRId64 ",\"drained_seconds\":%.6f}\n",
           options->count, (double)requests.bytes.size / (double)options->count, acknowledged,
           (double)options->count / acknowledged,
           talk_quantile(latencies, options->count, 0.5) * 1e6,
           talk_quantile(latencies, options->count, 0.99) * 1e6,
           talk_quantile(latencies, options->count, 1) * 1e6, last, drained);
    zmq_close(socket);
    talk_close(&talk);
    msgpack_sbuffer_destroy(&requests.bytes);
    free(requests.ends);
    free(replies.bytes);
    free(replies.sizes);
    free(replies.sent);
    free(replies.got);
    free(latencies);
}

static _Noreturn void usage(void)
{
    talk_die("usage: bench_events --run DIR --catalogue DIR --count N [--territory NAME]\n"
             "         [--kind learner|offer] [--first N] [--version N] [--window N]\n"
             "         [--least N] [--most N] [--seed N] [--drain]");
}

int main(int argc, char **argv)
{
    static const struct option known[] = {{"run", required_argument, NULL, 'r'},
                                          {"catalogue", required_argument, NULL, 'c'},
                                          {"count", required_argument, NULL, 'n'},
                                          {"territory", required_argument, NULL, 't'},
                                          {"kind", required_argument, NULL, 'k'},
                                          {"first", required_argument, NULL, 'f'},
                                          {"version", required_argument, NULL, 'v'},
                                          {"window", required_argument, NULL, 'w'},
                                          {"least", required_argument, NULL, 'l'},
                                          {"most", required_argument, NULL, 'm'},
                                          {"seed", required_argument, NULL, 's'},
                                          {"drain", no_argument, NULL, 'd'},
                                          {NULL, 0, NULL, 0}};
    struct options options = {
        .territory = "default", .seed = 1, .first = 1, .window = 64, .least = 10, .most = 30};
    int option;

    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        uint64_t number = optarg != NULL ? strtoull(optarg, NULL, 10) : 0;
        switch (option) {
        case 'r':
            options.run = optarg;
            break;
        case 'c':
            options.catalogue = optarg;
            break;
        case 't':
            options.territory = optarg;
            break;
        case 'k':
            options.offers = strcmp(optarg, "offer") == 0;
            break;
        case 'n':
            options.count = number;
            break;
        case 'f':
            options.first = number;
            break;
        case 'v':
            options.version = number;
            break;
        case 'w':
            options.window = number;
            break;
        case 'l':
            options.least = (unsigned)number;
            break;
        case 'm':
            options.most = (unsigned)number;
            break;
        case 's':
            options.seed = number;
            break;
        case 'd':
            options.drain = true;
            break;
        default:
            usage();
        }
    }
    if (options.run == NULL || options.catalogue == NULL || options.count == 0 ||
        options.window == 0 || options.least > options.most || options.most > 60)
        usage();
    measure(&options);
    return EXIT_SUCCESS;
}
