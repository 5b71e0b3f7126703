/* Small files in a folder of their own, for tests of the imports of catalogues. */
#ifndef PASSERELLE_TESTS_CATALOGUE_SUPPORT_H
#define PASSERELLE_TESTS_CATALOGUE_SUPPORT_H

#include "cli/catalogue_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#define SHARED_DATA SOURCE_DIR "/../shared/data/"

static char folder[64];

static int folder_create(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/passerelle-catalogue-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static const char *path_in_folder(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Writes a file of the folder; one whose name ends in .gz is packed. */
static void file_put(const char *name, const char *text)
{
    size_t length = strlen(name);
    bool packed = length > 3 && strcmp(name + length - 3, ".gz") == 0;
    gzFile file = gzopen(path_in_folder(name), packed ? "wb" : "wbT");
    assert_non_null(file);
    assert_int_equal(gzputs(file, text), strlen(text));
    assert_int_equal(gzclose(file), Z_OK);
}

/* The problem at that place is on that line of the file. */
static inline void assert_problem(const struct import_problems *problems, unsigned at,
                                  const char *file, uint32_t line, enum text_id text)
{
    assert_true(at < problems->count);
    assert_string_equal(problems->kept[at].file, file);
    assert_int_equal(problems->kept[at].line, line);
    assert_int_equal(problems->kept[at].text, text);
}

#endif
