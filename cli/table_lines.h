/* The lines of a text file, in pieces of bounded size, and what its bytes tell about it. */
#ifndef PASSERELLE_CLI_TABLE_LINES_H
#define PASSERELLE_CLI_TABLE_LINES_H

#include "table_backend.h"

struct lines;

/* NULL without memory. The file is read from its start. */
struct lines *lines_open(FILE *file);
void lines_close(struct lines *lines); /* NULL is fine */

/* The next piece: up to a line's end (kept: LF, CR LF or CR), or less of a long line. Holds until
 * the next call. False at the end, or when reading failed. */
bool lines_next(struct lines *lines, const char **data, size_t *size);
bool lines_failed(const struct lines *lines);
/* The line of the piece that comes next, from 1, and where it starts in the file. */
uint32_t lines_number(const struct lines *lines);
int64_t lines_position(const struct lines *lines);
/* Goes to where a line starts. */
bool lines_seek(struct lines *lines, int64_t position, uint32_t number);

/* What the bytes of the whole file say. */
struct text_facts {
    enum table_encoding encoding; /* Windows-1252 when it is not UTF-8, but for rare slips */
    unsigned bom;                 /* bytes of it to skip */
    bool utf16;
};
/* Reads to the end, bounded by nothing but the file's length. False when reading failed. */
bool text_facts_find(FILE *file, struct text_facts *facts);

/* The delimiter that splits the first lines most evenly, of ; , tab and |; ';' when none does. */
char delimiter_find(const char *data, size_t size);

/* Windows-1252 to UTF-8; out holds 3 bytes for each of size. Returns the length. */
size_t windows_1252_to_utf8(const char *data, size_t size, char *out);

#endif
