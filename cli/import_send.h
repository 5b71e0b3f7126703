/* Sends the records of an import, several at a time, and takes their answers in. */
#ifndef PASSERELLE_CLI_IMPORT_SEND_H
#define PASSERELLE_CLI_IMPORT_SEND_H

#include "import_journal.h"
#include "import_report.h"

struct sender;

/* client NULL: nothing is sent, the records are counted. What is given outlives the sender. NULL
 * without memory. */
struct sender *sender_create(struct client *client, struct import_report *report, uint8_t kind);
void sender_free(struct sender *sender); /* NULL is fine */

/* A file begins: its records are requests of that run of the journal (NULL: nothing is sent). */
void sender_begin(struct sender *sender, const struct journal *journal);
/* Waits for the answers of the file. */
void sender_end(struct sender *sender);
/* The server no longer answers; memory has run out. The rest is then not taken. */
bool sender_away(const struct sender *sender);
bool sender_no_memory(const struct sender *sender);

/* Waits until another row may begin (import_report_row_begin). */
void sender_make_room(struct sender *sender);
/* Sends the record of the row in hand, unless it repeats one before it in the file. draft: it is an
 * offer that came as text. */
void sender_take(struct sender *sender, const void *record, bool draft,
                 const struct import_place *place);

#endif
