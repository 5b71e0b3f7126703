#include "daemon/audit_tally.h"

#include "matching/score.h"
#include "proto/choices.h"
#include "proto/codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A learner while it is counted. Groups are numbers from 0 on; 0 is not given. */
struct person {
    uint64_t number; /* 0: a free place */
    uint64_t exposure;
    bool selected, known; /* known: its statistics came */
    uint8_t groups[AUDIT_DIMENSION_END];
};
_Static_assert(AUDIT_PROGRAMMES_MAX < UINT8_MAX, "a programme's group fits");

/* Open addressing, at most half full. */
struct people {
    struct person *items;
    size_t size, count; /* size a power of two */
};
struct numbers {
    uint64_t *items;
    size_t size, count;
};

struct cohort_of {
    uint64_t cohort;
    uint8_t group;
};

struct audit_tally {
    int32_t year;
    int32_t day;
    unsigned top;
    struct people people;
    struct numbers offers;
    uint64_t programmes[AUDIT_PROGRAMMES_MAX]; /* by group, less one */
    unsigned programme_count;
    struct cohort_of cohorts[AUDIT_COHORTS_MAX];
    unsigned cohort_count;
};

enum { AGE_UNDER_26 = 1, AGE_26_45, AGE_OVER_45, AGE_END };
static const char *const age_names[] = {"under_26", "26_to_45", "over_45"};
static const char *const flag_names[] = {"no", "yes"};
enum { FLAG_NO = 1, FLAG_YES, FLAG_END };

struct audit_tally *audit_tally_create(int32_t day, unsigned top)
{
    struct audit_tally *tally = calloc(1, sizeof *tally);
    char text[DATE_TEXT_SIZE];
    if (tally == NULL)
        return NULL;
    date_print(day, text);
    tally->year = (int32_t)strtol(text, NULL, 10);
    tally->day = day;
    tally->top = top;
    return tally;
}

void audit_tally_free(struct audit_tally *tally)
{
    if (tally == NULL)
        return;
    free(tally->people.items);
    free(tally->offers.items);
    free(tally);
}

/* -- people and numbers ------------------------------------------------------------------------ */

static size_t place_of(uint64_t number, size_t size)
{
    return (size_t)((number * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (size - 1);
}

static struct person *person_at(const struct people *people, uint64_t number)
{
    size_t at = place_of(number, people->size);
    while (people->items[at].number != 0 && people->items[at].number != number)
        at = (at + 1) & (people->size - 1);
    return &people->items[at];
}

static struct person *person_find(const struct people *people, uint64_t number)
{
    struct person *person = people->size > 0 ? person_at(people, number) : NULL;
    return person != NULL && person->number == number ? person : NULL;
}

static bool people_grow(struct people *people)
{
    struct people larger = {.size = people->size > 0 ? people->size * 2 : 1024,
                            .count = people->count};
    if (people->count * 2 < people->size)
        return true;
    larger.items = calloc(larger.size, sizeof *larger.items);
    if (larger.items == NULL)
        return false;
    for (size_t i = 0; i < people->size; i++)
        if (people->items[i].number != 0)
            *person_at(&larger, people->items[i].number) = people->items[i];
    free(people->items);
    *people = larger;
    return true;
}

static uint64_t *number_at(const struct numbers *numbers, uint64_t number)
{
    size_t at = place_of(number, numbers->size);
    while (numbers->items[at] != 0 && numbers->items[at] != number)
        at = (at + 1) & (numbers->size - 1);
    return &numbers->items[at];
}

static bool numbers_grow(struct numbers *numbers)
{
    struct numbers larger = {.size = numbers->size > 0 ? numbers->size * 2 : 1024,
                             .count = numbers->count};
    if (numbers->count * 2 < numbers->size)
        return true;
    larger.items = calloc(larger.size, sizeof *larger.items);
    if (larger.items == NULL)
        return false;
    for (size_t i = 0; i < numbers->size; i++)
        if (numbers->items[i] != 0)
            *number_at(&larger, numbers->items[i]) = numbers->items[i];
    free(numbers->items);
    *numbers = larger;
    return true;
}

/* -- programmes -------------------------------------------------------------------------------- */

/* 0 when it is none, or there are too many. */
static uint8_t group_of_programme(struct audit_tally *tally, uint64_t programme)
{
    unsigned at = 0;
    while (at < tally->programme_count && tally->programmes[at] != programme)
        at++;
    if (programme == 0 || at == AUDIT_PROGRAMMES_MAX)
        return 0;
    tally->programmes[at] = programme;
    tally->programme_count += at == tally->programme_count;
    return (uint8_t)(at + 1);
}

bool audit_tally_cohort(struct audit_tally *tally, uint64_t cohort, uint64_t programme)
{
    for (unsigned i = 0; i < tally->cohort_count; i++)
        if (tally->cohorts[i].cohort == cohort)
            return true;
    if (tally->cohort_count == AUDIT_COHORTS_MAX)
        return false;
    uint8_t group = group_of_programme(tally, programme);
    tally->cohorts[tally->cohort_count++] = (struct cohort_of){cohort, group};
    return programme == 0 || group != 0;
}

bool audit_tally_learner(struct audit_tally *tally, uint64_t learner, uint64_t cohort)
{
    if (tally->people.count == AUDIT_LEARNERS_MAX || !people_grow(&tally->people))
        return false;
    struct person *person = person_at(&tally->people, learner);
    if (learner == 0 || person->number == learner)
        return true;
    *person = (struct person){.number = learner};
    for (unsigned i = 0; cohort != 0 && i < tally->cohort_count; i++)
        if (tally->cohorts[i].cohort == cohort)
            person->groups[AUDIT_PROGRAMME] = tally->cohorts[i].group;
    tally->people.count++;
    return true;
}

/* -- lists ------------------------------------------------------------------------------------- */

/* What a place in a list is worth: 10,000 / log2(place + 2), places from 0 on. */
static const uint16_t exposures[AUDIT_LIST_MAX] = {10000, 6309, 5000, 4307, 3869, 3562, 3333, 3155,
                                                   3010,  2891, 2789, 2702, 2626, 2560, 2500, 2447,
                                                   2398,  2354, 2314, 2277, 2242, 2211, 2181, 2153,
                                                   2127,  2103, 2080, 2058, 2038, 2018, 2000, 1982};

bool audit_tally_list(struct audit_tally *tally, uint64_t offer, const struct audit_shown *shown,
                      unsigned count)
{
    if (tally->offers.count == AUDIT_LEARNERS_MAX || !numbers_grow(&tally->offers))
        return false;
    uint64_t *seen = number_at(&tally->offers, offer);
    if (offer == 0 || *seen == offer)
        return true;
    *seen = offer;
    tally->offers.count++;
    count = count < AUDIT_LIST_MAX ? count : AUDIT_LIST_MAX;
    for (unsigned i = 0; i < count; i++) {
        uint64_t turn = score_turn(shown[i].score, shown[i].learner, offer, tally->day);
        unsigned place = 0;
        for (unsigned j = 0; j < count; j++)
            place += score_turn(shown[j].score, shown[j].learner, offer, tally->day) > turn;
        struct person *person = person_find(&tally->people, shown[i].learner);
        if (person == NULL)
            continue;
        person->exposure += exposures[place];
        person->selected = person->selected || place < tally->top;
    }
    return true;
}

uint32_t audit_tally_offers(const struct audit_tally *tally)
{
    return (uint32_t)tally->offers.count;
}

/* -- statistics -------------------------------------------------------------------------------- */

static uint8_t flag_group(bool given, bool flag)
{
    return (uint8_t)(!given ? 0 : flag ? FLAG_YES : FLAG_NO);
}

static uint8_t age_group(const struct audit_tally *tally, const struct statistics *statistics)
{
    int64_t age = tally->year - statistics->birth_year;
    if (!statistics->has.birth_year)
        return 0;
    return age < 26 ? AGE_UNDER_26 : age <= 45 ? AGE_26_45 : AGE_OVER_45;
}

bool audit_tally_statistics(struct audit_tally *tally, uint64_t learner,
                            const struct statistics *statistics)
{
    struct person *person = person_find(&tally->people, learner);
    if (person == NULL || person->known)
        return true;
    person->known = true;
    person->groups[AUDIT_GENDER] = statistics->has.gender ? statistics->gender : 0;
    person->groups[AUDIT_AGE] = age_group(tally, statistics);
    person->groups[AUDIT_DIPLOMA] = statistics->has.diploma ? statistics->diploma : 0;
    person->groups[AUDIT_STATUS] = statistics->has.status ? statistics->status : 0;
    person->groups[AUDIT_PRIORITY_AREA] =
        flag_group(statistics->has.priority_area, statistics->priority_area);
    person->groups[AUDIT_MINIMUM_INCOME] =
        flag_group(statistics->has.minimum_income, statistics->minimum_income);
    return true;
}

/* -- tables ------------------------------------------------------------------------------------ */

static void cell_add(struct parity_cell *cell, const struct person *person)
{
    cell->learners++;
    cell->selected += person->selected;
    cell->exposure += person->exposure;
    cell->squares += person->exposure * person->exposure / 10000;
}

#define NAME_OF_CHOICE(list, constant, wire) wire,
static const char *group_name(const struct audit_tally *tally, enum audit_dimension dimension,
                              unsigned group, char programme[ID_TEXT_SIZE])
{
    static const char *const genders[] = {CHOICES_GENDER(NAME_OF_CHOICE)};
    static const char *const diplomas[] = {CHOICES_DIPLOMA(NAME_OF_CHOICE)};
    static const char *const statuses[] = {CHOICES_STATUS(NAME_OF_CHOICE)};
    if (group == 0)
        return "not_given";
    switch (dimension) {
    case AUDIT_GENDER:
        return group < GENDER_END ? genders[group - 1] : "";
    case AUDIT_AGE:
        return group < AGE_END ? age_names[group - 1] : "";
    case AUDIT_DIPLOMA:
        return group < DIPLOMA_END ? diplomas[group - 1] : "";
    case AUDIT_STATUS:
        return group < STATUS_END ? statuses[group - 1] : "";
    case AUDIT_PRIORITY_AREA:
    case AUDIT_MINIMUM_INCOME:
        return group < FLAG_END ? flag_names[group - 1] : "";
    case AUDIT_PROGRAMME:
        id_print(id_make('P', tally->programmes[group - 1]), programme);
        return programme;
    case AUDIT_DIMENSION_END:
        break;
    }
    return "";
}

void audit_tally_table(const struct audit_tally *tally, enum audit_dimension dimension,
                       struct audit_table *table)
{
#define DIMENSION_NAME(constant, wire) wire,
    static const char *const names[] = {AUDIT_DIMENSIONS(DIMENSION_NAME)};
#undef DIMENSION_NAME
    struct parity_cell cells[AUDIT_CELLS_MAX] = {{.learners = 0}};
    char programme[ID_TEXT_SIZE];
    memset(table, 0, sizeof *table);
    table->name = names[dimension];
    for (size_t i = 0; i < tally->people.size; i++) {
        const struct person *person = &tally->people.items[i];
        if (person->number == 0)
            continue;
        cell_add(&table->total, person);
        cell_add(&cells[person->groups[dimension]], person);
    }
    for (unsigned group = 0; group < AUDIT_CELLS_MAX; group++) {
        if (cells[group].learners == 0)
            continue;
        snprintf(table->names[table->count], AUDIT_NAME_SIZE, "%s",
                 group_name(tally, dimension, group, programme));
        table->cells[table->count++] = cells[group];
    }
    parity_hide(table->cells, table->count, PARITY_CELL_MIN);
    if (table->total.learners < PARITY_CELL_MIN)
        table->total.hidden = true;
}
