#include "occupation_resolve.h"

#include "referential_format.h"

#include <stddef.h>

/* What an occupation has: a title, a skill or a role. Sorted by owner, kind and value, in which a
 * title counts as a string. */
struct thing {
    int32_t owner; /* symbol of the occupation, later its number */
    int32_t value; /* symbol of a title, skill, role */
    uint32_t note; /* language, essential or not, strength: the greatest of repeats is kept */
    const char *text;
};

struct resolving {
    const struct referential_build *build;
    struct referential_counts *counts;
    struct resolved_occupations *resolved;
    struct array number_of; /* int32_t by symbol: its occupation + 1, or 0 */
};

static int compare_things(const void *left, const void *right)
{
    const struct thing *a = left, *b = right;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    if (a->text && b->text && strcmp(a->text, b->text) != 0)
        return strcmp(a->text, b->text);
    if (!a->text && a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return (a->note < b->note) - (a->note > b->note);
}

static bool is_repeat(const struct thing *a, const struct thing *b)
{
    return a->owner == b->owner && a->value == b->value;
}

static int compare_ids(const void *left, const void *right)
{
    return strcmp(((const struct thing *)left)->text, ((const struct thing *)right)->text);
}

/* The occupations that stand for a role, by id. */
static bool number_occupations(struct resolving *r)
{
    const struct link_part *links = r->build->occupation_roles.items;
    struct array ids = {0};
    bool done = true;
    for (size_t i = 0; done && i < r->build->occupation_roles.count; i++) {
        if (build_find_role(r->build, links[i].to) < 0)
            continue;
        struct thing *id = array_add(&ids, sizeof *id);
        if ((done = id != NULL))
            *id = (struct thing){
                .owner = links[i].from,
                .text = symbols_text(&r->build->symbols, links[i].from),
            };
    }
    const struct thing *all = ids.items;
    array_sort(&ids, sizeof *all, compare_ids);
    while (done && r->number_of.count < r->build->symbols.count)
        done = array_add(&r->number_of, sizeof(int32_t)) != NULL;
    for (size_t i = 0; done && i < ids.count; i++) {
        if (i > 0 && all[i].owner == all[i - 1].owner)
            continue;
        struct occupation_record *record = array_add(&r->resolved->occupations, sizeof *record);
        if ((done = record != NULL)) {
            record->id = (uint32_t)all[i].owner;
            ((int32_t *)r->number_of.items)[all[i].owner] = (int32_t)r->resolved->occupations.count;
        }
    }
    array_clear(&ids);
    return done;
}

/* Notes a thing of an occupation that is kept; others are passed over, not dropped. */
static bool add_thing(struct resolving *r, struct array *things, struct thing thing)
{
    thing.owner = ((const int32_t *)r->number_of.items)[thing.owner] - 1;
    if (thing.owner < 0)
        return true;
    if (thing.value < 0) {
        r->counts->dropped_links++;
        return true;
    }
    struct thing *added = array_add(things, sizeof *added);
    if (added)
        *added = thing;
    return added != NULL;
}

/* Sorts things and leaves each once. */
static void gather(struct array *things)
{
    struct thing *all = things->items;
    size_t kept = 0;
    array_sort(things, sizeof *all, compare_things);
    for (size_t i = 0; i < things->count; i++)
        if (kept == 0 || !is_repeat(&all[kept - 1], &all[i]))
            all[kept++] = all[i];
    things->count = kept;
}

static bool resolve_titles(struct resolving *r, struct array *things)
{
    const struct text_part *parts = r->build->occupation_titles.items;
    for (size_t i = 0; i < r->build->occupation_titles.count; i++) {
        const char *text = symbols_text(&r->build->symbols, parts[i].text);
        if (*text != '\0' &&
            !add_thing(r, things,
                       (struct thing){parts[i].owner, parts[i].text, parts[i].kind, text}))
            return false;
    }
    return true;
}

static bool resolve_skills(struct resolving *r, struct array *things)
{
    const struct occupation_skill_part *parts = r->build->occupation_skills.items;
    for (size_t i = 0; i < r->build->occupation_skills.count; i++)
        if (!add_thing(r, things,
                       (struct thing){parts[i].occupation,
                                      build_find_skill(r->build, parts[i].skill),
                                      parts[i].essential, NULL}))
            return false;
    return true;
}

static bool resolve_roles(struct resolving *r, struct array *things)
{
    const struct link_part *parts = r->build->occupation_roles.items;
    for (size_t i = 0; i < r->build->occupation_roles.count; i++)
        if (!add_thing(r, things,
                       (struct thing){parts[i].from, build_find_role(r->build, parts[i].to),
                                      parts[i].value, NULL}))
            return false;
    return true;
}

/* Where the slices of each occupation are: start and count in its record, from those fields on. */
static bool emit(struct resolving *r, struct array *things, struct array *items, size_t start_field)
{
    const struct thing *all = things->items;
    size_t next = 0;
    gather(things);
    for (size_t i = 0; i < r->resolved->occupations.count; i++) {
        struct occupation_record *record =
            (struct occupation_record *)r->resolved->occupations.items + i;
        uint32_t slice[2] = {(uint32_t)items->count, 0};
        for (; next < things->count && all[next].owner == (int32_t)i; next++, slice[1]++) {
            uint32_t *item = array_add(items, 2 * sizeof *item);
            if (!item)
                return false;
            item[0] = (uint32_t)all[next].value;
            item[1] = all[next].note;
        }
        memcpy((uint8_t *)record + start_field, slice, sizeof slice);
    }
    return true;
}

_Static_assert(sizeof(struct occupation_title) == 8 && sizeof(struct occupation_skill) == 8 &&
                   sizeof(struct occupation_role) == 8,
               "emit() writes them all");

static bool resolve(struct resolving *r, bool (*collect)(struct resolving *, struct array *),
                    struct array *items, size_t start_field)
{
    struct array things = {0};
    bool done = collect(r, &things) && emit(r, &things, items, start_field);
    array_clear(&things);
    return done;
}

bool resolved_occupations_fill(struct resolved_occupations *resolved,
                               const struct referential_build *build,
                               struct referential_counts *counts)
{
    struct resolving r = {.build = build, .counts = counts, .resolved = resolved};
    bool done = number_occupations(&r) &&
                resolve(&r, resolve_titles, &resolved->titles,
                        offsetof(struct occupation_record, titles_start)) &&
                resolve(&r, resolve_skills, &resolved->skills,
                        offsetof(struct occupation_record, skills_start)) &&
                resolve(&r, resolve_roles, &resolved->roles,
                        offsetof(struct occupation_record, roles_start));
    counts->occupations = (unsigned)resolved->occupations.count;
    array_clear(&r.number_of);
    return done;
}

void resolved_occupations_clear(struct resolved_occupations *resolved)
{
    array_clear(&resolved->occupations);
    array_clear(&resolved->titles);
    array_clear(&resolved->skills);
    array_clear(&resolved->roles);
}
