/* What a record table is made of. One row declares one field: its type, bounds, privacy class and
 * meaning; codec, validation, JSON, exports, erasure and the reference tables follow from it. */
#ifndef PASSERELLE_PROTO_FIELD_H
#define PASSERELLE_PROTO_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_type {
    FIELD_TEXT,  /* struct text; min..max in bytes of valid UTF-8 without NUL */
    FIELD_INT,   /* int64_t; min..max */
    FIELD_BOOL,  /* bool; min..max unused */
    FIELD_DATE,  /* int32_t, days since 1970-01-01; on the wire "2026-11-22"; 1900..2199 */
    FIELD_TIME,  /* int64_t, ms since the epoch; on the wire "2026-11-22T06:15:00.000Z" */
    FIELD_CLOCK, /* int32_t, minutes since midnight, 0..1440; on the wire "07:30" */
    FIELD_ID,    /* uint64_t, 1..2^48-1; on the wire "L1042"; min is the kind letter or 0 for any */
    FIELD_CHOICE,  /* uint8_t, index into choices + 1; on the wire its name */
    FIELD_SET,     /* uint32_t, bit i is choice i; on the wire a list of names,
                    * each once; packed in table order */
    FIELD_RECORD,  /* a nested struct in place */
    FIELD_RECORDS, /* struct { T *items; uint32_t count; }; min..max is the number of items */
    FIELD_TEXTS,   /* struct texts; min..max is the number of items, each 1..item_max bytes */
};

/* Who may see a field. A part of a record is encoded for a set of classes. */
enum privacy {
    PRIVACY_PUBLIC = 1,
    PRIVACY_MATCHING = 2,   /* read by match-workers and staff */
    PRIVACY_STATISTICS = 4, /* leaves only as aggregates */
    PRIVACY_PERSONAL = 8,   /* sealed */
    PRIVACY_HEADER = 16, /* public; a stored record keeps it in its header, not among its fields */
    PRIVACY_ALL = 31,
};

/* The bytes of a text are not NUL-terminated and belong to the message they came in. */
struct text {
    const char *data; /* NULL when absent */
    uint32_t size;
};

struct texts {
    struct text *items;
    uint32_t count;
};

/* Any FIELD_RECORDS member has this shape. */
struct list {
    void *items;
    uint32_t count;
};

struct choices {
    const char *name;
    const char *const *names; /* wire names, in order */
    unsigned count;
};

struct record_type;

struct field {
    const char *name;
    uint8_t name_size;
    enum field_type type;
    bool required;
    enum privacy privacy;
    size_t offset; /* of the member in its struct */
    int64_t min, max;
    uint32_t item_max;                /* FIELD_TEXTS: bytes of an item */
    const struct choices *choices;    /* FIELD_CHOICE, FIELD_SET */
    const struct record_type *record; /* FIELD_RECORD, FIELD_RECORDS */
    const char *doc;
};

/* Each record struct begins with `uint64_t has_bits`: bit i tells that field i is present. */
struct record_type {
    const char *name;
    const struct field *fields;
    unsigned count; /* at most 64 */
    size_t size;    /* of the struct */
};

/* The field of that name, or NULL. near is where to look first: fields mostly come in order. */
const struct field *field_of_name(const struct record_type *type, const char *name, size_t size,
                                  unsigned near);
/* Describes what a field takes, such as "integer 1..4", as errors say it. Cut at whole names. */
void field_expect(const struct field *field, char *text, size_t capacity);
/* The names of a record's fields, for an unknown one. Cut likewise. */
void record_expect(const struct record_type *type, char *text, size_t capacity);
/* 1 + the index of a name, or 0. */
unsigned choice_of_name(const struct choices *choices, const char *name, size_t size);
/* The name of a value, or "". */
const char *choice_name(const struct choices *choices, unsigned choice);

/* Bit of a field in has_bits. */
static inline uint64_t field_bit(const struct record_type *type, const struct field *field)
{
    return UINT64_C(1) << (field - type->fields);
}

#endif
