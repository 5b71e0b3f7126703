#include "runtime/built_files.h"

#include "runtime/file_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 1 << 29, FILES_MAX = 64, HASH_LENGTH = REFERENTIAL_HASH_SIZE - 1 };

struct built_file {
    char hash[REFERENTIAL_HASH_SIZE];
    struct file_map map;
    struct referential *referential; /* one of these two */
    struct communes *communes;
};

struct built_files {
    char *directory;
    struct built_file items[FILES_MAX];
    unsigned count;
};

struct built_files *built_files_create(const char *directory)
{
    struct built_files *files = calloc(1, sizeof *files);

    if (files == NULL)
        return NULL;
    files->directory = strdup(directory);
    if (files->directory == NULL) {
        free(files);
        return NULL;
    }
    return files;
}

static void file_close(struct built_file *file)
{
    referential_close(file->referential);
    communes_close(file->communes);
    file_map_close(&file->map);
}

void built_files_free(struct built_files *files)
{
    if (files == NULL)
        return;
    for (unsigned i = 0; i < files->count; i++)
        file_close(&files->items[i]);
    free(files->directory);
    free(files);
}

static bool hash_is_good(const char *hash)
{
    return strlen(hash) == HASH_LENGTH && strspn(hash, "0123456789abcdef") == HASH_LENGTH;
}

static bool file_read(struct built_file *file, const char *path, bool is_communes,
                      const char **reason)
{
    *reason = "the built file is not there";
    if (!file_map_open(&file->map, path, BYTES_MAX))
        return false;
    if (is_communes)
        file->communes = communes_open(file->map.data, file->map.size, reason);
    else
        file->referential = referential_open(file->map.data, file->map.size, reason);
    if (file->communes == NULL && file->referential == NULL)
        return false;
    *reason = "the file's content does not have this hash";
    return strcmp(is_communes ? communes_hash(file->communes) : referential_hash(file->referential),
                  file->hash) == 0;
}

static const struct built_file *file_find(struct built_files *files, const char *hash,
                                          bool is_communes, const char **reason)
{
    struct built_file file = {.referential = NULL};
    char path[512];

    *reason = "not the name of a built file";
    if (!hash_is_good(hash))
        return NULL;
    for (unsigned i = 0; i < files->count; i++)
        if (strcmp(files->items[i].hash, hash) == 0 &&
            (files->items[i].communes != NULL) == is_communes)
            return &files->items[i];
    *reason = "too many built files are open; restart";
    if (files->count == FILES_MAX)
        return NULL;
    memcpy(file.hash, hash, sizeof file.hash);
    snprintf(path, sizeof path, "%s/%s.%s", files->directory, hash,
             is_communes ? "communes" : "referential");
    if (!file_read(&file, path, is_communes, reason)) {
        file_close(&file);
        return NULL;
    }
    files->items[files->count] = file;
    return &files->items[files->count++];
}

const struct referential *built_files_referential(struct built_files *files, const char *hash,
                                                  const char **reason)
{
    const struct built_file *file = file_find(files, hash, false, reason);

    return file != NULL ? file->referential : NULL;
}

const struct communes *built_files_communes(struct built_files *files, const char *hash,
                                            const char **reason)
{
    const struct built_file *file = file_find(files, hash, true, reason);

    return file != NULL ? file->communes : NULL;
}
