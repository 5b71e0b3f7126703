/* The readers of import_item.h for the parts of a job dating. */
#ifndef PASSERELLE_CLI_IMPORT_ITEM_JOBDATING_H
#define PASSERELLE_CLI_IMPORT_ITEM_JOBDATING_H

#include "import_item.h"

/* "13:30-15:00", "13h30 à 15h". */
enum item_result item_read_window(struct text text, struct arena *arena, void *records,
                                  unsigned *count);
/* A window, the minutes of a slot and those between two: "13:30-17:00 10+4". */
enum item_result item_read_session(struct text text, struct arena *arena, void *records,
                                   unsigned *count);
/* Its name, and what it offers behind it: "A2", "A2 (ground_floor+quiet)". */
enum item_result item_read_table(struct text text, struct arena *arena, void *records,
                                 unsigned *count);
/* The id of an offer, of a helper. */
enum item_result item_read_offer(struct text text, struct arena *arena, void *records,
                                 unsigned *count);
enum item_result item_read_helper(struct text text, struct arena *arena, void *records,
                                  unsigned *count);

#endif
