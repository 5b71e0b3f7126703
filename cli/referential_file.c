#include "referential_file.h"

#include "arguments.h"

#include <errno.h>
#include <string.h>

enum { REFERENTIAL_BYTES_MAX = 1 << 29 };

enum ending referential_file_open(struct context *context, struct referential_file *file)
{
    const char *path = arguments_value(context->arguments, "referential");
    const char *reason;
    if (path == NULL)
        return context_usage(context, TEXT_WRONG_NO_REFERENTIAL, NULL);
    if (!file_map_open(&file->map, path, REFERENTIAL_BYTES_MAX)) {
        say(context->err, CANNOT_READ, path, strerror(errno));
        return END_REJECTED;
    }
    file->referential = referential_open(file->map.data, file->map.size, &reason);
    if (file->referential != NULL)
        return END_OK;
    say(context->err, NOT_A_REFERENTIAL, path, reason);
    file_map_close(&file->map);
    return END_REJECTED;
}

void referential_file_close(struct referential_file *file)
{
    referential_close(file->referential);
    file_map_close(&file->map);
}
