#include "daemon/library.h"

#include <stdlib.h>
#include <string.h>

/* Made of functions/[1-9]_*.lua by the build. */
extern const char function_library[];
extern const size_t function_library_size;

const char *library_text(void)
{
    return function_library;
}

size_t library_size(void)
{
    return function_library_size;
}

long long library_version(void)
{
    static const char line[] = "local VERSION = ";
    const char *found = strstr(function_library, line);

    return found != NULL ? strtoll(found + sizeof line - 1, NULL, 10) : 0;
}
