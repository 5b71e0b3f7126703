#include "paper_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

struct paper {
    FILE *file;
    bool in_page, in_table;
    unsigned columns;
};

static const char *const styles[] = {
    [PAPER_PAGES] = "section{page-break-after:always}",
    /* In brackets: one string, no comma forgotten. */
    [PAPER_SIGNS] = ("section{page-break-after:always;text-align:center;padding-top:30%}"
                     "h1{font-size:90pt}p{font-size:40pt}"),
    [PAPER_LIST] = "",
};

static void text_write(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '<')
            fputs("&lt;", file);
        else if (*text == '&')
            fputs("&amp;", file);
        else if (*text == '\n')
            fputs("<br>", file);
        else
            fputc(*text, file);
    }
}

struct paper *paper_open(const char *path, const char *title, enum paper_form form)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    struct paper *paper = descriptor >= 0 ? calloc(1, sizeof *paper) : NULL;
    if (paper != NULL)
        paper->file = fdopen(descriptor, "w");
    if (paper == NULL || paper->file == NULL) {
        int reason = errno;
        if (descriptor >= 0)
            close(descriptor);
        free(paper);
        errno = reason;
        return NULL;
    }
    fputs("<!doctype html>\n<meta charset=\"utf-8\">\n<title>", paper->file);
    text_write(paper->file, title);
    fprintf(paper->file,
            "</title>\n<style>body{font:12pt sans-serif}table{border-collapse:collapse;width:100%%}"
            "td,th{border:1px solid;padding:3pt;text-align:left;vertical-align:top}"
            "tr{page-break-inside:avoid}%s</style>\n",
            styles[form]);
    return paper;
}

static void table_end(struct paper *paper)
{
    if (paper->in_table)
        fputs("</table>\n", paper->file);
    paper->in_table = false;
}

static void page_end(struct paper *paper)
{
    table_end(paper);
    if (paper->in_page)
        fputs("</section>\n", paper->file);
    paper->in_page = false;
}

static void element_write(struct paper *paper, const char *name, const char *text)
{
    fprintf(paper->file, "<%s>", name);
    text_write(paper->file, text);
    fprintf(paper->file, "</%s>", name);
}

void paper_page(struct paper *paper, const char *heading, const char *line)
{
    page_end(paper);
    paper->in_page = true;
    fputs("<section>", paper->file);
    if (*heading != '\0')
        element_write(paper, "h1", heading);
    if (*line != '\0')
        element_write(paper, "p", line);
    fputc('\n', paper->file);
}

static void row_write(struct paper *paper, const char *name, const char *const *cells)
{
    fputs("<tr>", paper->file);
    for (unsigned i = 0; i < paper->columns; i++)
        element_write(paper, name, cells[i] != NULL ? cells[i] : "");
    fputs("</tr>\n", paper->file);
}

void paper_table(struct paper *paper, const char *const *headings, unsigned count)
{
    table_end(paper);
    paper->in_table = true;
    paper->columns = count;
    fputs("<table>\n", paper->file);
    row_write(paper, "th", headings);
}

void paper_row(struct paper *paper, const char *const *cells)
{
    row_write(paper, "td", cells);
}

bool paper_close(struct paper *paper)
{
    if (paper == NULL)
        return false;
    page_end(paper);
    bool whole = !ferror(paper->file);
    whole = fclose(paper->file) == 0 && whole;
    free(paper);
    return whole;
}
