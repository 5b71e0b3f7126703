#include "import_load.h"

#include "../config/config.h"
#include "../runtime/clock.h"
#include "../runtime/fault.h"
#include "data_directory.h"
#include "import_journal.h"
#include "import_propose.h"
#include "import_reference.h"
#include "import_report.h"
#include "import_seen.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROW_ARENA_MAX = 8 * 1024 * 1024, STATE_PATH_SIZE = 512 };

/* A row whose answer has not come. */
struct pending {
    bool used;
    uint64_t key; /* of its reference */
    struct import_place place;
};

struct loading {
    struct context *context;
    const struct load_options *options;
    struct client *client; /* NULL in a dry run */
    struct import_report *report;
    struct progress_bar bar;
    struct arena *arena; /* of one row */
    msgpack_sbuffer body;
    struct pending pending[CLIENT_WINDOW_MAX];
    bool away, no_memory;

    /* of the file in hand */
    const char *path;
    struct survey *survey;
    struct column_map *map; /* NULL: its lines are records */
    struct row_plan *plan;
    struct journal journal;
    struct seen *seen;
    struct row_context row_context;
    char source[SOURCE_NAME_SIZE];
};

/* -- answers ------------------------------------------------------------------------------------
 */

static void answer_take(struct loading *loading)
{
    struct client_reply reply;
    if (!client_next_reply(loading->client, &reply))
        return;
    struct pending *pending = &loading->pending[reply.token];
    loading->away |= reply.status == REPLY_NONE || reply.status == REPLY_RETRY;
    import_report_answer(loading->report, &pending->place, &reply);
    pending->used = false;
    FAULT_POINT("import-row-answered");
}

static void answers_take_all(struct loading *loading)
{
    while (loading->client && client_waiting(loading->client) > 0)
        answer_take(loading);
}

/* Rows with the same reference are never in flight together: one that has to be sent again would
 * be overtaken by the other. */
static bool is_in_flight(const struct loading *loading, uint64_t key)
{
    for (unsigned i = 0; i < CLIENT_WINDOW_MAX; i++)
        if (loading->pending[i].used && loading->pending[i].key == key)
            return true;
    return false;
}

/* -- one row ------------------------------------------------------------------------------------
 */

static enum message_type put_of(uint8_t kind)
{
    return kind == KIND_LEARNER ? MESSAGE_LEARNER_PUT
           : kind == KIND_OFFER ? MESSAGE_OFFER_PUT
                                : MESSAGE_EMPLOYER_PUT;
}

/* The id of the request: a hash of the run and of the record. */
static bool id_make_stable(struct loading *loading, const void *record, char id[JOURNAL_ID_SIZE])
{
    msgpack_packer packer;
    loading->body.size = 0;
    msgpack_packer_init(&packer, &loading->body, msgpack_sbuffer_write);
    record_encode(kind_info(loading->options->kind)->record, record, PRIVACY_ALL, &packer);
    if (!loading->body.data)
        return false;
    journal_request_id(&loading->journal, loading->body.data, loading->body.size, id);
    return true;
}

static void row_send(struct loading *loading, const void *record, uint64_t key,
                     const struct import_place *place)
{
    char id[JOURNAL_ID_SIZE];
    while (!loading->away && (client_full(loading->client) || is_in_flight(loading, key)))
        answer_take(loading);
    if (loading->away)
        return;
    unsigned token = 0;
    while (loading->pending[token].used)
        token++;
    struct request request = {.occurred_on = loading->journal.day, .lenient = true};
    request.has.id = request.has.occurred_on = request.has.lenient = true;
    loading->no_memory |= !id_make_stable(loading, record, id);
    request.id = (struct text){id, JOURNAL_ID_SIZE - 1};
    if (loading->no_memory ||
        !client_submit(loading->client, &request, put_of(loading->options->kind), record, token)) {
        loading->no_memory = true;
        return;
    }
    loading->pending[token] = (struct pending){true, key, *place};
    loading->pending[token].place.row = import_report_row_await(loading->report);
}

/* Whether a row repeats one before it. The same reference under another name is for the server to
 * judge. */
static bool is_repeat(struct loading *loading, const struct seen_row *row,
                      const struct import_place *place)
{
    const struct seen_row *first = seen_find(loading->seen, row->key);
    if (!first) {
        loading->no_memory |= !seen_add(loading->seen, row);
        return false;
    }
    if (loading->options->kind == KIND_LEARNER && first->identity != row->identity)
        return false;
    import_report_repeat(loading->report, place->path, place->line, place->column, first->line);
    return true;
}

/* All stored records begin alike. */
static struct text source_text(const void *record)
{
    return ((const struct offer *)record)->source;
}

static struct text reference_text(const void *record)
{
    return ((const struct offer *)record)->reference;
}

static void row_take(struct loading *loading, const struct table_row *row)
{
    const struct record_type *type = kind_info(loading->options->kind)->record;
    struct row_findings findings;
    arena_reset(loading->arena);
    void *record = arena_alloc(loading->arena, type->size);
    if (!record) {
        loading->no_memory = true;
        return;
    }
    struct text source = {loading->source, (uint32_t)strlen(loading->source)};
    bool good = loading->map
                    ? row_build(loading->plan, &loading->row_context, row, record, &findings)
                    : row_decode(type, source, &loading->row_context, row, record, &findings);
    import_report_findings(loading->report, loading->path, &findings);
    if (!good)
        return;
    struct import_place place = {.path = loading->path, .plan = loading->plan};
    struct text header;
    row_locate(loading->plan, row, "reference", &place.line, &place.column, &header);
    struct seen_row seen = {reference_key(source_text(record), reference_text(record)),
                            identity_key(loading->options->kind, record), row->line};
    if (is_repeat(loading, &seen, &place))
        return;
    if (loading->client)
        row_send(loading, record, seen.key, &place);
    else
        import_report_counts(loading->report)->checked++;
}

/* -- one file -----------------------------------------------------------------------------------
 */

static void rows_take(struct loading *loading, struct table *table)
{
    struct import_counts *counts = import_report_counts(loading->report);
    struct table_row row;
    struct table_problem problem;
    enum table_result result;
    int64_t done = 0;
    progress_bar_start(&loading->bar, loading->context->err, loading->path,
                       (int64_t)loading->survey->rows, clock_monotonic_ms());
    while (!loading->away && !loading->no_memory &&
           ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW)) {
        counts->rows++;
        while (loading->client && import_report_full(loading->report))
            answer_take(loading);
        import_report_row_begin(loading->report);
        if (result == TABLE_BAD_ROW)
            import_report_problem(loading->report, loading->path, &problem, true);
        else
            row_take(loading, &row);
        import_report_row_end(loading->report);
        progress_bar_move(&loading->bar, ++done, clock_monotonic_ms());
    }
    answers_take_all(loading);
    progress_bar_clear(&loading->bar);
}

static void state_directory(const struct context *context, char path[STATE_PATH_SIZE])
{
    struct config config;
    struct config_errors errors;
    const char *state = context->state ? context->state : "state";
    if (!context->state && context->config && config_load(context->config, &config, &errors))
        state = config.daemon_state_directory;
    snprintf(path, STATE_PATH_SIZE, "%s", state);
}

static void file_journal(struct loading *loading)
{
    char state[STATE_PATH_SIZE], what[SURVEY_HASH_SIZE + 64] = "";
    memcpy(what, loading->survey->hash, SURVEY_HASH_SIZE);
    int size = snprintf(what + SURVEY_HASH_SIZE, sizeof what - SURVEY_HASH_SIZE, "%u %s",
                        loading->options->kind, loading->context->territory);
    state_directory(loading->context, state);
    journal_begin(&loading->journal, state, what,
                  SURVEY_HASH_SIZE + (size_t)(size < 63 ? size : 63), clock_day(clock_wall_ms()));
    if (loading->journal.resumed)
        say(loading->context->err, IMPORT_RESUMED, loading->path);
}

/* Says which columns are left out or missing. */
static void columns_tell(struct loading *loading)
{
    const struct table_row *header = table_header(loading->survey->table);
    for (unsigned i = 0; i < header->count; i++) {
        if (!loading->survey->refused[i])
            continue;
        row_plan_refuse(loading->plan, i);
        import_report_refused(loading->report, loading->path, loading->survey->refused_line[i],
                              i + 1, header->cells[i].text);
    }
    unsigned at = 0;
    struct text column;
    while (row_plan_missing(loading->plan, &at, &column)) {
        char *name = text_clean(column.data, column.size);
        say(loading->context->err, IMPORT_COLUMN_MISSING, loading->path, name ? name : "");
        free(name);
    }
}

/* Finds the map: the one given, none for lines that are records, or a proposal. */
static enum ending file_map(struct loading *loading, struct column_map *given)
{
    const struct load_options *options = loading->options;
    struct survey *survey = loading->survey;
    enum ending ending = END_OK;
    loading->map = given;
    bool is_record = table_format_of(survey->table) == FORMAT_JSON_LINES &&
                     row_is_record(kind_info(options->kind)->record, table_header(survey->table));
    if (given || is_record)
        return END_OK;
    loading->map = import_propose(loading->context, options->kind, loading->path, survey,
                                  options->yes || options->dry_run, &ending);
    if (loading->map && options->save_map &&
        !import_map_keep(loading->context, loading->map, options->save_map))
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
        loading->no_memory = true;
        return false;
    }
    columns_tell(loading);
    const char *lacking = loading->map ? row_plan_lacking(loading->plan) : NULL;
    if (lacking)
        say(loading->context->err, IMPORT_LACKING, loading->path, lacking);
    return !lacking;
}

static void file_run(struct loading *loading, const struct table_options *table_options)
{
    struct table_problem problem;
    struct stat status;
    struct table *table = table_open(loading->path, table_options, &problem);
    loading->seen = seen_create();
    if (!table)
        import_report_problem(loading->report, loading->path, &problem, false);
    else if (!loading->seen || stat(loading->path, &status) != 0)
        loading->no_memory = true;
    else {
        source_of_path(loading->path, loading->source);
        loading->row_context = (struct row_context){loading->arena, clock_day(clock_wall_ms()),
                                                    (int64_t)status.st_mtim.tv_sec * 1000 +
                                                        status.st_mtim.tv_nsec / 1000000};
        if (loading->client)
            file_journal(loading);
        rows_take(loading, table);
        if (loading->client && !loading->away && !loading->no_memory)
            journal_end(&loading->journal);
    }
    table_close(table);
    seen_free(loading->seen);
    loading->seen = NULL;
}

static enum ending file_load(struct loading *loading, struct column_map *given)
{
    struct table_problem problem;
    struct table_options table_options = {0};
    if (given)
        table_options = given->table;
    loading->survey = survey_make(loading->path, &table_options, &problem);
    if (!loading->survey) {
        import_report_problem(loading->report, loading->path, &problem, false);
        return END_OK;
    }
    enum ending ending = file_map(loading, given);
    if (ending == END_OK && file_plan(loading))
        file_run(loading, &table_options);
    else
        import_report_failed(loading->report);
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

static enum ending files_load(struct loading *loading, struct column_map *map,
                              const char *const *files, unsigned count)
{
    enum ending ending = END_OK;
    for (unsigned i = 0; i < count && ending == END_OK && !loading->away && !loading->no_memory;
         i++) {
        loading->path = files[i];
        ending = file_load(loading, map);
    }
    if (loading->no_memory)
        return context_no_memory(loading->context);
    if (ending != END_OK) /* said already: no map, no import */
        return ending;
    ending = import_report_end(loading->report);
    if (loading->away)
        say(loading->context->err, IMPORT_AWAY);
    return loading->away ? END_AWAY : ending;
}

enum ending import_load(struct context *context, const struct load_options *options,
                        const char *const *files, unsigned count)
{
    struct column_map *map;
    if (!map_given(context, options, &map))
        return END_USAGE;
    struct loading *loading = calloc(1, sizeof *loading);
    enum ending ending = END_AWAY;
    if (loading) {
        loading->context = context;
        loading->options = options;
        msgpack_sbuffer_init(&loading->body);
        loading->arena = arena_create(ROW_ARENA_MAX);
        loading->report = import_report_create(context, &loading->bar);
    }
    if (!loading || !loading->arena || !loading->report)
        ending = context_no_memory(context);
    else if (options->dry_run || (loading->client = context_client(context)))
        ending = files_load(loading, map, files, count);
    if (loading) {
        import_report_free(loading->report);
        arena_free(loading->arena);
        msgpack_sbuffer_destroy(&loading->body);
    }
    free(loading);
    map_free(map);
    return ending;
}
