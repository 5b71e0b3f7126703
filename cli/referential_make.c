#include "referential_make.h"

#include "catalogue_bar.h"
#include "data_directory.h"
#include "import_rome.h"
#include "import_starter.h"

#include <stdlib.h>

enum { PATH_SIZE = 512 };

struct reading {
    struct import_problems problems;
    struct catalogue_bar bar;
};

static bool read_catalogues(struct reading *reading, bool starter, const char *rome,
                            struct referential_build *build)
{
    char folder[PATH_SIZE];
    struct import_progress progress = catalogue_bar_progress(&reading->bar);
    snprintf(folder, sizeof folder, "%s/referential", data_directory());
    return (!starter || import_starter(folder, build, &reading->problems, &progress)) &&
           (!rome || import_rome(rome, build, &reading->problems, &progress));
}

static enum ending make(struct context *context, struct reading *reading, bool starter,
                        const char *rome, struct made_referential *made)
{
    struct referential_build *build = referential_build_create();
    if (!build)
        return context_no_memory(context);
    catalogue_bar_start(&reading->bar, context->err);
    bool good = read_catalogues(reading, starter, rome, build);
    made->data =
        good ? referential_build_finish(build, &made->size, made->hash, &made->counts) : NULL;
    referential_build_free(build);
    if (good)
        return made->data ? END_OK : context_no_memory(context);
    progress_bar_clear(&reading->bar.bar);
    import_problems_print(&reading->problems, context->err);
    return END_REJECTED;
}

enum ending referential_make(struct context *context, bool starter, const char *rome,
                             struct made_referential *made)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return context_no_memory(context);
    enum ending ending = make(context, reading, starter, rome, made);
    free(reading);
    return ending;
}
