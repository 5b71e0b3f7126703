#include "catalogue_bar.h"

#include "../runtime/clock.h"

#include <string.h>

static void tell(void *state, const char *file, int64_t position, int64_t size)
{
    struct catalogue_bar *bar = state;
    int64_t now = clock_monotonic_ms();
    if (strcmp(bar->label, file) != 0) {
        snprintf(bar->label, sizeof bar->label, "%s", file);
        progress_bar_start(&bar->bar, bar->file, bar->label, size, now);
    }
    progress_bar_move(&bar->bar, position, now);
    if (position == size)
        progress_bar_clear(&bar->bar);
}

void catalogue_bar_start(struct catalogue_bar *bar, FILE *file)
{
    bar->file = file;
    bar->label[0] = '\0';
    progress_bar_start(&bar->bar, file, "", 1, clock_monotonic_ms());
}

struct import_progress catalogue_bar_progress(struct catalogue_bar *bar)
{
    return (struct import_progress){tell, bar};
}
