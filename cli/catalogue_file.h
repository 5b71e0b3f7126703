/* What the imports of catalogues share: tables read by their columns' names, plain or gzip, and
 * what is wrong with them. */
#ifndef PASSERELLE_CLI_CATALOGUE_FILE_H
#define PASSERELLE_CLI_CATALOGUE_FILE_H

#include "texts.h"

#include <stddef.h>
#include <stdint.h>

enum {
    CATALOGUE_FILE_MAX = 64 * 1024 * 1024, /* bytes of a file, unpacked */
    CATALOGUE_COLUMNS_MAX = 8,
    IMPORT_PROBLEMS_KEPT = 50,
};

struct import_problem {
    char file[128]; /* its name without the folder */
    uint32_t line;  /* 0: the file as a whole */
    enum text_id text;
    char detail[128];
};
/* The first ones, and how many there were. Zeroed memory has none. */
struct import_problems {
    struct import_problem kept[IMPORT_PROBLEMS_KEPT];
    unsigned count;
};
void import_problems_add(struct import_problems *problems, const char *file, uint32_t line,
                         enum text_id text, const char *detail);
/* Lines "file:line: message". */
void import_problems_print(const struct import_problems *problems, FILE *file);

/* Told at the start of each file, every few thousand rows, and at its end (position == size). */
struct import_progress {
    void (*tell)(void *state, const char *file, int64_t position, int64_t size);
    void *state;
};

/* Where an import stands: what every function of it gets. */
struct import_run {
    struct import_problems *problems;
    const struct import_progress *progress; /* NULL: nobody wants to know */
};

/* A column as its header in normal form (matching/words.h), variants separated by '|'. */
struct catalogue_column {
    const char *names;
    bool optional; /* the column may be missing */
};

struct catalogue_file;

/* NULL after a problem. */
struct catalogue_file *catalogue_file_open(const char *path, const struct catalogue_column *columns,
                                           unsigned count, const struct import_run *run);
void catalogue_file_close(struct catalogue_file *file); /* NULL is fine */
/* The cells of the next row in the order of the columns, trimmed, "" where there is none; they hold
 * until the next call. Rows that cannot be read become problems and are passed over. False at the
 * end. */
bool catalogue_file_next(struct catalogue_file *file, const char **cells);
/* A problem of the row read last. */
void catalogue_file_problem(const struct catalogue_file *file, enum text_id text,
                            const char *detail);

/* Cuts the next item off a list "a|b|c"; NULL at its end. */
char *list_next(char **list);

#endif
