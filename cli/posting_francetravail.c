/* Offers as the API "Offres d'emploi v2" of France Travail gives them. Diplomas (`formations`) are
 * not looked at. */
#include "posting.h"

#include "import_item.h"
#include "import_value.h"
#include "import_words.h"
#include "tree.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The codes of typeContrat that are no usual words. */
static const struct {
    const char *code;
    unsigned contract;
} contract_codes[] = {
    {"DDI", CONTRACT_CDDI},      {"DIN", CONTRACT_CDI},       {"TTI", CONTRACT_TEMPORARY},
    {"SAI", CONTRACT_CDD},       {"CCE", CONTRACT_FREELANCE}, {"FRA", CONTRACT_FREELANCE},
    {"REP", CONTRACT_FREELANCE}, {"CCU", CONTRACT_CDI},
};

/* natureContrat tells an alternance apart from the contract that carries it. */
static unsigned contract_of(const struct posting *posting, const json_t *object)
{
    const struct choices *contracts = field_of_name(&offer_type, "contract", 8, 0)->choices;
    struct text type = posting_text(posting, object, "typeContrat");
    char nature[VALUE_WORDS_SIZE];
    value_words(posting_text(posting, object, "natureContrat"), nature);
    if (strstr(nature, "apprentissage"))
        return CONTRACT_APPRENTICESHIP;
    if (strstr(nature, "professionnalisation"))
        return CONTRACT_PROFESSIONALISATION;
    if (strstr(nature, "insertion par l activ") && text_is(type, "CDD"))
        return CONTRACT_CDDI;
    for (size_t i = 0; i < sizeof contract_codes / sizeof *contract_codes; i++)
        if (text_is(type, contract_codes[i].code))
            return contract_codes[i].contract;
    unsigned contract = type.size ? words_choice(contracts, type) : 0;
    struct text label = posting_text(posting, object, "typeContratLibelle");
    return contract || !label.size ? contract : words_choice(contracts, label);
}

static void contract_take(struct posting *posting, const json_t *object)
{
    unsigned contract = contract_of(posting, object);
    posting->offer->contract = (uint8_t)contract;
    posting->offer->has.contract = contract != 0;
    if (!contract) /* says that it is not understood */
        posting_fill(posting, "contract", posting_text(posting, object, "typeContrat"),
                     "typeContrat");
}

/* "59 - Lille (Dept.)" and the like name a place; the codes are surer. */
static void place_take(struct posting *posting, const json_t *object)
{
    struct place *place = &posting->offer->place;
    struct text label = posting_text(posting, object, "lieuTravail.libelle");
    posting_fill(posting, "place.commune", posting_text(posting, object, "lieuTravail.commune"),
                 "lieuTravail.commune");
    posting_fill(posting, "place.postcode", posting_text(posting, object, "lieuTravail.codePostal"),
                 "lieuTravail.codePostal");
    posting_fill(posting, "place", label, "lieuTravail.libelle");
    const json_t *latitude = posting_member(object, "lieuTravail.latitude");
    const json_t *longitude = posting_member(object, "lieuTravail.longitude");
    if (!json_is_number(latitude) || !json_is_number(longitude))
        return;
    double north = json_number_value(latitude), east = json_number_value(longitude);
    if (north < -90 || north > 90 || east < -180 || east > 180 || (north == 0 && east == 0))
        return;
    place->latitude = (int64_t)(north * 1e6 + (north < 0 ? -0.5 : 0.5));
    place->longitude = (int64_t)(east * 1e6 + (east < 0 ? -0.5 : 0.5));
    place->has.latitude = place->has.longitude = true;
    posting->offer->has.place = true;
}

/* E or S, or the words: required, wished for. */
static bool is_required(const struct posting *posting, const json_t *item)
{
    struct text need = posting_text(posting, item, "exigence");
    return need.size && (*need.data == 'E' || *need.data == 'e');
}

static void skills_take(struct posting *posting, const json_t *object)
{
    const json_t *skills = json_object_get(object, "competences"), *skill;
    size_t i;
    json_array_foreach(skills, i, skill)
    {
        char id[64] = "";
        struct text code = posting_text(posting, skill, "code");
        bool digits = code.size > 0 && code.size < 20;
        for (uint32_t j = 0; j < code.size; j++)
            digits = digits && isdigit((unsigned char)code.data[j]);
        if (digits)
            snprintf(id, sizeof id, "rome:%.*s", (int)code.size, code.data);
        const char *copy = arena_copy(posting->context->arena, id, strlen(id));
        posting_require(posting, text_of_string(copy ? copy : ""),
                        posting_text(posting, skill, "libelle"), is_required(posting, skill),
                        "competences");
    }
    skills = json_object_get(object, "qualitesProfessionnelles");
    json_array_foreach(skills, i, skill)
    {
        posting_require(posting, (struct text){"", 0}, posting_text(posting, skill, "libelle"),
                        false, "qualitesProfessionnelles");
    }
}

/* What is only wished for has no place among the languages, which are required. */
static void needs_take(struct posting *posting, const json_t *object)
{
    const json_t *items = json_object_get(object, "permis"), *item;
    size_t i;
    json_array_foreach(items, i, item)
    {
        struct text label = posting_text(posting, item, "libelle");
        if (label.size)
            posting_fill_format(posting, "licences", "permis", "%.*s:%c", (int)label.size,
                                label.data, is_required(posting, item) ? 'E' : 'S');
    }
    items = json_object_get(object, "langues");
    json_array_foreach(items, i, item)
    {
        if (is_required(posting, item))
            posting_fill(posting, "languages", posting_text(posting, item, "libelle"), "langues");
    }
}

/* Whether the hours of a label are those of a day or a month. */
static bool is_other_period(struct text rest)
{
    static const char *const periods[] = {"/jour", "/mois", " par jour", " par mois"};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (rest.size >= strlen(periods[i]) &&
            memcmp(rest.data, periods[i], strlen(periods[i])) == 0)
            return true;
    return false;
}

/* "35H00 Horaires normaux", "24H30/semaine"; without hours, full time is 35. */
static void hours_take(struct posting *posting, const json_t *object)
{
    struct text label = posting_text(posting, object, "dureeTravailLibelle");
    struct text kind = posting_text(posting, object, "dureeTravailLibelleConverti");
    struct offer *offer = posting->offer;
    uint32_t size = 0;
    while (size < label.size &&
           (isdigit((unsigned char)label.data[size]) || (size && strchr("Hh", label.data[size]))))
        size++;
    struct text hours = {label.data, size}, rest = {label.data + size, label.size - size};
    if (size && !is_other_period(rest) && value_minutes(hours, &offer->weekly_minutes))
        offer->has.weekly_minutes = true;
    else if (!size && text_is(kind, "Temps plein")) {
        offer->weekly_minutes = INT64_C(35) * 60;
        offer->has.weekly_minutes = true;
    }
    const struct field *field = field_of_name(&offer_type, "weekly_minutes", 14, 0);
    if (offer->weekly_minutes < field->min || offer->weekly_minutes > field->max)
        offer->has.weekly_minutes = false;
}

static void experience_take(struct posting *posting, const json_t *object)
{
    struct text label = posting_text(posting, object, "experienceLibelle");
    struct offer *offer = posting->offer;
    offer->has.experience_months = label.size && value_months(label, &offer->experience_months) &&
                                   offer->experience_months <= 600;
    if (!offer->has.experience_months &&
        text_is(posting_text(posting, object, "experienceExige"), "D")) {
        offer->experience_months = 0;
        offer->has.experience_months = true;
    }
}

/* "Mensuel de 1801.80 Euros à 2000.00 Euros sur 12.0 mois", or what the employer wrote. */
static void pay_take(struct posting *posting, const json_t *object)
{
    struct text label = posting_text(posting, object, "salaire.libelle");
    const char *over = label.size ? memmem(label.data, label.size, " sur ", 5) : NULL;
    if (over)
        label.size = (uint32_t)(over - label.data);
    bool digits = false;
    for (uint32_t i = 0; i < label.size; i++)
        digits |= isdigit((unsigned char)label.data[i]) != 0;
    if (digits)
        posting_fill(posting, "pay", label, "salaire.libelle");
}

/* Mail addresses only: France Travail puts sentences there as well. */
static void contact_take(struct posting *posting, const json_t *object)
{
    struct text mail = posting_text(posting, object, "contact.courriel");
    struct text phone = posting_text(posting, object, "contact.telephone");
    posting_fill(posting, "contact.name", posting_text(posting, object, "contact.nom"),
                 "contact.nom");
    if (mail.size && memchr(mail.data, '@', mail.size) && !memchr(mail.data, ' ', mail.size))
        posting_fill(posting, "contact.email", mail, "contact.courriel");
    if (phone.size >= 4 && phone.size <= 24)
        posting_fill(posting, "contact.phone", phone, "contact.telephone");
}

static void time_take(struct posting *posting, const json_t *object)
{
    static const char *const members[] = {"dateActualisation", "dateCreation"};
    struct offer *offer = posting->offer;
    for (size_t i = 0; i < sizeof members / sizeof *members && !offer->has.observed_at; i++)
        offer->has.observed_at =
            posting_time(posting_text(posting, object, members[i]), &offer->observed_at);
}

void posting_read_francetravail(struct posting *posting, const json_t *object)
{
    static const char *const members[][2] = {
        {"reference", "id"},
        {"title", "intitule"},
        {"description", "description"},
        {"employer_name", "entreprise.nom"},
        {"role", "romeCode"},
        {"positions", "nombrePostes"},
        {"travelling", "deplacementLibelle"},
        {"disability_access", "accessibleTH"},
        {"few_candidates", "offresManqueCandidats"},
    };
    posting_fill(posting, "source", text_of_string("francetravail"), "");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        posting_fill(posting, members[i][0], posting_text(posting, object, members[i][1]),
                     members[i][1]);
    posting_fill_url(posting, posting_text(posting, object, "origineOffre.urlOrigine"),
                     "origineOffre.urlOrigine");
    time_take(posting, object);
    contract_take(posting, object);
    place_take(posting, object);
    skills_take(posting, object);
    needs_take(posting, object);
    hours_take(posting, object);
    experience_take(posting, object);
    pay_take(posting, object);
    contact_take(posting, object);
}
