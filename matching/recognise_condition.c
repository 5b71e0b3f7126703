/* Remote work, experience, the rhythm of an alternance, travel, and whether the law asks for an
 * adult. */
#include "../proto/choices.h"
#include "recognise_parts.h"

enum { WEEK_DAYS = 5, RHYTHM_REACH = 6, TENTHS = 10, MONTHS = 12, YEARS_MOST = 30 };

static uint32_t gap_at(const struct reading *reading, unsigned token)
{
    return reading->tokens.tokens[token].gap;
}

/* -- remote -------------------------------------------------------------------------------------
 */

/* "à distance" alone is of the post only where no task leads to it ("dépanner à distance"). */
static bool is_of_the_post(const struct reading *reading, const struct cue *cue)
{
    static const char *const weak[] = {"a", "remote", "remotely", "distanciel"};
    static const char *const leads[] = {"ou",       "or",  "et",        "and",  "poste",
                                        "travail",  "100", "full",      "en",   "fully",
                                        "position", "job", "possible",  "tout", "work",
                                        "working",  "ok",  "totalement"};
    bool is_weak = IS_ANY_OF(reading, cue->token, weak) &&
                   (cue->length == 1 || token_is(&reading->tokens, cue->token + 1, "distance"));
    return !is_weak || reading_part_start(reading, cue->token) == cue->token ||
           IS_ANY_OF(reading, cue->token - 1, leads);
}

/* "télétravail 2 jours par semaine", "remote two days". */
static bool has_days(const struct reading *reading, const struct cue *cue)
{
    unsigned end = reading_sentence_end(reading, cue->token);
    for (unsigned at = cue->token + cue->length; at + 1 < end && at < cue->token + 6; at++)
        if (reading_small_number(reading, at) > 0 && reading_small_number(reading, at) <= 5 &&
            reading_cue(reading, at + 1, CUE_DAYS))
            return true;
    return false;
}

void reading_find_remote(struct reading *reading)
{
    struct recognised_remote *remote = &reading->found->remote;
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_REMOTE);
        if (!cue || reading->taken[at] & TAKEN_PRIVATE || !is_of_the_post(reading, cue))
            continue;
        unsigned last = at + cue->length - 1;
        uint8_t value = (uint8_t)cue_value(cue);
        if (value == REMOTE_FULL && has_days(reading, cue))
            value = REMOTE_PARTIAL;
        if (value != REMOTE_NONE && reading_is_negated(reading, at, last))
            value = REMOTE_NONE;
        reading_take(reading, at, last, TAKEN_CONSTRAINT);
        if (remote->value == 0 || value > remote->value)
            *remote = (struct recognised_remote){tokens_span(&reading->tokens, at, last), value};
        at = last;
    }
}

/* -- experience ---------------------------------------------------------------------------------
 */

/* The lower number of "1 à 3 ans", "2-3 years", "5 ans". */
static int32_t lower_number(const struct reading *reading, unsigned number, unsigned *first)
{
    static const char *const joins[] = {"a", "ou", "to", "or"};
    *first = number;
    unsigned before = number;
    if (number >= 1 && gap_at(reading, number) & GAP_HYPHEN)
        before = number - 1;
    else if (number >= 2 && IS_ANY_OF(reading, number - 1, joins))
        before = number - 2;
    int32_t lower = before < number ? reading->tokens.tokens[before].number : -1;
    if (lower >= 0 && lower <= YEARS_MOST) {
        *first = before;
        return lower;
    }
    return reading_small_number(reading, number);
}

/* Years of the firm, of a licence, of a contract, of age. */
static bool is_of_something_else(const struct reading *reading, unsigned first, unsigned end)
{
    static const char *const words[] = {
        "depuis",    "since",    "permis",   "licence",       "age",        "ages",
        "aged",      "contrat",  "cdd",      "apprentissage", "moins",      "existe",
        "existence", "ago",      "garantie", "mission",       "fixed",      "old",
        "creee",     "under",    "over",     "renouvelable",  "alternance", "apprenti",
        "duree",     "children", "enfants",  "dans",          "il"};
    unsigned start = reading_part_start(reading, first),
             part_end = reading_part_end(reading, end - 1);
    for (unsigned at = start; at < part_end; at++)
        if (IS_ANY_OF(reading, at, words) && !(token_is(&reading->tokens, at, "moins") && at > 0 &&
                                               token_is(&reading->tokens, at - 1, "au")))
            return true;
    return false;
}

static bool is_asked_for(const struct reading *reading, unsigned first, unsigned end)
{
    static const char *const before[] = {"minimum", "mini", "min", "least", "moins"};
    static const char *const behind[] = {"de",      "d",    "en",   "of",  "in",    "dans", "sur",
                                         "minimum", "mini", "with", "min", "comme", "as"};
    unsigned start = reading_part_start(reading, first),
             part_end = reading_part_end(reading, end - 1);
    if (first > 0 && IS_ANY_OF(reading, first - 1, before))
        return true;
    if (reading_last_cue(reading, first > 3 ? first - 3 : 0, first, CUE_EXPERIENCE) &&
        !(gap_at(reading, first) & GAP_STRONG))
        return true;
    return reading_cue_within(reading, start, part_end, CUE_EXPERIENCE) != NULL ||
           (!(gap_at(reading, end) & (GAP_STRONG | GAP_COMMA)) && IS_ANY_OF(reading, end, behind));
}

static bool take_experience(struct reading *reading, unsigned number)
{
    struct recognised_experience *experience = &reading->found->experience;
    const struct cue *years = reading_cue(reading, number + 1, CUE_YEARS);
    const struct cue *months = reading_cue(reading, number + 1, CUE_MONTHS);
    unsigned first;
    int32_t value = reading_small_number(reading, number);
    if ((!years && !months) || value <= 0 || value > YEARS_MOST ||
        gap_at(reading, number + 1) & ~(uint32_t)GAP_SPACE)
        return false;
    value = lower_number(reading, number, &first);
    unsigned end = number + 1 + (years ? years->length : months->length);
    bool said = !(gap_at(reading, end) & GAP_STRONG) && reading_cue(reading, end, CUE_EXPERIENCE);
    if ((!said && is_of_something_else(reading, first, end)) ||
        !is_asked_for(reading, first, end) ||
        (months &&
         !reading_cue_within(reading, first, reading_part_end(reading, end - 1), CUE_EXPERIENCE)))
        return false;
    while (end < reading->tokens.count && end < number + 5 &&
           reading_cue(reading, end, CUE_EXPERIENCE))
        end++;
    *experience = (struct recognised_experience){
        tokens_span(&reading->tokens, first, end - 1),
        (uint16_t)(months ? (value * TENTHS + MONTHS / 2) / MONTHS : value * TENTHS),
        !reading_is_wished(reading, first, end - 1), true};
    reading_take(reading, first, number + 1, TAKEN_CONSTRAINT);
    return true;
}

void reading_find_experience(struct reading *reading)
{
    if (reading->kind == RECOGNISED_CV)
        return;
    struct recognised_experience *experience = &reading->found->experience;
    for (unsigned at = 0; at < reading->tokens.count && !experience->known; at++) {
        const struct cue *beginner = reading_cue(reading, at, CUE_BEGINNER);
        if (beginner) {
            *experience = (struct recognised_experience){
                tokens_span(&reading->tokens, at, at + beginner->length - 1), 0, true, true};
            reading_take(reading, at, at + beginner->length - 1, TAKEN_CONSTRAINT);
        } else if (!(reading->taken[at] & (TAKEN_PRIVATE | TAKEN_CONSTRAINT))) {
            take_experience(reading, at);
        }
    }
}

/* -- rhythm -------------------------------------------------------------------------------------
 */

/* Days of "3 semaines", "2 jours"; 0: none. */
static int32_t stretch(const struct reading *reading, unsigned token)
{
    static const char *const weeks[] = {"semaine", "semaines", "week", "weeks", "sem"};
    int32_t count = reading_small_number(reading, token);
    if (count < 1 || count > 20)
        return 0;
    if (IS_ANY_OF(reading, token + 1, weeks))
        return count * WEEK_DAYS;
    return reading_cue(reading, token + 1, CUE_DAYS) && count <= WEEK_DAYS ? count : 0;
}

static const struct cue *side_within(const struct reading *reading, unsigned first, unsigned end,
                                     bool *school)
{
    for (unsigned at = first; at < end && at < reading->tokens.count; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_SCHOOL);
        *school = cue != NULL;
        if (!cue)
            cue = reading_cue(reading, at, CUE_COMPANY);
        if (cue)
            return cue;
    }
    return NULL;
}

static bool take_rhythm(struct reading *reading, unsigned first)
{
    static const char *const said[] = {"rythme", "alternance", "rhythm", "alternant", "alternante"};
    int32_t days = stretch(reading, first), other = 0;
    unsigned second = first + 2;
    for (; days > 0 && other == 0 && second < first + 2 + RHYTHM_REACH; second++) {
        if (second >= reading->tokens.count || gap_at(reading, second) & GAP_STRONG)
            break;
        other = stretch(reading, second);
    }
    if (other == 0)
        return false;
    second--;
    bool school_first = false, school_second = false;
    const struct cue *a = side_within(reading, first + 2, second, &school_first);
    unsigned end = second + 2;
    const struct cue *b = gap_at(reading, end) & GAP_STRONG
                              ? NULL
                              : side_within(reading, end, end + 3, &school_second);
    bool labelled = (a != NULL || b != NULL);
    bool apart = gap_at(reading, second) & (GAP_SLASH | GAP_HYPHEN | GAP_DASH | GAP_PLUS);
    unsigned start = reading_sentence_start(reading, first);
    bool named = false;
    for (unsigned at = start; at < first; at++)
        named |= IS_ANY_OF(reading, at, said) || reading_cue(reading, at, CUE_CONTRACT) != NULL;
    if (!labelled && !(named && apart))
        return false;
    bool school = a ? school_first : (b && !school_second);
    if (b)
        end = b->token + b->length;
    reading->found->rhythm = (struct recognised_rhythm){
        tokens_span(&reading->tokens, first, end - 1), (uint8_t)(school ? other : days),
        (uint8_t)(school ? days : other)};
    reading_take(reading, first, end - 1, TAKEN_CONSTRAINT);
    return true;
}

void reading_find_rhythm(struct reading *reading)
{
    for (unsigned at = 0; at < reading->tokens.count; at++)
        if (take_rhythm(reading, at))
            return;
}

/* -- travel, age --------------------------------------------------------------------------------
 */

static bool is_way_to_work(const struct reading *reading, const struct cue *cue)
{
    static const char *const words[] = {
        "roule",  "deplace", "deplacements", "mobilite", "transport", "only", "trajets",  "km",
        "mobile", "permis",  "transports",   "travel",   "commute",   "ride", "vehicule", "trajet",
        "bouge",  "viens",   "deplacer",     "get",      "cycle",     "drive"};
    static const char *const before[] = {"a",  "en", "by", "own", "mon",
                                         "ma", "my", "on", "un",  "le"};
    if (token_is(&reading->tokens, cue->token + cue->length, "de") && cue->length > 1)
        return false;
    if (cue->token > 0 && IS_ANY_OF(reading, cue->token - 1, before))
        return true;
    unsigned end = reading_sentence_end(reading, cue->token);
    for (unsigned at = reading_sentence_start(reading, cue->token); at < end; at++)
        if (IS_ANY_OF(reading, at, words))
            return true;
    return cue->length > 1 || reading_part_start(reading, cue->token) == cue->token;
}

static struct recognised_travel *add_travel(struct reading *reading, unsigned first, unsigned last)
{
    struct recognition *found = reading->found;
    static struct recognised_travel none;
    if (found->travel_count == RECOGNISED_ITEMS_MAX)
        return &none;
    struct recognised_travel *travel = &found->travels[found->travel_count++];
    *travel = (struct recognised_travel){.span = tokens_span(&reading->tokens, first, last)};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
    return travel;
}

void reading_find_travel(struct reading *reading)
{
    for (unsigned at = 0; reading->kind == RECOGNISED_CV && at < reading->tokens.count; at++) {
        const struct cue *mode = reading_cue(reading, at, CUE_MODE);
        int32_t number = reading->tokens.tokens[at].number;
        if (reading->taken[at])
            continue;
        if (mode && is_way_to_work(reading, mode) &&
            !reading_is_negated(reading, at, at + mode->length - 1)) {
            add_travel(reading, at, at + mode->length - 1)->mode = (uint8_t)cue_value(mode);
            at += mode->length - 1;
        } else if (number > 0 && number <= 500 && reading_cue(reading, at + 1, CUE_KM)) {
            add_travel(reading, at, at + 1)->radius_km = (uint16_t)number;
        }
    }
}

void reading_find_adults(struct reading *reading)
{
    for (unsigned at = 0; reading->kind == RECOGNISED_OFFER && at < reading->tokens.count; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_ADULT);
        if (!cue || reading_is_negated(reading, at, at + cue->length - 1))
            continue;
        unsigned end = at + cue->length;
        bool word_alone = cue->length == 1;
        if (word_alone && !(gap_at(reading, end) & (GAP_STRONG | GAP_COMMA | GAP_OPEN)))
            continue;
        if (reading_cue(reading, end, CUE_EXPERIENCE) ||
            reading_cue(reading, end + 1, CUE_EXPERIENCE))
            continue;
        reading->found->adults_only = tokens_span(&reading->tokens, at, end - 1);
        reading_take(reading, at, end - 1, TAKEN_CONSTRAINT);
        return;
    }
}
