/* A referential's file, mapped for a command that needs no server. */
#ifndef PASSERELLE_CLI_REFERENTIAL_FILE_H
#define PASSERELLE_CLI_REFERENTIAL_FILE_H

#include "../matching/referential.h"
#include "../runtime/file_map.h"
#include "command.h"

struct referential_file {
    struct file_map map;
    struct referential *referential;
};

/* Opens the file that the option --referential of the command line names. Otherwise than END_OK
 * after having said on err what is wrong; there is nothing to close then. */
enum ending referential_file_open(struct context *context, struct referential_file *file);
void referential_file_close(struct referential_file *file);

#endif
