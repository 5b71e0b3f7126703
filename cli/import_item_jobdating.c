#include "import_item_jobdating.h"

#include "../proto/codec.h"
#include "../proto/records.h"
#include "import_value.h"
#include "import_words.h"

#include <ctype.h>
#include <string.h>

static void skip(struct text *rest, uint32_t size)
{
    rest->data += size;
    rest->size -= size;
}

static void skip_spaces(struct text *rest)
{
    while (rest->size > 0 && isspace((unsigned char)rest->data[0]))
        skip(rest, 1);
}

/* -- times of day ------------------------------------------------------------------------------ */

static bool take_clock(struct text *rest, int32_t *minutes)
{
    struct text clock = {rest->data, 0};
    while (clock.size < rest->size && (isdigit((unsigned char)rest->data[clock.size]) ||
                                       strchr("hH:", rest->data[clock.size]) != NULL))
        clock.size++;
    skip(rest, clock.size);
    return clock.size > 0 && value_clock(clock, minutes);
}

/* What stands between two times: a dash of any kind, "à", "to". */
static bool take_joiner(struct text *rest)
{
    static const char *const joiners[] = {"-", "–", "à", "to", "a"};
    skip_spaces(rest);
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++) {
        uint32_t size = (uint32_t)strlen(joiners[i]);
        if (rest->size > size && memcmp(rest->data, joiners[i], size) == 0) {
            skip(rest, size);
            skip_spaces(rest);
            return true;
        }
    }
    return false;
}

static bool take_window(struct text *rest, int32_t *from, int32_t *to)
{
    skip_spaces(rest);
    bool whole = take_clock(rest, from) && take_joiner(rest) && take_clock(rest, to);
    skip_spaces(rest);
    return whole;
}

enum item_result item_read_window(struct text text, struct arena *arena, void *records,
                                  unsigned *count)
{
    (void)arena;
    struct window *window = records;
    if (!take_window(&text, &window->from, &window->to) || text.size > 0)
        return ITEM_UNKNOWN;
    window->has.from = window->has.to = true;
    *count = 1;
    return ITEM_READ;
}

static bool take_minutes(struct text *rest, int64_t *minutes)
{
    unsigned digits = 0;
    *minutes = 0;
    for (; rest->size > 0 && isdigit((unsigned char)rest->data[0]) && digits < 4; digits++) {
        *minutes = *minutes * 10 + (rest->data[0] - '0');
        skip(rest, 1);
    }
    return digits > 0;
}

enum item_result item_read_session(struct text text, struct arena *arena, void *records,
                                   unsigned *count)
{
    (void)arena;
    struct session *session = records;
    if (!take_window(&text, &session->from, &session->to) ||
        !take_minutes(&text, &session->slot_minutes))
        return ITEM_UNKNOWN;
    if (text.size > 0 && text.data[0] == '+') {
        skip(&text, 1);
        if (!take_minutes(&text, &session->changeover_minutes))
            return ITEM_UNKNOWN;
        session->has.changeover_minutes = true;
    }
    if (text.size > 0)
        return ITEM_UNKNOWN;
    session->has.from = session->has.to = session->has.slot_minutes = true;
    *count = 1;
    return ITEM_READ;
}

/* -- tables ------------------------------------------------------------------------------------ */

/* Features behind each other, with a plus between two. */
static bool features_read(struct text text, struct table *table)
{
    const struct choices *needs = field_of_name(&table_type, "features", 8, 0)->choices;
    while (text.size > 0) {
        const char *plus = memchr(text.data, '+', text.size);
        uint32_t size = plus != NULL ? (uint32_t)(plus - text.data) : text.size;
        unsigned need = words_choice(needs, (struct text){text.data, size});
        if (need == 0)
            return false;
        table->features |= CHOICE_BIT(need);
        table->has.features = true;
        skip(&text, size + (plus != NULL));
    }
    return true;
}

enum item_result item_read_table(struct text text, struct arena *arena, void *records,
                                 unsigned *count)
{
    (void)arena;
    struct table *table = records;
    const char *open = memchr(text.data, '(', text.size);
    struct text name = {text.data, open != NULL ? (uint32_t)(open - text.data) : text.size};
    while (name.size > 0 && isspace((unsigned char)name.data[name.size - 1]))
        name.size--;
    if (name.size == 0)
        return ITEM_UNKNOWN;
    if (open != NULL) {
        struct text features = {open + 1, text.size - (uint32_t)(open + 1 - text.data)};
        if (features.size == 0 || features.data[--features.size] != ')' ||
            !features_read(features, table))
            return ITEM_UNKNOWN;
    }
    table->name = name;
    table->has.name = true;
    *count = 1;
    return ITEM_READ;
}

/* -- ids --------------------------------------------------------------------------------------- */

enum item_result item_read_offer(struct text text, struct arena *arena, void *records,
                                 unsigned *count)
{
    (void)arena;
    struct offer_brought *brought = records;
    if (!id_parse(text.data, text.size, &brought->offer) || id_letter(brought->offer) != 'O')
        return ITEM_UNKNOWN;
    brought->has.offer = true;
    *count = 1;
    return ITEM_READ;
}

enum item_result item_read_helper(struct text text, struct arena *arena, void *records,
                                  unsigned *count)
{
    (void)arena;
    struct helper_needed *needed = records;
    if (!id_parse(text.data, text.size, &needed->helper) || id_letter(needed->helper) != 'H')
        return ITEM_UNKNOWN;
    needed->has.helper = true;
    *count = 1;
    return ITEM_READ;
}
