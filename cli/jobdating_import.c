#include "jobdating.h"

#include "arguments.h"
#include "import_value.h"
#include "jobdating_part.h"
#include "record_name.h"
#include "table_reader.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_SIZE = 128 };

/* What a column of the table is. */
struct column {
    const struct field *field, *parent; /* field NULL: not used */
    bool names_learner, names_employer, names_code;
};

struct importing {
    struct context *context;
    const char *path;
    uint64_t whole;
    uint8_t kind; /* of the parts that the rows are about */
    struct column columns[TABLE_COLUMNS_MAX];
    unsigned column_count;
    const struct table_row *row, *header;
    uint64_t other, third; /* what the row's part joins */
    char code[WORD_SIZE];
    unsigned created, updated, unchanged, refused;
};

/* -- columns ----------------------------------------------------------------------------------- */

static bool is_field(const struct field *field, const char *name)
{
    return field != NULL && strcmp(field->name, name) == 0;
}

/* Which kind of part the headers are of: by whom they name. */
static uint8_t kind_of_headers(const struct table_row *header)
{
    const struct field *parent;
    bool learner = false, employer = false, code = false;
    for (unsigned i = 0; i < header->count; i++) {
        struct text text = header->cells[i].text;
        learner |=
            is_field(part_field(&registration_type, text.data, text.size, &parent), "learner");
        employer |=
            is_field(part_field(&attendance_type, text.data, text.size, &parent), "employer");
        code |= is_field(part_field(&helper_type, text.data, text.size, &parent), "code");
    }
    return learner && employer ? KIND_MEETING
           : learner           ? KIND_REGISTRATION
           : employer          ? KIND_ATTENDANCE
           : code              ? KIND_HELPER
                               : KIND_ABSENT;
}

/* Nothing but what people say of a part comes from a table. */
static bool is_fixed(const struct field *field)
{
    static const char *const fixed[] = {"source",    "reference",    "observed_at",
                                        "jobdating", "registration", "attendance"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(field->name, fixed[i]) == 0)
            return true;
    return false;
}

static void column_set(struct importing *importing, struct column *column, struct text header)
{
    const struct field *parent;
    *column = (struct column){.field = NULL};
    column->names_learner =
        is_field(part_field(&registration_type, header.data, header.size, &parent), "learner");
    column->names_employer =
        is_field(part_field(&attendance_type, header.data, header.size, &parent), "employer");
    const struct record_type *type = kind_info(importing->kind)->record;
    const struct field *field = part_field(type, header.data, header.size, &parent);
    column->names_code = importing->kind == KIND_HELPER && is_field(field, "code");
    if (field == NULL || is_fixed(field) || column->names_learner || column->names_employer ||
        column->names_code)
        return;
    column->field = field;
    column->parent = parent;
}

static enum ending columns_set(struct importing *importing)
{
    struct context *context = importing->context;
    importing->kind = kind_of_headers(importing->header);
    if (importing->kind == KIND_ABSENT) {
        say(context->err, JOBDATING_NO_COLUMN, importing->path);
        return END_REJECTED;
    }
    importing->column_count = importing->header->count;
    for (unsigned i = 0; i < importing->column_count; i++) {
        struct column *column = &importing->columns[i];
        column_set(importing, column, importing->header->cells[i].text);
        bool used = column->field != NULL || column->names_learner || column->names_employer ||
                    column->names_code;
        char *name = used ? NULL
                          : text_clean(importing->header->cells[i].text.data,
                                       importing->header->cells[i].text.size);
        if (name != NULL && *name != '\0')
            say(context->err, JOBDATING_UNUSED_COLUMN, importing->path, name);
        free(name);
    }
    return END_OK;
}

/* -- rows -------------------------------------------------------------------------------------- */

static void cell_say(const struct importing *importing, unsigned column, const char *words)
{
    struct text text = importing->header->cells[column].text;
    char *header = text_clean(text.data, text.size);
    say(importing->context->err, JOBDATING_CELL, importing->path,
        importing->row->cells[column].line, header != NULL ? header : "", words);
    free(header);
}

static bool row_fill(struct part *part, void *arg, enum ending *ending)
{
    struct importing *importing = arg;
    struct part_names names = {importing->whole, importing->other, importing->third,
                               importing->code};
    if (part->id == 0)
        part_begin(part, &names);
    for (unsigned i = 0; i < importing->row->count; i++) {
        const struct column *column = &importing->columns[i];
        struct text value = importing->row->cells[i].text;
        struct value_fault fault;
        if (column->field == NULL || value.size == 0)
            continue;
        if (value.size == 1 && value.data[0] == '-')
            value.size = 0; /* said to be nothing */
        if (part_set(part, column->parent, column->field, value, &fault))
            continue;
        char *words = part_fault_in_words(&fault);
        cell_say(importing, i, words != NULL ? words : "");
        free(words);
        *ending = END_REJECTED;
        return false;
    }
    return true;
}

/* The record that a cell names, or the part of it at the job dating. */
static enum ending cell_find(struct importing *importing, unsigned column, uint8_t kind,
                             uint64_t *id)
{
    char word[WORD_SIZE];
    struct text text = importing->row->cells[column].text;
    snprintf(word, sizeof word, "%.*s", (int)text.size, text.data);
    enum ending ending = END_REJECTED;
    struct record_name name;
    if (record_name_parse(word, &name))
        ending = record_find_id(importing->context, word, kind, id);
    else
        cell_say(importing, column, text_of(TEXT_WRONG_RECORD));
    return ending;
}

/* Whom the row is about. */
static enum ending row_names(struct importing *importing)
{
    enum ending ending = END_OK;
    importing->other = importing->third = 0;
    importing->code[0] = '\0';
    for (unsigned i = 0; i < importing->row->count && ending == END_OK; i++) {
        const struct column *column = &importing->columns[i];
        struct text text = importing->row->cells[i].text;
        if (text.size == 0)
            continue;
        if (column->names_code)
            snprintf(importing->code, sizeof importing->code, "%.*s", (int)text.size, text.data);
        if (column->names_learner)
            ending = cell_find(importing, i, KIND_LEARNER, &importing->other);
        if (column->names_employer)
            ending =
                cell_find(importing, i, KIND_EMPLOYER,
                          importing->kind == KIND_MEETING ? &importing->third : &importing->other);
    }
    return ending;
}

static enum ending row_target(struct importing *importing, struct part_target *target)
{
    *target =
        (struct part_target){.kind = importing->kind, .whole = importing->whole, .silent = true};
    if (importing->kind == KIND_HELPER) {
        part_join_code(importing->whole, importing->code, target->reference);
        return importing->code[0] != '\0' ? END_OK : END_REJECTED;
    }
    if (importing->other == 0 || (importing->kind == KIND_MEETING && importing->third == 0))
        return END_REJECTED;
    if (importing->kind != KIND_MEETING) {
        part_join(importing->whole, importing->other, target->reference);
        return END_OK;
    }
    enum ending ending = part_find_joined(importing->context, importing->whole, importing->other,
                                          KIND_REGISTRATION, &importing->other);
    if (ending == END_OK)
        ending = part_find_joined(importing->context, importing->whole, importing->third,
                                  KIND_ATTENDANCE, &importing->third);
    part_join(importing->other, importing->third, target->reference);
    return ending;
}

static void result_count(struct importing *importing, struct text result)
{
    if (text_is(result, "created"))
        importing->created++;
    else if (text_is(result, "updated"))
        importing->updated++;
    else
        importing->unchanged++;
}

static enum ending row_take(struct importing *importing)
{
    struct client_reply reply;
    struct part_target target;
    enum ending ending = row_names(importing);
    if (ending == END_OK)
        ending = row_target(importing, &target);
    if (ending == END_OK)
        ending = part_change(importing->context, &target, row_fill, importing, &reply);
    if (ending == END_OK)
        result_count(importing, reply.head.result);
    else if (ending != END_AWAY) {
        say(importing->context->err, JOBDATING_ROW_REFUSED, importing->path, importing->row->line);
        importing->refused++;
    }
    return ending;
}

static enum ending rows_take(struct importing *importing, struct table *table)
{
    struct table_row row;
    struct table_problem problem;
    enum table_result result;
    importing->row = &row;
    while ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW) {
        if (result == TABLE_ROW && row_take(importing) == END_AWAY)
            return END_AWAY;
        if (result == TABLE_BAD_ROW) {
            say(importing->context->err, JOBDATING_ROW_REFUSED, importing->path, problem.line);
            importing->refused++;
        }
    }
    if (result == TABLE_FAILED) {
        say(importing->context->err, JOBDATING_TABLE_BAD, importing->path, problem.detail);
        importing->refused++;
    }
    say(importing->context->out, JOBDATING_IMPORTED, importing->created, importing->updated,
        importing->unchanged, importing->refused);
    if (importing->refused == 0)
        return END_OK;
    return importing->created + importing->updated + importing->unchanged > 0 ? END_PARTIAL
                                                                              : END_REJECTED;
}

static enum ending file_take(struct importing *importing)
{
    struct table_options options = {.delimiter = 0};
    struct table_problem problem = {.fault = TABLE_FAULT_NONE};
    struct table *table = table_open(importing->path, &options, &problem);
    if (table == NULL) {
        say(importing->context->err, CANNOT_READ, importing->path,
            problem.fault == TABLE_FAULT_OPEN ? strerror(errno) : problem.detail);
        return END_REJECTED;
    }
    importing->header = table_header(table);
    enum ending ending = columns_set(importing);
    if (ending == END_OK)
        ending = rows_take(importing, table);
    table_close(table);
    return ending;
}

static enum ending worse(enum ending a, enum ending b)
{
    return a == END_OK || a == b ? b : b == END_OK ? END_PARTIAL : b == END_AWAY ? b : END_PARTIAL;
}

enum ending jobdating_import(struct context *context)
{
    struct importing *importing = calloc(1, sizeof *importing);
    if (importing == NULL)
        return context_no_memory(context);
    uint64_t whole;
    enum ending ending = jobdating_named(context, &whole);
    if (ending != END_OK) {
        free(importing);
        return ending;
    }
    for (unsigned i = 2; ending != END_AWAY && i < arguments_count(context->arguments); i++) {
        *importing = (struct importing){
            .context = context, .path = arguments_word(context->arguments, i), .whole = whole};
        enum ending one = file_take(importing);
        ending = i == 2 ? one : worse(ending, one);
    }
    free(importing);
    return ending;
}
