/* When the work begins and ends. */
#include "../proto/choices.h"
#include "recognise_calendar.h"
#include "recognise_parts.h"

enum { CUE_REACH = 4, RANGE_REACH = 3, WEEK = 7, MONTH = 30 };

enum role_of_date { DATE_BARE, DATE_START, DATE_END, DATE_OTHER };

/* A date as the text says it. */
struct said_date {
    unsigned first, end; /* tokens; first == end: none */
    int32_t day;
    enum recognised_precision precision;
    bool asap, by_month; /* a month without a day */
};

static const struct token *token_at(const struct reading *reading, unsigned token)
{
    return &reading->tokens.tokens[token < reading->tokens.count ? token : reading->tokens.count];
}

static bool joined(const struct reading *reading, unsigned token)
{
    return !(token_at(reading, token)->gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN | GAP_POINT));
}

/* -- days of the calendar -----------------------------------------------------------------------
 */

/* 1..31 of "3", "1er", "3rd"; 0: none. */
static int32_t day_number(const struct reading *reading, unsigned token)
{
    const struct token *found = token_at(reading, token);
    if (found->number >= 1 && found->number <= 31 && found->end - found->start <= 2)
        return found->number;
    const char *text = token_text(&reading->tokens, token);
    if (token >= reading->tokens.count || found->folded_size < 3 || found->folded_size > 4 ||
        text[0] < '1' || text[0] > '9')
        return 0;
    bool two = text[1] >= '0' && text[1] <= '9';
    int32_t day = two ? (text[0] - '0') * 10 + text[1] - '0' : text[0] - '0';
    static const char *const endings[] = {"er", "st", "nd", "rd", "th"};
    for (unsigned i = 0; i < sizeof endings / sizeof *endings; i++) {
        char written[8] = {text[0], text[1]};
        unsigned size = two ? 2 : 1;
        written[size++] = endings[i][0];
        written[size++] = endings[i][1];
        written[size] = '\0';
        if (token_is(&reading->tokens, token, written))
            return day <= 31 ? day : 0;
    }
    return 0;
}

static int32_t year_number(const struct reading *reading, unsigned token)
{
    const struct token *found = token_at(reading, token);
    return found->end - found->start == 4 && found->number >= 1900 && found->number < 2200
               ? found->number
               : 0;
}

/* English months are verbs and names of their own when they are not in capitals. */
static int32_t month_at(const struct reading *reading, unsigned token)
{
    const struct cue *cue = reading_cue(reading, token, CUE_MONTH);
    if (!cue)
        return 0;
    bool english = reading->found->language == LABEL_ENGLISH;
    return english && !token_at(reading, token)->capital ? 0 : cue_value(cue);
}

/* The first such day that is not before the text's. */
static int32_t next_day(const struct reading *reading, int32_t month, int32_t day, int32_t year)
{
    struct civil_date date = {year, month, day};
    if (year != 0)
        return calendar_valid(date) ? calendar_days(date) : RECOGNISED_NO_DAY;
    if (reading->date == RECOGNISED_NO_DAY)
        return RECOGNISED_NO_DAY;
    date.year = calendar_date(reading->date).year;
    for (int i = 0; i < 2; i++, date.year++)
        if (calendar_valid(date) && calendar_days(date) >= reading->date)
            return calendar_days(date);
    return RECOGNISED_NO_DAY;
}

/* "3 novembre 2025", "November 3", "lundi 12 janvier". */
static struct said_date read_day_and_month(const struct reading *reading, unsigned first)
{
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    unsigned at = first + (reading_cue(reading, first, CUE_DAY) != NULL);
    if (at > first && token_is(&reading->tokens, at, "le"))
        at++;
    int32_t day = day_number(reading, at), month = 0;
    unsigned of =
        at + 1 +
        (token_is(&reading->tokens, at + 1, "of") || token_is(&reading->tokens, at + 1, "de"));
    if (day != 0 && joined(reading, of) && (month = month_at(reading, of)) != 0) {
        at = of + 1;
    } else if ((month = month_at(reading, at)) != 0 && joined(reading, at + 1) &&
               reading->found->language == LABEL_ENGLISH &&
               (day = day_number(reading, at + 1)) != 0) {
        at += 2;
    } else {
        return said;
    }
    unsigned behind = at;
    int32_t year = token_at(reading, at)->gap & GAP_STRONG ? 0 : year_number(reading, at);
    said.end = behind + (year != 0);
    said.day = next_day(reading, month, day, year);
    return said;
}

/* "01/04/2026", "01.04", "2026-04-01". */
static struct said_date read_numbers(const struct reading *reading, unsigned first)
{
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    const struct token *a = token_at(reading, first), *b = token_at(reading, first + 1),
                       *c = token_at(reading, first + 2);
    const uint32_t signs = GAP_SLASH | GAP_POINT | GAP_HYPHEN;
    bool second = b->gap & signs && !(b->gap & ~signs) && b->number > 0;
    bool third = second && c->gap & signs && !(c->gap & ~signs) && c->number > 0;
    if (third && year_number(reading, first) != 0 && b->number <= 12) {
        said.day = next_day(reading, b->number, c->number, a->number);
        said.end = first + 3;
    } else if (second && a->number > 0 && a->number <= 31 && b->number <= 12 &&
               (third ? c->number : 0) != a->number) {
        int32_t year = third ? c->number : 0;
        bool two_digits = a->end - a->start == 2 && b->end - b->start == 2;
        if ((!third && (!two_digits || !(b->gap & GAP_SLASH))) ||
            (third && year_number(reading, first + 2) == 0 && (year < 20 || year > 99)))
            return said;
        said.day =
            next_day(reading, b->number, a->number, year > 0 && year < 100 ? 2000 + year : year);
        said.end = first + 2 + third;
    }
    return said;
}

/* The first day of a month that is not over. */
static int32_t month_day(const struct reading *reading, int32_t month, int32_t year,
                         const char *part)
{
    if (year == 0) {
        if (reading->date == RECOGNISED_NO_DAY)
            return RECOGNISED_NO_DAY;
        struct civil_date now = calendar_date(reading->date);
        year = month >= now.month ? now.year : now.year + 1;
    }
    struct civil_date date = {year, month, 1};
    if (part[0] == 'm')
        date.day = 15;
    if (part[0] == 'f')
        date.day = calendar_month_length(year, month);
    return calendar_days(date);
}

/* "début mai", "mi-septembre", "end of June", "septembre". */
static struct said_date read_month(const struct reading *reading, unsigned first)
{
    static const struct {
        const char *word, *part;
    } parts[] = {{"debut", "d"}, {"courant", "d"}, {"early", "d"}, {"mi", "m"},       {"mid", "m"},
                 {"fin", "f"},   {"end", "f"},     {"late", "f"},  {"beginning", "d"}};
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_MONTH, false, true};
    const char *part = "d";
    unsigned at = first;
    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (token_is(&reading->tokens, first, parts[i].word)) {
            part = parts[i].part;
            at = first + 1;
        }
    }
    if (at > first &&
        (token_is(&reading->tokens, at, "of") || token_is(&reading->tokens, at, "de")))
        at++;
    int32_t month = joined(reading, at) || at == first ? month_at(reading, at) : 0;
    if (month == 0 && at == first && token_is(&reading->tokens, at, "rentree") &&
        month_at(reading, at + 1) == 0 && month_at(reading, at + 2) == 0)
        month = 9; /* when schools begin again in France */
    if (month == 0)
        return said;
    int32_t year = token_at(reading, at + 1)->gap & GAP_STRONG ? 0 : year_number(reading, at + 1);
    said.end = at + 1 + (year != 0);
    said.day = month_day(reading, month, year, part);
    return said;
}

/* -- days from the text's own -------------------------------------------------------------------
 */

static struct said_date from_now(const struct reading *reading, unsigned first, unsigned length,
                                 int32_t days, enum recognised_precision precision)
{
    struct said_date said = {first, first + length, RECOGNISED_NO_DAY, precision, false, false};
    if (reading->date != RECOGNISED_NO_DAY)
        said.day = reading->date + days;
    return said;
}

/* A small number in digits or words; 0: none. */
int32_t reading_small_number(const struct reading *reading, unsigned token)
{
    static const struct {
        const char *word;
        int32_t number;
    } words[] = {{"un", 1},      {"une", 1},  {"deux", 2}, {"trois", 3}, {"quatre", 4},
                 {"cinq", 5},    {"six", 6},  {"sept", 7}, {"huit", 8},  {"dix", 10},
                 {"quinze", 15}, {"a", 1},    {"an", 1},   {"one", 1},   {"two", 2},
                 {"three", 3},   {"four", 4}, {"five", 5}, {"eight", 8}, {"ten", 10}};
    const struct token *found = token_at(reading, token);
    if (found->number >= 0)
        return found->number <= 1000 ? found->number : 0;
    const char *text = token_text(&reading->tokens, token);
    if (found->folded_size == 2 && text[0] >= '1' && text[0] <= '9' && text[1] == '+')
        return text[0] - '0'; /* "3+ years" */
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(&reading->tokens, token, words[i].word))
            return words[i].number;
    return 0;
}

/* "dans 15 jours", "in two weeks", "d'ici un mois". */
static struct said_date read_delay(const struct reading *reading, unsigned first)
{
    static const struct {
        const char *unit;
        int32_t days;
    } units[] = {{"jour", 1},       {"jours", 1},       {"day", 1},       {"days", 1},
                 {"semaine", WEEK}, {"semaines", WEEK}, {"week", WEEK},   {"weeks", WEEK},
                 {"mois", MONTH},   {"month", MONTH},   {"months", MONTH}};
    struct said_date none = {first, first, RECOGNISED_NO_DAY, PRECISION_WEEK, false, false};
    static const char *const leads[] = {"dans", "in", "ici", "sous"};
    unsigned end = reading_sentence_end(reading, first);
    /* "We answer in two weeks" begins nothing. */
    if (!IS_ANY_OF(reading, first, leads) ||
        !reading_cue_within(reading, reading_sentence_start(reading, first), end, CUE_START))
        return none;
    int32_t count = reading_small_number(reading, first + 1);
    for (unsigned i = 0; count > 0 && i < sizeof units / sizeof *units; i++) {
        if (!token_is(&reading->tokens, first + 2, units[i].unit))
            continue;
        if (count * units[i].days == 15)
            count = 14; /* "quinze jours" are two weeks */
        return from_now(reading, first, 3, count * units[i].days,
                        units[i].days == MONTH ? PRECISION_MONTH : PRECISION_WEEK);
    }
    return none;
}

static bool is_next_word(const struct reading *reading, unsigned token)
{
    return token_is(&reading->tokens, token, "prochain") ||
           token_is(&reading->tokens, token, "next");
}

static bool is_plural(const struct reading *reading, unsigned token)
{
    const struct token *word = token_at(reading, token);
    return word->folded_size > 0 &&
           token_text(&reading->tokens, token)[word->folded_size - 1] == 's';
}

/* "lundi", which is a date when a word of beginning leads to it; "samedi 5". */
static struct said_date read_weekday(const struct reading *reading, unsigned first)
{
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    const struct cue *day = reading_cue(reading, first, CUE_DAY);
    if (!day || reading->taken[first] & TAKEN_CONSTRAINT || is_plural(reading, first))
        return said;
    said.end = first + day->length + (is_next_word(reading, first + day->length));
    if (reading->date == RECOGNISED_NO_DAY)
        return said;
    int32_t ahead = (cue_value(day) - calendar_weekday(reading->date) + WEEK) % WEEK;
    said.day = reading->date + (ahead == 0 ? WEEK : ahead);
    int32_t number = day_number(reading, first + 1);
    if (number == 0 || !joined(reading, first + 1))
        return said;
    for (int32_t later = reading->date; later < reading->date + 62; later++) {
        if (calendar_date(later).day == number && calendar_weekday(later) == cue_value(day)) {
            said.day = later;
            said.end = first + 2;
            break;
        }
    }
    return said;
}

static struct said_date read_relative(const struct reading *reading, unsigned first)
{
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    const struct cue *now = reading_cue(reading, first, CUE_NOW);
    const struct cue *tomorrow = reading_cue(reading, first, CUE_TOMORROW);
    const struct cue *week = reading_cue(reading, first, CUE_NEXT_WEEK);
    if (now) {
        said = from_now(reading, first, now->length, 0, PRECISION_DAY);
        said.asap = true;
    } else if (tomorrow) {
        said = from_now(reading, first, tomorrow->length, 1, PRECISION_DAY);
    } else if (week) {
        int32_t monday =
            reading->date == RECOGNISED_NO_DAY ? 0 : WEEK + 1 - calendar_weekday(reading->date);
        said = from_now(reading, first, week->length, monday, PRECISION_WEEK);
    }
    return said;
}

/* -- what a date is of --------------------------------------------------------------------------
 */

static enum role_of_date role_of(const struct reading *reading, const struct said_date *said)
{
    static const struct {
        enum cue_kind kind;
        enum role_of_date role;
    } cues[] = {{CUE_END, DATE_END}, {CUE_NO_DATE, DATE_OTHER}, {CUE_START, DATE_START}};
    unsigned start = reading_sentence_start(reading, said->first);
    if (said->first - start > CUE_REACH)
        start = said->first - CUE_REACH;
    const struct cue *nearest = NULL;
    enum role_of_date role = DATE_BARE;
    for (unsigned i = 0; i < sizeof cues / sizeof *cues; i++) {
        const struct cue *cue = reading_last_cue(reading, start, said->first, cues[i].kind);
        if (!cue)
            continue;
        unsigned end = cue->token + cue->length;
        if (!nearest || end > nearest->token + nearest->length ||
            (end == nearest->token + nearest->length && cue->length > nearest->length)) {
            nearest = cue;
            role = cues[i].role;
        }
    }
    return role;
}

static bool is_weekday_only(const struct reading *reading, const struct said_date *said)
{
    return reading_cue(reading, said->first, CUE_DAY) && said->end == said->first + 1;
}

/* A bare month is a date when a preposition leads to it or it stands alone. */
static bool stands_as_date(const struct reading *reading, const struct said_date *said)
{
    static const char *const leads[] = {"en", "in", "des", "debut", "pour", "from",
                                        "on", "le", "du",  "d",     "ce",   "this"};
    if (!said->by_month || said->end - said->first > 1)
        return true;
    if (reading_part_start(reading, said->first) == said->first &&
        reading_part_end(reading, said->first) == said->end)
        return true;
    for (unsigned i = 0; said->first > 0 && i < sizeof leads / sizeof *leads; i++)
        if (token_is(&reading->tokens, said->first - 1, leads[i]))
            return true;
    return false;
}

/* "samedi", not "le samedi". */
static bool is_single_day(const struct reading *reading, unsigned token)
{
    static const char *const articles[] = {"le",   "les", "du", "chaque", "tous", "every",
                                           "each", "on",  "au", "un",     "jusqu"};
    return token == 0 || !IS_ANY_OF(reading, token - 1, articles);
}

static bool is_start(const struct reading *reading, const struct said_date *said,
                     enum role_of_date role)
{
    if (role == DATE_START)
        return true;
    if (role != DATE_BARE)
        return false;
    unsigned start = reading_sentence_start(reading, said->first);
    unsigned end = reading_sentence_end(reading, said->first);
    if (is_weekday_only(reading, said) && !is_single_day(reading, said->first))
        return is_next_word(reading, said->first + 1) ||
               (said->first > 0 && is_next_word(reading, said->first - 1));
    if (reading->kind == RECOGNISED_CV && !said->asap &&
        !reading_cue_within(reading, start, end, CUE_START))
        return false;
    return stands_as_date(reading, said) && !reading_cue_within(reading, start, end, CUE_NO_DATE);
}

static void set_date(struct reading *reading, struct recognised_date *date,
                     const struct said_date *said, unsigned first)
{
    if (date->day != RECOGNISED_NO_DAY || said->day == RECOGNISED_NO_DAY)
        return;
    *date = (struct recognised_date){tokens_span(&reading->tokens, first, said->end - 1), said->day,
                                     said->precision, said->asap};
    reading_take(reading, first, said->end - 1, TAKEN_CONSTRAINT);
}

static struct said_date read_date(const struct reading *reading, unsigned first)
{
    static struct said_date (*const readers[])(const struct reading *, unsigned) = {
        read_day_and_month, read_numbers, read_relative, read_delay, read_month, read_weekday};
    struct said_date said = {first, first, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    if (reading->taken[first] & TAKEN_PRIVATE)
        return said;
    for (unsigned i = 0; i < sizeof readers / sizeof *readers && said.end == first; i++)
        said = readers[i](reading, first);
    return said;
}

/* "du 5 janvier au 3 juillet 2026": the year of the end is that of the beginning, too. The first of
 * two days of one month may be a number alone. */
static struct said_date read_range(struct reading *reading, struct said_date *from)
{
    static const char *const joins[] = {"au", "a", "to", "until", "jusqu", "et", "and", "fin"};
    struct said_date none = {from->end, from->end, RECOGNISED_NO_DAY, PRECISION_DAY, false, false};
    unsigned at = from->end;
    bool join = token_at(reading, at)->gap & (GAP_HYPHEN | GAP_DASH);
    for (unsigned i = 0; i < sizeof joins / sizeof *joins; i++)
        if (token_is(&reading->tokens, at, joins[i]) && !(token_at(reading, at)->gap & GAP_STRONG))
            join = true;
    if (!join || from->asap)
        return none;
    for (unsigned i = at; i < at + RANGE_REACH && i < reading->tokens.count; i++) {
        struct said_date to = read_date(reading, i);
        if (to.end > i && to.day != RECOGNISED_NO_DAY && !to.asap)
            return to;
    }
    return none;
}

static unsigned take_date(struct reading *reading, unsigned first)
{
    struct said_date said = read_date(reading, first);
    if (said.end == first)
        return first;
    enum role_of_date role = role_of(reading, &said);
    if (first >= 2 && role == DATE_START && said.day != RECOGNISED_NO_DAY &&
        (token_is(&reading->tokens, first - 1, "apres") ||
         token_is(&reading->tokens, first - 2, "apres") ||
         token_is(&reading->tokens, first - 1, "after"))) {
        said.day++;
        said.precision = PRECISION_WEEK;
    }
    struct said_date to = read_range(reading, &said);
    if (role == DATE_END) {
        set_date(reading, &reading->found->end, &said, first);
    } else if (is_start(reading, &said, role)) {
        if (to.end > to.first && to.day < said.day && !to.by_month) {
            struct civil_date earlier = calendar_date(said.day);
            earlier.year = calendar_date(to.day).year;
            said.day = calendar_valid(earlier) ? calendar_days(earlier) : said.day;
        }
        set_date(reading, &reading->found->start, &said, first);
    }
    if (to.end > to.first && role != DATE_OTHER && role != DATE_END) {
        if (!is_weekday_only(reading, &to))
            set_date(reading, &reading->found->end, &to, to.first);
        return to.end;
    }
    return said.end;
}

void reading_find_dates(struct reading *reading)
{
    for (unsigned at = 0; at < reading->tokens.count;) {
        unsigned next = take_date(reading, at);
        at = next > at ? next : at + 1;
    }
}
