#include "table_number.h"

#include "../proto/codec.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct number_format number_format_builtin(unsigned id)
{
    bool date =
        (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    bool time = (id >= 18 && id <= 21) || (id >= 45 && id <= 47);
    return (struct number_format){date ? NUMBER_DATE : time ? NUMBER_TIME : NUMBER_PLAIN, 0};
}

/* Copies the letters and digits that matter: without quoted texts, brackets and escapes. */
static void code_strip(const char *code, char *out, size_t capacity)
{
    size_t length = 0;
    for (; *code && *code != ';' && length + 1 < capacity; code++) {
        if (*code == '"' || *code == '[') {
            const char *end = strchr(code + 1, *code == '[' ? ']' : '"');
            if (!end)
                break;
            code = end;
        } else if (*code == '\\' || *code == '_' || *code == '*') {
            if (!*++code)
                break;
        } else if (*code != ' ') {
            out[length++] = *code;
        }
    }
    out[length] = 0;
}

struct number_format number_format_of_code(const char *code)
{
    struct number_format format = {NUMBER_PLAIN, 0};
    if (strncasecmp(code, "general", 7) == 0 || strncasecmp(code, "standard", 8) == 0)
        return format;
    char plain[128];
    code_strip(code, plain, sizeof plain);
    if (strpbrk(plain, "yYdD"))
        format.kind = NUMBER_DATE;
    else if (strpbrk(plain, "hHsS"))
        format.kind = NUMBER_TIME;
    else if (strpbrk(plain, "mM"))
        format.kind = NUMBER_DATE;
    else if (plain[0] && strspn(plain, "0#") == strlen(plain)) {
        const char *zero = strchr(plain, '0');
        size_t digits = zero ? strlen(zero) : 0;
        format.digits = (uint8_t)(digits < 20 ? digits : 20);
    }
    return format;
}

int32_t serial_to_days(int64_t serial, bool since_1904)
{
    if (since_1904)
        return (int32_t)(serial - 24107);
    /* serial 60 is 29 February 1900, which never was */
    return (int32_t)(serial < 60 ? serial - 25568 : serial - 25569);
}

static double number_parse(const char *raw, const char **end)
{
    static locale_t plain;
    if (!plain)
        plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    char *stop;
    double value = plain ? strtod_l(raw, &stop, plain) : strtod(raw, &stop);
    *end = stop;
    return value;
}

static int moment_print(double value, bool since_1904, char out[NUMBER_TEXT_SIZE])
{
    int64_t minutes = (int64_t)(value * 1440 + 0.5);
    int clock = (int)(minutes % 1440);
    if (value < 1)
        return snprintf(out, NUMBER_TEXT_SIZE, "%02d:%02d", clock / 60, clock % 60);
    char date[DATE_TEXT_SIZE];
    date_print(serial_to_days(minutes / 1440, since_1904), date);
    if (clock == 0)
        return snprintf(out, NUMBER_TEXT_SIZE, "%s", date);
    return snprintf(out, NUMBER_TEXT_SIZE, "%s %02d:%02d", date, clock / 60, clock % 60);
}

static int plain_print(double value, unsigned digits, char out[NUMBER_TEXT_SIZE])
{
    bool small = value > -1e15 && value < 1e15;
    if (small && value == (double)(int64_t)value)
        return snprintf(out, NUMBER_TEXT_SIZE, "%0*lld", (int)digits, (long long)value);
    int length = snprintf(out, NUMBER_TEXT_SIZE, "%.15g", value);
    char *comma = strchr(out, ',');
    if (comma)
        *comma = '.';
    return length;
}

size_t number_print(const char *raw, size_t size, struct number_format format, bool since_1904,
                    char out[NUMBER_TEXT_SIZE])
{
    if (size >= NUMBER_TEXT_SIZE)
        size = NUMBER_TEXT_SIZE - 1;
    memcpy(out, raw, size);
    out[size] = 0;
    const char *end;
    double value = number_parse(out, &end);
    if (size == 0 || *end || !(value > -1e300 && value < 1e300))
        return size;
    enum { SERIAL_MAX = 2958465 }; /* 31 December 9999 */
    int length;
    if (format.kind != NUMBER_PLAIN && value >= 0 && value <= SERIAL_MAX)
        length = moment_print(value, since_1904, out);
    else
        length = plain_print(value, format.digits, out);
    return (size_t)length;
}
