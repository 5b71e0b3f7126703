/* Calendar files (RFC 5545). Times are local ones without a zone, so that they are those of the
 * place, wherever it is. */
#ifndef PASSERELLE_CLI_ICS_WRITER_H
#define PASSERELLE_CLI_ICS_WRITER_H

#include <stdbool.h>
#include <stdint.h>

struct ics_event {
    const char *uid; /* the same for the same event, whenever it is written */
    const char *summary;
    const char *place; /* may be empty */
    int32_t day;       /* days since 1970 */
    int32_t from, to;  /* minutes since midnight */
    int64_t stamp_ms;  /* when it was last changed, UTC */
};

/* Writes a file that its owner alone can read. False with errno. */
bool ics_write(const char *path, const struct ics_event *events, unsigned count);

#endif
