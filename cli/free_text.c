#include "free_text.h"

#include "table_lines.h"

#include "../proto/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static bool has_ending(const char *path, const char *ending)
{
    size_t size = strlen(path), length = strlen(ending);
    return size > length && strcasecmp(path + size - length, ending) == 0;
}

bool free_text_is_kind(const char *path)
{
    return has_ending(path, ".txt") || has_ending(path, ".eml") || has_ending(path, ".pdf");
}

enum text_id free_text_read_plain(const char *data, size_t size, struct arena *arena,
                                  struct free_text *text)
{
    if (size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
        return TEXT_IMPORT_TABLE_UTF16;
    if (memchr(data, 0, size))
        return TEXT_FREE_NOT_TEXT;
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        data += 3, size -= 3;
    size = size < FREE_TEXT_MAX ? size : FREE_TEXT_MAX;
    while (size && size == FREE_TEXT_MAX && (data[size - 1] & 0x80))
        size--; /* not within a character */
    bool utf8 = text_is_valid(data, size);
    char *copy = arena_alloc(arena, 3 * size + 1);
    if (!copy)
        return TEXT_NO_MEMORY;
    if (utf8)
        memcpy(copy, data, size);
    else
        size = windows_1252_to_utf8(data, size, copy);
    text->body = (struct text){copy, (uint32_t)size};
    return TEXT_NONE;
}

/* The whole file, malloc'ed; NULL with the reason. */
static char *file_read(const char *path, size_t *size, enum text_id *why, const char **detail)
{
    struct stat status;
    FILE *file = fopen(path, "re");
    char *data = NULL;
    *why = TEXT_IMPORT_TABLE_OPEN;
    if (file && fstat(fileno(file), &status) == 0 && !S_ISREG(status.st_mode))
        errno = EISDIR;
    else if (file && status.st_size > FREE_TEXT_FILE_MAX)
        *why = TEXT_IMPORT_TABLE_TOO_LARGE;
    else if (file && !(data = malloc((size_t)status.st_size + 1)))
        *why = TEXT_NO_MEMORY;
    *detail = *why == TEXT_IMPORT_TABLE_OPEN ? strerror(errno) : "";
    if (data)
        *size = fread(data, 1, (size_t)status.st_size, file);
    if (file)
        fclose(file);
    return data;
}

static bool is_blank(struct text text)
{
    for (uint32_t i = 0; i < text.size; i++)
        if (!strchr(" \t\r\n\f", text.data[i]))
            return false;
    return true;
}

enum text_id free_text_read(const char *path, struct arena *arena, struct free_text *text,
                            const char **detail)
{
    size_t size = 0;
    enum text_id why;
    bool pdf = has_ending(path, ".pdf");
    *text = (struct free_text){.subject = {"", 0}, .body = {"", 0}};
    char *data = file_read(path, &size, &why, detail);
    if (!data)
        return why;
    *detail = "";
    if (pdf)
        why = free_text_read_pdf(path, arena, text);
    else if (has_ending(path, ".eml"))
        why = free_text_read_mail(data, size, arena, text);
    else
        why = free_text_read_plain(data, size, arena, text);
    free(data);
    if (why == TEXT_NONE && is_blank(text->body) && is_blank(text->subject))
        why = pdf ? TEXT_FREE_SCAN : TEXT_IMPORT_TABLE_EMPTY;
    return why;
}
