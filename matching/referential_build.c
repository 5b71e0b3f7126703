#include "referential_build.h"

#include "referential_format.h"
#include "referential_parts.h"

#include <unistr.h>

enum { TEXT_MAX = 16 * 1024, PARTS_MAX = 4 * 1024 * 1024 };

struct referential_build *referential_build_create(void)
{
    return calloc(1, sizeof(struct referential_build));
}

void referential_build_free(struct referential_build *build)
{
    if (!build)
        return;
    struct array *lists[] = {&build->skill_of,
                             &build->role_of,
                             &build->skills,
                             &build->roles,
                             &build->skill_aliases,
                             &build->role_aliases,
                             &build->skill_links,
                             &build->role_links,
                             &build->role_parents,
                             &build->role_skills,
                             &build->role_texts,
                             &build->occupation_titles,
                             &build->occupation_skills,
                             &build->occupation_roles,
                             NULL};
    for (struct array **list = lists; *list; list++)
        array_clear(*list);
    symbols_clear(&build->symbols);
    free(build);
}

int32_t build_take(struct referential_build *build, const char *text, size_t max)
{
    size_t size = text ? strnlen(text, max + 1) : 0;
    if (size > max || u8_check((const uint8_t *)text, size) != NULL)
        return SYMBOL_NONE;
    return symbols_add(&build->symbols, text ? text : "", size);
}

int32_t build_take_id(struct referential_build *build, const char *id)
{
    return id && id[0] != '\0' ? build_take(build, id, ID_MAX) : SYMBOL_NONE;
}

void *build_add_part(struct array *array, size_t size)
{
    return array->count < PARTS_MAX ? array_add(array, size) : NULL;
}

/* The place in skill_of or role_of for a symbol. */
static int32_t *place_of(struct array *places, int32_t symbol)
{
    while (places->count <= (size_t)symbol) {
        if (!array_add(places, sizeof(int32_t)))
            return NULL;
    }
    return (int32_t *)places->items + symbol;
}

static int32_t find_place(const struct array *places, int32_t symbol)
{
    if ((size_t)symbol >= places->count)
        return REFERENTIAL_NONE;
    return ((const int32_t *)places->items)[symbol] - 1;
}

int32_t build_find_skill(const struct referential_build *build, int32_t id)
{
    return find_place(&build->skill_of, id);
}

int32_t build_find_role(const struct referential_build *build, int32_t id)
{
    return find_place(&build->role_of, id);
}

/* The part that the place leads to, made when it leads nowhere yet. */
static void *part_at(struct array *parts, int32_t *place, size_t size)
{
    if (*place > 0)
        return (uint8_t *)parts->items + (size_t)(*place - 1) * size;
    void *part = build_add_part(parts, size);
    if (part)
        *place = (int32_t)parts->count;
    return part;
}

bool referential_build_skill(struct referential_build *build, const char *id, const char *french,
                             const char *english)
{
    struct skill_part part = {build_take_id(build, id), build_take(build, french, LABEL_MAX),
                              build_take(build, english, LABEL_MAX)};
    if (part.id < 0 || part.french < 0 || part.english < 0)
        return false;
    int32_t *place = place_of(&build->skill_of, part.id);
    struct skill_part *skill = place ? part_at(&build->skills, place, sizeof *skill) : NULL;
    if (skill)
        *skill = part;
    return skill != NULL;
}

/* The skill with that id, without labels when it is new; none is the empty string. */
static struct skill_part *skill_at(struct referential_build *build, int32_t id, int32_t none)
{
    int32_t *place = place_of(&build->skill_of, id);
    bool known = place && *place > 0;
    struct skill_part *skill = place ? part_at(&build->skills, place, sizeof *skill) : NULL;
    if (skill && !known)
        *skill = (struct skill_part){id, none, none};
    return skill;
}

bool referential_build_skill_label(struct referential_build *build, const char *id,
                                   enum label_language language, const char *label)
{
    int32_t symbol = build_take_id(build, id), text = build_take(build, label, LABEL_MAX);
    int32_t none = build_take(build, "", 0);
    bool taken = symbol >= 0 && text >= 0 && none >= 0;
    struct skill_part *skill = taken ? skill_at(build, symbol, none) : NULL;
    if (skill)
        *(language == LABEL_ENGLISH ? &skill->english : &skill->french) = text;
    return skill != NULL;
}

bool referential_build_role(struct referential_build *build, const char *id, const char *rome,
                            const char *french, const char *english)
{
    struct role_part part = {build_take_id(build, id), build_take(build, rome, ID_MAX),
                             build_take(build, french, LABEL_MAX),
                             build_take(build, english, LABEL_MAX)};
    if (part.id < 0 || part.rome < 0 || part.french < 0 || part.english < 0)
        return false;
    int32_t *place = place_of(&build->role_of, part.id);
    struct role_part *role = place ? part_at(&build->roles, place, sizeof *role) : NULL;
    if (role)
        *role = part;
    return role != NULL;
}

bool referential_build_role_parent(struct referential_build *build, const char *role,
                                   const char *parent)
{
    struct link_part part = {build_take_id(build, role), build_take_id(build, parent), 0};
    if (part.from < 0 || part.to < 0)
        return false;
    struct link_part *added = build_add_part(&build->role_parents, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}

static bool add_alias(struct referential_build *build, struct array *aliases, const char *id,
                      const char *text)
{
    struct alias_part part = {build_take_id(build, id), build_take(build, text, LABEL_MAX)};
    if (part.owner < 0 || part.text < 0)
        return false;
    struct alias_part *alias = build_add_part(aliases, sizeof *alias);
    if (alias)
        *alias = part;
    return alias != NULL;
}

bool referential_build_skill_alias(struct referential_build *build, const char *id,
                                   const char *alias)
{
    return add_alias(build, &build->skill_aliases, id, alias);
}

bool referential_build_role_alias(struct referential_build *build, const char *id,
                                  const char *alias)
{
    return add_alias(build, &build->role_aliases, id, alias);
}

static bool add_link(struct referential_build *build, struct array *links, const char *from,
                     const char *to, uint32_t value)
{
    struct link_part part = {build_take_id(build, from), build_take_id(build, to), value};
    if (part.from < 0 || part.to < 0)
        return false;
    struct link_part *added = build_add_part(links, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}

bool referential_build_skill_link(struct referential_build *build, const char *from, const char *to,
                                  enum skill_link link)
{
    return link <= LINK_RELATED && add_link(build, &build->skill_links, from, to, link);
}

bool referential_build_role_link(struct referential_build *build, const char *from, const char *to,
                                 unsigned nearness)
{
    return nearness >= 1 && nearness <= NEARNESS_ONE &&
           add_link(build, &build->role_links, from, to, nearness);
}

bool referential_build_role_skill(struct referential_build *build, const char *role,
                                  const char *skill, bool core, unsigned level)
{
    struct role_skill_part part = {build_take_id(build, role), build_take_id(build, skill), core,
                                   (uint8_t)level};
    if (part.role < 0 || part.skill < 0 || level < 1 || level > LEVEL_MAX)
        return false;
    struct role_skill_part *added = build_add_part(&build->role_skills, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}

bool referential_build_role_text(struct referential_build *build, const char *role,
                                 enum role_text kind, const char *text)
{
    struct text_part part = {build_take_id(build, role), build_take(build, text, TEXT_MAX), kind};
    if (part.owner < 0 || part.text < 0 || kind > ROLE_ACCESS)
        return false;
    struct text_part *added = build_add_part(&build->role_texts, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}
