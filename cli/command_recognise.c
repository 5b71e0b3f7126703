#include "../matching/role_search.h"
#include "../proto/codec.h"
#include "../runtime/file_map.h"
#include "arguments.h"
#include "commands.h"
#include "data_directory.h"
#include "import_communes.h"
#include "query_lines.h"
#include "recognition_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENTIAL_BYTES_MAX = 1 << 29, PATH_SIZE = 512 };

static enum ending recognise_run(struct context *context);

static const struct command_option recognise_options[] = {
    {"referential", TEXT_VALUE_FILE, TEXT_ROLE_REFERENTIAL, NULL},
    {"communes", TEXT_VALUE_FILE, TEXT_RECOGNISE_COMMUNES, NULL},
};

const struct command command_recognise = {
    .name = "recognise",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_RECOGNISE_SUMMARY,
    .details = TEXT_RECOGNISE_DETAILS,
    .options = recognise_options,
    .option_count = sizeof recognise_options / sizeof *recognise_options,
    .run = recognise_run,
};

struct reading {
    struct file_map map;
    struct referential *referential;
    void *communes_data;
    struct communes *communes;
    struct recogniser *recogniser;
    struct import_problems problems;
    struct recognition recognition;
};

/* -- a question ---------------------------------------------------------------------------------
 */

struct asked {
    const char *text;
    size_t size;
    enum recognised_text kind;
    int language;
    int32_t date;
};

static bool is_text(const json_t *value, const char *text)
{
    return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

static enum text_id read_asked(const json_t *question, struct asked *asked)
{
    const json_t *text = json_object_get(question, "text");
    const json_t *kind = json_object_get(question, "kind");
    const json_t *language = json_object_get(question, "language");
    const json_t *date = json_object_get(question, "date");
    *asked = (struct asked){json_string_value(text), json_string_length(text), RECOGNISED_OFFER,
                            RECOGNISED_ANY_LANGUAGE, RECOGNISED_NO_DAY};
    if (!json_is_string(text))
        return TEXT_QUERY_NO_TEXT;
    if (is_text(kind, "cv"))
        asked->kind = RECOGNISED_CV;
    else if (kind != NULL && !is_text(kind, "offer"))
        return TEXT_QUERY_KIND;
    if (is_text(language, "fr") || is_text(language, "en"))
        asked->language = is_text(language, "en") ? LABEL_ENGLISH : LABEL_FRENCH;
    else if (language != NULL)
        return TEXT_QUERY_LANGUAGE;
    if (date != NULL &&
        (!json_is_string(date) ||
         !date_parse(json_string_value(date), json_string_length(date), &asked->date)))
        return TEXT_QUERY_DATE;
    return TEXT_NONE;
}

static enum text_id answer_text(void *state, const json_t *question, json_t *answer)
{
    struct reading *reading = state;
    struct asked asked;
    enum text_id wrong = read_asked(question, &asked);
    if (wrong != TEXT_NONE)
        return wrong;
    recogniser_read(reading->recogniser, asked.text, asked.size, asked.kind, asked.language,
                    asked.date, &reading->recognition);
    return recognition_in_json(answer, &reading->recognition, reading->referential, asked.text,
                               asked.kind)
               ? TEXT_NONE
               : TEXT_NO_MEMORY;
}

/* -- what it is read with -----------------------------------------------------------------------
 */

static bool open_referential(struct context *context, struct reading *reading, const char *path)
{
    if (!file_map_open(&reading->map, path, REFERENTIAL_BYTES_MAX)) {
        say(context->err, CANNOT_READ, path, strerror(errno));
        return false;
    }
    const char *reason;
    reading->referential = referential_open(reading->map.data, reading->map.size, &reason);
    if (reading->referential == NULL)
        say(context->err, NOT_A_REFERENTIAL, path, reason);
    return reading->referential != NULL;
}

static bool open_communes(struct context *context, struct reading *reading, const char *path)
{
    char own[PATH_SIZE], hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    size_t size;
    snprintf(own, sizeof own, "%s/referential/communes.csv", data_directory());
    struct communes_build *build = communes_build_create();
    bool good = build != NULL &&
                import_communes(path != NULL ? path : own, build, &reading->problems, NULL);
    reading->communes_data = good ? communes_build_finish(build, &size, hash) : NULL;
    if (reading->communes_data != NULL)
        reading->communes = communes_open(reading->communes_data, size, &reason);
    communes_build_free(build);
    if (reading->communes == NULL && reading->problems.count == 0)
        context_no_memory(context);
    import_problems_print(&reading->problems, context->err);
    return reading->communes != NULL;
}

/* Why there is no recogniser: the index of roles, or memory. */
static enum ending say_no_recogniser(struct context *context, const struct reading *reading)
{
    const char *reason;
    struct role_search *search = role_search_create(reading->referential, &reason);
    if (search != NULL) {
        role_search_free(search);
        return context_no_memory(context);
    }
    say(context->err, NOT_A_REFERENTIAL, arguments_value(context->arguments, "referential"),
        reason);
    return END_REJECTED;
}

static enum ending read_texts(struct context *context, struct reading *reading)
{
    if (!open_referential(context, reading, arguments_value(context->arguments, "referential")) ||
        !open_communes(context, reading, arguments_value(context->arguments, "communes")))
        return END_REJECTED;
    reading->recogniser = recogniser_create(reading->referential, reading->communes);
    if (reading->recogniser == NULL)
        return say_no_recogniser(context, reading);
    return query_lines_run(context, answer_text, reading);
}

static enum ending recognise_run(struct context *context)
{
    if (arguments_value(context->arguments, "referential") == NULL)
        return context_usage(context, TEXT_WRONG_NO_REFERENTIAL, NULL);
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return context_no_memory(context);
    enum ending ending = read_texts(context, reading);
    recogniser_free(reading->recogniser);
    communes_close(reading->communes);
    free(reading->communes_data);
    referential_close(reading->referential);
    file_map_close(&reading->map);
    free(reading);
    return ending;
}
