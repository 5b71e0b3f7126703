/* The option table as data, and its values as text. Used within config/ alone. */
#ifndef PASSERELLE_CONFIG_CONFIG_OPTION_H
#define PASSERELLE_CONFIG_CONFIG_OPTION_H

#include "config.h"

enum config_type {
    CONFIG_TYPE_TEXT,
    CONFIG_TYPE_NAME,
    CONFIG_TYPE_PATH,
    CONFIG_TYPE_HOST,
    CONFIG_TYPE_ADDRESS,
    CONFIG_TYPE_NUMBER,
    CONFIG_TYPE_CHOICE,
};

struct config_option {
    const char *section;
    const char *name;
    enum config_type type;
    int64_t low;
    int64_t high;
    const char *value; /* the default */
    const char *choices;
    const char *help;
    size_t offset; /* of its field in struct config */
};

extern const struct config_option config_options[];
extern const size_t config_options_count;

/* NULL when there is none. */
const struct config_option *config_option_find(const char *section, const char *name);
bool config_section_exists(const char *section);

enum { CONFIG_EXPECTED_SIZE = 200 };

/* What values the option takes, for people: "a number from 1 to 65535". */
void config_option_expected(const struct config_option *option, char out[CONFIG_EXPECTED_SIZE]);
/* False, and config as before, when it is not such a value. */
bool config_option_set(const struct config_option *option, const char *value,
                       struct config *config);
/* out: as it stands in a file. */
void config_option_get(const struct config_option *option, const struct config *config,
                       char out[CONFIG_TEXT_SIZE]);

#endif
