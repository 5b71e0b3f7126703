/* A learner and an offer as JSON, one on each line, made into profiles, scored and explained. */
#include "matching/reason.h"
#include "matching/referential_build.h"
#include "proto/codec.h"
#include "runtime/compile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile size_t sink; /* what was computed must count as used */

/* The skills and roles that the seeds and the dictionary name. Lives as long as the process. */
static const struct referential *small_referential(void)
{
    static struct referential *referential;
    static void *bytes; /* the referential stays in them */
    if (referential)
        return referential;
    struct referential_build *build = referential_build_create();
    struct referential_counts counts;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    size_t size;
    referential_build_skill(build, "c", "Programmer en C", "C programming");
    referential_build_skill(build, "sql", "Interroger une base SQL", NULL);
    referential_build_skill_link(build, "c", "sql", LINK_RELATED);
    referential_build_role(build, "developer", "M1805", "Développeur", "Developer");
    referential_build_role_skill(build, "developer", "c", true, 3);
    referential_build_role_skill(build, "developer", "sql", true, 2);
    bytes = referential_build_finish(build, &size, hash, &counts);
    referential_build_free(build);
    referential = bytes ? referential_open(bytes, size, &reason) : NULL;
    if (!referential)
        abort();
    return referential;
}

static void *decode(const struct record_type *type, const char *json, size_t size,
                    struct arena *arena)
{
    struct errors errors = {0};
    size_t wire_size;
    void *record = arena_alloc(arena, type->size);
    const uint8_t *wire = json_to_wire(json, size, arena, &wire_size, &errors);
    const msgpack_object *tree = wire ? wire_unpack(wire, wire_size, arena, &errors) : NULL;
    if (!record || !tree || !record_decode(type, tree, record, arena, "", &errors))
        return NULL;
    return record;
}

static void explain(const struct learner_profile *learner, const struct offer_profile *offer,
                    const struct prospects *prospects)
{
    struct reason reasons[REASONS_MAX];
    struct score score = score_pair(learner, offer);
    if (score.total > SCORE_ONE || (score.failed && score.total))
        abort();
    unsigned count = reasons_explain(learner, offer, prospects, reasons);
    uint32_t barred = 0;
    for (unsigned i = 0; i < count; i++)
        if (reasons[i].code == REASON_BARRED)
            barred |= 1u << reasons[i].constraint;
    if (barred != score.failed)
        abort();
    sink += learner_profile_size(learner) + offer_profile_size(offer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalogue catalogue = {.referential = small_referential(), .today = 20000};
    struct arena *arena = arena_create(4 << 20);
    const uint8_t *line = memchr(data, '\n', size);
    if (arena && line) {
        size_t first = (size_t)(line - data);
        struct learner *learner = decode(&learner_type, (const char *)data, first, arena);
        struct offer *offer = decode(&offer_type, (const char *)line + 1, size - first - 1, arena);
        static const struct learner no_learner;
        static const struct offer no_offer;
        struct learner_profile *one =
            learner_compile(learner ? learner : &no_learner, 1, &catalogue);
        struct offer_profile *other = offer_compile(offer ? offer : &no_offer, 2, &catalogue);
        struct prospects prospects;
        learner_expect(learner ? learner : &no_learner, &catalogue, &prospects);
        if (one && other)
            explain(one, other, &prospects);
        learner_profile_free(one);
        offer_profile_free(other);
    }
    arena_free(arena);
    return 0;
}
