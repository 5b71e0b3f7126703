/* skill.find, role.find, commune.find and labels: the catalogue in force, searched and read. */
#include "daemon/query.h"

#include <string.h>

enum { FOUND_DEFAULT = 10, FOUND_MAX = 20 };

/* The words asked for and how many results; false when the query has been answered. */
static bool search_begin(struct query *query, const char **words, size_t *size, unsigned *limit)
{
    const struct search *search = query->message.body;

    *words = search->words.data;
    *size = search->words.size;
    *limit = search->has.limit ? (unsigned)search->limit : FOUND_DEFAULT;
    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return false;
    }
    if (query->daemon->searches == 0) {
        query_reject(query, ERROR_BUSY, "", "the same query in a second");
        return false;
    }
    query->daemon->searches--;
    return true;
}

/* Puts an exact find before the near ones. */
static unsigned with_exact(int32_t exact, int32_t *found, unsigned count, unsigned limit)
{
    unsigned kept = 0;
    int32_t near[FOUND_MAX];

    memcpy(near, found, count * sizeof *found);
    if (exact != REFERENTIAL_NONE)
        found[kept++] = exact;
    for (unsigned i = 0; i < count && kept < limit; i++)
        if (near[i] != exact)
            found[kept++] = near[i];
    return kept;
}

static void pack_skill(struct query *query, int32_t skill)
{
    const struct referential *referential = query->territory->referential;

    msgpack_pack_map(&query->packer, 3);
    query_pack_key_string(query, "id", referential_skill_id(referential, skill));
    query_pack_key_string(query, "french",
                          referential_skill_label(referential, skill, LABEL_FRENCH));
    query_pack_key_string(query, "english",
                          referential_skill_label(referential, skill, LABEL_ENGLISH));
}

static void pack_role(struct query *query, int32_t role)
{
    const struct referential *referential = query->territory->referential;

    msgpack_pack_map(&query->packer, 4);
    query_pack_key_string(query, "id", referential_role_id(referential, role));
    query_pack_key_string(query, "rome", referential_role_rome(referential, role));
    query_pack_key_string(query, "french", referential_role_label(referential, role, LABEL_FRENCH));
    query_pack_key_string(query, "english",
                          referential_role_label(referential, role, LABEL_ENGLISH));
}

void query_skill_find(struct query *query)
{
    const struct referential *referential;
    int32_t found[FOUND_MAX];
    const char *words;
    size_t size;
    unsigned limit;

    if (!search_begin(query, &words, &size, &limit))
        return;
    referential = query->territory->referential;
    int32_t exact = referential_skill(referential, words, size);
    if (exact == REFERENTIAL_NONE)
        exact = referential_skill_by_words(referential, words, size);
    unsigned count = referential_nearest_skills(referential, words, size, found, limit);
    count = with_exact(exact, found, count, limit);
    query_answer_begin(query, 1);
    query_pack_string(query, "skills");
    msgpack_pack_array(&query->packer, count);
    for (unsigned i = 0; i < count; i++)
        pack_skill(query, found[i]);
    query_answer_end(query);
}

void query_role_find(struct query *query)
{
    const struct referential *referential;
    int32_t found[FOUND_MAX];
    const char *words;
    size_t size;
    unsigned limit;

    if (!search_begin(query, &words, &size, &limit))
        return;
    referential = query->territory->referential;
    int32_t exact = referential_role(referential, words, size);
    if (exact == REFERENTIAL_NONE)
        exact = referential_role_by_words(referential, words, size);
    unsigned count = referential_nearest_roles(referential, words, size, found, limit);
    count = with_exact(exact, found, count, limit);
    query_answer_begin(query, 1);
    query_pack_string(query, "roles");
    msgpack_pack_array(&query->packer, count);
    for (unsigned i = 0; i < count; i++)
        pack_role(query, found[i]);
    query_answer_end(query);
}

void query_commune_find(struct query *query)
{
    struct commune found[FOUND_MAX];
    const struct communes *communes = query->territory->communes;
    const char *words;
    size_t size;
    unsigned limit, count = 1;

    if (!search_begin(query, &words, &size, &limit))
        return;
    if (!communes_by_code(communes, words, size, &found[0]))
        count = communes_nearest(communes, words, size, found, limit);
    query_answer_begin(query, 1);
    query_pack_string(query, "communes");
    msgpack_pack_array(&query->packer, count);
    for (unsigned i = 0; i < count; i++) {
        msgpack_pack_map(&query->packer, 4);
        query_pack_key_string(query, "code", found[i].code);
        query_pack_key_string(query, "name", found[i].name);
        query_pack_key_int(query, "latitude", found[i].latitude);
        query_pack_key_int(query, "longitude", found[i].longitude);
    }
    query_answer_end(query);
}

/* Packs a key and the list of those that are known. */
static void pack_known(struct query *query, const char *key, const struct texts *ids,
                       int32_t (*find)(const struct referential *, const char *, size_t),
                       void (*pack)(struct query *, int32_t))
{
    int32_t found[FOUND_MAX];
    unsigned count = 0;

    for (uint32_t i = 0; i < ids->count && count < FOUND_MAX; i++) {
        found[count] = find(query->territory->referential, ids->items[i].data, ids->items[i].size);
        count += found[count] != REFERENTIAL_NONE;
    }
    query_pack_string(query, key);
    msgpack_pack_array(&query->packer, count);
    for (unsigned i = 0; i < count; i++)
        pack(query, found[i]);
}

void query_labels(struct query *query)
{
    const struct labelled *body = query->message.body;

    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return;
    }
    query_answer_begin(query, 2);
    pack_known(query, "skills", &body->skills, referential_skill, pack_skill);
    pack_known(query, "roles", &body->roles, referential_role, pack_role);
    query_answer_end(query);
}
