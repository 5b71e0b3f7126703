#include "workers/match/tenure_parts.h"

#include "proto/codec.h"
#include "runtime/fault.h"
#include "runtime/stored.h"

#include <stdio.h>
#include <string.h>

#ifdef PASSERELLE_FAULTS
enum { PAIRS_AT_ONCE = 20 }; /* so that the lists of a small test come in several parts */
#else
enum { PAIRS_AT_ONCE = 2000 };
#endif
enum { HEAD = 10 };

static void write_part(struct tenure *tenure);

static void on_written(struct tenure *tenure, const redisReply *reply)
{
    const char *answer =
        reply->elements > 0 && reply->element[0]->str != NULL ? reply->element[0]->str : "";

    if (strcmp(answer, "ok") != 0 && strcmp(answer, "again") != 0) {
        /* Or another model has come while it loaded: then the slot is still ours to give back. */
        tenure_excuse(tenure, "the lease was lost");
        return;
    }
    FAULT_POINT("lists-written");
    if (!tenure->moving) {
        FAULT_POINT("lists-part-written");
        write_part(tenure);
        return;
    }
    tenure->cursor = tenure->reached;
    wanted_clear(&tenure->changed);
    tenure->after_written(tenure);
}

/* Adds name and packed list of one changed list; the arena holds both until they are sent. */
static bool add_pair(struct tenure *tenure, uint64_t id, const char **argv, size_t *sizes)
{
    char *name = arena_alloc(tenure->arena, ID_TEXT_SIZE);
    uint8_t packed[BOARD_SHOWN * LIST_ENTRY_SIZE];

    if (name == NULL)
        return false;
    id_print(id, name);
    sizes[1] = board_pack(tenure->board, id_letter(id), id_number(id), packed);
    argv[0] = name;
    sizes[0] = strlen(name);
    argv[1] = arena_copy(tenure->arena, (const char *)packed, sizes[1]);
    return argv[1] != NULL;
}

/* One call: the head, then at most PAIRS_AT_ONCE lists. The last part moves the cursor. */
static void write_part(struct tenure *tenure)
{
    struct wanted *changed = &tenure->changed;
    size_t left = changed->count - changed->taken;
    size_t pairs = left < PAIRS_AT_ONCE ? left : PAIRS_AT_ONCE;
    char slot[12], from[24], to[24];

    tenure->moving = pairs == left;
    arena_reset(tenure->arena);
    const char **argv = arena_alloc(tenure->arena, (HEAD + 2 * pairs) * sizeof *argv);
    size_t *sizes = arena_alloc(tenure->arena, (HEAD + 2 * pairs) * sizeof *sizes);
    if (argv == NULL || sizes == NULL) {
        tenure_end(tenure, "out of memory");
        return;
    }
    snprintf(slot, sizeof slot, "%u", tenure->lease.slot);
    snprintf(from, sizeof from, "%lld", (long long)tenure->cursor);
    snprintf(to, sizeof to, "%lld", (long long)(tenure->moving ? tenure->reached : tenure->cursor));
    const char *const head[HEAD] = {"FCALL",
                                    "slot_commit",
                                    "1",
                                    tenure->lease.key,
                                    tenure->options.worker,
                                    slot,
                                    tenure->lease.epoch,
                                    from,
                                    to,
                                    tenure->lease.model};
    for (int i = 0; i < HEAD; i++) {
        argv[i] = head[i];
        sizes[i] = strlen(head[i]);
    }
    for (size_t i = 0; i < pairs; i++) {
        if (!add_pair(tenure, changed->ids[changed->taken + i], argv + HEAD + 2 * i,
                      sizes + HEAD + 2 * i)) {
            tenure_end(tenure, "out of memory");
            return;
        }
    }
    changed->taken += pairs;
    FAULT_POINT("lists-ready");
    tenure_send(tenure, on_written, (int)(HEAD + 2 * pairs), argv, sizes);
}

void tenure_write(struct tenure *tenure, void (*after)(struct tenure *tenure))
{
    uint64_t number;
    char letter;

    while (board_next_changed(tenure->board, &letter, &number)) {
        uint64_t id = id_make(letter, number);
        struct roster_entry *entry = roster_find(tenure->roster, id);
        if (entry != NULL && entry->stored) {
            entry->stored = false; /* right in the store when it was loaded; not from now on */
            continue;
        }
        if (!wanted_add(&tenure->changed, id)) {
            tenure_end(tenure, "out of memory");
            return;
        }
    }
    wanted_sort(&tenure->changed);
    tenure->after_written = after;
    if (tenure->changed.count == 0 && tenure->cursor == tenure->reached)
        after(tenure);
    else
        write_part(tenure);
}
