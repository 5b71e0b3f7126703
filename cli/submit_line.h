/* One line of a file of events, made into a request.
 *
 * A line is a JSON object: `type`, `body`, and any other field of the envelope. Absent `territory`,
 * `occurred_on` and `id` are filled in. A field of the body that holds an id may say
 * "@source:reference" instead. */
#ifndef PASSERELLE_CLI_SUBMIT_LINE_H
#define PASSERELLE_CLI_SUBMIT_LINE_H

#include "../proto/message.h"

struct submit_settings {
    const char *territory;
    int32_t today;
    bool stable_ids; /* the id is a hash of the request, so that sending it again is safe */
    /* Finds the record of that kind (KIND_ABSENT: unknown) with that `source:reference`; false when
     * it is not known. */
    bool (*resolve)(void *data, uint8_t kind, const char *name, uint64_t *id);
    void *data;
};

struct submission {
    enum message_type type; /* also set after an error, where it could be read */
    struct text id;
    const uint8_t *bytes; /* the request, in the arena, as the id and the name are */
    size_t size;
    const char *name; /* `source:reference` of what a put writes; NULL for other events */
};

/* False with errors. */
bool submit_line_read(const char *line, size_t size, const struct submit_settings *settings,
                      struct arena *arena, struct submission *submission, struct errors *errors);

#endif
