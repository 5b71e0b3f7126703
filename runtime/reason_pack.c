#include "runtime/reason_pack.h"

#include "proto/choices.h"
#include "proto/codec.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 161 }; /* any words or skill of a requirement */

/* The fields of one reason, collected so that their number is known before the map is opened. */
struct fields {
    msgpack_packer *packer;
    const struct referential *referential;
    bool counting;
    unsigned count;
};

static void pack_string(msgpack_packer *packer, const char *string)
{
    size_t size = strlen(string);
    msgpack_pack_str(packer, size);
    msgpack_pack_str_body(packer, string, size);
}

static void field_string(struct fields *fields, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fields->count++;
    if (fields->counting)
        return;
    pack_string(fields->packer, key);
    pack_string(fields->packer, value);
}

static void field_int(struct fields *fields, const char *key, int64_t value)
{
    fields->count++;
    if (fields->counting)
        return;
    pack_string(fields->packer, key);
    msgpack_pack_int64(fields->packer, value);
}

static void field_bool(struct fields *fields, const char *key, bool value)
{
    fields->count++;
    if (fields->counting)
        return;
    pack_string(fields->packer, key);
    if (value)
        msgpack_pack_true(fields->packer);
    else
        msgpack_pack_false(fields->packer);
}

/* Ids and both labels, so that a client need not know the catalogue. */
static void field_skill(struct fields *fields, const char *const keys[3], int32_t skill)
{
    const struct referential *referential = fields->referential;

    if (skill < 0)
        return;
    field_string(fields, keys[0], referential_skill_id(referential, skill));
    field_string(fields, keys[1], referential_skill_label(referential, skill, LABEL_FRENCH));
    field_string(fields, keys[2], referential_skill_label(referential, skill, LABEL_ENGLISH));
}

static void held_fields(struct fields *fields, const struct reason *reason)
{
    static const char *const paths[] = {"same", "narrower", "broader", "related"};
    static const char *const evidence[] = {"",         "declared", "observed",
                                           "attested", "project",  "work"};
    static const char *const claim_keys[] = {"claim", "claim_label", "claim_label_en"};

    if (reason->claim != reason->skill)
        field_skill(fields, claim_keys, reason->claim);
    field_string(fields, "path", paths[reason->path & 3]);
    field_string(fields, "evidence",
                 reason->evidence < EVIDENCE_END ? evidence[reason->evidence] : "");
    field_int(fields, "level", reason->level);
    field_int(fields, "credit", reason->credit);
}

static void skill_fields(struct fields *fields, const struct reason *reason)
{
    static const char *const keys[] = {"skill", "label", "label_en"};
    field_skill(fields, keys, reason->skill);
    field_bool(fields, "required", reason->required);
    field_int(fields, "wanted_level", reason->wanted_level);
    field_int(fields, "weight", reason->weight);
    if (reason->code != REASON_MISSING)
        held_fields(fields, reason);
}

static void field_day(struct fields *fields, const char *key, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    int32_t again;
    date_print(day, text);
    if (date_parse(text, strlen(text), &again))
        field_string(fields, key, text);
}

static void barred_fields(struct fields *fields, const struct reason *reason)
{
    static const char *const outlooks[] = {"", "in_progress", "expired"};
    field_string(fields, "constraint", constraint_name(reason->constraint));
    field_int(fields, "value", reason->value);
    field_int(fields, "limit", reason->limit);
    field_bool(fields, "near", reason->near);
    if (reason->by > 0)
        field_int(fields, "by", reason->by);
    if (reason->constraint == CONSTRAINT_LANGUAGE)
        field_int(fields, "level", reason->level);
    field_string(fields, "outlook", outlooks[reason->outlook]);
    if (reason->outlook_on != FACT_NO_DAY)
        field_day(fields, "outlook_on", reason->outlook_on);
}

static void role_fields(struct fields *fields, int32_t role)
{
    field_string(fields, "role", referential_role_id(fields->referential, role));
    field_string(fields, "label", referential_role_label(fields->referential, role, LABEL_FRENCH));
    field_string(fields, "label_en",
                 referential_role_label(fields->referential, role, LABEL_ENGLISH));
}

static void contract_field(struct fields *fields, int64_t contract)
{
    const struct field *field = field_of_name(&offer_type, "contract", 8, 0);
    if (contract > CONTRACT_ABSENT && contract < CONTRACT_END)
        field_string(fields, "contract", choice_name(field->choices, (unsigned)contract));
}

static void words_field(struct fields *fields, int64_t index, const struct offer *record)
{
    char copy[WORDS_SIZE];
    if (index < 0 || index >= record->requirements.count)
        return;
    const struct requirement *asked = &record->requirements.items[index];
    struct text words = asked->has.words ? asked->words : asked->skill;
    snprintf(copy, sizeof copy, "%.*s", (int)words.size, words.data);
    field_string(fields, "words", copy);
}

static void reason_fields(struct fields *fields, const struct reason *reason,
                          const struct offer *record)
{
    field_string(fields, "code", reason_name(reason->code));
    switch (reason->code) {
    case REASON_FITS:
    case REASON_PARTLY:
    case REASON_MISSING:
        skill_fields(fields, reason);
        break;
    case REASON_BARRED:
        barred_fields(fields, reason);
        break;
    case REASON_UNCHECKED:
        field_string(fields, "constraint", constraint_name(reason->constraint));
        break;
    case REASON_DISTANCE:
        field_int(fields, "value", reason->value);
        field_int(fields, "limit", reason->limit);
        break;
    case REASON_FROM_ROLE:
    case REASON_WISH:
        if (reason->role >= 0)
            role_fields(fields, reason->role);
        else
            contract_field(fields, reason->value);
        break;
    case REASON_UNKNOWN_WORDS:
        words_field(fields, reason->value, record);
        break;
    case REASON_CODE_END:
        break;
    }
}

void reason_pack(msgpack_packer *packer, const struct reason *reason,
                 const struct referential *referential, const struct offer *record)
{
    struct fields fields = {packer, referential, true, 0};
    reason_fields(&fields, reason, record);
    msgpack_pack_map(packer, fields.count);
    fields.counting = false;
    reason_fields(&fields, reason, record);
}
