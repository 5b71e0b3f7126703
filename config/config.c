#include "config.h"

#include "config_option.h"

#include "../runtime/file_map.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { FILE_MAX = 65536, LINE_MAX_BYTES = 1000, OPTIONS_MAX = 64 };

_Static_assert(LINE_MAX_BYTES > CONFIG_TEXT_SIZE * 2, "a line holds any value");

/* One pass over a file. */
struct parser {
    const char *name; /* of the file, in messages */
    unsigned line;
    char section[32];           /* "" before the first, or within an unknown one */
    bool skipping;              /* within an unknown section */
    unsigned seen[OPTIONS_MAX]; /* line that set the option; 0: none */
    struct config *config;
    struct config_errors *errors;
};

static char *error_add(struct config_errors *errors)
{
    errors->total++;
    return errors->count < CONFIG_ERRORS_MAX ? errors->text[errors->count++] : NULL;
}

__attribute__((format(printf, 2, 3))) static void complain(struct parser *parser,
                                                           const char *format, ...)
{
    char *text = error_add(parser->errors);
    if (!text)
        return;
    int start = snprintf(text, CONFIG_ERROR_SIZE, "%.150s:%u: ", parser->name, parser->line);
    va_list args;
    va_start(args, format);
    vsnprintf(text + start, CONFIG_ERROR_SIZE - (size_t)start, format, args);
    va_end(args);
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t size = strlen(text);
    while (size > 0 && strchr(" \t\r", text[size - 1]))
        text[--size] = '\0';
    return text;
}

static void section_line(struct parser *parser, char *line)
{
    size_t size = strlen(line);
    parser->skipping = true;
    if (line[size - 1] != ']') {
        complain(parser, "a section ends with ]");
        return;
    }
    line[size - 1] = '\0';
    const char *name = trim(line + 1);
    if (!config_section_exists(name)) {
        complain(parser, "there is no section [%.40s]", name);
        return;
    }
    snprintf(parser->section, sizeof parser->section, "%s", name);
    parser->skipping = false;
}

static void value_set(struct parser *parser, const struct config_option *option, const char *value)
{
    unsigned *seen = &parser->seen[option - config_options];
    char expected[CONFIG_EXPECTED_SIZE];
    if (*seen != 0) {
        complain(parser, "%s is set already, on line %u", option->name, *seen);
        return;
    }
    *seen = parser->line;
    if (config_option_set(option, value, parser->config))
        return;
    config_option_expected(option, expected);
    complain(parser, "%s: expected %s%s%s", option->name, expected, option->high == 0 ? ". " : "",
             option->high == 0 ? option->help : "");
}

static void option_line(struct parser *parser, char *line)
{
    if (parser->skipping)
        return;
    char *equals = strchr(line, '=');
    if (!equals) {
        complain(parser, "expected [section], name = value, or a comment");
        return;
    }
    *equals = '\0';
    const char *name = trim(line);
    if (name[0] == '\0') {
        complain(parser, "there is no name before the =");
        return;
    }
    if (parser->section[0] == '\0') {
        complain(parser, "%.40s stands before the first section", name);
        return;
    }
    const struct config_option *option = config_option_find(parser->section, name);
    if (option)
        value_set(parser, option, trim(equals + 1));
    else
        complain(parser, "[%s] has no option %.40s", parser->section, name);
}

/* What may stand in a line; the rest would be shown wrongly or not at all. */
static bool line_is_clean(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)line[i];
        bool end = byte == '\r' && i == size - 1;
        if ((byte < ' ' && byte != '\t' && !end) || byte == 0x7f)
            return false;
    }
    return u8_check((const uint8_t *)line, size) == NULL;
}

static void parse_line(struct parser *parser, const char *data, size_t size)
{
    char copy[LINE_MAX_BYTES + 1];
    parser->line++;
    if (size > LINE_MAX_BYTES) {
        complain(parser, "longer than %d bytes", LINE_MAX_BYTES);
        return;
    }
    if (!line_is_clean(data, size)) {
        complain(parser, "not UTF-8, or with control characters");
        return;
    }
    memcpy(copy, data, size);
    copy[size] = '\0';
    char *line = trim(copy);
    if (line[0] == '[')
        section_line(parser, line);
    else if (line[0] != '\0' && line[0] != '#')
        option_line(parser, line);
}

void config_defaults(struct config *config)
{
    memset(config, 0, sizeof *config);
    for (size_t i = 0; i < config_options_count; i++)
        config_option_set(&config_options[i], config_options[i].value, config);
}

bool config_parse(const char *name, const char *text, size_t size, struct config *config,
                  struct config_errors *errors)
{
    static const char mark[] = "\xef\xbb\xbf"; /* some editors start a file so */
    struct parser parser = {.name = name, .config = config, .errors = errors};
    errors->count = errors->total = 0;
    config_defaults(config);
    if (size >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        size -= 3;
    }
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size;
        parse_line(&parser, text, length);
        length += end != NULL;
        text += length;
        size -= length;
    }
    return errors->total == 0;
}

bool config_load(const char *path, struct config *config, struct config_errors *errors)
{
    size_t size = 0;
    char *text = file_read_bounded(path, FILE_MAX, &size);
    if (!text) {
        const char *reason = strerror(errno);
        errors->count = errors->total = 0;
        config_defaults(config);
        snprintf(error_add(errors), CONFIG_ERROR_SIZE, "%.150s: %s", path, reason);
        return false;
    }
    bool parsed = config_parse(path, text, size, config, errors);
    free(text);
    return parsed;
}

/* value, or name in the state directory when it is empty. */
static void in_state(const struct config *config, const char *value, const char *name, char *out)
{
    if (value[0] != '\0')
        snprintf(out, CONFIG_TEXT_SIZE, "%s", value);
    else
        snprintf(out, CONFIG_TEXT_SIZE, "%.200s/%s", config->daemon_state_directory, name);
}

void config_key_file(const struct config *config, char *out)
{
    in_state(config, config->daemon_key_file, "passerelle.key", out);
}

void config_referential_directory(const struct config *config, char *out)
{
    in_state(config, config->referential_directory, "referential", out);
}
