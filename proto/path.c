#include "path.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SHOWN_MAX = 48 };

struct path path_root(const char *name)
{
    return (struct path){.name = name, .name_size = (uint32_t)strlen(name)};
}

struct path path_key(const struct path *parent, const char *name, size_t size)
{
    return (struct path){.parent = parent, .name = name, .name_size = (uint32_t)size};
}

struct path path_item(const struct path *parent, uint32_t index)
{
    return (struct path){.parent = parent, .index = index};
}

/* Prints the root first; returns the length so far. A key may be the client's own: it is shown
 * short, without control characters. */
static size_t path_print(const struct path *path, char *text, size_t capacity)
{
    size_t at = path->parent ? path_print(path->parent, text, capacity) : 0;
    char part[NAME_SHOWN_MAX + 2];
    int size;
    if (path->name) {
        uint32_t shown = path->name_size < NAME_SHOWN_MAX ? path->name_size : NAME_SHOWN_MAX;
        size = snprintf(part, sizeof part, "%s%.*s", at > 0 ? "." : "", (int)shown, path->name);
        for (char *c = part; *c; c++)
            if ((unsigned char)*c < ' ' || *c == 0x7f)
                *c = '?';
    } else {
        size = snprintf(part, sizeof part, "[%u]", path->index);
    }
    if (size < 0 || at + (size_t)size >= capacity)
        return at;
    memcpy(text + at, part, (size_t)size + 1);
    return at + (size_t)size;
}

void path_error(const struct path *path, struct errors *errors, enum error_code code,
                const char *expected, ...)
{
    char place[sizeof errors->item[0].path] = "";
    char text[sizeof errors->item[0].expected];
    path_print(path, place, sizeof place);
    va_list arguments;
    va_start(arguments, expected);
    int written = vsnprintf(text, sizeof text, expected, arguments);
    va_end(arguments);
    errors_add(errors, code, place, "%s", written < 0 ? "" : text);
}
