#include "json_objects.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Each failure may read to the end of the file in vain. */
enum { FAILURES_MAX = 20 };

void json_objects_begin(struct json_objects *objects, const char *data, size_t size)
{
    *objects = (struct json_objects){.data = data, .size = size, .end = size, .line = 1};
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        objects->at = objects->line_start = objects->counted = 3;
    size_t at = objects->at;
    while (at < size && data[at] && strchr(" \t\r\n", data[at]))
        at++;
    objects->page = at < size && data[at] == '<';
    if (objects->page)
        objects->at = objects->end = at;
}

/* -- bytes --------------------------------------------------------------------------------------
 */

static char byte_at(const struct json_objects *objects)
{
    return objects->at < objects->end ? objects->data[objects->at] : 0;
}

static size_t space_skip(const char *data, size_t at, size_t end)
{
    while (at < end &&
           (data[at] == ' ' || data[at] == '\t' || data[at] == '\r' || data[at] == '\n'))
        at++;
    return at;
}

/* Behind the string that starts at `at`; 0 when it does not end. */
static size_t string_skip(const char *data, size_t at, size_t end)
{
    for (at++; at < end; at++) {
        if (data[at] == '\\')
            at++;
        else if (data[at] == '"')
            return at + 1;
    }
    return 0;
}

/* Behind the value that starts at `at`; 0 when it does not end. Brackets are counted, no more: what
 * is wrong inside is found by whoever reads the object. */
static size_t value_skip(const char *data, size_t at, size_t end)
{
    size_t depth = 0;
    while (at < end) {
        char c = data[at];
        bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
        if (depth == 0 && (closes || c == ','))
            return at; /* behind a number or word */
        if (c != '"')
            at++;
        else if (!(at = string_skip(data, at, end)))
            return 0;
        depth += opens;
        depth -= closes;
        if (depth == 0 && (closes || c == '"'))
            return at;
    }
    return depth == 0 ? at : 0;
}

static void position_tell(struct json_objects *objects, size_t at, struct json_object_span *span)
{
    const char *end = objects->data + at, *newline;
    while ((newline = memchr(objects->data + objects->counted, '\n', at - objects->counted))) {
        objects->line++;
        objects->counted = objects->line_start = (size_t)(newline - objects->data) + 1;
    }
    objects->counted = (size_t)(end - objects->data);
    *span = (struct json_object_span){
        .data = end,
        .line = objects->line,
        .column = (uint32_t)(at - objects->line_start) + 1,
        .path = objects->path,
    };
}

/* -- lists --------------------------------------------------------------------------------------
 */

static void path_append(struct json_objects *objects, const char *key, size_t size)
{
    size_t used = strlen(objects->path);
    snprintf(objects->path + used, sizeof objects->path - used, "%s%.*s", used ? "." : "",
             (int)size, key);
}

static void level_push(struct json_objects *objects, size_t resume, bool single)
{
    objects->level[objects->depth++] = (struct json_level){
        .resume = resume, .path_size = (uint32_t)strlen(objects->path), .single = single};
}

static struct json_level *level_top(struct json_objects *objects)
{
    return objects->depth ? &objects->level[objects->depth - 1] : NULL;
}

static void level_pop(struct json_objects *objects, size_t behind)
{
    struct json_level *level = level_top(objects);
    objects->at = level->resume ? level->resume : behind;
    objects->depth--;
    level = level_top(objects);
    objects->path[level ? level->path_size : 0] = 0;
}

/* The path of the item that comes next. */
static void path_index(struct json_objects *objects)
{
    const struct json_level *level = level_top(objects);
    if (!level)
        objects->path[0] = 0;
    else if (!level->single)
        snprintf(objects->path + level->path_size, sizeof objects->path - level->path_size, "[%u]",
                 level->index);
}

/* Keys whose value is a list of what is looked for, or one such object. */
static bool key_leads(const char *key, size_t size)
{
    static const char *const keys[] = {"resultats", "@graph", "itemListElement", "item"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i]) == size && memcmp(keys[i], key, size) == 0)
            return true;
    return false;
}

/* Enters the list or object behind such a key of the object from `at` to `end`; false when there is
 * none. */
static bool object_enter(struct json_objects *objects, size_t at, size_t end)
{
    const char *data = objects->data;
    for (at = space_skip(data, at + 1, end); at < end && data[at] == '"';) {
        size_t key = at + 1, behind = string_skip(data, at, end);
        if (!behind)
            return false;
        size_t value = space_skip(data, behind, end);
        if (value == end || data[value] != ':')
            return false;
        value = space_skip(data, value + 1, end);
        bool is_list = value < end && data[value] == '[';
        if (key_leads(data + key, behind - 1 - key) && objects->depth < JSON_LEVELS_MAX &&
            (is_list || (value < end && data[value] == '{'))) {
            path_append(objects, data + key, behind - 1 - key);
            objects->in_lists |= is_list;
            objects->at = is_list ? value + 1 : value;
            level_push(objects, end, !is_list);
            return true;
        }
        if (value == end || !(at = value_skip(data, value, end)))
            return false;
        at = space_skip(data, at, end);
        if (at < end && data[at] == ',')
            at = space_skip(data, at + 1, end);
    }
    return false;
}

/* -- documents ----------------------------------------------------------------------------------
 */

static const char *text_find(const char *from, const char *end, const char *what)
{
    size_t size = strlen(what);
    for (; from + size <= end; from++) {
        from = memchr(from, what[0], (size_t)(end - from));
        if (!from || from + size > end)
            return NULL;
        if (strncasecmp(from, what, size) == 0)
            return from;
    }
    return NULL;
}

/* Goes to the next JSON-LD script of a page. */
static bool script_next(struct json_objects *objects)
{
    const char *end = objects->data + objects->size, *at = objects->data + objects->end;
    while ((at = text_find(at, end, "<script"))) {
        const char *close = memchr(at, '>', (size_t)(end - at));
        if (!close)
            return false;
        bool json = text_find(at, close, "/ld+json") != NULL; /* in any case of letters */
        const char *stop = text_find(close, end, "</script");
        stop = stop ? stop : end;
        at = stop;
        const char *start = close + 1;
        while (start < stop && *start != '{' && *start != '[')
            start++;
        if (!json || start == stop)
            continue;
        objects->at = (size_t)(start - objects->data);
        objects->end = (size_t)(stop - objects->data);
        return true;
    }
    return false;
}

/* Leaves a document that cannot be gone on with: at the next line that may start another. */
static void document_leave(struct json_objects *objects)
{
    const char *end = objects->data + objects->end, *line = objects->data + objects->at;
    bool lines = objects->depth == 0 && !objects->page && ++objects->failures < FAILURES_MAX;
    objects->depth = 0;
    objects->at = objects->end;
    while (lines && (line = memchr(line, '\n', (size_t)(end - line))) && ++line < end)
        if (*line == '{') {
            objects->at = (size_t)(line - objects->data);
            return;
        }
}

/* The object at `at`, handed out or entered. */
static enum span_result object_take(struct json_objects *objects, struct json_object_span *span,
                                    bool *entered)
{
    size_t start = objects->at, end = value_skip(objects->data, start, objects->end);
    struct json_level *level = level_top(objects);
    path_index(objects);
    position_tell(objects, start, span);
    if (!end && !level && object_enter(objects, start, objects->end)) {
        *entered = true; /* cut off: what is whole in it is handed out, then the end is missed */
        return SPAN_OBJECT;
    }
    if (!end) {
        document_leave(objects);
        return SPAN_UNCLOSED;
    }
    if (level)
        level->index++;
    if ((*entered = object_enter(objects, start, end)))
        return SPAN_OBJECT;
    objects->at = end;
    span->size = end - start;
    return span->size <= JSON_OBJECT_MAX ? SPAN_OBJECT : SPAN_OTHER;
}

/* Something else than an object. */
static enum span_result other_take(struct json_objects *objects, struct json_object_span *span)
{
    size_t start = objects->at;
    struct json_level *level = level_top(objects);
    path_index(objects);
    position_tell(objects, start, span);
    size_t end = level ? value_skip(objects->data, start, objects->end) : 0;
    if (end <= start) {
        document_leave(objects);
        return start == objects->end ? SPAN_UNCLOSED : SPAN_OTHER;
    }
    level->index++;
    objects->at = end;
    return SPAN_OTHER;
}

enum span_result json_objects_next(struct json_objects *objects, struct json_object_span *span)
{
    for (;;) {
        struct json_level *level = level_top(objects);
        bool entered = false;
        objects->at = space_skip(objects->data, objects->at, objects->end);
        char c = byte_at(objects);
        if (level && level->single && level->index) {
            level_pop(objects, objects->at);
        } else if (!level && objects->at >= objects->end) {
            if (!objects->page || !script_next(objects))
                return SPAN_END;
        } else if (level && (c == ',' || c == ']')) {
            objects->at++;
            if (c == ']')
                level_pop(objects, objects->at);
        } else if (c == '[' && objects->depth < JSON_LEVELS_MAX) {
            path_index(objects);
            if (level)
                level->index++;
            objects->at++;
            level_push(objects, 0, false);
        } else if (c == '{') {
            enum span_result result = object_take(objects, span, &entered);
            if (!entered)
                return result;
        } else {
            return other_take(objects, span);
        }
    }
}
