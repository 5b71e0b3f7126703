/* What trade a text is of: the skills and titles that are certain vote for the roles that have
 * them.
 */
#include "recognise_parts.h"

enum {
    CORE_VOTES = 20,
    USEFUL_VOTES = 10,
    ROLES_FULL = 6 /* a skill of more roles than that says less of each */
};

void reading_clear_votes(struct reading *reading)
{
    size_t roles = (size_t)referential_role_count(reading->referential);
    memset(reading->votes, 0, roles * sizeof *reading->votes);
    reading->most_votes = 0;
}

static void add_votes(struct reading *reading, int32_t role, int32_t votes)
{
    int32_t *sum = &reading->votes[role];
    *sum += votes;
    if (*sum > reading->most_votes)
        reading->most_votes = *sum;
}

void reading_vote_role(struct reading *reading, int32_t role, int32_t votes)
{
    unsigned count;
    const struct role_near *near = referential_role_near(reading->referential, role, &count);
    add_votes(reading, role, votes);
    for (unsigned i = 0; i < count; i++)
        if (near[i].role != role)
            add_votes(reading, near[i].role, votes * (int32_t)near[i].nearness / NEARNESS_ONE / 2);
}

static const struct skill_role *roles_of(const struct reading *reading, int32_t skill,
                                         unsigned *count)
{
    const uint32_t *starts = reading->lexicon->role_starts.items;
    *count = starts[skill + 1] - starts[skill];
    return *count == 0
               ? NULL
               : (const struct skill_role *)reading->lexicon->skill_roles.items + starts[skill];
}

void reading_vote_skill(struct reading *reading, int32_t skill)
{
    unsigned count;
    const struct skill_role *roles = roles_of(reading, skill, &count);
    for (unsigned i = 0; i < count; i++) {
        int32_t votes = roles[i].core ? CORE_VOTES : USEFUL_VOTES;
        if (count > ROLES_FULL)
            votes = votes * ROLES_FULL / (int32_t)count;
        add_votes(reading, roles[i].role, votes);
    }
}

int32_t reading_support(const struct reading *reading, int32_t skill)
{
    unsigned count;
    const struct skill_role *roles = roles_of(reading, skill, &count);
    int32_t best = 0;
    for (unsigned i = 0; i < count; i++) {
        int32_t votes = reading->votes[roles[i].role];
        if (!roles[i].core)
            votes = votes * 3 / 4;
        best = votes > best ? votes : best;
    }
    return best;
}
