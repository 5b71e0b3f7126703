/* The progress bar of catalogues being read, a bar for each file. */
#ifndef PASSERELLE_CLI_CATALOGUE_BAR_H
#define PASSERELLE_CLI_CATALOGUE_BAR_H

#include "catalogue_file.h"
#include "progress_bar.h"

struct catalogue_bar {
    struct progress_bar bar;
    FILE *file;
    char label[128]; /* of the bar: the file being read */
};

void catalogue_bar_start(struct catalogue_bar *bar, FILE *file);
/* What imports tell their progress to; it and the bar stay in place until they end. */
struct import_progress catalogue_bar_progress(struct catalogue_bar *bar);

#endif
