#include "occupation.h"

#include "referential_internal.h"

static bool titles_valid(const struct referential *referential, const struct occupation_record *one)
{
    const struct occupation_title *titles = referential->occupation_titles + one->titles_start;
    for (uint32_t i = 0; i < one->titles_count; i++)
        if (titles[i].language > LABEL_ENGLISH ||
            !string_valid(&referential->sections[SECTION_STRINGS], titles[i].text))
            return false;
    return true;
}

static bool skills_valid(const struct referential *referential, const struct occupation_record *one)
{
    const struct occupation_skill *skills = referential->occupation_skills + one->skills_start;
    for (uint32_t i = 0; i < one->skills_count; i++)
        if (skills[i].skill < 0 || skills[i].skill >= referential_skill_count(referential) ||
            skills[i].essential > 1 || (i > 0 && skills[i].skill <= skills[i - 1].skill))
            return false;
    return true;
}

static bool roles_valid(const struct referential *referential, const struct occupation_record *one)
{
    const struct occupation_role *roles = referential->occupation_roles + one->roles_start;
    for (uint32_t i = 0; i < one->roles_count; i++)
        if (roles[i].role < 0 || roles[i].role >= referential_role_count(referential) ||
            roles[i].strength < 1 || roles[i].strength > OCCUPATION_STRENGTH_ONE ||
            (i > 0 && roles[i].role <= roles[i - 1].role))
            return false;
    return true;
}

bool occupations_valid(const struct referential *referential)
{
    const struct section *sections = referential->sections;
    uint32_t next_title = 0, next_skill = 0, next_role = 0;
    for (uint32_t i = 0; i < sections[SECTION_OCCUPATIONS].count; i++) {
        const struct occupation_record *one = &referential->occupations[i];
        if (!string_valid(&sections[SECTION_STRINGS], one->id) ||
            !slice_valid(one->titles_start, one->titles_count, &sections[SECTION_OCCUPATION_TITLES],
                         &next_title) ||
            !slice_valid(one->skills_start, one->skills_count, &sections[SECTION_OCCUPATION_SKILLS],
                         &next_skill) ||
            !slice_valid(one->roles_start, one->roles_count, &sections[SECTION_OCCUPATION_ROLES],
                         &next_role) ||
            !titles_valid(referential, one) || !skills_valid(referential, one) ||
            !roles_valid(referential, one))
            return false;
    }
    return sections[SECTION_OCCUPATIONS].count <= INT32_MAX;
}

int32_t referential_occupation_count(const struct referential *referential)
{
    return (int32_t)referential->sections[SECTION_OCCUPATIONS].count;
}

const char *referential_occupation_id(const struct referential *referential, int32_t occupation)
{
    return referential->strings + referential->occupations[occupation].id;
}

unsigned referential_occupation_title_count(const struct referential *referential,
                                            int32_t occupation)
{
    return referential->occupations[occupation].titles_count;
}

const char *referential_occupation_title(const struct referential *referential, int32_t occupation,
                                         unsigned index, enum label_language *language)
{
    const struct occupation_record *one = &referential->occupations[occupation];
    const struct occupation_title *title =
        &referential->occupation_titles[one->titles_start + index];
    *language = (enum label_language)title->language;
    return referential->strings + title->text;
}

const struct occupation_skill *referential_occupation_skills(const struct referential *referential,
                                                             int32_t occupation, unsigned *count)
{
    *count = referential->occupations[occupation].skills_count;
    return referential->occupation_skills + referential->occupations[occupation].skills_start;
}

const struct occupation_role *referential_occupation_roles(const struct referential *referential,
                                                           int32_t occupation, unsigned *count)
{
    *count = referential->occupations[occupation].roles_count;
    return referential->occupation_roles + referential->occupations[occupation].roles_start;
}
