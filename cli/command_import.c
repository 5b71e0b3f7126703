#include "arguments.h"
#include "commands.h"
#include "import_catalogue.h"
#include "import_load.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 40 }; /* as in proto/records.h */

static enum ending import_run(struct context *context);

static const struct command_option import_options[] = {
    {"map", TEXT_VALUE_FILE, TEXT_IMPORT_OPTION_MAP, NULL},
    {"save-map", TEXT_VALUE_FILE, TEXT_IMPORT_OPTION_SAVE_MAP, NULL},
    {"yes", TEXT_NONE, TEXT_IMPORT_OPTION_YES, NULL},
    {"text", TEXT_NONE, TEXT_IMPORT_OPTION_TEXT, NULL},
    {"source", TEXT_VALUE_NAME, TEXT_IMPORT_OPTION_SOURCE, NULL},
    {"dry-run", TEXT_NONE, TEXT_IMPORT_OPTION_DRY_RUN, NULL},
    {"rome", TEXT_VALUE_DIRECTORY, TEXT_IMPORT_OPTION_ROME, NULL},
    {"esco", TEXT_VALUE_DIRECTORY, TEXT_IMPORT_OPTION_ESCO, NULL},
    {"mapping", TEXT_VALUE_FILE, TEXT_IMPORT_OPTION_MAPPING, NULL},
    {"without-rome", TEXT_NONE, TEXT_IMPORT_OPTION_WITHOUT_ROME, NULL},
};

const struct command command_import = {
    .name = "import",
    .group = TEXT_GROUP_BRING_IN,
    .usage = TEXT_IMPORT_USAGE,
    .summary = TEXT_IMPORT_SUMMARY,
    .details = TEXT_IMPORT_DETAILS,
    .choices = "learners offers employers referential communes",
    .fewest_words = 1,
    .most_words = UINT_MAX,
    .options = import_options,
    .option_count = sizeof import_options / sizeof *import_options,
    .run = import_run,
};

/* The words after the first; malloc'ed, NULL without memory. */
static const char **files_of(const struct context *context, unsigned *count)
{
    unsigned words = arguments_count(context->arguments);
    const char **files = calloc(words, sizeof *files);
    for (unsigned i = 1; files && i < words; i++)
        files[i - 1] = arguments_word(context->arguments, i);
    *count = words - 1;
    return files;
}

static uint8_t kind_of_word(const char *word)
{
    return strcmp(word, "learners") == 0    ? KIND_LEARNER
           : strcmp(word, "offers") == 0    ? KIND_OFFER
           : strcmp(word, "employers") == 0 ? KIND_EMPLOYER
                                            : KIND_ABSENT;
}

static enum ending records_import(struct context *context, uint8_t kind, const char *const *files,
                                  unsigned count)
{
    const struct arguments *arguments = context->arguments;
    struct load_options options = {
        .kind = kind,
        .map = arguments_value(arguments, "map"),
        .save_map = arguments_value(arguments, "save-map"),
        .source = arguments_value(arguments, "source"),
        .text = arguments_has(arguments, "text"),
        .yes = arguments_has(arguments, "yes"),
        .dry_run = arguments_has(arguments, "dry-run"),
    };
    if (options.text && (kind != KIND_OFFER || options.map))
        return context_usage(context, TEXT_IMPORT_WRONG_TEXT, NULL);
    if (options.source && (!*options.source || strlen(options.source) > SOURCE_MAX))
        return context_usage(context, TEXT_IMPORT_WRONG_SOURCE, options.source);
    return import_load(context, &options, files, count);
}

static enum ending referential_import(struct context *context)
{
    struct referential_sources sources = {
        .starter = true,
        .rome = arguments_value(context->arguments, "rome"),
        .esco = arguments_value(context->arguments, "esco"),
        .mapping = arguments_value(context->arguments, "mapping"),
    };
    bool without = arguments_has(context->arguments, "without-rome");
    if (sources.rome && without)
        return context_usage(context, TEXT_IMPORT_WRONG_ROME, NULL);
    if (sources.mapping && !sources.rome)
        return context_usage(context, TEXT_WRONG_MAPPING_ALONE, NULL);
    return import_referential_run(context, &sources, without);
}

static enum ending import_run(struct context *context)
{
    const char *what = arguments_word(context->arguments, 0);
    uint8_t kind = kind_of_word(what);
    bool communes = strcmp(what, "communes") == 0, referential = strcmp(what, "referential") == 0;
    if (!communes && !referential && kind == KIND_ABSENT)
        return context_usage(context, TEXT_IMPORT_WRONG_WHAT, what);
    unsigned count;
    const char **files = files_of(context, &count);
    enum ending ending;
    if (!files)
        ending = context_no_memory(context);
    else if (referential && count > 0)
        ending = context_usage(context, TEXT_WRONG_TOO_MANY, files[0]);
    else if (referential)
        ending = referential_import(context);
    else if (count == 0)
        ending = context_usage(context, TEXT_WRONG_TOO_FEW, NULL);
    else if (communes)
        ending = import_communes_run(context, files, count);
    else
        ending = records_import(context, kind, files, count);
    free(files);
    return ending;
}
