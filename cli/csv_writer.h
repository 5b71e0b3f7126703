/* Tables that a French spreadsheet opens as they are: UTF-8 with its mark, semicolons, CRLF. */
#ifndef PASSERELLE_CLI_CSV_WRITER_H
#define PASSERELLE_CLI_CSV_WRITER_H

#include <stdbool.h>

struct csv_writer;

/* A new file, or an empty one instead of what was there, that its owner alone can read. NULL with
 * errno. */
struct csv_writer *csv_open(const char *path);
/* One row. A cell that a spreadsheet would take for a formula is written as text: an apostrophe
 * goes in front. NULL is empty. */
void csv_row(struct csv_writer *writer, const char *const *cells, unsigned count);
/* False with errno when not all was written. NULL is fine, and false. */
bool csv_close(struct csv_writer *writer);

#endif
