/* Lays out one log line. Pure; log.c writes it. */
#ifndef PASSERELLE_RUNTIME_LOG_FORMAT_H
#define PASSERELLE_RUNTIME_LOG_FORMAT_H

#include "log.h"

enum { LOG_LINE_SIZE = 4096, LOG_TEXT_MAX = 512 };

/* What starts a line. */
struct log_head {
    const char *program;
    bool journal; /* <N> in place of time and level */
    int64_t wall_ms;
    enum log_level level;
    const char *id;
};

/* Writes the line, with its newline and no NUL, and returns its length. A pair that does not fit
 * is left out, with all that follow, and the line ends with cut=yes. */
size_t log_format(char line[LOG_LINE_SIZE], const struct log_head *head,
                  const struct log_pair *pairs, size_t count);

#endif
