#include "bench/population.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENTRIES_MAX = 2048,
    SKILLS_AT_ONCE_MAX = 60,
    TOWN_RADIUS_KM = 60,
    FIRST_OBSERVED_S = 1767225600, /* 2026-01-01 */
};

static const double LILLE_NORTH = 50.6366, LILLE_EAST = 3.0635;
static const double KM_PER_DEGREE = 111.2, EAST_SHARE = 0.634; /* of a degree east, at Lille */

/* Names that one is drawn from, each with its share. */
struct wheel {
    char *names[ENTRIES_MAX];
    double until[ENTRIES_MAX]; /* the sum of the shares so far */
    unsigned count;
};

struct population {
    uint64_t seed;
    struct wheel skills, roles, communes;
};

/* -- chance
 * ---------------------------------------------------------------------------------------------- */

struct dice {
    uint64_t state;
};

static uint64_t roll(struct dice *dice)
{
    uint64_t x = dice->state += 0x9e3779b97f4a7c15u;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static unsigned between(struct dice *dice, unsigned least, unsigned most)
{
    return least + (unsigned)(roll(dice) % (most - least + 1));
}

static bool chance(struct dice *dice, unsigned percent)
{
    return roll(dice) % 100 < percent;
}

/* Independent of its neighbours': the state goes through the mixer first. */
static struct dice dice_of(uint64_t seed, char letter, uint64_t number, uint64_t version)
{
    struct dice dice = {seed * 0x2545f4914f6cdd1du + (uint64_t)letter};

    dice.state = roll(&dice) + number;
    dice.state = roll(&dice) + version;
    dice.state = roll(&dice);
    return dice;
}

static bool wheel_add(struct wheel *wheel, const char *name, size_t size, double share)
{
    char *copy = wheel->count < ENTRIES_MAX ? strndup(name, size) : NULL;

    if (copy == NULL)
        return false;
    wheel->names[wheel->count] = copy;
    wheel->until[wheel->count] = share + (wheel->count > 0 ? wheel->until[wheel->count - 1] : 0);
    wheel->count++;
    return true;
}

static const char *wheel_spin(const struct wheel *wheel, struct dice *dice)
{
    double at = (double)(roll(dice) >> 11) * 0x1p-53 * wheel->until[wheel->count - 1];
    unsigned low = 0, high = wheel->count - 1;

    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (wheel->until[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return wheel->names[low];
}

static void wheel_free(struct wheel *wheel)
{
    for (unsigned i = 0; i < wheel->count; i++)
        free(wheel->names[i]);
}

/* The first names become the most frequent: popularity of rank r is 1/r. */
static void wheel_zipf(struct wheel *wheel, struct dice dice)
{
    for (unsigned i = wheel->count; i > 1; i--) {
        unsigned other = (unsigned)(roll(&dice) % i);
        char *name = wheel->names[i - 1];
        wheel->names[i - 1] = wheel->names[other];
        wheel->names[other] = name;
    }
    for (unsigned i = 0; i < wheel->count; i++)
        wheel->until[i] = 1.0 / (i + 1) + (i > 0 ? wheel->until[i - 1] : 0);
}

/* -- the catalogue's files
 * ------------------------------------------------------------------------------- */

/* Adds what a line stands for; a line that is not wanted is none's fault. */
typedef bool take_line_fn(struct wheel *wheel, char *line);

static bool take_id(struct wheel *wheel, char *line)
{
    return wheel_add(wheel, line, strcspn(line, ","), 1);
}

/* Towns near Lille, the nearer the more people. */
static bool take_commune(struct wheel *wheel, char *line)
{
    char *east = strrchr(line, ',');
    if (east == NULL)
        return false;
    *east++ = '\0';
    char *north = strrchr(line, ',');
    if (north == NULL)
        return false;
    double y = (strtod(north + 1, NULL) - LILLE_NORTH) * KM_PER_DEGREE;
    double x = (strtod(east, NULL) - LILLE_EAST) * KM_PER_DEGREE * EAST_SHARE;
    double km = sqrt(x * x + y * y);
    return km > TOWN_RADIUS_KM || wheel_add(wheel, line, strcspn(line, ","), 1 / (5 + km));
}

static bool wheel_read(struct wheel *wheel, const char *catalogue, const char *name,
                       take_line_fn *take)
{
    char path[4096], *line = NULL;
    size_t capacity = 0;
    bool good = true, header = true;

    snprintf(path, sizeof path, "%s/%s", catalogue, name);
    FILE *file = fopen(path, "re");
    while (file != NULL && good && getline(&line, &capacity, file) > 0) {
        good = header || take(wheel, line);
        header = false;
    }
    if (file == NULL || !good || wheel->count == 0)
        fprintf(stderr, "%s: cannot be read, or is too long\n", path);
    free(line);
    if (file != NULL)
        fclose(file);
    return file != NULL && good && wheel->count > 0;
}

struct population *population_create(const char *catalogue, uint64_t seed)
{
    struct population *population = calloc(1, sizeof *population);

    if (population == NULL)
        return NULL;
    population->seed = seed;
    if (!wheel_read(&population->skills, catalogue, "skills.csv", take_id) ||
        !wheel_read(&population->roles, catalogue, "roles.csv", take_id) ||
        !wheel_read(&population->communes, catalogue, "communes.csv", take_commune)) {
        population_free(population);
        return NULL;
    }
    wheel_zipf(&population->skills, dice_of(seed, 's', 0, 0));
    wheel_zipf(&population->roles, dice_of(seed, 'r', 0, 0));
    return population;
}

void population_free(struct population *population)
{
    if (population == NULL)
        return;
    wheel_free(&population->skills);
    wheel_free(&population->roles);
    wheel_free(&population->communes);
    free(population);
}

/* -- what records are made of
 * ---------------------------------------------------------------------------- */

#define SET(record, field, value) ((record)->has.field = true, (record)->field = (value))

static struct text text_of(const char *string)
{
    return (struct text){string, string != NULL ? (uint32_t)strlen(string) : 0};
}

/* A text printed into the arena; data is NULL when that is full. */
__attribute__((format(printf, 2, 3))) static struct text text_print(struct arena *arena,
                                                                    const char *format, ...)
{
    char line[160];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    return text_of(arena_copy(arena, line, strlen(line)));
}

/* Different skills, at most SKILLS_AT_ONCE_MAX; returns how many. */
static unsigned draw_skills(const struct population *population, struct dice *dice, unsigned wanted,
                            const char *skills[SKILLS_AT_ONCE_MAX])
{
    unsigned count = 0;

    for (unsigned tries = 0; count < wanted && tries < 50 * wanted; tries++) {
        const char *skill = wheel_spin(&population->skills, dice);
        bool fresh = true;
        for (unsigned i = 0; i < count && fresh; i++)
            fresh = skills[i] != skill;
        if (fresh)
            skills[count++] = skill;
    }
    return count;
}

/* Of a hundred offers, how many have which contract. */
static uint8_t draw_contract(struct dice *dice)
{
    static const uint8_t share[CONTRACT_END] = {[CONTRACT_CDI] = 30,
                                                [CONTRACT_CDD] = 22,
                                                [CONTRACT_TEMPORARY] = 10,
                                                [CONTRACT_APPRENTICESHIP] = 12,
                                                [CONTRACT_PROFESSIONALISATION] = 6,
                                                [CONTRACT_CDDI] = 5,
                                                [CONTRACT_INTERNSHIP] = 5,
                                                [CONTRACT_PMSMP] = 3,
                                                [CONTRACT_POEI] = 3,
                                                [CONTRACT_CIVIC_SERVICE] = 2,
                                                [CONTRACT_FREELANCE] = 2};
    unsigned at = between(dice, 0, 99);
    uint8_t contract = CONTRACT_CDI;

    while (contract < CONTRACT_FREELANCE && at >= share[contract])
        at -= share[contract++];
    return contract;
}

static void invent_place(const struct population *population, struct dice *dice,
                         struct place *place)
{
    SET(place, commune, text_of(wheel_spin(&population->communes, dice)));
}

static bool invent_claims(const struct population *population, struct dice *dice,
                          const struct invention *invention, struct arena *arena,
                          struct learner *learner)
{
    const char *skills[SKILLS_AT_ONCE_MAX];
    unsigned count =
        draw_skills(population, dice, between(dice, invention->least, invention->most), skills);

    learner->claims.items = arena_alloc(arena, count * sizeof *learner->claims.items);
    if (learner->claims.items == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        SET(&learner->claims.items[i], skill, text_of(skills[i]));
        SET(&learner->claims.items[i], level, between(dice, 1, 4));
    }
    learner->claims.count = count;
    learner->has.claims = count > 0;
    return true;
}

static struct text invent_name(struct dice *dice, struct arena *arena, unsigned syllables)
{
    static const char *const parts[] = {"ba",  "cor", "del", "fi",  "gau", "hen", "jo",  "lam",
                                        "mar", "nel", "ou",  "pri", "ro",  "sa",  "tel", "vi"};
    char name[40] = "";

    for (unsigned i = 0; i < syllables; i++)
        strcat(name, parts[roll(dice) % 16]);
    name[0] = (char)(name[0] - 'a' + 'A');
    return text_print(arena, "%s", name);
}

static bool invent_contact(struct dice *dice, struct arena *arena, struct contact *contact)
{
    SET(contact, given_name, invent_name(dice, arena, 2));
    SET(contact, family_name, invent_name(dice, arena, 4));
    SET(contact, birth_date, (int32_t)between(dice, 0, 9000) + 3650);
    SET(contact, email,
        text_print(arena, "%s.%u@example.org", contact->given_name.data, between(dice, 10, 999)));
    return contact->given_name.data != NULL && contact->family_name.data != NULL &&
           contact->email.data != NULL;
}

bool population_learner(const struct population *population, const struct invention *invention,
                        struct arena *arena, struct learner *learner)
{
    struct dice who = dice_of(population->seed, 'l', invention->number, 0);
    struct dice what = dice_of(population->seed, 'L', invention->number, invention->version);

    SET(learner, source, text_of("bench"));
    SET(learner, reference, text_print(arena, "L%08llu", (unsigned long long)invention->number));
    SET(learner, observed_at, (FIRST_OBSERVED_S + (int64_t)invention->version) * 1000);
    learner->has.contact = learner->has.place = learner->has.travel = true;
    invent_place(population, &who, &learner->place);
    learner->travel.items = arena_alloc(arena, sizeof *learner->travel.items);
    if (learner->travel.items == NULL || !invent_contact(&who, arena, &learner->contact))
        return false;
    learner->travel.count = 1;
    SET(&learner->travel.items[0], mode, chance(&who, 50) ? MODE_CAR : MODE_PUBLIC_TRANSPORT);
    SET(&learner->travel.items[0], radius_km, between(&who, 5, 60));
    for (unsigned wishes = between(&who, 1, 3); wishes > 0; wishes--)
        learner->contracts |= CHOICE_BIT(draw_contract(&who));
    learner->has.contracts = true;
    return learner->reference.data != NULL &&
           invent_claims(population, &what, invention, arena, learner);
}

static bool invent_requirements(const struct population *population, struct dice *dice,
                                const struct invention *invention, struct arena *arena,
                                struct offer *offer)
{
    const char *skills[SKILLS_AT_ONCE_MAX];
    unsigned count =
        draw_skills(population, dice, between(dice, invention->least, invention->most), skills);

    offer->requirements.items = arena_alloc(arena, count * sizeof *offer->requirements.items);
    if (offer->requirements.items == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        SET(&offer->requirements.items[i], skill, text_of(skills[i]));
        SET(&offer->requirements.items[i], required, chance(dice, 40));
        SET(&offer->requirements.items[i], level, between(dice, 1, 4));
    }
    offer->requirements.count = count;
    offer->has.requirements = count > 0;
    return true;
}

bool population_offer(const struct population *population, const struct invention *invention,
                      struct arena *arena, struct offer *offer)
{
    struct dice dice = dice_of(population->seed, 'O', invention->number, invention->version);
    const char *role = wheel_spin(&population->roles, &dice);

    SET(offer, source, text_of("bench"));
    SET(offer, reference, text_print(arena, "O%08llu", (unsigned long long)invention->number));
    SET(offer, observed_at, (FIRST_OBSERVED_S + (int64_t)invention->version) * 1000);
    SET(offer, employer_name, invent_name(&dice, arena, 3));
    SET(offer, title, text_print(arena, "%s %s", role, offer->employer_name.data));
    SET(offer, role, text_of(role));
    SET(offer, contract, draw_contract(&dice));
    offer->has.place = true;
    invent_place(population, &dice, &offer->place);
    SET(offer, weekly_minutes, between(&dice, 20, 35) * 60);
    return offer->reference.data != NULL && offer->title.data != NULL &&
           invent_requirements(population, &dice, invention, arena, offer);
}
