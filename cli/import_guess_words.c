#include "import_guess_words.h"

#include "import_value.h"

#include <string.h>

#define L KIND_LEARNER
#define O KIND_OFFER
#define E KIND_EMPLOYER

/* Of references, those of France Travail come first: they are the better ones. */
static const struct guess_words table[] = {
    /* learners */
    {L,
     "n france travail|no france travail|numero france travail|identifiant france travail|"
     "id france travail|id ft|n ft|identifiant ft|identifiant pe|id pe|n pe|n pole emploi|"
     "numero pole emploi|identifiant pole emploi|n de demandeur d emploi|"
     "numero de demandeur d emploi|n demandeur d emploi|identifiant de|numero de|n de",
     "reference", " | francetravail", SHAPE_REFERENCE},
    {L, "identifiant|id|reference|ref|matricule|n dossier|numero de dossier|n|no|numero|code",
     "reference", "", SHAPE_REFERENCE},
    {L, "nom|nom de famille|nom d usage|nom usuel|last name|lastname|surname|family name",
     "contact.family_name", "", SHAPE_PLAIN},
    {L, "prenom|prenoms|first name|firstname|given name", "contact.given_name", "", SHAPE_PLAIN},
    {L,
     "nom prenom|nom et prenom|prenom nom|prenom et nom|nom complet|candidat|beneficiaire|"
     "stagiaire|apprenant|full name|name",
     "contact.family_name", "", SHAPE_FULL_NAME},
    {L,
     "date de naissance|date naissance|ne le|nee le|naissance|ddn|dn|birth date|birthdate|"
     "date of birth|dob",
     "contact.birth_date", "", SHAPE_DATE},
    {L, "annee de naissance|birth year", "statistics.birth_year", "", SHAPE_PLAIN},
    {L,
     "mail|e mail|email|courriel|adresse mail|adresse e mail|adresse email|mel|"
     "adresse electronique|email address",
     "contact.email", "", SHAPE_PLAIN},
    {L,
     "telephone|tel|portable|tel portable|telephone portable|telephone mobile|mobile|gsm|phone|"
     "n de telephone|n telephone|numero de telephone|phone number|telephone fixe|tel fixe",
     "contact.phone", " | phone", SHAPE_PLAIN},
    {L, "adresse|adresse postale|rue|n et rue|voie|street|address", "contact.street", "",
     SHAPE_PLAIN},
    {L, "code insee|code commune|insee", "place.commune", " | postcode", SHAPE_PLAIN},
    {L, "code postal|cp|postcode|post code|zip|zip code", "place.postcode", " | postcode",
     SHAPE_PLAIN},
    {L,
     "ville|commune|localite|ville de residence|commune de residence|town|city|"
     "lieu d habitation|domicile",
     "place.town", "", SHAPE_PLAIN},
    {L, "departement|dept|dpt|department", "place.department", "", SHAPE_PLAIN},
    {L,
     "competences|competence|competences cles|skills|skill|savoir faire|savoirs faire|atouts|"
     "aptitudes|points forts|competences declarees|outils maitrises|logiciels",
     "claims", "", SHAPE_LIST},
    {L, "permis|permis de conduire|permis b|driving licence|driving license|licence", "licences",
     "", SHAPE_SHORT},
    {L, "langues|langue|langues parlees|languages|language", "languages", "", SHAPE_SHORT},
    {L,
     "mobilite|mobilite km|mobilite en km|rayon|rayon km|rayon de mobilite|distance|distance max|"
     "distance maximale|perimetre|perimetre de mobilite|mobility|radius",
     "travel", "", SHAPE_TRAVEL},
    {L, "moyen de transport|moyen de locomotion|mode de transport|locomotion|transport|travel mode",
     "travel[0].mode", "", SHAPE_MODE},
    {L,
     "disponible le|disponible a partir du|disponibilite|date de disponibilite|dispo|"
     "disponible des le|available from|availability",
     "available_from", "", SHAPE_DATE},
    {L,
     "prescripteur|orienteur|organisme prescripteur|structure prescriptrice|structure|"
     "structure orienteuse|prescriber",
     "prescriber", "", SHAPE_PLAIN},
    {L,
     "referent|conseiller|nom du referent|referent de parcours|accompagnateur|"
     "conseiller referent|counsellor|advisor",
     "referent", "", SHAPE_PLAIN},
    {L, "genre|sexe|civilite|civ|gender|sex", "statistics.gender", "", SHAPE_PLAIN},
    {L,
     "niveau de diplome|diplome|niveau d etudes|niveau etudes|niveau de formation|niveau|"
     "dernier diplome|plus haut diplome|niveau de qualification|diploma|education",
     "statistics.diploma", "", SHAPE_PLAIN},
    {L, "statut|situation|situation a l entree|statut a l entree|status", "statistics.status", "",
     SHAPE_PLAIN},
    {L, "rsa|beneficiaire rsa|beneficiaire du rsa|brsa", "statistics.minimum_income", "",
     SHAPE_PLAIN},
    {L, "qpv|quartier prioritaire|residence qpv|zus", "statistics.priority_area", "", SHAPE_PLAIN},
    {L,
     "metier vise|metiers vises|metier recherche|metiers recherches|projet professionnel|projet|"
     "poste recherche|emploi recherche|metier souhaite|metier|desired job|role|roles",
     "roles", "", SHAPE_LIST},
    {L,
     "contrat|contrats|type de contrat|contrat souhaite|contrats souhaites|"
     "type de contrat souhaite|contrat recherche|contract",
     "contracts", "", SHAPE_SHORT},
    {L, "teletravail|remote", "remote", "", SHAPE_SHORT},
    {L, "habilitations|caces|certifications|authorisations", "authorisations", "", SHAPE_SHORT},
    {L, "horaires|disponibilites horaires|horaires possibles|free hours", "free_hours", "",
     SHAPE_LIST},
    {L, "heures maximum|heures max|duree maximale", "maximum_hours", "", SHAPE_PLAIN},
    {L, "heures minimum|heures min|duree minimale", "minimum_hours", "", SHAPE_PLAIN},
    {L,
     "date de mise a jour|mis a jour le|mise a jour|maj|derniere modification|updated at|updated",
     "observed_at", "", SHAPE_DATE},

    /* offers */
    {O,
     "reference|ref|n offre|n de l offre|numero d offre|numero de l offre|reference de l offre|"
     "ref offre|id offre|identifiant|id|n|no|numero",
     "reference", "", SHAPE_REFERENCE},
    {O,
     "intitule|intitule du poste|intitule de l offre|intitule de poste|titre|titre du poste|"
     "titre de l offre|poste|poste a pourvoir|title|job title|position|emploi",
     "title", "", SHAPE_PLAIN},
    {O, "description|descriptif|descriptif du poste|missions|texte|detail|details|job description",
     "description", "", SHAPE_PLAIN},
    {O, "entreprise|employeur|societe|raison sociale|nom de l entreprise|company|employer",
     "employer_name", "", SHAPE_PLAIN},
    {O, "rome|code rome|codes rome|metier rome|rome code", "role", "", SHAPE_PLAIN},
    {O, "contrat|type de contrat|nature du contrat|contract|contract type", "contract", "",
     SHAPE_PLAIN},
    {O, "date de debut|debut|date d embauche|prise de poste|debut du contrat|start date|starts on",
     "starts_on", "", SHAPE_DATE},
    {O, "date de fin|fin|fin du contrat|end date|ends on", "ends_on", "", SHAPE_DATE},
    {O, "date limite|date limite de candidature|cloture|closing date|deadline", "closes_on", "",
     SHAPE_DATE},
    {O, "nombre de postes|nb postes|nb de postes|postes|positions|openings", "positions", "",
     SHAPE_PLAIN},
    {O, "lieu|lieu de travail|localisation|adresse|adresse du poste|place|location", "place", "",
     SHAPE_PLAIN},
    {O, "ville|commune|localite|town|city", "place.town", "", SHAPE_PLAIN},
    {O, "code postal|cp|postcode|zip", "place.postcode", " | postcode", SHAPE_PLAIN},
    {O, "code insee|code commune|insee", "place.commune", " | postcode", SHAPE_PLAIN},
    {O, "departement|dept|dpt|department", "place.department", "", SHAPE_PLAIN},
    {O, "competences requises|competences exigees|competences obligatoires|required skills",
     "requirements", " | with(required = yes)", SHAPE_LIST},
    {O,
     "competences|competence|competences souhaitees|competences attendues|skills|savoir etre|"
     "soft skills|savoir faire|profil|wished skills",
     "requirements", "", SHAPE_LIST},
    {O, "permis|permis de conduire|permis b|driving licence|licences", "licences", "", SHAPE_SHORT},
    {O, "langues|langue|languages", "languages", "", SHAPE_SHORT},
    {O, "habilitations|caces|authorisations", "authorisations", "", SHAPE_SHORT},
    {O,
     "temps de travail|duree hebdomadaire|heures|heures par semaine|heures hebdomadaires|"
     "duree du travail|hours|weekly hours|working time",
     "weekly_minutes", " | hours", SHAPE_PLAIN},
    {O, "horaires|horaires de travail|schedule", "schedule", "", SHAPE_LIST},
    {O, "teletravail|remote|remote work", "remote", "", SHAPE_PLAIN},
    {O, "experience|experience requise|experience demandee|experience required",
     "experience_months", " | months", SHAPE_PLAIN},
    {O, "salaire|remuneration|pay|salary|wage", "pay", "", SHAPE_PLAIN},
    {O,
     "date|date de publication|publiee le|publie le|date de creation|date de l offre|"
     "date de mise a jour|mise a jour|maj|published|published at|updated",
     "observed_at", "", SHAPE_DATE},

    /* employers */
    {E, "identifiant|id|reference|ref|n|no|numero|code client", "reference", "", SHAPE_REFERENCE},
    {E, "nom|raison sociale|entreprise|societe|employeur|denomination|name|company", "name", "",
     SHAPE_PLAIN},
    {E, "siret|n siret|no siret|numero siret", "siret", "", SHAPE_PLAIN},
    {E, "activite|secteur|secteur d activite|activity|sector", "activity", "", SHAPE_PLAIN},
    {E, "effectif|taille|nombre de salaries|effectifs|size|headcount", "size", "", SHAPE_PLAIN},
    {E, "lieu|adresse|localisation|location|address", "place", "", SHAPE_PLAIN},
    {E, "ville|commune|town|city", "place.town", "", SHAPE_PLAIN},
    {E, "code postal|cp|postcode|zip", "place.postcode", " | postcode", SHAPE_PLAIN},
    {E, "code insee|code commune|insee", "place.commune", " | postcode", SHAPE_PLAIN},
    {E, "departement|dept|dpt|department", "place.department", "", SHAPE_PLAIN},
    {E, "site|site web|site internet|website|url", "website", "", SHAPE_PLAIN},
    {E, "contact|nom du contact|interlocuteur|contact name", "contact.name", "", SHAPE_PLAIN},
    {E, "fonction|fonction du contact|job title", "contact.function", "", SHAPE_PLAIN},
    {E, "mail|e mail|email|courriel|mail du contact|email du contact", "contact.email", "",
     SHAPE_PLAIN},
    {E, "telephone|tel|portable|phone|telephone du contact|tel du contact", "contact.phone",
     " | phone", SHAPE_PLAIN},
    {E, "date de mise a jour|mise a jour|maj|updated", "observed_at", "", SHAPE_DATE},
};
#undef L
#undef O
#undef E

/* Whether words is one of those separated by '|'. */
static bool is_listed(const char *list, const char *words)
{
    size_t size = strlen(words);
    for (const char *at = list; *at; at += *at == '|') {
        size_t length = strcspn(at, "|");
        if (length == size && memcmp(at, words, size) == 0)
            return true;
        at += length;
    }
    return false;
}

static const struct guess_words *words_find(uint8_t kind, const char *words)
{
    for (size_t i = 0; *words && i < sizeof table / sizeof *table; i++)
        if (table[i].kind == kind && is_listed(table[i].words, words))
            return &table[i];
    return NULL;
}

const struct guess_words *guess_words_find(uint8_t kind, struct text header)
{
    char words[VALUE_WORDS_SIZE];
    value_words(header, words);
    const struct guess_words *found = words_find(kind, words);
    for (uint32_t i = 1; !found && i < header.size; i++)
        if (strchr("([:*\n", header.data[i])) {
            value_words((struct text){header.data, i}, words);
            return words_find(kind, words);
        }
    return found;
}

const struct guess_words *guess_words_of_path(uint8_t kind, const char *path)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].kind == kind && strcmp(table[i].path, path) == 0)
            return &table[i];
    return NULL;
}
