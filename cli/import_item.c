#include "import_item.h"

#include "../proto/records.h"
#include "import_item_jobdating.h"
#include "import_item_time.h"
#include "import_value.h"
#include "import_words.h"

#include <ctype.h>
#include <string.h>

static struct text text_part(struct text text, uint32_t from, uint32_t to)
{
    while (from < to && strchr(" \t-:,;.", text.data[from]))
        from++;
    while (to > from && strchr(" \t-:,;.", text.data[to - 1]))
        to--;
    return (struct text){text.data + from, to - from};
}

static bool words_are(struct text text, const char *const *list)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (; *list; list++)
        if (strcmp(words, *list) == 0)
            return true;
    return false;
}

/* "aucun", "non", "néant": said, but nothing. */
static bool means_nothing(struct text text)
{
    static const char *const nothing[] = {"",     "aucun", "aucune", "non", "no", "neant",
                                          "none", "sans",  "rien",   "n a", "0",  NULL};
    return words_are(text, nothing);
}

/* The last part of a text behind ':' or between parentheses, "" when there is none; head is what
 * comes before it. */
static struct text suffix_of(struct text text, struct text *head)
{
    *head = text;
    uint32_t end = text.size;
    if (end > 0 && text.data[end - 1] == ')')
        for (uint32_t i = end - 1; i > 0; i--)
            if (text.data[i] == '(') {
                *head = text_part(text, 0, i);
                return text_part(text, i + 1, end - 1);
            }
    for (uint32_t i = end; i-- > 1;)
        if (text.data[i] == ':') {
            *head = text_part(text, 0, i);
            return text_part(text, i + 1, end);
        }
    return (struct text){"", 0};
}

/* catalogue:code, without any space. */
static bool is_skill_id(struct text text)
{
    uint32_t i = 0;
    while (i < text.size && islower((unsigned char)text.data[i]))
        i++;
    if (i < 2 || i + 1 >= text.size || text.data[i] != ':')
        return false;
    for (i++; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && !strchr("-_.", text.data[i]))
            return false;
    return true;
}

static enum item_result claim_read(struct text text, struct arena *arena, void *records,
                                   unsigned *count)
{
    (void)arena;
    struct claim *claim = records;
    struct text head, suffix = suffix_of(text, &head);
    unsigned level = suffix.size && head.size ? words_level(suffix) : 0;
    if (level) {
        claim->level = level;
        claim->has.level = true;
        text = head;
    }
    if (is_skill_id(text)) {
        claim->skill = text;
        claim->has.skill = true;
    } else {
        claim->words = text;
        claim->has.words = true;
    }
    *count = 1;
    return ITEM_READ;
}

/* E (exigé) and S (souhaité) are how France Travail marks them. */
static bool necessity_read(struct text suffix, bool *required)
{
    static const char *const needed[] = {"e",       "exige",    "exigee",      "requis",
                                         "requise", "required", "obligatoire", NULL};
    static const char *const wished[] = {"s",       "souhaite", "souhaitee", "wished",
                                         "un plus", "optional", "apprecie",  NULL};
    *required = words_are(suffix, needed);
    return *required || words_are(suffix, wished);
}

static enum item_result requirement_read(struct text text, struct arena *arena, void *records,
                                         unsigned *count)
{
    (void)arena;
    struct requirement *requirement = records;
    struct text head, suffix = suffix_of(text, &head);
    unsigned level = 0;
    if (suffix.size && head.size && necessity_read(suffix, &requirement->required)) {
        requirement->has.required = true;
        text = head;
    } else if (suffix.size && head.size && (level = words_level(suffix)) > 0) {
        requirement->level = level;
        requirement->has.level = true;
        text = head;
    }
    if (is_skill_id(text)) {
        requirement->skill = text;
        requirement->has.skill = true;
    } else {
        requirement->words = text;
        requirement->has.words = true;
    }
    *count = 1;
    return ITEM_READ;
}

/* "B", "Permis B", "B - Véhicule léger", "B mention 79.06 (= EB)", "oui". 0 when unknown. */
static unsigned category_read(struct text text)
{
    static const struct choices *choices;
    if (!choices)
        choices = licence_type.fields[0].choices;
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    const char *last = strrchr(words, ' ');
    if (last && strlen(last) == 3 && last[1] == 'e') {
        unsigned former = words_choice(choices, text_of_string(last + 1));
        if (former)
            return former;
    }
    const char *at = words;
    static const char *const before[] = {"permis ",  "de conduire ",     "categorie ",
                                         "licence ", "driving licence ", NULL};
    for (const char *const *skip = before; *skip; skip++)
        if (strncmp(at, *skip, strlen(*skip)) == 0)
            at += strlen(*skip);
    bool yes;
    if (value_yes(text, &yes))
        return yes ? LICENCE_B : 0;
    if (!*at || strcmp(at, "permis") == 0)
        return LICENCE_B;
    return words_choice(choices, text_of_string(at));
}

static bool words_hold(struct text text, const char *part)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    return strstr(words, part) != NULL;
}

static bool is_in_progress(struct text text)
{
    return words_hold(text, "en cours") || words_hold(text, "preparation") ||
           words_hold(text, "in progress") || words_hold(text, "code obtenu");
}

static enum item_result licence_read(struct text text, struct arena *arena, void *records,
                                     unsigned *count)
{
    (void)arena;
    struct licence *licence = records;
    unsigned category = category_read(text);
    if (category == 0 && is_in_progress(text))
        category = LICENCE_B; /* "en cours" in a column about the licence */
    if (category == 0)
        return ITEM_UNKNOWN;
    licence->category = (uint8_t)category;
    licence->has.category = true;
    if (is_in_progress(text)) {
        licence->holding = HOLDING_IN_PROGRESS;
        licence->has.holding = true;
    }
    *count = 1;
    return ITEM_READ;
}

static enum item_result licence_need_read(struct text text, struct arena *arena, void *records,
                                          unsigned *count)
{
    (void)arena;
    struct licence_need *need = records;
    struct text head, suffix = suffix_of(text, &head);
    if (suffix.size && necessity_read(suffix, &need->required)) {
        need->has.required = true;
        text = head;
    }
    unsigned category = category_read(text);
    if (category == 0)
        return ITEM_UNKNOWN;
    need->category = (uint8_t)category;
    need->has.category = true;
    *count = 1;
    return ITEM_READ;
}

static enum item_result authorisation_read(struct text text, struct arena *arena, void *records,
                                           unsigned *count)
{
    (void)arena;
    struct authorisation *authorisation = records;
    unsigned name = words_choice(authorisation_type.fields[0].choices, text);
    if (name == 0)
        return ITEM_UNKNOWN;
    authorisation->name = (uint8_t)name;
    authorisation->has.name = true;
    *count = 1;
    return ITEM_READ;
}

/* "anglais courant", "Anglais : B2", "en". */
static enum item_result language_read(struct text text, struct arena *arena, void *records,
                                      unsigned *count)
{
    struct language *language = records;
    uint32_t named = 2;
    const char *code = words_language(text, &named);
    bool short_form = text.size >= 2 && isalpha((unsigned char)text.data[0]) &&
                      isalpha((unsigned char)text.data[1]) &&
                      (text.size == 2 || strchr(" :(-", text.data[2]));
    if (!code && short_form) {
        char *lower = arena_copy(arena, text.data, 2);
        if (!lower)
            return ITEM_MEMORY;
        lower[0] = (char)tolower(lower[0]);
        lower[1] = (char)tolower(lower[1]);
        code = lower;
    }
    if (!code)
        return ITEM_UNKNOWN;
    struct text rest = text_part(text, named, text.size);
    if (rest.size > 1 && rest.data[0] == '(')
        rest = text_part(rest, 1, rest.size - (rest.data[rest.size - 1] == ')'));
    language->code = (struct text){code, 2};
    language->has.code = true;
    unsigned level = rest.size ? words_choice(language_type.fields[1].choices, rest) : 0;
    if (level) {
        language->level = (uint8_t)level;
        language->has.level = true;
    }
    *count = strcmp(code, "fr") != 0; /* languages besides French */
    return ITEM_READ;
}

/* "30", "30 km", "voiture 30 km", "vélo : 5". */
static enum item_result travel_read(struct text text, struct arena *arena, void *records,
                                    unsigned *count)
{
    (void)arena;
    struct travel *travel = records;
    uint32_t digit = 0;
    while (digit < text.size && !isdigit((unsigned char)text.data[digit]))
        digit++;
    struct text words = text_part(text, 0, digit);
    unsigned mode = words.size ? words_choice(travel_type.fields[0].choices, words) : 0;
    if (mode) {
        travel->mode = (uint8_t)mode;
        travel->has.mode = true;
    }
    struct text number = {text.data + digit, text.size - digit};
    if ((words.size && !mode) || !number.size || !value_number(number, 1, &travel->radius_km))
        return ITEM_UNKNOWN;
    travel->has.radius_km = true;
    *count = 1;
    return ITEM_READ;
}

/* The department number that a text begins with: "59", "2A", "974"; its length, 0 when none. */
static uint32_t department_at(struct text text)
{
    uint32_t size = 0;
    while (size < text.size && isdigit((unsigned char)text.data[size]))
        size++;
    if (size == 1 && text.size > 1 && text.data[0] == '2' && strchr("ABab", text.data[1]))
        size = 2;
    bool ends = size == text.size || strchr(" -)", text.data[size]);
    bool overseas = size == 3 && text.data[0] == '9' && text.data[1] >= '7';
    return ends && (size == 2 || overseas) ? size : 0;
}

static bool department_set(struct place *place, struct text number, struct arena *arena)
{
    char *copy = arena_copy(arena, number.data, number.size);
    if (!copy)
        return false;
    if (number.size == 2)
        copy[1] = (char)toupper((unsigned char)copy[1]);
    place->department = (struct text){copy, number.size};
    place->has.department = true;
    return true;
}

/* The first run of five digits alone; its start, or the size when there is none. */
static uint32_t postcode_at(struct text text)
{
    for (uint32_t i = 0, run = 0; i <= text.size; i++) {
        bool digit = i < text.size && isdigit((unsigned char)text.data[i]);
        if (!digit && run == 5)
            return i - 5;
        run = digit ? run + 1 : 0;
    }
    return text.size;
}

/* "59 - Croix", "59000 Lille", "Lille (59)", "Île-de-France". */
static enum item_result place_read(struct text text, struct arena *arena, void *records,
                                   unsigned *count)
{
    struct place *place = records;
    struct text town = text, head;
    uint32_t department = department_at(text), postcode = postcode_at(text);
    struct text suffix = suffix_of(text, &head);
    if (department) {
        if (!department_set(place, (struct text){text.data, department}, arena))
            return ITEM_MEMORY;
        town = text_part(text, department, text.size);
    } else if (postcode < text.size) {
        place->postcode = (struct text){text.data + postcode, 5};
        place->has.postcode = true;
        town = postcode ? text_part(text, 0, postcode) : text_part(text, 5, text.size);
        if (town.size && town.data[town.size - 1] == '(')
            town = text_part(town, 0, town.size - 1);
    } else if (suffix.size && department_at(suffix) == suffix.size) {
        if (!department_set(place, suffix, arena))
            return ITEM_MEMORY;
        town = head;
    }
    if (town.size) {
        place->town = town;
        place->has.town = true;
    }
    *count = 1;
    return ITEM_READ;
}

typedef enum item_result item_reader(struct text text, struct arena *arena, void *records,
                                     unsigned *count);

static const struct {
    const struct record_type *type;
    item_reader *read;
} readers[] = {
    {&claim_type, claim_read},
    {&requirement_type, requirement_read},
    {&licence_type, licence_read},
    {&licence_need_type, licence_need_read},
    {&authorisation_type, authorisation_read},
    {&language_type, language_read},
    {&travel_type, travel_read},
    {&place_type, place_read},
    {&hours_type, item_read_hours},
    {&rhythm_type, item_read_rhythm},
    {&pay_type, item_read_pay},
    {&window_type, item_read_window},
    {&session_type, item_read_session},
    {&table_type, item_read_table},
    {&offer_brought_type, item_read_offer},
    {&helper_needed_type, item_read_helper},
};

static item_reader *reader_of(const struct record_type *type)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].type == type)
            return readers[i].read;
    return NULL;
}

bool item_readable(const struct record_type *type)
{
    return reader_of(type) != NULL;
}

enum item_result item_read(const struct record_type *type, struct text text, struct arena *arena,
                           void *records, unsigned *count)
{
    item_reader *read = reader_of(type);
    *count = 0;
    if (!read)
        return ITEM_ABSENT;
    if (means_nothing(text))
        return ITEM_READ;
    return read(text, arena, records, count);
}
