/* A place as people write it, made one that distances can be measured to. */
#ifndef PASSERELLE_RUNTIME_PLACE_RESOLVE_H
#define PASSERELLE_RUNTIME_PLACE_RESOLVE_H

#include "matching/communes.h"
#include "proto/arena.h"
#include "proto/records.h"

/* Writes INSEE code and coordinates into the place, by its code or else its name; what it says
 * itself stays. New texts come from the arena. False when no commune is found: the place is left as
 * it was. */
bool place_resolve(const struct communes *communes, struct place *place, struct arena *arena);

#endif
