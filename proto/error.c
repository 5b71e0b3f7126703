#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    bool retry;
    const char *doc;
} rows[] = {[ERROR_NONE] = {"none", false, "Nothing is wrong"},
#define ERROR_ROW(constant, wire, retry, doc) [ERROR_##constant] = {wire, retry, doc},
            ERRORS_ALL(ERROR_ROW)
#undef ERROR_ROW
};

const char *error_name(enum error_code code)
{
    return rows[code].name;
}

const char *error_doc(enum error_code code)
{
    return rows[code].doc;
}

bool error_retry_helps(enum error_code code)
{
    return rows[code].retry;
}

enum error_code error_of_name(const char *name, size_t size)
{
    for (enum error_code code = ERROR_NONE + 1; code < ERROR_END; code++)
        if (strlen(rows[code].name) == size && memcmp(rows[code].name, name, size) == 0)
            return code;
    return ERROR_NONE;
}

/* Takes back a last character that was cut in its middle. */
static void cut_at_character(char *text, size_t size)
{
    size_t start = size;
    while (start > 0 && size - start < 3 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (size - (start - 1) < whole)
        text[start - 1] = '\0';
}

void errors_add(struct errors *errors, enum error_code code, const char *path, const char *expected,
                ...)
{
    errors->total++;
    if (errors->count == ERRORS_MAX)
        return;
    struct error *error = &errors->item[errors->count++];
    error->code = code;
    size_t path_size = strnlen(path, sizeof error->path);
    if (path_size == sizeof error->path)
        path_size--;
    memcpy(error->path, path, path_size);
    error->path[path_size] = '\0';
    cut_at_character(error->path, path_size);
    va_list arguments;
    va_start(arguments, expected);
    int written = vsnprintf(error->expected, sizeof error->expected, expected, arguments);
    va_end(arguments);
    if (written < 0)
        error->expected[0] = '\0';
    else if ((size_t)written >= sizeof error->expected)
        cut_at_character(error->expected, sizeof error->expected - 1);
}
