/* What the codec and the checks share about single values. */
#ifndef PASSERELLE_PROTO_TEXT_H
#define PASSERELLE_PROTO_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8 without NUL. */
bool text_is_valid(const char *data, size_t size);

/* Whether a value has a wire form. */
bool date_is_valid(int32_t days);
bool time_is_valid(int64_t ms);
bool clock_is_valid(int32_t minutes);
bool id_is_valid(uint64_t id);

#endif
