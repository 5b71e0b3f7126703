/* What is printed or sent before the day: agendas, the room board, table signs, lists to sign. */
#include "jobdating.h"

#include "arguments.h"
#include "csv_writer.h"
#include "ics_writer.h"
#include "jobdating_names.h"
#include "jobdating_timetable.h"
#include "paper_writer.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    PATH_SIZE = 512,
    DIRECTORY_MODE = 0700,
    TEXT_SIZE = 512,
    STRENGTHS = 2,
    CALENDAR_EVENTS_MAX = JOBDATING_SLOTS_MAX,
};

struct exporting {
    struct context *context;
    const struct gathering *gathering;
    const struct timetable_view *view;
    struct gathering_names names;
    const char *directory;
    char title[TEXT_SIZE];
    enum ending ending;
};

static void path_of(const struct exporting *exporting, const char *name, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s/%s", exporting->directory, name);
}

static bool written(struct exporting *exporting, const char *path, bool whole)
{
    if (!whole && exporting->ending == END_OK) {
        say(exporting->context->err, JOBDATING_CANNOT_WRITE, path, strerror(errno));
        exporting->ending = END_REJECTED;
    }
    return whole;
}

static void table_label(const struct gathering *gathering, unsigned table, char label[TEXT_SIZE])
{
    const struct jobdating *jobdating = gathering->view->record;
    label[0] = '\0';
    if (table > 0 && table <= jobdating->tables.count)
        snprintf(label, TEXT_SIZE, "%.*s", (int)jobdating->tables.items[table - 1].name.size,
                 jobdating->tables.items[table - 1].name.data);
    else if (table > 0)
        snprintf(label, TEXT_SIZE, "%u", table);
    else
        snprintf(label, TEXT_SIZE, "%s", text_of(TEXT_FIELD_video));
}

static void time_label(const struct gathering *gathering, unsigned slot, char label[TEXT_SIZE])
{
    char from[CLOCK_TEXT_SIZE], to[CLOCK_TEXT_SIZE];
    clock_print(gathering->slots[slot].from, from);
    clock_print(gathering->slots[slot].to, to);
    snprintf(label, TEXT_SIZE, "%s–%s", from, to);
}

/* -- what to prepare --------------------------------------------------------------------------- */

/* Told of a learner and an offer, without any score. */
struct preparation {
    char title[TEXT_SIZE], line[4 * TEXT_SIZE];
};

static struct text label_of(const msgpack_object *reason)
{
    struct text english = tree_text(reason, "label_en");
    bool speaks_english = texts_language() == LANGUAGE_ENGLISH;
    return speaks_english && english.data != NULL ? english : tree_text(reason, "label");
}

/* The first labels of reasons with that code; returns how many. */
static unsigned labels_find(const msgpack_object *match, const char *code, unsigned most,
                            struct text *labels)
{
    unsigned count = 0;
    for (unsigned i = 0; i < tree_count(match, "reasons") && count < most; i++) {
        const msgpack_object *reason = tree_item(match, "reasons", i);
        struct text label = label_of(reason);
        if (text_is(tree_text(reason, "code"), code) && label.data != NULL)
            labels[count++] = label;
    }
    return count;
}

static void line_make(const msgpack_object *match, struct preparation *preparation)
{
    struct text strength[STRENGTHS], missing;
    char strengths[2 * TEXT_SIZE] = "", asked[TEXT_SIZE];
    unsigned count = labels_find(match, "fits", STRENGTHS, strength);
    for (unsigned i = 0; i < count; i++) {
        size_t size = strlen(strengths);
        snprintf(strengths + size, sizeof strengths - size, "%s%.*s", i > 0 ? ", " : "",
                 (int)strength[i].size, strength[i].data);
    }
    bool open = labels_find(match, "missing", 1, &missing) > 0;
    snprintf(asked, sizeof asked, "%.*s", open ? (int)missing.size : 0, open ? missing.data : "");
    char *tell = *strengths != '\0' ? phrase(JOBDATING_TELL, strengths) : NULL;
    char *ask = open ? phrase(JOBDATING_ASK, asked) : phrase(JOBDATING_ASK_DAY);
    snprintf(preparation->line, sizeof preparation->line, "%s%s%s", tell != NULL ? tell : "",
             tell != NULL ? "\n" : "", ask != NULL ? ask : "");
    free(tell);
    free(ask);
}

static void prepare(struct exporting *exporting, const struct timetable_meeting *meeting,
                    struct preparation *preparation)
{
    const struct gathering *gathering = exporting->gathering;
    const struct gathering_pair *pair = gathering_pair(gathering, meeting->learner, meeting->firm);
    struct pair body = {.learner = gathering->learners[meeting->learner].record->learner,
                        .offer = pair->offer};
    struct client_reply reply;
    *preparation = (struct preparation){.title = ""};
    if (pair->offer == 0 || exporting->ending != END_OK)
        return;
    body.has.learner = body.has.offer = true;
    exporting->ending = context_ask(exporting->context, MESSAGE_EXPLAIN, &body, &reply);
    if (exporting->ending != END_OK)
        return;
    const msgpack_object *match = tree_item(reply.tree, "matches", 0);
    struct text title = tree_text(match, "title");
    snprintf(preparation->title, sizeof preparation->title, "%.*s", (int)title.size,
             title.data != NULL ? title.data : "");
    line_make(match, preparation);
}

/* -- agendas ----------------------------------------------------------------------------------- */

static void learner_page(struct exporting *exporting, struct paper *paper, uint32_t learner)
{
    const char *headings[] = {text_of(TEXT_JOBDATING_TIME), text_of(TEXT_FIELD_table),
                              text_of(TEXT_FIELD_employer), text_of(TEXT_FIELD_offer),
                              text_of(TEXT_JOBDATING_PREPARE)};
    paper_page(paper, exporting->names.people[learner], exporting->title);
    paper_table(paper, headings, 5);
    for (uint32_t i = 0; i < exporting->view->count; i++) {
        const struct timetable_meeting *meeting = &exporting->view->items[i];
        char time[TEXT_SIZE], table[TEXT_SIZE];
        struct preparation preparation;
        if (meeting->learner != learner)
            continue;
        time_label(exporting->gathering, meeting->slot, time);
        table_label(exporting->gathering, meeting->table, table);
        prepare(exporting, meeting, &preparation);
        paper_row(paper, (const char *const[]){time, table, exporting->names.firms[meeting->firm],
                                               preparation.title, preparation.line});
    }
}

static void agendas_learners(struct exporting *exporting)
{
    char path[PATH_SIZE];
    path_of(exporting, "agendas-learners.html", path);
    struct paper *paper = paper_open(path, exporting->title, PAPER_PAGES);
    for (uint32_t l = 0; paper != NULL && l < exporting->gathering->learner_count; l++)
        learner_page(exporting, paper, l);
    written(exporting, path, paper_close(paper));
}

static void agendas_firms(struct exporting *exporting)
{
    const char *headings[] = {text_of(TEXT_JOBDATING_TIME), text_of(TEXT_FIELD_table),
                              text_of(TEXT_FIELD_learner), text_of(TEXT_JOBDATING_NOTE)};
    char path[PATH_SIZE];
    path_of(exporting, "agendas-firms.html", path);
    struct paper *paper = paper_open(path, exporting->title, PAPER_PAGES);
    for (uint32_t f = 0; paper != NULL && f < exporting->gathering->firm_count; f++) {
        paper_page(paper, exporting->names.firms[f], exporting->title);
        paper_table(paper, headings, 4);
        for (uint32_t i = 0; i < exporting->view->count; i++) {
            const struct timetable_meeting *meeting = &exporting->view->items[i];
            char time[TEXT_SIZE], table[TEXT_SIZE];
            if (meeting->firm != f)
                continue;
            time_label(exporting->gathering, meeting->slot, time);
            table_label(exporting->gathering, meeting->table, table);
            paper_row(paper, (const char *const[]){
                                 time, table, exporting->names.initials[meeting->learner], ""});
        }
    }
    written(exporting, path, paper_close(paper));
}

/* -- the room ---------------------------------------------------------------------------------- */

/* By time, so that everybody finds their next table; a first name and an initial, nothing else. */
static void board(struct exporting *exporting)
{
    const char *headings[] = {text_of(TEXT_FIELD_table), text_of(TEXT_FIELD_employer),
                              text_of(TEXT_FIELD_learner)};
    char path[PATH_SIZE], time[TEXT_SIZE], table[TEXT_SIZE];
    path_of(exporting, "board.html", path);
    struct paper *paper = paper_open(path, exporting->title, PAPER_LIST);
    for (unsigned t = 0; paper != NULL && t < exporting->gathering->slot_count; t++) {
        time_label(exporting->gathering, t, time);
        paper_page(paper, time, "");
        paper_table(paper, headings, 3);
        for (uint32_t i = 0; i < exporting->view->count; i++) {
            const struct timetable_meeting *meeting = &exporting->view->items[i];
            if (meeting->slot != t)
                continue;
            table_label(exporting->gathering, meeting->table, table);
            paper_row(paper, (const char *const[]){table, exporting->names.firms[meeting->firm],
                                                   exporting->names.initials[meeting->learner]});
        }
    }
    written(exporting, path, paper_close(paper));
}

static void signs(struct exporting *exporting)
{
    char path[PATH_SIZE], table[TEXT_SIZE];
    path_of(exporting, "signs.html", path);
    struct paper *paper = paper_open(path, exporting->title, PAPER_SIGNS);
    for (uint32_t f = 0; paper != NULL && f < exporting->gathering->firm_count; f++) {
        const struct gathering_firm *firm = &exporting->gathering->firms[f];
        for (unsigned seat = 0; seat < gathering_recruiters(firm); seat++) {
            if (firm->table[seat] == 0)
                continue;
            table_label(exporting->gathering, firm->table[seat], table);
            paper_page(paper, table, exporting->names.firms[f]);
        }
    }
    written(exporting, path, paper_close(paper));
}

static void sign_in(struct exporting *exporting)
{
    const char *people[] = {text_of(TEXT_FIELD_learner), text_of(TEXT_JOBDATING_SIGNATURE)};
    const char *firms[] = {text_of(TEXT_FIELD_employer), text_of(TEXT_JOBDATING_SIGNATURE)};
    char path[PATH_SIZE];
    path_of(exporting, "sign-in.html", path);
    struct paper *paper = paper_open(path, exporting->title, PAPER_PAGES);
    if (paper != NULL) {
        paper_page(paper, text_of(TEXT_JOBDATING_LEARNERS), exporting->title);
        paper_table(paper, people, 2);
        for (uint32_t l = 0; l < exporting->gathering->learner_count; l++)
            paper_row(paper, (const char *const[]){exporting->names.people[l], ""});
        paper_page(paper, text_of(TEXT_JOBDATING_FIRMS), exporting->title);
        paper_table(paper, firms, 2);
        for (uint32_t f = 0; f < exporting->gathering->firm_count; f++)
            paper_row(paper, (const char *const[]){exporting->names.firms[f], ""});
    }
    written(exporting, path, paper_close(paper));
}

/* -- tables and calendars ---------------------------------------------------------------------- */

static void timetable_csv(struct exporting *exporting)
{
    char path[PATH_SIZE], table[TEXT_SIZE], from[CLOCK_TEXT_SIZE], to[CLOCK_TEXT_SIZE];
    path_of(exporting, "timetable.csv", path);
    struct csv_writer *writer = csv_open(path);
    if (writer != NULL)
        csv_row(writer,
                (const char *const[]){text_of(TEXT_FIELD_from), text_of(TEXT_FIELD_to),
                                      text_of(TEXT_FIELD_table), text_of(TEXT_FIELD_employer),
                                      text_of(TEXT_FIELD_learner)},
                5);
    for (uint32_t i = 0; writer != NULL && i < exporting->view->count; i++) {
        const struct timetable_meeting *meeting = &exporting->view->items[i];
        clock_print(exporting->gathering->slots[meeting->slot].from, from);
        clock_print(exporting->gathering->slots[meeting->slot].to, to);
        table_label(exporting->gathering, meeting->table, table);
        csv_row(writer,
                (const char *const[]){from, to, table, exporting->names.firms[meeting->firm],
                                      exporting->names.people[meeting->learner]},
                5);
    }
    written(exporting, path, csv_close(writer));
}

/* One calendar for each learner who meets somebody, named by the record's number. */
static void calendar(struct exporting *exporting, uint32_t learner)
{
    const struct gathering *gathering = exporting->gathering;
    struct ics_event events[CALENDAR_EVENTS_MAX];
    char uid[CALENDAR_EVENTS_MAX][64], place[CALENDAR_EVENTS_MAX][TEXT_SIZE];
    char id[ID_TEXT_SIZE], name[64], path[PATH_SIZE];
    unsigned count = 0;
    id_print(gathering->learners[learner].record->learner, id);
    for (uint32_t i = 0; i < exporting->view->count && count < CALENDAR_EVENTS_MAX; i++) {
        const struct timetable_meeting *meeting = &exporting->view->items[i];
        if (meeting->learner != learner)
            continue;
        snprintf(uid[count], sizeof uid[count], "R%llu-F%llu@passerelle",
                 (unsigned long long)id_number(gathering->learners[learner].id),
                 (unsigned long long)id_number(gathering->firms[meeting->firm].id));
        table_label(gathering, meeting->table, place[count]);
        events[count] = (struct ics_event){.uid = uid[count],
                                           .summary = exporting->names.firms[meeting->firm],
                                           .place = place[count],
                                           .day = gathering->view->record->day,
                                           .from = gathering->slots[meeting->slot].from,
                                           .to = gathering->slots[meeting->slot].to,
                                           .stamp_ms = gathering->view->record->observed_at};
        count++;
    }
    if (count == 0)
        return;
    snprintf(name, sizeof name, "calendar-%s.ics", id);
    path_of(exporting, name, path);
    written(exporting, path, ics_write(path, events, count));
}

/* -- all --------------------------------------------------------------------------------------- */

static enum ending export_all(struct exporting *exporting)
{
    struct context *context = exporting->context;
    const struct jobdating *record = exporting->gathering->view->record;
    if (mkdir(exporting->directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        written(exporting, exporting->directory, false);
        return exporting->ending;
    }
    snprintf(exporting->title, sizeof exporting->title, "%.*s", (int)record->name.size,
             record->name.data);
    exporting->ending = names_load(context, exporting->gathering, &exporting->names);
    if (exporting->ending != END_OK)
        return exporting->ending;
    agendas_learners(exporting);
    agendas_firms(exporting);
    board(exporting);
    signs(exporting);
    sign_in(exporting);
    timetable_csv(exporting);
    for (uint32_t l = 0; exporting->ending == END_OK && l < exporting->gathering->learner_count;
         l++)
        calendar(exporting, l);
    names_free(&exporting->names);
    if (exporting->ending == END_OK) {
        say(context->err, EXPORT_CARE);
        say(context->out, JOBDATING_EXPORTED, exporting->directory);
    }
    return exporting->ending;
}

enum ending jobdating_export(struct context *context)
{
    struct gathering *gathering;
    struct timetable_view view;
    enum ending ending = gathering_load(context, &gathering);
    if (ending != END_OK)
        return ending;
    ending = timetable_load(context, gathering, &view);
    if (ending == END_OK && view.published) {
        struct exporting exporting = {.context = context,
                                      .gathering = gathering,
                                      .view = &view,
                                      .directory = arguments_word(context->arguments, 2)};
        ending = export_all(&exporting);
    } else if (ending == END_OK) {
        say(context->err, JOBDATING_NO_TIMETABLE);
        ending = END_REJECTED;
    }
    timetable_free(&view);
    gathering_free(gathering);
    return ending;
}
