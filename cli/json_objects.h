/* Finds the objects of JSON documents one by one, without a tree of the whole: an object alone, the
 * items of a list, those of `resultats`, `@graph` or `itemListElement`, documents one after the
 * other (JSON Lines among them), and the JSON-LD scripts of an HTML page. Pure. */
#ifndef PASSERELLE_CLI_JSON_OBJECTS_H
#define PASSERELLE_CLI_JSON_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    JSON_OBJECT_MAX = 512 * 1024, /* bytes of an object that is handed out */
    JSON_LEVELS_MAX = 8,          /* of lists in lists */
    JSON_PATH_SIZE = 128,
};

/* A list that is being gone through. */
struct json_level {
    size_t resume; /* where to go on behind it; 0: at its end */
    uint32_t index;
    uint32_t path_size; /* of the path before this list's index */
    bool single;        /* no list, but one object in another one */
};

struct json_objects {
    const char *data;
    size_t at, end; /* of the document in hand */
    size_t size;
    bool page;     /* HTML: the next script is looked for at `end` */
    bool in_lists; /* one of the lists named above was met */
    unsigned depth, failures;
    struct json_level level[JSON_LEVELS_MAX];
    char path[JSON_PATH_SIZE];
    size_t counted, line_start; /* how far lines are counted */
    uint32_t line;
};

enum span_result {
    SPAN_OBJECT,
    SPAN_OTHER,    /* something else is where an object should be, or it is too large */
    SPAN_UNCLOSED, /* an object or list that does not end */
    SPAN_END,
};

/* An object, not looked into yet: it may still be no JSON. */
struct json_object_span {
    const char *data;
    size_t size;
    uint32_t line, column; /* in bytes, from 1 */
    const char *path;      /* resultats[3]; holds until the next call */
};

/* Bytes that stay the caller's, at most 4 GiB. */
void json_objects_begin(struct json_objects *objects, const char *data, size_t size);
/* The next one, or what is wrong at the span's line and column. */
enum span_result json_objects_next(struct json_objects *objects, struct json_object_span *span);

#endif
