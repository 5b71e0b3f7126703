/* A JobPosting of schema.org, as JSON-LD on the pages of employers and job sites. What is wanted in
 * diplomas (`educationRequirements`) is not looked at. */
#include "posting.h"

#include "html_text.h"
#include "import_value.h"
#include "import_words.h"
#include "tree.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SKILL_MAX = 60, DESCRIPTION_MAX = 20000 };

/* A text that may be HTML. */
static struct text plain_text(const struct posting *posting, const json_t *object, const char *path)
{
    struct text text = posting_text(posting, object, path);
    struct text plain = text.size ? html_to_text(text, posting->context->arena) : text;
    return plain.data ? plain : (struct text){"", 0};
}

/* -- the text -----------------------------------------------------------------------------------
 */

/* Paragraphs that become the description. */
struct paragraphs {
    struct posting *posting;
    char *text;
    size_t size;
};

static void paragraph_add(struct paragraphs *paragraphs, struct text text)
{
    size_t gap = paragraphs->size ? 2 : 0;
    if (!text.size || !paragraphs->text ||
        memmem(paragraphs->text, paragraphs->size, text.data, text.size))
        return;
    if (text.size > DESCRIPTION_MAX - paragraphs->size - gap) {
        if (paragraphs->size + gap + 4 > DESCRIPTION_MAX)
            return;
        text.size = (uint32_t)(DESCRIPTION_MAX - paragraphs->size - gap);
        while (text.size && (text.data[text.size] & 0xC0) == 0x80)
            text.size--;
    }
    memcpy(paragraphs->text + paragraphs->size, "\n\n", gap);
    memcpy(paragraphs->text + paragraphs->size + gap, text.data, text.size);
    paragraphs->size += gap + text.size;
}

/* -- skills -------------------------------------------------------------------------------------
 */

/* Short pieces are skills; sentences are text to be recognised. */
static void skills_split(struct paragraphs *paragraphs, struct text text)
{
    const char *end = text.data + text.size;
    uint32_t longest = 0, length = 0;
    for (uint32_t i = 0; i <= text.size; i++) {
        length = i < text.size && !strchr(",;|\n", text.data[i]) ? length + 1 : 0;
        longest = length > longest ? length : longest;
    }
    if (longest > SKILL_MAX) {
        paragraph_add(paragraphs, text);
        return;
    }
    for (const char *at = text.data; at < end;) {
        const char *stop = at;
        while (stop < end && !strchr(",;|\n", *stop))
            stop++;
        const char *last = stop;
        while (at < last && strchr(" -\t", *at))
            at++;
        while (last > at && strchr(" \t.", last[-1]))
            last--;
        posting_require(paragraphs->posting, (struct text){"", 0},
                        (struct text){at, (uint32_t)(last - at)}, true, "skills");
        at = stop + 1;
    }
}

static void skills_take(struct paragraphs *paragraphs, const json_t *skills)
{
    if (json_is_string(skills)) {
        skills_split(paragraphs, plain_text(paragraphs->posting, skills, ""));
    } else if (json_is_object(skills)) {
        skills_split(paragraphs, plain_text(paragraphs->posting, skills, "name"));
    } else {
        for (size_t i = 0; i < json_array_size(skills); i++) {
            const json_t *skill = json_array_get(skills, i);
            if (!json_is_array(skill))
                skills_take(paragraphs, skill);
        }
    }
}

/* -- contract, hours, experience, pay -----------------------------------------------------------
 */

static void contract_take(struct posting *posting, const json_t *types)
{
    static const struct {
        const char *word;
        unsigned contract; /* 0: says nothing about it */
    } words[] = {
        {"FULL_TIME", 0},
        {"PART_TIME", 0},
        {"VOLUNTEER", 0},
        {"PER_DIEM", 0},
        {"OTHER", 0},
        {"TEMPORARY", CONTRACT_CDD},
        {"CONTRACTOR", CONTRACT_FREELANCE},
        {"INTERN", CONTRACT_INTERNSHIP},
    };
    size_t count = json_is_array(types) ? json_array_size(types) : 1;
    for (size_t i = 0; i < count && !posting->offer->has.contract; i++) {
        const json_t *type = json_is_array(types) ? json_array_get(types, i) : types;
        struct text text = posting_text(posting, type, "");
        size_t known = 0;
        while (known < sizeof words / sizeof *words &&
               (strlen(words[known].word) != text.size ||
                strncasecmp(words[known].word, text.data, text.size) != 0))
            known++;
        if (known == sizeof words / sizeof *words) {
            posting_fill(posting, "contract", text, "employmentType");
        } else if (words[known].contract) {
            posting->offer->contract = (uint8_t)words[known].contract;
            posting->offer->has.contract = true;
        }
    }
}

/* "35", "35 h": the hours of a week; what else it says is text. */
static void hours_take(struct paragraphs *paragraphs, const json_t *object)
{
    struct posting *posting = paragraphs->posting;
    struct text text = plain_text(posting, object, "workHours");
    int64_t minutes;
    if (text.size && text.size < 8 && value_minutes(text, &minutes) && minutes >= 4 * 60 &&
        minutes <= 3600) {
        posting->offer->weekly_minutes = minutes;
        posting->offer->has.weekly_minutes = true;
    } else {
        paragraph_add(paragraphs, text);
    }
}

static void experience_take(struct paragraphs *paragraphs, const json_t *object)
{
    struct posting *posting = paragraphs->posting;
    struct text text = posting_text(posting, object, "experienceRequirements.monthsOfExperience");
    struct text words = plain_text(posting, object, "experienceRequirements");
    int64_t months;
    if ((text.size && value_number(text, 1, &months)) ||
        (words.size && words.size < 30 && value_months(words, &months))) {
        posting->offer->experience_months = months;
        posting->offer->has.experience_months = months >= 0 && months <= 600;
    } else {
        paragraph_add(paragraphs, words);
    }
}

static unsigned period_of(struct text unit)
{
    return text_is(unit, "HOUR")    ? PERIOD_HOUR
           : text_is(unit, "MONTH") ? PERIOD_MONTH
           : text_is(unit, "YEAR")  ? PERIOD_YEAR
                                    : 0;
}

static bool amount_read(const struct posting *posting, const json_t *object, const char *path,
                        int64_t *cents)
{
    struct text text = posting_text(posting, object, path);
    return text.size && value_number(text, 100, cents) && *cents > 0 && *cents <= 100000000;
}

/* In euros, for an hour, a month or a year. */
static void pay_take(struct posting *posting, const json_t *object)
{
    const json_t *salary = posting_member(object, "baseSalary");
    const json_t *value = posting_member(salary, "value");
    struct text currency = posting_text(posting, salary, "currency");
    struct pay pay = {0};
    if (!json_is_object(value))
        value = salary; /* an amount right here */
    pay.period = (uint8_t)period_of(posting_text(posting, value, "unitText"));
    if (!pay.period)
        pay.period = (uint8_t)period_of(posting_text(posting, salary, "unitText"));
    pay.has.minimum = amount_read(posting, value, "minValue", &pay.minimum) ||
                      amount_read(posting, value, "value", &pay.minimum);
    pay.has.maximum = amount_read(posting, value, "maxValue", &pay.maximum);
    pay.has.period = true;
    bool ordered = !pay.has.minimum || !pay.has.maximum || pay.minimum <= pay.maximum;
    if (!pay.period || !ordered || !(pay.has.minimum || pay.has.maximum) ||
        (currency.size && !text_is(currency, "EUR")))
        return;
    posting->offer->pay = pay;
    posting->offer->has.pay = true;
}

/* -- place --------------------------------------------------------------------------------------
 */

static void coordinate_take(const json_t *geo, const char *name, double limit, int64_t *value,
                            bool *has)
{
    const json_t *member = posting_member(geo, name);
    double degrees = json_number_value(member);
    *has = json_is_number(member) && degrees >= -limit && degrees <= limit && degrees != 0;
    *value = *has ? (int64_t)(degrees * 1e6 + (degrees < 0 ? -0.5 : 0.5)) : 0;
}

/* Of several places the first one is that of the offer. */
static void place_take(struct posting *posting, const json_t *object)
{
    const json_t *locations = json_object_get(object, "jobLocation");
    const json_t *location = json_is_array(locations) ? json_array_get(locations, 0) : locations;
    const json_t *address = posting_member(location, "address");
    struct place *place = &posting->offer->place;
    bool latitude, longitude;
    if (json_is_string(address)) {
        posting_fill(posting, "place", posting_text(posting, address, ""), "jobLocation.address");
    } else if (address) {
        posting_fill(posting, "place.town", posting_text(posting, address, "addressLocality"),
                     "jobLocation.address.addressLocality");
        struct text postcode = posting_text(posting, address, "postalCode");
        if (postcode.size == 5)
            posting_fill(posting, "place.postcode", postcode, "jobLocation.address.postalCode");
    } else {
        posting_fill(posting, "place", posting_text(posting, location, "name"), "jobLocation.name");
    }
    const json_t *geo = posting_member(location, "geo");
    coordinate_take(geo, "latitude", 90, &place->latitude, &latitude);
    coordinate_take(geo, "longitude", 180, &place->longitude, &longitude);
    place->has.latitude = place->has.longitude = latitude && longitude;
    posting->offer->has.place = place->has_bits != 0;
    if (text_is(posting_text(posting, object, "jobLocationType"), "TELECOMMUTE")) {
        posting->offer->remote = REMOTE_FULL;
        posting->offer->has.remote = true;
    }
}

/* -- head ---------------------------------------------------------------------------------------
 */

/* The site is the source: www.example.fr. */
static void source_take(struct posting *posting, struct text url)
{
    const char *host = url.size > 8 ? memmem(url.data, url.size, "://", 3) : NULL;
    if (!host)
        return;
    host += 3;
    uint32_t size = (uint32_t)strcspn(host, "/:?#");
    if (size > 4 && strncmp(host, "www.", 4) == 0)
        host += 4, size -= 4;
    if (size > 0 && size <= (uint64_t)offer_type.fields[0].max)
        posting_fill(posting, "source", (struct text){host, size}, "url");
}

static void head_take(struct posting *posting, const json_t *object)
{
    static const char *const times[] = {"dateModified", "datePosted"};
    static const char *const addresses[] = {"url", "@id", "mainEntityOfPage"};
    static const char *const references[] = {"identifier.value", "identifier"};
    struct offer *offer = posting->offer;
    for (size_t i = 0; i < sizeof times / sizeof *times && !offer->has.observed_at; i++)
        offer->has.observed_at =
            posting_time(posting_text(posting, object, times[i]), &offer->observed_at);
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses && !offer->has.source; i++) {
        struct text url = posting_text(posting, object, addresses[i]);
        source_take(posting, url);
        if (offer->has.source)
            posting_fill_url(posting, url, addresses[i]);
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        struct text reference = posting_text(posting, object, references[i]);
        if (reference.size <= (uint64_t)offer_type.fields[1].max)
            posting_fill(posting, "reference", reference, references[i]);
    }
}

/* A day, which may come with a time. */
static void date_take(struct posting *posting, const json_t *object, const char *field,
                      const char *member)
{
    struct text text = posting_text(posting, object, member);
    if (text.size > DATE_TEXT_SIZE - 1 && text.data[4] == '-')
        text.size = DATE_TEXT_SIZE - 1;
    posting_fill(posting, field, text, member);
}

/* A ROME code anywhere in the categories. */
static void role_take(struct posting *posting, const json_t *object)
{
    static const char *const members[] = {"occupationalCategory", "occupationalCategory.codeValue",
                                          "occupationalCategory.termCode"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct text text = posting_text(posting, object, members[i]);
        for (uint32_t at = 0; at + 5 <= text.size; at++) {
            const char *code = text.data + at;
            bool alone = (at == 0 || !isalnum((unsigned char)code[-1])) &&
                         (at + 5 == text.size || !isalnum((unsigned char)code[5]));
            if (!alone || *code < 'A' || *code > 'N' || !isdigit((unsigned char)code[1]) ||
                !isdigit((unsigned char)code[2]) || !isdigit((unsigned char)code[3]) ||
                !isdigit((unsigned char)code[4]))
                continue;
            posting_fill(posting, "role", (struct text){code, 5}, members[i]);
            return;
        }
    }
}

static void contact_take(struct posting *posting, const json_t *object)
{
    struct text mail = posting_text(posting, object, "applicationContact.email");
    struct text phone = posting_text(posting, object, "applicationContact.telephone");
    posting_fill(posting, "contact.name", posting_text(posting, object, "applicationContact.name"),
                 "applicationContact.name");
    if (mail.size && memchr(mail.data, '@', mail.size) && !memchr(mail.data, ' ', mail.size))
        posting_fill(posting, "contact.email", mail, "applicationContact.email");
    if (phone.size >= 4 && phone.size <= 24)
        posting_fill(posting, "contact.phone", phone, "applicationContact.telephone");
}

void posting_read_schema_org(struct posting *posting, const json_t *object)
{
    static const char *const texts[] = {"description", "responsibilities", "qualifications"};
    struct paragraphs paragraphs = {.posting = posting,
                                    .text = arena_alloc(posting->context->arena, DESCRIPTION_MAX)};
    if (!paragraphs.text)
        posting_no_memory(posting);
    head_take(posting, object);
    posting_fill(posting, "title", plain_text(posting, object, "title"), "title");
    posting_fill(posting, "title", plain_text(posting, object, "name"), "name");
    posting_fill(posting, "employer_name", plain_text(posting, object, "hiringOrganization.name"),
                 "hiringOrganization.name");
    posting_fill(posting, "employer_name", plain_text(posting, object, "hiringOrganization"),
                 "hiringOrganization");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        paragraph_add(&paragraphs, plain_text(posting, object, texts[i]));
    skills_take(&paragraphs, json_object_get(object, "skills"));
    hours_take(&paragraphs, object);
    experience_take(&paragraphs, object);
    posting_fill(posting, "description", (struct text){paragraphs.text, (uint32_t)paragraphs.size},
                 "description");
    date_take(posting, object, "closes_on", "validThrough");
    date_take(posting, object, "starts_on", "jobStartDate");
    posting_fill(posting, "positions", posting_text(posting, object, "totalJobOpenings"),
                 "totalJobOpenings");
    contract_take(posting, json_object_get(object, "employmentType"));
    pay_take(posting, object);
    place_take(posting, object);
    role_take(posting, object);
    contact_take(posting, object);
}
