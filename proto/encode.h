/* Inside of proto/: the fields of a record without the map around them. */
#ifndef PASSERELLE_PROTO_ENCODE_H
#define PASSERELLE_PROTO_ENCODE_H

#include "codec.h"

/* How many pairs record_encode would pack. */
uint32_t record_count_packed(const struct record_type *type, const void *record, unsigned privacy);
bool record_pack_pairs(const struct record_type *type, const void *record, unsigned privacy,
                       msgpack_packer *packer);

/* Packs a text; data is not looked at when size is 0. */
bool pack_text(msgpack_packer *packer, const char *data, size_t size);
bool pack_word(msgpack_packer *packer, const char *word);

#endif
