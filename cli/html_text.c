#include "html_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

/* Text on its way out; never longer than what it is made of. */
struct writing {
    char *out;
    size_t size;
    unsigned breaks; /* line ends that wait for the next text */
    bool space;      /* so does a space */
};

static void breaks_want(struct writing *writing, unsigned breaks)
{
    writing->breaks = writing->breaks > breaks ? writing->breaks : breaks;
    writing->space = false;
}

static void bytes_write(struct writing *writing, const char *data, size_t size)
{
    for (; writing->size && writing->breaks; writing->breaks--)
        writing->out[writing->size++] = '\n';
    writing->breaks = 0;
    if (writing->space && writing->size && writing->out[writing->size - 1] != '\n')
        writing->out[writing->size++] = ' ';
    writing->space = false;
    memcpy(writing->out + writing->size, data, size);
    writing->size += size;
}

/* -- entities -----------------------------------------------------------------------------------
 */

static const struct {
    const char *name, *text;
} entities[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},   {"eacute", "é"}, {"egrave", "è"}, {"ecirc", "ê"},  {"euml", "ë"},
    {"agrave", "à"}, {"acirc", "â"},  {"ccedil", "ç"}, {"icirc", "î"},  {"iuml", "ï"},
    {"ocirc", "ô"},  {"ugrave", "ù"}, {"ucirc", "û"},  {"uuml", "ü"},   {"oelig", "œ"},
    {"Eacute", "É"}, {"Egrave", "È"}, {"Ecirc", "Ê"},  {"Agrave", "À"}, {"Ccedil", "Ç"},
    {"Ocirc", "Ô"},  {"rsquo", "’"},  {"lsquo", "‘"},  {"ldquo", "“"},  {"rdquo", "”"},
    {"laquo", "«"},  {"raquo", "»"},  {"ndash", "–"},  {"mdash", "—"},  {"hellip", "…"},
    {"euro", "€"},   {"bull", "•"},   {"middot", "·"}, {"deg", "°"},    {"times", "×"},
};

/* The character of &#233; or &#xe9;, as UTF-8; 0 bytes when there is none such. */
static size_t number_decode(const char *digits, size_t size, char text[6])
{
    bool hex = size > 1 && (digits[0] | 0x20) == 'x';
    char number[10] = "", *end;
    if (size - hex >= sizeof number || size == hex)
        return 0;
    memcpy(number, digits + hex, size - hex);
    unsigned long code = strtoul(number, &end, hex ? 16 : 10);
    if (*end || !isxdigit((unsigned char)number[0]) || code < 32)
        return 0;
    if (code == 0xA0)
        code = ' ';
    int length = u8_uctomb((uint8_t *)text, (ucs4_t)code, 6);
    return length > 0 ? (size_t)length : 0;
}

/* The text of the entity at the start of html; its length there, 0 when it is none. */
static size_t entity_decode(const char *html, size_t size, char text[6], size_t *text_size)
{
    size_t end = 1;
    while (end < size && end < 12 && (isalnum((unsigned char)html[end]) || html[end] == '#'))
        end++;
    if (end == size || html[end] != ';')
        return 0;
    if (html[1] == '#') {
        *text_size = number_decode(html + 2, end - 2, text);
        return *text_size ? end + 1 : 0;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == end - 1 &&
            memcmp(entities[i].name, html + 1, end - 1) == 0) {
            *text_size = strlen(entities[i].text);
            memcpy(text, entities[i].text, *text_size);
            return end + 1;
        }
    return 0;
}

/* -- tags ---------------------------------------------------------------------------------------
 */

static bool tag_is(const char *name, size_t size, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == size && strncasecmp(name, *list, size) == 0)
            return true;
    return false;
}

/* Behind the tag or comment at the start of html; 0 when it is none. */
static size_t tag_skip(struct writing *writing, const char *html, size_t size)
{
    static const char *const paragraphs[] = {"p",  "ul", "ol", "table", "h1", "h2",
                                             "h3", "h4", "h5", "h6",    NULL};
    static const char *const lines[] = {"br", "div", "tr", "section", NULL};
    static const char *const hidden[] = {"script", "style", NULL};
    size_t start = size > 1 && html[1] == '/' ? 2 : 1, name = start;
    if (size >= 4 && memcmp(html, "<!--", 4) == 0) {
        const char *end = memmem(html, size, "-->", 3);
        return end ? (size_t)(end - html) + 3 : size;
    }
    while (name < size && isalnum((unsigned char)html[name]))
        name++;
    const char *close = memchr(html, '>', size);
    if (name == start || !close)
        return 0;
    const char *word = html + start;
    size_t length = name - start, behind = (size_t)(close - html) + 1;
    if (tag_is(word, length, paragraphs))
        breaks_want(writing, 2);
    else if (tag_is(word, length, lines))
        breaks_want(writing, 1);
    else if (length == 2 && strncasecmp(word, "li", 2) == 0) {
        breaks_want(writing, 1);
        if (start == 1)
            bytes_write(writing, "- ", 2);
    } else if (start == 1 && tag_is(word, length, hidden)) {
        const char *end = memmem(html + behind, size - behind, "</", 2);
        return end ? (size_t)(end - html) : size;
    }
    return behind;
}

/* -- all of it ----------------------------------------------------------------------------------
 */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* Whether there is a tag, as far as can be seen from its first letter. */
static bool has_tags(const char *html, size_t size)
{
    for (size_t i = 0; i + 2 < size; i++)
        if (html[i] == '<' && (isalpha((unsigned char)html[i + 1]) || html[i + 1] == '/'))
            return true;
    return false;
}

/* Copies html to out without its entities, and, when tags is set, without them. */
static size_t html_read(const char *html, size_t size, bool tags, char *out)
{
    struct writing writing = {.out = out};
    for (size_t at = 0; at < size;) {
        char text[6];
        size_t text_size = 0, skip = 0;
        if (html[at] == '<' && tags)
            skip = tag_skip(&writing, html + at, size - at);
        else if (html[at] == '&')
            skip = entity_decode(html + at, size - at, text, &text_size);
        if (skip && text_size)
            bytes_write(&writing, text, text_size);
        if (!skip && tags && is_space(html[at]))
            writing.space = true;
        else if (!skip)
            bytes_write(&writing, html + at, 1);
        at += skip ? skip : 1;
    }
    return writing.size;
}

struct text html_to_text(struct text html, struct arena *arena)
{
    bool tags = has_tags(html.data, html.size);
    /* an item's "- " is as long as its tag, but a break may come before it */
    char *out = arena_alloc(arena, (size_t)html.size + html.size / 2 + 1), *again;
    if (!out)
        return (struct text){NULL, 0};
    size_t size = html_read(html.data, html.size, tags, out);
    if (!tags && has_tags(out, size)) {
        if (!(again = arena_alloc(arena, size + size / 2 + 1)))
            return (struct text){NULL, 0};
        size = html_read(out, size, true, again);
        out = again;
    }
    while (size && is_space(out[size - 1]))
        size--;
    return (struct text){out, (uint32_t)size};
}
