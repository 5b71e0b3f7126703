#include "import_catalogue.h"

#include "../config/config.h"
#include "../runtime/built_files.h"
#include "../runtime/file_map.h"
#include "catalogue_bar.h"
#include "data_directory.h"
#include "import_communes.h"
#include "import_places.h"
#include "import_rome.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_PATH_SIZE = 512 };

/* What a territory uses now, and will use. */
struct catalogue {
    struct context *context;
    char directory[FILE_PATH_SIZE]; /* of the built files */
    char referential[REFERENTIAL_HASH_SIZE], communes[REFERENTIAL_HASH_SIZE];
    struct import_problems problems;
    struct catalogue_bar bar;
};

/* -- where things are ---------------------------------------------------------------------------
 */

static bool directory_find(struct catalogue *catalogue)
{
    struct context *context = catalogue->context;
    if (context->state || !context->config) {
        const char *state = context->state ? context->state : "state";
        snprintf(catalogue->directory, FILE_PATH_SIZE, "%s/referential", state);
        return true;
    }
    struct config config;
    struct config_errors errors;
    if (config_load(context->config, &config, &errors)) {
        config_referential_directory(&config, catalogue->directory);
        return true;
    }
    for (unsigned i = 0; i < errors.count; i++)
        fprintf(context->err, "%s\n", errors.text[i]);
    return false;
}

static void hash_take(char hash[REFERENTIAL_HASH_SIZE], struct text text)
{
    bool whole = text.size == REFERENTIAL_HASH_SIZE - 1;
    snprintf(hash, REFERENTIAL_HASH_SIZE, "%.*s", whole ? (int)text.size : 0,
             whole ? text.data : "");
}

/* Reads from the server what the territory uses now. */
static enum ending in_force_find(struct catalogue *catalogue)
{
    struct context *context = catalogue->context;
    struct client_reply reply;
    const msgpack_object *territory;
    enum ending ending = context_territory(context, &reply, &territory);
    if (ending != END_OK)
        return ending;
    hash_take(catalogue->referential, tree_text(territory, "referential"));
    hash_take(catalogue->communes, tree_text(territory, "communes"));
    return END_OK;
}

/* -- building -----------------------------------------------------------------------------------
 */

/* Says what is wrong with the catalogues read. */
static enum ending problems_say(struct catalogue *catalogue)
{
    progress_bar_clear(&catalogue->bar.bar);
    import_problems_print(&catalogue->problems, catalogue->context->err);
    return END_REJECTED;
}

static enum ending file_keep(struct catalogue *catalogue, const char *hash, const char *kind,
                             const void *data, size_t size)
{
    char path[FILE_PATH_SIZE + 64];
    snprintf(path, sizeof path, "%s/%s.%s", catalogue->directory, hash, kind);
    if (mkdir(catalogue->directory, 0755) != 0 && errno != EEXIST) {
        say(catalogue->context->err, IMPORT_CANNOT_WRITE, catalogue->directory, strerror(errno));
        return END_REJECTED;
    }
    /* the name is a hash of the content, so that replacing it changes nothing */
    if (file_write_atomic(path, data, size, 0644))
        return END_OK;
    say(catalogue->context->err, IMPORT_CANNOT_WRITE, path, strerror(errno));
    return END_REJECTED;
}

static enum ending referential_build(struct catalogue *catalogue,
                                     const struct referential_sources *sources)
{
    struct made_referential made;
    enum ending ending = referential_make(catalogue->context, sources, &made);
    if (ending != END_OK)
        return ending;
    memcpy(catalogue->referential, made.hash, sizeof made.hash);
    ending = file_keep(catalogue, made.hash, "referential", made.data, made.size);
    free(made.data);
    if (ending == END_OK && !catalogue->context->json)
        say(catalogue->context->out, IMPORT_REFERENTIAL_BUILT, made.hash, made.counts.skills,
            made.counts.roles, made.counts.aliases);
    return ending;
}

static enum ending communes_build_files(struct catalogue *catalogue, const char *const *files,
                                        unsigned count)
{
    struct import_progress progress = catalogue_bar_progress(&catalogue->bar);
    struct communes_build *build = communes_build_create();
    if (!build)
        return context_no_memory(catalogue->context);
    for (unsigned i = 0; i < count; i++)
        if (!import_communes(files[i], build, &catalogue->problems, &progress)) {
            communes_build_free(build);
            return problems_say(catalogue);
        }
    size_t size;
    void *data = communes_build_finish(build, &size, catalogue->communes);
    communes_build_free(build);
    if (!data)
        return context_no_memory(catalogue->context);
    enum ending ending = file_keep(catalogue, catalogue->communes, "communes", data, size);
    free(data);
    if (ending == END_OK && !catalogue->context->json)
        say(catalogue->context->out, IMPORT_COMMUNES_BUILT, catalogue->communes);
    return ending;
}

static enum ending communes_build_own(struct catalogue *catalogue)
{
    char path[FILE_PATH_SIZE];
    snprintf(path, sizeof path, "%s/referential/communes.csv", data_directory());
    return communes_build_files(catalogue, (const char *const[]){path}, 1);
}

/* -- adopting -----------------------------------------------------------------------------------
 */

static enum ending adopt(struct catalogue *catalogue)
{
    struct adoption body = {.referential = {catalogue->referential, REFERENTIAL_HASH_SIZE - 1},
                            .communes = {catalogue->communes, REFERENTIAL_HASH_SIZE - 1}};
    struct request request = {.has_bits = 0};
    body.has.referential = body.has.communes = true;
    return context_do(catalogue->context, &request, MESSAGE_REFERENTIAL_ADOPT, &body);
}

static enum ending catalogue_begin(struct catalogue *catalogue, struct context *context)
{
    catalogue->context = context;
    catalogue_bar_start(&catalogue->bar, context->err);
    return directory_find(catalogue) ? in_force_find(catalogue) : END_USAGE;
}

/* Learners hold ROME's skills: that they are not taken from them unasked. What is not here to be
 * looked at holds nothing back. */
static enum ending rome_keep(const struct catalogue *catalogue)
{
    const char *reason;
    struct built_files *files = built_files_create(catalogue->directory);
    if (!files)
        return context_no_memory(catalogue->context);
    const struct referential *referential =
        *catalogue->referential ? built_files_referential(files, catalogue->referential, &reason)
                                : NULL;
    bool kept = referential && rome_is_part_of(referential);
    built_files_free(files);
    if (!kept)
        return END_OK;
    say(catalogue->context->err, IMPORT_ROME_LOST, catalogue->context->territory);
    return END_REJECTED;
}

enum ending import_referential_run(struct context *context,
                                   const struct referential_sources *sources, bool without_rome)
{
    struct catalogue *catalogue = calloc(1, sizeof *catalogue);
    if (!catalogue)
        return context_no_memory(context);
    enum ending ending = catalogue_begin(catalogue, context);
    if (ending == END_OK && !sources->rome && !without_rome)
        ending = rome_keep(catalogue);
    if (ending == END_OK)
        ending = referential_build(catalogue, sources);
    if (ending == END_OK && !*catalogue->communes)
        ending = communes_build_own(catalogue);
    if (ending == END_OK)
        ending = adopt(catalogue);
    free(catalogue);
    return ending;
}

enum ending import_communes_run(struct context *context, const char *const *files, unsigned count)
{
    struct catalogue *catalogue = calloc(1, sizeof *catalogue);
    if (!catalogue)
        return context_no_memory(context);
    enum ending ending = catalogue_begin(catalogue, context);
    if (ending == END_OK)
        ending = communes_build_files(catalogue, files, count);
    if (ending == END_OK && !*catalogue->referential)
        ending = referential_build(catalogue, &(struct referential_sources){.starter = true});
    if (ending == END_OK)
        ending = adopt(catalogue);
    if (ending == END_OK)
        ending = import_places_retry(context);
    free(catalogue);
    return ending;
}
