/* Any bytes are a mail whose texts are UTF-8 within their bounds, or none. */
#include "cli/free_text.h"
#include "proto/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void text_check(struct text text)
{
    if (text.size > FREE_TEXT_MAX || (text.size && !text_is_valid(text.data, text.size)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct free_text text = {.written_ms = 0};
    if (!arena)
        arena = arena_create(8 * 1024 * 1024);
    arena_reset(arena);
    if (free_text_read_mail((const char *)data, size, arena, &text) == TEXT_NONE) {
        text_check(text.subject);
        text_check(text.body);
        text_check(text.name);
        text_check(text.email);
        text_check(text.message_id);
    }
    free_text_read_plain((const char *)data, size, arena, &text);
    text_check(text.body);
    return 0;
}
