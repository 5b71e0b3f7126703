/* What is said about rows comes in their order, whatever order their answers come in. */
#include "cli/program.h"
#include "cli/row_order.h"
#include "cli_fake_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* -- the order itself -------------------------------------------------------------------------- */

struct word {
    struct row_saying saying;
    char letter;
};

static char told[ROWS_KEPT_MAX + 64];

static void tell(void *arg, struct row_saying *saying)
{
    strncat(arg, &((struct word *)saying)->letter, 1);
    free(saying);
}

static void say_letter(struct row_order *order, uint64_t row, char letter)
{
    struct word *word = calloc(1, sizeof *word);
    assert_non_null(word);
    word->letter = letter;
    row_order_say(order, row, &word->saying);
}

static struct row_order *begin(void)
{
    told[0] = '\0';
    struct row_order *order = row_order_create(tell, told);
    assert_non_null(order);
    return order;
}

static void rows_wait_for_those_before_them(void **state)
{
    (void)state;
    struct row_order *order = begin();
    uint64_t a = row_order_begin(order), b = row_order_begin(order), c = row_order_begin(order);
    say_letter(order, c, 'c');
    row_order_end(order, c);
    say_letter(order, ROW_NONE, '!');
    say_letter(order, b, 'b');
    say_letter(order, b, 'B');
    assert_string_equal(told, "!");
    row_order_end(order, a);
    assert_string_equal(told, "!");
    row_order_end(order, b);
    assert_string_equal(told, "!bBc");
    row_order_begin(order);
    uint64_t last = row_order_begin(order);
    say_letter(order, last, 'z');
    row_order_free(order); /* tells what is left */
    assert_string_equal(told, "!bBcz");
}

static void no_more_rows_are_kept_than_there_is_room_for(void **state)
{
    (void)state;
    struct row_order *order = begin();
    uint64_t first = row_order_begin(order);
    for (unsigned i = 1; i < ROWS_KEPT_MAX; i++) {
        assert_false(row_order_full(order));
        uint64_t row = row_order_begin(order);
        say_letter(order, row, 'x');
        row_order_end(order, row);
    }
    assert_true(row_order_full(order));
    assert_int_equal(row_order_begin(order), ROW_NONE);
    assert_string_equal(told, "");
    row_order_end(order, first);
    assert_int_equal(strlen(told), ROWS_KEPT_MAX - 1);
    assert_false(row_order_full(order));
    assert_int_equal(row_order_begin(order), first + ROWS_KEPT_MAX);
    row_order_free(order);
}

/* -- commands ---------------------------------------------------------------------------------- */

enum { GROUP = 3 };

static struct fake_server server;
static char *out_text, *err_text;
static char path[160];

/* Answers once so many have come, the last one first, each with its reference as a warning. */
struct script {
    unsigned group, count;
    struct fake_request requests[GROUP];
    char ids[GROUP][65], references[GROUP][65];
};

static void answer_backwards(const struct fake_request *request)
{
    struct script *script = request->server->data;
    struct text id = tree_text(request->tree, "id");
    struct text reference = tree_text(request->tree, "body.reference");
    unsigned at = script->count++;
    script->requests[at] = *request;
    snprintf(script->ids[at], 65, "%.*s", (int)id.size, id.data);
    snprintf(script->references[at], 65, "%.*s", (int)reference.size, reference.data);
    while (script->count > 0 && (at + 1 == script->group || script->count < at + 1)) {
        struct errors said = {.count = 0};
        at = --script->count;
        errors_add(&said, ERROR_UNKNOWN_COMMUNE, "body.place", "%s", script->references[at]);
        fake_reply(&script->requests[at],
                   &(struct reply){.id = {script->ids[at], (uint32_t)strlen(script->ids[at])},
                                   .status = REPLY_OK,
                                   .record = id_make('L', at + 1),
                                   .result = {"created", 7},
                                   .warnings = &said});
    }
}

static enum ending run(const char *const *words, const char *input)
{
    char program[] = "passerelle", english[] = "--lang=en", place[] = "--state";
    char *argv[12] = {program, english, place, server.directory};
    int argc = 4;
    size_t out_size, err_size;
    for (; words[argc - 4] != NULL; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc - 4];
    FILE *in = fmemopen((void *)(uintptr_t)input, strlen(input), "r");
    FILE *out = open_memstream(&out_text, &out_size);
    FILE *err = open_memstream(&err_text, &err_size);
    enum ending ending = program_run(argc, argv, in, out, err);
    fclose(in);
    fclose(out);
    fclose(err);
    return ending;
}

static int teardown(void **state)
{
    (void)state;
    char imports[160];
    fake_stop(&server);
    snprintf(imports, sizeof imports, "%s/import", server.directory);
    rmdir(imports);
    unlink(path);
    fake_remove(&server);
    free(out_text);
    free(err_text);
    return 0;
}

/* The lines that a text tells of, in its order. */
static void assert_lines(const char *text, const char *file, unsigned first, unsigned count)
{
    char place[200];
    size_t size = (size_t)snprintf(place, sizeof place, "%s:", file);
    unsigned found = 0;
    for (const char *at = text; (at = strstr(at, place)) != NULL; at += size)
        assert_int_equal(strtoul(at + size, NULL, 10), first + found++);
    assert_int_equal(found, count);
}

static void submit_tells_of_lines_in_their_order(void **state)
{
    (void)state;
    static struct script script = {.group = GROUP};
    fake_start(&server, answer_backwards, &script);
    enum ending ending =
        run((const char *const[]){"submit", NULL},
            "{\"type\":\"learner.put\",\"body\":{\"source\":\"s\",\"reference\":\"a\"}}\n"
            "not JSON\n"
            "{\"type\":\"learner.put\",\"body\":{\"source\":\"s\",\"reference\":\"b\"}}\n"
            "{\"type\":\"learner.put\",\"body\":{\"source\":\"s\",\"reference\":\"c\"}}\n"
            "nor this\n");
    assert_int_equal(ending, END_PARTIAL);
    assert_lines(out_text, "-", 1, 5);
}

static void import_tells_of_rows_in_their_order(void **state)
{
    (void)state;
    static struct script script = {.group = GROUP};
    fake_start(&server, answer_backwards, &script);
    snprintf(path, sizeof path, "%s/people.csv", server.directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("Nom;Prénom;Date de naissance\n"
          "Un;Ada;01/02/2004\nDeux;Ada;31/02/2004\nTrois;Ada;01/02/2004\nQuatre;Ada;01/02/2004\n"
          "Cinq;Ada;31/02/2004\n",
          file);
    fclose(file);
    assert_int_equal(run((const char *const[]){"import", "learners", path, "--yes", NULL}, ""),
                     END_PARTIAL);
    assert_lines(strstr(err_text, ":2:") != NULL ? err_text : "", path, 2, 5);
}

/* Rows that are refused here wait for the one whose answer has come, but is not read yet. */
static void import_keeps_so_many_rows_at_most(void **state)
{
    (void)state;
    static struct script script = {.group = 1};
    enum { BAD = 2 * ROWS_KEPT_MAX };
    fake_start(&server, answer_backwards, &script);
    snprintf(path, sizeof path, "%s/people.csv", server.directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("Nom;Prénom;Date de naissance\nUn;Ada;01/02/2004\n", file);
    for (unsigned i = 0; i < BAD; i++)
        fprintf(file, "Deux%u;Ada;31/02/2004\n", i);
    fclose(file);
    assert_int_equal(run((const char *const[]){"import", "learners", path, "--yes", NULL}, ""),
                     END_PARTIAL);
    assert_lines(err_text, path, 2, BAD + 1);
}

#define CASE(function) cmocka_unit_test_teardown(function, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_wait_for_those_before_them),
        cmocka_unit_test(no_more_rows_are_kept_than_there_is_room_for),
        CASE(submit_tells_of_lines_in_their_order),
        CASE(import_tells_of_rows_in_their_order),
        CASE(import_keeps_so_many_rows_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
