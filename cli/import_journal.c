#include "import_journal.h"

#include "../proto/codec.h"
#include "../runtime/file_map.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HASH_SIZE = 16, NAME_SIZE = 2 * HASH_SIZE, JOURNAL_MAX = 256, KEPT_DAYS = 30 };
static const char magic[] = "passerelle import";

static void hash_hex(const void *first, size_t first_size, const void *second, size_t second_size,
                     char hex[NAME_SIZE + 1])
{
    crypto_generichash_state state;
    uint8_t hash[HASH_SIZE];
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    crypto_generichash_update(&state, first, first_size);
    crypto_generichash_update(&state, second, second_size);
    crypto_generichash_final(&state, hash, HASH_SIZE);
    sodium_bin2hex(hex, NAME_SIZE + 1, hash, HASH_SIZE);
}

static bool journal_read(const char *path, char run[JOURNAL_RUN_SIZE], int32_t *day)
{
    size_t size;
    char *text = file_read_bounded(path, JOURNAL_MAX, &size), date[DATE_TEXT_SIZE];
    bool good = text && strncmp(text, magic, sizeof magic - 1) == 0 &&
                sscanf(text + sizeof magic - 1, " %32[0-9a-f] %10[0-9-]", run, date) == 2 &&
                strlen(run) == JOURNAL_RUN_SIZE - 1 && date_parse(date, strlen(date), day);
    free(text);
    return good;
}

/* Goes on with the journal that an import of today left. */
static bool journal_resume(struct journal *journal, int32_t today)
{
    char run[JOURNAL_RUN_SIZE];
    int32_t day;
    if (!journal_read(journal->path, run, &day) || day != today)
        return false;
    memcpy(journal->run, run, sizeof run);
    return true;
}

/* Removes what imports left that were cut off long ago and never repeated. */
static void journals_sweep(const char *directory, int32_t today)
{
    char path[JOURNAL_PATH_SIZE + NAME_SIZE + 2], run[JOURNAL_RUN_SIZE];
    DIR *folder = opendir(directory);
    const struct dirent *entry;
    int32_t day;
    while (folder && (entry = readdir(folder))) {
        if (strspn(entry->d_name, "0123456789abcdef") != NAME_SIZE || entry->d_name[NAME_SIZE])
            continue;
        snprintf(path, sizeof path, "%s/%.*s", directory, NAME_SIZE, entry->d_name);
        if (!journal_read(path, run, &day) || day < today - KEPT_DAYS)
            unlink(path);
    }
    if (folder)
        closedir(folder);
}

void journal_begin(struct journal *journal, const char *directory, const void *what, size_t size,
                   int32_t today)
{
    char name[NAME_SIZE + 1], day[DATE_TEXT_SIZE], text[JOURNAL_MAX];
    uint8_t random[HASH_SIZE];
    *journal = (struct journal){.day = today};
    hash_hex(magic, sizeof magic, what, size, name);
    int length = snprintf(journal->path, JOURNAL_PATH_SIZE, "%s/import", directory);
    if (length > 0 && length < JOURNAL_PATH_SIZE - 48) {
        mkdir(journal->path, 0700);
        journals_sweep(journal->path, today);
        snprintf(journal->path + length, JOURNAL_PATH_SIZE - (size_t)length, "/%s", name);
        journal->resumed = journal_resume(journal, today);
    } else {
        journal->path[0] = 0;
    }
    if (journal->resumed)
        return;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(journal->run, sizeof journal->run, random, sizeof random);
    date_print(today, day);
    length = snprintf(text, sizeof text, "%s %s %s\n", magic, journal->run, day);
    if (*journal->path && !file_write_atomic(journal->path, text, (size_t)length, 0600))
        journal->path[0] = 0;
}

void journal_end(const struct journal *journal)
{
    if (*journal->path)
        unlink(journal->path);
}

void journal_request_id(const struct journal *journal, const void *body, size_t size,
                        char id[JOURNAL_ID_SIZE])
{
    hash_hex(journal->run, JOURNAL_RUN_SIZE, body, size, id);
}
