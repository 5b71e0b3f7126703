#include "runtime/place_resolve.h"

#include <string.h>

static const char *string_of(bool present, struct text text, struct arena *arena)
{
    const char *string = present ? arena_copy(arena, text.data, text.size) : "";
    return string != NULL ? string : "";
}

static bool commune_find(const struct communes *communes, const struct place *place,
                         struct arena *arena, struct commune *found)
{
    if (place->has.commune)
        return communes_by_code(communes, place->commune.data, place->commune.size, found);
    return place->has.town &&
           communes_by_name(communes, place->town.data, place->town.size,
                            string_of(place->has.postcode, place->postcode, arena),
                            string_of(place->has.department, place->department, arena), found);
}

bool place_resolve(const struct communes *communes, struct place *place, struct arena *arena)
{
    struct commune found;

    if (!commune_find(communes, place, arena, &found))
        return false;
    if (!place->has.commune) {
        const char *code = arena_copy(arena, found.code, strlen(found.code));
        if (code != NULL) {
            place->commune = (struct text){code, (uint32_t)strlen(code)};
            place->has.commune = true;
        }
    }
    if (!place->has.latitude || !place->has.longitude) {
        place->latitude = found.latitude;
        place->longitude = found.longitude;
        place->has.latitude = place->has.longitude = true;
    }
    return true;
}
