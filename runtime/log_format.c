#include "log_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistr.h>

static const char *const level_names[] = {"error", "warning", "notice", "info", "debug"};
static const int level_priorities[] = {3, 4, 5, 6, 7}; /* as in syslog */

static const char cut_mark[] = " cut=yes\n";

/* The longest form of one text: each byte as \xHH, quotes and an ellipsis. */
enum { TEXT_SIZE = LOG_TEXT_MAX * 4 + 8 };

static bool is_plain(const char *text, size_t size)
{
    if (size == 0)
        return false;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte <= ' ' || byte >= 0x7f || byte == '"' || byte == '=' || byte == '\\')
            return false;
    }
    return true;
}

/* Controls, and characters that reorder or hide what is around them on a terminal. */
static bool is_harmful(ucs4_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static size_t escape_byte(char *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *named = strchr("n\nr\rt\t", byte);
    if (byte != '\0' && named && byte < ' ') {
        out[0] = '\\';
        out[1] = named[-1];
        return 2;
    }
    memcpy(out, "\\x", 2);
    out[2] = digits[byte >> 4];
    out[3] = digits[byte & 15];
    return 4;
}

/* One character, quoted or escaped; *used is how many bytes of text it took. */
static size_t escape_one(char *out, const char *text, size_t size, size_t *used)
{
    ucs4_t c;
    int length = u8_mbtoucr(&c, (const uint8_t *)text, size);
    if (length < 0) {
        *used = 1;
        return escape_byte(out, (unsigned char)text[0]);
    }
    *used = (size_t)length;
    if (c == '"' || c == '\\') {
        out[0] = '\\';
        out[1] = text[0];
        return 2;
    }
    if (is_harmful(c)) {
        size_t written = 0;
        for (int i = 0; i < length; i++)
            written += escape_byte(out + written, (unsigned char)text[i]);
        return written;
    }
    memcpy(out, text, (size_t)length);
    return (size_t)length;
}

static size_t format_text(char out[TEXT_SIZE], const char *text)
{
    if (!text)
        text = "";
    size_t size = strnlen(text, LOG_TEXT_MAX + 1);
    if (size <= LOG_TEXT_MAX && is_plain(text, size)) {
        memcpy(out, text, size);
        return size;
    }
    size_t written = 0;
    out[written++] = '"';
    for (size_t at = 0, used; at < size; at += used) {
        if (at >= LOG_TEXT_MAX - 4 && size > LOG_TEXT_MAX) {
            memcpy(out + written, "...", 3);
            written += 3;
            break;
        }
        written += escape_one(out + written, text + at, size - at, &used);
    }
    out[written++] = '"';
    return written;
}

static size_t format_value(char out[TEXT_SIZE], const struct log_pair *pair)
{
    switch (pair->kind) {
    case LOG_KIND_INT:
        return (size_t)snprintf(out, TEXT_SIZE, "%" PRId64, pair->number);
    case LOG_KIND_ID:
        return (size_t)snprintf(out, TEXT_SIZE, "%c%" PRIu64, pair->letter, (uint64_t)pair->number);
    case LOG_KIND_TEXT:
        break;
    }
    return format_text(out, pair->text);
}

static size_t format_head(char *line, size_t size, const struct log_head *head)
{
    if (head->journal)
        return (size_t)snprintf(line, size, "<%d>%.32s %.64s", level_priorities[head->level],
                                head->program, head->id);
    time_t seconds = (time_t)(head->wall_ms / 1000);
    struct tm tm;
    char date[64] = "-";
    if (gmtime_r(&seconds, &tm))
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &tm);
    return (size_t)snprintf(line, size, "%s.%03dZ %s %.32s %.64s", date,
                            (int)(head->wall_ms % 1000), level_names[head->level], head->program,
                            head->id);
}

size_t log_format(char line[LOG_LINE_SIZE], const struct log_head *head,
                  const struct log_pair *pairs, size_t count)
{
    const size_t room = LOG_LINE_SIZE - sizeof cut_mark;
    size_t length = format_head(line, room, head);
    for (size_t i = 0; i < count; i++) {
        char value[TEXT_SIZE];
        size_t value_size = format_value(value, &pairs[i]);
        size_t name_size = strlen(pairs[i].name);
        if (length + name_size + value_size + 2 > room) {
            memcpy(line + length, cut_mark, sizeof cut_mark - 1);
            return length + sizeof cut_mark - 1;
        }
        line[length++] = ' ';
        memcpy(line + length, pairs[i].name, name_size);
        length += name_size;
        line[length++] = '=';
        memcpy(line + length, value, value_size);
        length += value_size;
    }
    line[length++] = '\n';
    return length;
}
