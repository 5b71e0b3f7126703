/* A territory's records for what is computed on this side: read through queries, compiled with the
 * catalogue in force as workers and daemon do. */
#ifndef PASSERELLE_CLI_TERRITORY_LOAD_H
#define PASSERELLE_CLI_TERRITORY_LOAD_H

#include "../runtime/attachments.h"
#include "../runtime/built_files.h"
#include "../runtime/compile.h"
#include "command.h"

struct loaded_catalogue {
    struct built_files *files;
    struct attachments *attachments;
    struct catalogue catalogue;
};
/* The referential's file comes from where the configuration says. Otherwise than END_OK after
 * having said on err what is wrong; to be freed in any case. */
enum ending catalogue_load(struct context *context, struct loaded_catalogue *loaded);
void catalogue_free(struct loaded_catalogue *loaded);

struct read_record {
    uint64_t id;
    struct text state;
    const struct record_type *type;
    const void *record; /* its public and matching fields */
};
/* False ends the walk, for want of memory. The record lasts until the next one. */
typedef bool record_take_fn(void *arg, const struct read_record *record);
/* Every record of a kind, in creation order. */
enum ending records_walk(struct context *context, uint8_t kind, record_take_fn *take, void *arg);
/* One record by its name on the command line. */
enum ending record_read(struct context *context, const char *word, uint8_t kind,
                        record_take_fn *take, void *arg);

#endif
