/* The parts of job datings: that they are found by the records they are parts of, and that what
 * they name beside the job dating are parts of the same. */
#include "verify.h"

#include "tally.h"

#include <inttypes.h>
#include <string.h>

static bool is_part(uint8_t kind)
{
    return kind == KIND_ATTENDANCE || kind == KIND_REGISTRATION || kind == KIND_HELPER ||
           kind == KIND_MEETING || kind == KIND_TIMETABLE;
}

/* Records by which their parts are found. */
static bool is_owner(uint8_t kind)
{
    return kind == KIND_JOBDATING || kind == KIND_LEARNER || kind == KIND_EMPLOYER ||
           kind == KIND_REGISTRATION || kind == KIND_ATTENDANCE;
}

/* The job dating that a part names first; 0 when it names none. */
static uint64_t whole_of(const struct verify_record *part)
{
    const char *name = NULL;
    size_t size = 0;
    uint64_t id;
    bool there = verify_next_name(part, &name, &size) && id_parse(name, size, &id);

    return there && id_letter(id) == 'J' ? id : 0;
}

struct part {
    uint8_t kind;
    const struct verify_record *record;
    uint64_t whole;
};

static void note_owner(struct verify *verify, const struct part *part, uint64_t id,
                       struct tally *members)
{
    char owner[ID_TEXT_SIZE], member[64];
    uint8_t kind = kind_of_letter(id_letter(id));
    const struct verify_record *other =
        is_part(kind) ? verify_record(verify, kind, id_number(id)) : NULL;

    id_print(id, owner);
    if (other != NULL && whole_of(other) != part->whole)
        verify_problem(verify, "part", "%c%" PRIu64 " names %s of another job dating",
                       kind_info(part->kind)->letter, part->record->number, owner);
    if (!is_owner(kind))
        return;
    int size = snprintf(member, sizeof member, "%s %c%010" PRIu64, owner,
                        kind_info(part->kind)->letter, part->record->number);
    if (!tally_add(members, member, (size_t)size))
        verify_problem(verify, "memory", "there is none left");
}

static void note_part(struct verify *verify, uint8_t kind, const struct verify_record *record,
                      struct tally *members)
{
    const struct part part = {kind, record, whole_of(record)};
    const char *name = NULL;
    size_t size = 0;
    uint64_t id;

    if (part.whole == 0)
        verify_problem(verify, "part", "%c%" PRIu64 " is of no job dating", kind_info(kind)->letter,
                       record->number);
    while (verify_next_name(record, &name, &size))
        if (id_parse(name, size, &id))
            note_owner(verify, &part, id, members);
}

static void check_member(struct verify *verify, const redisReply *name, const redisReply *value,
                         void *arg)
{
    verify->references++;
    if (tally_take(arg, name->str) == NULL || strcmp(value->str, "0") != 0)
        verify_problem(verify, "part", "%s is found, which is not so", name->str);
}

void verify_parts(struct verify *verify)
{
    struct tally members = {.items = NULL};

    for (uint8_t kind = 1; kind < KIND_END; kind++)
        for (size_t i = 0; is_part(kind) && i < verify->records[kind].count; i++)
            note_part(verify, kind, &verify->records[kind].items[i], &members);
    tally_settle(&members);
    verify_walk(verify, "ZSCAN", ":parts", check_member, &members);
    for (size_t i = 0; i < members.count && !verify->away; i++)
        if (!members.items[i].taken)
            verify_problem(verify, "part", "%s is not found", members.items[i].name);
    tally_clear(&members);
}
