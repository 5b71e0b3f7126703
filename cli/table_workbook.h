/* What an .xlsx workbook says outside its sheets: which sheet to read, shared texts, formats. */
#ifndef PASSERELLE_CLI_TABLE_WORKBOOK_H
#define PASSERELLE_CLI_TABLE_WORKBOOK_H

#include "table_number.h"
#include "table_xml.h"

struct workbook;

/* Reads the parts; wanted names a sheet, or is empty. NULL with the problem. The archive stays the
 * caller's. */
struct workbook *workbook_read(zip_t *zip, const char *wanted, struct table_problem *problem);
void workbook_free(struct workbook *workbook); /* NULL is fine */

const char *workbook_sheet_path(const struct workbook *workbook);
bool workbook_since_1904(const struct workbook *workbook);
/* A shared text; false when there is none of that number. */
bool workbook_text(const struct workbook *workbook, uint64_t index, const char **data,
                   size_t *size);
/* The number format of a cell's style. */
struct number_format workbook_format(const struct workbook *workbook, uint64_t style);

#endif
