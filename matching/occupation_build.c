#include "occupation_build.h"

#include "referential_parts.h"

bool referential_build_occupation_title(struct referential_build *build, const char *occupation,
                                        enum label_language language, const char *title)
{
    struct text_part part = {build_take_id(build, occupation), build_take(build, title, LABEL_MAX),
                             language};
    if (part.owner < 0 || part.text < 0 || language > LABEL_ENGLISH)
        return false;
    struct text_part *added = build_add_part(&build->occupation_titles, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}

bool referential_build_occupation_skill(struct referential_build *build, const char *occupation,
                                        const char *skill, bool essential)
{
    struct occupation_skill_part part = {build_take_id(build, occupation),
                                         build_take_id(build, skill), essential};
    if (part.occupation < 0 || part.skill < 0)
        return false;
    struct occupation_skill_part *added = build_add_part(&build->occupation_skills, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}

bool referential_build_occupation_role(struct referential_build *build, const char *occupation,
                                       const char *role, unsigned strength)
{
    struct link_part part = {build_take_id(build, occupation), build_take_id(build, role),
                             strength};
    if (part.from < 0 || part.to < 0 || strength < 1 || strength > OCCUPATION_STRENGTH_ONE)
        return false;
    struct link_part *added = build_add_part(&build->occupation_roles, sizeof *added);
    if (added)
        *added = part;
    return added != NULL;
}
