/* Rows of a table into records, by a column map. Pure: what depends on the day is passed in. */
#ifndef PASSERELLE_CLI_IMPORT_ROWS_H
#define PASSERELLE_CLI_IMPORT_ROWS_H

#include "../proto/codec.h"
#include "import_convert.h"

enum { ROW_FINDINGS_MAX = 16 };

/* What was found wrong in a row, and where. */
struct row_finding {
    bool warning; /* the row is good all the same */
    uint32_t line, column;
    struct text header;       /* of the column; may be empty */
    struct value_fault fault; /* or error, when what is TEXT_NONE */
    struct error error;
};

struct row_findings {
    struct row_finding item[ROW_FINDINGS_MAX];
    unsigned count; /* kept */
    unsigned total; /* seen */
    bool bad;       /* the row is refused */
};

/* A map laid on the headers of a table. Map and header outlive it. */
struct row_plan;

/* NULL only without memory. */
struct row_plan *row_plan_create(const struct column_map *map, const struct table_row *header);
void row_plan_free(struct row_plan *plan); /* NULL is fine */
/* Columns that the map names and the table lacks: the next one from *at on, which starts at 0. */
bool row_plan_missing(const struct row_plan *plan, unsigned *at, struct text *column);
/* Columns of the table that the map does not name, in the same way. */
bool row_plan_unused(const struct row_plan *plan, unsigned *at, struct text *column);
/* Leaves a column out, from 0. */
void row_plan_refuse(struct row_plan *plan, unsigned column);
bool row_plan_is_refused(const struct row_plan *plan, unsigned column);
/* Whether a required field gets its value from nowhere; its name, or NULL. */
const char *row_plan_lacking(const struct row_plan *plan);

struct row_context {
    struct arena *arena; /* of the records' texts and lists */
    int32_t today;
    int64_t observed_at; /* of rows that do not say it */
};

/* Fills record, a zeroed struct of the map's kind. A reference that is missing is made of the row
 * itself, the same each time. False when the row is refused; findings are cleared first. */
bool row_build(const struct row_plan *plan, const struct row_context *context,
               const struct table_row *row, void *record, struct row_findings *findings);

/* Whether all keys of a JSON Lines table are fields of the kind, so that its lines are records. */
bool row_is_record(const struct record_type *type, const struct table_row *header);
/* Reads such a line, filling in source, reference and time where they are missing. */
bool row_decode(const struct record_type *type, struct text source,
                const struct row_context *context, const struct table_row *row, void *record,
                struct row_findings *findings);

/* The line and column that a path of a record (place.town) came from; those of the row when no
 * column fits. */
void row_locate(const struct row_plan *plan, const struct table_row *row, const char *path,
                uint32_t *line, uint32_t *column, struct text *header);

#endif
