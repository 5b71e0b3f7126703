/* Records to and from msgpack and JSON, driven by their tables.
 *
 * On the wire a record is a map from field names to values; absent fields are left out. JSON and
 * msgpack carry the same tree (text, integer, boolean, list, map), so JSON is a transcoding. */
#ifndef PASSERELLE_PROTO_CODEC_H
#define PASSERELLE_PROTO_CODEC_H

#include "arena.h"
#include "error.h"
#include "field.h"

#include <msgpack.h>

enum {
    WIRE_REQUEST_MAX = 64 * 1024, /* bytes of a request */
    WIRE_DEPTH_MAX = 8,
    WIRE_ITEMS_MAX = 8192, /* elements of all lists and maps of a message */
    WIRE_KEYS_MAX = 64,    /* keys of one map: no record has more fields */
    WIRE_REPLY_MAX = 48 * 1024,
};

/* Walks one msgpack value without allocating. True when it is one whole value of maps with
 * distinct text keys, lists, integers, booleans, nil and valid UTF-8 texts without NUL, within the
 * limits, and nothing follows. Floats, binaries and extensions are refused. */
bool wire_scan(const uint8_t *data, size_t size, struct errors *errors);

/* Scans and unpacks; the tree and its texts point into the arena and data. NULL after an error. */
const msgpack_object *wire_unpack(const uint8_t *data, size_t size, struct arena *arena,
                                  struct errors *errors);

/* Fills record (a zeroed struct of that type) from a map of wire_unpack. All errors of the map are
 * reported, with paths that begin with path. Texts are not copied; lists come from the arena.
 * Normal forms are checked, so that what was decoded encodes to the same tree. True without
 * errors. */
bool record_decode(const struct record_type *type, const msgpack_object *map, void *record,
                   struct arena *arena, const char *path, struct errors *errors);
/* The same for a map that record_encode made for these privacy classes: only their fields are
 * known, and only theirs required. */
bool record_decode_part(const struct record_type *type, unsigned privacy, const msgpack_object *map,
                        void *record, struct arena *arena, const char *path, struct errors *errors);

/* The same for a record that is not for the store: none of its own fields is required, those of the
 * records in it are. All that record_check finds is reported. */
bool record_decode_partial(const struct record_type *type, const msgpack_object *map, void *record,
                           struct arena *arena, const char *path, struct errors *errors);

/* Checks a decoded or hand-made record as record_decode does, and what tables cannot say: hours
 * that end after they start, skill or words, no social-security number in any text of a body. */
bool record_check(const struct record_type *type, const void *record, const char *path,
                  struct errors *errors);

/* Packs the present fields of the given privacy classes (a mask of enum privacy) as a map, in table
 * order. A nested record is left out when none of its fields is packed. False when the packer's
 * writer failed, as when out of memory. */
bool record_encode(const struct record_type *type, const void *record, unsigned privacy,
                   msgpack_packer *packer);
/* Whether record_encode would pack any field. */
bool record_has_any(const struct record_type *type, const void *record, unsigned privacy);

/* Tells every id among the present fields, those of the records it holds included, in table order.
 */
void record_names(const struct record_type *type, const void *record,
                  void (*tell)(void *arg, uint64_t id), void *arg);

/* Present fields of from replace those of into: joins the parts of a record stored apart. */
void record_merge(const struct record_type *type, void *into, const void *from);

/* JSON text to msgpack bytes in the arena; NULL after an error (positions as line:column). The
 * limits are those of wire_scan, and JSON_REQUEST_MAX bytes. */
enum { JSON_REQUEST_MAX = 4 * WIRE_REQUEST_MAX };
uint8_t *json_to_wire(const char *json, size_t size, struct arena *arena, size_t *wire_size,
                      struct errors *errors);
/* A msgpack tree as JSON, one line or indented. Malloc'ed; NULL when out of memory. */
char *wire_to_json(const msgpack_object *tree, bool indent);

/* Wire forms of single values. The buffers hold any result with its NUL. */
enum { DATE_TEXT_SIZE = 11, TIME_TEXT_SIZE = 25, CLOCK_TEXT_SIZE = 6, ID_TEXT_SIZE = 18 };
bool date_parse(const char *text, size_t size, int32_t *days);
void date_print(int32_t days, char text[DATE_TEXT_SIZE]);
bool time_parse(const char *text, size_t size, int64_t *ms);
void time_print(int64_t ms, char text[TIME_TEXT_SIZE]);
bool clock_parse(const char *text, size_t size, int32_t *minutes);
void clock_print(int32_t minutes, char text[CLOCK_TEXT_SIZE]);
/* An id holds its kind letter in the top byte and the record's number in the low 48 bits. */
bool id_parse(const char *text, size_t size, uint64_t *id);
void id_print(uint64_t id, char text[ID_TEXT_SIZE]);
uint64_t id_make(char letter, uint64_t number);
char id_letter(uint64_t id);
uint64_t id_number(uint64_t id);

/* True when the text holds a valid French social-security number (13 digits and key, spaces or
 * dots allowed between groups; Corsican departments included). */
bool text_has_social_security_number(const char *data, size_t size);

#endif
