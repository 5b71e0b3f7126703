#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <unistr.h>
#include <uniwidth.h>

struct terminal terminal_of(FILE *file)
{
    struct terminal terminal = {false, 0};
    int fd = fileno(file); /* -1 for a stream in memory */
    if (fd < 0 || !isatty(fd))
        return terminal;
    const char *none = getenv("NO_COLOR"), *kind = getenv("TERM");
    terminal.colour = (none == NULL || *none == '\0') && kind != NULL && strcmp(kind, "dumb") != 0;
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0)
        terminal.width = size.ws_col;
    return terminal;
}

const char *terminal_colour(const struct terminal *terminal, enum colour colour)
{
    static const char *const sequences[] = {
        [COLOUR_PLAIN] = "\033[0m", [COLOUR_BOLD] = "\033[1m", [COLOUR_GOOD] = "\033[32m",
        [COLOUR_POOR] = "\033[33m", [COLOUR_BAD] = "\033[31m", [COLOUR_FAINT] = "\033[2m",
    };
    return terminal->colour ? sequences[colour] : "";
}

/* The character at the start of text: its bytes, and its columns. */
static size_t character_at(const char *text, size_t size, unsigned *columns)
{
    ucs4_t character;
    int bytes = u8_mbtoucr(&character, (const uint8_t *)text, size);
    if (bytes <= 0) {
        *columns = 1;
        return 1;
    }
    int width = uc_width(character, "UTF-8");
    *columns = width > 0 ? (unsigned)width : 0;
    return (size_t)bytes;
}

unsigned text_columns(const char *text, size_t size)
{
    unsigned total = 0, columns;
    for (size_t at = 0; at < size; total += columns)
        at += character_at(text + at, size - at, &columns);
    return total;
}

size_t text_fit(const char *text, size_t size, unsigned columns)
{
    unsigned total = 0, width;
    size_t at = 0;
    while (at < size) {
        size_t bytes = character_at(text + at, size - at, &width);
        if (total + width > columns)
            break;
        total += width;
        at += bytes;
    }
    return at;
}

/* Controls, and the marks that reorder what follows them. */
static bool steers(ucs4_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
           character == 0x2029 || (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

char *text_clean(const char *text, size_t size)
{
    char *clean = malloc(size * 3 + 1); /* U+FFFD has three bytes */
    if (clean == NULL)
        return NULL;
    size_t to = 0;
    for (size_t at = 0; at < size;) {
        ucs4_t character;
        int bytes = u8_mbtoucr(&character, (const uint8_t *)text + at, size - at);
        if (bytes <= 0) {
            memcpy(clean + to, "\xef\xbf\xbd", 3);
            to += 3;
            at++;
            continue;
        }
        if (steers(character))
            clean[to++] = ' ';
        else
            for (int i = 0; i < bytes; i++)
                clean[to++] = text[at + (size_t)i];
        at += (size_t)bytes;
    }
    clean[to] = '\0';
    return clean;
}

/* French puts a space before such marks, at which no line may end. */
static bool may_break(const char *text, size_t space)
{
    static const char opening[] = "«", closing[] = "»";
    const size_t size = sizeof opening - 1;
    const char *next = text + space + 1;
    return text[space] == ' ' && memchr(";:!?", *next, 4) == NULL &&
           strncmp(next, closing, size) != 0 &&
           (space < size || memcmp(text + space - size, opening, size) != 0);
}

void text_print_wrapped(FILE *file, const char *text, unsigned indent, unsigned width)
{
    while (*text != '\0') {
        size_t line = strcspn(text, "\n"), fit = line;
        if (width > indent)
            fit = text_fit(text, line, width - indent);
        if (fit < line) {
            size_t space = fit;
            while (space > 0 && !may_break(text, space))
                space--;
            fit = space > 0 ? space : fit > 0 ? fit : line;
        }
        fprintf(file, "%*s%.*s\n", fit > 0 ? (int)indent : 0, "", (int)fit, text);
        text += fit;
        text += *text == ' ' || *text == '\n';
    }
}
