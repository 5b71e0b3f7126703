#include "daemon/explain.h"

#include "proto/choices.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 161 }; /* any words or skill of a requirement */

/* The fields of one reason, collected so that their number is known before the map is opened. */
struct fields {
    struct query *query;
    bool counting;
    unsigned count;
};

static void field_string(struct fields *fields, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fields->count++;
    if (!fields->counting)
        query_pack_key_string(fields->query, key, value);
}

static void field_int(struct fields *fields, const char *key, int64_t value)
{
    fields->count++;
    if (!fields->counting)
        query_pack_key_int(fields->query, key, value);
}

static void field_bool(struct fields *fields, const char *key, bool value)
{
    fields->count++;
    if (fields->counting)
        return;
    query_pack_string(fields->query, key);
    if (value)
        msgpack_pack_true(&fields->query->packer);
    else
        msgpack_pack_false(&fields->query->packer);
}

/* Ids and both labels, so that a client need not know the catalogue. */
static void field_skill(struct fields *fields, const char *const keys[3], int32_t skill)
{
    const struct referential *referential = fields->query->territory->referential;

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

static void reason_fields(struct fields *fields, const struct reason *reason,
                          const struct offer *record)
{
    static const char *const skill_keys[] = {"skill", "label", "label_en"};
    const struct referential *referential = fields->query->territory->referential;

    field_string(fields, "code", reason_name(reason->code));
    switch (reason->code) {
    case REASON_FITS:
    case REASON_PARTLY:
    case REASON_MISSING:
        field_skill(fields, skill_keys, reason->skill);
        field_bool(fields, "required", reason->required);
        field_int(fields, "wanted_level", reason->wanted_level);
        field_int(fields, "weight", reason->weight);
        if (reason->code != REASON_MISSING)
            held_fields(fields, reason);
        break;
    case REASON_BARRED:
    case REASON_UNCHECKED:
        field_string(fields, "constraint", constraint_name(reason->constraint));
        if (reason->code == REASON_BARRED) {
            field_int(fields, "value", reason->value);
            field_int(fields, "limit", reason->limit);
        }
        break;
    case REASON_DISTANCE:
        field_int(fields, "value", reason->value);
        field_int(fields, "limit", reason->limit);
        break;
    case REASON_FROM_ROLE:
    case REASON_WISH:
        if (reason->role >= 0) {
            field_string(fields, "role", referential_role_id(referential, reason->role));
            field_string(fields, "label",
                         referential_role_label(referential, reason->role, LABEL_FRENCH));
            field_string(fields, "label_en",
                         referential_role_label(referential, reason->role, LABEL_ENGLISH));
        } else if (reason->value > CONTRACT_ABSENT && reason->value < CONTRACT_END) {
            field_string(fields, "contract",
                         choice_name(field_of_name(&offer_type, "contract", 8, 0)->choices,
                                     (unsigned)reason->value));
        }
        break;
    case REASON_UNKNOWN_WORDS:
        if (reason->value >= 0 && reason->value < record->requirements.count) {
            const struct requirement *asked = &record->requirements.items[reason->value];
            struct text words = asked->has.words ? asked->words : asked->skill;
            char copy[WORDS_SIZE];
            snprintf(copy, sizeof copy, "%.*s", (int)words.size, words.data);
            field_string(fields, "words", copy);
        }
        break;
    case REASON_CODE_END:
        break;
    }
}

static void pack_reason(struct query *query, const struct reason *reason,
                        const struct offer *record)
{
    struct fields fields = {query, true, 0};

    reason_fields(&fields, reason, record);
    msgpack_pack_map(&query->packer, fields.count);
    fields = (struct fields){query, false, 0};
    reason_fields(&fields, reason, record);
}

void explain_pack_reasons(struct query *query, const struct learner_profile *learner,
                          const struct offer_profile *offer, const struct offer *record)
{
    struct reason reasons[REASONS_MAX];
    unsigned count = reasons_explain(learner, offer, reasons), packed = 0;
    msgpack_sbuffer head = query->buffer, list;

    /* How many fit is known once they are packed: apart, their number goes before them. */
    msgpack_sbuffer_init(&query->buffer);
    for (; packed < count; packed++) {
        size_t before = query->buffer.size;
        pack_reason(query, &reasons[packed], record);
        if (query->buffer.size > EXPLAIN_BYTES) {
            query->buffer.size = before;
            break;
        }
    }
    list = query->buffer;
    query->buffer = head;
    query_pack_string(query, "reasons");
    msgpack_pack_array(&query->packer, packed);
    msgpack_sbuffer_write(&query->buffer, list.data, list.size);
    msgpack_sbuffer_destroy(&list);
    query_pack_key_int(query, "reasons_left", count - packed);
}
