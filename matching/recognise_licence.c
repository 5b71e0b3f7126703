/* Driving licences. */
#include "../proto/choices.h"
#include "recognise_parts.h"

#include <string.h>

enum { CODES_REACH = 8 }; /* tokens between the word and the last of its codes */

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

static void add_licence(struct reading *reading, unsigned first, unsigned last, uint8_t code)
{
    struct recognition *found = reading->found;
    if (found->licence_count == RECOGNISED_ITEMS_MAX)
        return;
    bool negated = reading_is_negated(reading, first, last);
    unsigned end = reading_part_end(reading, last);
    bool in_progress = !negated && (reading_cue_within(reading, last + 1, end, CUE_IN_PROGRESS) ||
                                    reading_cue_within(reading, reading_part_start(reading, first),
                                                       first, CUE_IN_PROGRESS));
    bool offer = reading->kind == RECOGNISED_OFFER;
    found->licences[found->licence_count++] = (struct recognised_licence){
        tokens_span(&reading->tokens, first, last), code,
        offer && !negated && !in_progress && !reading_is_wished(reading, first, last), in_progress,
        negated};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
}

/* "permis B, C et BE": the codes behind the word. Returns the token behind the last. */
static unsigned add_codes(struct reading *reading, const struct cue *cue)
{
    unsigned word = cue->token, next = word + cue->length, first = word;
    bool any = false;
    for (unsigned at = next; at < reading->tokens.count && at < next + CODES_REACH; at++) {
        uint32_t gap = reading->tokens.tokens[at].gap;
        uint8_t code = code_at(reading, at);
        if (gap & (GAP_STOP | GAP_LINE))
            break;
        if (code != 0 && ((at == next && !any) || is_written_as_code(reading, at))) {
            add_licence(reading, any ? at : first, at, code);
            any = true;
            next = at + 1;
        } else if (!any && at == next) {
            break;
        }
    }
    return any ? next : word;
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
        return end;
    }
    unsigned behind = add_codes(reading, cue);
    if (behind > cue->token)
        return behind;
    if (!is_other_permit(reading, end) && !(reading->taken[cue->token] & TAKEN_CONSTRAINT))
        add_licence(reading, cue->token, end - 1, LICENCE_B);
    return end;
}

void reading_find_licences(struct reading *reading)
{
    for (unsigned i = 0; i < reading->tokens.count;) {
        const struct cue *coded = reading_cue(reading, i, CUE_LICENCE_CODE);
        const struct cue *word = reading_cue(reading, i, CUE_LICENCE);
        if (coded) {
            add_licence(reading, i, i + coded->length - 1, (uint8_t)cue_value(coded));
            i += coded->length;
        } else if (word) {
            i = take_word(reading, word);
        } else {
            i++;
        }
    }
}
