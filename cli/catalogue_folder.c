#include "catalogue_folder.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { STEM_SIZE = 128, NAME_SIZE = 256 };

static bool is_named(const char *name, const char *stem)
{
    const char *at = strstr(name, stem);
    const char *end = at ? at + strlen(stem) : NULL;
    return at && (at == name || at[-1] == '_') && (*end == '_' || *end == '.') &&
           (*end != '_' || end[1] == 'v') && (strstr(end, ".csv") || strstr(end, ".tsv"));
}

static bool find_one(const char *dir, const char *stem, char path[CATALOGUE_PATH_SIZE])
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    char name[NAME_SIZE] = "";
    while (folder && (entry = readdir(folder)))
        if (is_named(entry->d_name, stem) && strlen(entry->d_name) < sizeof name &&
            strverscmp(entry->d_name, name) > 0)
            snprintf(name, sizeof name, "%s", entry->d_name);
    if (folder)
        closedir(folder);
    return name[0] != '\0' &&
           snprintf(path, CATALOGUE_PATH_SIZE, "%s/%s", dir, name) < CATALOGUE_PATH_SIZE;
}

bool catalogue_folder_find(const char *dir, const char *stems, char path[CATALOGUE_PATH_SIZE])
{
    while (*stems) {
        char stem[STEM_SIZE];
        size_t size = strcspn(stems, "|");
        snprintf(stem, sizeof stem, "%.*s", (int)size, stems);
        if (find_one(dir, stem, path))
            return true;
        stems += size + (stems[size] == '|');
    }
    return false;
}
