#include "csv_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

struct csv_writer {
    FILE *file;
};

struct csv_writer *csv_open(const char *path)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    struct csv_writer *writer = descriptor >= 0 ? calloc(1, sizeof *writer) : NULL;
    if (writer != NULL)
        writer->file = fdopen(descriptor, "w");
    if (writer == NULL || writer->file == NULL) {
        int reason = errno;
        if (descriptor >= 0)
            close(descriptor);
        free(writer);
        errno = reason;
        return NULL;
    }
    fputs("\xef\xbb\xbf", writer->file);
    return writer;
}

/* What a spreadsheet computes rather than shows. A telephone number may begin with a plus. */
static bool is_formula(const char *cell)
{
    if (*cell == '+' || *cell == '-')
        return strspn(cell + 1, "0123456789 .") != strlen(cell + 1);
    return *cell == '=' || *cell == '@' || *cell == '\t' || *cell == '\r';
}

static void cell_write(FILE *file, const char *cell)
{
    bool quoted = strpbrk(cell, ";\"\r\n") != NULL || cell[0] == ' ';
    if (quoted)
        fputc('"', file);
    if (is_formula(cell))
        fputc('\'', file);
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            fputc('"', file);
        fputc(*cell, file);
    }
    if (quoted)
        fputc('"', file);
}

void csv_row(struct csv_writer *writer, const char *const *cells, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            fputc(';', writer->file);
        cell_write(writer->file, cells[i] != NULL ? cells[i] : "");
    }
    fputs("\r\n", writer->file);
}

bool csv_close(struct csv_writer *writer)
{
    if (writer == NULL)
        return false;
    bool whole = !ferror(writer->file);
    whole = fclose(writer->file) == 0 && whole;
    free(writer);
    return whole;
}
