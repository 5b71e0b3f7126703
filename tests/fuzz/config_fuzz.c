/* Any bytes parse or are refused with messages; what parses prints and parses to the same. */
#include "config/config.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void print_and_parse(const struct config *config, bool commented)
{
    static struct config_errors errors;
    struct config again;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    check(out != NULL);
    config_print(out, config, commented);
    fclose(out);
    check(config_parse("printed", text, size, &again, &errors));
    check(memcmp(&again, config, sizeof again) == 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config_errors errors;
    struct config config;
    if (config_parse("input", (const char *)data, size, &config, &errors)) {
        print_and_parse(&config, false);
        print_and_parse(&config, true);
    } else {
        check(errors.total > 0 && errors.count > 0 && errors.count <= CONFIG_ERRORS_MAX);
        for (unsigned i = 0; i < errors.count; i++)
            check(strncmp(errors.text[i], "input:", 6) == 0);
    }
    return 0;
}
