#include "skill_namesakes.h"

#include "skill_graph.h"
#include "words.h"

static bool is_other_catalogue(const char *id, const char *other)
{
    const char *colon = strchr(id, ':'), *other_colon = strchr(other, ':');
    size_t size = colon ? (size_t)(colon - id) : 0;
    size_t other_size = other_colon ? (size_t)(other_colon - other) : 0;
    return size != other_size || memcmp(id, other, size) != 0;
}

static bool add_same(struct array *edges, int32_t from, int32_t to)
{
    struct skill_edge *edge = array_add(edges, sizeof *edge);
    if (edge)
        *edge = (struct skill_edge){from, to, LINK_SAME};
    return edge != NULL;
}

bool skill_namesakes_link(struct array *edges, const struct referential_build *build)
{
    const struct skill_part *skills = build->skills.items;
    struct symbols names = {0};
    struct array firsts = {0}; /* int32_t by name: the first skill called so */
    bool done = true;
    for (size_t i = 0; done && i < build->skills.count; i++) {
        char normal[WORDS_NORMAL_SIZE];
        const char *label = symbols_text(&build->symbols, skills[i].french);
        size_t size = words_normalise(label, strlen(label), normal, sizeof normal);
        if (size == 0)
            continue;
        int32_t name = symbols_add(&names, normal, size);
        if (name >= 0 && (size_t)name == firsts.count) {
            int32_t *first = array_add(&firsts, sizeof *first);
            if ((done = first != NULL))
                *first = (int32_t)i;
        } else if ((done = name >= 0)) {
            int32_t first = ((const int32_t *)firsts.items)[name];
            if (is_other_catalogue(symbols_text(&build->symbols, skills[first].id),
                                   symbols_text(&build->symbols, skills[i].id)))
                done = add_same(edges, first, (int32_t)i);
        }
    }
    symbols_clear(&names);
    array_clear(&firsts);
    return done;
}
