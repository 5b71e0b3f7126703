/* Job titles in the text. */
#include "recognise_parts.h"
#include "recognise_words.h"

enum { TITLE_VOTES = 120, SMALL_MAX = 2 };

static bool is_small(const struct reading *reading, unsigned token)
{
    return reading->tokens.tokens[token].small;
}

static unsigned next_word(const struct reading *reading, unsigned token)
{
    const uint32_t ends = GAP_STRONG | GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_DASH;
    for (unsigned skipped = 0; ++token < reading->tokens.count; skipped++) {
        if (reading->tokens.tokens[token].gap & ends)
            return UINT32_MAX;
        if (skipped == SMALL_MAX || !is_small(reading, token))
            return token;
    }
    return UINT32_MAX;
}

/* A word for somebody who does something: a title has one, the name of an activity has not. */
static bool is_person(const struct reading *reading, unsigned token)
{
    static const char *const endings[] = {"eur",  "euse", "rice",  "ien",  "ienne", "iste", "ier",
                                          "iere", "eurs", "euses", "iens", "istes", "iers", "er",
                                          "ers",  "or",   "ors",   "ist",  "ists",  "ians", "ian",
                                          "man",  "cien", "ant",   "ante", "ants",  "ent",  "ive"};
    static const char *const words[] = {
        "dev",     "tech",     "admin",       "chef",        "cheffe",     "charge",    "chargee",
        "agent",   "agente",   "aide",        "expert",      "experte",    "pilote",    "modo",
        "cm",      "commis",   "apprenti",    "apprentie",   "secretaire", "referent",  "referente",
        "data",    "analyste", "architecte",  "video",       "graphiste",  "alternant", "stagiaire",
        "officer", "scrum",    "photographe", "responsable", "poseur",     "devs"};
    const struct token *found = &reading->tokens.tokens[token];
    const char *text = token_text(&reading->tokens, token);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (found->folded_size >= size + 3 &&
            memcmp(text + found->folded_size - size, endings[i], size) == 0)
            return true;
    }
    return IS_ANY_OF(reading, token, words);
}

static bool has_person(const struct reading *reading, unsigned first, unsigned last)
{
    for (unsigned at = first; at <= last; at++)
        if (is_person(reading, at))
            return true;
    return false;
}

/* "avec la soudeuse" is a machine, "votre responsable" somebody else; one word alone is a title
 * where somebody is looked for, or where a part of the sentence begins with it. */
static bool is_of_the_person(const struct reading *reading, unsigned first, unsigned last)
{
    static const char *const others[] = {
        "la",    "le",  "les",  "l",   "du",  "aux", "au",   "avec", "nos", "notre",
        "votre", "vos", "the",  "mon", "ma",  "my",  "our",  "your", "son", "sa",
        "leur",  "des", "chez", "her", "his", "par", "with", "ton",  "ta"};
    static const char *const articles[] = {"un", "une", "d", "de", "a", "an", "comme", "as", "en"};
    if (first == 0 || reading_part_start(reading, first) == first ||
        reading->taken[first - 1] & TAKEN_CONSTRAINT)
        return true;
    unsigned before = first - 1;
    if (IS_ANY_OF(reading, before, others))
        return false;
    if (last > first)
        return true;
    if (before > 0 &&
        (IS_ANY_OF(reading, before, articles) || reading->tokens.tokens[before].number >= 0))
        before--;
    const struct cue *cue =
        reading_last_cue(reading, before > 2 ? before - 2 : 0, before + 1, CUE_SEEK);
    return cue && cue->token + cue->length == before + 1;
}

/* The longest title that begins at the token; returns its last token, or UINT32_MAX. */
static unsigned longest(const struct reading *reading, unsigned first, int32_t *role)
{
    const struct phrase_trie *trie = &reading->lexicon->titles;
    int32_t node = PHRASE_ROOT;
    unsigned last = UINT32_MAX;
    for (unsigned at = first; at != UINT32_MAX; at = next_word(reading, at)) {
        node = phrase_trie_step(trie, node, reading->tokens.tokens[at].stem);
        if (node == PHRASE_NONE)
            break;
        const struct phrase_end *end = phrase_trie_end(trie, node);
        if (end) {
            *role = (int32_t)end->value;
            last = at;
        }
    }
    return last;
}

void reading_find_titles(struct reading *reading)
{
    struct recognition *found = reading->found;
    reading_clear_votes(reading);
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        int32_t role;
        if (reading->taken[at] & (TAKEN_PRIVATE | TAKEN_FLAG) || is_small(reading, at))
            continue;
        unsigned last = longest(reading, at, &role);
        if (last == UINT32_MAX || !has_person(reading, at, last) ||
            !is_of_the_person(reading, at, last) || found->title_count == RECOGNISED_TITLES_MAX)
            continue;
        found->titles[found->title_count++] = tokens_span(&reading->tokens, at, last);
        reading_take(reading, at, last, TAKEN_TITLE);
        reading_vote_role(reading, role, TITLE_VOTES);
        at = last;
    }
}
