/* What a profile asks of an index of the other side. For the scoring code of this folder only. */
#ifndef PASSERELLE_MATCHING_DEMAND_H
#define PASSERELLE_MATCHING_DEMAND_H

#include "index_profile.h"

/* Room for the demands of one question at a time, and what is needed to make them. */
struct demands;

struct demands *demands_create(const struct referential *referential); /* or NULL: out of memory */
void demands_free(struct demands *demands);                            /* NULL is fine */
size_t demands_bytes(const struct demands *demands);

/* Room for the question of a profile; false when out of memory. */
bool demands_reserve_learner(struct demands *demands, const struct learner_profile *learner);
bool demands_reserve_offer(struct demands *demands, const struct offer_profile *offer);

/* Fill in front and demands, for which there is room: with these, what the index finds a record
 * worth is the coverage of the pair (score_coverage). The demands last until the next question. */
void demands_of_learner(struct demands *demands, const struct learner_profile *learner,
                        const struct index *offers, struct index_query *query);
void demands_of_offer(struct demands *demands, const struct offer_profile *offer,
                      const struct index *learners, struct index_query *query);

#endif
