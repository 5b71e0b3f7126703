/* The program: from the command line to the command, and how it ends. */
#ifndef PASSERELLE_CLI_PROGRAM_H
#define PASSERELLE_CLI_PROGRAM_H

#include "command.h"

/* Runs one command line. Environment: PASSERELLE_STATE, PASSERELLE_TERRITORY,
 * PASSERELLE_PROGRAM, the locale. */
enum ending program_run(int argc, char *const *argv, FILE *in, FILE *out, FILE *err);

#endif
