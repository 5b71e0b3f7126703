/* Working hours: a week's, a day's, and which days. */
#include "../proto/choices.h"
#include "recognise_parts.h"

enum {
    NOT_SAID = -1,
    DAY_MINUTES = 24 * 60,
    MEETING_REACH = 6, /* tokens from "entretien" to its hour */
    WEEKLY_LEAST = 10, /* of "35h" alone; with "par semaine", WEEKLY_LEAST_SAID */
    WEEKLY_LEAST_SAID = 1,
    WEEKLY_MOST = 60
};

static struct recognised_hours *add_hours(struct reading *reading, unsigned first, unsigned last)
{
    struct recognition *found = reading->found;
    if (found->hours_count == RECOGNISED_ITEMS_MAX)
        return NULL;
    struct recognised_hours *hours = &found->hours[found->hours_count++];
    *hours = (struct recognised_hours){.span = tokens_span(&reading->tokens, first, last),
                                       .from = NOT_SAID,
                                       .to = NOT_SAID,
                                       .part_time = NOT_SAID};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
    return hours;
}

/* -- times --------------------------------------------------------------------------------------
 */

/* A number of hours or a time of day: "7h30", "7 h 30", "17h", "1pm", "9:30", "minuit". */
struct clock_time {
    int32_t minutes;
    unsigned length; /* in tokens; 0: none */
    bool said;       /* with its unit, not a bare number */
};

/* Digits at the text; moves on. -1 when there are none. */
static int32_t digits(const char **text, const char *end)
{
    int32_t value = -1;
    for (; *text < end && **text >= '0' && **text <= '9' && value < 10000; ++*text)
        value = (value < 0 ? 0 : value * 10) + **text - '0';
    return value;
}

/* "7h30", "35h", "1pm" within one token. */
static bool read_joined(const struct text_tokens *tokens, unsigned at, struct clock_time *time)
{
    const char *text = token_text(tokens, at), *end = text + tokens->tokens[at].folded_size;
    int32_t hours = digits(&text, end);
    if (hours < 0 || text == end)
        return false;
    size_t left = (size_t)(end - text);
    bool pm = left == 2 && text[0] == 'p' && text[1] == 'm';
    if (pm || (left == 2 && text[0] == 'a' && text[1] == 'm')) {
        *time = (struct clock_time){(hours % 12 + (pm ? 12 : 0)) * 60, 1, true};
        return hours <= 12;
    }
    if (*text++ != 'h')
        return false;
    int32_t minutes = digits(&text, end);
    *time = (struct clock_time){hours * 60 + (minutes > 0 ? minutes : 0), 1, true};
    return text == end && minutes < 60;
}

static bool read_word(const struct text_tokens *tokens, unsigned at, struct clock_time *time)
{
    static const struct {
        const char *word;
        int32_t minutes;
    } words[] = {{"midi", 720}, {"noon", 720}, {"minuit", 0}, {"midnight", 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is(tokens, at, words[i].word)) {
            *time = (struct clock_time){words[i].minutes, 1, true};
            return true;
        }
    }
    return false;
}

/* What stands behind a number: "h 30", "heures", ":30", "pm". */
static void read_unit(const struct reading *reading, unsigned at, struct clock_time *time)
{
    const struct text_tokens *tokens = &reading->tokens;
    const struct token *next = &tokens->tokens[at + 1];
    if (at + 1 >= tokens->count)
        return;
    if (next->gap == GAP_COLON && next->number >= 0 && next->number < 60 &&
        next->end - next->start == 2) {
        time->minutes += next->number;
        time->length = 2;
        time->said = true;
    } else if ((next->gap == GAP_POINT || next->gap == GAP_COMMA) && next->number >= 0 &&
               next->end - next->start == 1 && reading_cue(reading, at + 2, CUE_HOURS)) {
        time->minutes += next->number * 6; /* "17,5 h" */
        time->length = 3;
        time->said = true;
    } else if (!(next->gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN)) &&
               reading_cue(reading, at + 1, CUE_HOURS)) {
        const struct token *behind = next + 1;
        bool minutes = at + 2 < tokens->count && token_is(tokens, at + 1, "h") &&
                       behind->gap == GAP_SPACE && behind->number >= 0 && behind->number < 60 &&
                       behind->end - behind->start == 2;
        time->minutes += minutes ? behind->number : 0;
        time->length = minutes ? 3 : 2;
        time->said = true;
    } else if (next->gap == GAP_SPACE && time->minutes <= 720 &&
               (token_is(tokens, at + 1, "pm") || token_is(tokens, at + 1, "am"))) {
        time->minutes =
            time->minutes % 720 + (token_is(tokens, at + 1, "pm") ? DAY_MINUTES / 2 : 0);
        time->length = 2;
        time->said = true;
    }
}

static struct clock_time read_time(const struct reading *reading, unsigned at)
{
    struct clock_time time = {0};
    const struct token *token = &reading->tokens.tokens[at];
    if (at >= reading->tokens.count || reading->taken[at] & TAKEN_PRIVATE)
        return time;
    if (read_joined(&reading->tokens, at, &time) || read_word(&reading->tokens, at, &time))
        return time;
    time = (struct clock_time){0};
    if (token->number >= 0 && token->number <= WEEKLY_MOST) {
        time = (struct clock_time){token->number * 60, 1, false};
        read_unit(reading, at, &time);
    }
    return time;
}

/* The token behind a sign or word that joins the two ends of a range; UINT32_MAX: none. */
static unsigned skip_to(const struct reading *reading, unsigned at)
{
    static const char *const words[] = {"a", "to", "au", "et", "and", "till", "until"};
    if (at >= reading->tokens.count || reading->tokens.tokens[at].gap & (GAP_STRONG | GAP_COMMA))
        return UINT32_MAX;
    if (reading->tokens.tokens[at].gap & (GAP_HYPHEN | GAP_DASH | GAP_SLASH))
        return at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(&reading->tokens, at, words[i]))
            return at + 1;
    return UINT32_MAX;
}

static bool is_time_of_day(struct clock_time time)
{
    return time.length > 0 && time.minutes <= DAY_MINUTES;
}

/* Returns the token behind it, or at when it is none. */
static unsigned take_range(struct reading *reading, unsigned at)
{
    struct clock_time from = read_time(reading, at);
    if (!is_time_of_day(from) || (!from.said && at > 0 && reading_cue(reading, at - 1, CUE_DAY)) ||
        reading_last_cue(reading, at > MEETING_REACH ? at - MEETING_REACH : 0, at, CUE_MEETING))
        return at;
    unsigned second = skip_to(reading, at + from.length);
    if (second >= reading->tokens.count)
        return at;
    struct clock_time to = read_time(reading, second);
    if (!is_time_of_day(to) || !to.said || reading_cue(reading, second + to.length, CUE_PER_WEEK))
        return at;
    /* "24 à 28 heures" a week: no such day begins so late and is so short. */
    if (!from.said && !token_is(&reading->tokens, second, "midi") && from.minutes >= 20 * 60)
        return at;
    struct recognised_hours *hours = add_hours(reading, at, second + to.length - 1);
    if (hours) {
        hours->from = (int16_t)from.minutes;
        hours->to = (int16_t)(to.minutes % DAY_MINUTES);
    }
    return second + to.length;
}

/* -- a week -------------------------------------------------------------------------------------
 */

static bool is_a_day_s(const struct reading *reading, unsigned behind)
{
    static const char *const words[] = {"jour", "jours", "day", "sur", "24", "7", "j"};
    for (unsigned at = behind; at < behind + 2 && at < reading->tokens.count; at++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (token_is(&reading->tokens, at, words[i]))
                return true;
    return false;
}

static bool said_per_week(const struct reading *reading, unsigned behind)
{
    return reading_cue(reading, behind, CUE_PER_WEEK) ||
           (reading_cue(reading, behind + 1, CUE_PER_WEEK) &&
            !(reading->tokens.tokens[behind].gap & GAP_STRONG));
}

/* A number of hours that no word before it makes a time of day. */
static bool is_weekly(const struct reading *reading, unsigned at, struct clock_time time)
{
    int32_t hours = time.minutes / 60;
    if (time.length == 0 || !time.said || hours > WEEKLY_MOST)
        return false;
    if (said_per_week(reading, at + time.length))
        return hours >= WEEKLY_LEAST_SAID;
    bool led =
        at > 0 && !(reading->tokens.tokens[at].gap & (GAP_STRONG | GAP_COMMA)) &&
        (reading_cue(reading, at - 1, CUE_NOT_WEEKLY) || reading_cue(reading, at - 1, CUE_DAY));
    if (led && !reading->tokens.tokens[at + 1].gap && hours < 15)
        return false;
    if (led && hours >= 15 && reading->tokens.tokens[at].number >= 0 &&
        (token_is(&reading->tokens, at - 1, "entre") ||
         token_is(&reading->tokens, at - 1, "between")))
        led = false;
    if (led && at > 1)
        led = !(token_is(&reading->tokens, at - 1, "sur") && reading_cue(reading, at, CUE_HOURS));
    return hours >= WEEKLY_LEAST && !led && !is_a_day_s(reading, at + time.length);
}

static unsigned take_weekly(struct reading *reading, unsigned at)
{
    struct clock_time time = read_time(reading, at);
    unsigned end = at + time.length;
    if (time.length > 0 && !time.said) { /* "24 à 28 heures": the lower one */
        unsigned second = skip_to(reading, end);
        struct clock_time other = {0};
        if (second < reading->tokens.count)
            other = read_time(reading, second);
        if (other.length > 0 && other.said && is_weekly(reading, second, other)) {
            time.said = true;
            end = second + other.length;
        }
    }
    if (end == at || !is_weekly(reading, at, time))
        return at;
    const struct cue *week = reading_cue(reading, end, CUE_PER_WEEK);
    struct recognised_hours *hours =
        add_hours(reading, at, week ? end + week->length - 1 : end - 1);
    if (hours)
        hours->weekly_minutes = (int16_t)time.minutes;
    return end;
}

/* "80 %" of a full week. */
static unsigned take_share(struct reading *reading, unsigned at)
{
    static const char *const leads[] = {"a", "poste", "temps", "contrat", "cdi", "cdd", "ou", "at"};
    int32_t number = reading->tokens.tokens[at].number;
    uint32_t behind = reading->tokens.tokens[at + 1].gap;
    if (number < 20 || number > 95 || !(behind & GAP_PERCENT))
        return at;
    bool led = at > 0 && IS_ANY_OF(reading, at - 1, leads);
    bool alone = reading_part_start(reading, at) == at && reading_part_end(reading, at) == at + 1;
    unsigned end = reading_part_end(reading, at);
    if ((!led && !alone) || reading_cue_within(reading, at, end, CUE_REMOTE) ||
        reading_cue_within(reading, reading_sentence_start(reading, at), at, CUE_OFFERED))
        return at;
    struct recognised_hours *hours = add_hours(reading, at, at);
    if (hours)
        hours->part_time = 1;
    return at + 1;
}

/* "à partir de 17h", "until 8pm": one end of the day alone. */
static unsigned take_one_end(struct reading *reading, unsigned at)
{
    static const char *const froms[] = {"partir", "des", "from", "debut"};
    static const char *const tos[] = {"jusqu", "until", "till", "fin"};
    struct clock_time time = read_time(reading, at);
    if (!is_time_of_day(time) || !time.said || at == 0 || reading->taken[at] ||
        reading_last_cue(reading, at > MEETING_REACH ? at - MEETING_REACH : 0, at, CUE_MEETING))
        return at;
    bool from = false, to = false;
    for (unsigned before = at > 2 ? at - 2 : 0; before < at; before++) {
        from |= IS_ANY_OF(reading, before, froms);
        to |= IS_ANY_OF(reading, before, tos);
    }
    if (from == to)
        return at;
    struct recognised_hours *hours = add_hours(reading, at, at + time.length - 1);
    if (hours && from)
        hours->from = (int16_t)time.minutes;
    else if (hours)
        hours->to = (int16_t)(time.minutes % DAY_MINUTES);
    return at + time.length;
}

static unsigned take_days_count(struct reading *reading, unsigned at)
{
    const struct token *token = &reading->tokens.tokens[at];
    const struct cue *days = reading_cue(reading, at + 1, CUE_DAYS);
    if (token->number < 1 || token->number > 7 || !days)
        return at;
    unsigned behind = at + 1 + days->length;
    bool weekly = said_per_week(reading, behind) || (token_is(&reading->tokens, behind, "sur") &&
                                                     token_is(&reading->tokens, behind + 1, "7"));
    bool named = reading->tokens.tokens[behind].gap & (GAP_OPEN | GAP_COLON) &&
                 reading_cue(reading, behind, CUE_DAY);
    unsigned start = reading_part_start(reading, at), end = reading_part_end(reading, at);
    if ((!weekly && !named) || reading_cue_within(reading, start, end, CUE_REMOTE))
        return at;
    struct recognised_hours *hours = add_hours(reading, at, behind - 1);
    if (hours)
        hours->days_count = (uint8_t)token->number;
    return behind;
}

/* -- days ---------------------------------------------------------------------------------------
 */

static uint8_t days_between(int32_t first, int32_t last)
{
    uint8_t days = (uint8_t)CHOICE_BIT(first);
    for (int32_t day = first; day != last; days |= (uint8_t)CHOICE_BIT(day))
        day = day % DAY_SUNDAY + 1;
    return days;
}

/* The next day of a range or enumeration that goes on at the token; NULL: it ends. */
static const struct cue *next_day(const struct reading *reading, unsigned at, bool *range)
{
    static const char *const joins[] = {"et", "ou", "and", "or", "puis"};
    if (at >= reading->tokens.count || reading->tokens.tokens[at].gap & GAP_STRONG)
        return NULL;
    const struct cue *day = reading_cue(reading, at, CUE_DAY);
    *range = day && reading->tokens.tokens[at].gap & (GAP_HYPHEN | GAP_DASH);
    if (day)
        return *range || reading->tokens.tokens[at].gap & (GAP_COMMA | GAP_SLASH) ? day : NULL;
    day = reading_cue(reading, at + 1, CUE_DAY);
    if (!day && token_is(&reading->tokens, at + 1, "le"))
        day = reading_cue(reading, at + 2, CUE_DAY);
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (token_is(&reading->tokens, at, joins[i]))
            return day;
    *range = token_is(&reading->tokens, at, "au") || token_is(&reading->tokens, at, "a") ||
             token_is(&reading->tokens, at, "to") || token_is(&reading->tokens, at, "through");
    return *range ? day : NULL;
}

/* One day of many texts' stories ("retour chez toi chaque jeudi") is no working day; one that is
 * worked is said so, or stands with its hours, or alone. */
static bool is_worked(const struct reading *reading, unsigned first, unsigned last)
{
    static const char *const words[] = {
        "travaille",    "travailles", "ouvert",     "ouverte",  "open",      "obligatoire",
        "obligatoires", "presence",   "viens",      "venez",    "travail",   "working",
        "worked",       "dispo",      "disponible", "horaires", "inclus",    "compris",
        "included",     "work",       "travailler", "sauf",     "permanence"};
    unsigned start = reading_part_start(reading, first), end = reading_part_end(reading, last);
    if (end - start <= last - first + 2 || read_time(reading, last + 1).said ||
        (first > 0 && reading->taken[first - 1] & TAKEN_CONSTRAINT))
        return true;
    for (unsigned at = start; at < end; at++)
        if (IS_ANY_OF(reading, at, words))
            return true;
    /* "un samedi sur deux" */
    return token_is(&reading->tokens, last + 1, "sur") ||
           (token_is(&reading->tokens, last + 1, "in") &&
            reading_small_number(reading, last + 2) > 1);
}

static bool is_date(const struct reading *reading, const struct cue *day)
{
    const struct token *behind = &reading->tokens.tokens[day->token + day->length];
    if (behind->number >= 1 && behind->number <= 31 && !(behind->gap & ~(uint32_t)GAP_SPACE) &&
        !read_time(reading, day->token + day->length).said)
        return true;
    if (day->token == 0)
        return false;
    unsigned start = reading_part_start(reading, day->token);
    const struct cue *cue = reading_last_cue(reading, start, day->token, CUE_START);
    if (!cue || (cue->length == 1 && token_is(&reading->tokens, cue->token, "au")))
        cue = reading_last_cue(reading, start, day->token, CUE_NO_DATE);
    return cue && cue->token + cue->length + 1 >= day->token;
}

static unsigned take_days(struct reading *reading, unsigned at)
{
    const struct cue *first = reading_cue(reading, at, CUE_DAY), *last = first;
    bool goes_on;
    if (!first || (!next_day(reading, at + first->length, &goes_on) && is_date(reading, first)))
        return at;
    uint8_t days = (uint8_t)CHOICE_BIT(cue_value(first));
    for (;;) {
        bool range;
        const struct cue *next = next_day(reading, last->token + last->length, &range);
        if (!next)
            break;
        days |= range ? days_between(cue_value(last), cue_value(next))
                      : (uint8_t)CHOICE_BIT(cue_value(next));
        last = next;
    }
    unsigned end = last->token + last->length - 1;
    if (last == first && !is_worked(reading, at, end))
        return at;
    if (reading_is_negated(reading, at, end))
        return end + 1;
    struct recognised_hours *hours = add_hours(reading, at, end);
    if (hours)
        hours->days = days;
    return end + 1;
}

/* "7h30-16h30 et vendredi 15h30": the day ends then. */
static unsigned take_day_s_end(struct reading *reading, unsigned at)
{
    const struct cue *day = reading_cue(reading, at, CUE_DAY);
    const struct recognition *found = reading->found;
    if (!day || found->hours_count == 0 || found->hours[found->hours_count - 1].to < 0)
        return at;
    struct clock_time time = read_time(reading, at + day->length);
    unsigned end = at + day->length + time.length;
    if (!time.said || !is_time_of_day(time) || skip_to(reading, end) < reading->tokens.count)
        return at;
    struct recognised_hours *hours = add_hours(reading, at, end - 1);
    if (hours) {
        hours->days = (uint8_t)CHOICE_BIT(cue_value(day));
        hours->to = (int16_t)time.minutes;
    }
    return end;
}

static unsigned take_named_days(struct reading *reading, unsigned at)
{
    const struct cue *range = reading_cue(reading, at, CUE_DAY_RANGE);
    const struct cue *cue = range ? range : reading_cue(reading, at, CUE_WEEKEND);
    if (!cue)
        return at;
    unsigned last = at + cue->length - 1;
    static const char *const on_call[] = {"astreinte", "astreintes", "call"};
    for (unsigned before = reading_part_start(reading, at); before < at; before++)
        if (IS_ANY_OF(reading, before, on_call))
            return last + 1;
    if (reading_is_negated(reading, at, last) ||
        (at > 0 &&
         (token_is(&reading->tokens, at - 1, "ce") || token_is(&reading->tokens, at - 1, "this"))))
        return last + 1;
    struct recognised_hours *hours = add_hours(reading, at, last);
    if (hours)
        hours->days = range ? days_between(cue_value(cue) & 15, cue_value(cue) >> 4)
                            : days_between(DAY_SATURDAY, DAY_SUNDAY);
    return last + 1;
}

static unsigned take_part_time(struct reading *reading, unsigned at)
{
    const struct cue *cue = reading_cue(reading, at, CUE_PART_TIME);
    if (!cue || reading_is_negated(reading, at, at + cue->length - 1))
        return at;
    struct recognised_hours *hours = add_hours(reading, at, at + cue->length - 1);
    if (hours)
        hours->part_time = (int8_t)cue_value(cue);
    return at + cue->length;
}

void reading_find_hours(struct reading *reading)
{
    static unsigned (*const takers[])(struct reading *, unsigned) = {
        take_range,     take_one_end, take_weekly,     take_share,    take_days_count,
        take_day_s_end, take_days,    take_named_days, take_part_time};
    for (unsigned at = 0; at < reading->tokens.count;) {
        unsigned next = at;
        for (size_t i = 0; i < sizeof takers / sizeof *takers && next == at; i++)
            next = takers[i](reading, at);
        at = next > at ? next : at + 1;
    }
}
