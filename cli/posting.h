/* An offer as others publish it, read from a JSON object: France Travail's *offres d'emploi* v2, or
 * a JobPosting of schema.org. Pure: what depends on the day is passed in. */
#ifndef PASSERELLE_CLI_POSTING_H
#define PASSERELLE_CLI_POSTING_H

#include "../proto/records.h"
#include "import_rows.h"

#include <jansson.h>

enum posting_form { POSTING_NONE, POSTING_FRANCE_TRAVAIL, POSTING_SCHEMA_ORG };
enum posting_form posting_form_of(const json_t *object);

struct posting {
    const struct row_context *context;
    struct text source;  /* where the object does not tell it */
    struct offer *offer; /* zeroed before */
    struct row_findings *findings;
    uint32_t line, column; /* of the object */
    const char *path;      /* of the object in its file, such as resultats[3]; may be empty */
    bool overfull;         /* it was told that more is required than an offer holds */
};

/* Fills the offer. Texts point into the object or the arena. False when it is refused. Findings
 * name the member at fault as header, such as resultats[3].salaire.libelle. */
bool posting_read(struct posting *posting, const json_t *object);

/* -- for the forms ----------------------------------------------------------------------------- */

void posting_read_francetravail(struct posting *posting, const json_t *object);
void posting_read_schema_org(struct posting *posting, const json_t *object);

/* A member along a path such as salaire.libelle: a text without spaces around, or a number or
 * boolean as text; empty when absent. Of a list, the first. */
struct text posting_text(const struct posting *posting, const json_t *object, const char *path);
/* A member along a path; NULL when absent or null. */
const json_t *posting_member(const json_t *object, const char *path);

/* Fills a field of the offer (place.town one inside) from a text as a cell of a table would; empty
 * texts fill nothing. What is wrong is a finding that names `from`; a value that cannot be read is
 * left out. */
void posting_fill(struct posting *posting, const char *field, struct text text, const char *from);
/* An address cut short leads nowhere: one that is too long is left out. */
void posting_fill_url(struct posting *posting, struct text url, const char *from);
/* The same with a text that is made of others; without memory the offer is refused. */
void posting_fill_format(struct posting *posting, const char *field, const char *from,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds a skill that is asked for: a skill id (or empty) and its words. */
void posting_require(struct posting *posting, struct text skill, struct text words, bool required,
                     const char *from);
/* ISO 8601, a date or a time with or without zone (UTC then), as ms; false when it is none. */
bool posting_time(struct text text, int64_t *ms);
/* Refuses the offer: memory has run out. */
void posting_no_memory(struct posting *posting);

#endif
