/* What skills are called, and which roles and occupations need them, taken into an index. */
#include "role_index_build.h"

#include <stdlib.h>

/* Labels fall back to the other language. */
static bool has_english(const struct referential *referential, int32_t skill)
{
    return referential_skill_label(referential, skill, LABEL_ENGLISH) !=
           referential_skill_label(referential, skill, LABEL_FRENCH);
}

static bool take_french(struct role_indexing *indexing, int32_t skill, struct array *stems)
{
    const char *label = referential_skill_label(indexing->referential, skill, LABEL_FRENCH);
    return role_indexing_take_apart(indexing, label, stems, NULL) &&
           role_indexing_add_set(&indexing->lists[SKILL_STEMS], stems, (uint32_t)skill);
}

/* By runs of letters: the stems are for French words. */
static bool take_english(struct role_indexing *indexing, int32_t skill, struct array *grams)
{
    const char *label = referential_skill_label(indexing->referential, skill, LABEL_ENGLISH);
    return role_indexing_take_apart(indexing, label, NULL, grams) &&
           role_indexing_add_set(&indexing->lists[ENGLISH_GRAMS], grams, (uint32_t)skill);
}

static bool take_roles(struct role_indexing *indexing, uint8_t *wanted)
{
    for (int32_t role = 0; role < (int32_t)indexing->roles; role++) {
        unsigned count;
        const struct role_skill *items =
            referential_role_skills(indexing->referential, role, &count);
        for (unsigned i = 0; i < count; i++) {
            wanted[items[i].skill] = 1;
            if (!postings_add(&indexing->lists[SKILL_ROLES], (uint32_t)items[i].skill,
                              (uint32_t)indexing->owners[role],
                              items[i].core ? SKILL_CORE : SKILL_USEFUL))
                return false;
        }
    }
    return true;
}

bool role_indexing_take_skills(struct role_indexing *indexing)
{
    uint8_t *wanted = calloc((size_t)indexing->skills + 1, 1); /* skills of roles */
    struct array terms = {0};
    bool whole = wanted && take_roles(indexing, wanted);
    for (int32_t skill = 0; whole && skill < (int32_t)indexing->skills; skill++)
        whole =
            (!wanted[skill] || take_french(indexing, skill, &terms)) &&
            (!has_english(indexing->referential, skill) || take_english(indexing, skill, &terms));
    array_clear(&terms);
    free(wanted);
    return whole;
}
