/* What `learner next-steps` and `offer costs` share. */
#ifndef PASSERELLE_CLI_COUNTERFACTUAL_H
#define PASSERELLE_CLI_COUNTERFACTUAL_H

#include "../matching/referential.h"
#include "command.h"

#include <jansson.h>

/* The score in percent from which on a pair counts as open to each other, unless --threshold says
 * otherwise. */
enum { THRESHOLD_PERCENT = 60 };

/* In the language spoken. */
const char *skill_label(const struct referential *referential, int32_t skill);
/* {skill, label, label_en}; NULL without memory. */
json_t *skill_in_json(const struct referential *referential, int32_t skill);
void json_print_line(struct context *context, const json_t *value);

#endif
