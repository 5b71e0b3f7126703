#include "jobdating_timetable.h"

#include "import_value.h"
#include "jobdating_part.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { SLOT_TEXT_MAX = 8000 };

/* -- reading ----------------------------------------------------------------------------------- */

static bool number_take(struct text *rest, char end, uint64_t *number)
{
    unsigned digits = 0;
    *number = 0;
    while (rest->size > 0 && rest->data[0] >= '0' && rest->data[0] <= '9' && digits < 15) {
        *number = *number * 10 + (uint64_t)(rest->data[0] - '0');
        rest->data++, rest->size--, digits++;
    }
    if (digits == 0 || (end != '\0' && (rest->size == 0 || rest->data[0] != end)))
        return false;
    rest->data += end != '\0';
    rest->size -= end != '\0';
    return true;
}

/* The meetings of one slot: "7:6:3 8:9:0". Whoever is gone is counted alone. */
static bool slot_read(const struct gathering *gathering, unsigned slot, struct text text,
                      struct timetable_view *view)
{
    uint64_t registration, attendance, table;
    if (text_is(text, "-"))
        return true;
    while (text.size > 0) {
        if (!number_take(&text, ':', &registration) || !number_take(&text, ':', &attendance) ||
            !number_take(&text, '\0', &table))
            return false;
        text.data += text.size > 0;
        text.size -= text.size > 0;
        uint32_t learner = gathering_learner_of(gathering, registration);
        uint32_t firm = gathering_firm_of(gathering, attendance);
        if (learner == UINT32_MAX || firm == UINT32_MAX) {
            view->gone++;
            continue;
        }
        view->items[view->count++] =
            (struct timetable_meeting){learner, firm, slot, (unsigned)table};
    }
    return true;
}

static uint32_t meetings_in(const msgpack_object *record)
{
    uint32_t count = 0;
    for (unsigned i = 0; i < tree_count(record, "slots"); i++) {
        struct text text = tree_text(tree_item(record, "slots", i), "");
        for (uint32_t k = 0; k < text.size; k++)
            count += text.data[k] == ':';
    }
    return count / 2;
}

static enum ending timetable_read(struct context *context, const struct gathering *gathering,
                                  const msgpack_object *record, struct timetable_view *view)
{
    view->items = calloc(meetings_in(record) + 1, sizeof *view->items);
    if (view->items == NULL)
        return context_no_memory(context);
    bool good = true;
    for (unsigned i = 0; good && i < tree_count(record, "slots") && i < gathering->slot_count; i++)
        good = slot_read(gathering, i, tree_text(tree_item(record, "slots", i), ""), view);
    view->missing = tree_number(record, "missing", 0);
    view->sum = tree_number(record, "sum", 0);
    view->bound = tree_number(record, "bound", 0);
    view->gaps = tree_number(record, "gaps", 0);
    view->proven = tree_flag(record, "proven");
    view->published = true;
    if (good)
        return END_OK;
    say(context->err, STRANGE_ANSWER);
    return END_AWAY;
}

struct finding {
    struct context *context;
    const struct gathering *gathering;
    struct timetable_view *view;
    enum ending ending;
};

static bool take_timetable(void *arg, const msgpack_object *stored)
{
    struct finding *finding = arg;
    finding->ending = timetable_read(finding->context, finding->gathering,
                                     tree_find(stored, "record"), finding->view);
    return false;
}

enum ending timetable_load(struct context *context, const struct gathering *gathering,
                           struct timetable_view *view)
{
    struct finding finding = {context, gathering, view, END_OK};
    *view = (struct timetable_view){.items = NULL};
    enum ending ending =
        parts_each(context, gathering->view->id, KIND_TIMETABLE, false, take_timetable, &finding);
    ending = ending == END_OK ? finding.ending : ending;
    if (ending != END_OK)
        timetable_free(view);
    return ending;
}

void timetable_free(struct timetable_view *view)
{
    free(view->items);
    *view = (struct timetable_view){.items = NULL};
}

/* -- writing ----------------------------------------------------------------------------------- */

static int meeting_compare(const void *left, const void *right)
{
    const struct timetable_meeting *a = left, *b = right;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    if (a->firm != b->firm)
        return a->firm < b->firm ? -1 : 1;
    return a->learner < b->learner ? -1 : a->learner > b->learner;
}

void timetable_settle(const struct gathering *gathering, struct timetable_view *view)
{
    if (view->count == 0)
        return;
    qsort(view->items, view->count, sizeof *view->items, meeting_compare);
    unsigned seat = 0;
    for (uint32_t i = 0; i < view->count; i++) {
        struct timetable_meeting *meeting = &view->items[i];
        const struct timetable_meeting *before = i > 0 ? meeting - 1 : NULL;
        bool same =
            before != NULL && before->slot == meeting->slot && before->firm == meeting->firm;
        seat = same ? seat + 1 : 0;
        meeting->table =
            seat < GATHERING_SEATS_MAX ? gathering->firms[meeting->firm].table[seat] : 0;
    }
}

struct publishing {
    const struct gathering *gathering;
    const struct timetable_view *view;
};

static bool slot_write(const struct publishing *publishing, unsigned slot, struct arena *arena,
                       struct text *out)
{
    const struct gathering *gathering = publishing->gathering;
    char text[SLOT_TEXT_MAX + 1];
    size_t size = 0;
    for (uint32_t i = 0; i < publishing->view->count; i++) {
        const struct timetable_meeting *meeting = &publishing->view->items[i];
        if (meeting->slot != slot)
            continue;
        int more = snprintf(text + size, sizeof text - size, "%s%llu:%llu:%u", size > 0 ? " " : "",
                            (unsigned long long)id_number(gathering->learners[meeting->learner].id),
                            (unsigned long long)id_number(gathering->firms[meeting->firm].id),
                            meeting->table);
        if (more < 0 || size + (size_t)more >= sizeof text)
            return false;
        size += (size_t)more;
    }
    if (size == 0)
        text[size++] = '-';
    const char *copy = arena_copy(arena, text, size);
    *out = (struct text){copy, (uint32_t)size};
    return copy != NULL;
}

static bool publish_fill(struct part *part, void *arg, enum ending *ending)
{
    const struct publishing *publishing = arg;
    const struct timetable_view *view = publishing->view;
    struct timetable *record = part->record;
    unsigned count = publishing->gathering->slot_count;
    record->jobdating = publishing->gathering->view->id;
    record->slots.items = arena_alloc(part->arena, (count + 1) * sizeof *record->slots.items);
    record->slots.count = count;
    for (unsigned t = 0; t < count; t++)
        if (record->slots.items == NULL ||
            !slot_write(publishing, t, part->arena, &record->slots.items[t])) {
            say(part->context->err, JOBDATING_TOO_LARGE);
            *ending = END_REJECTED;
            return false;
        }
    record->missing = view->missing;
    record->sum = view->sum;
    record->bound = view->bound;
    record->gaps = view->gaps;
    record->proven = view->proven;
    record->has.jobdating = record->has.slots = record->has.missing = record->has.sum = true;
    record->has.bound = record->has.gaps = record->has.proven = true;
    return true;
}

enum ending timetable_publish(struct context *context, const struct gathering *gathering,
                              const struct timetable_view *view)
{
    struct publishing publishing = {gathering, view};
    struct part_target target = {
        .kind = KIND_TIMETABLE, .whole = gathering->view->id, .silent = true};
    struct client_reply reply;
    id_print(gathering->view->id, target.reference);
    return part_change(context, &target, publish_fill, &publishing, &reply);
}
