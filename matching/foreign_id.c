#include "foreign_id.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool all_digits(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return size > 0;
}

size_t foreign_id(const char *text, size_t size, char id[FOREIGN_ID_SIZE])
{
    static const char address[] = "http://data.europa.eu/esco/skill/";
    const size_t prefix = sizeof address - 1;
    int length = 0;

    id[0] = '\0';
    if (size >= prefix && memcmp(text, address, prefix) == 0)
        length = snprintf(id, FOREIGN_ID_SIZE, "esco:%.*s", (int)(size - prefix), text + prefix);
    else if (size < FOREIGN_ID_SIZE && all_digits(text, size))
        length = snprintf(id, FOREIGN_ID_SIZE, "rome:%.*s", (int)size, text);
    if (length < FOREIGN_ID_SIZE)
        return (size_t)length;
    id[0] = '\0';
    return 0;
}
