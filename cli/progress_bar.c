#include "progress_bar.h"

#include "texts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_MS = 100, CELLS = 24 };

void progress_bar_start(struct progress_bar *bar, FILE *file, const char *label, int64_t total,
                        int64_t now_ms)
{
    *bar = (struct progress_bar){.file = file,
                                 .width = terminal_of(file).width,
                                 .label = label,
                                 .started_ms = now_ms,
                                 .drawn_ms = now_ms - DRAW_MS,
                                 .total = total > 0 ? total : 1};
}

void progress_bar_text(const struct progress_bar *bar, int64_t now_ms,
                       char text[PROGRESS_TEXT_SIZE])
{
    char cells[CELLS + 1];
    int64_t spent = now_ms > bar->started_ms ? now_ms - bar->started_ms : 1;
    int64_t done = bar->done < bar->total ? bar->done : bar->total;
    int64_t rate = done * 1000 / spent;
    int64_t left = done > 0 ? (bar->total - done) * spent / done / 1000 : 0;
    size_t full = (size_t)(done * CELLS / bar->total);
    memset(cells, '.', CELLS);
    memset(cells, '#', full);
    cells[CELLS] = 0;
    int size = snprintf(text, PROGRESS_TEXT_SIZE,
                        "[%s] %3" PRId64 " %%  %" PRId64 "/%" PRId64 "  %" PRId64 "/s", cells,
                        done * 100 / bar->total, done, bar->total, rate);
    char *rest = done > 0 ? text_make(TEXT_PROGRESS_LEFT, left / 60, left % 60) : NULL;
    if (rest)
        snprintf(text + size, (size_t)(PROGRESS_TEXT_SIZE - size), "  %s  %s", rest, bar->label);
    free(rest);
}

void progress_bar_move(struct progress_bar *bar, int64_t done, int64_t now_ms)
{
    bar->done = done;
    if (bar->width == 0 || now_ms - bar->drawn_ms < DRAW_MS)
        return;
    char text[PROGRESS_TEXT_SIZE];
    progress_bar_text(bar, now_ms, text);
    size_t fit = text_fit(text, strlen(text), bar->width > 1 ? bar->width - 1 : 1);
    fprintf(bar->file, "\r%.*s\033[K", (int)fit, text);
    fflush(bar->file);
    bar->drawn_ms = now_ms;
    bar->shown = true;
}

void progress_bar_clear(struct progress_bar *bar)
{
    if (!bar->shown)
        return;
    fputs("\r\033[K", bar->file);
    fflush(bar->file);
    bar->shown = false;
    bar->drawn_ms -= DRAW_MS;
}
