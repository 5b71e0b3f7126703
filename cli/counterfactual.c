#include "counterfactual.h"

const char *skill_label(const struct referential *referential, int32_t skill)
{
    return referential_skill_label(
        referential, skill, texts_language() == LANGUAGE_FRENCH ? LABEL_FRENCH : LABEL_ENGLISH);
}

json_t *skill_in_json(const struct referential *referential, int32_t skill)
{
    return json_pack("{ss ss ss}", "skill", referential_skill_id(referential, skill), "label",
                     referential_skill_label(referential, skill, LABEL_FRENCH), "label_en",
                     referential_skill_label(referential, skill, LABEL_ENGLISH));
}

void json_print_line(struct context *context, const json_t *value)
{
    json_dumpf(value, context->out, JSON_COMPACT);
    fputc('\n', context->out);
}
