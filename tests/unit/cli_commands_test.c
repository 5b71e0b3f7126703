/* Whole command lines against a server that answers by a script. */
#include "cli/program.h"
#include "cli_fake_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct fake_server server;
static char *out_text, *err_text;

static int setup(void **state)
{
    (void)state;
    memset(&server, 0, sizeof server);
    unsetenv("PASSERELLE_STATE");
    unsetenv("PASSERELLE_TERRITORY");
    setenv("LC_ALL", "C", 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(out_text);
    free(err_text);
    out_text = err_text = NULL;
    if (server.directory[0] != '\0')
        fake_remove(&server);
    return 0;
}

/* Runs `passerelle --state <the server's> …`; the words end with NULL. */
static enum ending run_with_input(const char *input, const char *first, va_list words)
{
    char program[] = "passerelle", option[] = "--state";
    char *argv[24] = {program, option, server.directory};
    int argc = 3;
    for (const char *word = first; word != NULL && argc < 23; word = va_arg(words, const char *))
        argv[argc++] = strdup(word);
    size_t out_size, err_size;
    free(out_text);
    free(err_text);
    FILE *in = fmemopen((void *)(uintptr_t)input, strlen(input), "r");
    FILE *out = open_memstream(&out_text, &out_size);
    FILE *err = open_memstream(&err_text, &err_size);
    enum ending ending = program_run(argc, argv, in, out, err);
    fclose(in);
    fclose(out);
    fclose(err);
    for (int i = 3; i < argc; i++)
        free(argv[i]);
    return ending;
}

static enum ending run(const char *first, ...)
{
    va_list words;
    va_start(words, first);
    enum ending ending = run_with_input("\n", first, words);
    va_end(words);
    return ending;
}

static enum ending run_typing(const char *input, const char *first, ...)
{
    va_list words;
    va_start(words, first);
    enum ending ending = run_with_input(input, first, words);
    va_end(words);
    return ending;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("“%s” is not in:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("“%s” is in:\n%s", part, text);
}

/* -- without a server -------------------------------------------------------------------------- */

static void a_wrong_line_is_explained(void **state)
{
    (void)state;
    static const struct {
        const char *words[4];
        const char *said;
    } cases[] = {
        {{"mathces"}, "Did you mean “matches”?"},
        {{"show"}, "Something is missing"},
        {{"show", "L1", "L2"}, "one word too many: L2"},
        {{"show", "--nonsense", "L1"}, "no such option here: --nonsense"},
        {{"list", "learners", "--json=yes"}, "takes no value: --json=yes"},
        {{"list", "learners", "--limit"}, "needs a value: --limit"},
        {{"list", "learners", "--limit=many"},
         "whole number within its bounds is needed here: --limit"},
        {{"list", "people"}, "cannot be listed: people"},
        {{"show", "nobody"}, "a record is named"},
        {{"status", "--timeout", "0"}, "--timeout"},
        {{"status", "--lang", "de"}, "fr and en: de"},
        {{"offer", "burn", "O1"}, "cannot do that: burn"},
        {{"offer", "close", "O1", "--reason=why"}, "not in the list: why"},
        {{"matches"}, "Name one learner or one offer"},
        {{"export"}, "Name one record"},
        {{"find", "job", "mason"}, "Choose skill, role or commune: job"},
        {{"completion", "fish"}, "bash only: fish"},
        {{"territory", "create", "north"}, "needs a --label"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const *w = cases[i].words;
        enum ending ending = run(w[0], w[1], w[2], w[3], NULL);
        if (ending != END_USAGE)
            fail_msg("“%s %s” ends with %d", w[0], w[1] != NULL ? w[1] : "", (int)ending);
        char *found = strcasestr(err_text, cases[i].said);
        if (found == NULL)
            fail_msg("“%s” is not in:\n%s", cases[i].said, err_text);
    }
}

static void help_speaks_the_language_asked_for(void **state)
{
    (void)state;
    assert_int_equal(run("help", NULL), END_OK);
    assert_holds(out_text, "Usage: passerelle COMMAND");
    assert_int_equal(run("--lang", "fr", "matches", "--help", NULL), END_OK);
    assert_holds(out_text, "Usage : passerelle matches");
    assert_holds(out_text, "--territory NOM");
    assert_int_equal(run("help", "version", NULL), END_OK);
    assert_holds(out_text, "Usage: passerelle version\n"); /* and no space behind */
    assert_int_equal(run("nonsense", NULL), END_USAGE);
    assert_holds(err_text, "For help: passerelle help\n");
    assert_int_equal(run("--version", NULL), END_OK);
    assert_holds(out_text, "passerelle ");
}

static void the_manual_page_has_every_command(void **state)
{
    (void)state;
    assert_int_equal(run("help", "--man", NULL), END_OK);
    assert_holds(out_text, ".TH PASSERELLE 1");
    assert_holds(out_text, ".SS submit");
    assert_holds(out_text, "\\-\\-stable\\-ids");
    assert_holds(out_text, ".SH EXIT STATUS");
}

static void completion_knows_commands_and_options(void **state)
{
    (void)state;
    assert_int_equal(run("completion", "bash", NULL), END_OK);
    assert_holds(out_text, "list) choices='learners offers");
    assert_holds(out_text, "--stable-ids");
    assert_holds(out_text, "*:--lang) choices='fr en'");
}

static void without_a_server_it_says_how_to_start_one(void **state)
{
    (void)state;
    snprintf(server.directory, sizeof server.directory, "/nonexistent");
    assert_int_equal(run("status", "--timeout", "1", NULL), END_AWAY);
    assert_holds(err_text, "passerelle up");
    server.directory[0] = '\0';
}

static void a_configuration_is_checked(void **state)
{
    (void)state;
    assert_int_equal(run("config", "print", NULL), END_OK);
    assert_holds(out_text, "runtime_directory");
    assert_int_equal(run("config", "check", SOURCE_DIR "/nothing.conf", NULL), END_REJECTED);
    assert_true(*err_text != '\0');
}

/* -- reading ----------------------------------------------------------------------------------- */

#define LEARNER                                                                                    \
    "{\"id\":\"L12\",\"revision\":40,\"state\":\"active\",\"created\":12,\"record\":{"             \
    "\"source\":\"demo\",\"observed_at\":\"2026-11-20T08:00:00.000Z\","                            \
    "\"place\":{\"town\":\"Béthune\",\"latitude\":50530000},"                                     \
    "\"contracts\":[\"cdi\",\"apprenticeship\"],\"available_from\":\"2026-12-01\","                \
    "\"claims\":[{\"skill\":\"html-css\",\"level\":3,\"evidence\":\"project\"},"                   \
    "{\"words\":\"bricoler\\u001b[2J\"}]"

static void answer_records(const struct fake_request *request)
{
    bool personal = tree_flag(request->tree, "body.personal");
    if (fake_is(request, "record.list") && tree_number(request->tree, "body.after", 0) == 0)
        fake_reply_json(request, personal ? "\"next\":12,\"records\":[" LEARNER
                                            ",\"contact\":{\"given_name\":\"Zoé\",\"family_name\":"
                                            "\"Lagneau\"}}}]"
                                          : "\"next\":12,\"records\":[" LEARNER "}}]");
    else if (fake_is(request, "record.list"))
        fake_reply_json(request, "\"next\":0,\"records\":[{\"id\":\"L13\",\"revision\":1,\"state\":"
                                 "\"withdrawn\",\"created\":13,\"record\":{\"source\":\"b\"}}]");
    else if (text_is(tree_text(request->tree, "body.kind"), "offer") ||
             text_is(tree_text(request->tree, "body.id"), "L12"))
        fake_reply_json(request, personal ? "\"records\":[" LEARNER
                                            ",\"contact\":{\"given_name\":\"Zoé\"},\"statistics\":"
                                            "{\"gender\":\"female\"}}}]"
                                          : "\"records\":[" LEARNER "}}]");
    else if (fake_is(request, "record.get"))
        fake_reply(request,
                   &(struct reply){.status = REPLY_REJECTED,
                                   .errors = &(struct errors){
                                       .item = {{ERROR_UNKNOWN_RECORD, "body", "an existing one"}},
                                       .count = 1,
                                       .total = 1}});
    else
        fake_reply_json(request, "\"matches\":[]");
}

static void learners_are_listed_without_names(void **state)
{
    (void)state;
    fake_start(&server, answer_records, NULL);
    assert_int_equal(run("list", "learners", NULL), END_OK);
    assert_holds(out_text, "L12  active     demo    Béthune");
    assert_holds(out_text, "L13  withdrawn  b\n");
    assert_lacks(out_text, "Given");
    assert_int_equal(run("list", "learners", "--personal", NULL), END_OK);
    assert_holds(out_text, "Zoé");
    assert_int_equal(run("list", "learners", "--json", NULL), END_OK);
    assert_holds(out_text, "\n{\"id\":\"L13\"");
    assert_int_equal(run("list", "learners", "--limit", "1", NULL), END_OK);
    assert_lacks(out_text, "L13");
    fake_stop(&server);
}

static void a_record_is_shown_in_words(void **state)
{
    (void)state;
    fake_start(&server, answer_records, NULL);
    assert_int_equal(run("show", "L12", NULL), END_OK);
    assert_holds(out_text, "L12  active  revision 40\n");
    assert_holds(out_text, "As of             2026-11-20 08:00 UTC\n");
    assert_holds(out_text, "Contracts wanted  permanent (CDI), apprenticeship\n");
    assert_holds(out_text, "- html-css, alone, shown in a project\n");
    assert_holds(out_text, "- bricoler [2J\n");
    assert_lacks(out_text, "Zoé");
    assert_int_equal(run("show", "L12", "--personal", "--lang", "fr", NULL), END_OK);
    assert_holds(out_text, "Disponible le    01/12/2026\n");
    assert_holds(out_text, "Prénom  Zoé\n");
    assert_int_equal(run("show", "demo:lea", NULL), END_OK);
    fake_stop(&server);
}

static void a_record_that_is_not_there_is_said_once(void **state)
{
    (void)state;
    fake_start(&server, answer_records, NULL);
    assert_int_equal(run("show", "demo:lea", "--kind", "learner", NULL), END_REJECTED);
    assert_string_equal(err_text, "There is no record demo:lea.\n");
    assert_int_equal(run("show", "L99", NULL), END_REJECTED);
    fake_stop(&server);
}

static void an_export_tells_what_is_held_and_of_which_class(void **state)
{
    (void)state;
    fake_start(&server, answer_records, NULL);
    assert_int_equal(run("export", "L12", "--json", NULL), END_OK);
    assert_holds(out_text, "\"personal\":[\"contact.given_name\"]");
    assert_holds(out_text, "\"statistics\":[\"statistics.gender\"]");
    assert_holds(out_text, "\"public\":[\"source\",\"observed_at\"]");
    assert_holds(out_text, "\"matches\":[]");
    assert_int_equal(run("export", "--all", NULL), END_OK);
    assert_holds(out_text, "Lagneau");
    assert_holds(out_text, "\n{\"id\":\"L13\"");
    fake_stop(&server);
}

static void answer_matches(const struct fake_request *request)
{
    if (fake_is(request, "explain"))
        fake_reply_json(
            request,
            "\"matches\":[{\"id\":\"O3\",\"score\":0,\"employer\":0,\"learner\":0,"
            "\"title\":\"Monteur\",\"failed\":[\"distance\",\"language\"],\"reasons\":["
            "{\"code\":\"barred\",\"constraint\":\"distance\",\"value\":45,\"limit\":30,\"by\":15,"
            "\"near\":true},"
            "{\"code\":\"barred\",\"constraint\":\"language\",\"value\":25966,\"limit\":4},"
            "{\"code\":\"barred\",\"constraint\":\"schedule\",\"value\":1890,"
            "\"limit\":2040,\"by\":90},{\"code\":\"barred\",\"constraint\":\"start\",\"value\":"
            "20789,\"limit\":20779,\"by\":10},{\"code\":\"barred\",\"constraint\":\"contract\","
            "\"value\":2,\"limit\":1},{\"code\":\"barred\",\"constraint\":\"no-such\"},"
            "{\"code\":\"barred\",\"constraint\":\"licence\",\"value\":6,\"near\":true,"
            "\"outlook\":\"in_progress\",\"outlook_on\":\"2026-12-20\"},"
            "{\"code\":\"barred\",\"constraint\":\"authorisation\",\"value\":1,\"near\":true,"
            "\"outlook\":\"expired\",\"outlook_on\":\"2026-11-02\"},"
            "{\"code\":\"barred\",\"constraint\":\"hours\",\"value\":2100,\"limit\":1800,"
            "\"by\":300},"
            "{\"code\":\"barred\",\"constraint\":\"licence\",\"value\":999}]}]");
    else
        fake_reply_json(
            request,
            "\"seq\":9,\"cursor\":9,\"matches\":[{\"id\":\"O3\",\"score\":8251,\"employer\":9000,"
            "\"learner\":7500,\"title\":\"Développeuse\",\"reasons\":[{\"code\":\"fits\",\"skill\":"
            "\"html-css\",\"label\":\"HTML et CSS\",\"label_en\":\"HTML and CSS\",\"evidence\":"
            "\"project\",\"level\":3,\"wanted_level\":2},{\"code\":\"missing\",\"label\":\"PHP\","
            "\"required\":true,\"weight\":3750},{\"code\":\"partly\",\"label\":\"SQL\",\"claim\":"
            "\"access\","
            "\"claim_label\":\"Access\",\"level\":2,\"evidence\":\"work\"},{\"code\":\"distance\","
            "\"value\":12},{\"code\":\"unchecked\",\"constraint\":\"start\"},"
            "{\"code\":\"new_code\"}]}]");
}

static void matches_come_with_reasons(void **state)
{
    (void)state;
    fake_start(&server, answer_matches, NULL);
    assert_int_equal(run("matches", "--learner", "L12", NULL), END_OK);
    assert_holds(out_text, " 1. O3  83 %  Développeuse\n");
    assert_holds(out_text, "+ HTML and CSS: alone, shown in a project\n");
    assert_holds(out_text, "- PHP: missing, required (38 % of what counts)\n");
    assert_holds(out_text,
                 "~ SQL: the learner knows something close to it, “Access” (with help, done at "
                 "work)\n");
    assert_holds(out_text, "· 12 km away\n");
    assert_int_equal(run("matches", "L12", "--lang", "fr", NULL), END_OK);
    assert_holds(out_text, "+ HTML et CSS : en autonomie, montré dans un projet\n");
    assert_holds(out_text, "· non vérifié, un côté ne dit rien : la date de début\n");
    assert_int_equal(run("matches", "--learner", "O3", NULL), END_USAGE);
    fake_stop(&server);
}

/* One match on each of three pages, the middle one of which is empty. */
static void answer_match_pages(const struct fake_request *request)
{
    struct text after = tree_text(request->tree, "body.after");
    if (fake_is(request, "record.get"))
        answer_records(request);
    else if (after.size == 0)
        fake_reply_json(request, "\"next\":\"1b58931b58b48a90\",\"matches\":[{\"id\":\"O3\","
                                 "\"score\":7000,\"reasons\":[],\"reasons_left\":12}]");
    else if (text_is(after, "1b58931b58b48a90"))
        fake_reply_json(request, "\"next\":\"0b58931b58b48a90\",\"matches\":[]");
    else if (text_is(after, "0b58931b58b48a90")) /* the same once more would have no end */
        fake_reply_json(request, "\"next\":\"0b58931b58b48a90\",\"matches\":[{\"id\":\"O4\","
                                 "\"score\":3000,\"reasons\":[],\"reasons_left\":0}]");
    else
        abort();
}

static void matches_come_in_pages(void **state)
{
    (void)state;
    fake_start(&server, answer_match_pages, NULL);
    assert_int_equal(run("matches", "L12", NULL), END_OK);
    assert_holds(out_text, " 1. O3  70 %\n");
    assert_holds(out_text, " 2. O4  30 %\n");
    assert_holds(out_text, "… and 12 more\n");
    assert_int_equal(run("matches", "L12", "--limit", "1", "--json", NULL), END_OK);
    assert_lacks(out_text, "O4");
    assert_int_equal(run("export", "L12", "--json", NULL), END_OK);
    assert_holds(out_text, "\"matches\":[{\"id\":\"O3\"");
    assert_holds(out_text, "{\"id\":\"O4\"");
    fake_stop(&server);
}

static void what_bars_a_pair_is_explained(void **state)
{
    (void)state;
    fake_start(&server, answer_matches, NULL);
    assert_int_equal(run("explain", "L12", "O3", NULL), END_OK);
    assert_holds(out_text,
                 "~ 15 km beyond the learner's radius: the way is 45 km, the learner travels "
                 "up to 30 km\n");
    assert_holds(out_text, "- language “en”: not spoken, level B2 is asked for\n");
    assert_holds(out_text, "- 1 h 30 outside the learner's free hours: Tuesday, 7:30 to 10:00\n");
    assert_holds(out_text, "~ driving licence B in progress, expected on 2026-12-20\n");
    assert_holds(out_text, "~ authorisation work near networks (AIPR) must be renewed: valid until "
                           "2026-11-02 only\n");
    assert_holds(out_text, "- 35 h 00 a week: 5 h 00 more than the learner can do\n");
    assert_holds(out_text, "- 10 days too late: the learner is free from 2026-12-02 on, the latest "
                           "start is 2026-11-22\n");
    assert_holds(out_text, "fixed term (CDD)\n");
    assert_holds(out_text, "They do not match");
    fake_stop(&server);
}

/* -- the rest of what can be asked ------------------------------------------------------------- */

static void answer_anything(const struct fake_request *request)
{
    static const char *const answers[][2] = {
        {"status", "\"version\":\"0.1.0\",\"store\":{\"up\":true,\"durability\":\"always\"},"
                   "\"territories\":[{\"name\":\"demo\",\"label\":\"Démo\",\"seq\":50,\"day\":"
                   "\"2026-11-22\",\"learners\":12,\"offers\":7,\"quarantine\":[\"L9\"],\"slots\":["
                   "{\"slot\":0,\"owner\":\"a\",\"epoch\":1,\"cursor\":50,\"live\":true},"
                   "{\"slot\":1,\"owner\":\"b\",\"epoch\":1,\"cursor\":45,\"live\":true}]}]"},
        {"changes", "\"next\":50,\"changes\":[{\"seq\":50,\"id\":\"L12\",\"operation\":\"put\","
                    "\"occurred_on\":\"2026-11-22\"}]"},
        {"unrecognised", "\"next\":0,\"words\":[{\"words\":\"bricoler\",\"learners\":3}]"},
        {"skill.find", "\"skills\":[{\"id\":\"html-css\",\"french\":\"HTML et CSS\",\"english\":"
                       "\"HTML and CSS\"}]"},
        {"role.find", "\"roles\":[{\"id\":\"r1\",\"rome\":\"M1855\",\"french\":\"Développeur\","
                      "\"english\":\"Developer\"}]"},
        {"commune.find", "\"communes\":[]"},
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (fake_is(request, answers[i][0])) {
            bool seen_all = tree_number(request->tree, "body.after", 0) >= 50;
            fake_reply_json(request, seen_all ? "\"next\":50,\"changes\":[]" : answers[i][1]);
            return;
        }
    /* duplicates: a cursor that goes down, as a hash scan's does */
    int64_t after = tree_number(request->tree, "body.after", 0);
    fake_reply_json(request, after == 0   ? "\"next\":8,\"duplicates\":[[\"L1\",\"L2\"]]"
                             : after == 8 ? "\"next\":4,\"duplicates\":[]"
                                          : "\"next\":0,\"duplicates\":[[\"L3\",\"L4\",\"L5\"]]");
}

static void everything_else_can_be_read(void **state)
{
    (void)state;
    fake_start(&server, answer_anything, NULL);
    assert_int_equal(run("status", NULL), END_OK);
    assert_holds(out_text, "What it confirms is on disk.");
    assert_holds(out_text, "5 changes to go");
    assert_holds(out_text, "demo: 1 records are left out");
    assert_int_equal(run("changes", "--after", "49", NULL), END_OK);
    assert_holds(out_text, "50  2026-11-22  L12         saved\n");
    assert_int_equal(run("list", "unrecognised", NULL), END_OK);
    assert_holds(out_text, "3  bricoler\n");
    assert_int_equal(run("list", "duplicates", NULL), END_OK);
    assert_holds(out_text, "L1, L2\nL3, L4, L5\n");
    assert_int_equal(run("find", "skill", "html", "css", NULL), END_OK);
    assert_holds(out_text, "html-css  HTML et CSS  HTML and CSS\n");
    assert_int_equal(run("find", "role", "développeur", "--lang=fr", NULL), END_OK);
    assert_holds(out_text, "Identifiant  ROME   Libellé\nr1           M1855  Développeur\n");
    assert_int_equal(run("find", "commune", "nowhere", NULL), END_REJECTED);
    assert_holds(err_text, "Nothing was found.");
    fake_stop(&server);
}

static void answer_status_pages(const struct fake_request *request)
{
    struct text after = tree_text(request->tree, "body.after");
    if (after.size == 0)
        fake_reply_json(request, "\"store\":{\"up\":true,\"durability\":\"always\"},\"next\":\"b\","
                                 "\"territories\":[{\"name\":\"a\",\"quarantine\":2},"
                                 "{\"name\":\"b\"}]");
    else if (text_is(after, "b"))
        fake_reply_json(request, "\"store\":{\"up\":true,\"durability\":\"always\"},\"next\":\"b\","
                                 "\"territories\":[{\"name\":\"c\",\"quarantine\":1}]");
    else
        abort();
}

static void the_status_of_many_territories_comes_in_pages(void **state)
{
    (void)state;
    fake_start(&server, answer_status_pages, NULL);
    assert_int_equal(run("status", NULL), END_OK);
    assert_holds(out_text, "\na ");
    assert_holds(out_text, "\nb ");
    assert_holds(out_text, "\nc ");
    assert_holds(out_text,
                 "\na: 2 records are left out of the matches after a fault.\nc: 1 records");
    assert_int_equal(run("status", "--json", NULL), END_OK);
    assert_holds(out_text, "\"territories\":[{\"name\":\"a\",\"quarantine\":2},{\"name\":\"b\"},"
                           "{\"name\":\"c\",\"quarantine\":1}]}");
    fake_stop(&server);
}

/* Tells of one change, and rings for another that a restart would have hidden. */
static void answer_watch(const struct fake_request *request)
{
    int64_t after = tree_number(request->tree, "body.after", 0);
    if (fake_is(request, "status"))
        fake_reply_json(request, "\"territories\":[{\"name\":\"demo\",\"seq\":50}]");
    else if (after == 50)
        fake_reply_json(request, "\"next\":52,\"changes\":[{\"seq\":51,\"id\":\"L1\",\"operation\":"
                                 "\"erase\",\"occurred_on\":\"2026-11-22\"},{\"seq\":52,"
                                 "\"operation\":\"day\",\"occurred_on\":\"2026-11-22\"}]");
    else
        fake_reply_json(request, "\"next\":52,\"changes\":[]");
}

static void publish(struct fake_server *publisher)
{
    fake_publish(publisher, "demo-2", "{\"v\":1,\"kind\":\"matches\",\"ids\":[\"L66\"]}");
    fake_publish(publisher, "demo", "{\"v\":1,\"kind\":\"matches\",\"ids\":[\"L12\",\"O3\"]}");
    fake_publish(publisher, "demo", "[]");
}

static void watching_shows_every_change(void **state)
{
    (void)state;
    server.subscribed = publish;
    fake_start(&server, answer_watch, NULL);
    assert_int_equal(run("watch", "--count", "3", NULL), END_OK);
    assert_holds(out_text, "            new matches: L12 O3\n");
    assert_lacks(out_text, "L66");
    assert_holds(out_text, "51  2026-11-22  L1          erased\n");
    assert_holds(out_text, "52  2026-11-22              a new day\n");
    assert_int_equal(run("watch", "--territory", "other", NULL), END_REJECTED);
    fake_stop(&server);
}

/* -- changing ---------------------------------------------------------------------------------- */

static char asked[1024];

static void answer_event(const struct fake_request *request)
{
    char *json = wire_to_json(tree_find(request->tree, "body"), false);
    struct text type = tree_text(request->tree, "type");
    struct text territory = tree_text(request->tree, "territory");
    snprintf(asked, sizeof asked, "%.*s %.*s %s", (int)type.size, type.data, (int)territory.size,
             territory.data, json);
    free(json);
    if (fake_is(request, "record.get"))
        fake_reply_json(request, "\"records\":[{\"id\":\"O7\",\"record\":{}}]");
    else
        fake_reply(request, &(struct reply){.status = REPLY_OK,
                                            .record = id_make('O', 7),
                                            .revision = 8,
                                            .result = {"updated", 7}});
}

static void events_are_made_from_words(void **state)
{
    (void)state;
    fake_start(&server, answer_event, NULL);
    assert_int_equal(run("offer", "close", "O7", "--reason", "filled", NULL), END_OK);
    assert_string_equal(asked, "offer.close demo {\"id\":\"O7\",\"reason\":\"filled\"}");
    assert_string_equal(out_text, "O7: updated\n");
    assert_int_equal(run("learner", "withdraw", "demo:a:b", NULL), END_OK);
    assert_string_equal(asked, "learner.withdraw demo {\"source\":\"demo\",\"reference\":\"a:b\"}");
    assert_int_equal(run("attach", "pages", "web", "html-css", NULL), END_OK);
    assert_string_equal(asked,
                        "skill.attach demo {\"words\":\"pages web\",\"skill\":\"html-css\"}");
    assert_int_equal(run("detach", "pages web", NULL), END_OK);
    assert_string_equal(asked, "skill.detach demo {\"words\":\"pages web\"}");
    assert_int_equal(run("territory", "create", "north", "--label", "Nord", NULL), END_OK);
    assert_string_equal(asked, "territory.put north {\"label\":\"Nord\"}");
    assert_int_equal(run("referential", "adopt", "0123456789abcdef", "fedcba9876543210", NULL),
                     END_OK);
    assert_string_equal(asked, "referential.adopt demo {\"referential\":\"0123456789abcdef\","
                               "\"communes\":\"fedcba9876543210\"}");
    fake_stop(&server);
}

static void erasing_asks_first(void **state)
{
    (void)state;
    fake_start(&server, answer_event, NULL);
    asked[0] = '\0';
    assert_int_equal(run_typing("yes\n", "erase", "O7", NULL), END_REJECTED);
    assert_holds(err_text, "Nothing was erased.");
    assert_string_equal(asked, "");
    assert_int_equal(run_typing("O7\n", "erase", "O7", NULL), END_OK);
    assert_string_equal(asked, "offer.erase demo {\"id\":\"O7\"}");
    assert_int_equal(run_typing("\n", "erase", "demo:x", "--yes", NULL), END_OK);
    assert_string_equal(asked, "offer.erase demo {\"id\":\"O7\"}");
    assert_int_equal(run("erase", "C1", "--yes", NULL), END_USAGE);
    fake_stop(&server);
}

static void refuse(const struct fake_request *request)
{
    static const struct errors errors = {
        .item = {{ERROR_UNKNOWN_SKILL, "body.skill", "html-css"}}, .count = 1, .total = 3};
    fake_reply(request, &(struct reply){.status = REPLY_REJECTED, .errors = &errors});
}

static void a_refusal_is_told_in_the_persons_language(void **state)
{
    (void)state;
    fake_start(&server, refuse, NULL);
    assert_int_equal(run("attach", "web", "htlm", "--lang", "fr", NULL), END_REJECTED);
    assert_holds(err_text,
                 "C'est refusé :\n  body.skill : cette compétence n'existe pas : html-css "
                 "(unknown_skill)\n");
    assert_string_equal(out_text, "");
    fake_stop(&server);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_wrong_line_is_explained),
        CASE(help_speaks_the_language_asked_for),
        CASE(the_manual_page_has_every_command),
        CASE(completion_knows_commands_and_options),
        CASE(without_a_server_it_says_how_to_start_one),
        CASE(a_configuration_is_checked),
        CASE(learners_are_listed_without_names),
        CASE(a_record_is_shown_in_words),
        CASE(a_record_that_is_not_there_is_said_once),
        CASE(an_export_tells_what_is_held_and_of_which_class),
        CASE(matches_come_with_reasons),
        CASE(matches_come_in_pages),
        CASE(what_bars_a_pair_is_explained),
        CASE(everything_else_can_be_read),
        CASE(the_status_of_many_territories_comes_in_pages),
        CASE(watching_shows_every_change),
        CASE(events_are_made_from_words),
        CASE(erasing_asks_first),
        CASE(a_refusal_is_told_in_the_persons_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
