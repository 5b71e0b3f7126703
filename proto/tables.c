/* The tables behind record_type, made from the rows in records.h and choices.h. */
#include "records.h"

#define CHOICE_NAME(list, constant, wire) wire,
#define CHOICE_TABLE(list)                                                                         \
    static const char *const list##_names[] = {CHOICES_##list(CHOICE_NAME)};                       \
    static const struct choices list##_choices = {#list, list##_names, list##_END - 1};
CHOICES_ALL(CHOICE_TABLE)

#define NEED_REQUIRED true
#define NEED_OPTIONAL false

#define ARGUMENTS_TEXT(low, high) FIELD_TEXT, .min = (low), .max = (high)
#define ARGUMENTS_TEXTS(low, high, item)                                                           \
    FIELD_TEXTS, .min = (low), .max = (high), .item_max = (item)
#define ARGUMENTS_INT(low, high) FIELD_INT, .min = (low), .max = (high)
#define ARGUMENTS_BOOL() FIELD_BOOL
#define ARGUMENTS_DATE() FIELD_DATE
#define ARGUMENTS_TIME() FIELD_TIME
#define ARGUMENTS_CLOCK() FIELD_CLOCK
#define ARGUMENTS_ID(letter) FIELD_ID, .min = (letter)
#define ARGUMENTS_CHOICE(list) FIELD_CHOICE, .choices = &list##_choices
#define ARGUMENTS_SET(list) FIELD_SET, .choices = &list##_choices
#define ARGUMENTS_RECORD(nested) FIELD_RECORD, .record = &nested##_type
#define ARGUMENTS_RECORDS(nested, low, high)                                                       \
    FIELD_RECORDS, .record = &nested##_type, .min = (low), .max = (high)

/* A row does not know its record, and offsetof needs it: FIELD_OF(learner), given as F, opens the
 * initialiser up to the member's name, and FIELD_REST, left at its end, takes the row's arguments
 * when the list is scanned again. offsetof itself is a macro and cannot be left half open. */
#define FIELD_OF(record)                                                                           \
    {.offset = __builtin_offsetof(struct record, FIELD_REST
#define FIELD_REST(kind, member, need, class, arguments, text)                                     \
    member), .name = #member, .name_size = sizeof(#member) - 1, .required = NEED_##need,           \
             .privacy = PRIVACY_##class, .doc = text, .type = ARGUMENTS_##kind arguments           \
    }                                                                                              \
    ,

/* The empty last row is for records without fields. */
#define RECORD_TABLE(record)                                                                       \
    static const struct field record##_fields[] = {                                                \
        RECORD_##record(FIELD_OF(record)){.name = NULL}};                                          \
    const struct record_type record##_type = {                                                     \
        .name = #record,                                                                           \
        .fields = record##_fields,                                                                 \
        .count = sizeof record##_fields / sizeof record##_fields[0] - 1,                           \
        .size = sizeof(struct record),                                                             \
    };                                                                                             \
    _Static_assert(sizeof record##_fields / sizeof record##_fields[0] - 1 <= 64,                   \
                   #record ": has_bits has 64 bits");
RECORDS_ALL(RECORD_TABLE)
