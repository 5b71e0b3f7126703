/* The readers of import_item.h that deal with time and money. */
#ifndef PASSERELLE_CLI_IMPORT_ITEM_TIME_H
#define PASSERELLE_CLI_IMPORT_ITEM_TIME_H

#include "import_item.h"

/* "lundi 9h-17h", "lun-ven 9h-12h 14h-18h", "lundi, jeudi de 8h30 à 12h". */
enum item_result item_read_hours(struct text text, struct arena *arena, void *records,
                                 unsigned *count);
/* "3 jours en entreprise / 2 jours à l'école", "1 semaine / 3 semaines"; the company first unless
 * the school is named first. */
enum item_result item_read_rhythm(struct text text, struct arena *arena, void *records,
                                  unsigned *count);
/* "1 801,80 € par mois", "12 €/h", "30-35 k€". */
enum item_result item_read_pay(struct text text, struct arena *arena, void *records,
                               unsigned *count);

#endif
