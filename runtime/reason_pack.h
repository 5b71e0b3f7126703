/* Reasons as maps, for the answers of the daemon and of the commands that need no server: the
 * fields are in proto/PROTOCOL.md, Answers. */
#ifndef PASSERELLE_RUNTIME_REASON_PACK_H
#define PASSERELLE_RUNTIME_REASON_PACK_H

#include "matching/reason.h"
#include "proto/records.h"

#include <msgpack.h>

/* Skills and roles come with their labels in both languages, so that a reader need not know the
 * catalogue. record is the offer's, whose words nobody recognised are told. */
void reason_pack(msgpack_packer *packer, const struct reason *reason,
                 const struct referential *referential, const struct offer *record);

#endif
