/* Ids of skills as other systems write them. */
#ifndef PASSERELLE_MATCHING_FOREIGN_ID_H
#define PASSERELLE_MATCHING_FOREIGN_ID_H

#include <stddef.h>

enum { FOREIGN_ID_SIZE = 64 };

/* The id that a referential gives to the number of a ROME skill ("100341") or the address of an
 * ESCO one. Returns its length; 0, and id is empty, for anything else. */
size_t foreign_id(const char *text, size_t size, char id[FOREIGN_ID_SIZE]);

#endif
