/* The words and options of a command line, read by the tables of options. */
#ifndef PASSERELLE_CLI_ARGUMENTS_H
#define PASSERELLE_CLI_ARGUMENTS_H

#include "command.h"

struct arguments;

/* What is wrong with a command line; said in words by the caller. */
struct arguments_error {
    enum text_id what;   /* TEXT_NONE: nothing */
    const char *culprit; /* points into argv; may be NULL */
};

/* Reads argv[1..]: the first word names the command, the options are global ones or the command's,
 * in any order; `--name value` and `--name=value`; `--` ends the options. The strings of argv are
 * used in place. NULL only without memory; then and after an error, error tells. */
struct arguments *arguments_read(int argc, char *const *argv, struct arguments_error *error);
void arguments_free(struct arguments *arguments); /* NULL is fine */

/* NULL when the line names no command (or one that does not exist). */
const struct command *arguments_command(const struct arguments *arguments);
const char *arguments_command_word(const struct arguments *arguments);

unsigned arguments_count(const struct arguments *arguments); /* words after the command */
const char *arguments_word(const struct arguments *arguments, unsigned index); /* or NULL */
/* The words from one on, joined by spaces; malloc'ed, NULL without memory. */
char *arguments_join(const struct arguments *arguments, unsigned from, unsigned to);

bool arguments_has(const struct arguments *arguments, const char *option);
/* The value of an option, the last one given; NULL when absent. */
const char *arguments_value(const struct arguments *arguments, const char *option);
/* Its value as a number within bounds; fallback when absent. False when it is not one. */
bool arguments_number(const struct arguments *arguments, const char *option, int64_t minimum,
                      int64_t maximum, int64_t fallback, int64_t *number);

/* Options that every command takes. */
extern const struct command_option global_options[];
extern const unsigned global_option_count;

#endif
