/* Measures how long after its acknowledgement an event's lists are committed and on the feed, on an
 * otherwise idle system: new learners and new offers in turn, then the closing of popular offers.
 * Prints one line of JSON. */
#include "bench/population.h"
#include "bench/talk.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum {
    RECORD_MEMORY = 1 << 20,
    FEED_MAX = 64 * 1024,
    QUIET_MS = 50, /* the feed is silent for so long: nothing more comes */
    SAMPLE = 2000, /* learners asked for their matches, to find popular offers */
    OFFERS_MAX = 4096,
    CLOSINGS = 100,
    CLAIMS_LEAST = 10,
    CLAIMS_MOST = 30,
    NEEDS_LEAST = 8,
    NEEDS_MOST = 20,
};

struct bench {
    struct talk talk;
    struct population *population;
    struct arena *arena;
    void *intake, *query, *feed;
    struct arena *feed_arena;
};

/* Seconds, one for each event whose lists changed. */
struct times {
    double *values;
    size_t count, silent;
};

/* Reads one feed message within wait_ms; false when none came. *cursor is that of a message about
 * lists, -1 for any other. */
static bool feed_next(struct bench *bench, int wait_ms, int64_t *cursor)
{
    static char data[FEED_MAX];
    struct errors errors = {.count = 0};

    zmq_setsockopt(bench->feed, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms);
    if (zmq_recv(bench->feed, data, sizeof data, 0) < 0)
        return false;
    int size = zmq_recv(bench->feed, data, sizeof data, 0);
    arena_reset(bench->feed_arena);
    const msgpack_object *tree =
        size > 0 && size <= FEED_MAX
            ? wire_unpack((uint8_t *)data, (size_t)size, bench->feed_arena, &errors)
            : NULL;
    if (tree == NULL)
        talk_die("a feed message that is none");
    *cursor = talk_value(tree, "ids") != NULL ? talk_number(tree, "cursor") : -1;
    return true;
}

/* Sends one event and follows the feed until all slots have taken it in and nothing more comes. The
 * time of an event is that of the last message it caused. */
static void measure_event(struct bench *bench, enum message_type type, const void *body,
                          struct times *times)
{
    int64_t revision = talk_number(talk_ask(&bench->talk, bench->intake, type, body), "revision");
    double acknowledged = talk_now(), last = 0;
    int64_t cursor;

    for (;;) {
        while (feed_next(bench, QUIET_MS, &cursor))
            if (cursor >= revision)
                last = talk_now();
        if (talk_cursor(&bench->talk, bench->query) >= revision)
            break;
    }
    if (last > 0)
        times->values[times->count++] = last > acknowledged ? last - acknowledged : 0;
    else
        times->silent++;
}

static void measure_new(struct bench *bench, uint64_t first, uint64_t count, struct times *learners,
                        struct times *offers)
{
    for (uint64_t i = 0; i < count; i++) {
        struct learner learner = {.has_bits = 0};
        struct offer offer = {.has_bits = 0};
        struct invention invention = {first + i, 0, CLAIMS_LEAST, CLAIMS_MOST};
        arena_reset(bench->arena);
        bool made = population_learner(bench->population, &invention, bench->arena, &learner);
        invention.least = NEEDS_LEAST;
        invention.most = NEEDS_MOST;
        if (!made || !population_offer(bench->population, &invention, bench->arena, &offer))
            talk_die("out of memory");
        measure_event(bench, MESSAGE_LEARNER_PUT, &learner, learners);
        measure_event(bench, MESSAGE_OFFER_PUT, &offer, offers);
    }
}

/* -- popular offers
 * -------------------------------------------------------------------------------------- */

struct tally {
    uint64_t ids[OFFERS_MAX];
    unsigned counts[OFFERS_MAX];
    unsigned used;
};

static void tally_add(struct tally *tally, uint64_t id)
{
    unsigned i = 0;

    while (i < tally->used && tally->ids[i] != id)
        i++;
    if (i == OFFERS_MAX)
        return;
    if (i == tally->used)
        tally->ids[tally->used++] = id;
    tally->counts[i]++;
}

static void count_matches(struct bench *bench, uint64_t learner, struct tally *tally)
{
    struct matches_of body = {.has_bits = 0};
    uint64_t id;

    body.has.id = true;
    body.id = learner;
    const msgpack_object *matches =
        talk_value(talk_ask(&bench->talk, bench->query, MESSAGE_MATCHES, &body), "matches");
    for (uint32_t i = 0; matches != NULL && i < matches->via.array.size; i++) {
        const msgpack_object *offer = talk_value(&matches->via.array.ptr[i], "id");
        if (offer != NULL && offer->type == MSGPACK_OBJECT_STR &&
            id_parse(offer->via.str.ptr, offer->via.str.size, &id))
            tally_add(tally, id);
    }
}

/* Ids of learners, from the beginning of the list. */
static unsigned list_learners(struct bench *bench, uint64_t *ids, unsigned most)
{
    unsigned count = 0;
    struct page body = {.has_bits = 0};

    body.has.kind = body.has.limit = true;
    body.kind = KIND_LEARNER;
    body.limit = 100;
    for (;;) {
        const msgpack_object *reply =
            talk_ask(&bench->talk, bench->query, MESSAGE_RECORD_LIST, &body);
        const msgpack_object *records = talk_value(reply, "records");
        for (uint32_t i = 0; records != NULL && i < records->via.array.size && count < most; i++) {
            const msgpack_object *id = talk_value(&records->via.array.ptr[i], "id");
            if (id != NULL && id_parse(id->via.str.ptr, id->via.str.size, &ids[count]))
                count++;
        }
        if (count == most || talk_value(reply, "next") == NULL)
            return count;
        body.has.after = true;
        body.after = talk_number(reply, "next");
    }
}

static uint64_t take_most_popular(struct tally *tally)
{
    unsigned best = 0;

    for (unsigned i = 1; i < tally->used; i++)
        if (tally->counts[i] > tally->counts[best])
            best = i;
    tally->counts[best] = 0;
    return tally->ids[best];
}

static void measure_closing(struct bench *bench, struct times *times)
{
    static struct tally tally;
    static uint64_t ids[SAMPLE];
    unsigned count = list_learners(bench, ids, SAMPLE);

    for (unsigned i = 0; i < count; i++)
        count_matches(bench, ids[i], &tally);
    for (unsigned i = 0; i < CLOSINGS && i < tally.used; i++) {
        struct target body = {.has_bits = 0};
        body.has.id = true;
        body.id = take_most_popular(&tally);
        measure_event(bench, MESSAGE_OFFER_CLOSE, &body, times);
    }
}

/* -- the program
 * ----------------------------------------------------------------------------------------- */

static struct times times_for(uint64_t count)
{
    struct times times = {.values = calloc(count, sizeof(double))};

    if (times.values == NULL)
        talk_die("out of memory");
    return times;
}

static void times_print(const char *name, struct times *times)
{
    talk_sort(times->values, times->count);
    printf("\"%s\":{\"events\":%zu,\"silent\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}",
           name, times->count, times->silent, talk_quantile(times->values, times->count, 0.5) * 1e3,
           talk_quantile(times->values, times->count, 0.99) * 1e3,
           talk_quantile(times->values, times->count, 1) * 1e3);
}

/* Both kinds together: the bar is for new learners and new offers in turn. */
static struct times times_join(const struct times *left, const struct times *right)
{
    struct times both = times_for(left->count + right->count + 1);

    memcpy(both.values, left->values, left->count * sizeof(double));
    memcpy(both.values + left->count, right->values, right->count * sizeof(double));
    both.count = left->count + right->count;
    both.silent = left->silent + right->silent;
    return both;
}

static void measure(struct bench *bench, uint64_t first, uint64_t count)
{
    struct times learners = times_for(count), offers = times_for(count);
    struct times closings = times_for(CLOSINGS);
    int64_t cursor;

    /* Until the subscription holds. */
    while (feed_next(bench, 10 * QUIET_MS, &cursor))
        continue;
    measure_new(bench, first, count, &learners, &offers);
    measure_closing(bench, &closings);
    struct times both = times_join(&learners, &offers);
    printf("{");
    times_print("new", &both);
    printf(",");
    times_print("new_learner", &learners);
    printf(",");
    times_print("new_offer", &offers);
    printf(",");
    times_print("closed_offer", &closings);
    printf("}\n");
    free(both.values);
    free(learners.values);
    free(offers.values);
    free(closings.values);
}

static _Noreturn void usage(void)
{
    talk_die("usage: bench_freshness --run DIR --catalogue DIR --first N --count N"
             " [--territory NAME] [--seed N]");
}

int main(int argc, char **argv)
{
    static const struct option known[] = {{"run", required_argument, NULL, 'r'},
                                          {"catalogue", required_argument, NULL, 'c'},
                                          {"count", required_argument, NULL, 'n'},
                                          {"first", required_argument, NULL, 'f'},
                                          {"territory", required_argument, NULL, 't'},
                                          {"seed", required_argument, NULL, 's'},
                                          {NULL, 0, NULL, 0}};
    const char *run = NULL, *catalogue = NULL, *territory = "default";
    uint64_t first = 0, count = 0, seed = 1;
    struct bench bench;
    int option;

    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        uint64_t number = optarg != NULL ? strtoull(optarg, NULL, 10) : 0;
        switch (option) {
        case 'r':
            run = optarg;
            break;
        case 'c':
            catalogue = optarg;
            break;
        case 't':
            territory = optarg;
            break;
        case 'n':
            count = number;
            break;
        case 'f':
            first = number;
            break;
        case 's':
            seed = number;
            break;
        default:
            usage();
        }
    }
    if (run == NULL || catalogue == NULL || count == 0)
        usage();
    talk_open(&bench.talk, run, territory);
    bench.population = population_create(catalogue, seed);
    bench.arena = arena_create(RECORD_MEMORY);
    bench.feed_arena = arena_create(RECORD_MEMORY);
    if (bench.population == NULL || bench.arena == NULL || bench.feed_arena == NULL)
        talk_die("no population");
    bench.intake = talk_socket(&bench.talk, ZMQ_DEALER, "intake.sock", 0, TALK_WAIT_MS);
    bench.query = talk_socket(&bench.talk, ZMQ_DEALER, "query.sock", 0, TALK_WAIT_MS);
    bench.feed = talk_socket(&bench.talk, ZMQ_SUB, "feed.sock", 0, TALK_WAIT_MS);
    zmq_setsockopt(bench.feed, ZMQ_SUBSCRIBE, territory, strlen(territory));
    measure(&bench, first, count);
    zmq_close(bench.intake);
    zmq_close(bench.query);
    zmq_close(bench.feed);
    arena_free(bench.arena);
    arena_free(bench.feed_arena);
    population_free(bench.population);
    talk_close(&bench.talk);
    return EXIT_SUCCESS;
}
