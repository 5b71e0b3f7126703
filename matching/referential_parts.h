/* What referential_build.c collects and referential_write.c turns into a file. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_PARTS_H
#define PASSERELLE_MATCHING_REFERENTIAL_PARTS_H

#include "referential_build.h"
#include "symbols.h"

/* All numbers are symbols, the empty string one among them, until resolved at the end. */
struct skill_part {
    int32_t id, french, english;
};
struct role_part {
    int32_t id, rome, french, english;
};
struct alias_part {
    int32_t owner, text;
};
struct link_part {
    int32_t from, to;
    uint32_t value; /* enum skill_link, or nearness of roles */
};
struct text_part {
    int32_t owner, text;
    uint32_t kind; /* enum role_text */
};
struct role_skill_part {
    int32_t role, skill;
    bool core;
    uint8_t level;
};
struct occupation_skill_part {
    int32_t occupation, skill;
    bool essential;
};

struct referential_build {
    struct symbols symbols;
    struct array skill_of, role_of; /* int32_t by symbol: its skill or role + 1, or 0 */
    struct array skills, roles;     /* in order of declaration */
    struct array skill_aliases, role_aliases;
    struct array skill_links, role_links;
    struct array role_parents; /* of struct link_part; the value says nothing */
    struct array role_skills;
    struct array role_texts;
    struct array occupation_titles; /* of struct text_part; the kind is the language */
    struct array occupation_skills;
    struct array occupation_roles; /* of struct link_part; the value is the strength */
};

enum { LABEL_MAX = 1024 };
/* A string as a symbol; SYMBOL_NONE also when it is too long or not UTF-8, or an empty id. */
int32_t build_take(struct referential_build *build, const char *text, size_t max);
int32_t build_take_id(struct referential_build *build, const char *id);
/* A new part; NULL when out of memory or over the limit. */
void *build_add_part(struct array *array, size_t size);

/* The skill or role with that id; REFERENTIAL_NONE when it was never declared. */
int32_t build_find_skill(const struct referential_build *build, int32_t id);
int32_t build_find_role(const struct referential_build *build, int32_t id);

#endif
