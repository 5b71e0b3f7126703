/* Structured log on standard error: one line is a time, a level, a stable id and key=value pairs.
 */
#ifndef PASSERELLE_RUNTIME_LOG_H
#define PASSERELLE_RUNTIME_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Most severe first; the configuration names them in this order. */
enum log_level {
    LOG_LEVEL_ERROR,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_NOTICE,
    LOG_LEVEL_INFO,
    LOG_LEVEL_DEBUG,
};

enum log_kind { LOG_KIND_TEXT, LOG_KIND_INT, LOG_KIND_ID };

/* Make these with the macros below. */
struct log_pair {
    const char *name;
    enum log_kind kind;
    char letter;      /* of an id */
    const char *text; /* NULL shows as "" */
    int64_t number;   /* value of an int, number of an id */
};

#define LOG_TEXT(name_, text_)                                                                     \
    {                                                                                              \
        .name = (name_), .kind = LOG_KIND_TEXT, .text = (text_)                                    \
    }
#define LOG_INT(name_, number_)                                                                    \
    {                                                                                              \
        .name = (name_), .kind = LOG_KIND_INT, .number = (int64_t)(number_)                        \
    }
/* A record: LOG_ID("record", 'L', 1042) shows as record=L1042. */
#define LOG_ID(name_, letter_, number_)                                                            \
    {                                                                                              \
        .name = (name_), .kind = LOG_KIND_ID, .letter = (letter_), .number = (int64_t)(number_)    \
    }

/* Names the program and sets the least severe level written. Under the journal (JOURNAL_STREAM)
 * a line starts with <N>, its priority, in place of the time. program must outlive the log.
 * Before the first call: program "-", level info. */
void log_open(const char *program, enum log_level threshold);
bool log_enabled(enum log_level level);

/* One line; a text over 512 bytes is cut, and so is a line at 4 kB. Each id gets 20 lines a
 * second; what was left out is counted and told by one line `log.suppressed` afterwards. */
void log_write(enum log_level level, const char *id, const struct log_pair *pairs, size_t count);
/* Tells what was left out so far; for the end of the process and a slow timer. */
void log_flush(void);

/* log_info("store.connected", LOG_TEXT("path", p), LOG_INT("port", n)); pairs may be absent. */
#define log_line(level_, id_, ...)                                                                 \
    do {                                                                                           \
        if (log_enabled(level_)) {                                                                 \
            const struct log_pair log_pairs_[] = {__VA_ARGS__ __VA_OPT__(, ){.name = NULL}};       \
            log_write(level_, id_, log_pairs_, sizeof log_pairs_ / sizeof log_pairs_[0] - 1);      \
        }                                                                                          \
    } while (0)
#define log_error(id_, ...) log_line(LOG_LEVEL_ERROR, id_, __VA_ARGS__)
#define log_warning(id_, ...) log_line(LOG_LEVEL_WARNING, id_, __VA_ARGS__)
#define log_notice(id_, ...) log_line(LOG_LEVEL_NOTICE, id_, __VA_ARGS__)
#define log_info(id_, ...) log_line(LOG_LEVEL_INFO, id_, __VA_ARGS__)
#define log_debug(id_, ...) log_line(LOG_LEVEL_DEBUG, id_, __VA_ARGS__)

#endif
