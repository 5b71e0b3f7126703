/* Where the work is, or where somebody looks for it. */
#include "place_name.h"
#include "recognise_parts.h"

#include <string.h>

enum { NAME_TOKENS_MAX = 7 };

static const struct token *token_at(const struct reading *reading, unsigned token)
{
    return &reading->tokens.tokens[token];
}

/* -- names --------------------------------------------------------------------------------------
 */

/* Small words within a name: "Romans-sur-Isère", "Vals les Bains", "Villeneuve d'Ascq". */
static bool is_link(const struct reading *reading, unsigned token)
{
    static const char *const links[] = {"sur", "sous", "les", "lez", "le", "la", "en", "de", "du",
                                        "des", "d",    "l",   "aux", "au", "et", "s",  "st", "ste"};
    return IS_ANY_OF(reading, token, links);
}

static bool is_name_word(const struct reading *reading, unsigned token)
{
    const struct token *found = token_at(reading, token);
    return found->capital && found->letters == found->folded_size && found->folded_size > 1 &&
           !reading_cue(reading, token, CUE_DAY) && !reading_cue(reading, token, CUE_MONTH) &&
           !reading_cue(reading, token, CUE_LANGUAGE) &&
           !reading_cue(reading, token, CUE_CONTRACT) &&
           !reading_cue(reading, token, CUE_CIVILITY) && !reading->taken[token];
}

/* The longest commune that begins at the token; returns the token behind it, or first. */
static unsigned known_town(const struct reading *reading, unsigned first, struct commune *commune)
{
    unsigned best = first;
    for (unsigned last = first; last < first + NAME_TOKENS_MAX && last < reading->tokens.count;
         last++) {
        if (last > first &&
            token_at(reading, last)->gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN | GAP_QUOTE))
            break;
        struct text_span span = tokens_span(&reading->tokens, first, last);
        struct commune found;
        if (!is_link(reading, last) && token_at(reading, last)->number < 0 &&
            communes_by_name(reading->communes, reading->tokens.text + span.start,
                             span.end - span.start, "", "", &found)) {
            *commune = found;
            best = last + 1;
        }
    }
    return best;
}

/* A name by its form alone: words with capitals, joined by hyphens or small words. */
static unsigned formed_town(const struct reading *reading, unsigned first)
{
    static const char *const articles[] = {"le", "la", "les", "l"};
    unsigned at = first;
    const struct cue *lead = reading_cue(reading, first, CUE_PLACE);
    if (lead && is_name_word(reading, first + lead->length) &&
        !(token_at(reading, first + lead->length)->gap & ~(uint32_t)GAP_SPACE))
        return first; /* "Secteur Arras" */
    if (IS_ANY_OF(reading, at, articles) && token_at(reading, at)->capital)
        at++;
    if (at >= reading->tokens.count || !is_name_word(reading, at))
        return first;
    for (at++; at < reading->tokens.count && at < first + NAME_TOKENS_MAX; at++) {
        uint32_t gap = token_at(reading, at)->gap;
        if (gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN | GAP_QUOTE))
            break;
        bool linked =
            is_link(reading, at) && at + 1 < reading->tokens.count &&
            (is_name_word(reading, at + 1) || is_link(reading, at + 1)) &&
            !token_is(&reading->tokens, at, "et") &&
            !(token_at(reading, at + 1)->gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN | GAP_QUOTE));
        bool hyphen = gap & GAP_HYPHEN;
        if (!is_name_word(reading, at) && !hyphen && !linked)
            break;
    }
    while (at > first && is_link(reading, at - 1))
        at--;
    return at;
}

/* -- what leads to a place ----------------------------------------------------------------------
 */

/* "à Lille", "secteur Arras / Lens", "based in"; not "de", which leads to names of firms. */
static bool is_led(const struct reading *reading, unsigned first)
{
    static const char *const weak[] = {"de",     "d",    "dans",  "ou",     "to",   "from",
                                       "depart", "cote", "ville", "proche", "site", "quartier"};
    if (first == 0)
        return false;
    unsigned at = first - 1;
    if (token_is(&reading->tokens, at, "la") || token_is(&reading->tokens, at, "l"))
        at -= at > 0;
    for (unsigned length = 1; length <= 4 && length <= at + 1; length++) {
        const struct cue *cue = reading_cue(reading, at + 1 - length, CUE_PLACE);
        if (cue && cue->length == length &&
            !(token_at(reading, first)->gap & (GAP_STRONG | GAP_COMMA)) &&
            (length > 1 || !IS_ANY_OF(reading, at, weak)))
            return true;
    }
    return false;
}

/* "… - Hénin-Beaumont", "…, Lille, …", "Auxerre.": a part that is nothing but the name. */
static bool stands_alone(const struct reading *reading, unsigned first, unsigned end)
{
    const uint32_t signs =
        GAP_STRONG | GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_DASH | GAP_SLASH;
    return token_at(reading, first)->gap & signs && token_at(reading, end)->gap & signs;
}

/* The name goes on from a place before: "Arras / Lens", "Hazebrouck-Bailleul", "Lille ou Roubaix".
 */
static bool follows_place(const struct reading *reading, unsigned first)
{
    static const char *const joins[] = {"ou", "et", "or", "and", "et", "a"};
    const struct recognition *found = reading->found;
    if (found->place_count == 0 || first == 0)
        return false;
    uint32_t last_end = found->places[found->place_count - 1].span.end;
    if (token_at(reading, first - 1)->end == last_end)
        return !(token_at(reading, first)->gap & GAP_STRONG);
    return first >= 2 && token_at(reading, first - 2)->end == last_end &&
           IS_ANY_OF(reading, first - 1, joins);
}

/* Names of firms and landmarks, and of people, are written like places. */
static bool is_other_name(const struct reading *reading, unsigned first)
{
    static const char *const before[] = {
        "lycee",  "college", "ecole",    "rue",        "avenue", "place", "boulevard", "hopital",
        "groupe", "societe", "sarl",     "garage",     "mr",     "mme",   "m",         "station",
        "chez",   "radio",   "clinique", "restaurant", "stade",  "club",  "sas"};
    return first > 0 && !(token_at(reading, first)->gap & (GAP_STRONG | GAP_COMMA)) &&
           IS_ANY_OF(reading, first - 1, before);
}

/* -- places -------------------------------------------------------------------------------------
 */

static void add_place(struct reading *reading, unsigned first, unsigned end,
                      const struct commune *commune)
{
    struct recognition *found = reading->found;
    if (found->place_count == RECOGNISED_ITEMS_MAX)
        return;
    struct recognised_place *place = &found->places[found->place_count++];
    *place = (struct recognised_place){.span = tokens_span(&reading->tokens, first, end - 1)};
    uint32_t size = place->span.end - place->span.start;
    if (size < sizeof place->town)
        memcpy(place->town, reading->tokens.text + place->span.start, size);
    if (commune && strlen(commune->code) < sizeof place->commune)
        memcpy(place->commune, commune->code, strlen(commune->code));
    reading_take(reading, first, end - 1, TAKEN_CONSTRAINT);
}

/* "dans tout le 07", "département 59", "(62)". */
static bool take_department(struct reading *reading, unsigned at)
{
    static const char *const leads[] = {"le", "departement", "dept", "dep", "dpt"};
    const struct token *token = token_at(reading, at);
    bool shaped = token->end - token->start == 2 &&
                  ((token->number >= 1 && token->number <= 95 && token->number != 20) ||
                   token_is(&reading->tokens, at, "2a") || token_is(&reading->tokens, at, "2b"));
    if (!shaped || reading->taken[at] || at == 0)
        return false;
    bool led = IS_ANY_OF(reading, at - 1, leads) && !(token->gap & ~(uint32_t)GAP_SPACE);
    const struct token *next = token_at(reading, at + 1);
    bool whole = next->gap & (GAP_STRONG | GAP_COMMA | GAP_CLOSE) &&
                 !reading_cue(reading, at + 1, CUE_MONTH);
    bool bare_le = token_is(&reading->tokens, at - 1, "le");
    if (!led || !whole ||
        (bare_le && !(at >= 2 && (token_is(&reading->tokens, at - 2, "dans") ||
                                  token_is(&reading->tokens, at - 2, "tout") ||
                                  token_is(&reading->tokens, at - 2, "sur")))))
        return false;
    struct recognition *found = reading->found;
    if (found->place_count == RECOGNISED_ITEMS_MAX)
        return false;
    struct recognised_place *place = &found->places[found->place_count++];
    *place = (struct recognised_place){.span = tokens_span(&reading->tokens, at, at)};
    memcpy(place->department, token_text(&reading->tokens, at), 2);
    reading_take(reading, at, at, TAKEN_CONSTRAINT);
    return true;
}

/* Regions and countries are too wide to be where the work is. */
static bool is_region(const struct reading *reading, unsigned first, unsigned end)
{
    static const char *const regions[] = {
        "hauts",    "ile",      "grand",    "normandie", "bretagne", "occitanie", "bourgogne",
        "auvergne", "nouvelle", "provence", "corse",     "pays",     "centre",    "france",
        "europe",   "belgique", "suisse",   "alsace",    "picardie", "flandres",  "uk",
        "belgium",  "germany",  "spain",    "paca",      "britain",  "england",   "scotland",
        "alps",     "alpes",    "guyane",   "espagne"};
    static const char *const tails[] = {"france", "est",  "aquitaine", "loire", "comte", "rhone",
                                        "azur",   "nord", "cotes",     "val",   "calais"};
    if (!IS_ANY_OF(reading, first, regions))
        return false;
    if (end == first + 1)
        return true;
    return IS_ANY_OF(reading, end - 1, tails);
}

/* A word that the lexicon knows is a town only where a preposition of place leads to it. */
static bool is_ordinary(const struct reading *reading, unsigned first, unsigned end)
{
    return end == first + 1 && lexicon_is_ordinary(reading->lexicon, token_at(reading, first));
}

static bool has_article(const struct reading *reading, unsigned first, unsigned end)
{
    static const char *const articles[] = {"du", "la", "le", "de"};
    for (unsigned at = first; at < end; at++)
        if (IS_ANY_OF(reading, at, articles) && !(token_at(reading, at)->gap & GAP_HYPHEN))
            return true;
    return false;
}

/* "l'équipe est à Dublin", "at Christmas". */
static bool is_elsewhere(const struct reading *reading, unsigned first)
{
    static const char *const verbs[] = {"est", "sont", "is", "are"};
    static const char *const others[] = {
        "equipe",    "siege",        "clients", "client", "team",    "bureaux", "serveurs",
        "customers", "headquarters", "usines",  "usine",  "agences", "filiales"};
    static const char *const feasts[] = {"christmas", "easter", "noel", "paques", "internet", "ou"};
    if (IS_ANY_OF(reading, first, feasts))
        return true;
    unsigned start = reading_sentence_start(reading, first);
    bool said = false;
    for (unsigned at = start; at < first; at++)
        said |= IS_ANY_OF(reading, at, verbs);
    for (unsigned at = start; at < first && said; at++)
        if (IS_ANY_OF(reading, at, others))
            return true;
    return false;
}

static bool is_place(const struct reading *reading, unsigned first, unsigned end, bool known)
{
    if (is_other_name(reading, first) || is_region(reading, first, end) ||
        is_elsewhere(reading, first))
        return false;
    bool capital = token_at(reading, first)->capital;
    bool led = is_led(reading, first), alone = stands_alone(reading, first, end);
    if (follows_place(reading, first) && (known || capital) &&
        (known || !is_ordinary(reading, first, end)))
        return true;
    if (known)
        return (capital &&
                (led || alone || end > first + 1 || !is_ordinary(reading, first, end))) ||
               (!capital && !is_ordinary(reading, first, end));
    if (lexicon_is_ordinary(reading->lexicon, token_at(reading, first)) ||
        lexicon_is_ordinary(reading->lexicon, token_at(reading, end - 1)))
        return false;
    return capital &&
           (led || (alone && reading->kind == RECOGNISED_OFFER && first > 0 &&
                    reading->found->place_count == 0 && !token_at(reading, first)->capitals &&
                    !has_article(reading, first, end) &&
                    !(token_at(reading, first)->gap & (GAP_LINE | GAP_OPEN | GAP_COLON))));
}

/* Looking towns up costs: small letters are worth it only where a place is likely. */
static bool may_be_town(const struct reading *reading, unsigned first)
{
    const struct token *token = token_at(reading, first);
    if (token->number >= 0)
        return false;
    if (token->capital)
        return true;
    return !lexicon_is_ordinary(reading->lexicon, token) && token->folded_size >= 4;
}

static unsigned take_place(struct reading *reading, unsigned first)
{
    struct commune commune;
    if (!may_be_town(reading, first))
        return first;
    unsigned end = reading->communes ? known_town(reading, first, &commune) : first;
    bool known = end > first;
    unsigned formed = formed_town(reading, first);
    struct commune second;
    if (known && formed > end && known_town(reading, end, &second) > end)
        formed = end; /* "Hazebrouck-Bailleul" */
    if (formed > end) {
        end = formed;
        known = false;
    }
    if (end == first || !is_place(reading, first, end, known))
        return first;
    add_place(reading, first, end, known ? &commune : NULL);
    return end;
}

void reading_find_places(struct reading *reading)
{
    for (unsigned at = 0; at < reading->tokens.count;) {
        unsigned next = at;
        if (!reading->taken[at] && !take_department(reading, at))
            next = take_place(reading, at);
        at = next > at ? next : at + 1;
    }
}
