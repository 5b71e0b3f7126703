/* What records name, and what is kept beside them: sealed parts, statistics, words. */
#include "verify.h"

#include "../runtime/seal.h"
#include "tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* -- parts kept beside a record ---------------------------------------------------------------- */

struct part {
    uint8_t kind;
    const char *name;
    struct tally *tally; /* of the words */
};

static struct verify_record *check_owner(struct verify *verify, const redisReply *name,
                                         const struct part *part)
{
    uint64_t number;
    struct verify_record *record = NULL;

    verify->references++;
    if (verify_number(name->str, (size_t)name->len, &number))
        record = verify_record(verify, part->kind, number);
    if (record == NULL)
        verify_problem(verify, "left over", "%s of %s %s, which does not exist", part->name,
                       kind_info(part->kind)->name, name->str);
    return record;
}

static void check_sealed(struct verify *verify, const redisReply *name, const redisReply *value,
                         void *arg)
{
    const struct part *part = arg;
    struct verify_record *record = check_owner(verify, name, part);

    if ((size_t)value->len <= SEAL_PRINT_SIZE + SEAL_OVERHEAD)
        verify_problem(verify, "sealed", "%s of %s %s is too short", part->name,
                       kind_info(part->kind)->name, name->str);
    if (record != NULL && strcmp(part->name, "sealed") == 0)
        record->sealed = true;
}

static void check_parts(struct verify *verify, uint8_t kind)
{
    static const char *const parts[] = {"sealed", "statistics"};
    const struct kind_info *info = kind_info(kind);
    char suffix[48];

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct part part = {kind, parts[i], NULL};
        snprintf(suffix, sizeof suffix, ":%s:%s", parts[i], info->name);
        verify_walk(verify, "HSCAN", suffix, check_sealed, &part);
    }
    /* A person has a name, and names are sealed. */
    for (size_t i = 0; i < verify->records[kind].count && !verify->away; i++)
        if (verify->records[kind].items[i].stored.person[0] != '\0' &&
            !verify->records[kind].items[i].sealed)
            verify_problem(verify, "sealed", "%c%" PRIu64 " has lost its sealed part", info->letter,
                           verify->records[kind].items[i].number);
}

/* -- what records name ------------------------------------------------------------------------- */

/* Only of what can be erased is it noted how many name it. */
static bool is_counted(uint8_t kind)
{
    return message_of(OPERATION_ERASE, kind) != MESSAGE_NONE;
}

static void note_uses(struct verify *verify, const struct verify_record *record, char letter,
                      struct tally *uses)
{
    const char *name = NULL;
    size_t size = 0;
    uint64_t id;

    while (verify_next_name(record, &name, &size)) {
        uint8_t kind = id_parse(name, size, &id) ? kind_of_letter(id_letter(id)) : KIND_ABSENT;
        verify->references++;
        if (kind == KIND_ABSENT || verify_record(verify, kind, id_number(id)) == NULL)
            verify_problem(verify, "reference", "%c%" PRIu64 " names %.*s, which does not exist",
                           letter, record->number, (int)size, name);
        else if (is_counted(kind) && !tally_add(uses, name, size))
            verify_problem(verify, "memory", "there is none left");
    }
}

/* Takes a name off the tally, which has it *count times; whether that is what is noted. */
static bool count_is_right(struct tally *tally, const redisReply *name, const redisReply *value,
                           long *count)
{
    const struct tally_item *item = tally_take(tally, name->str);
    uint64_t noted;

    *count = item != NULL ? item->count : 0;
    return *count > 0 && verify_number(value->str, (size_t)value->len, &noted) &&
           noted == (uint64_t)*count;
}

static void check_use(struct verify *verify, const redisReply *name, const redisReply *value,
                      void *arg)
{
    long count;

    if (!count_is_right(arg, name, value, &count))
        verify_problem(verify, "uses", "%s is named %ld times, noted are %s", name->str, count,
                       value->str);
}

static void check_uses(struct verify *verify)
{
    struct tally uses = {.items = NULL};

    for (uint8_t kind = 1; kind < KIND_END; kind++)
        for (size_t i = 0; i < verify->records[kind].count; i++)
            note_uses(verify, &verify->records[kind].items[i], kind_info(kind)->letter, &uses);
    tally_settle(&uses);
    verify_walk(verify, "HSCAN", ":uses", check_use, &uses);
    for (size_t i = 0; i < uses.count && !verify->away; i++)
        if (!uses.items[i].taken)
            verify_problem(verify, "uses", "%s is named %ld times, none is noted",
                           uses.items[i].name, uses.items[i].count);
    tally_clear(&uses);
}

/* -- words ------------------------------------------------------------------------------------- */

static void note_words(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    const struct part *part = arg;

    if (check_owner(verify, name, part) == NULL)
        return;
    for (const char *at = value->str;;) {
        size_t size = strcspn(at, "\n");
        if (size == 0)
            verify_problem(verify, "words", "L%s holds an empty line", name->str);
        else if (!tally_add(part->tally, at, size))
            verify_problem(verify, "memory", "there is none left");
        if (at[size] == '\0')
            break;
        at += size + 1;
    }
}

static void check_word(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    long count;

    if (!count_is_right(arg, name, value, &count))
        verify_problem(verify, "words", "%s are held by %ld learners, counted are %s", name->str,
                       count, value->str);
}

static void check_words(struct verify *verify)
{
    struct tally held = {.items = NULL};
    struct part part = {KIND_LEARNER, "words", &held};

    verify_walk(verify, "HSCAN", ":words:learner", note_words, &part);
    tally_settle(&held);
    verify_walk(verify, "ZSCAN", ":words", check_word, &held);
    for (size_t i = 0; i < held.count && !verify->away; i++)
        if (!held.items[i].taken)
            verify_problem(verify, "words", "%s are held by %ld learners, none is counted",
                           held.items[i].name, held.items[i].count);
    tally_clear(&held);
}

void verify_references(struct verify *verify)
{
    for (uint8_t kind = 1; kind < KIND_END && !verify->away; kind++)
        check_parts(verify, kind);
    if (!verify->away)
        check_uses(verify);
    if (!verify->away)
        verify_parts(verify);
    if (!verify->away)
        check_words(verify);
}
