#include "gap.h"

#include "constraint.h"
#include "score_steps.h"

#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

void prospects_start(struct prospects *prospects, int32_t today)
{
    memset(prospects, 0, sizeof *prospects);
    prospects->today = today;
    for (int i = 0; i < LICENCES_MAX; i++)
        prospects->licence_on[i] = FACT_NO_DAY;
    for (int i = 0; i < AUTHORISATIONS_MAX; i++)
        prospects->authorisation_on[i] = prospects->authorisation_until[i] = FACT_NO_DAY;
}

/* A pair and the gaps found so far. */
struct finding {
    const struct learner_profile *learner;
    const struct offer_profile *offer;
    const struct prospects *prospects;
    struct gap *gaps;
    unsigned count;
};

static void gap_add(struct finding *finding, struct gap gap)
{
    if (finding->count < GAPS_MAX)
        finding->gaps[finding->count++] = gap;
}

static struct gap gap_of(enum constraint constraint, int64_t value, int64_t limit)
{
    return (struct gap){
        .constraint = constraint, .outlook_on = FACT_NO_DAY, .value = value, .limit = limit};
}

static void gap_add_measured(struct finding *finding, enum constraint constraint, int64_t value,
                             int64_t limit, int64_t by, int64_t little)
{
    struct gap gap = gap_of(constraint, value, limit);
    gap.by = by;
    gap.near = by <= little;
    gap_add(finding, gap);
}

/* The first day of work, today where nobody gave it. */
static int64_t first_day(const struct finding *finding)
{
    int32_t starts_on = finding->offer->starts_on;
    return starts_on == FACT_NO_DAY ? finding->prospects->today : starts_on;
}

/* What is in progress is near unless it is known to be far off. */
static void gap_progress(const struct finding *finding, struct gap *gap, int32_t expected_on)
{
    gap->outlook = OUTLOOK_IN_PROGRESS;
    gap->outlook_on = expected_on;
    gap->near =
        expected_on == FACT_NO_DAY || expected_on - first_day(finding) <= NEAR_PROGRESS_DAYS;
}

/* -- time ----------------------------------------------------------------------------------------
 */

static void find_start(struct finding *finding)
{
    int64_t latest = (int64_t)finding->offer->starts_on + START_GRACE_DAYS;
    int32_t free_from = finding->learner->available_from;
    gap_add_measured(finding, CONSTRAINT_START, free_from, latest, free_from - latest,
                     NEAR_START_DAYS);
}

static void find_hours(struct finding *finding)
{
    const struct learner_profile *learner = finding->learner;
    int minutes = finding->offer->weekly_minutes;
    bool too_many = learner->maximum_minutes && minutes > learner->maximum_minutes;
    int bound = too_many ? learner->maximum_minutes : learner->minimum_minutes;
    gap_add_measured(finding, CONSTRAINT_HOURS, minutes, bound,
                     too_many ? minutes - bound : bound - minutes, NEAR_WEEK_MINUTES);
}

/* Minutes of a span of time that are outside the free hours. */
static int minutes_outside(const struct learner_profile *learner, int from, int to)
{
    const struct profile_span *hours = profile_free(learner);
    int outside = to > from ? to - from : 0;
    for (unsigned i = 0; i < learner->free_count; i++) {
        int begin = hours[i].from > from ? hours[i].from : from;
        int end = hours[i].to < to ? hours[i].to : to;
        outside -= end > begin ? end - begin : 0;
    }
    return outside;
}

/* Minutes of a day's work, from midnight to midnight, that are outside the free hours. */
static int day_outside(const struct finding *finding, int day)
{
    const struct profile_span *work = profile_schedule(finding->offer);
    int midnight = day * DAY_MINUTES;
    int outside = 0;
    for (unsigned i = 0; i < finding->offer->schedule_count; i++) {
        int from = work[i].from > midnight ? work[i].from : midnight;
        int to = work[i].to < midnight + DAY_MINUTES ? work[i].to : midnight + DAY_MINUTES;
        outside += minutes_outside(finding->learner, from, to);
    }
    return outside;
}

static void find_schedule(struct finding *finding)
{
    const struct profile_span *work = profile_schedule(finding->offer);
    for (unsigned i = 0; i < finding->offer->schedule_count; i++) {
        if (constraint_covers(finding->learner, &work[i]))
            continue;
        struct gap gap = gap_of(CONSTRAINT_SCHEDULE, work[i].from, work[i].to);
        gap.by = minutes_outside(finding->learner, work[i].from, work[i].to);
        gap.near = true;
        for (int day = work[i].from / DAY_MINUTES; day * DAY_MINUTES < work[i].to; day++)
            gap.near = gap.near && day_outside(finding, day) <= NEAR_DAY_MINUTES;
        gap_add(finding, gap);
    }
}

static void find_age(struct finding *finding)
{
    const struct offer_profile *offer = finding->offer;
    int32_t of_age_on = finding->learner->of_age_on;
    gap_add_measured(finding, CONSTRAINT_AGE, of_age_on,
                     offer->starts_on == FACT_NO_DAY ? 0 : offer->starts_on,
                     of_age_on - first_day(finding), NEAR_AGE_DAYS);
}

/* -- place ---------------------------------------------------------------------------------------
 */

static void find_distance(struct finding *finding)
{
    const struct gate *mine = &finding->learner->gate;
    int64_t way = gate_way_km(mine, &finding->offer->gate);
    int64_t radius = mine->radius / 1000;
    struct gap gap = gap_of(CONSTRAINT_DISTANCE, way, radius);
    gap.by = way - radius;
    gap.near = gap.by <= NEAR_KM;
    if (way <= finding->prospects->radius_km) {
        gap.near = true;
        gap.outlook = OUTLOOK_IN_PROGRESS;
    }
    gap_add(finding, gap);
}

/* -- what one holds ------------------------------------------------------------------------------
 */

static void find_licences(struct finding *finding)
{
    const struct prospects *prospects = finding->prospects;
    uint32_t missing = finding->offer->licences & ~finding->learner->licences;
    for (; missing; missing &= missing - 1) {
        int index = __builtin_ctz(missing);
        struct gap gap = gap_of(CONSTRAINT_LICENCE, index + 1, 0);
        if (prospects->licences >> index & 1)
            gap_progress(finding, &gap, prospects->licence_on[index]);
        gap_add(finding, gap);
    }
}

/* One that has run out, or will have by the first day, can be renewed: that is near. */
static struct gap authorisation_gap(const struct finding *finding, int index, int32_t expires_on)
{
    const struct prospects *prospects = finding->prospects;
    bool held = expires_on != FACT_NO_DAY;
    struct gap gap = gap_of(CONSTRAINT_AUTHORISATION, index + 1, held ? expires_on : 0);
    if (!held && prospects->authorisations >> index & 1) {
        gap_progress(finding, &gap, prospects->authorisation_on[index]);
        return gap;
    }
    int32_t until = held ? expires_on : prospects->authorisation_until[index];
    if (until == FACT_NO_DAY)
        return gap;
    gap.near = true;
    gap.outlook = OUTLOOK_EXPIRED;
    gap.outlook_on = until;
    return gap;
}

static void find_authorisations(struct finding *finding)
{
    for (uint32_t left = finding->offer->authorisations; left; left &= left - 1) {
        int index = __builtin_ctz(left);
        int32_t expires_on = constraint_expiry(finding->learner, index + 1);
        if (expires_on == FACT_NO_DAY || expires_on < finding->offer->starts_on)
            gap_add(finding, authorisation_gap(finding, index, expires_on));
    }
}

static void find_languages(struct finding *finding)
{
    const struct profile_language *asked = profile_asked(finding->offer);
    for (unsigned i = 0; i < finding->offer->language_count; i++) {
        uint8_t level = constraint_level(finding->learner, asked[i].code);
        if (level && level >= asked[i].level)
            continue;
        struct gap gap =
            gap_of(CONSTRAINT_LANGUAGE, (uint8_t)asked[i].code[0] * 256 + (uint8_t)asked[i].code[1],
                   asked[i].level);
        gap.level = level;
        gap.wanted_level = asked[i].level;
        gap.by = asked[i].level - level;
        gap.near = level && gap.by <= NEAR_LEVELS;
        gap_add(finding, gap);
    }
}

/* -- all -----------------------------------------------------------------------------------------
 */

static int64_t rhythm_number(struct fact_rhythm rhythm)
{
    return rhythm.company * 100 + rhythm.school;
}

static void find(struct finding *finding, enum constraint constraint)
{
    const struct gate *mine = &finding->learner->gate;
    const struct gate *its = &finding->offer->gate;
    switch (constraint) {
    case CONSTRAINT_CONTRACT:
        gap_add(finding, gap_of(constraint, __builtin_ctz(its->contracts) + 1, mine->contracts));
        break;
    case CONSTRAINT_REMOTE:
        gap_add(finding, gap_of(constraint, __builtin_ctz(its->remotes) + 1, mine->remotes));
        break;
    case CONSTRAINT_RHYTHM:
        gap_add(finding, gap_of(constraint, rhythm_number(finding->offer->rhythm),
                                rhythm_number(finding->learner->rhythm)));
        break;
    case CONSTRAINT_START:
        find_start(finding);
        break;
    case CONSTRAINT_HOURS:
        find_hours(finding);
        break;
    case CONSTRAINT_SCHEDULE:
        find_schedule(finding);
        break;
    case CONSTRAINT_DISTANCE:
        find_distance(finding);
        break;
    case CONSTRAINT_LICENCE:
        find_licences(finding);
        break;
    case CONSTRAINT_AUTHORISATION:
        find_authorisations(finding);
        break;
    case CONSTRAINT_LANGUAGE:
        find_languages(finding);
        break;
    case CONSTRAINT_AGE:
        find_age(finding);
        break;
    case CONSTRAINT_END:
        break;
    }
}

static unsigned find_all(const struct learner_profile *learner, const struct offer_profile *offer,
                         const struct prospects *prospects, uint32_t failed, struct gap *gaps)
{
    struct finding finding = {
        .learner = learner, .offer = offer, .prospects = prospects, .gaps = gaps};
    for (; failed; failed &= failed - 1)
        find(&finding, (enum constraint)__builtin_ctz(failed));
    return finding.count;
}

unsigned gaps_find(const struct learner_profile *learner, const struct offer_profile *offer,
                   const struct prospects *prospects, struct gap gaps[GAPS_MAX])
{
    return find_all(learner, offer, prospects, constraints_failed(learner, offer), gaps);
}

bool gaps_near(const struct gap *gaps, unsigned count)
{
    uint32_t constraints = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!gaps[i].near)
            return false;
        constraints |= CONSTRAINT_BIT(gaps[i].constraint);
    }
    return count && __builtin_popcount(constraints) <= NEAR_CONSTRAINTS;
}

bool near_miss_find(const struct learner_profile *learner, const struct offer_profile *offer,
                    const struct prospects *prospects, struct near_miss *miss)
{
    static const uint32_t never = CONSTRAINT_BIT(CONSTRAINT_CONTRACT) |
                                  CONSTRAINT_BIT(CONSTRAINT_REMOTE) |
                                  CONSTRAINT_BIT(CONSTRAINT_RHYTHM);
    uint32_t failed = constraints_failed(learner, offer);
    if (!failed || failed & never || __builtin_popcount(failed) > NEAR_CONSTRAINTS)
        return false;
    miss->gap_count = find_all(learner, offer, prospects, failed, miss->gaps);
    if (!gaps_near(miss->gaps, miss->gap_count))
        return false;
    struct held held[FACT_REQUIREMENTS_MAX];
    miss->score = score_finish(learner, offer, score_coverage(learner, offer, held), 0);
    return miss->score.total > 0;
}
