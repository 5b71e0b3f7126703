#include "table_lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { PIECE_MAX = 64 * 1024, SAMPLE_LINES = 50 };

struct lines {
    FILE *file;
    char *buffer; /* PIECE_MAX bytes */
    size_t from, to;
    int64_t position; /* in the file, of buffer[from] */
    uint32_t number;
    bool eof, failed;
};

struct lines *lines_open(FILE *file)
{
    struct lines *lines = calloc(1, sizeof *lines);
    if (!lines)
        return NULL;
    lines->buffer = malloc(PIECE_MAX);
    lines->file = file;
    lines->number = 1;
    if (!lines->buffer || fseeko(file, 0, SEEK_SET) != 0) {
        lines_close(lines);
        return NULL;
    }
    return lines;
}

void lines_close(struct lines *lines)
{
    if (!lines)
        return;
    free(lines->buffer);
    free(lines);
}

static void lines_fill(struct lines *lines)
{
    memmove(lines->buffer, lines->buffer + lines->from, lines->to - lines->from);
    lines->to -= lines->from;
    lines->from = 0;
    while (!lines->eof && lines->to < PIECE_MAX) {
        size_t got = fread(lines->buffer + lines->to, 1, PIECE_MAX - lines->to, lines->file);
        lines->to += got;
        if (got == 0) {
            lines->eof = true;
            lines->failed = ferror(lines->file) != 0;
        }
    }
}

/* Bytes up to and with the end of the first line; 0 when it is not known yet. */
static size_t line_length(const struct lines *lines)
{
    const char *start = lines->buffer + lines->from;
    size_t size = lines->to - lines->from;
    const char *feed = memchr(start, '\n', size);
    size_t limit = feed ? (size_t)(feed - start) + 1 : size;
    const char *carriage = memchr(start, '\r', limit);
    if (!carriage)
        return feed ? limit : 0;
    size_t length = (size_t)(carriage - start) + 1;
    if (length == limit && !feed)
        return lines->eof ? length : 0; /* LF may follow */
    return carriage[1] == '\n' ? length + 1 : length;
}

bool lines_next(struct lines *lines, const char **data, size_t *size)
{
    size_t length = line_length(lines);
    if (length == 0 && !lines->eof) {
        lines_fill(lines);
        length = line_length(lines);
    }
    bool ends = length > 0;
    if (!ends) { /* a part of a long line, or the last one; keeps a CR whose LF may follow */
        length = lines->to - lines->from;
        if (!lines->eof && length > 1 && lines->buffer[lines->from + length - 1] == '\r')
            length--;
    }
    if (length == 0)
        return false;
    *data = lines->buffer + lines->from;
    *size = length;
    lines->from += length;
    lines->position += (int64_t)length;
    lines->number += ends ? 1 : 0;
    return true;
}

bool lines_failed(const struct lines *lines)
{
    return lines->failed;
}

uint32_t lines_number(const struct lines *lines)
{
    return lines->number;
}

int64_t lines_position(const struct lines *lines)
{
    return lines->position;
}

bool lines_seek(struct lines *lines, int64_t position, uint32_t number)
{
    lines->from = lines->to = 0;
    lines->eof = lines->failed = false;
    lines->position = position;
    lines->number = number;
    return fseeko(lines->file, position, SEEK_SET) == 0;
}

/* Counts well-formed sequences of several bytes, and bytes that belong to none. Returns the bytes
 * of a sequence that the end may have cut. */
static size_t utf8_count(const uint8_t *data, size_t size, bool last, uint64_t *good, uint64_t *bad)
{
    size_t at = 0;
    while (at < size) {
        if (data[at] < 0x80) {
            at++;
            continue;
        }
        ucs4_t character;
        int length = u8_mbtoucr(&character, data + at, size - at);
        if (length == -2 && !last)
            return size - at;
        if (length < 0)
            (*bad)++;
        else
            (*good)++;
        at += length < 0 ? 1 : (size_t)length;
    }
    return 0;
}

/* A few bad bytes in much UTF-8 are slips; Windows-1252 has next to no sequence that is UTF-8. */
enum { SLIPS = 10 };

bool text_facts_find(FILE *file, struct text_facts *facts)
{
    *facts = (struct text_facts){ENCODING_UTF8, 0, false};
    uint8_t *buffer = malloc(PIECE_MAX);
    if (!buffer || fseeko(file, 0, SEEK_SET) != 0) {
        free(buffer);
        return false;
    }
    uint64_t good = 0, bad = 0;
    size_t kept = 0;
    bool start = true;
    for (;;) {
        size_t got = fread(buffer + kept, 1, PIECE_MAX - kept, file);
        size_t size = kept + got;
        if (start && size >= 2 &&
            (memcmp(buffer, "\xff\xfe", 2) == 0 || memcmp(buffer, "\xfe\xff", 2) == 0))
            facts->utf16 = true;
        if (start && size >= 3 && memcmp(buffer, "\xef\xbb\xbf", 3) == 0)
            facts->bom = 3;
        start = false;
        kept = utf8_count(buffer, size, got == 0, &good, &bad);
        memmove(buffer, buffer + size - kept, kept);
        if (got == 0)
            break;
    }
    free(buffer);
    if (bad > 0 && facts->bom == 0 && good < bad * SLIPS)
        facts->encoding = ENCODING_WINDOWS_1252;
    return ferror(file) == 0;
}

/* Counts delimiters outside quotes in each of the first lines. */
static unsigned delimiter_counts(const char *data, size_t size, char delimiter,
                                 unsigned counts[SAMPLE_LINES])
{
    unsigned lines = 0, count = 0;
    bool quoted = false, text = false;
    for (size_t i = 0; i < size && lines < SAMPLE_LINES; i++) {
        quoted ^= data[i] == '"';
        if (!quoted && (data[i] == '\n' || data[i] == '\r')) {
            if (text)
                counts[lines++] = count;
            count = 0;
            text = false;
            continue;
        }
        text = true;
        count += !quoted && data[i] == delimiter;
    }
    if (text && lines == 0)
        counts[lines++] = count; /* the last line may be cut, so it counts only when alone */
    return lines;
}

char delimiter_find(const char *data, size_t size)
{
    static const char candidates[] = ";\t,|";
    char best = ';';
    uint64_t best_score = 0;
    for (const char *candidate = candidates; *candidate; candidate++) {
        unsigned counts[SAMPLE_LINES];
        unsigned lines = delimiter_counts(data, size, *candidate, counts), even = 0;
        for (unsigned i = 0; i < lines; i++)
            even += counts[i] == counts[0];
        uint64_t score = lines && counts[0] ? (uint64_t)even * 1000 + counts[0] : 0;
        if (score > best_score) {
            best = *candidate;
            best_score = score;
        }
    }
    return best;
}

size_t windows_1252_to_utf8(const char *data, size_t size, char *out)
{
    /* 0x80..0x9F; 0xA0..0xFF are those of Latin-1 */
    static const uint16_t high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)data[i];
        if (byte < 0x80) {
            out[length++] = (char)byte;
            continue;
        }
        ucs4_t character = byte < 0xA0 ? high[byte - 0x80] : byte;
        length += (size_t)u8_uctomb((uint8_t *)out + length, character, 3);
    }
    return length;
}
