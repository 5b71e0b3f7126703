#include "ics_writer.h"

#include "../proto/codec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0600, FOLD_AT = 75, LINE_SIZE = 1024 };

/* A content line, folded at 75 bytes, never inside of a character. */
static void line_write(FILE *file, const char *line)
{
    size_t width = 0;
    for (const char *at = line; *at != '\0'; at++) {
        size_t size = 1;
        while (((unsigned char)at[size] & 0xC0) == 0x80)
            size++;
        if (width + size > FOLD_AT) {
            fputs("\r\n ", file);
            width = 1;
        }
        fwrite(at, 1, size, file);
        width += size;
        at += size - 1;
    }
    fputs("\r\n", file);
}

/* NAME:value with what has a meaning there escaped. */
static void text_write(FILE *file, const char *name, const char *value)
{
    char line[LINE_SIZE];
    size_t size = (size_t)snprintf(line, sizeof line, "%s:", name);
    for (; *value != '\0' && size + 3 < sizeof line; value++) {
        if (strchr("\\;,", *value) != NULL)
            line[size++] = '\\';
        if (*value == '\n')
            line[size++] = '\\';
        line[size++] = *value == '\n' ? 'n' : *value;
    }
    line[size] = '\0';
    line_write(file, line);
}

static void moment_write(FILE *file, const char *name, int32_t day, int32_t minutes)
{
    char date[DATE_TEXT_SIZE];
    date_print(day + minutes / 1440, date);
    fprintf(file, "%s:%.4s%.2s%.2sT%02d%02d00\r\n", name, date, date + 5, date + 8,
            minutes % 1440 / 60, minutes % 60);
}

static void event_write(FILE *file, const struct ics_event *event)
{
    char stamp[TIME_TEXT_SIZE];
    time_print(event->stamp_ms, stamp);
    line_write(file, "BEGIN:VEVENT");
    text_write(file, "UID", event->uid);
    fprintf(file, "DTSTAMP:%.4s%.2s%.2sT%.2s%.2s%.2sZ\r\n", stamp, stamp + 5, stamp + 8, stamp + 11,
            stamp + 14, stamp + 17);
    moment_write(file, "DTSTART", event->day, event->from);
    moment_write(file, "DTEND", event->day, event->to);
    text_write(file, "SUMMARY", event->summary);
    if (*event->place != '\0')
        text_write(file, "LOCATION", event->place);
    line_write(file, "END:VEVENT");
}

bool ics_write(const char *path, const struct ics_event *events, unsigned count)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (file == NULL) {
        int reason = errno;
        if (descriptor >= 0)
            close(descriptor);
        errno = reason;
        return false;
    }
    line_write(file, "BEGIN:VCALENDAR");
    line_write(file, "VERSION:2.0");
    line_write(file, "PRODID:-//Passerelle//FR");
    for (unsigned i = 0; i < count; i++)
        event_write(file, &events[i]);
    line_write(file, "END:VCALENDAR");
    bool whole = !ferror(file);
    return fclose(file) == 0 && whole;
}
