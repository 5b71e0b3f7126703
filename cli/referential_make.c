#include "referential_make.h"

#include "catalogue_bar.h"
#include "data_directory.h"
#include "import_esco.h"
#include "import_rome.h"
#include "import_starter.h"

#include <stdlib.h>

enum { PATH_SIZE = 512 };

struct reading {
    struct import_problems problems;
    struct catalogue_bar bar;
};

static bool read_catalogues(struct reading *reading, const struct referential_sources *sources,
                            struct referential_build *build)
{
    char folder[PATH_SIZE];
    struct import_problems *problems = &reading->problems;
    struct import_progress progress = catalogue_bar_progress(&reading->bar);
    snprintf(folder, sizeof folder, "%s/referential", data_directory());
    return (!sources->starter || import_starter(folder, build, problems, &progress)) &&
           (!sources->rome || import_rome(sources->rome, build, problems, &progress)) &&
           (!sources->esco || import_esco(sources->esco, build, problems, &progress)) &&
           (!sources->mapping ||
            import_mapping(sources->mapping, sources->rome, build, problems, &progress));
}

static enum ending make(struct context *context, struct reading *reading,
                        const struct referential_sources *sources, struct made_referential *made)
{
    struct referential_build *build = referential_build_create();
    if (!build)
        return context_no_memory(context);
    catalogue_bar_start(&reading->bar, context->err);
    bool good = read_catalogues(reading, sources, build);
    made->data =
        good ? referential_build_finish(build, &made->size, made->hash, &made->counts) : NULL;
    referential_build_free(build);
    if (good)
        return made->data ? END_OK : context_no_memory(context);
    progress_bar_clear(&reading->bar.bar);
    import_problems_print(&reading->problems, context->err);
    return END_REJECTED;
}

enum ending referential_make(struct context *context, const struct referential_sources *sources,
                             struct made_referential *made)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return context_no_memory(context);
    enum ending ending = make(context, reading, sources, made);
    free(reading);
    return ending;
}
