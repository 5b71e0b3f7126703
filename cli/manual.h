/* Help and the manual page, made from the table of commands. */
#ifndef PASSERELLE_CLI_MANUAL_H
#define PASSERELLE_CLI_MANUAL_H

#include "command.h"

/* All commands, a line each. */
void manual_overview(const struct context *context, FILE *file);
/* One command: usage, what it does, its options. */
void manual_command(const struct context *context, const struct command *command);
/* The manual page, for man(1), in the language spoken. */
void manual_page(const struct context *context);

#endif
