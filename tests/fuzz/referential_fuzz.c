/* Opens arbitrary bytes as a referential and calls every accessor. */
#include "matching/occupation.h"
#include "matching/referential_format.h"
#include "matching/role_search.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes size and hash of a container right (sections.h), which mutations would never manage. */
static void reseal_container(uint8_t *bytes, uint64_t size)
{
    uint8_t hash[crypto_generichash_BYTES];
    if (size < 32)
        return;
    crypto_generichash(hash, sizeof hash, bytes + 32, size - 32, NULL, 0);
    memcpy(bytes + 8, hash, 8);
    memcpy(bytes + 16, &size, sizeof size);
}

/* The index of roles first, which is a container within. */
static void reseal(uint8_t *bytes, size_t size)
{
    struct {
        uint64_t offset;
        uint32_t items, item_size;
    } index;
    size_t at = 32 + SECTION_ROLE_INDEX * sizeof index;
    if (size >= at + sizeof index) {
        memcpy(&index, bytes + at, sizeof index);
        if (index.offset <= size && index.items <= size - index.offset)
            reseal_container(bytes + index.offset, index.items);
    }
    reseal_container(bytes, size);
}

static volatile size_t sink; /* what was read must count as used */

static void use_text(const char *text)
{
    sink += strlen(text);
}

static void use_skill(const struct referential *referential, int32_t skill)
{
    unsigned count;
    const char *id = referential_skill_id(referential, skill);
    const char *label = referential_skill_label(referential, skill, LABEL_FRENCH);
    use_text(label);
    use_text(referential_skill_label(referential, skill, LABEL_ENGLISH));
    sink += referential_skill_weight(referential, skill);
    sink += (size_t)referential_skill(referential, id, strlen(id));
    const struct near_skill *near = referential_skill_near(referential, skill, &count);
    for (unsigned i = 0; i < count; i++)
        sink += referential_skill_weight(referential, near[i].skill) + near[i].nearness;
}

static void use_role(const struct referential *referential, int32_t role)
{
    unsigned count;
    const char *id = referential_role_id(referential, role);
    use_text(referential_role_label(referential, role, LABEL_FRENCH));
    use_text(referential_role_label(referential, role, LABEL_ENGLISH));
    use_text(referential_role_rome(referential, role));
    sink += (size_t)referential_role(referential, id, strlen(id));
    sink += referential_role_nearness(referential, role, 0);
    if (referential_role_parent(referential, role) != REFERENTIAL_NONE)
        use_text(referential_role_id(referential, referential_role_parent(referential, role)));
    const struct role_near *near = referential_role_near(referential, role, &count);
    for (unsigned i = 0; i < count; i++)
        sink += near[i].nearness;
    count = referential_role_text_count(referential, role);
    for (unsigned i = 0; i < count; i++) {
        enum role_text kind;
        use_text(referential_role_text(referential, role, i, &kind));
        sink += kind;
    }
    const struct role_skill *items = referential_role_skills(referential, role, &count);
    for (unsigned i = 0; i < count; i++)
        sink += referential_skill_weight(referential, items[i].skill) + items[i].level;
}

static void use_occupation(const struct referential *referential, int32_t occupation)
{
    unsigned count = referential_occupation_title_count(referential, occupation);
    use_text(referential_occupation_id(referential, occupation));
    for (unsigned i = 0; i < count; i++) {
        enum label_language language;
        use_text(referential_occupation_title(referential, occupation, i, &language));
        sink += language;
    }
    const struct occupation_skill *skills =
        referential_occupation_skills(referential, occupation, &count);
    for (unsigned i = 0; i < count; i++)
        sink += referential_skill_weight(referential, skills[i].skill) + skills[i].essential;
    const struct occupation_role *roles =
        referential_occupation_roles(referential, occupation, &count);
    for (unsigned i = 0; i < count; i++) {
        use_text(referential_role_id(referential, roles[i].role));
        sink += roles[i].strength;
    }
}

static void use_words(const struct referential *referential, const char *words)
{
    int32_t found[8];
    size_t size = strlen(words);
    sink += (size_t)referential_skill_by_words(referential, words, size);
    sink += (size_t)referential_role_by_words(referential, words, size);
    unsigned count = referential_nearest_skills(referential, words, size, found, 8);
    for (unsigned i = 0; i < count; i++)
        sink += referential_skill_weight(referential, found[i]);
    count = referential_nearest_roles(referential, words, size, found, 8);
    for (unsigned i = 0; i < count; i++)
        use_text(referential_role_id(referential, found[i]));
}

static void use_search(const struct referential *referential)
{
    static const struct role_claim claims[] = {{"vue", 3}, {"coder en JS", 11}, {"esco:1", 6}};
    const char *reason;
    struct role_found found[4];
    struct role_search *search = role_search_create(referential, &reason);
    if (!search) {
        use_text(reason);
        return;
    }
    unsigned count = role_search_title(search, "Dev vue.js front", 16, found, 4);
    for (unsigned i = 0; i < count; i++)
        use_text(referential_role_id(referential, found[i].role));
    count = role_search_claims(search, claims, 3, LABEL_ENGLISH, found, 4);
    for (unsigned i = 0; i < count; i++)
        use_text(referential_role_id(referential, found[i].role));
    for (int32_t role = 0; role < referential_role_count(referential); role++) {
        count = role_search_near(search, role, found, 4);
        for (unsigned i = 0; i < count; i++)
            use_text(referential_role_id(referential, found[i].role));
    }
    role_search_free(search);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *reason;
    uint8_t *bytes = malloc(size + 1);
    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    reseal(bytes, size);
    struct referential *referential = referential_open(bytes, size, &reason);
    if (referential) {
        use_text(referential_hash(referential));
        for (int32_t i = 0; i < referential_skill_count(referential); i++)
            use_skill(referential, i);
        for (int32_t i = 0; i < referential_role_count(referential); i++)
            use_role(referential, i);
        for (int32_t i = 0; i < referential_occupation_count(referential); i++)
            use_occupation(referential, i);
        use_words(referential, "vue js");
        use_words(referential, "développeur(se) wab");
        use_search(referential);
    }
    referential_close(referential);
    free(bytes);
    return 0;
}
