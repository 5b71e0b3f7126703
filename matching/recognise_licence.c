/* Driving licences. */
#include "../proto/choices.h"
#include "recognise_parts.h"

#include <string.h>

enum {
    CODES_REACH = 8,    /* tokens from the word to the last of its codes */
    PROGRESS_REACH = 10 /* and to "en cours", "résultat en attente" */
};

static const char *const licence_names[] = {
#define LICENCE_NAME(list, constant, wire) [list##_##constant] = wire,
    CHOICES_LICENCE(LICENCE_NAME)
#undef LICENCE_NAME
};

/* The code a token is, written in capitals or right behind the word; 0: none. */
static uint8_t code_at(const struct reading *reading, unsigned token)
{
    for (uint8_t code = 1; code < LICENCE_END; code++)
        if (token_is(&reading->tokens, token, licence_names[code]))
            return code;
    return 0;
}

static bool is_written_as_code(const struct reading *reading, unsigned token)
{
    const struct token *found = &reading->tokens.tokens[token];
    return found->capitals || (found->capital && found->folded_size == 1);
}

static bool is_in_progress(const struct reading *reading, unsigned first, unsigned last)
{
    unsigned end = last + 1;
    while (end < reading->tokens.count && end <= last + PROGRESS_REACH &&
           !(reading->tokens.tokens[end].gap & (GAP_STRONG | GAP_COMMA)))
        end++;
    return reading_cue_within(reading, last + 1, end, CUE_IN_PROGRESS) ||
           reading_cue_within(reading, reading_part_start(reading, first), first, CUE_IN_PROGRESS);
}

static void add_licence(struct reading *reading, unsigned first, unsigned last, uint8_t code)
{
    struct recognition *found = reading->found;
    if (found->licence_count == RECOGNISED_ITEMS_MAX)
        return;
    bool negated = reading_is_negated(reading, first, last);
    bool in_progress = !negated && is_in_progress(reading, first, last);
    bool offer = reading->kind == RECOGNISED_OFFER;
    found->licences[found->licence_count++] = (struct recognised_licence){
        tokens_span(&reading->tokens, first, last), code,
        offer && !negated && !in_progress && !reading_is_wished(reading, first, last), in_progress,
        negated};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
}

/* The codes that go on from next: "permis B, C et BE", "B licence; BE a plus". The first one may be
 * in small letters, right behind the word, which is then part of it. Returns the token behind the
 * last, or next. */
static unsigned add_codes(struct reading *reading, unsigned word, unsigned next)
{
    unsigned end = next;
    for (unsigned at = next; at < reading->tokens.count && at < end + CODES_REACH; at++) {
        uint8_t code = code_at(reading, at);
        if (reading->tokens.tokens[at].gap & (GAP_STOP | GAP_LINE))
            break;
        bool first = at == next && word < next;
        if (code != 0 && (first || is_written_as_code(reading, at))) {
            add_licence(reading, end == next && word < next ? word : at, at, code);
            end = at + 1;
        } else if (first) {
            break;
        }
    }
    return end;
}

static bool is_other_permit(const struct reading *reading, unsigned next)
{
    static const char *const others[] = {"construire", "travail", "feu", "bateau", "chasse",
                                         "sejour",     "fluvial", "to",  "for"};
    for (unsigned at = next; at < reading->tokens.count && at < next + 2; at++)
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (token_is(&reading->tokens, at, others[i]))
                return true;
    return false;
}

/* Returns the token to go on at. */
static unsigned take_word(struct reading *reading, const struct cue *cue)
{
    unsigned end = cue->token + cue->length;
    if (cue->token > 0 && is_written_as_code(reading, cue->token - 1) &&
        code_at(reading, cue->token - 1) != 0 && reading->found->language == LABEL_ENGLISH) {
        add_licence(reading, cue->token - 1, end - 1, code_at(reading, cue->token - 1));
        return add_codes(reading, end, end);
    }
    unsigned behind = add_codes(reading, cue->token, end);
    if (behind == end && !is_other_permit(reading, end))
        add_licence(reading, cue->token, end - 1, LICENCE_B);
    return behind;
}

void reading_find_licences(struct reading *reading)
{
    for (unsigned i = 0; i < reading->tokens.count;) {
        const struct cue *coded = reading_cue(reading, i, CUE_LICENCE_CODE);
        const struct cue *word = reading_cue(reading, i, CUE_LICENCE);
        if (reading->taken[i]) {
            i++;
        } else if (coded) {
            add_licence(reading, i, i + coded->length - 1, (uint8_t)cue_value(coded));
            i += coded->length;
        } else if (word) {
            i = take_word(reading, word);
        } else {
            i++;
        }
    }
}
