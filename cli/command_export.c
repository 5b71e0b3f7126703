#include "arguments.h"
#include "commands.h"
#include "jobdating_part.h"
#include "match_pages.h"
#include "record_name.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum ending export_run(struct context *context);

static const struct command_option export_options[] = {
    {"all", TEXT_NONE, TEXT_EXPORT_ALL, NULL},
};

const struct command command_export = {
    .name = "export",
    .group = TEXT_GROUP_PERSON,
    .usage = TEXT_EXPORT_USAGE,
    .summary = TEXT_EXPORT_SUMMARY,
    .details = TEXT_EXPORT_DETAILS,
    .most_words = 1,
    .options = export_options,
    .option_count = sizeof export_options / sizeof *export_options,
    .run = export_run,
};

enum { PAGE = 50, PAGE_MAX = 500, MATCHES_MOST = 32 };

/* -- what each class of privacy holds ---------------------------------------------------------- */

static const char *class_name(enum privacy privacy)
{
    switch (privacy) {
    case PRIVACY_PUBLIC:
    case PRIVACY_HEADER:
        return "public";
    case PRIVACY_MATCHING:
        return "matching";
    case PRIVACY_STATISTICS:
        return "statistics";
    default:
        return "personal";
    }
}

/* Adds the paths of the fields that are present to the list of their class, in table order. */
static void add_classes(json_t *classes, const struct record_type *type, const json_t *record,
                        const char *path)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        const json_t *value = json_object_get(record, field->name);
        char inner[96];
        snprintf(inner, sizeof inner, "%s%s%s", path, *path != '\0' ? "." : "", field->name);
        if (value == NULL)
            continue;
        if (field->type == FIELD_RECORD) {
            add_classes(classes, field->record, value, inner);
            continue;
        }
        json_t *list = json_object_get(classes, class_name(field->privacy));
        if (list == NULL) {
            json_object_set_new(classes, class_name(field->privacy), json_array());
            list = json_object_get(classes, class_name(field->privacy));
        }
        json_array_append_new(list, json_string(inner));
    }
}

/* -- one record -------------------------------------------------------------------------------- */

static bool add_match(void *arg, const msgpack_object *match)
{
    json_t *matches = arg;
    return json_array_append_new(matches, tree_to_json(match)) == 0;
}

/* The matches that follow from the record, with reasons; NULL when there are none to be had. */
static json_t *find_matches(struct context *context, const char *id)
{
    uint64_t number;
    if (!id_parse(id, strlen(id), &number) ||
        (id_letter(number) != 'L' && id_letter(number) != 'O'))
        return NULL;
    json_t *matches = json_array();
    context->quiet = true;
    enum ending ending = matches_ask(context, number, MATCHES_MOST, add_match, matches);
    context->quiet = false;
    if (ending == END_OK)
        return matches;
    json_decref(matches);
    return NULL;
}

static bool add_part(void *arg, const msgpack_object *stored)
{
    return json_array_append_new(arg, tree_to_json(stored)) == 0;
}

/* The parts of job datings that are about the record, and what is said in them of two; NULL for
 * records that have none. */
static json_t *find_parts(struct context *context, const char *id)
{
    uint64_t of;
    uint8_t kind = id_parse(id, strlen(id), &of) ? kind_of_letter(id_letter(of)) : KIND_ABSENT;
    if (kind != KIND_LEARNER && kind != KIND_EMPLOYER)
        return NULL;
    json_t *parts = json_array();
    uint8_t part = kind == KIND_LEARNER ? KIND_REGISTRATION : KIND_ATTENDANCE;
    enum ending ending = parts_each(context, of, part, true, add_part, parts);
    size_t own = json_array_size(parts);
    for (size_t i = 0; ending == END_OK && i < own; i++) {
        const char *name = json_string_value(json_object_get(json_array_get(parts, i), "id"));
        if (name != NULL && id_parse(name, strlen(name), &of))
            ending = parts_each(context, of, KIND_MEETING, true, add_part, parts);
    }
    if (ending == END_OK && json_array_size(parts) > 0)
        return parts;
    json_decref(parts);
    return NULL;
}

/* Takes the stored record; false without memory. */
static bool print_export(struct context *context, json_t *stored, bool indent)
{
    const char *id = json_string_value(json_object_get(stored, "id"));
    const struct kind_info *info = kind_info(id != NULL ? kind_of_letter(*id) : KIND_ABSENT);
    json_t *classes = json_object();
    if (info != NULL)
        add_classes(classes, info->record, json_object_get(stored, "record"), "");
    json_object_set_new(stored, "territory", json_string(context->territory));
    json_object_set_new(stored, "classes", classes);
    json_t *matches = id != NULL ? find_matches(context, id) : NULL;
    if (matches != NULL)
        json_object_set_new(stored, "matches", matches);
    json_t *parts = id != NULL ? find_parts(context, id) : NULL;
    if (parts != NULL)
        json_object_set_new(stored, "jobdatings", parts);
    char *plain = json_dumps(stored, indent ? JSON_INDENT(2) : JSON_COMPACT);
    json_decref(stored);
    if (plain != NULL)
        fprintf(context->out, "%s\n", plain);
    free(plain);
    return plain != NULL;
}

static enum ending export_one(struct context *context, const char *word)
{
    struct client_reply reply;
    const msgpack_object *stored;
    enum ending ending = record_fetch(context, word, KIND_ABSENT, true, &reply, &stored);
    if (ending != END_OK)
        return ending;
    json_t *json = tree_to_json(stored);
    return json != NULL && print_export(context, json, !context->json) ? END_OK
                                                                       : context_no_memory(context);
}

/* -- all learners ------------------------------------------------------------------------------ */

/* Prints a page of records, which are taken out of the answer first: printing asks again. */
static bool print_page(struct context *context, const msgpack_object *tree)
{
    json_t *page[PAGE_MAX];
    unsigned count = tree_count(tree, "records");
    count = count < PAGE_MAX ? count : PAGE_MAX;
    bool whole = true;
    for (unsigned i = 0; i < count; i++)
        page[i] = tree_to_json(tree_item(tree, "records", i));
    for (unsigned i = 0; i < count; i++)
        whole = page[i] != NULL && print_export(context, page[i], false) && whole;
    return whole;
}

static enum ending export_all(struct context *context)
{
    struct page page = {.kind = KIND_LEARNER, .limit = PAGE, .personal = true};
    page.has.kind = page.has.limit = page.has.personal = page.has.after = true;
    for (;;) {
        struct client_reply reply;
        enum ending ending = context_ask(context, MESSAGE_RECORD_LIST, &page, &reply);
        if (ending != END_OK)
            return ending;
        int64_t next = tree_number(reply.tree, "next", 0);
        if (!print_page(context, reply.tree))
            return context_no_memory(context);
        if (next <= page.after)
            return END_OK;
        page.after = next;
    }
}

static enum ending export_run(struct context *context)
{
    const char *word = arguments_word(context->arguments, 0);
    bool all = arguments_has(context->arguments, "all");
    if (all == (word != NULL))
        return context_usage(context, TEXT_WRONG_EXPORT, NULL);
    say(context->err, EXPORT_CARE);
    return all ? export_all(context) : export_one(context, word);
}
