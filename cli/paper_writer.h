/* Pages made for printing: HTML in one file, that its owner alone can read. */
#ifndef PASSERELLE_CLI_PAPER_WRITER_H
#define PASSERELLE_CLI_PAPER_WRITER_H

#include <stdbool.h>

struct paper;

/* Whether each page begins on a sheet of its own, and how large its text is. */
enum paper_form { PAPER_PAGES, PAPER_SIGNS, PAPER_LIST };

/* NULL with errno. Texts are plain: what has a meaning in HTML is escaped. */
struct paper *paper_open(const char *path, const char *title, enum paper_form form);
/* The next page, with a heading and a line under it; either may be empty. */
void paper_page(struct paper *paper, const char *heading, const char *line);
/* A table on the page, its headings first; each row has as many cells. A cell is told by lines. */
void paper_table(struct paper *paper, const char *const *headings, unsigned count);
void paper_row(struct paper *paper, const char *const *cells);
/* False with errno when not all was written. NULL is fine, and false. */
bool paper_close(struct paper *paper);

#endif
