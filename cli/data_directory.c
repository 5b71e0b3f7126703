#include "data_directory.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *data_directory(void)
{
    static char directory[PATH_MAX + 32];
    char self[PATH_MAX];
    const char *named = getenv("PASSERELLE_DATA");

    if (named != NULL && named[0] != '\0')
        return named;
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    self[size > 0 ? size : 0] = '\0';
    snprintf(directory, sizeof directory, "%s/../share/passerelle", dirname(self));
    return directory;
}
