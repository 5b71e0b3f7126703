/* Words of cells that stand for the values of closed lists, in French and English. */
#ifndef PASSERELLE_CLI_IMPORT_WORDS_H
#define PASSERELLE_CLI_IMPORT_WORDS_H

#include "../proto/field.h"

/* The choice that a text names: by its wire name, or by usual words, which may be followed by
 * others ("CDD de 6 mois"). 0 when it names none. */
unsigned words_choice(const struct choices *choices, struct text text);

/* "débutant", "autonome", "3", "3/4" … as a level of 1 to 4; 0 when it is none. */
unsigned words_level(struct text text);

/* The ISO 639-1 code of a language named at the start of a text ("anglais courant"), and how many
 * bytes of the text name it. NULL when none is. */
const char *words_language(struct text text, uint32_t *size);

/* The bytes of a text before its word of that number, from 0; all of it when there are fewer. */
uint32_t words_before(struct text text, unsigned word);

#endif
