#include "blind_swap.h"

#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* -- changing ---------------------------------------------------------------------------------- */

static char longest[256]; /* letters, for texts of any length */

static void change_field(const struct field *field, void *member, bool last)
{
    static const char dates[][DATE_TEXT_SIZE] = {"1941-01-01", "2012-12-31"};
    switch (field->type) {
    case FIELD_TEXT: {
        size_t size = (size_t)(last ? field->max : field->min);
        size = size < sizeof longest ? size : sizeof longest;
        *(struct text *)member = (struct text){longest, (uint32_t)size};
        break;
    }
    case FIELD_INT:
    case FIELD_TIME:
        *(int64_t *)member = last ? field->max : field->min;
        break;
    case FIELD_BOOL:
        *(bool *)member = last;
        break;
    case FIELD_DATE:
        date_parse(dates[last], DATE_TEXT_SIZE - 1, member);
        break;
    case FIELD_CLOCK:
        *(int32_t *)member = last ? 1440 : 0;
        break;
    case FIELD_ID:
        *(uint64_t *)member = id_make((char)field->min, last ? UINT64_C(999999) : 1);
        break;
    case FIELD_CHOICE:
        *(uint8_t *)member = (uint8_t)(last ? field->choices->count : 1);
        break;
    case FIELD_SET:
        *(uint32_t *)member = last ? 1u << (field->choices->count - 1) : 1;
        break;
    case FIELD_RECORD:
    case FIELD_RECORDS:
    case FIELD_TEXTS:
        break;
    }
}

/* Fields that say who sent the learner where, though a worker may read them. */
static bool is_path(const struct field *field)
{
    static const char *const names[] = {"cohort", "prescriber", "stages"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(field->name, names[i]) == 0)
            return true;
    return false;
}

static bool is_protected(const struct record_type *type, const struct field *field)
{
    return (field->privacy & (PRIVACY_PERSONAL | PRIVACY_STATISTICS)) != 0 ||
           (type == &learner_type && is_path(field));
}

static unsigned change_record(const struct record_type *type, void *record, unsigned swap)
{
    uint64_t *has = record;
    unsigned changed = 0;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        char *member = (char *)record + field->offset;
        if (!is_protected(type, field))
            continue;
        if (field->type == FIELD_RECORD)
            changed += change_record(field->record, member, swap);
        else
            changed++;
        if (field->type == FIELD_RECORDS || field->type == FIELD_TEXTS)
            memset(member, 0, sizeof(struct list));
        else if (swap < 2)
            change_field(field, member, swap == 1);
        if (swap < 2)
            *has |= field_bit(type, field);
        else
            *has &= ~field_bit(type, field);
    }
    return changed;
}

unsigned blind_swap_change(struct learner *learner, unsigned swap)
{
    memset(longest, 'a', sizeof longest);
    return change_record(&learner_type, learner, swap);
}

/* -- comparing --------------------------------------------------------------------------------- */

struct swapping {
    struct swap_result *result;
    struct loaded_catalogue loaded;
    struct offer_profile **offers;
    uint64_t offer_count;
    uint64_t next; /* offer to score next */
    uint64_t each; /* offers for each learner */
};

static bool take_offer(void *arg, const struct read_record *read)
{
    struct swapping *swapping = arg;
    if (!text_is(read->state, "open") || swapping->offer_count == SWAP_OFFERS_MAX)
        return true;
    struct offer_profile *offer =
        offer_compile(read->record, id_number(read->id), &swapping->loaded.catalogue);
    if (offer != NULL)
        swapping->offers[swapping->offer_count++] = offer;
    return offer != NULL;
}

static bool take_count(void *arg, const struct read_record *read)
{
    struct swapping *swapping = arg;
    swapping->result->learners += text_is(read->state, "active");
    return true;
}

/* Whether scores with the offers whose turn it is are the same. */
static bool scores_equal(struct swapping *swapping, const struct learner_profile *one,
                         const struct learner_profile *other)
{
    bool equal = true;
    for (uint64_t i = 0; i < swapping->each; i++) {
        const struct offer_profile *offer =
            swapping->offers[(swapping->next + i) % swapping->offer_count];
        struct score before = score_pair(one, offer), after = score_pair(other, offer);
        equal = equal && memcmp(&before, &after, sizeof before) == 0;
    }
    return equal;
}

static bool take_learner(void *arg, const struct read_record *read)
{
    struct swapping *swapping = arg;
    struct swap_result *result = swapping->result;
    if (!text_is(read->state, "active"))
        return true;
    uint64_t number = id_number(read->id);
    struct learner_profile *one =
        learner_compile(read->record, number, &swapping->loaded.catalogue);
    bool made = one != NULL, equal = true;
    for (unsigned swap = 0; made && swap < SWAPS; swap++) {
        struct learner changed = *(const struct learner *)read->record;
        result->fields = blind_swap_change(&changed, swap);
        struct learner_profile *other =
            learner_compile(&changed, number, &swapping->loaded.catalogue);
        made = other != NULL;
        if (made)
            equal = learner_profile_size(one) == learner_profile_size(other) &&
                    memcmp(one, other, learner_profile_size(one)) == 0 &&
                    scores_equal(swapping, one, other) && equal;
        learner_profile_free(other);
    }
    learner_profile_free(one);
    if (made && !equal) {
        if (result->differing < SWAP_TOLD_MAX)
            result->told[result->differing] = read->id;
        result->differing++;
    }
    result->pairs += made ? swapping->each : 0;
    swapping->next += swapping->each;
    return made;
}

static enum ending swap_all(struct context *context, struct swapping *swapping)
{
    struct swap_result *result = swapping->result;
    enum ending ending = catalogue_load(context, &swapping->loaded);
    if (ending == END_OK)
        ending = records_walk(context, KIND_OFFER, take_offer, swapping);
    if (ending == END_OK)
        ending = records_walk(context, KIND_LEARNER, take_count, swapping);
    if (ending != END_OK)
        return ending;
    uint64_t most = result->learners > 0 ? SWAP_PAIRS_MAX / result->learners : 0;
    swapping->each = swapping->offer_count < most ? swapping->offer_count : most;
    if (swapping->each == 0 && swapping->offer_count > 0)
        swapping->each = 1;
    result->offers = swapping->offer_count;
    result->swaps = SWAPS;
    return records_walk(context, KIND_LEARNER, take_learner, swapping);
}

enum ending blind_swap_run(struct context *context, struct swap_result *result)
{
    struct swapping swapping = {.result = result};
    *result = (struct swap_result){.fields = 0};
    swapping.offers = calloc(SWAP_OFFERS_MAX, sizeof(struct offer_profile *));
    enum ending ending =
        swapping.offers != NULL ? swap_all(context, &swapping) : context_no_memory(context);
    for (uint64_t i = 0; i < swapping.offer_count; i++)
        offer_profile_free(swapping.offers[i]);
    free(swapping.offers);
    catalogue_free(&swapping.loaded);
    return ending;
}
