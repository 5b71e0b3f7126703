#include "match_view.h"

#include "../matching/score.h"
#include "reason_words.h"
#include "tree.h"

#include <stdlib.h>

static int percent(const msgpack_object *match, const char *side)
{
    return (int)((tree_number(match, side, 0) * 100 + SCORE_ONE / 2) / SCORE_ONE);
}

static const char *mark_of(enum colour colour)
{
    static const char *const marks[] = {
        [COLOUR_GOOD] = "+", [COLOUR_POOR] = "~", [COLOUR_BAD] = "-", [COLOUR_FAINT] = "·"};
    return marks[colour];
}

static void print_reason(const struct context *context, const msgpack_object *reason)
{
    enum colour colour = reason_colour(reason);
    char *words = reason_in_words(reason);
    if (words != NULL)
        fprintf(context->out, "     %s%s %s%s\n", terminal_colour(&context->terminal, colour),
                mark_of(colour), words, terminal_colour(&context->terminal, COLOUR_PLAIN));
    free(words);
}

static void print_head(const struct context *context, const msgpack_object *match, unsigned rank)
{
    struct text id = tree_text(match, "id"), title = tree_text(match, "title");
    char *clean_id = text_clean(id.data != NULL ? id.data : "", id.size);
    char *clean_title = text_clean(title.data != NULL ? title.data : "", title.size);
    if (rank > 0)
        fprintf(context->out, "%2u. ", rank);
    if (clean_id != NULL && clean_title != NULL)
        fprintf(context->out, "%s%s%s  %d %%%s%s\n",
                terminal_colour(&context->terminal, COLOUR_BOLD), clean_id,
                terminal_colour(&context->terminal, COLOUR_PLAIN), percent(match, "score"),
                *clean_title != '\0' ? "  " : "", clean_title);
    free(clean_id);
    free(clean_title);
}

void match_print(const struct context *context, const msgpack_object *match, unsigned rank)
{
    print_head(context, match, rank);
    fprintf(context->out, "     ");
    say(context->out, MATCH_SIDES, percent(match, "employer"), percent(match, "learner"));
    for (unsigned i = 0; i < tree_count(match, "reasons"); i++)
        print_reason(context, tree_item(match, "reasons", i));
    int64_t left = tree_number(match, "reasons_left", 0);
    if (left > 0)
        say(context->out, MATCH_REASONS_LEFT, left);
}
