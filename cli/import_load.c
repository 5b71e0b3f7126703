#include "import_load.h"

#include "../runtime/clock.h"
#include "data_directory.h"
#include "import_free_texts.h"
#include "import_postings.h"
#include "import_propose.h"
#include "import_reference.h"
#include "import_run.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROW_ARENA_MAX = 8 * 1024 * 1024, STATE_PATH_SIZE = 512 };

/* A file in hand. */
struct loading {
    struct import_run *run;
    const char *path;
    struct survey *survey;
    struct column_map *map; /* NULL: its lines are records */
    struct row_plan *plan;
    struct row_context row_context;
    char source[SOURCE_NAME_SIZE];
};

/* -- one row ------------------------------------------------------------------------------------
 */

static void row_take(struct loading *loading, const struct table_row *row)
{
    const struct record_type *type = kind_info(loading->run->options->kind)->record;
    struct row_findings findings;
    arena_reset(loading->run->arena);
    void *record = arena_alloc(loading->run->arena, type->size);
    if (!record) {
        loading->run->no_memory = true;
        return;
    }
    struct text source = {loading->source, (uint32_t)strlen(loading->source)};
    bool good = loading->map
                    ? row_build(loading->plan, &loading->row_context, row, record, &findings)
                    : row_decode(type, source, &loading->row_context, row, record, &findings);
    import_report_findings(loading->run->report, loading->path, &findings);
    if (!good)
        return;
    struct import_place place = {.path = loading->path, .plan = loading->plan};
    struct text header;
    row_locate(loading->plan, row, "reference", &place.line, &place.column, &header);
    sender_take(loading->run->sender, record, false, &place);
}

/* -- one file -----------------------------------------------------------------------------------
 */

static void rows_take(struct loading *loading, struct table *table)
{
    struct import_counts *counts = import_report_counts(loading->run->report);
    struct table_row row;
    struct table_problem problem;
    enum table_result result;
    int64_t done = 0;
    progress_bar_start(&loading->run->bar, loading->run->context->err, loading->path,
                       (int64_t)loading->survey->rows, clock_monotonic_ms());
    while (import_run_goes_on(loading->run) &&
           ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW)) {
        counts->rows++;
        sender_make_room(loading->run->sender);
        import_report_row_begin(loading->run->report);
        if (result == TABLE_BAD_ROW)
            import_report_problem(loading->run->report, loading->path, &problem, true);
        else
            row_take(loading, &row);
        import_report_row_end(loading->run->report);
        progress_bar_move(&loading->run->bar, ++done, clock_monotonic_ms());
    }
}

/* Says which columns are left out or missing. */
static void columns_tell(struct loading *loading)
{
    const struct table_row *header = table_header(loading->survey->table);
    for (unsigned i = 0; i < header->count; i++) {
        if (!loading->survey->refused[i])
            continue;
        row_plan_refuse(loading->plan, i);
        import_report_refused(loading->run->report, loading->path, loading->survey->refused_line[i],
                              i + 1, header->cells[i].text);
    }
    unsigned at = 0;
    struct text column;
    while (row_plan_missing(loading->plan, &at, &column)) {
        char *name = text_clean(column.data, column.size);
        say(loading->run->context->err, IMPORT_COLUMN_MISSING, loading->path, name ? name : "");
        free(name);
    }
}

/* Finds the map: the one given, none for lines that are records, or a proposal. */
static enum ending file_map(struct loading *loading, struct column_map *given)
{
    const struct load_options *options = loading->run->options;
    struct survey *survey = loading->survey;
    enum ending ending = END_OK;
    loading->map = given;
    bool is_record = table_format_of(survey->table) == FORMAT_JSON_LINES &&
                     row_is_record(kind_info(options->kind)->record, table_header(survey->table));
    if (given || is_record)
        return END_OK;
    loading->map = import_propose(loading->run->context, options->kind, loading->path, survey,
                                  options->yes || options->dry_run, &ending);
    if (loading->map && options->save_map &&
        !import_map_keep(loading->run->context, loading->map, options->save_map))
        ending = END_REJECTED;
    return ending;
}

/* Lays the map on the headers; false after having said what is lacking. */
static bool file_plan(struct loading *loading)
{
    static const struct column_map nothing;
    const struct column_map *map = loading->map ? loading->map : &nothing;
    loading->plan = row_plan_create(map, table_header(loading->survey->table));
    if (!loading->plan) {
        loading->run->no_memory = true;
        return false;
    }
    columns_tell(loading);
    const char *lacking = loading->map ? row_plan_lacking(loading->plan) : NULL;
    if (lacking)
        say(loading->run->context->err, IMPORT_LACKING, loading->path, lacking);
    return !lacking;
}

static void file_run(struct loading *loading, const struct table_options *table_options)
{
    struct table_problem problem;
    struct stat status;
    struct journal journal;
    struct table *table = table_open(loading->path, table_options, &problem);
    if (!table)
        import_report_problem(loading->run->report, loading->path, &problem, false);
    else if (stat(loading->path, &status) != 0)
        loading->run->no_memory = true;
    else {
        source_of_path(loading->path, loading->source);
        loading->row_context = (struct row_context){loading->run->arena, clock_day(clock_wall_ms()),
                                                    (int64_t)status.st_mtim.tv_sec * 1000 +
                                                        status.st_mtim.tv_nsec / 1000000};
        import_run_file_begin(loading->run, loading->path, loading->survey->hash, &journal);
        rows_take(loading, table);
        import_run_file_end(loading->run, &journal);
    }
    table_close(table);
}

static enum ending file_load(struct loading *loading, struct column_map *given)
{
    struct table_problem problem;
    struct table_options table_options = {0};
    if (given)
        table_options = given->table;
    loading->survey = survey_make(loading->path, &table_options, &problem);
    if (!loading->survey) {
        import_report_problem(loading->run->report, loading->path, &problem, false);
        return END_OK;
    }
    enum ending ending = file_map(loading, given);
    if (ending == END_OK && file_plan(loading))
        file_run(loading, &table_options);
    else
        import_report_failed(loading->run->report);
    row_plan_free(loading->plan);
    loading->plan = NULL;
    if (loading->map != given)
        map_free(loading->map);
    survey_free(loading->survey);
    return ending;
}

/* -- all files ----------------------------------------------------------------------------------
 */

/* A path, or the name of a map that ships with the project. */
static struct column_map *map_named(const char *name, struct map_errors *errors)
{
    char path[STATE_PATH_SIZE];
    bool bare = !strchr(name, '/') && access(name, F_OK) != 0;
    snprintf(path, sizeof path, "%s/maps/%s%s", data_directory(), name,
             strstr(name, ".map") ? "" : ".map");
    return map_load(bare && access(path, R_OK) == 0 ? path : name, errors);
}

/* The map of --map; false after having said what is wrong with it. */
static bool map_given(struct context *context, const struct load_options *options,
                      struct column_map **map)
{
    struct map_errors errors;
    *map = options->map ? map_named(options->map, &errors) : NULL;
    if (!options->map)
        return true;
    for (unsigned i = 0; !*map && i < errors.count; i++)
        fprintf(context->err, "%s\n", errors.text[i]);
    if (!*map)
        return false;
    if ((*map)->kind == options->kind)
        return true;
    say(context->err, IMPORT_OTHER_KIND, options->map);
    map_free(*map);
    return false;
}

static enum ending files_load(struct import_run *run, struct column_map *map,
                              const char *const *files, unsigned count)
{
    enum ending ending = END_OK;
    for (unsigned i = 0; i < count && ending == END_OK && import_run_goes_on(run); i++) {
        struct loading loading = {.run = run, .path = files[i]};
        if (run->options->text)
            ending = import_free_texts(run, files[i]) ? END_OK : END_REJECTED;
        else if (map || run->options->kind != KIND_OFFER || !import_postings(run, files[i]))
            ending = file_load(&loading, map);
    }
    if (run->no_memory || sender_no_memory(run->sender))
        return context_no_memory(run->context);
    if (ending != END_OK) /* said already: no map, no import */
        return ending;
    ending = import_report_end(run->report);
    if (sender_away(run->sender))
        say(run->context->err, IMPORT_AWAY);
    return sender_away(run->sender) ? END_AWAY : ending;
}

enum ending import_load(struct context *context, const struct load_options *options,
                        const char *const *files, unsigned count)
{
    struct import_run run = {.context = context, .options = options};
    struct column_map *map;
    if (!map_given(context, options, &map))
        return END_USAGE;
    enum ending ending = END_AWAY;
    run.arena = arena_create(ROW_ARENA_MAX);
    run.report = import_report_create(context, &run.bar);
    if (!run.arena || !run.report)
        ending = context_no_memory(context);
    else if (options->dry_run || (run.client = context_client(context))) {
        run.sender = sender_create(run.client, run.report, options->kind);
        ending = run.sender ? files_load(&run, map, files, count) : context_no_memory(context);
    }
    sender_free(run.sender);
    import_report_free(run.report);
    arena_free(run.arena);
    map_free(map);
    return ending;
}
