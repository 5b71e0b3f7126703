#include "config_option.h"

#include <string.h>

static void print_help(FILE *out, const struct config_option *option)
{
    char expected[CONFIG_EXPECTED_SIZE];
    config_option_expected(option, expected);
    fprintf(out, "\n# %s\n# Takes %s.\n", option->help, expected);
}

static void print_value(FILE *out, const struct config_option *option, const struct config *config,
                        bool commented)
{
    char value[CONFIG_TEXT_SIZE];
    config_option_get(option, config, value);
    bool is_default = strcmp(value, option->value) == 0;
    fprintf(out, "%s%s =%s%s\n", commented && is_default ? "#" : "", option->name,
            value[0] != '\0' ? " " : "", value);
}

void config_print(FILE *out, const struct config *config, bool commented)
{
    const char *section = "";
    if (commented)
        fputs("# The configuration of Passerelle. An option behind a # has its default value.\n\n",
              out);
    for (size_t i = 0; i < config_options_count; i++) {
        const struct config_option *option = &config_options[i];
        if (strcmp(section, option->section) != 0) {
            section = option->section;
            fprintf(out, "%s[%s]\n", i > 0 ? "\n" : "", section);
        }
        if (commented)
            print_help(out, option);
        print_value(out, option, config, commented);
    }
}
