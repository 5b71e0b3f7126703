/* The table of commands, in the order in which help shows them. */
#ifndef PASSERELLE_CLI_COMMANDS_H
#define PASSERELLE_CLI_COMMANDS_H

#include "command.h"

#define COMMANDS_ALL(C)                                                                            \
    C(status)                                                                                      \
    C(list)                                                                                        \
    C(show)                                                                                        \
    C(matches)                                                                                     \
    C(explain)                                                                                     \
    C(audit)                                                                                       \
    C(watch)                                                                                       \
    C(changes)                                                                                     \
    C(find)                                                                                        \
    C(role)                                                                                        \
    C(score)                                                                                       \
    C(recognise)                                                                                   \
    C(plan)                                                                                        \
    C(attach)                                                                                      \
    C(detach)                                                                                      \
    C(learner)                                                                                     \
    C(offer)                                                                                       \
    C(import)                                                                                      \
    C(submit)                                                                                      \
    C(jobdating)                                                                                   \
    C(export)                                                                                      \
    C(erase)                                                                                       \
    C(up)                                                                                          \
    C(prepare)                                                                                     \
    C(territory)                                                                                   \
    C(referential)                                                                                 \
    C(config)                                                                                      \
    C(verify)                                                                                      \
    C(completion)                                                                                  \
    C(help)                                                                                        \
    C(version)

#define COMMAND_DECLARATION(name) extern const struct command command_##name;
COMMANDS_ALL(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

extern const struct command *const commands[];
extern const unsigned command_count;
/* NULL when there is none. */
const struct command *command_of_name(const char *name);
/* The command whose name is nearest to a mistyped one; NULL when none is near. */
const struct command *command_nearest(const char *name);

#endif
