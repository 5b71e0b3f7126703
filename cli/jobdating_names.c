#include "jobdating_names.h"

#include "record_name.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

static enum ending record_ask(struct context *context, uint64_t id, uint8_t kind,
                              struct client_reply *reply, const msgpack_object **record,
                              char word[ID_TEXT_SIZE])
{
    const msgpack_object *stored;
    id_print(id, word);
    enum ending ending = record_fetch(context, word, kind, true, reply, &stored);
    *record = ending == END_OK ? tree_find(stored, "record") : NULL;
    return ending;
}

/* The bytes of the first character. */
static int first_character(struct text text)
{
    uint32_t size = text.size > 0;
    while (size < text.size && ((unsigned char)text.data[size] & 0xC0) == 0x80)
        size++;
    return (int)size;
}

static void person_name(const msgpack_object *record, const char *word, char whole[PRINTED_SIZE],
                        char brief[PRINTED_SIZE])
{
    struct text given = tree_text(record, "contact.given_name");
    struct text family = tree_text(record, "contact.family_name");
    if (given.data == NULL && family.data == NULL) {
        snprintf(whole, PRINTED_SIZE, "%s", word);
        snprintf(brief, PRINTED_SIZE, "%s", word);
        return;
    }
    bool both = given.size > 0 && family.size > 0;
    snprintf(whole, PRINTED_SIZE, "%.*s%s%.*s", (int)given.size, given.data, both ? " " : "",
             (int)family.size, family.data);
    snprintf(brief, PRINTED_SIZE, "%.*s%s%.*s%s", (int)given.size, given.data, both ? " " : "",
             first_character(family), family.data, family.size > 0 ? "." : "");
}

static enum ending people_ask(struct context *context, const struct gathering *gathering,
                              struct gathering_names *names)
{
    enum ending ending = END_OK;
    for (uint32_t l = 0; ending == END_OK && l < gathering->learner_count; l++) {
        struct client_reply reply;
        const msgpack_object *record;
        char word[ID_TEXT_SIZE];
        ending = record_ask(context, gathering->learners[l].record->learner, KIND_LEARNER, &reply,
                            &record, word);
        if (ending == END_OK)
            person_name(record, word, names->people[l], names->initials[l]);
    }
    return ending;
}

enum ending names_load(struct context *context, const struct gathering *gathering,
                       struct gathering_names *names)
{
    names->firms = calloc(gathering->firm_count + 1, sizeof *names->firms);
    names->people = calloc(gathering->learner_count + 1, sizeof *names->people);
    names->initials = calloc(gathering->learner_count + 1, sizeof *names->initials);
    bool room = names->firms != NULL && names->people != NULL && names->initials != NULL;
    enum ending ending = room ? people_ask(context, gathering, names) : context_no_memory(context);
    for (uint32_t f = 0; ending == END_OK && f < gathering->firm_count; f++) {
        struct client_reply reply;
        const msgpack_object *record;
        char word[ID_TEXT_SIZE];
        ending = record_ask(context, gathering->firms[f].record->employer, KIND_EMPLOYER, &reply,
                            &record, word);
        struct text name = tree_text(record, "name");
        snprintf(names->firms[f], PRINTED_SIZE, "%.*s", (int)name.size,
                 name.data != NULL ? name.data : "");
    }
    if (ending != END_OK)
        names_free(names);
    return ending;
}

void names_free(struct gathering_names *names)
{
    free(names->firms);
    free(names->people);
    free(names->initials);
    *names = (struct gathering_names){.firms = NULL};
}
