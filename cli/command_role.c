#include "../matching/role_search.h"
#include "arguments.h"
#include "commands.h"
#include "query_lines.h"
#include "referential_file.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT = 20, LIMIT_MAX = 1000, CLAIMS_MAX = 512 };

static enum ending role_run(struct context *context);

static const struct command_option role_options[] = {
    {"referential", TEXT_VALUE_FILE, TEXT_ROLE_REFERENTIAL, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_ROLE_LIMIT, NULL},
    {"sectors", TEXT_VALUE_CODES, TEXT_ROLE_SECTORS, NULL},
};

const struct command command_role = {
    .name = "role",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_ROLE_USAGE,
    .summary = TEXT_ROLE_SUMMARY,
    .details = TEXT_ROLE_DETAILS,
    .choices = "title rank near",
    .fewest_words = 1,
    .most_words = 1,
    .options = role_options,
    .option_count = sizeof role_options / sizeof *role_options,
    .run = role_run,
};

struct asking {
    const struct referential *referential;
    struct role_search *search;
    unsigned limit;
    struct role_found found[LIMIT_MAX];
    struct role_claim claims[CLAIMS_MAX];
};

/* Of labels; French unless the question says otherwise. */
static bool read_language(const json_t *question, enum label_language *language)
{
    const json_t *wanted = json_object_get(question, "language");
    const char *name = json_string_value(wanted);
    *language = name != NULL && strcmp(name, "en") == 0 ? LABEL_ENGLISH : LABEL_FRENCH;
    return wanted == NULL || (name != NULL && (strcmp(name, "fr") == 0 || strcmp(name, "en") == 0));
}

/* The ROME code; a role without one is known by its id. */
static json_t *role_in_json(const struct asking *asking, const struct role_found *found,
                            enum label_language language)
{
    const char *code = referential_role_rome(asking->referential, found->role);
    return json_pack("{ss ss sf}", "code",
                     *code != '\0' ? code : referential_role_id(asking->referential, found->role),
                     "label", referential_role_label(asking->referential, found->role, language),
                     "score", (double)found->share / ROLE_SHARE_ONE);
}

/* Those found, as the answer's roles. */
static enum text_id put_roles(const struct asking *asking, unsigned count,
                              enum label_language language, json_t *answer)
{
    json_t *roles = json_array();
    if (json_object_set_new(answer, "roles", roles) != 0)
        return TEXT_NO_MEMORY;
    for (unsigned i = 0; i < count; i++)
        if (json_array_append_new(roles, role_in_json(asking, &asking->found[i], language)) != 0)
            return TEXT_NO_MEMORY;
    return TEXT_NONE;
}

static enum text_id answer_title(void *state, const json_t *question, json_t *answer)
{
    struct asking *asking = state;
    const json_t *title = json_object_get(question, "title");
    enum label_language language;
    if (!json_is_string(title))
        return TEXT_QUERY_NO_TITLE;
    if (!read_language(question, &language))
        return TEXT_QUERY_LANGUAGE;
    unsigned count = role_search_title(asking->search, json_string_value(title),
                                       json_string_length(title), asking->found, asking->limit);
    return put_roles(asking, count, language, answer);
}

/* False unless it is a list of texts that is not too long. */
static bool read_claims(struct asking *asking, const json_t *claims)
{
    size_t count = json_array_size(claims);
    if (!json_is_array(claims) || count > CLAIMS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *claim = json_array_get(claims, i);
        if (!json_is_string(claim))
            return false;
        asking->claims[i] =
            (struct role_claim){json_string_value(claim), json_string_length(claim)};
    }
    return true;
}

static enum text_id answer_rank(void *state, const json_t *question, json_t *answer)
{
    struct asking *asking = state;
    const json_t *claims = json_object_get(question, "claims");
    enum label_language language;
    if (!read_claims(asking, claims))
        return TEXT_QUERY_NO_CLAIMS;
    if (!read_language(question, &language))
        return TEXT_QUERY_LANGUAGE;
    unsigned count =
        role_search_claims(asking->search, asking->claims, (unsigned)json_array_size(claims),
                           language, asking->found, asking->limit);
    return put_roles(asking, count, language, answer);
}

static enum text_id answer_near(void *state, const json_t *question, json_t *answer)
{
    struct asking *asking = state;
    const json_t *code = json_object_get(question, "code");
    enum label_language language;
    int32_t role = json_is_string(code)
                       ? referential_role(asking->referential, json_string_value(code),
                                          json_string_length(code))
                       : REFERENTIAL_NONE;
    if (role == REFERENTIAL_NONE)
        return TEXT_QUERY_NO_ROLE;
    if (!read_language(question, &language))
        return TEXT_QUERY_LANGUAGE;
    unsigned count = role_search_near(asking->search, role, asking->found, asking->limit);
    return put_roles(asking, count, language, answer);
}

static query_answer *answer_for(const char *action)
{
    return strcmp(action, "title") == 0  ? answer_title
           : strcmp(action, "rank") == 0 ? answer_rank
           : strcmp(action, "near") == 0 ? answer_near
                                         : NULL;
}

/* "M14,M18": letters of ROME codes with commas between them; false for anything else. */
static bool read_sectors(const char *list, struct role_sectors *sectors)
{
    *sectors = (struct role_sectors){.count = 0};
    while (list != NULL && *list != '\0') {
        size_t size = strcspn(list, ",");
        if (size < 1 || size > ROLE_SECTOR_SIZE || sectors->count == ROLE_SECTORS_MAX)
            return false;
        memcpy(sectors->codes[sectors->count++], list, size);
        list += size + (list[size] == ',');
    }
    return true;
}

static enum ending ask(struct context *context, const struct referential *referential,
                       query_answer *answer, unsigned limit, const struct role_sectors *sectors)
{
    const char *reason = NULL;
    struct asking *asking = calloc(1, sizeof *asking);
    enum ending ending = END_REJECTED;
    if (asking != NULL) {
        asking->referential = referential;
        asking->limit = limit;
        asking->search = role_search_create(referential, &reason);
    }
    if (asking != NULL && asking->search != NULL) {
        role_search_prefer(asking->search, sectors);
        ending = query_lines_run(context, answer, asking);
    } else if (asking == NULL) {
        ending = context_no_memory(context);
    } else {
        say(context->err, NOT_A_REFERENTIAL, arguments_value(context->arguments, "referential"),
            reason);
    }
    if (asking != NULL)
        role_search_free(asking->search);
    free(asking);
    return ending;
}

static enum ending role_run(struct context *context)
{
    const char *action = arguments_word(context->arguments, 0);
    int64_t limit;
    query_answer *answer = answer_for(action);
    if (answer == NULL)
        return context_usage(context, TEXT_WRONG_ACTION, action);
    if (!arguments_number(context->arguments, "limit", 1, LIMIT_MAX, LIMIT, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    struct role_sectors sectors;
    const char *list = arguments_value(context->arguments, "sectors");
    if (!read_sectors(list, &sectors))
        return context_usage(context, TEXT_WRONG_SECTORS, list);
    struct referential_file file;
    enum ending ending = referential_file_open(context, &file);
    if (ending != END_OK)
        return ending;
    ending = ask(context, file.referential, answer, (unsigned)limit, &sectors);
    referential_file_close(&file);
    return ending;
}
