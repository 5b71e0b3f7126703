/* Any bytes as a job dating, and as a timetable of the one that came out: planned in a few steps,
 * and checked. */
#include "cli/plan_file.h"
#include "planning/plan.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool a_few_more(void *state)
{
    unsigned *left = state;
    return *left > 0 && (*left)-- > 0;
}

static void plan_a_little(const struct problem *problem)
{
    unsigned left = 20;
    struct watch watch = {a_few_more, &left};
    struct plan *plan = plan_create(problem, 1);
    if (plan != NULL && !plan_run(plan, &watch))
        abort();
    plan_free(plan);
}

static void check_as_timetable(const struct plan_file *file, const char *text, size_t size)
{
    static struct verdict verdict;
    struct plan_fault fault;
    uint32_t count;
    json_t *document = plan_json_read(text, size, &fault);
    struct plan_meeting *meetings =
        document != NULL ? plan_timetable_read(file, document, &count, &fault) : NULL;
    if (meetings != NULL && !check_timetable(file->problem, meetings, count, &verdict))
        abort();
    free(meetings);
    json_decref(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char small[] = "{\"slots\":3,\"participants\":[{\"id\":\"E\"},{\"id\":\"L\"},"
                                "{\"id\":\"M\"}],\"pairs\":[[\"E\",\"L\",1],[\"E\",\"M\",2]]}";
    static struct plan_file *known;
    struct plan_fault fault;
    if (known == NULL)
        known = plan_file_read(small, sizeof small - 1, &fault);
    check_as_timetable(known, (const char *)data, size);
    struct plan_file *file = plan_file_read((const char *)data, size, &fault);
    if ((file == NULL) != (fault.what != TEXT_NONE))
        abort();
    if (file != NULL)
        plan_a_little(file->problem);
    plan_file_free(file);
    return 0;
}
