#include "learner_steps.h"

#include "../matching/next_steps.h"
#include "arguments.h"
#include "counterfactual.h"
#include "territory_load.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT_DEFAULT = 3, LIMIT_MAX = 10, MODULES_MAX = 2000, MODULE_SKILLS_MAX = 40 };

/* A training module, its skills resolved. */
struct module_known {
    uint64_t programme;
    char *name;
    int32_t skills[MODULE_SKILLS_MAX];
    unsigned skill_count;
    int64_t opened;
};

struct steps {
    struct context *context;
    struct loaded_catalogue loaded;
    uint16_t threshold;
    unsigned limit;
    uint64_t id;
    struct learner_profile *learner;
    struct step_search *search;
    struct module_known *modules; /* MODULES_MAX */
    unsigned module_count;
};

/* -- reading ----------------------------------------------------------------------------------- */

static bool take_learner(void *arg, const struct read_record *read)
{
    struct steps *steps = arg;
    steps->id = read->id;
    steps->learner = learner_compile(read->record, id_number(read->id), &steps->loaded.catalogue);
    if (steps->learner != NULL)
        steps->search = step_search_create(steps->learner, steps->threshold);
    return steps->search != NULL;
}

static bool take_offer(void *arg, const struct read_record *read)
{
    struct steps *steps = arg;
    if (!text_is(read->state, "open"))
        return true;
    struct offer_profile *offer =
        offer_compile(read->record, id_number(read->id), &steps->loaded.catalogue);
    bool taken =
        offer != NULL && (offer_profile_closed(offer) || step_search_add(steps->search, offer));
    offer_profile_free(offer);
    return taken;
}

static bool take_module(struct steps *steps, uint64_t programme, const struct module *module)
{
    struct module_known *known = &steps->modules[steps->module_count];
    *known = (struct module_known){.programme = programme};
    for (unsigned i = 0; i < module->skills.count && known->skill_count < MODULE_SKILLS_MAX; i++) {
        struct text id = module->skills.items[i];
        int32_t skill = referential_skill(steps->loaded.catalogue.referential, id.data, id.size);
        if (skill != REFERENTIAL_NONE)
            known->skills[known->skill_count++] = skill;
    }
    if (known->skill_count == 0)
        return true;
    known->name = text_clean(module->name.data, module->name.size);
    known->opened = step_search_opened(steps->search, known->skills, known->skill_count);
    steps->module_count += known->name != NULL;
    return known->name != NULL && known->opened >= 0;
}

static bool take_programme(void *arg, const struct read_record *read)
{
    struct steps *steps = arg;
    const struct programme *programme = read->record;
    for (unsigned i = 0; i < programme->modules.count; i++)
        if (steps->module_count < MODULES_MAX &&
            !take_module(steps, read->id, &programme->modules.items[i]))
            return false;
    return true;
}

static int module_compare(const void *one, const void *other)
{
    const struct module_known *a = one, *b = other;
    if (a->opened != b->opened)
        return a->opened > b->opened ? -1 : 1;
    if (a->programme != b->programme)
        return a->programme < b->programme ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* -- telling ----------------------------------------------------------------------------------- */

static bool teaches(const struct module_known *module, int32_t skill)
{
    for (unsigned i = 0; i < module->skill_count; i++)
        if (module->skills[i] == skill)
            return true;
    return false;
}

static json_t *module_in_json(const struct module_known *module)
{
    char programme[ID_TEXT_SIZE];
    id_print(module->programme, programme);
    return json_pack("{ss ss}", "programme", programme, "module", module->name);
}

/* Skills with the modules that teach each. */
static json_t *step_in_json(const struct steps *steps, const struct next_step *step)
{
    json_t *skills = json_array();
    for (unsigned i = 0; i < step->size; i++) {
        json_t *skill = skill_in_json(steps->loaded.catalogue.referential, step->skills[i]);
        json_t *modules = json_array();
        for (unsigned m = 0; m < steps->module_count; m++)
            if (teaches(&steps->modules[m], step->skills[i]))
                json_array_append_new(modules, module_in_json(&steps->modules[m]));
        json_object_set_new(skill, "modules", modules);
        json_array_append_new(skills, skill);
    }
    return json_pack("{sI so}", "opens", (json_int_t)step->opened, "skills", skills);
}

/* The first module that teaches it; NULL when none does. */
static const struct module_known *module_for(const struct steps *steps, int32_t skill)
{
    for (unsigned m = 0; m < steps->module_count; m++)
        if (teaches(&steps->modules[m], skill))
            return &steps->modules[m];
    return NULL;
}

static void print_step(const struct steps *steps, const struct next_step *step)
{
    FILE *out = steps->context->out;
    fprintf(out, "  +%-4u", step->opened);
    for (unsigned i = 0; i < step->size; i++)
        fprintf(out, "%s%s", i > 0 ? ", " : " ",
                skill_label(steps->loaded.catalogue.referential, step->skills[i]));
    fputc('\n', out);
    for (unsigned i = 0; i < step->size; i++) {
        const struct module_known *module = module_for(steps, step->skills[i]);
        char programme[ID_TEXT_SIZE];
        if (module == NULL)
            continue;
        id_print(module->programme, programme);
        say(out, STEPS_TAUGHT, skill_label(steps->loaded.catalogue.referential, step->skills[i]),
            module->name, programme);
    }
}

static void print_modules(const struct steps *steps)
{
    bool said = false;
    for (unsigned m = 0; m < steps->module_count && m < steps->limit; m++) {
        char programme[ID_TEXT_SIZE];
        if (steps->modules[m].opened == 0)
            break;
        if (!said)
            say(steps->context->out, STEPS_MODULES);
        said = true;
        id_print(steps->modules[m].programme, programme);
        fprintf(steps->context->out, "  +%-4lld %s (%s)\n", (long long)steps->modules[m].opened,
                steps->modules[m].name, programme);
    }
}

static void print_counts(const struct steps *steps, const struct step_counts *counts)
{
    char id[ID_TEXT_SIZE];
    id_print(steps->id, id);
    say(steps->context->out, STEPS_COUNTS, id, counts->open, counts->reach, counts->barred);
    if (counts->left_out > 0)
        say(steps->context->out, STEPS_LEFT_OUT, counts->left_out);
}

static enum ending tell_steps(struct steps *steps, json_t *answer)
{
    static const enum text_id heads[] = {TEXT_STEPS_ONE, TEXT_STEPS_TWO, TEXT_STEPS_THREE};
    struct next_step best[LIMIT_MAX];
    json_t *sets = json_array();
    bool any = false;
    for (unsigned size = 1; size <= STEP_SIZE_MAX; size++) {
        int count = step_search_best(steps->search, size, best, steps->limit);
        if (count < 0) {
            json_decref(sets);
            return context_no_memory(steps->context);
        }
        if (count > 0 && answer == NULL)
            fprintf(steps->context->out, "%s\n", text_of(heads[size - 1]));
        for (int i = 0; i < count; i++) {
            any = true;
            if (answer == NULL)
                print_step(steps, &best[i]);
            else
                json_array_append_new(sets, step_in_json(steps, &best[i]));
        }
    }
    if (answer != NULL)
        json_object_set(answer, "steps", sets);
    else if (!any)
        say(steps->context->out, STEPS_NONE);
    json_decref(sets);
    return END_OK;
}

static json_t *answer_head(const struct steps *steps, const struct step_counts *counts)
{
    char id[ID_TEXT_SIZE];
    json_t *modules = json_array();
    for (unsigned m = 0; m < steps->module_count && m < steps->limit; m++) {
        json_t *module = module_in_json(&steps->modules[m]);
        json_object_set_new(module, "opens", json_integer(steps->modules[m].opened));
        json_array_append_new(modules, module);
    }
    id_print(steps->id, id);
    return json_pack("{ss si si si si si si so}", "id", id, "threshold", (int)steps->threshold,
                     "open", (int)counts->open, "within_reach", (int)counts->reach, "barred",
                     (int)counts->barred, "beyond", (int)counts->beyond, "left_out",
                     (int)counts->left_out, "modules", modules);
}

static enum ending tell(struct steps *steps)
{
    struct step_counts counts;
    step_search_count(steps->search, &counts);
    qsort(steps->modules, steps->module_count, sizeof *steps->modules, module_compare);
    if (!steps->context->json) {
        print_counts(steps, &counts);
        enum ending ending = tell_steps(steps, NULL);
        print_modules(steps);
        return ending;
    }
    json_t *answer = answer_head(steps, &counts);
    if (answer == NULL)
        return context_no_memory(steps->context);
    enum ending ending = tell_steps(steps, answer);
    if (ending == END_OK)
        json_print_line(steps->context, answer);
    json_decref(answer);
    return ending;
}

/* -- the command ------------------------------------------------------------------------------- */

static enum ending read_and_tell(struct steps *steps, const char *word)
{
    struct context *context = steps->context;
    enum ending ending = catalogue_load(context, &steps->loaded);
    if (ending == END_OK)
        ending = record_read(context, word, KIND_LEARNER, take_learner, steps);
    if (ending == END_OK && steps->search == NULL) {
        say(context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    if (ending == END_OK)
        ending = records_walk(context, KIND_OFFER, take_offer, steps);
    if (ending == END_OK)
        ending = records_walk(context, KIND_PROGRAMME, take_programme, steps);
    return ending == END_OK ? tell(steps) : ending;
}

enum ending learner_steps_run(struct context *context)
{
    struct steps steps = {.context = context};
    int64_t percent, limit;
    if (!arguments_number(context->arguments, "threshold", 1, 100, THRESHOLD_PERCENT, &percent))
        return context_usage(context, TEXT_WRONG_NUMBER, "--threshold");
    if (!arguments_number(context->arguments, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    steps.threshold = (uint16_t)(percent * SCORE_ONE / 100);
    steps.limit = (unsigned)limit;
    steps.modules = calloc(MODULES_MAX, sizeof *steps.modules);
    if (steps.modules == NULL)
        return context_no_memory(context);
    enum ending ending = read_and_tell(&steps, arguments_word(context->arguments, 1));
    for (unsigned m = 0; m < steps.module_count; m++)
        free(steps.modules[m].name);
    free(steps.modules);
    step_search_free(steps.search);
    learner_profile_free(steps.learner);
    catalogue_free(&steps.loaded);
    return ending;
}
