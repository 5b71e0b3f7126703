#include "runtime/proposal.h"

#include "runtime/place_resolve.h"

#include <string.h>

enum {
    ROLE_SHARE_LEAST = 1500, /* below, the role is asked for; in 1/RECOGNISED_CERTAIN */
    ROLES_TOLD = 3,
    SKILLS_TOLD = 40,
    REQUIREMENTS_MAX = 60,
    UNLAWFUL_TOLD = 16,
    SCHEDULE_MAX = 21,
    WORDS_MAX = 160,
    WORKING_DAYS = 0x1f /* Monday to Friday */
};

struct making {
    const struct proposal_means *means;
    const struct recognition *seen;
    struct arena *arena;
    struct text text; /* that was read */
    struct offer *offer;
    struct recognised *told;
    bool memory; /* there was enough so far */
};

static void *room(struct making *making, size_t count, size_t size)
{
    void *items = arena_alloc(making->arena, count > 0 ? count * size : size);
    making->memory = making->memory && items != NULL;
    return items;
}

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

static struct text copy_of(struct making *making, const char *string)
{
    const char *copy = arena_copy(making->arena, string, strlen(string));
    making->memory = making->memory && copy != NULL;
    return text_of(copy != NULL ? copy : "");
}

/* The words of a span, cut at a character. */
static struct text words_of(const struct making *making, struct text_span span)
{
    struct text words = {making->text.data + span.start, span.end - span.start};
    if (words.size > WORDS_MAX) {
        words.size = WORDS_MAX;
        while (words.size > 0 && (words.data[words.size] & 0xC0) == 0x80)
            words.size--;
    }
    return words;
}

/* -- role and skills --------------------------------------------------------------------------- */

static void take_role(struct making *making)
{
    const struct recognition *seen = making->seen;
    const struct referential *referential = making->means->referential;
    struct role_guess *guesses = room(making, ROLES_TOLD, sizeof *guesses);
    unsigned count = seen->role_count < ROLES_TOLD ? seen->role_count : ROLES_TOLD;

    for (unsigned i = 0; guesses != NULL && i < count; i++) {
        guesses[i].role = text_of(referential_role_id(referential, seen->roles[i].role));
        guesses[i].share = seen->roles[i].share;
        guesses[i].has.role = guesses[i].has.share = true;
    }
    making->told->roles.items = guesses;
    making->told->roles.count = guesses != NULL ? count : 0;
    making->told->has.roles = making->told->roles.count > 0;
    if (!making->offer->has.role && making->told->has.roles &&
        seen->roles[0].share >= ROLE_SHARE_LEAST) {
        making->offer->role = guesses[0].role;
        making->offer->has.role = true;
    }
}

static bool is_told(const struct making *making, struct text skill)
{
    for (uint32_t i = 0; i < making->told->skills.count; i++) {
        struct text other = making->told->skills.items[i].skill;
        if (other.size == skill.size && memcmp(other.data, skill.data, skill.size) == 0)
            return true;
    }
    return false;
}

static void tell_skill(struct making *making, const struct recognised_skill *skill, struct text id)
{
    const struct referential *referential = making->means->referential;
    struct skill_guess *guess = &making->told->skills.items[making->told->skills.count++];

    guess->skill = id;
    guess->words = words_of(making, skill->span);
    guess->confidence = skill->confidence;
    guess->has.skill = guess->has.words = guess->has.confidence = true;
    if (skill->other_count == 0)
        return;
    guess->others.items = room(making, skill->other_count, sizeof *guess->others.items);
    for (unsigned i = 0; guess->others.items != NULL && i < skill->other_count; i++)
        guess->others.items[guess->others.count++] =
            text_of(referential_skill_id(referential, skill->others[i]));
    guess->has.others = guess->others.count > 0;
}

/* Each skill once, by its first mention. */
static void take_skills(struct making *making)
{
    const struct recognition *seen = making->seen;
    struct offer *offer = making->offer;
    bool fill = !offer->has.requirements;
    struct requirement *items = room(making, REQUIREMENTS_MAX, sizeof *items);

    making->told->skills.items = room(making, SKILLS_TOLD, sizeof *making->told->skills.items);
    if (!making->memory)
        return;
    for (unsigned i = 0; i < seen->skill_count && making->told->skills.count < SKILLS_TOLD; i++) {
        const struct recognised_skill *skill = &seen->skills[i];
        struct text id = text_of(referential_skill_id(making->means->referential, skill->skill));
        if (skill->negated || is_told(making, id))
            continue;
        tell_skill(making, skill, id);
        struct requirement *item = &items[making->told->skills.count - 1];
        item->skill = id;
        item->words = words_of(making, skill->span);
        item->required = skill->required;
        item->level = skill->level;
        item->has.skill = item->has.words = item->has.required = true;
        item->has.level = skill->level > 0;
    }
    making->told->has.skills = making->told->skills.count > 0;
    if (fill && making->told->has.skills) {
        offer->requirements.items = items;
        offer->requirements.count = making->told->skills.count;
        offer->has.requirements = true;
    }
}

/* -- constraints ------------------------------------------------------------------------------- */

/* One that is said in one way only. */
static void take_contract(struct making *making)
{
    uint32_t values = 0;

    for (unsigned i = 0; i < making->seen->contract_count; i++)
        values |= making->seen->contracts[i].values;
    if (making->offer->has.contract || values == 0 || (values & (values - 1)) != 0)
        return;
    making->offer->contract = (uint8_t)(__builtin_ctz(values) + 1);
    making->offer->has.contract = true;
}

static void take_dates(struct making *making)
{
    const struct recognition *seen = making->seen;
    struct offer *offer = making->offer;

    if (!offer->has.starts_on && seen->start.day != RECOGNISED_NO_DAY) {
        offer->starts_on = seen->start.day;
        offer->has.starts_on = true;
    }
    if (!offer->has.ends_on && seen->end.day != RECOGNISED_NO_DAY &&
        (!offer->has.starts_on || seen->end.day >= offer->starts_on)) {
        offer->ends_on = seen->end.day;
        offer->has.ends_on = true;
    }
}

/* Hours without days are those of Monday to Friday, until their employer says otherwise. */
static void take_schedule(struct making *making)
{
    struct offer *offer = making->offer;
    struct hours *items = offer->has.schedule ? NULL : room(making, SCHEDULE_MAX, sizeof *items);
    uint32_t count = 0;

    for (unsigned i = 0; items != NULL && i < making->seen->hours_count; i++) {
        const struct recognised_hours *hours = &making->seen->hours[i];
        unsigned days = hours->days != 0 ? hours->days : WORKING_DAYS;
        for (uint8_t day = DAY_MONDAY; day <= DAY_SUNDAY && count < SCHEDULE_MAX; day++) {
            if (hours->from < 0 || hours->to <= hours->from || !(days & CHOICE_BIT(day)))
                continue;
            struct hours *item = &items[count++];
            item->day = day;
            item->from = hours->from;
            item->to = hours->to;
            item->has.day = item->has.from = item->has.to = true;
        }
    }
    if (count > 0) {
        offer->schedule.items = items;
        offer->schedule.count = count;
        offer->has.schedule = true;
    }
}

static void take_weekly(struct making *making)
{
    const struct field *field = field_of_name(&offer_type, "weekly_minutes", 14, 0);
    struct offer *offer = making->offer;

    for (unsigned i = 0; i < making->seen->hours_count && !offer->has.weekly_minutes; i++) {
        int64_t minutes = making->seen->hours[i].weekly_minutes;
        if (minutes >= field->min && minutes <= field->max) {
            offer->weekly_minutes = minutes;
            offer->has.weekly_minutes = true;
        }
    }
}

static void take_licences(struct making *making)
{
    struct offer *offer = making->offer;
    unsigned most = (unsigned)field_of_name(&offer_type, "licences", 8, 0)->max;
    struct licence_need *items = offer->has.licences ? NULL : room(making, most, sizeof *items);
    uint32_t count = 0;

    for (unsigned i = 0; items != NULL && i < making->seen->licence_count && count < most; i++) {
        const struct recognised_licence *licence = &making->seen->licences[i];
        if (licence->negated)
            continue;
        items[count].category = licence->code;
        items[count].required = licence->required;
        items[count].has.category = items[count].has.required = true;
        count++;
    }
    if (count > 0) {
        offer->licences.items = items;
        offer->licences.count = count;
        offer->has.licences = true;
    }
}

/* The record has required ones only. */
static void take_languages(struct making *making)
{
    struct offer *offer = making->offer;
    unsigned most = (unsigned)field_of_name(&offer_type, "languages", 9, 0)->max;
    struct language *items = offer->has.languages ? NULL : room(making, most, sizeof *items);
    uint32_t count = 0;

    for (unsigned i = 0; items != NULL && i < making->seen->language_count && count < most; i++) {
        const struct recognised_language *language = &making->seen->languages[i];
        if (language->negated || !language->required || strcmp(language->code, "fr") == 0)
            continue;
        items[count].code = copy_of(making, language->code);
        items[count].level = language->level;
        items[count].has.code = true;
        items[count].has.level = language->level > 0;
        count++;
    }
    if (count > 0) {
        offer->languages.items = items;
        offer->languages.count = count;
        offer->has.languages = true;
    }
}

static void take_authorisations(struct making *making)
{
    struct offer *offer = making->offer;
    uint32_t set = 0;

    for (unsigned i = 0; i < making->seen->authorisation_count; i++)
        if (making->seen->authorisations[i].required && !making->seen->authorisations[i].negated)
            set |= CHOICE_BIT(making->seen->authorisations[i].name);
    if (!offer->has.authorisations && set != 0) {
        offer->authorisations = set;
        offer->has.authorisations = true;
    }
}

static void take_place(struct making *making)
{
    struct offer *offer = making->offer;
    struct place place = {.has_bits = 0};

    if (offer->has.place || making->seen->place_count == 0)
        return;
    const struct recognised_place *seen = &making->seen->places[0];
    if (seen->commune[0] != '\0') {
        place.commune = copy_of(making, seen->commune);
        place.has.commune = true;
    }
    if (seen->town[0] != '\0') {
        place.town = copy_of(making, seen->town);
        place.has.town = true;
    }
    if (seen->department[0] != '\0') {
        place.department = copy_of(making, seen->department);
        place.has.department = true;
    }
    if (place.has_bits == 0)
        return;
    if (making->means->communes != NULL &&
        !place_resolve(making->means->communes, &place, making->arena))
        place.has.commune = false; /* its code is not known here */
    offer->place = place;
    offer->has.place = place.has_bits != 0;
}

static void take_others(struct making *making)
{
    const struct recognition *seen = making->seen;
    struct offer *offer = making->offer;

    if (!offer->has.remote && seen->remote.value != 0) {
        offer->remote = seen->remote.value;
        offer->has.remote = true;
    }
    if (!offer->has.rhythm && seen->rhythm.company_days > 0) {
        offer->rhythm.company_days = seen->rhythm.company_days;
        offer->rhythm.school_days = seen->rhythm.school_days;
        offer->rhythm.has.company_days = offer->rhythm.has.school_days = true;
        offer->has.rhythm = true;
    }
    if (!offer->has.experience_months && seen->experience.known) {
        offer->experience_months = seen->experience.years_tenth * 12 / 10;
        offer->has.experience_months = offer->experience_months <= 600;
    }
    if (!offer->has.adults_only && seen->adults_only.end > seen->adults_only.start)
        offer->adults_only = offer->has.adults_only = true;
}

/* -- what to tell and to ask the employer -------------------------------------------------------
 */

static void tell_unlawful(struct making *making)
{
    struct unlawful_wish *items = room(making, UNLAWFUL_TOLD, sizeof *items);
    uint32_t count = 0;

    for (unsigned i = 0; items != NULL && i < making->seen->flag_count && count < UNLAWFUL_TOLD;
         i++) {
        items[count].about = (uint8_t)(making->seen->flags[i].kind + 1);
        items[count].words = words_of(making, making->seen->flags[i].span);
        items[count].has.about = items[count].has.words = true;
        count++;
    }
    making->told->unlawful.items = items;
    making->told->unlawful.count = count;
    making->told->has.unlawful = count > 0;
}
_Static_assert(WISH_SEX + 1 == UNLAWFUL_SEX && WISH_RESIDENCE + 1 == UNLAWFUL_RESIDENCE,
               "the lists are the same");

static void ask(struct making *making)
{
    const struct offer *offer = making->offer;
    bool anywhere = offer->has.remote && offer->remote == REMOTE_FULL;
    const bool lacks[QUESTION_END] = {
        [QUESTION_ROLE] = !offer->has.role,
        [QUESTION_CONTRACT] = !offer->has.contract,
        [QUESTION_PLACE] = !offer->has.place && !anywhere,
        [QUESTION_SKILLS] = !offer->has.requirements,
        [QUESTION_HOURS] = !offer->has.weekly_minutes && !offer->has.schedule,
        [QUESTION_START] = !offer->has.starts_on && !making->seen->start.asap,
    };
    unsigned asked = 0;

    for (unsigned i = 1; i < QUESTION_END && asked < PROPOSAL_QUESTIONS_MAX; i++)
        if (lacks[i]) {
            making->told->questions |= CHOICE_BIT(i);
            asked++;
        }
    making->told->has.questions = asked > 0;
}

/* Title and description, a line between them. */
static bool text_join(struct making *making)
{
    const struct offer *offer = making->offer;
    uint32_t size = offer->has.description ? offer->description.size : 0;
    char *text = arena_alloc(making->arena, offer->title.size + 1 + (size_t)size);

    if (text == NULL)
        return false;
    memcpy(text, offer->title.data, offer->title.size);
    text[offer->title.size] = '\n';
    if (size > 0)
        memcpy(text + offer->title.size + 1, offer->description.data, size);
    making->text = (struct text){text, offer->title.size + 1 + size};
    return true;
}

bool proposal_make(const struct proposal_means *means, const struct offer *offer,
                   struct arena *arena, struct proposal *proposal)
{
    const int64_t day_ms = INT64_C(86400000);
    *proposal = (struct proposal){.offer = *offer};
    struct making making = {.means = means,
                            .seen = means->recognition,
                            .arena = arena,
                            .offer = &proposal->offer,
                            .told = &proposal->recognised,
                            .memory = true};

    if (!text_join(&making))
        return false;
    recogniser_read(means->recogniser, making.text.data, making.text.size, RECOGNISED_OFFER,
                    RECOGNISED_ANY_LANGUAGE, (int32_t)(offer->observed_at / day_ms),
                    means->recognition);
    proposal->recognised.referential = text_of(means->hash);
    proposal->recognised.has.referential = true;
    take_role(&making);
    take_skills(&making);
    take_contract(&making);
    take_dates(&making);
    take_schedule(&making);
    take_weekly(&making);
    take_licences(&making);
    take_languages(&making);
    take_authorisations(&making);
    take_place(&making);
    take_others(&making);
    tell_unlawful(&making);
    ask(&making);
    proposal->whole = proposal->offer.has.role || proposal->offer.has.requirements;
    return making.memory;
}
