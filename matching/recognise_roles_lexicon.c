/* The lexicon's tables about roles, and about words that stand near one another. */
#include "recognise_parts.h"

static int compare_skill_role(const void *a, const void *b);

struct skill_of_role {
    int32_t skill;
    struct skill_role role;
};

static int compare_skill_role(const void *a, const void *b)
{
    const struct skill_of_role *x = a, *y = b;
    if (x->skill != y->skill)
        return x->skill < y->skill ? -1 : 1;
    return (x->role.role > y->role.role) - (x->role.role < y->role.role);
}

static bool gather(struct array *pairs, const struct referential *referential)
{
    for (int32_t role = 0; role < referential_role_count(referential); role++) {
        unsigned count;
        const struct role_skill *skills = referential_role_skills(referential, role, &count);
        for (unsigned i = 0; i < count; i++) {
            struct skill_of_role *pair = array_add(pairs, sizeof *pair);
            if (!pair)
                return false;
            *pair = (struct skill_of_role){skills[i].skill, {role, skills[i].core}};
        }
    }
    array_sort(pairs, sizeof(struct skill_of_role), compare_skill_role);
    return true;
}

static bool lay_out(struct lexicon *lexicon, const struct array *pairs, int32_t skills)
{
    const struct skill_of_role *items = pairs->items;
    size_t at = 0;
    for (int32_t skill = 0; skill <= skills; skill++) {
        uint32_t *start = array_add(&lexicon->role_starts, sizeof *start);
        if (!start)
            return false;
        *start = (uint32_t)at;
        for (; at < pairs->count && items[at].skill == skill; at++) {
            struct skill_role *role = array_add(&lexicon->skill_roles, sizeof *role);
            if (!role)
                return false;
            *role = items[at].role;
        }
    }
    return true;
}

static bool add_titles(struct lexicon *lexicon, const struct referential *referential)
{
    unsigned count = referential_role_words_count(referential);
    for (unsigned i = 0; i < count; i++) {
        int32_t stems[PHRASE_WORDS_MAX], role;
        unsigned words;
        const char *text = referential_role_words(referential, i, &role);
        if (!lexicon_phrase(lexicon, text, strlen(text), true, stems, &words) ||
            (words > 0 && !phrase_trie_add(&lexicon->titles, stems, words, (uint32_t)role)))
            return false;
    }
    return true;
}

bool lexicon_fill_roles(struct lexicon *lexicon, const struct referential *referential)
{
    struct array pairs = {0};
    bool whole = gather(&pairs, referential) &&
                 lay_out(lexicon, &pairs, referential_skill_count(referential)) &&
                 add_titles(lexicon, referential);
    array_clear(&pairs);
    return whole;
}

/* -- anchors ------------------------------------------------------------------------------------
 */

/* The stem of the phrase that fewest phrases have. */
static int32_t rarest(const struct skill_phrase *phrase, const uint32_t *counts)
{
    int32_t best = phrase->stems[0];
    for (unsigned i = 1; i < phrase->words; i++)
        if (counts[phrase->stems[i]] < counts[best])
            best = phrase->stems[i];
    return best;
}

static bool is_anchored(const struct skill_phrase *phrase)
{
    return phrase->words >= 2 && phrase->words <= 4 && phrase->own;
}

bool lexicon_fill_anchors(struct lexicon *lexicon)
{
    const struct skill_phrase *phrases = lexicon->phrases.items;
    size_t stems = lexicon->stems.count;
    uint32_t *counts = calloc(stems + 1, sizeof *counts);
    uint32_t *starts = calloc(stems + 2, sizeof *starts);
    uint32_t *anchors = calloc(lexicon->phrases.count + 1, sizeof *anchors);
    lexicon->anchors = (struct array){anchors, lexicon->phrases.count, lexicon->phrases.count + 1};
    lexicon->anchor_starts = (struct array){starts, stems + 1, stems + 2};
    if (!counts || !starts || !anchors) {
        free(counts);
        return false;
    }
    for (size_t i = 0; i < lexicon->phrases.count; i++)
        for (unsigned word = 0; word < phrases[i].words; word++)
            counts[phrases[i].stems[word]]++;
    for (size_t i = 0; i < lexicon->phrases.count; i++)
        if (is_anchored(&phrases[i]))
            starts[rarest(&phrases[i], counts) + 2]++;
    for (size_t stem = 2; stem < stems + 2; stem++)
        starts[stem] += starts[stem - 1];
    for (size_t i = 0; i < lexicon->phrases.count; i++)
        if (is_anchored(&phrases[i]))
            anchors[starts[rarest(&phrases[i], counts) + 1]++] = (uint32_t)i;
    free(counts);
    return true;
}
