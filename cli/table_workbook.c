#include "table_workbook.h"

#include <stdlib.h>
#include <string.h>

enum {
    SMALL_PART_MAX = 16 * 1024 * 1024,
    SHARED_PART_MAX = 256 * 1024 * 1024,
    SHARED_BYTES_MAX = 64 * 1024 * 1024,
    SHARED_COUNT_MAX = 4 * 1024 * 1024,
    STYLES_MAX = 65536,
    CODES_MAX = 4096,
    NAME_MAX_BYTES = 128,
};

struct format_code {
    unsigned id;
    struct number_format format;
};

struct workbook {
    char wanted[NAME_MAX_BYTES];
    char relation[NAME_MAX_BYTES]; /* id of the sheet chosen */
    char path[2 * NAME_MAX_BYTES];
    bool since_1904;

    char *shared; /* texts one after the other */
    size_t shared_size, shared_capacity;
    uint32_t *ends; /* of each text */
    size_t ends_count, ends_capacity;
    bool in_text, in_phonetic;

    struct format_code *codes;
    unsigned codes_count;
    struct number_format *styles;
    unsigned styles_count;
    bool in_styles;

    bool failed; /* out of memory, or over a bound */
};

static bool grow(void **items, size_t *capacity, size_t wanted, size_t limit, size_t item)
{
    if (wanted <= *capacity)
        return true;
    if (wanted > limit)
        return false;
    size_t more = *capacity ? *capacity * 2 : 1024;
    while (more < wanted)
        more *= 2;
    void *moved = realloc(*items, more * item);
    if (!moved)
        return false;
    *items = moved;
    *capacity = more;
    return true;
}

static void workbook_start(void *parser, const char *name, const char **attributes)
{
    struct workbook *book = XML_GetUserData(parser);
    name = xml_local(name);
    if (strcmp(name, "workbookPr") == 0) {
        const char *value = xml_attribute(attributes, "date1904");
        book->since_1904 = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
    }
    if (strcmp(name, "sheet") != 0 || book->relation[0])
        return;
    const char *state = xml_attribute(attributes, "state");
    bool visible = !*state || strcmp(state, "visible") == 0;
    if (book->wanted[0] ? strcmp(xml_attribute(attributes, "name"), book->wanted) == 0 : visible)
        snprintf(book->relation, sizeof book->relation, "%s", xml_attribute(attributes, "id"));
}

static void relations_start(void *parser, const char *name, const char **attributes)
{
    struct workbook *book = XML_GetUserData(parser);
    if (strcmp(xml_local(name), "Relationship") != 0 ||
        strcmp(xml_attribute(attributes, "Id"), book->relation) != 0)
        return;
    const char *target = xml_attribute(attributes, "Target");
    int length = *target == '/' ? snprintf(book->path, sizeof book->path, "%s", target + 1)
                                : snprintf(book->path, sizeof book->path, "xl/%s", target);
    if ((size_t)length >= sizeof book->path)
        book->path[0] = 0;
}

static void shared_start(void *parser, const char *name, const char **attributes)
{
    (void)attributes;
    struct workbook *book = XML_GetUserData(parser);
    name = xml_local(name);
    if (strcmp(name, "rPh") == 0)
        book->in_phonetic = true;
    book->in_text = strcmp(name, "t") == 0 && !book->in_phonetic;
}

static void shared_end(void *parser, const char *name)
{
    struct workbook *book = XML_GetUserData(parser);
    name = xml_local(name);
    book->in_text = false;
    if (strcmp(name, "rPh") == 0)
        book->in_phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    void *ends = book->ends;
    book->failed = !grow(&ends, &book->ends_capacity, book->ends_count + 1, SHARED_COUNT_MAX,
                         sizeof *book->ends);
    book->ends = ends;
    if (book->failed)
        XML_StopParser(parser, XML_FALSE);
    else
        book->ends[book->ends_count++] = (uint32_t)book->shared_size;
}

static void shared_data(void *parser, const char *data, int size)
{
    struct workbook *book = XML_GetUserData(parser);
    if (!book->in_text)
        return;
    void *shared = book->shared;
    book->failed = !grow(&shared, &book->shared_capacity, book->shared_size + (size_t)size,
                         SHARED_BYTES_MAX, 1);
    book->shared = shared;
    if (book->failed) {
        XML_StopParser(parser, XML_FALSE);
        return;
    }
    memcpy(book->shared + book->shared_size, data, (size_t)size);
    book->shared_size += (size_t)size;
}

static struct number_format format_of_id(const struct workbook *book, unsigned id)
{
    for (unsigned i = 0; i < book->codes_count; i++)
        if (book->codes[i].id == id)
            return book->codes[i].format;
    return number_format_builtin(id);
}

static void styles_start(void *parser, const char *name, const char **attributes)
{
    struct workbook *book = XML_GetUserData(parser);
    name = xml_local(name);
    unsigned id = (unsigned)strtoul(xml_attribute(attributes, "numFmtId"), NULL, 10);
    if (strcmp(name, "cellXfs") == 0)
        book->in_styles = true;
    if (strcmp(name, "numFmt") == 0 && book->codes_count < CODES_MAX)
        book->codes[book->codes_count++] = (struct format_code){
            id, number_format_of_code(xml_attribute(attributes, "formatCode"))};
    if (strcmp(name, "xf") == 0 && book->in_styles && book->styles_count < STYLES_MAX)
        book->styles[book->styles_count++] = format_of_id(book, id);
}

static void styles_end(void *parser, const char *name)
{
    struct workbook *book = XML_GetUserData(parser);
    if (strcmp(xml_local(name), "cellXfs") == 0)
        book->in_styles = false;
}

/* Reads a part that may be absent. */
static bool optional_part_read(zip_t *zip, const char *name, int64_t limit, struct workbook *book,
                               XML_StartElementHandler start, XML_EndElementHandler end,
                               XML_CharacterDataHandler data, struct table_problem *problem)
{
    if (xml_part_read(zip, name, limit, book, start, end, data, problem))
        return true;
    if (book->failed)
        table_fail(problem, TABLE_FAULT_TOO_LARGE, 0, name);
    return problem->fault == TABLE_FAULT_NONE;
}

static bool parts_read(zip_t *zip, struct workbook *book, struct table_problem *problem)
{
    if (!xml_part_read(zip, "xl/workbook.xml", SMALL_PART_MAX, book, workbook_start, NULL, NULL,
                       problem) ||
        !book->relation[0] ||
        !xml_part_read(zip, "xl/_rels/workbook.xml.rels", SMALL_PART_MAX, book, relations_start,
                       NULL, NULL, problem)) {
        if (problem->fault == TABLE_FAULT_NONE && book->wanted[0])
            table_fail(problem, TABLE_FAULT_NO_SHEET, 0, book->wanted);
        else if (problem->fault == TABLE_FAULT_NONE)
            table_fail(problem, TABLE_FAULT_FORMAT, 0, "xl/workbook.xml");
        return false;
    }
    return optional_part_read(zip, "xl/sharedStrings.xml", SHARED_PART_MAX, book, shared_start,
                              shared_end, shared_data, problem) &&
           optional_part_read(zip, "xl/styles.xml", SMALL_PART_MAX, book, styles_start, styles_end,
                              NULL, problem);
}

struct workbook *workbook_read(zip_t *zip, const char *wanted, struct table_problem *problem)
{
    struct workbook *book = calloc(1, sizeof *book);
    if (book) {
        snprintf(book->wanted, sizeof book->wanted, "%s", wanted);
        book->codes = calloc(CODES_MAX, sizeof *book->codes);
        book->styles = calloc(STYLES_MAX, sizeof *book->styles);
    }
    if (!book || !book->codes || !book->styles) {
        workbook_free(book);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    if (!parts_read(zip, book, problem)) {
        workbook_free(book);
        return NULL;
    }
    return book;
}

void workbook_free(struct workbook *book)
{
    if (!book)
        return;
    free(book->shared);
    free(book->ends);
    free(book->codes);
    free(book->styles);
    free(book);
}

const char *workbook_sheet_path(const struct workbook *book)
{
    return book->path;
}

bool workbook_since_1904(const struct workbook *book)
{
    return book->since_1904;
}

bool workbook_text(const struct workbook *book, uint64_t index, const char **data, size_t *size)
{
    if (index >= book->ends_count)
        return false;
    uint32_t start = index ? book->ends[index - 1] : 0;
    *data = book->shared ? book->shared + start : "";
    *size = book->ends[index] - start;
    return true;
}

struct number_format workbook_format(const struct workbook *book, uint64_t style)
{
    return style < book->styles_count ? book->styles[style]
                                      : (struct number_format){NUMBER_PLAIN, 0};
}
