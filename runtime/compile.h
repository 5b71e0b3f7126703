/* Records to profiles: resolves skills, roles and words against the referential and the attachments
 * in force, and takes today into account. The one bridge between proto/ and matching/. */
#ifndef PASSERELLE_RUNTIME_COMPILE_H
#define PASSERELLE_RUNTIME_COMPILE_H

#include "../matching/gap.h"
#include "../proto/records.h"

struct attachments;

/* What a compilation depends on besides the record. */
struct catalogue {
    const struct referential *referential;
    const struct attachments *attachments; /* may be NULL */
    int32_t today;                         /* days since 1970 */
};

/* NULL only when out of memory. number is the record's. */
struct learner_profile *learner_compile(const struct learner *record, uint64_t number,
                                        const struct catalogue *catalogue);
struct offer_profile *offer_compile(const struct offer *record, uint64_t number,
                                    const struct catalogue *catalogue);
/* What the learner is about to have or had, for near-misses. */
void learner_expect(const struct learner *record, const struct catalogue *catalogue,
                    struct prospects *prospects);

#endif
