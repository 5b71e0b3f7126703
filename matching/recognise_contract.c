/* Contracts. */
#include "../proto/choices.h"
#include "recognise_parts.h"

/* In a CV a contract may be one of the past; only a permanent one, or one that is looked for,
 * counts. */
static bool is_wanted(const struct reading *reading, const struct cue *cue)
{
    if (reading->kind == RECOGNISED_OFFER)
        return true;
    uint32_t lasting = CHOICE_BIT(CONTRACT_CDI) | CHOICE_BIT(CONTRACT_FREELANCE);
    if ((uint32_t)cue_value(cue) & lasting)
        return true;
    unsigned start = reading_sentence_start(reading, cue->token);
    unsigned end = reading_sentence_end(reading, cue->token);
    return reading_cue_within(reading, start, end, CUE_SEEK) != NULL;
}

static void add_contract(struct reading *reading, const struct cue *cue)
{
    struct recognition *found = reading->found;
    unsigned last = cue->token + cue->length - 1;
    if (found->contract_count == RECOGNISED_ITEMS_MAX || !is_wanted(reading, cue) ||
        reading_is_negated(reading, cue->token, last))
        return;
    found->contracts[found->contract_count++] = (struct recognised_contract){
        tokens_span(&reading->tokens, cue->token, last), (uint32_t)cue_value(cue)};
    reading_take(reading, cue->token, last, TAKEN_CONSTRAINT);
}

/* Of an alternance whose contract is named, too, the name counts. */
static void drop_wider(struct recognition *found)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < found->contract_count; i++) {
        bool narrower = false;
        for (unsigned j = 0; j < found->contract_count; j++)
            narrower |= found->contracts[j].values != found->contracts[i].values &&
                        (found->contracts[j].values & ~found->contracts[i].values) == 0;
        if (!narrower)
            found->contracts[kept++] = found->contracts[i];
    }
    found->contract_count = kept;
}

void reading_find_contracts(struct reading *reading)
{
    for (unsigned i = 0; i < reading->tokens.count;) {
        const struct cue *cue = reading_cue(reading, i, CUE_CONTRACT);
        if (cue)
            add_contract(reading, cue);
        i += cue ? cue->length : 1;
    }
    drop_wider(reading->found);
}
