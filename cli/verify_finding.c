/* Whatever leads to a record: its kind's bitmap, its reference, its person, the words of an
 * attachment. Each must lead to one that says the same, and each record must be led to. */
#include "verify.h"

#include "../matching/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* -- numbers ----------------------------------------------------------------------------------- */

static void check_listed(struct verify *verify, uint8_t kind, uint64_t number)
{
    struct verify_record *record = verify_record(verify, kind, number);

    if (record != NULL)
        record->listed = true;
    else
        verify_problem(verify, "listing", "%c%" PRIu64 " is listed, but does not exist",
                       kind_info(kind)->letter, number);
}

/* The highest bit of a byte stands for the lowest number. */
static void take_bits(struct verify *verify, uint8_t kind, uint64_t first, const redisReply *bytes)
{
    for (size_t i = 0; i < (size_t)bytes->len; i++)
        for (unsigned bit = 0; bit < 8 && bytes->str[i] != 0; bit++)
            if ((uint8_t)bytes->str[i] & 0x80 >> bit)
                check_listed(verify, kind, first + i * 8 + bit);
}

static void check_ids(struct verify *verify, uint8_t kind)
{
    enum { BYTES_AT_ONCE = 1 << 16 };
    struct verify_records *records = &verify->records[kind];
    char suffix[40], range[64];

    snprintf(suffix, sizeof suffix, ":ids:%s", kind_info(kind)->name);
    for (uint64_t from = 0;; from += BYTES_AT_ONCE) {
        snprintf(range, sizeof range, "%" PRIu64 " %" PRIu64, from, from + BYTES_AT_ONCE - 1);
        redisReply *reply = verify_ask(verify, REDIS_REPLY_STRING, "GETRANGE", suffix, range);
        if (reply == NULL)
            return;
        size_t size = (size_t)reply->len;
        take_bits(verify, kind, from * 8, reply);
        freeReplyObject(reply);
        if (size < BYTES_AT_ONCE)
            break;
    }
    for (size_t i = 0; i < records->count; i++)
        if (!records->items[i].listed)
            verify_problem(verify, "listing", "%c%" PRIu64 " is not listed",
                           kind_info(kind)->letter, records->items[i].number);
}

/* -- references and people --------------------------------------------------------------------- */

static void check_reference(struct verify *verify, const char *name, const redisReply *value)
{
    uint8_t kind = kind_of_letter(name[0]);
    uint64_t number;
    struct verify_record *record = NULL;

    if (verify_number(value->str, (size_t)value->len, &number))
        record = verify_record(verify, kind, number);
    if (record == NULL)
        verify_problem(verify, "reference", "of %c%s, which does not exist", name[0], value->str);
    else if (strcmp(record->stored.reference, name + 1) != 0)
        verify_problem(verify, "reference", "%c%" PRIu64 " is found by another one than its own",
                       name[0], number);
    else
        record->found = true;
}

static void check_learner(struct verify *verify, const char *person, const char *text, size_t size)
{
    uint64_t number;
    struct verify_record *record = NULL;

    verify->references++;
    if (verify_number(text, size, &number))
        record = verify_record(verify, KIND_LEARNER, number);
    if (record == NULL || strcmp(record->stored.person, person) != 0)
        verify_problem(verify, "person", "L%.*s is noted under another person", (int)size, text);
    else if (record->found_person)
        verify_problem(verify, "person", "L%" PRIu64 " is noted twice", number);
    else
        record->found_person = true;
}

static void check_found(struct verify *verify, const redisReply *name, const redisReply *value,
                        void *arg)
{
    const size_t hash = STORED_HASH_SIZE;
    bool is_reference =
        (size_t)name->len == hash + 1 && kind_of_letter(name->str[0]) != KIND_ABSENT;
    const char *digits = name->str + is_reference;

    (void)arg;
    if ((!is_reference && (size_t)name->len != hash) ||
        strspn(digits, "0123456789abcdef") != hash) {
        verify_problem(verify, "find", "%s is neither a reference nor a person", name->str);
        return;
    }
    if (is_reference) {
        verify->references++;
        check_reference(verify, name->str, value);
        return;
    }
    for (const char *at = value->str;;) {
        size_t size = strcspn(at, ",");
        check_learner(verify, name->str, at, size);
        if (at[size] == '\0')
            break;
        at += size + 1;
    }
}

/* How many learners are the same person; beyond a bound they are not noted. */
static unsigned count_person(const struct verify *verify, const char *person)
{
    const struct verify_records *learners = &verify->records[KIND_LEARNER];
    unsigned count = 0;

    for (size_t i = 0; i < learners->count; i++)
        count += strcmp(learners->items[i].stored.person, person) == 0;
    return count;
}

static void check_all_found(struct verify *verify)
{
    enum { PERSON_MAX = 256 };

    for (uint8_t kind = 1; kind < KIND_END; kind++) {
        for (size_t i = 0; i < verify->records[kind].count; i++) {
            const struct verify_record *record = &verify->records[kind].items[i];
            char letter = kind_info(kind)->letter;
            if (!record->found)
                verify_problem(verify, "reference", "%c%" PRIu64 " cannot be found by its own",
                               letter, record->number);
            if (kind == KIND_ATTACHMENT && !record->found_words)
                verify_problem(verify, "attachment", "%c%" PRIu64 " cannot be found by its words",
                               letter, record->number);
            if (record->stored.person[0] != '\0' && !record->found_person &&
                count_person(verify, record->stored.person) <= PERSON_MAX)
                verify_problem(verify, "person", "%c%" PRIu64 " is not noted under its own", letter,
                               record->number);
        }
    }
}

/* -- attachments ------------------------------------------------------------------------------- */

/* Whether the record is of those words, in normal form, and that skill. */
static bool says(const struct verify_record *record, const redisReply *words, const char *skill,
                 struct arena *arena)
{
    char normal[WORDS_NORMAL_SIZE];
    struct attachment *fields;

    arena_reset(arena);
    fields = arena_alloc(arena, sizeof *fields);
    if (fields == NULL || !stored_decode(&attachment_type, PRIVACY_PUBLIC | PRIVACY_MATCHING,
                                         record->stored.fields, record->stored.size, fields, arena))
        return false;
    words_normalise(fields->words.data, fields->words.size, normal, sizeof normal);
    return strcmp(normal, words->str) == 0 && strlen(skill) == fields->skill.size &&
           memcmp(skill, fields->skill.data, fields->skill.size) == 0;
}

static void check_attachment(struct verify *verify, const redisReply *words,
                             const redisReply *value, void *arg)
{
    uint64_t number = 0;
    const char *skill = attachment_skill(value->str, &number);
    struct verify_record *record =
        skill != NULL ? verify_record(verify, KIND_ATTACHMENT, number) : NULL;

    verify->references++;
    if (skill == NULL)
        verify_problem(verify, "attachment", "%s has no skill", words->str);
    else if (record == NULL)
        verify_problem(verify, "attachment", "%s is by A%" PRIu64 ", which does not exist",
                       words->str, number);
    else if (!says(record, words, skill, arg))
        verify_problem(verify, "attachment", "%s is not what A%" PRIu64 " says", words->str,
                       number);
    else
        record->found_words = true;
}

void verify_finding(struct verify *verify)
{
    struct arena *arena = arena_create(1 << 20);

    if (arena == NULL) {
        verify_problem(verify, "memory", "there is none left");
        return;
    }
    for (uint8_t kind = 1; kind < KIND_END && !verify->away; kind++)
        check_ids(verify, kind);
    verify_walk(verify, "HSCAN", ":find", check_found, NULL);
    verify_walk(verify, "HSCAN", ":attachment", check_attachment, arena);
    if (!verify->away)
        check_all_found(verify);
    arena_free(arena);
}
