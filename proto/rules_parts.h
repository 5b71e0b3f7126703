/* Inside of the rules: what several of them are made of, and those of other files. */
#ifndef PASSERELLE_PROTO_RULES_PARTS_H
#define PASSERELLE_PROTO_RULES_PARTS_H

#include "error.h"
#include "field.h"
#include "path.h"

typedef void rule_fn(const void *record, const struct path *path, struct errors *errors);

/* The place of a field of the record at path. */
struct path rule_member(const struct path *path, const char *name);
/* Adds an error about that field. */
void rule_refuse(const struct path *path, const char *name, struct errors *errors,
                 enum error_code code, const char *expected);
/* Where both are given and last is not at or after first, last, called name, is at fault. */
void rule_ordered(bool both, int64_t first, int64_t last, const struct path *path, const char *name,
                  const char *before, struct errors *errors);
/* The end of what has both comes after its start; both are minutes. */
void rule_ends_after(bool both, int32_t from, int32_t to, const struct path *path,
                     struct errors *errors);
void rule_email(bool present, struct text email, const struct path *path, struct errors *errors);
/* Whether all is digits from a place on. */
bool rule_is_digits(struct text text, size_t from);
bool rule_text_is(struct text text, const char *word);

/* rules_jobdating.c */
rule_fn window_rule, session_rule, jobdating_rule, attendance_rule, registration_rule, helper_rule,
    helper_contact_rule, meeting_rule, timetable_rule;

#endif
