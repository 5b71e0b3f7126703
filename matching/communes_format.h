/* The records of a file of communes; the container is described in sections.h. */
#ifndef PASSERELLE_MATCHING_COMMUNES_FORMAT_H
#define PASSERELLE_MATCHING_COMMUNES_FORMAT_H

#include "entries.h"

#define COMMUNES_MAGIC "PSLCOM\0\1"
enum { COMMUNE_CODE_LENGTH = 5, LATITUDE_MAX = 90000000, LONGITUDE_MAX = 180000000 };

enum communes_section {
    COMMUNES_STRINGS,
    COMMUNES_RECORDS,    /* by code */
    COMMUNES_POSTCODES,  /* uint32_t, slices of the communes */
    COMMUNES_NAMES,      /* entries: normal form of a name (place_name.h) to its group */
    COMMUNES_NAME_SLOTS, /* of those */
    COMMUNES_GROUPS,     /* who has a name */
    COMMUNES_HOLDERS,    /* slices of the groups, by commune */
    COMMUNES_SECTION_COUNT
};

struct commune_record {
    uint32_t code, name; /* offsets into the strings */
    int32_t latitude, longitude;
    uint32_t postcodes_start, postcodes_count;
};
struct name_group {
    uint32_t start, count; /* count > 0 */
};
struct name_holder {
    uint32_t commune;
    uint32_t primary; /* 1: its own name, 0: another one, such as that of a part of it */
};

extern const uint32_t communes_item_sizes[COMMUNES_SECTION_COUNT];

#endif
