/* Job datings as JSON: what is read, and what is refused with its path. */
#include "cli/plan_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct plan_fault fault;

static struct plan_file *read_text(const char *text)
{
    return plan_file_read(text, strlen(text), &fault);
}

static void assert_refused(const char *text, enum text_id what, const char *path)
{
    assert_null(read_text(text));
    assert_int_equal(fault.what, what);
    assert_string_equal(fault.path, path);
}

#define PEOPLE "\"participants\":[{\"id\":\"E\"},{\"id\":\"L\"},{\"id\":\"M\"}]"

static void whole_one(void **state)
{
    (void)state;
    struct plan_file *file =
        read_text("{\"slots\":4,\"tables\":[1,2,3,4],\"sides\":[{\"id\":\"e\",\"bonus\":[]},"
                  "{\"id\":\"l\",\"bonus\":[9,5],\"gap_difference\":1}],"
                  "\"shared\":[{\"id\":\"interpreter\",\"slots\":[1,2],\"capacity\":2}],"
                  "\"participants\":[{\"id\":\"E\",\"side\":\"e\",\"capacity\":2},"
                  "{\"id\":\"L\",\"side\":\"l\",\"slots\":[2,3],\"minimum\":1,\"maximum\":2,"
                  "\"shared\":[\"interpreter\"]},{\"id\":\"M\",\"side\":\"l\",\"present\":[1,4]}],"
                  "\"pairs\":[[\"E\",\"L\",7],{\"with\":[\"M\",\"E\"],\"score\":8,\"video\":true}],"
                  "\"pins\":[[\"L\",\"M\",2]],\"forbidden\":[[\"E\",\"M\"]]}");
    assert_non_null(file);
    const struct problem *problem = file->problem;
    assert_int_equal(problem->slot_count, 4);
    assert_int_equal(problem->tables[2], 3);
    assert_int_equal(problem->groups[1].bonus[1], 5);
    assert_int_equal(problem->groups[0].bonus_count, 0);
    assert_int_equal(problem->participants[0].capacity, 2);
    assert_int_equal(problem->participants[1].window, 6);
    assert_int_equal(problem->participants[2].presence, 9);
    assert_int_equal(problem->pair_count, 3);
    assert_int_equal(problem->pairs[0].shared[0], 0);
    assert_int_equal(problem->open[0], 2);
    assert_true(problem->pairs[1].tableless);
    assert_int_equal(problem->open[1], 0);
    assert_true(problem->pairs[2].required);
    assert_int_equal(problem->open[2], 2);
    plan_file_free(file);
}

static void fairness_by_default(void **state)
{
    (void)state;
    struct plan_file *file =
        read_text("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"L\",7],[\"E\",\"M\",40]]}");
    assert_non_null(file);
    assert_int_equal(file->problem->groups[0].bonus_count, 3);
    assert_int_equal(file->problem->groups[0].bonus[0], 80);
    assert_int_equal(file->problem->groups[0].bonus[1], 60);
    assert_int_equal(file->problem->groups[0].gap_difference, 2);
    plan_file_free(file);
}

static void what_is_refused(void **state)
{
    (void)state;
    assert_refused("", TEXT_PLAN_NOT_JSON, "");
    assert_refused("[]", TEXT_PLAN_NOT_JSON, "");
    assert_refused("{}", TEXT_PLAN_NUMBER, "slots");
    assert_refused("{\"slots\":65}", TEXT_PLAN_NUMBER, "slots");
    assert_refused("{\"slots\":2,\"people\":[]}", TEXT_PLAN_MEMBER, "people");
    assert_refused("{\"slots\":2,\"tables\":[1]}", TEXT_PLAN_TABLES, "tables");
    assert_refused("{\"slots\":2,\"tables\":[1,1,1]}", TEXT_PLAN_TABLES, "tables");
    assert_refused("{\"slots\":2.5}", TEXT_PLAN_NUMBER, "slots");
    assert_refused("{\"slots\":1e300}", TEXT_PLAN_NUMBER, "slots");
    assert_refused("{\"slots\":2,\"participants\":[{\"id\":\"\"}]}", TEXT_PLAN_ID,
                   "participants[0].id");
    assert_refused("{\"slots\":2,\"participants\":[{\"id\":\"E\"},{\"id\":\"E\"}]}",
                   TEXT_PLAN_ID_TWICE, "participants[1].id");
    assert_refused("{\"slots\":2,\"participants\":[{\"id\":\"E\",\"slots\":[3]}]}", TEXT_PLAN_SLOT,
                   "participants[0].slots");
    assert_refused("{\"slots\":2,\"participants\":[{\"id\":\"E\",\"minimum\":3,\"maximum\":2}]}",
                   TEXT_PLAN_MINIMUM, "participants[0].minimum");
    assert_refused("{\"slots\":2,\"sides\":[{\"id\":\"e\",\"bonus\":[1,2]}]}", TEXT_PLAN_BONUS,
                   "sides[0].bonus");
    assert_refused("{\"slots\":2,\"sides\":[{\"id\":\"e\"}]," PEOPLE "}", TEXT_PLAN_UNKNOWN_ID,
                   "participants[0].side");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"X\",1]]}", TEXT_PLAN_UNKNOWN_ID,
                   "pairs[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"E\",1]]}", TEXT_PLAN_PAIR,
                   "pairs[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"L\",-1]]}", TEXT_PLAN_NUMBER,
                   "pairs[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"L\",1],[\"L\",\"E\",1]]}",
                   TEXT_PLAN_PAIR_TWICE, "pairs[1]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[{\"with\":[\"E\",\"L\"],\"required\":1}]}",
                   TEXT_PLAN_FLAG, "pairs[0].required");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"L\",1]],\"pins\":[[\"E\",\"L\"]],"
                   "\"forbidden\":[[\"E\",\"L\"]]}",
                   TEXT_PLAN_PIN_FORBIDDEN, "forbidden[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pins\":[[\"E\",\"L\"]],"
                   "\"forbidden\":[[\"L\",\"E\"]]}",
                   TEXT_PLAN_PIN_FORBIDDEN, "forbidden[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[{\"with\":[\"E\",\"L\",\"M\"]}]}",
                   TEXT_PLAN_PAIR, "pairs[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"pairs\":[[\"E\",\"L\",1,2]]}", TEXT_PLAN_PAIR,
                   "pairs[0]");
    assert_refused("{\"slots\":2," PEOPLE ",\"forbidden\":[[\"E\",\"L\",1]]}", TEXT_PLAN_PAIR,
                   "forbidden[0]");
}

static void as_other_programs_write_it(void **state)
{
    (void)state;
    struct plan_file *file =
        read_text("\xef\xbb\xbf{\"slots\":4.0,\r\n\"participants\":[{\"id\":\"E\",\"minimum\":1.0,"
                  "\"slots\":[1.0,2]},{\"id\":\"L\"}],\"pairs\":[[\"E\",\"L\",7.0]]}");
    assert_non_null(file);
    assert_int_equal(file->problem->slot_count, 4);
    assert_int_equal(file->problem->participants[0].minimum, 1);
    assert_int_equal(file->problem->open[0], 3);
    assert_int_equal(file->problem->pairs[0].score, 7);
    plan_file_free(file);
}

/* As large as docs/planning.md allows. */
static void a_million_pairs(void **state)
{
    (void)state;
    char *text = malloc(PLAN_FILE_MAX), *end = text;
    assert_non_null(text);
    end += sprintf(end, "{\"slots\":1,\"participants\":[{\"id\":\"0\"}");
    for (int i = 1; i < 2000; i++)
        end += sprintf(end, ",{\"id\":\"%d\"}", i);
    end += sprintf(end, "],\"pairs\":[");
    for (int i = 0; i < PAIRS_MAX; i++)
        end += sprintf(end, "%s[\"%d\",\"%d\",9]", i > 0 ? "," : "", i / 1000, 1000 + i % 1000);
    strcpy(end, "]}");
    struct plan_file *file = read_text(text);
    assert_non_null(file);
    assert_int_equal(file->problem->pair_count, PAIRS_MAX);
    plan_file_free(file);
    free(text);
}

static void timetables(void **state)
{
    (void)state;
    struct plan_file *file = read_text("{\"slots\":2," PEOPLE "}");
    json_t *good = json_loads("{\"meetings\":[{\"with\":[\"E\",\"L\"],\"slot\":2},"
                              "{\"with\":[\"E\",\"?\"],\"slot\":99}]}",
                              0, NULL);
    json_t *bad = json_loads("{\"meetings\":[{\"with\":[\"E\"],\"slot\":2}]}", 0, NULL);
    uint32_t count;
    struct plan_meeting *meetings = plan_timetable_read(file, good, &count, &fault);
    assert_non_null(meetings);
    assert_int_equal(count, 2);
    assert_int_equal(meetings[0].second, 1);
    assert_int_equal(meetings[0].slot, 1);
    assert_int_equal(meetings[1].second, 3);
    assert_true(meetings[1].slot >= 2);
    assert_null(plan_timetable_read(file, bad, &count, &fault));
    assert_string_equal(fault.path, "meetings[0]");
    free(meetings);
    json_decref(good);
    json_decref(bad);
    plan_file_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_one),       cmocka_unit_test(fairness_by_default),
        cmocka_unit_test(what_is_refused), cmocka_unit_test(as_other_programs_write_it),
        cmocka_unit_test(a_million_pairs), cmocka_unit_test(timetables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
