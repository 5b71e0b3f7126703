#include "record_action.h"

#include "arguments.h"

#include <string.h>

#define REASON_WORD(list, constant, wire) wire " "
const char record_reasons[] = CHOICES_REASON(REASON_WORD);
#undef REASON_WORD

bool record_target(struct context *context, const char *word, struct target *target)
{
    struct record_name name;
    if (!record_name_parse(word, &name)) {
        context_usage(context, TEXT_WRONG_RECORD, word);
        return false;
    }
    *target = (struct target){.id = name.id, .source = name.source, .reference = name.reference};
    target->has.id = name.id != 0;
    target->has.source = target->has.reference = name.id == 0;
    return true;
}

bool record_reason(const struct context *context, struct target *target)
{
    static const char *const names[] = {
#define REASON_NAME(list, constant, wire) wire,
        CHOICES_REASON(REASON_NAME)
#undef REASON_NAME
    };
    const char *reason = arguments_value(context->arguments, "reason");
    if (reason == NULL)
        return true;
    for (unsigned i = 0; i < REASON_END - 1; i++)
        if (strcmp(names[i], reason) == 0) {
            target->reason = (uint8_t)(i + 1);
            target->has.reason = true;
            return true;
        }
    return false;
}

enum ending record_action_run(struct context *context, const struct record_action *actions,
                              unsigned count)
{
    const char *word = arguments_word(context->arguments, 0);
    const struct record_action *action = NULL;
    for (unsigned i = 0; i < count; i++)
        if (strcmp(actions[i].word, word) == 0)
            action = &actions[i];
    if (action == NULL)
        return context_usage(context, TEXT_WRONG_ACTION, word);
    struct target target;
    if (!record_target(context, arguments_word(context->arguments, 1), &target))
        return END_USAGE;
    if (!record_reason(context, &target))
        return context_usage(context, TEXT_WRONG_REASON,
                             arguments_value(context->arguments, "reason"));
    struct request request = {.has_bits = 0};
    return context_do(context, &request, action->type, &target);
}
