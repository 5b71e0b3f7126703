#include "occupation_resolve.h"
#include "referential_format.h"
#include "referential_resolve.h"
#include "role_graph.h"
#include "role_index_build.h"
#include "words.h"

/* A lookup table being made. */
struct table {
    struct array entries; /* of struct entry */
    uint32_t *slots;
    uint32_t slot_count;
};

/* The file being put together. */
struct writing {
    const struct referential_build *build;
    struct referential_counts *counts;
    struct resolved resolved;
    struct resolved_occupations occupations;
    struct symbols strings; /* entered in an order that depends on the catalogue alone */
    struct array skills, roles;
    struct array role_skills, role_near, role_texts;
    struct table skill_ids, skill_words, role_ids, role_words;
};

static void writing_clear(struct writing *w)
{
    struct array *lists[] = {&w->skills,    &w->roles,      &w->role_skills,
                             &w->role_near, &w->role_texts, NULL};
    struct table *tables[] = {&w->skill_ids, &w->skill_words, &w->role_ids, &w->role_words, NULL};
    for (struct array **list = lists; *list; list++)
        array_clear(*list);
    for (struct table **table = tables; *table; table++) {
        array_clear(&(*table)->entries);
        free((*table)->slots);
    }
    symbols_clear(&w->strings);
    resolved_clear(&w->resolved);
    resolved_occupations_clear(&w->occupations);
}

static const char *text_of(const struct writing *w, int32_t symbol)
{
    return symbols_text(&w->build->symbols, symbol);
}

/* Enters a string; false when out of memory. */
static bool put_text(struct writing *w, const char *text, uint32_t *offset)
{
    int32_t symbol = symbols_add(&w->strings, text, strlen(text));
    if (symbol < 0)
        return false;
    *offset = w->strings.offsets[symbol];
    return true;
}

static bool put_symbol(struct writing *w, int32_t symbol, uint32_t *offset)
{
    return put_text(w, text_of(w, symbol), offset);
}

static bool put_entry(struct writing *w, struct table *table, const char *text, int32_t value,
                      unsigned trigrams)
{
    struct entry *entry = array_add(&table->entries, sizeof *entry);
    if (!entry)
        return false;
    entry->value = (uint32_t)value;
    entry->size = (uint16_t)strlen(text);
    entry->trigrams = (uint16_t)trigrams;
    return put_text(w, text, &entry->text);
}

static bool table_index(struct writing *w, struct table *table)
{
    table->slot_count = entries_slot_count((uint32_t)table->entries.count);
    table->slots = calloc(table->slot_count, sizeof *table->slots);
    if (!table->slots)
        return false;
    struct entries entries = {.items = table->entries.items,
                              .slots = table->slots,
                              .count = (uint32_t)table->entries.count,
                              .slot_count = table->slot_count,
                              .strings = w->strings.text};
    entries_index(&entries, table->slots);
    return true;
}

/* Something that a skill or role is called, in normal form. */
struct wording {
    int32_t owner, text; /* text is a symbol of a pool of their own */
    const char *normal;
};

static int compare_wordings(const void *left, const void *right)
{
    const struct wording *a = left, *b = right;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return a->text == b->text ? 0 : strcmp(a->normal, b->normal);
}

static bool take_wording(struct array *wordings, struct symbols *pool, int32_t owner,
                         const char *text)
{
    char normal[WORDS_NORMAL_SIZE];
    size_t size = words_normalise(text, strlen(text), normal, sizeof normal);
    if (size == 0)
        return true;
    struct wording *wording = array_add(wordings, sizeof *wording);
    if (!wording)
        return false;
    *wording = (struct wording){.owner = owner, .text = symbols_add(pool, normal, size)};
    return wording->text >= 0;
}

static bool put_wordings(struct writing *w, struct table *table, struct array *wordings,
                         const struct symbols *pool)
{
    struct wording *all = wordings->items;
    for (size_t i = 0; i < wordings->count; i++)
        all[i].normal = symbols_text(pool, all[i].text);
    array_sort(wordings, sizeof *all, compare_wordings);
    for (size_t i = 0; i < wordings->count; i++) {
        if (i > 0 && compare_wordings(&all[i - 1], &all[i]) == 0)
            continue;
        const char *normal = all[i].normal;
        if (!put_entry(w, table, normal, all[i].owner, entry_trigrams(normal, strlen(normal))))
            return false;
    }
    return true;
}

/* The table of all that skills, or roles, are called. */
static bool put_words(struct writing *w, bool of_skills)
{
    const struct referential_build *build = w->build;
    const struct skill_part *skills = build->skills.items;
    const struct role_part *roles = build->roles.items;
    const struct array *aliases = of_skills ? &build->skill_aliases : &build->role_aliases;
    const struct alias_part *alias = aliases->items;
    struct array wordings = {0};
    struct symbols pool = {0};
    bool done = true;
    int32_t count = of_skills ? w->resolved.skills : w->resolved.roles;
    for (int32_t i = 0; done && i < count; i++) {
        int32_t french = of_skills ? skills[i].french : roles[i].french;
        int32_t english = of_skills ? skills[i].english : roles[i].english;
        done = take_wording(&wordings, &pool, i, text_of(w, french)) &&
               take_wording(&wordings, &pool, i, text_of(w, english));
    }
    for (size_t i = 0; done && i < aliases->count; i++) {
        int32_t owner = of_skills ? build_find_skill(build, alias[i].owner)
                                  : build_find_role(build, alias[i].owner);
        w->counts->aliases += owner >= 0;
        w->counts->dropped_links += owner < 0;
        done = owner < 0 || take_wording(&wordings, &pool, owner, text_of(w, alias[i].text));
    }
    done = done && put_wordings(w, of_skills ? &w->skill_words : &w->role_words, &wordings, &pool);
    array_clear(&wordings);
    symbols_clear(&pool);
    return done;
}

static bool put_skills(struct writing *w)
{
    const struct skill_part *parts = w->build->skills.items;
    uint32_t start = 0;
    for (int32_t i = 0; i < w->resolved.skills; i++) {
        struct skill_record *record = array_add(&w->skills, sizeof *record);
        if (!record || !put_symbol(w, parts[i].id, &record->id) ||
            !put_symbol(w, parts[i].french, &record->french) ||
            !put_symbol(w, parts[i].english, &record->english) ||
            !put_entry(w, &w->skill_ids, text_of(w, parts[i].id), i, 0))
            return false;
        if (text_of(w, parts[i].french)[0] == '\0' && text_of(w, parts[i].english)[0] == '\0')
            record->french = record->id;
        record->near_start = start;
        record->near_count = w->resolved.near_lengths[i];
        record->weight = w->resolved.weights[i];
        start += record->near_count;
    }
    return true;
}

/* The slices of a role; next_skill and next_edge are how far earlier roles went. */
static bool put_role_lists(struct writing *w, struct role_record *record, int32_t role,
                           size_t *next_skill, size_t *next_edge)
{
    const struct array *skills = &w->resolved.role_skills, *edges = &w->resolved.role_edges;
    const struct resolved_role_skill *skill = skills->items;
    const struct role_edge *edge = edges->items;
    record->skills_start = (uint32_t)*next_skill;
    for (; *next_skill < skills->count && skill[*next_skill].role == role; ++*next_skill) {
        struct role_skill *item = array_add(&w->role_skills, sizeof *item);
        if (!item)
            return false;
        *item = skill[*next_skill].item;
    }
    record->skills_count = (uint32_t)*next_skill - record->skills_start;
    record->near_start = (uint32_t)*next_edge;
    for (; *next_edge < edges->count && edge[*next_edge].from == role; ++*next_edge) {
        struct role_near *near = array_add(&w->role_near, sizeof *near);
        if (!near)
            return false;
        *near = (struct role_near){edge[*next_edge].to, edge[*next_edge].nearness};
    }
    record->near_count = (uint32_t)*next_edge - record->near_start;
    return true;
}

static void put_parents(struct writing *w)
{
    const struct link_part *links = w->build->role_parents.items;
    struct role_record *roles = w->roles.items;
    for (size_t i = 0; i < w->roles.count; i++)
        roles[i].parent = REFERENTIAL_NONE;
    for (size_t i = 0; i < w->build->role_parents.count; i++) {
        int32_t role = build_find_role(w->build, links[i].from);
        int32_t parent = build_find_role(w->build, links[i].to);
        w->counts->dropped_links += role < 0 || parent < 0;
        if (role >= 0 && parent >= 0 && parent != role)
            roles[role].parent = parent;
    }
}

static bool put_roles(struct writing *w)
{
    const struct role_part *parts = w->build->roles.items;
    size_t next_skill = 0, next_edge = 0;
    for (int32_t i = 0; i < w->resolved.roles; i++) {
        struct role_record *record = array_add(&w->roles, sizeof *record);
        if (!record || !put_symbol(w, parts[i].id, &record->id) ||
            !put_symbol(w, parts[i].rome, &record->rome) ||
            !put_symbol(w, parts[i].french, &record->french) ||
            !put_symbol(w, parts[i].english, &record->english) ||
            !put_entry(w, &w->role_ids, text_of(w, parts[i].id), i, 0) ||
            !put_role_lists(w, record, i, &next_skill, &next_edge))
            return false;
        if (text_of(w, parts[i].french)[0] == '\0' && text_of(w, parts[i].english)[0] == '\0')
            record->french = record->id;
    }
    /* Behind all ids: a ROME code that is an id means that role, else the first that has it. */
    for (int32_t i = 0; i < w->resolved.roles; i++) {
        const char *rome = text_of(w, parts[i].rome);
        if (rome[0] != '\0' && build_find_role(w->build, parts[i].rome) < 0 &&
            !put_entry(w, &w->role_ids, rome, i, 0))
            return false;
    }
    put_parents(w);
    return true;
}

/* A text of a role that exists. */
struct told {
    int32_t role;
    uint32_t kind;
    const char *text;
};

static int compare_told(const void *left, const void *right)
{
    const struct told *a = left, *b = right;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return strcmp(a->text, b->text);
}

static bool put_told(struct writing *w, const struct told *told)
{
    struct role_record *role = (struct role_record *)w->roles.items + told->role;
    struct role_text_record *record = array_add(&w->role_texts, sizeof *record);
    if (!record)
        return false;
    role->texts_count++;
    record->kind = told->kind;
    return put_text(w, told->text, &record->text);
}

/* The slices of roles that have none begin where the one before them ends. */
static void place_texts(struct writing *w)
{
    struct role_record *roles = w->roles.items;
    uint32_t start = 0;
    for (size_t i = 0; i < w->roles.count; i++) {
        roles[i].texts_start = start;
        start += roles[i].texts_count;
    }
}

static bool put_role_texts(struct writing *w)
{
    const struct text_part *parts = w->build->role_texts.items;
    struct array sorted = {0};
    bool done = true;
    for (size_t i = 0; done && i < w->build->role_texts.count; i++) {
        int32_t role = build_find_role(w->build, parts[i].owner);
        const char *text = text_of(w, parts[i].text);
        w->counts->dropped_links += role < 0;
        if (role < 0 || text[0] == '\0')
            continue;
        struct told *told = array_add(&sorted, sizeof *told);
        if ((done = told != NULL))
            *told = (struct told){role, parts[i].kind, text};
    }
    const struct told *told = sorted.items;
    array_sort(&sorted, sizeof *told, compare_told);
    for (size_t i = 0; done && i < sorted.count; i++)
        done = (i > 0 && compare_told(&told[i - 1], &told[i]) == 0) || put_told(w, &told[i]);
    place_texts(w);
    array_clear(&sorted);
    return done;
}

/* Their symbols become offsets of strings. */
static bool put_occupations(struct writing *w)
{
    if (!resolved_occupations_fill(&w->occupations, w->build, w->counts))
        return false;
    struct occupation_record *records = w->occupations.occupations.items;
    for (size_t i = 0; i < w->occupations.occupations.count; i++)
        if (!put_symbol(w, (int32_t)records[i].id, &records[i].id))
            return false;
    struct occupation_title *titles = w->occupations.titles.items;
    for (size_t i = 0; i < w->occupations.titles.count; i++)
        if (!put_symbol(w, (int32_t)titles[i].text, &titles[i].text))
            return false;
    return true;
}

static bool put_all(struct writing *w)
{
    uint32_t empty; /* a strings section is never empty */
    return resolved_fill(&w->resolved, w->build, w->counts) && put_text(w, "", &empty) &&
           put_skills(w) && put_roles(w) && put_role_texts(w) && put_occupations(w) &&
           put_words(w, true) && put_words(w, false) && table_index(w, &w->skill_ids) &&
           table_index(w, &w->skill_words) && table_index(w, &w->role_ids) &&
           table_index(w, &w->role_words);
}

static struct section section_of(const struct array *array)
{
    return (struct section){array->items, (uint32_t)array->count};
}

static struct section slots_of(const struct table *table)
{
    return (struct section){table->slots, table->slot_count};
}

static void *write_sections(const struct writing *w, struct section role_index, size_t *size,
                            char *hash)
{
    const struct section sections[SECTION_COUNT] = {
        [SECTION_STRINGS] = {w->strings.text, (uint32_t)w->strings.size},
        [SECTION_SKILLS] = section_of(&w->skills),
        [SECTION_ROLES] = section_of(&w->roles),
        [SECTION_SKILL_NEAR] = section_of(&w->resolved.skill_near),
        [SECTION_ROLE_SKILLS] = section_of(&w->role_skills),
        [SECTION_ROLE_NEAR] = section_of(&w->role_near),
        [SECTION_SKILL_IDS] = section_of(&w->skill_ids.entries),
        [SECTION_SKILL_ID_SLOTS] = slots_of(&w->skill_ids),
        [SECTION_SKILL_WORDS] = section_of(&w->skill_words.entries),
        [SECTION_SKILL_WORD_SLOTS] = slots_of(&w->skill_words),
        [SECTION_ROLE_IDS] = section_of(&w->role_ids.entries),
        [SECTION_ROLE_ID_SLOTS] = slots_of(&w->role_ids),
        [SECTION_ROLE_WORDS] = section_of(&w->role_words.entries),
        [SECTION_ROLE_WORD_SLOTS] = slots_of(&w->role_words),
        [SECTION_ROLE_TEXTS] = section_of(&w->role_texts),
        [SECTION_OCCUPATIONS] = section_of(&w->occupations.occupations),
        [SECTION_OCCUPATION_TITLES] = section_of(&w->occupations.titles),
        [SECTION_OCCUPATION_SKILLS] = section_of(&w->occupations.skills),
        [SECTION_OCCUPATION_ROLES] = section_of(&w->occupations.roles),
        [SECTION_ROLE_INDEX] = role_index,
    };
    return sections_write(REFERENTIAL_MAGIC, referential_item_sizes, SECTION_COUNT, sections, size,
                          hash);
}

/* The index is made of the referential as it will be read, hence of a file without one. */
static void *write_indexed(const struct writing *w, size_t *size, char *hash)
{
    const char *reason;
    size_t index_size = 0;
    void *index = NULL, *indexed = NULL;
    void *bare = write_sections(w, (struct section){NULL, 0}, size, hash);
    struct referential *referential = bare ? referential_open(bare, *size, &reason) : NULL;
    if (referential)
        index = role_index_build(referential, &index_size);
    if (index && index_size <= UINT32_MAX)
        indexed = write_sections(w, (struct section){index, (uint32_t)index_size}, size, hash);
    referential_close(referential);
    free(bare);
    free(index);
    return indexed;
}

void *referential_build_finish(struct referential_build *build, size_t *size,
                               char hash[REFERENTIAL_HASH_SIZE], struct referential_counts *counts)
{
    *counts = (struct referential_counts){.skills = (unsigned)build->skills.count,
                                          .roles = (unsigned)build->roles.count};
    struct writing w = {.build = build, .counts = counts};
    void *data = put_all(&w) ? write_indexed(&w, size, hash) : NULL;
    writing_clear(&w);
    return data;
}
