/* A small referential and random numbers for the tests of profiles, scores and boards. */
#ifndef PASSERELLE_TESTS_MATCHING_SUPPORT_H
#define PASSERELLE_TESTS_MATCHING_SUPPORT_H

#include "matching/referential.h"
#include "matching/referential_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* splitmix64 */
static inline uint64_t support_random(uint64_t *state)
{
    uint64_t value = *state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

/* low..high, both included. */
static inline int32_t support_between(uint64_t *state, int32_t low, int32_t high)
{
    return low + (int32_t)(support_random(state) % (uint64_t)(high - low + 1));
}

static inline bool support_chance(uint64_t *state, int percent)
{
    return support_between(state, 1, 100) <= percent;
}

struct support_catalogue {
    void *bytes;
    struct referential *referential;
};

static inline struct support_catalogue support_catalogue_finish(struct referential_build *build)
{
    struct support_catalogue catalogue;
    struct referential_counts counts;
    char hash[REFERENTIAL_HASH_SIZE];
    size_t size;
    const char *reason = NULL;
    catalogue.bytes = referential_build_finish(build, &size, hash, &counts);
    assert_non_null(catalogue.bytes);
    assert_int_equal(counts.dropped_links, 0);
    catalogue.referential = referential_open(catalogue.bytes, size, &reason);
    if (!catalogue.referential)
        fail_msg("%s", reason);
    referential_build_free(build);
    return catalogue;
}

static inline void support_catalogue_close(struct support_catalogue *catalogue)
{
    referential_close(catalogue->referential);
    free(catalogue->bytes);
}

/* Skills s0, s1 … of which every fifth has four narrower ones and neighbours are related; roles r0,
 * r1 … with eight skills each, six of them core, near the next role. */
static inline struct support_catalogue support_catalogue_regular(int skills, int roles)
{
    struct referential_build *build = referential_build_create();
    char id[24];
    char other[24];
    for (int i = 0; i < skills; i++) {
        snprintf(id, sizeof id, "s%d", i);
        snprintf(other, sizeof other, "s%d", i - i % 5);
        assert_true(referential_build_skill(build, id, id, NULL));
        if (i % 5)
            assert_true(referential_build_skill_link(build, id, other, LINK_BROADER));
        else if (i)
            assert_true(referential_build_skill_link(build, id, "s1", LINK_RELATED));
    }
    for (int i = 0; i < roles; i++) {
        snprintf(id, sizeof id, "r%d", i);
        assert_true(referential_build_role(build, id, NULL, id, NULL));
        for (int j = 0; j < 8; j++) {
            snprintf(other, sizeof other, "s%d", (i * 7 + j * 3) % skills);
            assert_true(
                referential_build_role_skill(build, id, other, j < 6, 1 + (unsigned)(i + j) % 4));
        }
        snprintf(other, sizeof other, "r%d", (i + 1) % roles);
        assert_true(referential_build_role_link(build, id, other, 128));
    }
    return support_catalogue_finish(build);
}

static inline int32_t support_skill(const struct referential *referential, const char *id)
{
    int32_t skill = referential_skill(referential, id, strlen(id));
    assert_int_not_equal(skill, REFERENTIAL_NONE);
    return skill;
}

static inline int32_t support_role(const struct referential *referential, const char *id)
{
    int32_t role = referential_role(referential, id, strlen(id));
    assert_int_not_equal(role, REFERENTIAL_NONE);
    return role;
}

#endif
