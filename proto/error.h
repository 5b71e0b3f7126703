/* The error codes of the protocol: stable names, whose fault, and whether trying again can help. */
#ifndef PASSERELLE_PROTO_ERROR_H
#define PASSERELLE_PROTO_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/* X(constant, wire name, retry helps, whose fault and what to do) */
#define ERRORS_ALL(X)                                                                              \
    X(NOT_MSGPACK, "not_msgpack", false, "Client: the bytes are not one well-formed msgpack map")  \
    X(NOT_JSON, "not_json", false, "Client: the text is not one well-formed JSON object")          \
    X(TOO_LARGE, "too_large", false, "Client: a message, a list or a text is over its limit")      \
    X(TOO_DEEP, "too_deep", false, "Client: nested deeper than any record")                        \
    X(BAD_UTF8, "bad_utf8", false, "Client: a text is not UTF-8, or holds a NUL")                  \
    X(DUPLICATE_KEY, "duplicate_key", false, "Client: a map names a key twice")                    \
    X(TRAILING_BYTES, "trailing_bytes", false, "Client: bytes follow the message")                 \
    X(BAD_FRAMES, "bad_frames", false, "Client: a request is one frame, or an empty one and one")  \
    X(UNKNOWN_VERSION, "unknown_version", false, "Client: speaks another version of the protocol") \
    X(UNKNOWN_TYPE, "unknown_type", false, "Client: no such message")                              \
    X(WRONG_SOCKET, "wrong_socket", false, "Client: events and queries have a socket each")        \
    X(UNKNOWN_FIELD, "unknown_field", false, "Client: the record has no such field")               \
    X(MISSING_FIELD, "missing_field", false, "Client: a required field is absent")                 \
    X(WRONG_TYPE, "wrong_type", false, "Client: the value has another type")                       \
    X(OUT_OF_BOUNDS, "out_of_bounds", false, "Client: too small, too large, too short, too long")  \
    X(UNKNOWN_CHOICE, "unknown_choice", false, "Client: not one of the values listed")             \
    X(BAD_FORMAT, "bad_format", false, "Client: not a date, a time, an id or a code as expected")  \
    X(INCONSISTENT, "inconsistent", false, "Client: two fields contradict each other")             \
    X(SOCIAL_SECURITY_NUMBER, "social_security_number", false,                                     \
      "Client: a social-security number has no place here; nothing was stored")                    \
    X(UNKNOWN_TERRITORY, "unknown_territory", false, "Client: no such territory")                  \
    X(TERRITORY_EXISTS, "territory_exists", false, "Client: it exists with other fixed settings")  \
    X(UNKNOWN_RECORD, "unknown_record", false, "Client: no such record")                           \
    X(UNKNOWN_REFERENCE, "unknown_reference", false,                                               \
      "Client: a record named in it does not exist")                                               \
    X(UNKNOWN_ROLE, "unknown_role", false, "Client: no such role; the nearest are listed")         \
    X(UNKNOWN_SKILL, "unknown_skill", false, "Client: no such skill; the nearest are listed")      \
    X(UNKNOWN_COMMUNE, "unknown_commune", false,                                                   \
      "Client: no such commune; the nearest are listed")                                           \
    X(UNKNOWN_REFERENTIAL, "unknown_referential", false, "Client: the built file is not there")    \
    X(WRONG_KIND, "wrong_kind", false, "Client: the record is of another kind")                    \
    X(WRONG_STATE, "wrong_state", false, "Client: not possible in the record's present state")     \
    X(REVISION_CONFLICT, "revision_conflict", false, "Client: the record has changed; read again") \
    X(REQUEST_REUSED, "request_reused", false, "Client: this request id had another body")         \
    X(PROBABLE_DUPLICATE, "probable_duplicate", false,                                             \
      "Client: the reference belongs to another person; nobody is merged silently")                \
    X(DAY_BACKWARDS, "day_backwards", false, "Client: the day never goes backwards")               \
    X(DAY_AHEAD, "day_ahead", false,                                                               \
      "Client: the day is further ahead than tomorrow by the daemon's clock (UTC)")                \
    X(CURSOR_TRIMMED, "cursor_trimmed", false, "Client: the log no longer reaches back; re-read")  \
    X(NO_REFERENTIAL, "no_referential", false,                                                     \
      "Client: no referential is in force; adopt one first")                                       \
    X(BUSY, "busy", true, "Server: its queue is full; try again after `after_ms`")                 \
    X(STORE_AWAY, "store_away", true, "Server: the store does not answer; try again")              \
    X(STOPPING, "stopping", true, "Server: it is being stopped; try again")                        \
    X(INTERNAL, "internal", true, "Server: a fault of its own, logged there")

enum error_code {
    ERROR_NONE = 0,
#define ERROR_CONSTANT(constant, wire, retry, doc) ERROR_##constant,
    ERRORS_ALL(ERROR_CONSTANT)
#undef ERROR_CONSTANT
        ERROR_END
};

const char *error_name(enum error_code code);
const char *error_doc(enum error_code code);
bool error_retry_helps(enum error_code code);
/* ERROR_NONE when unknown. */
enum error_code error_of_name(const char *name, size_t size);

/* One finding: which field, and what was expected there. Also used for warnings. */
struct error {
    enum error_code code;
    char path[96];      /* such as body.requirements[3].level */
    char expected[200]; /* UTF-8, may be empty; may list nearest names */
};

enum { ERRORS_MAX = 8 };

/* The first few errors of a message and how many there were. Zero it to start. */
struct errors {
    struct error item[ERRORS_MAX];
    unsigned count; /* kept */
    unsigned total; /* seen */
};

/* Adds one; expected is a printf format. Long texts are cut at a character boundary. */
void errors_add(struct errors *errors, enum error_code code, const char *path, const char *expected,
                ...) __attribute__((format(printf, 4, 5)));

#endif
