/* Names of communes as the post prints them, made readable. */
#ifndef PASSERELLE_CLI_COMMUNE_NAME_H
#define PASSERELLE_CLI_COMMUNE_NAME_H

#include <stddef.h>

enum { COMMUNE_NAME_SIZE = 128 };

/* "ST DIDIER SOUS AUBENAS" → "Saint-Didier-sous-Aubenas", "L HAY LES ROSES" → "L'Hay-les-Roses",
 * "PARIS 09" → "Paris 9e Arrondissement". Accents, which the post leaves out, do not come back; a
 * name with small letters stays as it is. */
void commune_name_spell(const char *name, char spelt[COMMUNE_NAME_SIZE]);

#endif
