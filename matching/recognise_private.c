/* Telephone numbers, mail addresses and names of people. */
#include "recognise_parts.h"

#include <string.h>

enum {
    PHONE_DIGITS_MIN = 9,
    PHONE_DIGITS_MAX = 15,
    FRENCH_DIGITS = 10,
    NAME_TOKENS_MAX = 3,
    SIGNATURE_LINES = 4
};

static void add_private(struct reading *reading, struct text_span span, enum recognised_secret kind)
{
    struct recognition *found = reading->found;
    if (found->private_count == RECOGNISED_PRIVATE_MAX) {
        found->private_overflow = true;
        return;
    }
    found->privates[found->private_count++] = (struct recognised_private){span, kind};
}

/* -- numbers and addresses, by characters -------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of what may stand between the digits of a number; 0: nothing does. */
static uint32_t phone_gap(const char *text, uint32_t at, uint32_t size)
{
    if (strchr(" .-/()_\t", text[at]) && text[at] != '\0')
        return 1;
    if (at + 1 < size && (uint8_t)text[at] == 0xC2 && (uint8_t)text[at + 1] == 0xA0)
        return 2; /* no-break space */
    if (at + 2 < size && (uint8_t)text[at] == 0xE2 && (uint8_t)text[at + 1] == 0x80)
        return 3; /* narrow spaces, dashes */
    return 0;
}

/* Where a number that begins at start ends; start: it is none. Digits in groups, at most three
 * signs between them. */
static uint32_t phone_end(const char *text, uint32_t start, uint32_t size)
{
    bool plus = text[start] == '+';
    uint32_t at = start + plus, end = start, digits = 0, run = 0, longest = 0, signs = 0;
    bool slash = false;
    bool abroad = start + 1 < size && text[start + 1] == '0'; /* "0033" */
    bool national = at < size && (text[at] == '0' || text[at] == 'O');
    while (at < size && digits < PHONE_DIGITS_MAX && signs <= 3) {
        bool zero = text[at] == 'O' && digits == 0; /* the letter for the digit */
        if (is_digit(text[at]) || zero) {
            digits++;
            signs = 0;
            run++;
            longest = run > longest ? run : longest;
            end = ++at;
            if (national && !plus && digits == FRENCH_DIGITS && !abroad)
                break;
            continue;
        }
        uint32_t gap = phone_gap(text, at, size);
        slash |= text[at] == '/';
        run = 0;
        signs++;
        if (gap == 0)
            break;
        at += gap;
    }
    bool whole = end >= size || !(is_digit(text[end]) || is_letter(text[end]));
    if (plus || (national && abroad))
        return digits >= PHONE_DIGITS_MIN && whole ? end : start;
    /* A date and what follows it has a group of four digits; a number written so has none. */
    return national && digits == FRENCH_DIGITS && whole && !slash &&
                   (longest <= 3 || longest == FRENCH_DIGITS || longest == FRENCH_DIGITS - 2)
               ? end
               : start;
}

static void find_phones(struct reading *reading)
{
    const char *text = reading->tokens.text;
    uint32_t size = reading->tokens.size;
    for (uint32_t at = 0; at < size;) {
        bool begins = is_digit(text[at]) || text[at] == '+' ||
                      (text[at] == 'O' && at + 1 < size && is_digit(text[at + 1]));
        bool within = at > 0 && (is_digit(text[at - 1]) || is_letter(text[at - 1]));
        uint32_t end = begins && !within ? phone_end(text, at, size) : at;
        if (end > at)
            add_private(reading, (struct text_span){at, end}, PRIVATE_PHONE);
        at = end > at ? end : at + 1;
    }
}

static bool is_local(char c)
{
    return is_letter(c) || is_digit(c) || (c != '\0' && strchr("._%+-'", c)) || (uint8_t)c >= 0x80;
}

static bool is_domain(char c)
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || (uint8_t)c >= 0x80;
}

/* Both sides are bounded, so that many signs in a row cost no more than their number. */
static void find_mail(struct reading *reading, uint32_t sign)
{
    enum { SIDE_MAX = 254 };
    const char *text = reading->tokens.text;
    uint32_t start = sign, end = sign + 1;
    bool dot = false;
    while (start > 0 && sign - start < SIDE_MAX && is_local(text[start - 1]))
        start--;
    while (end < reading->tokens.size && end - sign < SIDE_MAX && is_domain(text[end])) {
        dot |= text[end] == '.' && end > sign + 1;
        end++;
    }
    while (end > sign + 1 && (text[end - 1] == '.' || text[end - 1] == '-'))
        end--;
    /* Only whole characters: a byte of another one ends neither side. */
    while (start < sign && ((uint8_t)text[start] & 0xC0) == 0x80)
        start++;
    while (end < reading->tokens.size && ((uint8_t)text[end] & 0xC0) == 0x80)
        end--;
    if (start < sign && end > sign + 2 && dot)
        add_private(reading, (struct text_span){start, end}, PRIVATE_EMAIL);
}

static void find_mails(struct reading *reading)
{
    const char *text = reading->tokens.text;
    for (uint32_t at = 0; at < reading->tokens.size; at++)
        if (text[at] == '@')
            find_mail(reading, at);
}

/* -- names --------------------------------------------------------------------------------------
 */

static const struct token *token_at(const struct reading *reading, unsigned token)
{
    return &reading->tokens.tokens[token];
}

static bool is_name_word(const struct reading *reading, unsigned token)
{
    const struct token *found = token_at(reading, token);
    return token < reading->tokens.count && found->capital && !reading->taken[token] &&
           found->letters == found->folded_size && found->folded_size > 1 &&
           !reading_cue(reading, token, CUE_PERSON) && !reading_cue(reading, token, CUE_NO_NAME) &&
           !reading_cue(reading, token, CUE_CIVILITY) && !reading_cue(reading, token, CUE_DAY) &&
           !reading_cue(reading, token, CUE_MONTH) && !reading_cue(reading, token, CUE_CONTRACT) &&
           !reading_cue(reading, token, CUE_LICENCE) && !reading_cue(reading, token, CUE_LANGUAGE);
}

static unsigned name_end(const struct reading *reading, unsigned first)
{
    unsigned end = first;
    while (end < first + NAME_TOKENS_MAX && is_name_word(reading, end) &&
           (end == first ||
            !(token_at(reading, end)->gap & ~(uint32_t)(GAP_SPACE | GAP_HYPHEN | GAP_QUOTE))))
        end++;
    return end;
}

static void add_name(struct reading *reading, unsigned first, unsigned end)
{
    add_private(reading, tokens_span(&reading->tokens, first, end - 1), PRIVATE_NAME);
    reading_take(reading, first, end - 1, TAKEN_PRIVATE);
}

/* "Mme Verhaeghe", "demander Sofiane". Returns the token to go on at. */
static unsigned take_led_name(struct reading *reading, unsigned at)
{
    const struct cue *civility = reading_cue(reading, at, CUE_CIVILITY);
    const struct cue *person = civility ? NULL : reading_cue(reading, at, CUE_PERSON);
    const struct cue *cue = civility ? civility : person;
    if (!cue)
        return at;
    unsigned first = at + cue->length, end = name_end(reading, first);
    uint32_t gap = token_at(reading, first)->gap;
    /* "M. Ferhat": the point ends no sentence. */
    uint32_t ends = civility              ? GAP_LINE | GAP_COMMA | GAP_SEMICOLON
                    : cue_value(cue) == 1 ? GAP_SEMICOLON
                                          : GAP_STOP | GAP_SEMICOLON;
    if (end == first || gap & ends || (person && gap & GAP_LINE && cue_value(cue) == 0))
        return at + cue->length;
    if (person && cue_value(cue) == 2 &&
        (lexicon_is_ordinary(reading->lexicon, token_at(reading, first)) || end - first > 2))
        return at + cue->length;
    add_name(reading, civility ? at : first, end);
    return end;
}

static bool is_phone_token(const struct reading *reading, unsigned token)
{
    return reading->taken[token] & TAKEN_PHONE;
}

/* "Charlène 06 …", "06 …, Gilles.": a name beside a number. */
static void take_names_beside(struct reading *reading, unsigned first, unsigned end)
{
    static const char *const leads[] = {"au", "at", "on", "tel", "portable", "whatsapp", "mobile"};
    if (first > 1 && IS_ANY_OF(reading, first - 1, leads))
        first--;
    unsigned before = first;
    while (before > 0 && first - before < NAME_TOKENS_MAX && is_name_word(reading, before - 1) &&
           (before == first || !(token_at(reading, before)->gap & ~(uint32_t)GAP_SPACE)))
        before--;
    if (before < first && !(token_at(reading, first)->gap & (GAP_STOP | GAP_LINE)) &&
        !lexicon_is_ordinary(reading->lexicon, token_at(reading, before)))
        add_name(reading, before, first);
    unsigned behind = name_end(reading, end);
    if (behind > end && behind - end <= 2 && !(token_at(reading, end)->gap & GAP_STOP) &&
        token_at(reading, behind)->gap & (GAP_STRONG | GAP_COMMA | GAP_CLOSE))
        add_name(reading, end, behind);
}

/* A line near the end that is nothing but a name, maybe with what the person does. */
static void take_signature(struct reading *reading, unsigned line)
{
    unsigned end = name_end(reading, line);
    if (line == 0 || end == line || !(token_at(reading, line)->gap & GAP_LINE) ||
        !(token_at(reading, end)->gap & (GAP_LINE | GAP_COMMA | GAP_DASH)))
        return;
    bool unknown = false;
    for (unsigned at = line; at < end; at++)
        unknown |= !lexicon_is_ordinary(reading->lexicon, token_at(reading, at));
    if (unknown && (end - line >= 2 || token_at(reading, end)->gap & GAP_LINE))
        add_name(reading, line, end);
}

/* "… par mail. Sandrine" */
static void take_last_sentence(struct reading *reading)
{
    if (reading->tokens.count < 2)
        return;
    unsigned start = reading_sentence_start(reading, reading->tokens.count - 1);
    unsigned end = name_end(reading, start);
    if (start == 0 || end != reading->tokens.count || end - start > 2)
        return;
    struct text_span span = tokens_span(&reading->tokens, start, end - 1);
    struct commune commune;
    if (reading->communes && communes_by_name(reading->communes, reading->tokens.text + span.start,
                                              span.end - span.start, "", "", &commune))
        return;
    if (!lexicon_is_ordinary(reading->lexicon, token_at(reading, start)))
        add_name(reading, start, end);
}

static void take_signatures(struct reading *reading)
{
    take_last_sentence(reading);
    unsigned lines = 0;
    for (unsigned at = reading->tokens.count; at > 1 && lines < SIGNATURE_LINES; at--) {
        if (!(token_at(reading, at - 1)->gap & GAP_LINE))
            continue;
        lines++;
        take_signature(reading, at - 1);
    }
}

/* -- all ----------------------------------------------------------------------------------------
 */

static void take_tokens_of(struct reading *reading)
{
    const struct recognition *found = reading->found;
    unsigned at = 0;
    for (unsigned i = 0; i < found->private_count; i++) {
        struct text_span span = found->privates[i].span;
        if (at > 0 && token_at(reading, at - 1)->end > span.start)
            at = 0;
        while (at < reading->tokens.count && token_at(reading, at)->end <= span.start)
            at++;
        for (; at < reading->tokens.count && token_at(reading, at)->start < span.end; at++)
            reading->taken[at] |= found->privates[i].kind == PRIVATE_PHONE
                                      ? TAKEN_PRIVATE | TAKEN_PHONE
                                      : TAKEN_PRIVATE;
    }
}

static void sort_private(struct recognition *found)
{
    for (unsigned i = 1; i < found->private_count; i++) {
        struct recognised_private item = found->privates[i];
        unsigned at = i;
        for (; at > 0 && found->privates[at - 1].span.start > item.span.start; at--)
            found->privates[at] = found->privates[at - 1];
        found->privates[at] = item;
    }
}

void reading_find_private(struct reading *reading)
{
    find_phones(reading);
    find_mails(reading);
    take_tokens_of(reading);
    for (unsigned at = 0; at < reading->tokens.count;) {
        unsigned next = reading->taken[at] ? at : take_led_name(reading, at);
        at = next > at ? next : at + 1;
    }
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        if (!is_phone_token(reading, at))
            continue;
        unsigned end = at;
        while (end < reading->tokens.count && is_phone_token(reading, end))
            end++;
        take_names_beside(reading, at, end);
        at = end;
    }
    take_signatures(reading);
    sort_private(reading->found);
}
