#include "jobdating_part.h"

#include "../runtime/clock.h"
#include "import_assign.h"
#include "import_value.h"
#include "record_name.h"
#include "record_words.h"
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 5, VALUES_MAX = 200, PAGE = 200, PAGE_ARENA = 4 * 1024 * 1024 };

/* Every stored record that is put begins like this. */
struct origin {
    uint64_t has_bits;
    struct text source, reference;
    int64_t observed_at;
};

/* -- which field ------------------------------------------------------------------------------- */

static bool words_match(const char *words, const char *candidate)
{
    char normal[VALUE_WORDS_SIZE];
    value_words(text_of_string(candidate), normal);
    return strcmp(words, normal) == 0;
}

static bool is_called(const struct field *field, const char *words)
{
    enum text_id label = text_named("FIELD_", field->name, field->name_size);
    return words_match(words, field->name) ||
           (label != TEXT_NONE && (words_match(words, text_in(LANGUAGE_FRENCH, label)) ||
                                   words_match(words, text_in(LANGUAGE_ENGLISH, label))));
}

const struct field *part_field(const struct record_type *type, const char *word, size_t size,
                               const struct field **parent)
{
    char words[VALUE_WORDS_SIZE];
    value_words((struct text){word, (uint32_t)size}, words);
    *parent = NULL;
    for (unsigned i = 0; i < type->count; i++)
        if (is_called(&type->fields[i], words))
            return &type->fields[i];
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *outer = &type->fields[i];
        for (unsigned j = 0; outer->type == FIELD_RECORD && j < outer->record->count; j++)
            if (is_called(&outer->record->fields[j], words)) {
                *parent = outer;
                return &outer->record->fields[j];
            }
    }
    return NULL;
}

/* -- values ------------------------------------------------------------------------------------ */

/* The number of a helper whom people name by a code; the text itself for anything else. */
static struct text helper_id(struct part *part, struct text value)
{
    char code[PART_REFERENCE_SIZE], reference[PART_REFERENCE_SIZE], id[ID_TEXT_SIZE];
    uint64_t helper = 0;
    snprintf(code, sizeof code, "%.*s", (int)value.size, value.data);
    part_join_code(part->whole, code, reference);
    if (part_find(part->context, KIND_HELPER, reference, &helper) != END_OK || helper == 0)
        return value;
    id_print(helper, id);
    const char *copy = arena_copy(part->arena, id, strlen(id));
    return copy != NULL ? text_of_string(copy) : value;
}

static bool is_space(char c)
{
    return isspace((unsigned char)c) != 0;
}

static struct text trimmed(struct text text)
{
    while (text.size > 0 && is_space(text.data[0]))
        text.data++, text.size--;
    while (text.size > 0 && is_space(text.data[text.size - 1]))
        text.size--;
    return text;
}

static bool is_list(const struct field *field)
{
    return field->type == FIELD_SET || field->type == FIELD_RECORDS || field->type == FIELD_TEXTS;
}

/* The values of a text: what stands between commas or semicolons, for a list. */
static unsigned values_split(const struct field *field, struct text text,
                             struct text values[VALUES_MAX])
{
    unsigned count = 0;
    while (text.size > 0 && count < VALUES_MAX) {
        uint32_t size = 0;
        while (size < text.size &&
               !(is_list(field) && (text.data[size] == ',' || text.data[size] == ';')))
            size++;
        struct text value = trimmed((struct text){text.data, size});
        if (value.size > 0)
            values[count++] = value;
        size += size < text.size;
        text.data += size;
        text.size -= size;
    }
    return count;
}

static void member_clear(const struct record_type *type, const struct field *field, void *record)
{
    size_t next = type->size;
    for (unsigned i = 0; i < type->count; i++)
        if (type->fields[i].offset > field->offset && type->fields[i].offset < next)
            next = type->fields[i].offset;
    memset((char *)record + field->offset, 0, next - field->offset);
    *(uint64_t *)record &= ~field_bit(type, field);
}

bool part_set(struct part *part, const struct field *parent, const struct field *field,
              struct text value, struct value_fault *fault)
{
    const struct record_type *type = parent != NULL ? parent->record : part->type;
    void *record = parent != NULL ? (char *)part->record + parent->offset : part->record;
    struct text values[VALUES_MAX];
    struct texts texts = {values, values_split(field, value, values)};
    struct convert_context convert = {part->arena, clock_day(clock_wall_ms())};
    *fault = (struct value_fault){TEXT_NONE, {"", 0}};
    member_clear(type, field, record);
    for (uint32_t i = 0; field->record == &helper_needed_type && i < texts.count; i++)
        values[i] = helper_id(part, values[i]);
    bool good = assign(type, field, record, &texts, NULL, &convert, fault) == ASSIGN_DONE;
    if (parent != NULL && *(uint64_t *)record != 0)
        *(uint64_t *)part->record |= field_bit(part->type, parent);
    if (parent != NULL && *(uint64_t *)record == 0)
        *(uint64_t *)part->record &= ~field_bit(part->type, parent);
    return good;
}

char *part_fault_in_words(const struct value_fault *fault)
{
    char *culprit = text_clean(fault->culprit.data, fault->culprit.size);
    enum text_id what =
        fault->what == TEXT_IMPORT_NOT_KNOWN ? TEXT_JOBDATING_NOT_KNOWN : fault->what;
    char *words = text_make(what, culprit != NULL ? culprit : "");
    free(culprit);
    return words;
}

/* -- fetching and putting back ----------------------------------------------------------------- */

void part_join(uint64_t whole, uint64_t other, char reference[PART_REFERENCE_SIZE])
{
    char first[ID_TEXT_SIZE], second[ID_TEXT_SIZE];
    id_print(whole, first);
    id_print(other, second);
    snprintf(reference, PART_REFERENCE_SIZE, "%s-%s", first, second);
}

void part_join_code(uint64_t whole, const char *code, char reference[PART_REFERENCE_SIZE])
{
    char first[ID_TEXT_SIZE];
    id_print(whole, first);
    /* Codes have six characters: a longer one names nothing, cut or not. */
    snprintf(reference, PART_REFERENCE_SIZE, "%s-%.40s", first, code);
}

/* The answer to record.get; record is NULL when there is no such record. */
static enum ending part_ask(struct context *context, uint8_t kind, uint64_t id,
                            const char *reference, bool personal, struct client_reply *reply,
                            const msgpack_object **stored)
{
    struct get get = {.id = id, .kind = kind, .personal = personal};
    get.has.personal = true;
    get.has.id = id != 0;
    get.has.kind = get.has.source = get.has.reference = id == 0;
    get.source = text_of_string("passerelle");
    get.reference = text_of_string(reference);
    struct client *client = context_client(context);
    *stored = NULL;
    if (client == NULL)
        return END_AWAY;
    if (!client_call(client, MESSAGE_RECORD_GET, &get, reply))
        return context_no_memory(context);
    if (reply->status == REPLY_REJECTED && reply->errors.count > 0 &&
        reply->errors.item[0].code == ERROR_UNKNOWN_RECORD)
        return END_OK;
    enum ending ending = context_judge(context, reply);
    if (ending == END_OK)
        *stored = tree_item(reply->tree, "records", 0);
    return ending;
}

enum ending part_find(struct context *context, uint8_t kind, const char *reference, uint64_t *id)
{
    struct client_reply reply;
    const msgpack_object *stored;
    enum ending ending = part_ask(context, kind, 0, reference, false, &reply, &stored);
    struct text text = tree_text(stored, "id");
    *id = 0;
    if (ending == END_OK && text.data != NULL)
        id_parse(text.data, text.size, id);
    return ending;
}

enum ending part_find_joined(struct context *context, uint64_t whole, uint64_t record, uint8_t kind,
                             uint64_t *id)
{
    char reference[PART_REFERENCE_SIZE], name[ID_TEXT_SIZE];
    part_join(whole, record, reference);
    enum ending ending = part_find(context, kind, reference, id);
    if (ending != END_OK || *id != 0)
        return ending;
    id_print(record, name);
    say(context->err, JOBDATING_NOT_THERE, name);
    return END_REJECTED;
}

void part_begin(struct part *part, const struct part_names *names)
{
    struct jobdating *jobdating = part->record;
    struct attendance *attendance = part->record;
    struct registration *registration = part->record;
    struct helper *helper = part->record;
    struct meeting *meeting = part->record;
    switch (part->kind) {
    case KIND_JOBDATING:
        jobdating->name = text_of_string(names->text);
        jobdating->has.name = true;
        break;
    case KIND_ATTENDANCE:
        attendance->jobdating = names->whole;
        attendance->employer = names->other;
        attendance->has.jobdating = attendance->has.employer = true;
        break;
    case KIND_REGISTRATION:
        registration->jobdating = names->whole;
        registration->learner = names->other;
        registration->answer = ANSWER_INVITED;
        registration->has.jobdating = registration->has.learner = registration->has.answer = true;
        break;
    case KIND_HELPER:
        helper->jobdating = names->whole;
        helper->code = text_of_string(names->text);
        helper->has.jobdating = helper->has.code = true;
        break;
    default:
        meeting->jobdating = names->whole;
        meeting->registration = names->other;
        meeting->attendance = names->third;
        meeting->has.jobdating = meeting->has.registration = meeting->has.attendance = true;
        break;
    }
}

/* Begins a new part, or reads the one there is. */
static enum ending part_load(struct part *part, const struct part_target *target)
{
    struct client_reply reply;
    const msgpack_object *stored;
    struct errors errors = {.count = 0};
    arena_reset(part->arena);
    part->record = arena_alloc(part->arena, part->type->size);
    part->id = 0;
    part->revision = 0;
    enum ending ending =
        part_ask(part->context, part->kind, target->id, target->reference, true, &reply, &stored);
    if (ending != END_OK || part->record == NULL)
        return ending != END_OK ? ending : context_no_memory(part->context);
    if (stored == NULL) {
        struct origin *origin = part->record;
        origin->source = text_of_string("passerelle");
        origin->reference = text_of_string(target->reference);
        origin->has_bits = 3;
        return END_OK;
    }
    struct text id = tree_text(stored, "id");
    part->revision = tree_number(stored, "revision", 0);
    stored = tree_copy(tree_find(stored, "record"), part->arena);
    if (stored == NULL || id.data == NULL || !id_parse(id.data, id.size, &part->id) ||
        !record_decode(part->type, stored, part->record, part->arena, "", &errors)) {
        say(part->context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    return END_OK;
}

/* *again is set when somebody else was faster. */
static enum ending part_store(struct part *part, const struct part_target *target, bool last_try,
                              struct client_reply *reply, bool *again)
{
    struct context *context = part->context;
    struct request request = {.if_revision = part->revision};
    struct client *client = context_client(context);
    struct origin *origin = part->record;
    request.has.if_revision = true;
    origin->observed_at = clock_wall_ms();
    origin->has_bits |= 7;
    if (client == NULL)
        return END_AWAY;
    if (!client_call_with(client, &request, message_of(OPERATION_PUT, part->kind), part->record,
                          reply))
        return context_no_memory(context);
    *again = !last_try && reply->status == REPLY_REJECTED && reply->errors.count > 0 &&
             reply->errors.item[0].code == ERROR_REVISION_CONFLICT;
    if (*again)
        return END_OK;
    return target->silent ? context_judge(context, reply)
                          : context_tell(context, message_of(OPERATION_PUT, part->kind), reply);
}

enum ending part_change(struct context *context, const struct part_target *target,
                        part_fill_fn *fill, void *arg, struct client_reply *reply)
{
    struct part part = {.context = context,
                        .kind = target->kind,
                        .type = kind_info(target->kind)->record,
                        .whole = target->whole,
                        .arena = arena_create(PART_ARENA_MAX)};
    enum ending ending = END_OK;
    bool again = part.arena != NULL;
    for (unsigned tries = 1; again && ending == END_OK; tries++) {
        again = false;
        ending = part_load(&part, target);
        if (ending == END_OK && part.id == 0 && target->existing) {
            say(context->err, NOT_FOUND, target->reference);
            ending = END_REJECTED;
        }
        if (ending == END_OK && fill(&part, arg, &ending))
            ending = part_store(&part, target, tries == TRIES, reply, &again);
    }
    if (part.arena == NULL)
        ending = context_no_memory(context);
    arena_free(part.arena);
    return ending;
}

/* -- all of them ------------------------------------------------------------------------------- */

enum ending parts_each(struct context *context, uint64_t of, uint8_t kind, bool personal,
                       part_each_fn *each, void *arg)
{
    struct page page = {.kind = kind, .limit = PAGE, .of = of, .personal = personal};
    page.has.kind = page.has.limit = page.has.personal = page.has.after = true;
    page.has.of = of != 0;
    struct arena *arena = arena_create(PAGE_ARENA);
    enum ending ending = arena != NULL ? END_OK : context_no_memory(context);
    bool more = arena != NULL;
    while (more && ending == END_OK) {
        struct client_reply reply;
        ending = context_ask(context, MESSAGE_RECORD_LIST, &page, &reply);
        if (ending != END_OK)
            break;
        arena_reset(arena);
        const msgpack_object *tree = tree_copy(reply.tree, arena);
        if (tree == NULL)
            ending = context_no_memory(context);
        for (unsigned i = 0; more && i < tree_count(tree, "records"); i++)
            more = each(arg, tree_item(tree, "records", i));
        int64_t next = tree_number(tree, "next", 0);
        more = more && next > page.after;
        page.after = next;
    }
    arena_free(arena);
    return ending;
}
