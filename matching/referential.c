#include "referential.h"

#include "foreign_id.h"
#include "referential_internal.h"
#include "words.h"

#include <stdlib.h>

const uint32_t referential_item_sizes[SECTION_COUNT] = {
    [SECTION_STRINGS] = 1,
    [SECTION_SKILLS] = sizeof(struct skill_record),
    [SECTION_ROLES] = sizeof(struct role_record),
    [SECTION_SKILL_NEAR] = sizeof(struct near_skill),
    [SECTION_ROLE_SKILLS] = sizeof(struct role_skill),
    [SECTION_ROLE_NEAR] = sizeof(struct role_near),
    [SECTION_SKILL_IDS] = sizeof(struct entry),
    [SECTION_SKILL_ID_SLOTS] = sizeof(uint32_t),
    [SECTION_SKILL_WORDS] = sizeof(struct entry),
    [SECTION_SKILL_WORD_SLOTS] = sizeof(uint32_t),
    [SECTION_ROLE_IDS] = sizeof(struct entry),
    [SECTION_ROLE_ID_SLOTS] = sizeof(uint32_t),
    [SECTION_ROLE_WORDS] = sizeof(struct entry),
    [SECTION_ROLE_WORD_SLOTS] = sizeof(uint32_t),
    [SECTION_ROLE_TEXTS] = sizeof(struct role_text_record),
    [SECTION_OCCUPATIONS] = sizeof(struct occupation_record),
    [SECTION_OCCUPATION_TITLES] = sizeof(struct occupation_title),
    [SECTION_OCCUPATION_SKILLS] = sizeof(struct occupation_skill),
    [SECTION_OCCUPATION_ROLES] = sizeof(struct occupation_role),
    [SECTION_ROLE_INDEX] = 1,
};

static bool near_valid(const struct referential *referential, const struct skill_record *skill,
                       int32_t self)
{
    const struct near_skill *near = referential->skill_near + skill->near_start;
    for (uint32_t i = 0; i < skill->near_count; i++) {
        if (near[i].skill < 0 || near[i].skill >= referential_skill_count(referential) ||
            near[i].nearness < 1 || near[i].nearness > NEARNESS_ONE || near[i].path > PATH_RELATED)
            return false;
    }
    return skill->near_count > 0 && skill->near_count <= SKILL_NEAR_MAX && near[0].skill == self;
}

static bool skills_valid(const struct referential *referential)
{
    const struct section *sections = referential->sections;
    const struct section *strings = &sections[SECTION_STRINGS];
    uint32_t next = 0;
    for (int32_t i = 0; i < referential_skill_count(referential); i++) {
        const struct skill_record *skill = &referential->skills[i];
        if (!string_valid(strings, skill->id) || !string_valid(strings, skill->french) ||
            !string_valid(strings, skill->english) || skill->weight < WEIGHT_MIN ||
            skill->weight > WEIGHT_MAX ||
            !slice_valid(skill->near_start, skill->near_count, &sections[SECTION_SKILL_NEAR],
                         &next) ||
            !near_valid(referential, skill, i))
            return false;
    }
    return true;
}

static bool role_skills_valid(const struct referential *referential)
{
    for (uint32_t i = 0; i < referential->sections[SECTION_ROLE_SKILLS].count; i++) {
        const struct role_skill *item = &referential->role_skills[i];
        if (item->skill < 0 || item->skill >= referential_skill_count(referential) ||
            item->core > 1 || item->level < 1 || item->level > LEVEL_MAX)
            return false;
    }
    return true;
}

static bool role_near_valid(const struct referential *referential, const struct role_record *role)
{
    const struct role_near *near = referential->role_near + role->near_start;
    for (uint32_t i = 0; i < role->near_count; i++) {
        if (near[i].role < 0 || near[i].role >= referential_role_count(referential) ||
            near[i].nearness > NEARNESS_ONE || (i > 0 && near[i].role <= near[i - 1].role))
            return false;
    }
    return true;
}

static bool role_texts_valid(const struct referential *referential, const struct role_record *role)
{
    const struct role_text_record *texts = referential->role_texts + role->texts_start;
    for (uint32_t i = 0; i < role->texts_count; i++)
        if (texts[i].kind > ROLE_ACCESS ||
            !string_valid(&referential->sections[SECTION_STRINGS], texts[i].text))
            return false;
    return true;
}

static bool roles_valid(const struct referential *referential)
{
    const struct section *sections = referential->sections;
    const struct section *strings = &sections[SECTION_STRINGS];
    uint32_t next_skill = 0, next_near = 0, next_text = 0;
    for (int32_t i = 0; i < referential_role_count(referential); i++) {
        const struct role_record *role = &referential->roles[i];
        if (!string_valid(strings, role->id) || !string_valid(strings, role->rome) ||
            !string_valid(strings, role->french) || !string_valid(strings, role->english) ||
            !slice_valid(role->skills_start, role->skills_count, &sections[SECTION_ROLE_SKILLS],
                         &next_skill) ||
            !slice_valid(role->near_start, role->near_count, &sections[SECTION_ROLE_NEAR],
                         &next_near) ||
            !slice_valid(role->texts_start, role->texts_count, &sections[SECTION_ROLE_TEXTS],
                         &next_text) ||
            role->parent < REFERENTIAL_NONE ||
            role->parent >= referential_role_count(referential) ||
            !role_near_valid(referential, role) || !role_texts_valid(referential, role))
            return false;
    }
    return true;
}

static bool tables_valid(struct referential *referential)
{
    const struct section *sections = referential->sections;
    const struct section *strings = &sections[SECTION_STRINGS];
    uint32_t skills = sections[SECTION_SKILLS].count, roles = sections[SECTION_ROLES].count;
    return entries_open(&referential->skill_ids, &sections[SECTION_SKILL_IDS],
                        &sections[SECTION_SKILL_ID_SLOTS], strings, skills) &&
           entries_open(&referential->skill_words, &sections[SECTION_SKILL_WORDS],
                        &sections[SECTION_SKILL_WORD_SLOTS], strings, skills) &&
           entries_open(&referential->role_ids, &sections[SECTION_ROLE_IDS],
                        &sections[SECTION_ROLE_ID_SLOTS], strings, roles) &&
           entries_open(&referential->role_words, &sections[SECTION_ROLE_WORDS],
                        &sections[SECTION_ROLE_WORD_SLOTS], strings, roles);
}

static const char *check(struct referential *referential, const void *data, size_t size)
{
    const struct section *sections = referential->sections;
    const char *reason = sections_open(data, size, REFERENTIAL_MAGIC, referential_item_sizes,
                                       SECTION_COUNT, referential->sections, referential->hash);
    if (reason)
        return reason;
    if (sections[SECTION_SKILLS].count > INT32_MAX || sections[SECTION_ROLES].count > INT32_MAX)
        return "too many skills or roles";
    referential->strings = sections[SECTION_STRINGS].items;
    referential->skills = sections[SECTION_SKILLS].items;
    referential->roles = sections[SECTION_ROLES].items;
    referential->skill_near = sections[SECTION_SKILL_NEAR].items;
    referential->role_skills = sections[SECTION_ROLE_SKILLS].items;
    referential->role_near = sections[SECTION_ROLE_NEAR].items;
    referential->role_texts = sections[SECTION_ROLE_TEXTS].items;
    referential->occupations = sections[SECTION_OCCUPATIONS].items;
    referential->occupation_titles = sections[SECTION_OCCUPATION_TITLES].items;
    referential->occupation_skills = sections[SECTION_OCCUPATION_SKILLS].items;
    referential->occupation_roles = sections[SECTION_OCCUPATION_ROLES].items;
    if (!strings_valid(&sections[SECTION_STRINGS]))
        return "strings are not UTF-8 text";
    if (!skills_valid(referential))
        return "a skill is out of bounds";
    if (!role_skills_valid(referential) || !roles_valid(referential))
        return "a role is out of bounds";
    if (!occupations_valid(referential))
        return "an occupation is out of bounds";
    return tables_valid(referential) ? NULL : "a lookup table is out of bounds";
}

struct referential *referential_open(const void *data, size_t size, const char **reason)
{
    struct referential *referential = calloc(1, sizeof *referential);
    *reason = referential ? check(referential, data, size) : "out of memory";
    if (!*reason)
        return referential;
    free(referential);
    return NULL;
}

void referential_close(struct referential *referential)
{
    free(referential);
}

const char *referential_hash(const struct referential *referential)
{
    return referential->hash;
}

int32_t referential_skill_count(const struct referential *referential)
{
    return (int32_t)referential->sections[SECTION_SKILLS].count;
}

int32_t referential_role_count(const struct referential *referential)
{
    return (int32_t)referential->sections[SECTION_ROLES].count;
}

int32_t referential_skill(const struct referential *referential, const char *id, size_t size)
{
    char own[FOREIGN_ID_SIZE];
    int32_t skill = entries_find(&referential->skill_ids, id, size);
    return skill != REFERENTIAL_NONE
               ? skill
               : entries_find(&referential->skill_ids, own, foreign_id(id, size, own));
}

int32_t referential_role(const struct referential *referential, const char *id, size_t size)
{
    return entries_find(&referential->role_ids, id, size);
}

static int32_t find_words(const struct entries *entries, const char *words, size_t size)
{
    char normal[WORDS_NORMAL_SIZE];
    return entries_find(entries, normal, words_normalise(words, size, normal, sizeof normal));
}

int32_t referential_skill_by_words(const struct referential *referential, const char *words,
                                   size_t size)
{
    return find_words(&referential->skill_words, words, size);
}

int32_t referential_role_by_words(const struct referential *referential, const char *words,
                                  size_t size)
{
    return find_words(&referential->role_words, words, size);
}

static const char *words_at(const struct entries *entries, unsigned index, int32_t *value)
{
    const struct entry *entry = &entries->items[index];
    *value = (int32_t)entry->value;
    return entries->strings + entry->text;
}

unsigned referential_skill_words_count(const struct referential *referential)
{
    return referential->skill_words.count;
}

const char *referential_skill_words(const struct referential *referential, unsigned index,
                                    int32_t *skill)
{
    return words_at(&referential->skill_words, index, skill);
}

unsigned referential_role_words_count(const struct referential *referential)
{
    return referential->role_words.count;
}

const char *referential_role_words(const struct referential *referential, unsigned index,
                                   int32_t *role)
{
    return words_at(&referential->role_words, index, role);
}

static unsigned nearest(const struct entries *entries, const char *words, size_t size,
                        int32_t *values, unsigned limit)
{
    char normal[WORDS_NORMAL_SIZE];
    size_t length = words_normalise(words, size, normal, sizeof normal);
    return entries_nearest(entries, normal, length, values, limit);
}

unsigned referential_nearest_roles(const struct referential *referential, const char *words,
                                   size_t size, int32_t *roles, unsigned limit)
{
    return nearest(&referential->role_words, words, size, roles, limit);
}

unsigned referential_nearest_skills(const struct referential *referential, const char *words,
                                    size_t size, int32_t *skills, unsigned limit)
{
    return nearest(&referential->skill_words, words, size, skills, limit);
}

static const char *label(const struct referential *referential, uint32_t french, uint32_t english,
                         enum label_language language)
{
    const char *wanted = referential->strings + (language == LABEL_ENGLISH ? english : french);
    if (wanted[0] != '\0')
        return wanted;
    return referential->strings + (language == LABEL_ENGLISH ? french : english);
}

const char *referential_skill_id(const struct referential *referential, int32_t skill)
{
    return referential->strings + referential->skills[skill].id;
}

const char *referential_skill_label(const struct referential *referential, int32_t skill,
                                    enum label_language language)
{
    const struct skill_record *record = &referential->skills[skill];
    return label(referential, record->french, record->english, language);
}

unsigned referential_skill_weight(const struct referential *referential, int32_t skill)
{
    return referential->skills[skill].weight;
}

const struct near_skill *referential_skill_near(const struct referential *referential,
                                                int32_t skill, unsigned *count)
{
    *count = referential->skills[skill].near_count;
    return referential->skill_near + referential->skills[skill].near_start;
}

const char *referential_role_id(const struct referential *referential, int32_t role)
{
    return referential->strings + referential->roles[role].id;
}

const char *referential_role_rome(const struct referential *referential, int32_t role)
{
    return referential->strings + referential->roles[role].rome;
}

int32_t referential_role_parent(const struct referential *referential, int32_t role)
{
    return referential->roles[role].parent;
}

const char *referential_role_label(const struct referential *referential, int32_t role,
                                   enum label_language language)
{
    const struct role_record *record = &referential->roles[role];
    return label(referential, record->french, record->english, language);
}

const struct role_skill *referential_role_skills(const struct referential *referential,
                                                 int32_t role, unsigned *count)
{
    *count = referential->roles[role].skills_count;
    return referential->role_skills + referential->roles[role].skills_start;
}

unsigned referential_role_text_count(const struct referential *referential, int32_t role)
{
    return referential->roles[role].texts_count;
}

const char *referential_role_text(const struct referential *referential, int32_t role,
                                  unsigned index, enum role_text *kind)
{
    const struct role_text_record *text =
        &referential->role_texts[referential->roles[role].texts_start + index];
    *kind = (enum role_text)text->kind;
    return referential->strings + text->text;
}

const struct role_near *referential_role_near(const struct referential *referential, int32_t role,
                                              unsigned *count)
{
    *count = referential->roles[role].near_count;
    return referential->role_near + referential->roles[role].near_start;
}

static int compare_near(const void *key, const void *item)
{
    int32_t role = *(const int32_t *)key;
    const struct role_near *near = item;
    return (role > near->role) - (role < near->role);
}

unsigned referential_role_nearness(const struct referential *referential, int32_t from, int32_t to)
{
    if (from == to)
        return NEARNESS_ONE;
    const struct role_record *role = &referential->roles[from];
    const struct role_near *near = bsearch(&to, referential->role_near + role->near_start,
                                           role->near_count, sizeof *near, compare_near);
    return near ? near->nearness : 0;
}
