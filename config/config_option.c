#include "config_option.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG_ROW(section, name, type, low, high, value, choices, help)                           \
    {#section, #name, CONFIG_TYPE_##type,                                                          \
     low,      high,  value,                                                                       \
     choices,  help,  offsetof(struct config, section##_##name)},

const struct config_option config_options[] = {CONFIG_OPTIONS(CONFIG_ROW)};
const size_t config_options_count = sizeof config_options / sizeof config_options[0];

bool config_section_exists(const char *section)
{
    for (size_t i = 0; i < config_options_count; i++)
        if (strcmp(config_options[i].section, section) == 0)
            return true;
    return false;
}

const struct config_option *config_option_find(const char *section, const char *name)
{
    for (size_t i = 0; i < config_options_count; i++)
        if (strcmp(config_options[i].section, section) == 0 &&
            strcmp(config_options[i].name, name) == 0)
            return &config_options[i];
    return NULL;
}

static void *field(const struct config_option *option, struct config *config)
{
    return (char *)config + option->offset;
}

static const void *const_field(const struct config_option *option, const struct config *config)
{
    return (const char *)config + option->offset;
}

static void expected_text(const struct config_option *option, const char *what, char *out)
{
    if (option->high == 0)
        snprintf(out, CONFIG_EXPECTED_SIZE, "nothing");
    else if (option->low == 0)
        snprintf(out, CONFIG_EXPECTED_SIZE, "%s, at most %" PRId64 " bytes, or nothing", what,
                 option->high);
    else
        snprintf(out, CONFIG_EXPECTED_SIZE, "%s, %" PRId64 " to %" PRId64 " bytes", what,
                 option->low, option->high);
}

static void expected_choices(const char *choices, char *out)
{
    int at = snprintf(out, CONFIG_EXPECTED_SIZE, "one of");
    while (at < CONFIG_EXPECTED_SIZE && *choices != '\0') {
        int length = (int)strcspn(choices, "|");
        const char *comma = choices[length] == '|' ? "," : "";
        at += snprintf(out + at, CONFIG_EXPECTED_SIZE - (size_t)at, " %.*s%s", length, choices,
                       comma);
        choices += length + (int)strlen(comma);
    }
}

void config_option_expected(const struct config_option *option, char out[CONFIG_EXPECTED_SIZE])
{
    switch (option->type) {
    case CONFIG_TYPE_TEXT:
        expected_text(option, "a text without spaces", out);
        break;
    case CONFIG_TYPE_NAME:
        expected_text(option, "a name of letters, digits and . _ + - /", out);
        break;
    case CONFIG_TYPE_PATH:
        expected_text(option, "an absolute path", out);
        break;
    case CONFIG_TYPE_HOST:
        expected_text(option, "a numeric address or localhost", out);
        break;
    case CONFIG_TYPE_ADDRESS:
        expected_text(option, "an absolute path or a loopback host:port", out);
        break;
    case CONFIG_TYPE_NUMBER:
        snprintf(out, CONFIG_EXPECTED_SIZE, "a number from %" PRId64 " to %" PRId64, option->low,
                 option->high);
        break;
    case CONFIG_TYPE_CHOICE:
        expected_choices(option->choices, out);
        break;
    }
}

/* Decimal digits only; false past the type's range too. */
static bool number_read(const char *text, int64_t low, int64_t high, int64_t *number)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0')
        return false;
    errno = 0;
    *number = strtoll(text, NULL, 10);
    return errno == 0 && *number >= low && *number <= high;
}

static bool choice_read(const char *choices, const char *text, int *index)
{
    size_t size = strlen(text);
    *index = 0;
    for (const char *choice = choices; size > 0; choice++, (*index)++) {
        size_t length = strcspn(choice, "|");
        if (length == size && memcmp(choice, text, size) == 0)
            return true;
        choice += length;
        if (*choice == '\0')
            break;
    }
    return false;
}

static bool name_is_fine(const char *text)
{
    for (; *text != '\0'; text++)
        if (!isalnum((unsigned char)*text) && !strchr("._+-/", *text))
            return false;
    return true;
}

static bool host_is_fine(const char *text)
{
    struct in6_addr any;
    return strcmp(text, "localhost") == 0 || inet_pton(AF_INET, text, &any) == 1 ||
           inet_pton(AF_INET6, text, &any) == 1;
}

static bool address_is_fine(const char *text)
{
    char host[64];
    struct in_addr address;
    int64_t port;
    const char *colon = strrchr(text, ':');
    if (text[0] == '/')
        return true;
    if (!colon || (size_t)(colon - text) >= sizeof host || !number_read(colon + 1, 1, 65535, &port))
        return false;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    return strcmp(host, "localhost") == 0 ||
           (inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

static bool text_is_fine(const struct config_option *option, const char *text)
{
    size_t size = strlen(text);
    if ((int64_t)size < option->low || (int64_t)size > option->high || size >= CONFIG_TEXT_SIZE)
        return false;
    if (size == 0)
        return true;
    switch (option->type) {
    case CONFIG_TYPE_NAME:
        return name_is_fine(text);
    case CONFIG_TYPE_PATH:
        return text[0] == '/';
    case CONFIG_TYPE_HOST:
        return host_is_fine(text);
    case CONFIG_TYPE_ADDRESS:
        return address_is_fine(text);
    default:
        return strpbrk(text, " \t") == NULL;
    }
}

bool config_option_set(const struct config_option *option, const char *value, struct config *config)
{
    int64_t number;
    int index;
    switch (option->type) {
    case CONFIG_TYPE_NUMBER:
        if (!number_read(value, option->low, option->high, &number))
            return false;
        memcpy(field(option, config), &number, sizeof number);
        return true;
    case CONFIG_TYPE_CHOICE:
        if (!choice_read(option->choices, value, &index))
            return false;
        memcpy(field(option, config), &index, sizeof index);
        return true;
    default:
        if (!text_is_fine(option, value))
            return false;
        memcpy(field(option, config), value, strlen(value) + 1);
        return true;
    }
}

/* The index-th of choices. */
static void choice_write(const char *choices, int index, char out[CONFIG_TEXT_SIZE])
{
    while (index-- > 0)
        choices += strcspn(choices, "|") + 1;
    snprintf(out, CONFIG_TEXT_SIZE, "%.*s", (int)strcspn(choices, "|"), choices);
}

void config_option_get(const struct config_option *option, const struct config *config,
                       char out[CONFIG_TEXT_SIZE])
{
    int64_t number;
    int index;
    switch (option->type) {
    case CONFIG_TYPE_NUMBER:
        memcpy(&number, const_field(option, config), sizeof number);
        snprintf(out, CONFIG_TEXT_SIZE, "%" PRId64, number);
        return;
    case CONFIG_TYPE_CHOICE:
        memcpy(&index, const_field(option, config), sizeof index);
        choice_write(option->choices, index, out);
        return;
    default:
        snprintf(out, CONFIG_TEXT_SIZE, "%s", (const char *)const_field(option, config));
        return;
    }
}
