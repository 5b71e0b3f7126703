/* The value of a record as the store keeps it, split and unpacked. */
#include "proto/records.h"
#include "runtime/stored.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_parts(const struct stored *stored, const uint8_t *data, size_t size)
{
    const uint8_t *names = (const uint8_t *)stored->names;

    if (names < data || names + stored->names_size > data + size ||
        stored->fields < names + stored->names_size || stored->fields + stored->size != data + size)
        abort();
    if (strlen(stored->reference) > STORED_HASH_SIZE || strlen(stored->person) > STORED_HASH_SIZE ||
        strlen(stored->state) >= sizeof stored->state)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct stored stored;

    if (arena == NULL && (arena = arena_create(1 << 20)) == NULL)
        abort();
    if (!stored_parse(7, (const char *)data, size, &stored))
        return 0;
    check_parts(&stored, data, size);
    arena_reset(arena);
    struct learner *learner = arena_alloc(arena, sizeof *learner);
    if (learner != NULL && stored_decode(&learner_type, PRIVACY_PUBLIC | PRIVACY_MATCHING,
                                         stored.fields, stored.size, learner, arena))
        stored_restore(&stored, &learner_type, learner);
    return 0;
}
