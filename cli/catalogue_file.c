#include "catalogue_file.h"

#include "../matching/array.h"
#include "../matching/words.h"
#include "table_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { TELL_ROWS = 4096, ABSENT = -1 };

struct catalogue_file {
    const struct import_run *run;
    char name[128];
    char *data; /* the file, unpacked */
    size_t size;
    struct table *table;
    unsigned columns;
    int places[CATALOGUE_COLUMNS_MAX]; /* of the columns in the table, or ABSENT */
    char *row;                         /* the cells asked for, each with a NUL */
    size_t row_capacity;
    uint32_t line, rows;
};

void import_problems_add(struct import_problems *problems, const char *file, uint32_t line,
                         enum text_id text, const char *detail)
{
    if (problems->count < IMPORT_PROBLEMS_KEPT) {
        struct import_problem *problem = &problems->kept[problems->count];
        problem->line = line;
        problem->text = text;
        snprintf(problem->file, sizeof problem->file, "%s", file);
        snprintf(problem->detail, sizeof problem->detail, "%s", detail);
    }
    problems->count++;
}

void import_problems_print(const struct import_problems *problems, FILE *file)
{
    for (unsigned i = 0; i < problems->count && i < IMPORT_PROBLEMS_KEPT; i++) {
        const struct import_problem *problem = &problems->kept[i];
        fputs(problem->file, file);
        if (problem->line > 0)
            fprintf(file, ":%u", problem->line);
        fputs(": ", file);
        text_print(file, problem->text, problem->detail);
    }
    if (problems->count > IMPORT_PROBLEMS_KEPT)
        fprintf(file, "… +%u\n", problems->count - IMPORT_PROBLEMS_KEPT);
}

static void tell(const struct catalogue_file *file, int64_t position)
{
    const struct import_progress *progress = file->run->progress;
    if (progress && progress->tell)
        progress->tell(progress->state, file->name, position, (int64_t)file->size);
}

static void add_problem(const struct catalogue_file *file, uint32_t line, enum text_id text,
                        const char *detail)
{
    import_problems_add(file->run->problems, file->name, line, text, detail);
}

void catalogue_file_problem(const struct catalogue_file *file, enum text_id text,
                            const char *detail)
{
    add_problem(file, file->line, text, detail);
}

/* A regular file, for reading whatever its packing; NULL with errno. */
static gzFile open_packed(const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(fd);
        errno = EINVAL;
        return NULL;
    }
    gzFile packed = gzdopen(fd, "rb");
    if (!packed) {
        close(fd);
        errno = ENOMEM;
    }
    return packed;
}

static bool unpack(struct catalogue_file *file, gzFile packed)
{
    enum { PIECE = 256 * 1024 };
    size_t capacity = 0;
    for (;;) {
        if (file->size > CATALOGUE_FILE_MAX) {
            add_problem(file, 0, TEXT_CATALOGUE_TOO_LARGE, "64 MiB");
            return false;
        }
        char *data = array_grow(file->data, &capacity, file->size + PIECE, 1);
        if (!data) {
            add_problem(file, 0, TEXT_CATALOGUE_MEMORY, "");
            return false;
        }
        file->data = data;
        int got = gzread(packed, file->data + file->size, PIECE);
        if (got > 0)
            file->size += (size_t)got;
        int error = Z_OK;
        const char *message = got < PIECE ? gzerror(packed, &error) : "";
        if (got < 0 || (error != Z_OK && error != Z_STREAM_END)) { /* also when cut short */
            add_problem(file, 0, TEXT_CATALOGUE_OPEN, error == Z_ERRNO ? strerror(errno) : message);
            return false;
        }
        if (got < PIECE)
            return true;
    }
}

static bool load(struct catalogue_file *file, const char *path)
{
    gzFile packed = open_packed(path);
    if (!packed) {
        add_problem(file, 0, TEXT_CATALOGUE_OPEN, strerror(errno));
        return false;
    }
    bool done = unpack(file, packed);
    gzclose_r(packed);
    return done;
}

static void add_table_problem(const struct catalogue_file *file,
                              const struct table_problem *problem)
{
    static const enum text_id texts[] = {
        [TABLE_FAULT_NONE] = TEXT_CATALOGUE_FORMAT,
        [TABLE_FAULT_OPEN] = TEXT_CATALOGUE_OPEN,
        [TABLE_FAULT_READ] = TEXT_CATALOGUE_OPEN,
        [TABLE_FAULT_MEMORY] = TEXT_CATALOGUE_MEMORY,
        [TABLE_FAULT_EMPTY] = TEXT_CATALOGUE_EMPTY,
        [TABLE_FAULT_UTF16] = TEXT_CATALOGUE_FORMAT,
        [TABLE_FAULT_FORMAT] = TEXT_CATALOGUE_FORMAT,
        [TABLE_FAULT_NO_SHEET] = TEXT_CATALOGUE_FORMAT,
        [TABLE_FAULT_ENCRYPTED] = TEXT_CATALOGUE_FORMAT,
        [TABLE_FAULT_TOO_LARGE] = TEXT_CATALOGUE_TOO_LARGE,
        [TABLE_FAULT_QUOTE] = TEXT_CATALOGUE_QUOTE,
        [TABLE_FAULT_ENCODING] = TEXT_CATALOGUE_ENCODING,
        [TABLE_FAULT_EXTRA_CELLS] = TEXT_CATALOGUE_EXTRA_CELLS,
    };
    bool detailed = problem->fault == TABLE_FAULT_TOO_LARGE || problem->fault == TABLE_FAULT_READ;
    add_problem(file, problem->line, texts[problem->fault], detailed ? problem->detail : "");
}

/* Whether the header in normal form is one of the names. */
static bool is_named(const char *normal, const char *names)
{
    size_t size = strlen(normal);
    while (size > 0 && *names) {
        size_t length = strcspn(names, "|");
        if (length == size && memcmp(names, normal, size) == 0)
            return true;
        names += length + (names[length] == '|');
    }
    return false;
}

static bool find_columns(struct catalogue_file *file, const struct catalogue_column *columns,
                         unsigned count)
{
    const struct table_row *header = table_header(file->table);
    bool complete = true;
    file->columns = count;
    for (unsigned i = 0; i < count; i++) {
        file->places[i] = ABSENT;
        for (unsigned k = 0; k < header->count && file->places[i] == ABSENT; k++) {
            char normal[WORDS_NORMAL_SIZE];
            struct text text = header->cells[k].text;
            words_normalise(text.data, text.size, normal, sizeof normal);
            if (is_named(normal, columns[i].names))
                file->places[i] = (int)k;
        }
        if (file->places[i] == ABSENT && !columns[i].optional) {
            add_problem(file, header->line, TEXT_CATALOGUE_NO_COLUMN, columns[i].names);
            complete = false;
        }
    }
    return complete;
}

struct catalogue_file *catalogue_file_open(const char *path, const struct catalogue_column *columns,
                                           unsigned count, const struct import_run *run)
{
    struct catalogue_file *file = calloc(1, sizeof *file);
    const char *slash = strrchr(path, '/');
    if (!file) {
        import_problems_add(run->problems, path, 0, TEXT_CATALOGUE_MEMORY, "");
        return NULL;
    }
    file->run = run;
    snprintf(file->name, sizeof file->name, "%s", slash ? slash + 1 : path);
    if (load(file, path)) {
        struct table_problem problem;
        file->table =
            table_open_bytes(file->data, file->size, &(struct table_options){0}, &problem);
        if (!file->table)
            add_table_problem(file, &problem);
        else if (find_columns(file, columns, count))
            return file;
    }
    catalogue_file_close(file);
    return NULL;
}

void catalogue_file_close(struct catalogue_file *file)
{
    if (!file)
        return;
    table_close(file->table);
    free(file->data);
    free(file->row);
    free(file);
}

/* Copies the cells asked for. */
static bool take_cells(struct catalogue_file *file, const struct table_row *row, const char **cells)
{
    size_t starts[CATALOGUE_COLUMNS_MAX], used = 0;
    for (unsigned i = 0; i < file->columns; i++) {
        int place = file->places[i];
        bool there = place != ABSENT && (unsigned)place < row->count;
        size_t size = there ? row->cells[place].text.size : 0;
        char *grown = array_grow(file->row, &file->row_capacity, used + size + 1, 1);
        if (!grown)
            return false;
        file->row = grown;
        if (size > 0)
            memcpy(file->row + used, row->cells[place].text.data, size);
        file->row[used + size] = '\0';
        starts[i] = used;
        used += size + 1;
    }
    for (unsigned i = 0; i < file->columns; i++)
        cells[i] = file->row + starts[i];
    return true;
}

bool catalogue_file_next(struct catalogue_file *file, const char **cells)
{
    for (;;) {
        struct table_row row;
        struct table_problem problem;
        enum table_result result = table_next(file->table, &row, &problem);
        if (file->rows++ % TELL_ROWS == 0 || result == TABLE_END)
            tell(file, result == TABLE_END ? (int64_t)file->size : table_position(file->table));
        if (result == TABLE_ROW) {
            file->line = row.line;
            if (take_cells(file, &row, cells))
                return true;
            add_problem(file, row.line, TEXT_CATALOGUE_MEMORY, "");
            return false;
        }
        if (result == TABLE_END)
            return false;
        add_table_problem(file, &problem);
        if (result == TABLE_FAILED)
            return false;
    }
}

char *list_next(char **list)
{
    char *item;
    do
        item = strsep(list, "|");
    while (item && *item == '\0');
    return item;
}
