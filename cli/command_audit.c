#include "arguments.h"
#include "audit_report.h"
#include "commands.h"
#include "counterfactual.h"
#include "tree.h"

#include "../runtime/file_map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_BYTES_MAX = 1 << 20, TOP_DEFAULT = 10, TOP_MAX = 32, REPORT_MODE = 0640 };

static enum ending audit_run(struct context *context);

static const struct command_option audit_options[] = {
    {"top", TEXT_VALUE_NUMBER, TEXT_AUDIT_TOP, NULL},
    {"html", TEXT_VALUE_FILE, TEXT_AUDIT_HTML, NULL},
    {"no-swap", TEXT_NONE, TEXT_AUDIT_NO_SWAP, NULL},
};

const struct command command_audit = {
    .name = "audit",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_AUDIT_SUMMARY,
    .details = TEXT_AUDIT_DETAILS,
    .options = audit_options,
    .option_count = sizeof audit_options / sizeof *audit_options,
    .run = audit_run,
};

static enum ending write_html(struct context *context, const char *path,
                              const msgpack_object *answer, const struct swap_result *swap)
{
    char *page = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&page, &size);
    bool made = out != NULL && audit_report_html(context, out, answer, swap);
    if (out != NULL && fclose(out) != 0)
        made = false;
    enum ending ending = made ? END_OK : context_no_memory(context);
    if (made && !file_write_atomic(path, page, size, REPORT_MODE)) {
        say(context->err, IMPORT_CANNOT_WRITE, path, strerror(errno));
        ending = END_REJECTED;
    }
    free(page);
    return ending;
}

static enum ending tell(struct context *context, const msgpack_object *answer,
                        const struct swap_result *swap)
{
    const char *path = arguments_value(context->arguments, "html");
    if (path != NULL) {
        enum ending ending = write_html(context, path, answer, swap);
        if (ending != END_OK)
            return ending;
    }
    if (!context->json)
        return audit_report_text(context, answer, swap) ? END_OK : context_no_memory(context);
    json_t *report = audit_report_json(answer, swap);
    if (report == NULL)
        return context_no_memory(context);
    json_print_line(context, report);
    json_decref(report);
    return END_OK;
}

/* The answer, in the arena. */
static enum ending ask(struct context *context, int64_t top, struct arena *arena,
                       const msgpack_object **answer)
{
    struct audit_of body = {.top = top};
    struct client_reply reply;
    body.has.top = true;
    enum ending ending = context_ask(context, MESSAGE_AUDIT, &body, &reply);
    if (ending != END_OK)
        return ending;
    *answer = tree_copy(reply.tree, arena);
    return *answer != NULL ? END_OK : context_no_memory(context);
}

static enum ending audit_run(struct context *context)
{
    int64_t top;
    if (!arguments_number(context->arguments, "top", 1, TOP_MAX, TOP_DEFAULT, &top))
        return context_usage(context, TEXT_WRONG_NUMBER, "--top");
    bool swapping = !arguments_has(context->arguments, "no-swap");
    struct arena *arena = arena_create(ANSWER_BYTES_MAX);
    if (arena == NULL)
        return context_no_memory(context);
    const msgpack_object *answer;
    struct swap_result swap;
    enum ending ending = ask(context, top, arena, &answer);
    if (ending == END_OK && swapping)
        ending = blind_swap_run(context, &swap);
    if (ending == END_OK)
        ending = tell(context, answer, swapping ? &swap : NULL);
    arena_free(arena);
    if (ending == END_OK && swapping && swap.differing > 0)
        return END_UNVERIFIED;
    return ending;
}
