/* Single values as people write them in a cell, in French or English. Texts are trimmed and not
 * empty. Each function returns false for what it cannot read; outputs are then unchanged. */
#ifndef PASSERELLE_CLI_IMPORT_VALUE_H
#define PASSERELLE_CLI_IMPORT_VALUE_H

#include "../proto/arena.h"
#include "../proto/field.h"

struct text text_of_string(const char *string);
/* Words in their normal form (matching/words.h), NUL-terminated, cut to the capacity. */
enum { VALUE_WORDS_SIZE = 200 };
size_t value_words(struct text text, char words[VALUE_WORDS_SIZE]);

enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST };
/* 31/12/2004, 31-12-04, 31.12.2004, 2004-12-31, 31 décembre 2004, 20041231, or the serial number
 * of a spreadsheet (38352). Two digits of a year are those of the century before latest's year
 * plus ten. A time behind the date is left aside. */
bool value_date(struct text text, enum date_order order, int32_t latest, int32_t *days);

/* A number with a decimal comma or point, spaces between thousands and a unit behind ("1 801,80 €",
 * "30 km", "-1.5"), times scale, rounded. */
bool value_number(struct text text, int64_t scale, int64_t *number);
/* oui, non, yes, no, vrai, faux, true, false, x, 1, 0. */
bool value_yes(struct text text, bool *yes);
/* A length of time in months: "3 An(s)", "6 Mois", "18", "2 ans et demi", "Débutant accepté" (0).
 */
bool value_months(struct text text, int64_t *months);
/* A length of time in minutes: "35", "35h", "35 h 30", "35:30", "24,5". */
bool value_minutes(struct text text, int64_t *minutes);
/* A time of day in minutes since midnight: "9h", "9h30", "09:30", "9". */
bool value_clock(struct text text, int32_t *minutes);

/* A postcode whose leading zero a spreadsheet took, or whose digits are spaced: five digits. What
 * is no French postcode comes back as it is. From the arena; NULL data without memory. */
struct text value_postcode(struct text text, struct arena *arena);
/* A telephone number without dots and dashes; the zero a spreadsheet took is put back. */
struct text value_phone(struct text text, struct arena *arena);
/* An identifier of France Travail, with the zeros a spreadsheet took. */
struct text value_francetravail(struct text text, struct arena *arena);

#endif
