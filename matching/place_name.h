/* The normal form in which names of communes are compared. */
#ifndef PASSERELLE_MATCHING_PLACE_NAME_H
#define PASSERELLE_MATCHING_PLACE_NAME_H

#include <stddef.h>

enum { PLACE_NAME_SIZE = 128, POSTCODE_SIZE = 6 };

/* "St-Didier s/ Aubenas" → "saint didier sur aubenas", "Le Teil" → "teil", "Paris 9e
 * Arrondissement" and "PARIS 09" → "paris 9", "Lyon Cedex 03" and "Lyon (Rhône)" → "lyon".
 * Takes a postcode found among the words out, into postcode (else ""). Returns the length. */
size_t place_name_normalise(const char *name, size_t size, char normal[PLACE_NAME_SIZE],
                            char postcode[POSTCODE_SIZE]);

#endif
