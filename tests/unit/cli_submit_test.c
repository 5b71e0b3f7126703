/* Bulk loading: from lines to requests, references between lines, and what is reported. */
#include "cli/program.h"
#include "cli/reference_cache.h"
#include "cli/submit_line.h"
#include "cli_fake_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* -- one line ---------------------------------------------------------------------------------- */

static struct arena *arena;
static struct submission submission;
static struct errors errors;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return arena != NULL ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Knows one cohort, and one offer. */
static bool resolve_some(void *data, uint8_t kind, const char *name, uint64_t *id)
{
    (void)data;
    *id = strcmp(name, "demo:web") == 0 && kind == KIND_COHORT   ? id_make('C', 5)
          : strcmp(name, "demo:shop") == 0 && kind == KIND_OFFER ? id_make('O', 6)
                                                                 : 0;
    return *id != 0;
}

/* The request as JSON; NULL after errors. Malloc'ed. */
static char *read_line(const char *line, bool stable)
{
    struct submit_settings settings = {.territory = "demo",
                                       .today = 20779, /* 2026-11-22 */
                                       .stable_ids = stable,
                                       .resolve = resolve_some};
    errors = (struct errors){.count = 0};
    if (!submit_line_read(line, strlen(line), &settings, arena, &submission, &errors))
        return NULL;
    struct errors wrong = {.count = 0};
    return wire_to_json(wire_unpack(submission.bytes, submission.size, arena, &wrong), false);
}

static void a_line_becomes_a_request(void **state)
{
    (void)state;
    char *json = read_line("{\"type\":\"learner.put\",\"id\":\"x1\",\"body\":{\"source\":\"demo\","
                           "\"reference\":\"lea\",\"cohort\":\"@demo:web\"}}\n",
                           false);
    assert_non_null(json);
    assert_string_equal(json,
                        "{\"type\":\"learner.put\",\"id\":\"x1\",\"body\":{\"source\":\"demo\","
                        "\"reference\":\"lea\",\"cohort\":\"C5\"},\"v\":1,\"territory\":"
                        "\"demo\",\"occurred_on\":\"2026-11-22\"}");
    assert_string_equal(submission.name, "demo:lea");
    free(json);
}

static void what_a_line_says_is_kept(void **state)
{
    (void)state;
    char *json = read_line("{\"type\":\"offer.close\",\"territory\":\"north\",\"occurred_on\":"
                           "\"2026-01-02\",\"if_revision\":3,\"lenient\":true,\"body\":"
                           "{\"id\":\"@demo:shop\"}}",
                           true);
    assert_non_null(json);
    assert_non_null(strstr(json, "\"territory\":\"north\",\"occurred_on\":\"2026-01-02\","
                                 "\"if_revision\":3,\"lenient\":true,\"body\":{\"id\":\"O6\"}"));
    assert_null(submission.name);
    free(json);
}

static void stable_ids_follow_the_content(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"type\":\"offer.close\",\"body\":{\"id\":\"O1\"}}",
        "  {\"body\":{\"id\":\"O1\"}, \"type\":\"offer.close\"}",
        "{\"type\":\"offer.close\",\"body\":{\"id\":\"O2\"}}",
        "{\"type\":\"offer.close\",\"territory\":\"north\",\"body\":{\"id\":\"O1\"}}",
    };
    char ids[4][33];
    for (int i = 0; i < 4; i++) {
        free(read_line(lines[i], true));
        assert_int_equal(submission.id.size, 32);
        snprintf(ids[i], sizeof ids[i], "%.32s", submission.id.data);
    }
    assert_string_equal(ids[0], ids[1]);
    assert_string_not_equal(ids[0], ids[2]);
    assert_string_not_equal(ids[0], ids[3]);
    free(read_line(lines[0], false));
    assert_memory_not_equal(ids[0], submission.id.data, 32);
}

static void a_line_that_makes_no_request_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum error_code code;
        const char *path;
    } cases[] = {
        {"{\"type\":", ERROR_NOT_JSON, ""},
        {"[1]", ERROR_NOT_JSON, ""},
        {"{\"a\":1,\"a\":2}", ERROR_NOT_JSON, ""},
        {"{\"body\":{}}", ERROR_MISSING_FIELD, "type"},
        {"{\"type\":5,\"body\":{}}", ERROR_MISSING_FIELD, "type"},
        {"{\"type\":\"offer.burn\",\"body\":{}}", ERROR_UNKNOWN_TYPE, "type"},
        {"{\"type\":\"record.get\",\"body\":{}}", ERROR_UNKNOWN_TYPE, "type"},
        {"{\"type\":\"offer.close\",\"id\":\"\",\"body\":{}}", ERROR_OUT_OF_BOUNDS, "id"},
        {"{\"type\":\"offer.close\",\"id\":"
         "\"00000000000000000000000000000000000000000000000000000000"
         "000000000\",\"body\":{}}",
         ERROR_OUT_OF_BOUNDS, "id"},
        {"{\"type\":\"offer.close\",\"id\":7,\"body\":{}}", ERROR_WRONG_TYPE, "id"},
        {"{\"type\":\"learner.put\",\"body\":{\"cohort\":\"@demo:shop\"}}", ERROR_UNKNOWN_REFERENCE,
         "body.cohort"},
        {"{\"type\":\"offer.close\",\"body\":{\"id\":1.5}}", ERROR_NONE, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *json = read_line(cases[i].line, true);
        assert_null(json);
        assert_true(errors.count > 0);
        if (cases[i].path == NULL)
            continue;
        assert_int_equal(errors.item[0].code, cases[i].code);
        assert_string_equal(errors.item[0].path, cases[i].path);
    }
}

static void the_cache_forgets_rather_than_grow(void **state)
{
    (void)state;
    struct reference_cache *cache = reference_cache_create();
    char name[32];
    assert_non_null(cache);
    for (unsigned i = 1; i <= 300000; i++) {
        int size = snprintf(name, sizeof name, "demo:%u", i);
        reference_cache_put(cache, KIND_OFFER, name, (size_t)size, i);
        assert_int_equal(reference_cache_find(cache, KIND_OFFER, name, (size_t)size), i);
    }
    assert_int_equal(reference_cache_find(cache, KIND_LEARNER, name, strlen(name)), 0);
    assert_int_equal(reference_cache_find(cache, KIND_OFFER, "demo:1", 6), 0);
    reference_cache_put(cache, KIND_OFFER, "demo:2", 6, 9);
    reference_cache_put(cache, KIND_OFFER, "demo:2", 6, 10);
    assert_int_equal(reference_cache_find(cache, KIND_OFFER, "demo:2", 6), 10);
    reference_cache_free(cache);
}

/* -- whole files ------------------------------------------------------------------------------- */

static struct fake_server server;
static char *out_text, *err_text;

static int setup(void **state)
{
    (void)state;
    memset(&server, 0, sizeof server);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(out_text);
    free(err_text);
    out_text = err_text = NULL;
    fake_remove(&server);
    return 0;
}

static enum ending submit(const char *input, const char *const *options)
{
    char program[] = "passerelle", english[] = "--lang=en", place[] = "--state", word[] = "submit";
    char *argv[16] = {program, english, place, server.directory, word};
    int argc = 5;
    for (; options[argc - 5] != NULL && argc < 16; argc++)
        argv[argc] = strdup(options[argc - 5]);
    size_t out_size, err_size;
    free(out_text);
    free(err_text);
    FILE *in = fmemopen((void *)(uintptr_t)input, strlen(input), "r");
    FILE *out = open_memstream(&out_text, &out_size);
    FILE *err = open_memstream(&err_text, &err_size);
    enum ending ending = program_run(argc, argv, in, out, err);
    fclose(in);
    fclose(out);
    fclose(err);
    for (int i = 5; i < argc; i++)
        free(argv[i]);
    return ending;
}

static const char *const no_options[] = {NULL};

/* Numbers what it stores; knows the offer demo:old only, as O900. Refuses what has no source. */
static void store(const struct fake_request *request)
{
    struct text type = tree_text(request->tree, "type");
    const struct message_info *info = message_info(message_of_name(type.data, type.size));
    if (fake_is(request, "record.get")) {
        bool known = text_is(tree_text(request->tree, "body.reference"), "old");
        fake_reply_json(request,
                        known ? "\"records\":[{\"id\":\"E900\",\"record\":{}}]" : "\"records\":[]");
        return;
    }
    static const struct errors missing = {
        .item = {{ERROR_MISSING_FIELD, "body.source", "text"}}, .count = 1, .total = 1};
    struct reply reply = {.status = REPLY_OK,
                          .record = id_make(kind_info(info->kind)->letter, request->count + 1),
                          .result = {"created", 7}};
    if (info->operation == OPERATION_PUT && tree_text(request->tree, "body.source").size == 0)
        reply = (struct reply){.status = REPLY_REJECTED, .errors = &missing};
    /* What a line referred to comes back as a warning, for the test to see. */
    struct errors said = {.count = 0};
    struct text employer = tree_text(request->tree, "body.employer");
    if (employer.size > 0) {
        errors_add(&said, ERROR_UNKNOWN_ROLE, "body", "%.*s", (int)employer.size, employer.data);
        reply.warnings = &said;
    }
    fake_reply(request, &reply);
}

static void lines_may_refer_to_each_other(void **state)
{
    (void)state;
    fake_start(&server, store, NULL);
    enum ending ending = submit(
        "{\"type\":\"employer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"acme\"}}\n"
        "\n"
        "{\"type\":\"offer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"a\",\"employer\":"
        "\"@demo:acme\"}}\n"
        "{\"type\":\"offer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"b\",\"employer\":"
        "\"@demo:old\"}}\n"
        "{\"type\":\"offer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"c\",\"employer\":"
        "\"@demo:old\"}}",
        no_options);
    fake_stop(&server);
    assert_int_equal(ending, END_OK);
    assert_non_null(strstr(out_text, "-:3   offer.put     created  O2"));
    assert_non_null(strstr(out_text, ": E1 ("));
    assert_non_null(strstr(out_text, ": E900 ("));
    assert_string_equal(err_text, "4 created.\n");
    assert_int_equal(server.seen, 5); /* demo:acme was in flight, demo:old was asked for once */
}

static void what_is_refused_is_told_line_by_line(void **state)
{
    (void)state;
    static const char lines[] =
        "{\"type\":\"employer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"acme\"}}\n"
        "{\"type\":\"employer.put\",\"body\":{\"reference\":\"acme\"}}\n"
        "not JSON\n"
        "{\"type\":\"offer.put\",\"body\":{\"employer\":\"@demo:none\"}}\n";
    fake_start(&server, store, NULL);
    assert_int_equal(submit(lines, no_options), END_PARTIAL);
    assert_non_null(strstr(out_text, "-:2   employer.put  refused"));
    assert_non_null(strstr(out_text, "body.source: this is missing: text (missing_field)\n"));
    assert_non_null(strstr(out_text, "(not_json)\n"));
    assert_non_null(strstr(out_text, "body.employer: the record named here does not exist: "
                                     "@demo:none (unknown_reference)\n"));
    assert_string_equal(err_text, "1 created, 3 refused.\n");
    assert_int_equal(submit(lines, (const char *const[]){"--json", "--brief", NULL}), END_PARTIAL);
    assert_null(strstr(out_text, "created"));
    assert_non_null(strstr(out_text, "{\"file\":\"-\",\"line\":2,\"type\":\"employer.put\","
                                     "\"status\":\"rejected\",\"errors\":[{\"code\":"
                                     "\"missing_field\",\"path\":\"body.source\",\"expected\":"
                                     "\"text\"}]}\n"));
    assert_int_equal(submit("[]\n", no_options), END_REJECTED);
    fake_stop(&server);
}

static void several_files_are_read_and_a_missing_one_is_told(void **state)
{
    (void)state;
    char path[160];
    fake_start(&server, store, NULL);
    snprintf(path, sizeof path, "%s/lines.jsonl", server.directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"type\":\"employer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"a\"}}\n", file);
    fclose(file);
    assert_int_equal(submit("", (const char *const[]){path, path, "/nonexistent", NULL}),
                     END_PARTIAL);
    fake_stop(&server);
    unlink(path);
    assert_int_equal(server.seen, 2);
    assert_non_null(strstr(err_text, "/nonexistent cannot be read"));
}

static void a_line_over_the_limit_is_passed_over(void **state)
{
    (void)state;
    size_t size = 700 * 1024;
    char *lines = malloc(size + 100);
    assert_non_null(lines);
    memset(lines, ' ', size);
    memcpy(lines, "{\"type\":\"", 9);
    strcpy(lines + size, "\n{\"type\":\"employer.put\",\"body\":{\"source\":\"demo\","
                         "\"reference\":\"a\"}}\n");
    fake_start(&server, store, NULL);
    assert_int_equal(submit(lines, no_options), END_PARTIAL);
    fake_stop(&server);
    free(lines);
    assert_non_null(strstr(out_text, "(too_large)"));
    assert_non_null(strstr(out_text, "-:2   employer.put"));
    assert_int_equal(server.seen, 1);
}

/* Remembers the order of what it accepted, and turns every second request away once. */
struct memory {
    char order[64];
    char turned_away[64][65];
    unsigned count;
};

static void turn_away_once(const struct fake_request *request)
{
    struct memory *memory = request->server->data;
    static const struct errors busy = {.item = {{ERROR_BUSY, "", ""}}, .count = 1, .total = 1};
    struct text id = tree_text(request->tree, "id"), title = tree_text(request->tree, "body.title");
    bool again = request->count % 2 == 1;
    for (unsigned i = 0; i < memory->count; i++)
        again = again || text_is(id, memory->turned_away[i]);
    if (!again) {
        snprintf(memory->turned_away[memory->count++], 65, "%.*s", (int)id.size, id.data);
        fake_reply(request, &(struct reply){.status = REPLY_RETRY, .errors = &busy, .after_ms = 1});
        return;
    }
    if (title.size == 1)
        strncat(memory->order, title.data, 1);
    fake_reply_json(request, "\"record\":\"O1\",\"result\":\"updated\"");
}

static void events_on_one_record_keep_their_order(void **state)
{
    (void)state;
    static struct memory memory;
    char lines[2048] = "";
    for (char title = 'a'; title <= 'j'; title++) {
        char line[160];
        snprintf(line, sizeof line,
                 "{\"type\":\"offer.put\",\"body\":{\"source\":\"demo\",\"reference\":\"x\","
                 "\"title\":\"%c\"}}\n",
                 title);
        strcat(lines, line);
    }
    fake_start(&server, turn_away_once, &memory);
    assert_int_equal(submit(lines, no_options), END_OK);
    fake_stop(&server);
    assert_string_equal(memory.order, "abcdefghij");
    assert_string_equal(err_text, "10 updated.\n");
}

static void never_answer(const struct fake_request *request)
{
    (void)request;
}

static void a_server_that_falls_silent_ends_it(void **state)
{
    (void)state;
    fake_start(&server, never_answer, NULL);
    assert_int_equal(submit("{\"type\":\"offer.close\",\"body\":{\"id\":\"O1\"}}\n"
                            "{\"type\":\"offer.close\",\"body\":{\"id\":\"O2\"}}\n",
                            (const char *const[]){"--timeout", "1", NULL}),
                     END_AWAY);
    fake_stop(&server);
    assert_non_null(strstr(err_text, "no longer answers"));
    assert_non_null(strstr(err_text, "1 without answer."));
    assert_int_equal(server.seen, 1);
}

#define LINE_CASE(function) cmocka_unit_test_setup_teardown(function, open_arena, close_arena)
#define CASE(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINE_CASE(a_line_becomes_a_request),
        LINE_CASE(what_a_line_says_is_kept),
        LINE_CASE(stable_ids_follow_the_content),
        LINE_CASE(a_line_that_makes_no_request_says_why),
        cmocka_unit_test(the_cache_forgets_rather_than_grow),
        CASE(lines_may_refer_to_each_other),
        CASE(what_is_refused_is_told_line_by_line),
        CASE(several_files_are_read_and_a_missing_one_is_told),
        CASE(a_line_over_the_limit_is_passed_over),
        CASE(events_on_one_record_keep_their_order),
        CASE(a_server_that_falls_silent_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
