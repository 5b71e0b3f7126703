/* Names for what is printed: asked for once, kept as long as the papers are being made. */
#ifndef PASSERELLE_CLI_JOBDATING_NAMES_H
#define PASSERELLE_CLI_JOBDATING_NAMES_H

#include "gathering.h"

enum { PRINTED_SIZE = 200 };

struct gathering_names {
    char (*firms)[PRINTED_SIZE];    /* in the gathering's order */
    char (*people)[PRINTED_SIZE];   /* given and family name */
    char (*initials)[PRINTED_SIZE]; /* given name and first letter of the family name */
};

/* Endings as context_ask; freed by the caller after END_OK. Who has no name kept is told by the
 * record's number. */
enum ending names_load(struct context *context, const struct gathering *gathering,
                       struct gathering_names *names);
void names_free(struct gathering_names *names);

#endif
