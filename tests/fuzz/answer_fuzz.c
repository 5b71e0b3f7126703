/* Any answer can be shown: as a record of each kind, as a match, as a reason, in both languages. */
#include "cli/match_view.h"
#include "cli/reason_words.h"
#include "cli/record_words.h"
#include "cli/tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void show(const struct context *context, const msgpack_object *tree)
{
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++)
        record_print(context->out, &context->terminal, NULL, kind_info(kind)->record, tree, 0);
    match_print(context, tree, 1);
    free(reason_in_words(tree));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct context context;
    static struct arena *arena;
    if (arena == NULL) {
        arena = arena_create(4 * 1024 * 1024);
        context.out = fopen("/dev/null", "w");
        context.terminal = (struct terminal){true, 40};
    }
    arena_reset(arena);
    struct errors errors = {.count = 0};
    const msgpack_object *tree = wire_unpack(data, size, arena, &errors);
    if (tree == NULL)
        return 0;
    texts_speak(size % 2 == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH);
    show(&context, tree);
    return 0;
}
