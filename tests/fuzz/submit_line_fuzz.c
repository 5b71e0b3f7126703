/* Any line becomes a request that keeps to the limits, or is refused with a reason. */
#include "cli/client.h"
#include "cli/submit_line.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static bool resolve(void *data, uint8_t kind, const char *name, uint64_t *id)
{
    (void)data;
    *id = kind == KIND_ABSENT ? 0 : id_make(kind_info(kind)->letter, 7);
    return *id != 0 && *name != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_create(1024 * 1024);
    arena_reset(arena);
    struct submit_settings settings = {
        .territory = "demo", .today = 20779, .stable_ids = size % 2 == 0, .resolve = resolve};
    struct submission submission;
    struct errors errors = {.count = 0}, none = {.count = 0};
    if (!submit_line_read((const char *)data, size, &settings, arena, &submission, &errors)) {
        check(errors.total > 0);
        return 0;
    }
    check(errors.total == 0);
    check(submission.id.size > 0 && submission.id.size <= CLIENT_REQUEST_ID_MAX);
    check(message_info(submission.type)->operation != OPERATION_NONE);
    check(submission.size <= WIRE_REQUEST_MAX &&
          wire_scan(submission.bytes, submission.size, &none));
    return 0;
}
