/* JSON text: refused, or the same bytes after a journey to msgpack and back. */
#include "proto/codec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_create(4 << 20);
    arena_reset(arena);
    struct errors errors = {0};
    size_t wire_size = 0, again_size = 0;
    const uint8_t *wire = json_to_wire((const char *)data, size, arena, &wire_size, &errors);
    if ((errors.total == 0) != (wire != NULL))
        abort();
    if (!wire)
        return 0;
    const msgpack_object *tree = wire_unpack(wire, wire_size, arena, &errors);
    if (!tree)
        abort();
    char *json = wire_to_json(tree, data[size - 1] & 1);
    if (!json)
        abort();
    const uint8_t *again = json_to_wire(json, strlen(json), arena, &again_size, &errors);
    bool small = strlen(json) <= JSON_REQUEST_MAX;
    if (small && (!again || again_size != wire_size || memcmp(wire, again, wire_size) != 0))
        abort();
    free(json);
    return 0;
}
