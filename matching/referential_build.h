/* Makes the bytes of a referential file from skills, roles and links. Pure: reading the official
 * files is the caller's business. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_BUILD_H
#define PASSERELLE_MATCHING_REFERENTIAL_BUILD_H

#include "referential.h"

struct referential_build;

struct referential_build *referential_build_create(void);
void referential_build_free(struct referential_build *build);

/* Strings are NUL-terminated UTF-8, copied; ids 1..64 bytes, labels and aliases at most 1024; NULL
 * counts as empty. A repeated id replaces the labels and keeps aliases and links. Each call returns
 * false, and changes nothing, when out of memory, given a bad string or number, or over a limit. */
bool referential_build_skill(struct referential_build *build, const char *id, const char *french,
                             const char *english);
bool referential_build_role(struct referential_build *build, const char *id, const char *rome,
                            const char *french, const char *english);
/* Sets the label in one language alone, and declares the skill when it is new. */
bool referential_build_skill_label(struct referential_build *build, const char *id,
                                   enum label_language language, const char *label);
/* Another way to say it. Like links, aliases may come before what they belong to. */
bool referential_build_skill_alias(struct referential_build *build, const char *id,
                                   const char *alias);
bool referential_build_role_alias(struct referential_build *build, const char *id,
                                  const char *alias);

enum skill_link { LINK_SAME, LINK_BROADER, LINK_RELATED }; /* broader: to is the broader one */
/* Links may name ids that come later; links to ids that never come are dropped and counted. */
bool referential_build_skill_link(struct referential_build *build, const char *from, const char *to,
                                  enum skill_link link);
/* level: 1..4. Of repeats, core and the higher level win. */
bool referential_build_role_skill(struct referential_build *build, const char *role,
                                  const char *skill, bool core, unsigned level);
/* nearness: 1..NEARNESS_ONE, one way. A role that has the id of a ROME role as its ROME code is
 * near that role, both ways, and near what that role is near, without a link saying so. */
bool referential_build_role_link(struct referential_build *build, const char *from, const char *to,
                                 unsigned nearness);

/* The broader role that it belongs to, by id; one that never comes is dropped and counted. */
bool referential_build_role_parent(struct referential_build *build, const char *role,
                                   const char *parent);

/* Each text of a role once, at most 16 KiB. */
bool referential_build_role_text(struct referential_build *build, const char *role,
                                 enum role_text kind, const char *text);

struct referential_counts {
    unsigned skills, roles, aliases, skill_links, role_skills, role_links, dropped_links;
    unsigned occupations;
};
/* The file's bytes (malloc'ed, the caller's) and its hash; the same input in any order of calls
 * that matters not gives the same bytes. NULL when out of memory. */
void *referential_build_finish(struct referential_build *build, size_t *size,
                               char hash[REFERENTIAL_HASH_SIZE], struct referential_counts *counts);

#endif
