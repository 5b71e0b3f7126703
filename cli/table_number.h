/* Numbers of a workbook as people see them: dates, times, leading zeros. */
#ifndef PASSERELLE_CLI_TABLE_NUMBER_H
#define PASSERELLE_CLI_TABLE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum number_kind { NUMBER_PLAIN, NUMBER_DATE, NUMBER_TIME };

/* What a number format does, as far as it matters here. */
struct number_format {
    enum number_kind kind;
    uint8_t digits; /* fewest digits: 5 for the format 00000 */
};

/* Of a built-in format. */
struct number_format number_format_builtin(unsigned id);
/* Of a format code such as dd/mm/yyyy or 0#" "##" "##. */
struct number_format number_format_of_code(const char *code);

enum { NUMBER_TEXT_SIZE = 40 };
/* The text of a number: 2026-11-22, 2026-11-22 07:30, 07:30, 01234, 12.5. What is no number comes
 * back as it is, cut. since_1904: the workbook counts days from there. Returns the length. */
size_t number_print(const char *raw, size_t size, struct number_format format, bool since_1904,
                    char out[NUMBER_TEXT_SIZE]);

/* Days since 1970 of a date's serial number. */
int32_t serial_to_days(int64_t serial, bool since_1904);

#endif
