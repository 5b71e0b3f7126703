/* The catalogue of skills and roles: one built file, mapped read-only and shared by processes. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_H
#define PASSERELLE_MATCHING_REFERENTIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENTIAL_NONE = -1 };      /* no such skill or role */
enum { REFERENTIAL_HASH_SIZE = 17 }; /* 16 hex digits and NUL */
enum { NEARNESS_ONE = 256 };         /* nearness of a skill to itself or a same one */

enum label_language { LABEL_FRENCH, LABEL_ENGLISH };

struct referential;

/* Checks every offset of the bytes, so that no later call can leave them. The bytes stay the
 * caller's and must outlive it. NULL and a reason when they are not a referential. */
struct referential *referential_open(const void *data, size_t size, const char **reason);
void referential_close(struct referential *referential); /* NULL is fine */
const char *referential_hash(const struct referential *referential);

int32_t referential_skill_count(const struct referential *referential);
int32_t referential_role_count(const struct referential *referential);

/* By id ("fibre-splicing", "rome:100341"), or an id as its catalogue writes it: the number of ROME,
 * the address of ESCO. REFERENTIAL_NONE when unknown. */
int32_t referential_skill(const struct referential *referential, const char *id, size_t size);
/* By label or alias, compared in normal form (words.h); the first declared wins. */
int32_t referential_skill_by_words(const struct referential *referential, const char *words,
                                   size_t size);
/* Every label and alias of a skill, in normal form. */
unsigned referential_skill_words_count(const struct referential *referential);
const char *referential_skill_words(const struct referential *referential, unsigned index,
                                    int32_t *skill);
const char *referential_skill_id(const struct referential *referential, int32_t skill);
/* Falls back to the other language. Never NULL. */
const char *referential_skill_label(const struct referential *referential, int32_t skill,
                                    enum label_language language);
/* Rarity of the skill among roles, 64 (in nearly all) .. 256 (in one or none). */
unsigned referential_skill_weight(const struct referential *referential, int32_t skill);

struct near_skill {
    int32_t skill;
    uint16_t nearness; /* 1..NEARNESS_ONE */
    uint16_t path;     /* enum skill_path */
};
enum skill_path { PATH_SAME, PATH_NARROWER, PATH_BROADER, PATH_RELATED };
/* What else a claim of this skill counts for, itself first; at most 64. */
const struct near_skill *referential_skill_near(const struct referential *referential,
                                                int32_t skill, unsigned *count);

/* By id or ROME code. */
int32_t referential_role(const struct referential *referential, const char *id, size_t size);
int32_t referential_role_by_words(const struct referential *referential, const char *words,
                                  size_t size);
/* Every label and alias of a role, in normal form. */
unsigned referential_role_words_count(const struct referential *referential);
const char *referential_role_words(const struct referential *referential, unsigned index,
                                   int32_t *role);
const char *referential_role_id(const struct referential *referential, int32_t role);
const char *referential_role_rome(const struct referential *referential, int32_t role); /* or "" */
const char *referential_role_label(const struct referential *referential, int32_t role,
                                   enum label_language language);
/* The broader role that it belongs to; REFERENTIAL_NONE when it is told of none. */
int32_t referential_role_parent(const struct referential *referential, int32_t role);
struct role_skill {
    int32_t skill;
    uint8_t core; /* 1: at the heart of the role; 0: useful */
    uint8_t level;
    uint16_t reserved;
};
/* Core skills first. */
const struct role_skill *referential_role_skills(const struct referential *referential,
                                                 int32_t role, unsigned *count);
struct role_near {
    int32_t role;
    uint32_t nearness; /* 0..NEARNESS_ONE */
};
/* By increasing role. */
const struct role_near *referential_role_near(const struct referential *referential, int32_t role,
                                              unsigned *count);
/* Nearness of two roles, 0..NEARNESS_ONE. */
unsigned referential_role_nearness(const struct referential *referential, int32_t from, int32_t to);

/* What a role is told by: the job titles that it stands for, its definition, how one gets there. */
enum role_text { ROLE_TITLE, ROLE_DEFINITION, ROLE_ACCESS };
unsigned referential_role_text_count(const struct referential *referential, int32_t role);
const char *referential_role_text(const struct referential *referential, int32_t role,
                                  unsigned index, enum role_text *kind);

/* The nearest labels to misspelt words, best first: at most limit, compared by shared trigrams.
 * Costs a scan of all labels: bound how often it is called. Returns how many. */
unsigned referential_nearest_roles(const struct referential *referential, const char *words,
                                   size_t size, int32_t *roles, unsigned limit);
unsigned referential_nearest_skills(const struct referential *referential, const char *words,
                                    size_t size, int32_t *skills, unsigned limit);

#endif
