/* A bar with rate and time left, on a terminal only; elsewhere nothing is printed. */
#ifndef PASSERELLE_CLI_PROGRESS_BAR_H
#define PASSERELLE_CLI_PROGRESS_BAR_H

#include "terminal.h"

#include <stdint.h>

struct progress_bar {
    FILE *file;
    unsigned width; /* of the terminal; 0: no bar */
    const char *label;
    int64_t started_ms, drawn_ms;
    int64_t done, total;
    bool shown;
};

/* label is what is being worked on, and outlives the bar. now_ms is of a monotonic clock. */
void progress_bar_start(struct progress_bar *bar, FILE *file, const char *label, int64_t total,
                        int64_t now_ms);
/* Draws at most ten times a second. */
void progress_bar_move(struct progress_bar *bar, int64_t done, int64_t now_ms);
/* Takes the bar off its line, before anything else is printed there; the next move draws it. */
void progress_bar_clear(struct progress_bar *bar);

enum { PROGRESS_TEXT_SIZE = 160 };
/* What the bar says: [####····]  45 %  1234/2700  350/s  0:04. Columns beyond width are left out.
 */
void progress_bar_text(const struct progress_bar *bar, int64_t now_ms,
                       char text[PROGRESS_TEXT_SIZE]);

#endif
