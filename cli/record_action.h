/* Commands of the form `offer close O12`: a word that names an event, and a record. */
#ifndef PASSERELLE_CLI_RECORD_ACTION_H
#define PASSERELLE_CLI_RECORD_ACTION_H

#include "record_name.h"

struct record_action {
    const char *word;
    enum message_type type;
};

/* Does the action that the first word of the command line names to the record that the second one
 * names, with the option --reason. */
enum ending record_action_run(struct context *context, const struct record_action *actions,
                              unsigned count);

/* The body that names a record; false after having said that the word is no record. */
bool record_target(struct context *context, const char *word, struct target *target);
/* Reads --reason into the target; false when it is not one of them. */
bool record_reason(const struct context *context, struct target *target);

/* Values of --reason, for the tables of options. */
extern const char record_reasons[];

#endif
