#include "labels.h"

#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* IDS_MAX: a record of 64 KiB names fewer. */
enum { IDS_MAX = 8192, ID_BYTES = 64, SKILLS_AT_ONCE = 16, ROLES_AT_ONCE = 4 };

enum catalogue_part { PART_NONE, PART_SKILL, PART_ROLE };

struct label {
    enum catalogue_part part;
    char id[ID_BYTES + 1];
    char *text; /* NULL when unknown */
};

struct labels {
    struct label *items;
    unsigned count, room;
    unsigned asked; /* those before it have been asked about */
};

/* Fields that hold ids of skills or roles are known by their names, in every record. */
static enum catalogue_part part_of(struct text field)
{
    if (text_is(field, "skill") || text_is(field, "skills") || text_is(field, "others"))
        return PART_SKILL;
    return text_is(field, "role") || text_is(field, "roles") ? PART_ROLE : PART_NONE;
}

static struct label *find(const struct labels *labels, enum catalogue_part part, struct text id)
{
    for (unsigned i = 0; i < labels->count; i++)
        if (labels->items[i].part == part && text_is(id, labels->items[i].id))
            return &labels->items[i];
    return NULL;
}

const char *labels_find(const struct labels *labels, struct text field, struct text id)
{
    enum catalogue_part part = part_of(field);
    const struct label *label = labels != NULL && part != PART_NONE ? find(labels, part, id) : NULL;
    return label != NULL ? label->text : NULL;
}

/* -- which there are ----------------------------------------------------------------------------
 */

/* False without memory. */
static bool add(struct labels *labels, enum catalogue_part part, struct text id)
{
    if (id.data == NULL || id.size == 0 || id.size > ID_BYTES || labels->count == IDS_MAX ||
        find(labels, part, id) != NULL)
        return true;
    if (labels->count == labels->room) {
        unsigned room = labels->room > 0 ? 2 * labels->room : 32;
        struct label *items = realloc(labels->items, room * sizeof *items);
        if (items == NULL)
            return false;
        labels->items = items;
        labels->room = room;
    }
    struct label *label = &labels->items[labels->count++];
    *label = (struct label){.part = part};
    memcpy(label->id, id.data, id.size);
    return true;
}

/* Takes the ids of a value that a field of that part holds; other values are gone through. */
static bool note(struct labels *labels, enum catalogue_part part, const msgpack_object *value)
{
    bool whole = true;
    if (value->type == MSGPACK_OBJECT_STR && part != PART_NONE)
        whole = add(labels, part, tree_text(value, ""));
    for (uint32_t i = 0; value->type == MSGPACK_OBJECT_ARRAY && i < value->via.array.size; i++)
        whole = note(labels, part, &value->via.array.ptr[i]) && whole;
    for (uint32_t i = 0; value->type == MSGPACK_OBJECT_MAP && i < value->via.map.size; i++) {
        const msgpack_object_kv *pair = &value->via.map.ptr[i];
        whole = note(labels, part_of(tree_text(&pair->key, "")), &pair->val) && whole;
    }
    return whole;
}

bool labels_note(struct labels *labels, struct text field, const msgpack_object *value)
{
    return value == NULL || note(labels, part_of(field), value);
}

/* -- what they are called ------------------------------------------------------------------------
 */

/* Moves the next ids of a part, from *at on, into a question. */
static uint32_t next_ids(const struct labels *labels, enum catalogue_part part, unsigned *at,
                         struct text *ids, uint32_t most)
{
    uint32_t count = 0;
    for (; *at < labels->count && count < most; ++*at)
        if (labels->items[*at].part == part)
            ids[count++] =
                (struct text){labels->items[*at].id, (uint32_t)strlen(labels->items[*at].id)};
    return count;
}

static void label_set(struct label *label, struct text text)
{
    if (label != NULL && label->text == NULL && text.size > 0)
        label->text = text_clean(text.data, text.size);
}

static void take(struct labels *labels, enum catalogue_part part, const msgpack_object *found)
{
    struct text french = tree_text(found, "french"), english = tree_text(found, "english");
    struct text text = texts_language() == LANGUAGE_ENGLISH && english.size > 0 ? english : french;
    /* A role may be named by its ROME code. */
    label_set(find(labels, part, tree_text(found, "id")), text);
    label_set(find(labels, part, tree_text(found, "rome")), text);
}

static void take_all(struct labels *labels, enum catalogue_part part, const msgpack_object *tree,
                     const char *key)
{
    for (unsigned i = 0; i < tree_count(tree, key); i++)
        take(labels, part, tree_item(tree, key, i));
}

void labels_ask(struct labels *labels, struct context *context)
{
    unsigned skill = labels->asked, role = labels->asked;
    bool quiet = context->quiet;
    context->quiet = true;
    for (;;) {
        struct text skills[SKILLS_AT_ONCE], roles[ROLES_AT_ONCE];
        struct labelled body = {.skills = {skills, 0}, .roles = {roles, 0}};
        struct client_reply reply;
        body.has.skills = body.has.roles = true;
        body.skills.count = next_ids(labels, PART_SKILL, &skill, skills, SKILLS_AT_ONCE);
        body.roles.count = next_ids(labels, PART_ROLE, &role, roles, ROLES_AT_ONCE);
        if (body.skills.count + body.roles.count == 0 ||
            context_ask(context, MESSAGE_LABELS, &body, &reply) != END_OK)
            break;
        take_all(labels, PART_SKILL, reply.tree, "skills");
        take_all(labels, PART_ROLE, reply.tree, "roles");
    }
    labels->asked = labels->count;
    context->quiet = quiet;
}

struct labels *labels_create(void)
{
    return calloc(1, sizeof(struct labels));
}

void labels_free(struct labels *labels)
{
    if (labels == NULL)
        return;
    for (unsigned i = 0; i < labels->count; i++)
        free(labels->items[i].text);
    free(labels->items);
    free(labels);
}
