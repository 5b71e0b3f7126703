#include "draft_view.h"

#include "../proto/message.h"
#include "record_words.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SURE = 100 }; /* a share of one in 1/10000, for percents */

bool draft_note(struct labels *labels, const msgpack_object *stored)
{
    static const char *const paths[] = {"draft.recognised", "draft.proposed"};
    const struct text whole = {"", 0};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const msgpack_object *part = tree_find(stored, paths[i]);
        if (part != NULL && !labels_note(labels, whole, part))
            return false;
    }
    return true;
}

/* The text there, cleaned; malloc'ed. */
static char *clean_at(const msgpack_object *tree, const char *path)
{
    struct text text = tree_text(tree, path);
    return text_clean(text.data != NULL ? text.data : "", text.size);
}

/* The label of an id, or the id. */
static const char *label_or_id(const struct labels *labels, const char *field, struct text id,
                               const char *clean)
{
    struct text name = {field, (uint32_t)strlen(field)};
    const char *label = labels_find(labels, name, id);
    return label != NULL ? label : clean != NULL ? clean : "";
}

static void heading(struct context *context, enum text_id text)
{
    fprintf(context->out, "\n%s%s%s\n", terminal_colour(&context->terminal, COLOUR_BOLD),
            text_of(text), terminal_colour(&context->terminal, COLOUR_PLAIN));
}

/* Other roles than the one proposed, which comes first. */
static void roles_print(struct context *context, const struct labels *labels,
                        const msgpack_object *recognised)
{
    unsigned count = tree_count(recognised, "roles");
    if (count > 1)
        heading(context, TEXT_DRAFT_ROLES);
    for (unsigned i = 0; i < count && count > 1; i++) {
        const msgpack_object *role = tree_item(recognised, "roles", i);
        char *id = clean_at(role, "role");
        fprintf(context->out, "  %3" PRId64 " %%  %s\n", tree_number(role, "share", 0) / SURE,
                label_or_id(labels, "role", tree_text(role, "role"), id));
        free(id);
    }
}

static void skills_print(struct context *context, const struct labels *labels,
                         const msgpack_object *recognised)
{
    unsigned count = tree_count(recognised, "skills");
    if (count > 0)
        heading(context, TEXT_DRAFT_SKILLS);
    for (unsigned i = 0; i < count; i++) {
        const msgpack_object *skill = tree_item(recognised, "skills", i);
        char *id = clean_at(skill, "skill"), *words = clean_at(skill, "words");
        fprintf(context->out, "  %3" PRId64 " %%  “%s”: %s",
                tree_number(skill, "confidence", 0) / SURE, words != NULL ? words : "",
                label_or_id(labels, "skill", tree_text(skill, "skill"), id));
        for (unsigned other = 0; other < tree_count(skill, "others"); other++) {
            struct text name = tree_text(tree_item(skill, "others", other), "");
            char *clean = text_clean(name.data != NULL ? name.data : "", name.size);
            fprintf(context->out, "%s%s", other > 0 ? ", " : text_of(TEXT_DRAFT_OR),
                    label_or_id(labels, "skill", name, clean));
            free(clean);
        }
        fputc('\n', context->out);
        free(id);
        free(words);
    }
}

static void unlawful_print(struct context *context, const msgpack_object *recognised)
{
    const struct choices *about = unlawful_wish_type.fields[0].choices;
    unsigned count = tree_count(recognised, "unlawful");
    if (count > 0)
        heading(context, TEXT_DRAFT_UNLAWFUL);
    for (unsigned i = 0; i < count; i++) {
        const msgpack_object *wish = tree_item(recognised, "unlawful", i);
        const char *label = choice_label(about, tree_text(wish, "about"));
        char *words = clean_at(wish, "words");
        fprintf(context->out, "  “%s” (%s)\n", words != NULL ? words : "",
                label != NULL ? label : "");
        free(words);
    }
}

static void questions_print(struct context *context, const msgpack_object *recognised)
{
    const struct field *field = field_of_name(&recognised_type, "questions", 9, 0);
    unsigned count = tree_count(recognised, "questions");
    if (count > 0)
        heading(context, TEXT_DRAFT_QUESTIONS);
    for (unsigned i = 0; i < count; i++) {
        const char *label =
            choice_label(field->choices, tree_text(tree_item(recognised, "questions", i), ""));
        fprintf(context->out, "  %u. %s\n", i + 1, label != NULL ? label : "");
    }
}

void draft_print(struct context *context, const struct labels *labels, const msgpack_object *stored)
{
    const msgpack_object *recognised = tree_find(stored, "draft.recognised");
    char *id = clean_at(stored, "id");
    if (tree_find(stored, "draft") == NULL) {
        free(id);
        return;
    }
    if (tree_text(recognised, "referential").size == 0) {
        heading(context, TEXT_DRAFT_UNREAD);
    } else if (tree_flag(recognised, "unreadable")) {
        heading(context, TEXT_DRAFT_UNREADABLE);
    } else {
        heading(context, TEXT_DRAFT_PROPOSED);
        record_print(context->out, &context->terminal, labels, &offer_type,
                     tree_find(stored, "draft.proposed"), 2);
        roles_print(context, labels, recognised);
        skills_print(context, labels, recognised);
        unlawful_print(context, recognised);
        questions_print(context, recognised);
    }
    fputc('\n', context->out);
    say(context->out, DRAFT_HOW_TO_CONFIRM, id != NULL ? id : "");
    free(id);
}
