/* Inside of the reading of rows: what its files share. */
#ifndef PASSERELLE_CLI_IMPORT_ROWS_PARTS_H
#define PASSERELLE_CLI_IMPORT_ROWS_PARTS_H

#include "import_rows.h"

struct row_plan {
    const struct column_map *map;
    const struct table_row *header;
    int column[MAP_RULES_MAX]; /* of each rule; -1: none */
    bool refused[TABLE_COLUMNS_MAX];
};

/* A row on its way to a record. */
struct building {
    const struct row_plan *plan;
    const struct row_context *context;
    const struct table_row *row;
    void *record;
    struct row_findings *findings;
};

/* Counts a finding; when there are too many, what is written to it is lost. Never NULL. */
struct row_finding *finding_add(struct row_findings *findings, bool warning);
/* One of a field that the record's check names. plan may be NULL. */
void finding_of_error(struct row_findings *findings, const struct row_plan *plan,
                      const struct table_row *row, const struct error *error, bool warning);

/* Fills the record from the cells, then from the constants of the map. */
void rules_apply_all(const struct building *building);
/* Takes out of the record what cannot be kept, which is no reason to refuse the row. */
void record_settle(const struct building *building, const struct record_type *type);

#endif
