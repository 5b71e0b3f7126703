#include "role_search.h"

#include "role_search_parts.h"
#include "role_words.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_NORMAL_SIZE = 32 * 1024 }; /* twice what a referential takes in */
enum { FIELD_DEFINITION, FIELD_CORE, FIELD_OTHER, FIELD_ACCESS, FIELD_COUNT };

/* Titles are alike long, definitions and skills are not. */
static const struct role_field title_field = {10, 2};
static const struct role_field text_fields[FIELD_COUNT] = {
    [FIELD_DEFINITION] = {10, 3},
    [FIELD_CORE] = {20, 3},
    [FIELD_OTHER] = {10, 3},
    [FIELD_ACCESS] = {3, 3},
};

/* -- titles ------------------------------------------------------------------------------------ */

struct title_letters {
    struct title_index *index;
    uint32_t title;
};

static bool take_letters(void *state, const char *term, size_t size)
{
    const struct title_letters *letters = state;
    return title_index_add(letters->index, letters->title, term, size);
}

static bool add_title(struct role_search *search, uint32_t title, const char *text)
{
    struct role_words words, stems;
    struct title_letters letters = {&search->letters, title};
    uint32_t owner = (uint32_t)search->title_owners[title];
    role_words_take(&words, text, strlen(text), false);
    role_words_stem(&words, &stems);
    for (unsigned i = 0; i < stems.count; i++) {
        const struct role_word *stem = &stems.words[i];
        int32_t term = role_bag_term(&search->title_bag, stem->text, stem->size);
        if (!title_index_add(&search->stems, title, stem->text, stem->size) || term < 0 ||
            !role_bag_add(&search->title_bag, 0, owner, term))
            return false;
    }
    for (unsigned i = 0; i < words.count; i++)
        if (!role_word_grams(&words.words[i], take_letters, &letters))
            return false;
    return true;
}

static uint32_t count_titles(const struct role_search *search)
{
    uint32_t titles = 0;
    for (int32_t role = 0; role < search->roles; role++) {
        unsigned count = referential_role_text_count(search->referential, role);
        for (unsigned i = 0; i < count; i++) {
            enum role_text kind;
            referential_role_text(search->referential, role, i, &kind);
            titles += kind == ROLE_TITLE;
        }
    }
    return titles;
}

static bool add_titles(struct role_search *search)
{
    uint32_t title = 0;
    for (int32_t role = 0; role < search->roles; role++) {
        unsigned count = referential_role_text_count(search->referential, role);
        for (unsigned i = 0; i < count; i++) {
            enum role_text kind;
            const char *text = referential_role_text(search->referential, role, i, &kind);
            if (kind != ROLE_TITLE)
                continue;
            search->title_owners[title] = search->owners[role];
            if (!add_title(search, title++, text))
                return false;
        }
    }
    return title_index_close(&search->stems, title) && title_index_close(&search->letters, title) &&
           role_bag_close(&search->title_bag, (uint32_t)search->roles, &title_field, 1);
}

/* -- texts ------------------------------------------------------------------------------------- */

/* Texts being taken in. A skill belongs to several roles: its label is taken apart once. */
struct texts {
    struct role_search *search;
    struct array terms; /* of int32_t: of each skill met so far in turn, then of a text */
    struct skill_terms {
        uint32_t start, count;
        bool known;
    } * skills;
    char normal[TEXT_NORMAL_SIZE];
};

static bool take_term(void *state, const char *term, size_t size)
{
    struct texts *texts = state;
    int32_t *added = array_add(&texts->terms, sizeof *added);
    if (added)
        *added = role_bag_term(&texts->search->text_bag, term, size);
    return added && *added >= 0;
}

/* Puts a text's terms behind those that are there. */
static bool take_text(struct texts *texts, const char *text)
{
    size_t size = words_normalise(text, strlen(text), texts->normal, sizeof texts->normal);
    return role_text_stems(texts->normal, size, take_term, texts);
}

static bool add_terms(struct texts *texts, int32_t role, unsigned field, size_t start, size_t end)
{
    uint32_t owner = (uint32_t)texts->search->owners[role];
    const int32_t *terms = texts->terms.items;
    for (size_t i = start; i < end; i++)
        if (!role_bag_add(&texts->search->text_bag, field, owner, terms[i]))
            return false;
    return true;
}

static bool add_skill(struct texts *texts, int32_t role, const struct role_skill *item)
{
    const struct referential *referential = texts->search->referential;
    struct skill_terms *skill = &texts->skills[item->skill];
    if (!skill->known) {
        size_t start = texts->terms.count;
        if (!take_text(texts, referential_skill_label(referential, item->skill, LABEL_FRENCH)))
            return false;
        *skill =
            (struct skill_terms){(uint32_t)start, (uint32_t)(texts->terms.count - start), true};
    }
    return add_terms(texts, role, item->core ? FIELD_CORE : FIELD_OTHER, skill->start,
                     (size_t)skill->start + skill->count);
}

static bool add_role_texts(struct texts *texts, int32_t role)
{
    const struct referential *referential = texts->search->referential;
    unsigned count = referential_role_text_count(referential, role);
    for (unsigned i = 0; i < count; i++) {
        enum role_text kind;
        const char *text = referential_role_text(referential, role, i, &kind);
        unsigned field = kind == ROLE_DEFINITION ? FIELD_DEFINITION : FIELD_ACCESS;
        size_t start = texts->terms.count;
        if (kind == ROLE_TITLE)
            continue;
        if (!take_text(texts, text) || !add_terms(texts, role, field, start, texts->terms.count))
            return false;
        texts->terms.count = start;
    }
    const struct role_skill *items = referential_role_skills(referential, role, &count);
    for (unsigned i = 0; i < count; i++)
        if (!add_skill(texts, role, &items[i]))
            return false;
    return true;
}

static bool add_texts(struct role_search *search)
{
    struct texts *texts = calloc(1, sizeof *texts);
    if (!texts)
        return false;
    texts->search = search;
    texts->skills =
        calloc((size_t)referential_skill_count(search->referential) + 1, sizeof *texts->skills);
    bool whole = texts->skills != NULL;
    for (int32_t role = 0; whole && role < search->roles; role++)
        whole = add_role_texts(texts, role);
    array_clear(&texts->terms);
    free(texts->skills);
    free(texts);
    return whole &&
           role_bag_close(&search->text_bag, (uint32_t)search->roles, text_fields, FIELD_COUNT);
}

/* -- all ----------------------------------------------------------------------------------------
 */

static void find_owners(struct role_search *search)
{
    for (int32_t role = 0; role < search->roles; role++) {
        const char *rome = referential_role_rome(search->referential, role);
        int32_t owner = referential_role(search->referential, rome, strlen(rome));
        search->owners[role] = owner == REFERENTIAL_NONE ? role : owner;
    }
}

static bool make_room(struct role_search *search)
{
    size_t roles = (size_t)search->roles + 1, titles = (size_t)search->titles + 1;
    search->owners = calloc(roles, sizeof *search->owners);
    search->title_owners = calloc(titles, sizeof *search->title_owners);
    search->stem_likeness = calloc(titles, sizeof *search->stem_likeness);
    search->letter_likeness = calloc(titles, sizeof *search->letter_likeness);
    search->likeness = calloc(roles, sizeof *search->likeness);
    search->votes = calloc(roles, sizeof *search->votes);
    search->bag = calloc(roles, sizeof *search->bag);
    search->text = calloc(roles, sizeof *search->text);
    search->spread = calloc(roles, sizeof *search->spread);
    search->found = calloc(roles, sizeof *search->found);
    return search->owners && search->title_owners && search->stem_likeness &&
           search->letter_likeness && search->likeness && search->votes && search->bag &&
           search->text && search->spread && search->found;
}

static bool search_fill(struct role_search *search)
{
    search->roles = referential_role_count(search->referential);
    search->titles = count_titles(search);
    if (!make_room(search))
        return false;
    find_owners(search);
    search->kin = role_kin_create(search->referential);
    if (!search->kin)
        return false;
    /* Texts are gathered by owner. */
    for (size_t i = 0; i < (size_t)search->roles * ROLE_KIN_MAX; i++)
        if (search->kin[i].role != REFERENTIAL_NONE)
            search->kin[i].role = search->owners[search->kin[i].role];
    return add_titles(search) && add_texts(search);
}

struct role_search *role_search_create(const struct referential *referential)
{
    struct role_search *search = calloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->referential = referential;
    if (search_fill(search))
        return search;
    role_search_free(search);
    return NULL;
}

void role_search_free(struct role_search *search)
{
    if (!search)
        return;
    title_index_clear(&search->stems);
    title_index_clear(&search->letters);
    role_bag_clear(&search->title_bag);
    role_bag_clear(&search->text_bag);
    void *const rooms[] = {search->owners,
                           search->title_owners,
                           search->stem_likeness,
                           search->letter_likeness,
                           search->likeness,
                           search->votes,
                           search->bag,
                           search->text,
                           search->spread,
                           search->found,
                           search->kin};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
        free(rooms[i]);
    free(search);
}
