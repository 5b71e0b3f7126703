#include "commands.h"

#include <string.h>

const struct command *const commands[] = {
#define COMMAND_ENTRY(name) &command_##name,
    COMMANDS_ALL(COMMAND_ENTRY)
#undef COMMAND_ENTRY
};
const unsigned command_count = sizeof commands / sizeof commands[0];

const struct command *command_of_name(const char *name)
{
    for (unsigned i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

enum { NAME_MAX_SIZE = 24 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned least_two = a < b ? a : b;
    return least_two < c ? least_two : c;
}

/* How many letters must be added, dropped or changed. */
static unsigned edits(const char *a, const char *b)
{
    size_t length = strlen(b);
    unsigned row[NAME_MAX_SIZE + 1];
    for (unsigned j = 0; j <= length; j++)
        row[j] = j;
    for (unsigned i = 1; a[i - 1] != '\0'; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= length; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(change, row[j] + 1, row[j - 1] + 1);
        }
    }
    return row[length];
}

const struct command *command_nearest(const char *name)
{
    const struct command *nearest = NULL;
    unsigned fewest = 3;
    if (strlen(name) > NAME_MAX_SIZE)
        return NULL;
    for (unsigned i = 0; i < command_count; i++) {
        unsigned count = edits(commands[i]->name, name);
        if (count < fewest && count < strlen(name)) {
            fewest = count;
            nearest = commands[i];
        }
    }
    return nearest;
}
