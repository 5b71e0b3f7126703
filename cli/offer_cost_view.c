#include "offer_cost_view.h"

#include "../matching/offer_costs.h"
#include "arguments.h"
#include "counterfactual.h"
#include "reason_words.h"
#include "territory_load.h"
#include "tree.h"

#include <stdlib.h>

enum { LIMIT_DEFAULT = 10, LIMIT_MAX = COSTS_MAX };

struct costs {
    struct context *context;
    struct loaded_catalogue loaded;
    uint16_t threshold;
    uint64_t id;
    struct offer_profile *offer;
    struct cost_search *search;
};

static bool take_offer(void *arg, const struct read_record *read)
{
    struct costs *costs = arg;
    costs->id = read->id;
    costs->offer = offer_compile(read->record, id_number(read->id), &costs->loaded.catalogue);
    if (costs->offer != NULL)
        costs->search = cost_search_create(costs->offer, costs->threshold);
    return costs->search != NULL;
}

static bool take_learner(void *arg, const struct read_record *read)
{
    struct costs *costs = arg;
    if (!text_is(read->state, "active"))
        return true;
    struct learner_profile *learner =
        learner_compile(read->record, id_number(read->id), &costs->loaded.catalogue);
    if (learner == NULL)
        return false;
    cost_search_add(costs->search, learner);
    learner_profile_free(learner);
    return true;
}

/* -- telling ----------------------------------------------------------------------------------- */

static json_t *cost_in_json(const struct costs *costs, const struct offer_cost *cost)
{
    json_t *made;
    if (cost->constraint == CONSTRAINT_END) {
        made = skill_in_json(costs->loaded.catalogue.referential, cost->item);
        json_object_set_new(made, "required", json_boolean(cost->required));
    } else {
        made = json_pack("{ss}", "constraint", constraint_name(cost->constraint));
        if (cost->item > 0)
            json_object_set_new(made, "item", json_integer(cost->item));
    }
    json_object_set_new(made, "costs", json_integer(cost->gained));
    return made;
}

static void print_cost(const struct costs *costs, const struct offer_cost *cost)
{
    FILE *out = costs->context->out;
    if (cost->constraint == CONSTRAINT_END) {
        fprintf(out, "  %-5u %s%s%s\n", cost->gained,
                skill_label(costs->loaded.catalogue.referential, cost->item), text_of(TEXT_COLON),
                text_of(cost->required ? TEXT_COSTS_REQUIRED : TEXT_COSTS_WISHED));
        return;
    }
    char *words = demand_in_words(cost->constraint, cost->item);
    fprintf(out, "  %-5u %s\n", cost->gained, words != NULL ? words : "");
    free(words);
}

static enum ending tell(const struct costs *costs, unsigned limit)
{
    struct offer_cost best[COSTS_MAX];
    struct cost_counts counts;
    char id[ID_TEXT_SIZE];
    unsigned count = cost_search_best(costs->search, best);
    cost_search_count(costs->search, &counts);
    count = count < limit ? count : limit;
    id_print(costs->id, id);
    if (costs->context->json) {
        json_t *list = json_array();
        for (unsigned i = 0; i < count; i++)
            json_array_append_new(list, cost_in_json(costs, &best[i]));
        json_t *answer =
            json_pack("{ss si si si si so}", "id", id, "threshold", (int)costs->threshold,
                      "learners", (int)counts.learners, "candidates", (int)counts.candidates,
                      "barred", (int)counts.barred, "costs", list);
        if (answer == NULL)
            return context_no_memory(costs->context);
        json_print_line(costs->context, answer);
        json_decref(answer);
        return END_OK;
    }
    say(costs->context->out, COSTS_COUNTS, id, counts.candidates, counts.learners, counts.barred);
    if (count > 0)
        say(costs->context->out, COSTS_HEAD);
    else
        say(costs->context->out, COSTS_NONE);
    for (unsigned i = 0; i < count; i++)
        print_cost(costs, &best[i]);
    return END_OK;
}

/* -- the command ------------------------------------------------------------------------------- */

static enum ending read_and_tell(struct costs *costs, const char *word, unsigned limit)
{
    struct context *context = costs->context;
    enum ending ending = catalogue_load(context, &costs->loaded);
    if (ending == END_OK)
        ending = record_read(context, word, KIND_OFFER, take_offer, costs);
    if (ending == END_OK && costs->search == NULL) {
        say(context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    if (ending == END_OK)
        ending = records_walk(context, KIND_LEARNER, take_learner, costs);
    return ending == END_OK ? tell(costs, limit) : ending;
}

enum ending offer_costs_run(struct context *context)
{
    struct costs costs = {.context = context};
    int64_t percent, limit;
    if (!arguments_number(context->arguments, "threshold", 1, 100, THRESHOLD_PERCENT, &percent))
        return context_usage(context, TEXT_WRONG_NUMBER, "--threshold");
    if (!arguments_number(context->arguments, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    costs.threshold = (uint16_t)(percent * SCORE_ONE / 100);
    enum ending ending =
        read_and_tell(&costs, arguments_word(context->arguments, 1), (unsigned)limit);
    cost_search_free(costs.search);
    offer_profile_free(costs.offer);
    catalogue_free(&costs.loaded);
    return ending;
}
