/* Invitations: who is called, what is sent, and the waiting list. */
#include "jobdating.h"

#include "arguments.h"
#include "csv_writer.h"
#include "ics_writer.h"
#include "import_value.h"
#include "jobdating_part.h"
#include "jobdating_view.h"
#include "record_name.h"
#include "record_words.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SIZE = 512, DIRECTORY_MODE = 0700 };

/* -- the waiting list -------------------------------------------------------------------------- */

struct waiting {
    uint64_t learner;
    int64_t rank;
};

struct line_up {
    struct waiting *items;
    size_t count, capacity;
    int64_t taken; /* invited or confirmed */
    bool no_memory;
};

static bool line_up_add(void *arg, const msgpack_object *stored)
{
    struct line_up *line = arg;
    struct text answer = tree_text(stored, "record.answer");
    struct text learner = tree_text(stored, "record.learner");
    line->taken += text_is(answer, "invited") || text_is(answer, "confirmed");
    if (!text_is(answer, "waiting"))
        return true;
    if (line->count == line->capacity) {
        size_t capacity = line->capacity > 0 ? 2 * line->capacity : 64;
        struct waiting *bigger = realloc(line->items, capacity * sizeof *bigger);
        if (bigger == NULL) {
            line->no_memory = true;
            return false;
        }
        line->items = bigger;
        line->capacity = capacity;
    }
    struct waiting *item = &line->items[line->count];
    item->rank = tree_number(stored, "record.rank", INT64_MAX);
    line->count += id_parse(learner.data, learner.size, &item->learner);
    return true;
}

/* Parts come in the order of registration; whoever has no rank comes last, in that order. */
static void line_up_sort(struct line_up *line)
{
    for (size_t i = 1; i < line->count; i++) {
        struct waiting item = line->items[i];
        size_t at = i;
        for (; at > 0 && line->items[at - 1].rank > item.rank; at--)
            line->items[at] = line->items[at - 1];
        line->items[at] = item;
    }
}

static bool answer_invited(struct part *part, void *arg, enum ending *ending)
{
    (void)arg;
    (void)ending;
    struct registration *registration = part->record;
    if (registration->answer == ANSWER_WAITING)
        registration->answer = ANSWER_INVITED;
    return true;
}

static enum ending promote(struct context *context, uint64_t whole, const struct line_up *line,
                           int64_t places)
{
    enum ending ending = END_OK;
    int64_t count = 0;
    for (size_t i = 0; ending == END_OK && i < line->count && count < places; i++, count++) {
        struct part_target target = {.kind = KIND_REGISTRATION, .whole = whole, .existing = true};
        struct client_reply reply;
        part_join(whole, line->items[i].learner, target.reference);
        ending = part_change(context, &target, answer_invited, NULL, &reply);
    }
    say(context->out, JOBDATING_PROMOTED, count, (int64_t)line->count - count);
    return ending;
}

static int64_t places_of(const struct jobdating_view *view)
{
    return view->record->has.places ? view->record->places : 0;
}

enum ending jobdating_promote(struct context *context)
{
    struct jobdating_view *view;
    struct line_up line = {.items = NULL};
    const char *word = arguments_word(context->arguments, 2);
    enum ending ending = jobdating_view_load(context, &view);
    if (ending != END_OK)
        return ending;
    int64_t places = 0;
    bool counted = word == NULL || (value_number(text_of_string(word), 1, &places) && places > 0);
    if (!counted)
        ending = context_usage(context, TEXT_WRONG_NUMBER, word);
    else
        ending = parts_each(context, view->id, KIND_REGISTRATION, false, line_up_add, &line);
    if (ending == END_OK && line.no_memory)
        ending = context_no_memory(context);
    if (ending == END_OK) {
        line_up_sort(&line);
        int64_t room = places_of(view) - line.taken;
        ending = promote(context, view->id, &line, word != NULL ? places : room);
    }
    free(line.items);
    jobdating_view_free(view);
    return ending;
}

/* -- files ------------------------------------------------------------------------------------- */

/* What is written for whoever is to be invited. */
struct inviting {
    struct context *context;
    const struct jobdating_view *view;
    struct csv_writer *calls, *messages, *letters;
    char when[64], from[CLOCK_TEXT_SIZE], to[CLOCK_TEXT_SIZE];
    unsigned count, unreachable;
    enum ending ending;
};

static const char *contact_text(const msgpack_object *record, const char *path, char *out,
                                size_t size)
{
    struct text text = tree_text(record, path);
    snprintf(out, size, "%.*s", (int)text.size, text.data != NULL ? text.data : "");
    return out;
}

enum { CELLS = 6, CELL_SIZE = 256 };

static void person_write(struct inviting *inviting, const char *id, const msgpack_object *record)
{
    static const char *const paths[CELLS] = {"contact.given_name", "contact.family_name",
                                             "contact.phone",      "contact.email",
                                             "contact.street",     "contact.town"};
    char cell[CELLS][CELL_SIZE], postcode[CELL_SIZE];
    for (unsigned i = 0; i < CELLS; i++)
        contact_text(record, paths[i], cell[i], CELL_SIZE);
    contact_text(record, "contact.postcode", postcode, CELL_SIZE);
    const struct jobdating *jobdating = inviting->view->record;
    char name[CELL_SIZE], venue[CELL_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)jobdating->name.size, jobdating->name.data);
    snprintf(venue, sizeof venue, "%.*s", (int)jobdating->venue.size,
             jobdating->has.venue ? jobdating->venue.data : "");
    csv_row(inviting->calls, (const char *const[]){id, cell[0], cell[1], cell[2], "", ""}, 6);
    char *message = phrase(JOBDATING_SMS, cell[0], name, inviting->when, inviting->from, venue);
    if (cell[2][0] != '\0' && message != NULL)
        csv_row(inviting->messages, (const char *const[]){id, cell[2], message}, 3);
    free(message);
    csv_row(inviting->letters,
            (const char *const[]){id, cell[0], cell[1], cell[3], cell[2], cell[4], postcode,
                                  cell[5], name, inviting->when, inviting->from, inviting->to,
                                  venue, ""},
            14);
    inviting->count++;
    inviting->unreachable += cell[2][0] == '\0' && cell[3][0] == '\0';
}

static bool invite_one(void *arg, const msgpack_object *stored)
{
    struct inviting *inviting = arg;
    struct text learner = tree_text(stored, "record.learner");
    char id[ID_TEXT_SIZE];
    if (!text_is(tree_text(stored, "record.answer"), "invited") || learner.data == NULL)
        return true;
    snprintf(id, sizeof id, "%.*s", (int)learner.size, learner.data);
    struct client_reply reply;
    const msgpack_object *record;
    inviting->ending = record_fetch(inviting->context, id, KIND_LEARNER, true, &reply, &record);
    if (inviting->ending == END_OK)
        person_write(inviting, id, tree_find(record, "record"));
    return inviting->ending == END_OK;
}

static struct csv_writer *table_begin(struct inviting *inviting, const char *directory,
                                      const char *name, const enum text_id *headings,
                                      unsigned count)
{
    char path[PATH_SIZE];
    const char *cells[16];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    struct csv_writer *writer = csv_open(path);
    if (writer == NULL) {
        say(inviting->context->err, JOBDATING_CANNOT_WRITE, path, strerror(errno));
        return NULL;
    }
    for (unsigned i = 0; i < count && i < 16; i++)
        cells[i] = text_of(headings[i]);
    csv_row(writer, cells, count);
    return writer;
}

static bool tables_begin(struct inviting *inviting, const char *directory)
{
    static const enum text_id calls[] = {TEXT_FIELD_learner,     TEXT_FIELD_given_name,
                                         TEXT_FIELD_family_name, TEXT_FIELD_phone,
                                         TEXT_FIELD_answer,      TEXT_JOBDATING_NOTE};
    static const enum text_id messages[] = {TEXT_FIELD_learner, TEXT_FIELD_phone,
                                            TEXT_JOBDATING_MESSAGE};
    static const enum text_id letters[] = {
        TEXT_FIELD_learner, TEXT_FIELD_given_name, TEXT_FIELD_family_name, TEXT_FIELD_email,
        TEXT_FIELD_phone,   TEXT_FIELD_street,     TEXT_FIELD_postcode,    TEXT_FIELD_town,
        TEXT_FIELD_name,    TEXT_FIELD_day,        TEXT_FIELD_from,        TEXT_FIELD_to,
        TEXT_FIELD_venue,   TEXT_FIELD_answer};
    inviting->calls = table_begin(inviting, directory, "calls.csv", calls, 6);
    inviting->messages = table_begin(inviting, directory, "messages.csv", messages, 3);
    inviting->letters = table_begin(inviting, directory, "letters.csv", letters, 14);
    return inviting->calls != NULL && inviting->messages != NULL && inviting->letters != NULL;
}

static bool tables_end(struct inviting *inviting)
{
    bool calls = csv_close(inviting->calls), messages = csv_close(inviting->messages);
    return csv_close(inviting->letters) && calls && messages;
}

static bool calendar_write(const struct jobdating_view *view, const char *directory)
{
    char path[PATH_SIZE], name[CELL_SIZE], venue[CELL_SIZE], uid[64], id[ID_TEXT_SIZE];
    snprintf(path, sizeof path, "%s/invitation.ics", directory);
    snprintf(name, sizeof name, "%.*s", (int)view->record->name.size, view->record->name.data);
    snprintf(venue, sizeof venue, "%.*s", (int)view->record->venue.size,
             view->record->has.venue ? view->record->venue.data : "");
    id_print(view->id, id);
    snprintf(uid, sizeof uid, "%s@passerelle", id);
    const struct ics_event event = {.uid = uid,
                                    .summary = name,
                                    .place = venue,
                                    .day = view->record->day,
                                    .from = view->from,
                                    .to = view->to,
                                    .stamp_ms = view->record->observed_at};
    return ics_write(path, &event, 1);
}

static enum ending invite_all(struct inviting *inviting, const char *directory)
{
    struct context *context = inviting->context;
    char day[DATE_TEXT_SIZE];
    date_print(inviting->view->record->day, day);
    char *when = date_in_words(text_of_string(day));
    snprintf(inviting->when, sizeof inviting->when, "%s", when != NULL ? when : day);
    free(when);
    clock_print(inviting->view->from, inviting->from);
    clock_print(inviting->view->to, inviting->to);
    enum ending ending = tables_begin(inviting, directory) ? END_OK : END_REJECTED;
    if (ending == END_OK)
        ending =
            parts_each(context, inviting->view->id, KIND_REGISTRATION, false, invite_one, inviting);
    bool written = tables_end(inviting) && calendar_write(inviting->view, directory);
    if (ending == END_OK)
        ending = inviting->ending;
    if (ending == END_OK && !written) {
        say(context->err, JOBDATING_CANNOT_WRITE, directory, strerror(errno));
        ending = END_REJECTED;
    }
    return ending;
}

enum ending jobdating_invite(struct context *context)
{
    const char *directory = arguments_word(context->arguments, 2);
    struct jobdating_view *view;
    enum ending ending = jobdating_view_load(context, &view);
    if (ending != END_OK)
        return ending;
    struct inviting inviting = {.context = context, .view = view};
    if (mkdir(directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        say(context->err, JOBDATING_CANNOT_WRITE, directory, strerror(errno));
        ending = END_REJECTED;
    } else {
        ending = invite_all(&inviting, directory);
    }
    if (ending == END_OK) {
        say(context->err, EXPORT_CARE);
        say(context->out, JOBDATING_INVITED, inviting.count, directory, inviting.unreachable);
    }
    jobdating_view_free(view);
    return ending;
}
