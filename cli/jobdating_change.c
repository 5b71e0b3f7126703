#include "jobdating.h"

#include "arguments.h"
#include "import_value.h"
#include "jobdating_part.h"
#include "record_name.h"
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES_TEXT_MAX = 1024 };

enum ending jobdating_named(struct context *context, uint64_t *id)
{
    return record_find_id(context, arguments_word(context->arguments, 1), KIND_JOBDATING, id);
}

/* -- field=value ------------------------------------------------------------------------------- */

/* What a part is when it is new, and the words behind. */
struct change {
    struct part_names names;
    unsigned from_word; /* the first field=value */
};

/* "tables=14" stands for tables named 1 to 14. */
static struct text tables_spelled(struct part *part, struct text value)
{
    char text[TABLES_TEXT_MAX] = "";
    size_t size = 0;
    int64_t count;
    for (uint32_t i = 0; i < value.size; i++)
        if (!isdigit((unsigned char)value.data[i]))
            return value;
    if (value.size > 3 || !value_number(value, 1, &count))
        return value;
    for (int64_t i = 1; i <= count && size + 8 < sizeof text; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%d", i > 1 ? "," : "", (int)i);
    const char *copy = arena_copy(part->arena, text, size);
    return copy != NULL ? text_of_string(copy) : value;
}

static enum ending fault_say(struct context *context, const char *word,
                             const struct value_fault *fault)
{
    char *words = part_fault_in_words(fault);
    say(context->err, CULPRIT, word, words != NULL ? words : "");
    free(words);
    return END_USAGE;
}

static bool word_apply(struct part *part, const char *word, enum ending *ending)
{
    const char *equals = strchr(word, '=');
    const struct field *parent,
        *field =
            equals != NULL ? part_field(part->type, word, (size_t)(equals - word), &parent) : NULL;
    struct value_fault fault;
    if (field == NULL) {
        *ending = context_usage(part->context, TEXT_JOBDATING_NO_FIELD, word);
        return false;
    }
    struct text value = text_of_string(equals + 1);
    if (field->record == &table_type)
        value = tables_spelled(part, value);
    if (part_set(part, parent, field, value, &fault))
        return true;
    *ending = fault_say(part->context, word, &fault);
    return false;
}

static bool words_apply(struct part *part, void *arg, enum ending *ending)
{
    const struct change *change = arg;
    const struct arguments *arguments = part->context->arguments;
    if (part->id == 0)
        part_begin(part, &change->names);
    for (unsigned i = change->from_word; i < arguments_count(arguments); i++)
        if (!word_apply(part, arguments_word(arguments, i), ending))
            return false;
    return true;
}

static enum ending change_run(struct context *context, const struct part_target *target,
                              struct change *change)
{
    struct client_reply reply;
    return part_change(context, target, words_apply, change, &reply);
}

/* -- job datings ------------------------------------------------------------------------------- */

/* Its name, as one word: creating one twice gives one. */
static void reference_of_name(const char *name, char reference[PART_REFERENCE_SIZE])
{
    char words[VALUE_WORDS_SIZE];
    value_words(text_of_string(name), words);
    for (char *at = words; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at;
    snprintf(reference, PART_REFERENCE_SIZE, "%.*s", PART_REFERENCE_SIZE - 1, words);
}

enum ending jobdating_create(struct context *context)
{
    struct change change = {.names.text = arguments_word(context->arguments, 1), .from_word = 2};
    struct part_target target = {.kind = KIND_JOBDATING};
    reference_of_name(change.names.text, target.reference);
    if (target.reference[0] == '\0')
        return context_usage(context, TEXT_JOBDATING_NO_NAME, change.names.text);
    return change_run(context, &target, &change);
}

enum ending jobdating_alter(struct context *context)
{
    struct change change = {.from_word = 2};
    struct part_target target = {.kind = KIND_JOBDATING, .existing = true};
    enum ending ending = jobdating_named(context, &target.id);
    snprintf(target.reference, sizeof target.reference, "%s",
             arguments_word(context->arguments, 1));
    return ending == END_OK ? change_run(context, &target, &change) : ending;
}

enum ending jobdating_state(struct context *context)
{
    static const struct {
        const char *word;
        enum message_type type;
    } states[] = {
        {"start", MESSAGE_JOBDATING_START},
        {"end", MESSAGE_JOBDATING_END},
        {"cancel", MESSAGE_JOBDATING_CANCEL},
        {"reopen", MESSAGE_JOBDATING_REOPEN},
    };
    struct target target = {.has_bits = 0};
    struct request request = {.has_bits = 0};
    enum ending ending = jobdating_named(context, &target.id);
    target.has.id = true;
    for (size_t i = 0; ending == END_OK && i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].word, arguments_word(context->arguments, 0)) == 0)
            return context_do(context, &request, states[i].type, &target);
    return ending;
}

/* -- parts ------------------------------------------------------------------------------------- */

static enum ending joined_change(struct context *context, uint8_t kind, uint8_t other)
{
    struct change change = {.from_word = 3};
    struct part_target target = {.kind = kind};
    enum ending ending = jobdating_named(context, &change.names.whole);
    if (ending == END_OK)
        ending = record_find_id(context, arguments_word(context->arguments, 2), other,
                                &change.names.other);
    if (ending != END_OK)
        return ending;
    target.whole = change.names.whole;
    part_join(change.names.whole, change.names.other, target.reference);
    return change_run(context, &target, &change);
}

enum ending jobdating_firm(struct context *context)
{
    return joined_change(context, KIND_ATTENDANCE, KIND_EMPLOYER);
}

enum ending jobdating_learner(struct context *context)
{
    return joined_change(context, KIND_REGISTRATION, KIND_LEARNER);
}

enum ending jobdating_helper(struct context *context)
{
    struct change change = {.names.text = arguments_word(context->arguments, 2), .from_word = 3};
    struct part_target target = {.kind = KIND_HELPER};
    enum ending ending = jobdating_named(context, &change.names.whole);
    if (ending != END_OK)
        return ending;
    target.whole = change.names.whole;
    part_join_code(change.names.whole, change.names.text, target.reference);
    return change_run(context, &target, &change);
}

/* The part of a job dating that a learner's or employer's word names. */
static enum ending joined_find(struct context *context, uint64_t whole, const char *word,
                               uint8_t kind, uint8_t other, uint64_t *id)
{
    uint64_t record;
    enum ending ending = record_find_id(context, word, other, &record);
    return ending == END_OK ? part_find_joined(context, whole, record, kind, id) : ending;
}

enum ending jobdating_pair(struct context *context)
{
    struct change change = {.from_word = 4};
    struct part_target target = {.kind = KIND_MEETING};
    enum ending ending = jobdating_named(context, &change.names.whole);
    if (ending == END_OK)
        ending = joined_find(context, change.names.whole, arguments_word(context->arguments, 2),
                             KIND_REGISTRATION, KIND_LEARNER, &change.names.other);
    if (ending == END_OK)
        ending = joined_find(context, change.names.whole, arguments_word(context->arguments, 3),
                             KIND_ATTENDANCE, KIND_EMPLOYER, &change.names.third);
    if (ending != END_OK)
        return ending;
    target.whole = change.names.whole;
    part_join(change.names.other, change.names.third, target.reference);
    return change_run(context, &target, &change);
}

/* -- removing ---------------------------------------------------------------------------------- */

static enum ending part_erase(struct context *context, uint8_t kind, uint64_t id)
{
    struct target target = {.id = id};
    struct request request = {.has_bits = 0};
    target.has.id = true;
    return context_do(context, &request, message_of(OPERATION_ERASE, kind), &target);
}

/* The part that a word names: a learner, an employer, a helper by its code, or a part by its id. */
static enum ending part_named(struct context *context, uint64_t whole, const char *word,
                              uint8_t *kind, uint64_t *id)
{
    struct record_name name;
    char reference[PART_REFERENCE_SIZE];
    part_join_code(whole, word, reference);
    *kind = KIND_HELPER;
    enum ending ending = part_find(context, KIND_HELPER, reference, id);
    if (ending != END_OK || *id != 0)
        return ending;
    if (record_name_parse(word, &name) && name.id != 0) {
        *kind = kind_of_letter(id_letter(name.id));
        *id = name.id;
    }
    bool learner = *kind == KIND_LEARNER, employer = *kind == KIND_EMPLOYER;
    if (!learner && !employer && *id != 0)
        return END_OK;
    *kind = employer ? KIND_ATTENDANCE : KIND_REGISTRATION;
    return joined_find(context, whole, word, *kind, employer ? KIND_EMPLOYER : KIND_LEARNER, id);
}

static bool note_part(void *arg, const msgpack_object *stored)
{
    struct text id = tree_text(stored, "id");
    return id_parse(id.data, id.size, arg) && false;
}

/* Parts first, registrations before the helpers whom they name. */
static enum ending jobdating_erase(struct context *context, uint64_t whole)
{
    static const uint8_t kinds[] = {KIND_TIMETABLE, KIND_MEETING, KIND_REGISTRATION,
                                    KIND_ATTENDANCE, KIND_HELPER};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (;;) {
            uint64_t part = 0;
            enum ending ending = parts_each(context, whole, kinds[i], false, note_part, &part);
            if (ending == END_OK && part != 0)
                ending = part_erase(context, kinds[i], part);
            if (ending != END_OK)
                return ending;
            if (part == 0)
                break;
        }
    return part_erase(context, KIND_JOBDATING, whole);
}

enum ending jobdating_remove(struct context *context)
{
    uint64_t whole, id;
    uint8_t kind;
    enum ending ending = jobdating_named(context, &whole);
    if (ending != END_OK)
        return ending;
    if (arguments_count(context->arguments) == 2)
        return jobdating_erase(context, whole);
    ending = part_named(context, whole, arguments_word(context->arguments, 2), &kind, &id);
    return ending == END_OK ? part_erase(context, kind, id) : ending;
}
