#include "arguments.h"
#include "commands.h"
#include "draft_view.h"
#include "labels.h"
#include "record_name.h"
#include "record_words.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>

static enum ending show_run(struct context *context);

static const struct command_option show_options[] = {
    {"personal", TEXT_NONE, TEXT_OPTION_PERSONAL, NULL},
    {"kind", TEXT_VALUE_KIND, TEXT_SHOW_KIND, "learner offer employer programme cohort"},
};

const struct command command_show = {
    .name = "show",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_RECORD_USAGE,
    .summary = TEXT_SHOW_SUMMARY,
    .details = TEXT_SHOW_DETAILS,
    .fewest_words = 1,
    .most_words = 1,
    .options = show_options,
    .option_count = sizeof show_options / sizeof *show_options,
    .run = show_run,
};

enum { ARENA_MAX = 4 * 1024 * 1024 };

static void print_head(struct context *context, const msgpack_object *stored)
{
    struct text id = tree_text(stored, "id"), state = tree_text(stored, "state");
    char *clean = text_clean(id.data != NULL ? id.data : "", id.size);
    const char *label = state_label(state);
    fprintf(context->out, "%s%s%s", terminal_colour(&context->terminal, COLOUR_BOLD),
            clean != NULL ? clean : "", terminal_colour(&context->terminal, COLOUR_PLAIN));
    fprintf(context->out, "%s%s  ", *label != '\0' ? "  " : "", label);
    say(context->out, REVISION, tree_number(stored, "revision", 0));
    free(clean);
}

static void print_all(struct context *context, const msgpack_object *stored)
{
    struct text id = tree_text(stored, "id");
    const struct kind_info *info =
        kind_info(id.size > 0 ? kind_of_letter(id.data[0]) : (uint8_t)KIND_ABSENT);
    struct labels *labels = labels_create();
    if (labels != NULL && labels_note(labels, (struct text){"", 0}, tree_find(stored, "record")) &&
        draft_note(labels, stored))
        labels_ask(labels, context);
    print_head(context, stored);
    if (info != NULL)
        record_print(context->out, &context->terminal, labels, info->record,
                     tree_find(stored, "record"), 2);
    draft_print(context, labels, stored);
    labels_free(labels);
}

/* The record is kept while the server is asked what the skills in it are called. */
static enum ending show_in_words(struct context *context, const msgpack_object *stored)
{
    struct arena *arena = arena_create(ARENA_MAX);
    const msgpack_object *copy = arena != NULL ? tree_copy(stored, arena) : NULL;
    if (copy != NULL)
        print_all(context, copy);
    arena_free(arena);
    return copy != NULL ? END_OK : context_no_memory(context);
}

static enum ending show_run(struct context *context)
{
    const char *kind_word = arguments_value(context->arguments, "kind");
    uint8_t kind = kind_word != NULL ? kind_of_word(kind_word) : KIND_ABSENT;
    if (kind_word != NULL && kind == KIND_ABSENT)
        return context_usage(context, TEXT_WRONG_KIND, kind_word);
    struct client_reply reply;
    const msgpack_object *stored;
    enum ending ending =
        record_fetch(context, arguments_word(context->arguments, 0), kind,
                     arguments_has(context->arguments, "personal"), &reply, &stored);
    if (ending != END_OK)
        return ending;
    if (context->json) {
        context_print_json(context, stored);
        return END_OK;
    }
    return show_in_words(context, stored);
}
