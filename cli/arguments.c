#include "arguments.h"

#include "commands.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct command_option global_options[] = {
    {"territory", TEXT_VALUE_NAME, TEXT_OPTION_TERRITORY, NULL},
    {"json", TEXT_NONE, TEXT_OPTION_JSON, NULL},
    {"state", TEXT_VALUE_DIRECTORY, TEXT_OPTION_STATE, NULL},
    {"config", TEXT_VALUE_FILE, TEXT_OPTION_CONFIG, NULL},
    {"timeout", TEXT_VALUE_SECONDS, TEXT_OPTION_TIMEOUT, NULL},
    {"lang", TEXT_VALUE_LANGUAGE, TEXT_OPTION_LANG, "fr en"},
    {"help", TEXT_NONE, TEXT_OPTION_HELP, NULL},
    {"version", TEXT_NONE, TEXT_OPTION_VERSION, NULL},
};
const unsigned global_option_count = sizeof global_options / sizeof *global_options;

struct given {
    const struct command_option *option;
    const char *value; /* NULL for a flag */
};

struct arguments {
    const struct command *command;
    const char *command_word;
    const char **words;
    struct given *given;
    unsigned word_count, given_count;
};

static const struct command_option *option_in(const struct command_option *options, unsigned count,
                                              const char *name, size_t size)
{
    for (unsigned i = 0; i < count; i++)
        if (strlen(options[i].name) == size && memcmp(options[i].name, name, size) == 0)
            return &options[i];
    return NULL;
}

static const struct command_option *option_find(const struct arguments *arguments, const char *name,
                                                size_t size)
{
    const struct command *command = arguments->command;
    const struct command_option *option =
        option_in(global_options, global_option_count, name, size);
    if (option == NULL && command != NULL)
        option = option_in(command->options, command->option_count, name, size);
    return option;
}

/* Takes the option word and perhaps the next one; returns how many words that were, 0 after an
 * error. */
static unsigned take_option(struct arguments *arguments, const char *word, const char *next,
                            struct arguments_error *error)
{
    const char *name = strcmp(word, "-h") == 0 ? "help" : word + 2;
    size_t size = strcspn(name, "=");
    bool is_long = word[1] == '-' || name != word + 2;
    const struct command_option *option = is_long ? option_find(arguments, name, size) : NULL;
    *error = (struct arguments_error){TEXT_NONE, word};
    if (option == NULL) {
        error->what = TEXT_WRONG_OPTION;
        return 0;
    }
    struct given *given = &arguments->given[arguments->given_count++];
    *given = (struct given){option, name[size] == '=' ? name + size + 1 : NULL};
    if (option->value == TEXT_NONE) {
        if (given->value != NULL)
            error->what = TEXT_WRONG_OPTION_HAS_VALUE;
        return given->value == NULL ? 1 : 0;
    }
    if (given->value != NULL)
        return 1;
    if (next == NULL) {
        error->what = TEXT_WRONG_OPTION_NO_VALUE;
        return 0;
    }
    given->value = next;
    return 2;
}

static void take_word(struct arguments *arguments, const char *word)
{
    if (arguments->command_word == NULL) {
        arguments->command_word = word;
        arguments->command = command_of_name(word);
    } else {
        arguments->words[arguments->word_count++] = word;
    }
}

static void read_all(struct arguments *arguments, int argc, char *const *argv,
                     struct arguments_error *error)
{
    bool only_words = false;
    for (int i = 1; i < argc;) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
            i++;
        } else if (!only_words && argv[i][0] == '-' && argv[i][1] != '\0') {
            unsigned taken =
                take_option(arguments, argv[i], i + 1 < argc ? argv[i + 1] : NULL, error);
            if (taken == 0)
                return;
            i += (int)taken;
        } else {
            take_word(arguments, argv[i++]);
        }
    }
    *error = (struct arguments_error){TEXT_NONE, NULL};
}

struct arguments *arguments_read(int argc, char *const *argv, struct arguments_error *error)
{
    size_t room = argc > 0 ? (size_t)argc : 1;
    *error = (struct arguments_error){TEXT_NONE, NULL};
    struct arguments *arguments = calloc(1, sizeof *arguments);
    if (arguments == NULL)
        return NULL;
    arguments->words = calloc(room, sizeof *arguments->words);
    arguments->given = calloc(room, sizeof *arguments->given);
    if (arguments->words == NULL || arguments->given == NULL) {
        arguments_free(arguments);
        return NULL;
    }
    read_all(arguments, argc, argv, error);
    return arguments;
}

void arguments_free(struct arguments *arguments)
{
    if (arguments == NULL)
        return;
    free(arguments->words);
    free(arguments->given);
    free(arguments);
}

const struct command *arguments_command(const struct arguments *arguments)
{
    return arguments->command;
}

const char *arguments_command_word(const struct arguments *arguments)
{
    return arguments->command_word;
}

unsigned arguments_count(const struct arguments *arguments)
{
    return arguments->word_count;
}

const char *arguments_word(const struct arguments *arguments, unsigned index)
{
    return index < arguments->word_count ? arguments->words[index] : NULL;
}

char *arguments_join(const struct arguments *arguments, unsigned from, unsigned to)
{
    size_t size = 1;
    for (unsigned i = from; i < to; i++)
        size += strlen(arguments->words[i]) + 1;
    char *joined = malloc(size), *end = joined;
    if (joined == NULL)
        return NULL;
    *end = '\0';
    for (unsigned i = from; i < to; i++) {
        if (i > from)
            *end++ = ' ';
        end = stpcpy(end, arguments->words[i]);
    }
    return joined;
}

static const struct given *find_given(const struct arguments *arguments, const char *option)
{
    for (unsigned i = arguments->given_count; i > 0; i--)
        if (strcmp(arguments->given[i - 1].option->name, option) == 0)
            return &arguments->given[i - 1];
    return NULL;
}

bool arguments_has(const struct arguments *arguments, const char *option)
{
    return find_given(arguments, option) != NULL;
}

const char *arguments_value(const struct arguments *arguments, const char *option)
{
    const struct given *given = find_given(arguments, option);
    return given != NULL ? given->value : NULL;
}

bool arguments_number(const struct arguments *arguments, const char *option, int64_t minimum,
                      int64_t maximum, int64_t fallback, int64_t *number)
{
    const char *value = arguments_value(arguments, option);
    *number = fallback;
    if (value == NULL)
        return true;
    char *end;
    errno = 0;
    long long read = strtoll(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || read < minimum || read > maximum)
        return false;
    *number = read;
    return true;
}
