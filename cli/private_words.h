/* Takes telephone numbers, mail addresses and names of people out of a text that others will see.
 */
#ifndef PASSERELLE_CLI_PRIVATE_WORDS_H
#define PASSERELLE_CLI_PRIVATE_WORDS_H

#include "../proto/arena.h"
#include "../proto/field.h"
#include "command.h"

struct private_words;

/* What they are recognised with is the starter catalogue; says on err why there is none. NULL
 * then. */
struct private_words *private_words_create(struct context *context);
void private_words_free(struct private_words *words); /* NULL is fine */

/* The text, each of them replaced by "…", and besides every word of name, who wrote it. The first
 * telephone number and mail address come back apart (empty when there is none). In the arena; NULL
 * data without memory, or when there are too many to take out. */
struct text private_words_hide(struct private_words *words, struct text text, struct text name,
                               struct arena *arena, struct text *phone, struct text *email);

#endif
