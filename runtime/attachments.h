/* Which skill unrecognised words stand for, as `p:{T}:attachment` keeps it (docs/architecture.md,
 * "Redis keys"). Words are in their normal form (words.h). */
#ifndef PASSERELLE_RUNTIME_ATTACHMENTS_H
#define PASSERELLE_RUNTIME_ATTACHMENTS_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdint.h>

struct attachments;

struct attachments *attachments_create(void);
/* From the names and values of the hash, as HGETALL answers; what is no attachment is left out.
 * NULL without memory. */
struct attachments *attachments_read(const redisReply *reply);
void attachments_free(struct attachments *attachments); /* NULL is fine */

/* The skill of a value of the hash, `A<N> <skill>`, pointing into it, and the record's number.
 * NULL when it is none. */
const char *attachment_skill(const char *value, uint64_t *number);

/* False without memory. */
bool attachments_put(struct attachments *attachments, const char *words, const char *skill);
const char *attachments_find(const struct attachments *attachments,
                             const char *words); /* or NULL */

#endif
