#include "synthetic.h"

#include <stdio.h>
#include <stdlib.h>

enum { VALUES = 8, CONTRACTS = 5, FURTHEST = 10000000 };

/* All of a file of numbers of one size; NULL when there is none. */
static void *numbers_read(const char *directory, bool learners, const char *name, size_t size,
                          size_t *count)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%c_%s.bin", directory, learners ? 'l' : 'o', name);
    FILE *file = fopen(path, "rb");
    long length = -1;
    if (file && fseek(file, 0, SEEK_END) == 0)
        length = ftell(file);
    void *numbers = length > 0 && (size_t)length % size == 0 ? malloc((size_t)length) : NULL;
    if (numbers) {
        rewind(file);
        *count = fread(numbers, size, (size_t)length / size, file);
        if (*count != (size_t)length / size) {
            free(numbers);
            numbers = NULL;
        }
    }
    if (file)
        fclose(file);
    if (!numbers)
        fprintf(stderr, "%s: not there, or no list of numbers\n", path);
    return numbers;
}

/* As many as there are records, or more. */
static void *column_read(struct synthetic *records, const char *directory, const char *name,
                         size_t size, size_t least)
{
    size_t count = 0;
    void *numbers = numbers_read(directory, records->learners, name, size, &count);
    if (numbers && count < least) {
        fprintf(stderr, "%s: %s is too short\n", directory, name);
        free(numbers);
        return NULL;
    }
    return numbers;
}

static bool record_sound(const struct synthetic *records, uint32_t record, size_t skills)
{
    uint32_t from = records->starts[record];
    uint32_t to = records->starts[record + 1];
    if (from > to || to > skills || to - from > SYNTHETIC_TERMS_MAX)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (records->skills[i] >= SYNTHETIC_SKILLS || records->values[i] >= VALUES ||
            (i > from && records->skills[i] <= records->skills[i - 1]))
            return false;
    return abs(records->east[record]) < FURTHEST && abs(records->north[record]) < FURTHEST &&
           records->contracts[record] < (records->learners ? 1 << CONTRACTS : CONTRACTS) &&
           (records->learners ? records->radius[record] >= 0 && records->radius[record] < FURTHEST
                              : records->wholes[record] > 0);
}

static bool records_sound(const struct synthetic *records, const char *directory, size_t skills)
{
    for (uint32_t i = 0; i < records->count; i++)
        if (!record_sound(records, i, skills)) {
            fprintf(stderr, "%s: %s %u is not of the expected form\n", directory,
                    records->learners ? "learner" : "offer", i);
            return false;
        }
    return true;
}

static bool columns_read(struct synthetic *records, const char *directory, size_t skills)
{
    size_t count = records->count;
    records->values = column_read(records, directory, "e", 1, skills);
    records->east = column_read(records, directory, "x", 4, count);
    records->north = column_read(records, directory, "y", 4, count);
    records->contracts = column_read(records, directory, "ct", 1, count);
    if (records->learners)
        records->radius = column_read(records, directory, "rad", 4, count);
    else
        records->wholes = column_read(records, directory, "den", 2, count);
    return records->values && records->east && records->north && records->contracts &&
           (records->radius || records->wholes);
}

bool synthetic_read(struct synthetic *records, const char *directory, bool learners)
{
    *records = (struct synthetic){.learners = learners};
    size_t starts = 0;
    size_t skills = 0;
    records->starts = numbers_read(directory, learners, "ptr", 4, &starts);
    records->skills = numbers_read(directory, learners, "skill", 2, &skills);
    records->count = starts ? (uint32_t)starts - 1 : 0;
    if (records->starts && records->skills && columns_read(records, directory, skills) &&
        records_sound(records, directory, skills))
        return true;
    synthetic_free(records);
    return false;
}

void synthetic_free(struct synthetic *records)
{
    free(records->starts);
    free(records->skills);
    free(records->values);
    free(records->east);
    free(records->north);
    free(records->radius);
    free(records->contracts);
    free(records->wholes);
    *records = (struct synthetic){0};
}

bool synthetic_open(const struct synthetic *learners, uint32_t learner,
                    const struct synthetic *offers, uint32_t offer)
{
    int64_t east = (int64_t)learners->east[learner] - offers->east[offer];
    int64_t north = (int64_t)learners->north[learner] - offers->north[offer];
    int64_t radius = learners->radius[learner];
    return (learners->contracts[learner] >> offers->contracts[offer] & 1) &&
           east * east + north * north <= radius * radius;
}

uint32_t synthetic_coverage(const struct synthetic *learners, uint32_t learner,
                            const struct synthetic *offers, uint32_t offer)
{
    uint32_t coverage = 0;
    uint32_t j = offers->starts[offer];
    for (uint32_t i = learners->starts[learner]; i < learners->starts[learner + 1]; i++) {
        while (j < offers->starts[offer + 1] && offers->skills[j] < learners->skills[i])
            j++;
        if (j < offers->starts[offer + 1] && offers->skills[j] == learners->skills[i])
            coverage += (uint32_t)learners->values[i] * offers->values[j];
    }
    return coverage;
}

static int32_t degrees(int32_t metres)
{
    return (int32_t)((int64_t)metres * 1000000 / 111195);
}

/* Within some degrees of the equator the map of matching/distance.h shrinks by less than a
 * thousandth for each, and rounds to whole metres. */
static int32_t radius_slack(int32_t radius)
{
    return radius + radius / 100 + 10;
}

struct index_front synthetic_front(const struct synthetic *records, uint32_t record)
{
    uint32_t contracts = records->contracts[record];
    return (struct index_front){
        .gate = {.latitude = degrees(records->north[record]),
                 .longitude = degrees(records->east[record]),
                 .radius = records->learners ? radius_slack(records->radius[record]) : 0,
                 .contracts = (uint16_t)(records->learners ? contracts : 1u << contracts),
                 .remotes = 1},
    };
}

unsigned synthetic_terms(const struct synthetic *records, uint32_t record,
                         struct index_term terms[SYNTHETIC_TERMS_MAX])
{
    unsigned count = 0;
    for (uint32_t i = records->starts[record]; i < records->starts[record + 1]; i++)
        terms[count++] = (struct index_term){records->skills[i], records->values[i]};
    return count;
}
