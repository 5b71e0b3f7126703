#include "import_words.h"

#include "../proto/choices.h"
#include "import_value.h"

#include <string.h>

/* Usual words, in normal form, for the values of a list. */
struct usual {
    const char *words;
    unsigned choice;
};

static const struct usual contracts[] = {
    {"contrat a duree indeterminee", CONTRACT_CDI},
    {"duree indeterminee", CONTRACT_CDI},
    {"permanent", CONTRACT_CDI},
    {"sai", CONTRACT_CDD},
    {"mis", CONTRACT_TEMPORARY},
    {"lib", CONTRACT_FREELANCE},
    {"contrat a duree determinee", CONTRACT_CDD},
    {"duree determinee", CONTRACT_CDD},
    {"saisonnier", CONTRACT_CDD},
    {"fixed term", CONTRACT_CDD},
    {"interim", CONTRACT_TEMPORARY},
    {"mission", CONTRACT_TEMPORARY},
    {"travail temporaire", CONTRACT_TEMPORARY},
    {"temporaire", CONTRACT_TEMPORARY},
    {"apprentissage", CONTRACT_APPRENTICESHIP},
    {"contrat d apprentissage", CONTRACT_APPRENTICESHIP},
    {"alternance", CONTRACT_APPRENTICESHIP},
    {"professionnalisation", CONTRACT_PROFESSIONALISATION},
    {"contrat de professionnalisation", CONTRACT_PROFESSIONALISATION},
    {"contrat pro", CONTRACT_PROFESSIONALISATION},
    {"cdd insertion", CONTRACT_CDDI},
    {"cdd d insertion", CONTRACT_CDDI},
    {"insertion", CONTRACT_CDDI},
    {"contrat d insertion", CONTRACT_CDDI},
    {"stage", CONTRACT_INTERNSHIP},
    {"immersion", CONTRACT_PMSMP},
    {"poe", CONTRACT_POEI},
    {"service civique", CONTRACT_CIVIC_SERVICE},
    {"independant", CONTRACT_FREELANCE},
    {"liberal", CONTRACT_FREELANCE},
    {"profession liberale", CONTRACT_FREELANCE},
    {"auto entrepreneur", CONTRACT_FREELANCE},
    {"micro entreprise", CONTRACT_FREELANCE},
};

static const struct usual evidences[] = {
    {"declare", EVIDENCE_DECLARED},  {"observe", EVIDENCE_OBSERVED}, {"atteste", EVIDENCE_ATTESTED},
    {"certifie", EVIDENCE_ATTESTED}, {"projet", EVIDENCE_PROJECT},   {"travail", EVIDENCE_WORK},
    {"experience", EVIDENCE_WORK},   {"emploi", EVIDENCE_WORK},
};

static const struct usual days[] = {
    {"lundi", DAY_MONDAY},       {"lun", DAY_MONDAY},    {"mon", DAY_MONDAY},
    {"mardi", DAY_TUESDAY},      {"mar", DAY_TUESDAY},   {"tue", DAY_TUESDAY},
    {"mercredi", DAY_WEDNESDAY}, {"mer", DAY_WEDNESDAY}, {"wed", DAY_WEDNESDAY},
    {"jeudi", DAY_THURSDAY},     {"jeu", DAY_THURSDAY},  {"thu", DAY_THURSDAY},
    {"vendredi", DAY_FRIDAY},    {"ven", DAY_FRIDAY},    {"fri", DAY_FRIDAY},
    {"samedi", DAY_SATURDAY},    {"sam", DAY_SATURDAY},  {"sat", DAY_SATURDAY},
    {"dimanche", DAY_SUNDAY},    {"dim", DAY_SUNDAY},    {"sun", DAY_SUNDAY},
};

static const struct usual modes[] = {
    {"a pied", MODE_WALK},
    {"pied", MODE_WALK},
    {"marche", MODE_WALK},
    {"on foot", MODE_WALK},
    {"velo", MODE_BICYCLE},
    {"trottinette", MODE_BICYCLE},
    {"bike", MODE_BICYCLE},
    {"transport", MODE_PUBLIC_TRANSPORT},
    {"transports", MODE_PUBLIC_TRANSPORT},
    {"tc", MODE_PUBLIC_TRANSPORT},
    {"bus", MODE_PUBLIC_TRANSPORT},
    {"metro", MODE_PUBLIC_TRANSPORT},
    {"tram", MODE_PUBLIC_TRANSPORT},
    {"train", MODE_PUBLIC_TRANSPORT},
    {"covoiturage", MODE_CARPOOL},
    {"moto", MODE_MOTORBIKE},
    {"scooter", MODE_MOTORBIKE},
    {"deux roues", MODE_MOTORBIKE},
    {"2 roues", MODE_MOTORBIKE},
    {"voiture", MODE_CAR},
    {"vehicule", MODE_CAR},
    {"auto", MODE_CAR},
    {"automobile", MODE_CAR},
};

static const struct usual remotes[] = {
    {"non", REMOTE_NONE},
    {"no", REMOTE_NONE},
    {"aucun", REMOTE_NONE},
    {"sur site", REMOTE_NONE},
    {"presentiel", REMOTE_NONE},
    {"on site", REMOTE_NONE},
    {"partiel", REMOTE_PARTIAL},
    {"oui", REMOTE_PARTIAL},
    {"yes", REMOTE_PARTIAL},
    {"hybride", REMOTE_PARTIAL},
    {"hybrid", REMOTE_PARTIAL},
    {"occasionnel", REMOTE_PARTIAL},
    {"ponctuel", REMOTE_PARTIAL},
    {"possible", REMOTE_PARTIAL},
    {"teletravail partiel", REMOTE_PARTIAL},
    {"total", REMOTE_FULL},
    {"complet", REMOTE_FULL},
    {"100", REMOTE_FULL},
    {"teletravail total", REMOTE_FULL},
    {"teletravail complet", REMOTE_FULL},
    {"teletravail", REMOTE_PARTIAL},
};

/* The former names of the licences for towing are turned round. */
static const struct usual licences[] = {
    {"eb", LICENCE_BE},     {"ec", LICENCE_CE},
    {"ed", LICENCE_DE},     {"ec1", LICENCE_C1E},
    {"bsr", LICENCE_AM},    {"poids lourd", LICENCE_C},
    {"pl", LICENCE_C},      {"spl", LICENCE_CE},
    {"voiture", LICENCE_B}, {"vehicule leger", LICENCE_B},
    {"moto", LICENCE_A2},
};

static const struct usual holdings[] = {
    {"en cours", HOLDING_IN_PROGRESS},
    {"in progress", HOLDING_IN_PROGRESS},
    {"en preparation", HOLDING_IN_PROGRESS},
    {"code obtenu", HOLDING_IN_PROGRESS},
    {"oui", HOLDING_HELD},
    {"valide", HOLDING_HELD},
    {"obtenu", HOLDING_HELD},
};

static const struct usual authorisations[] = {
    {"h0 b0", AUTHORISATION_H0B0},
    {"be mesure", AUTHORISATION_BE_MEASURE},
    {"habilitation electrique b1v", AUTHORISATION_B1V},
    {"habilitation electrique b2v", AUTHORISATION_B2V},
    {"habilitation electrique br", AUTHORISATION_BR},
    {"habilitation electrique bs", AUTHORISATION_BS},
    {"habilitation electrique bc", AUTHORISATION_BC},
    {"caces 482", AUTHORISATION_CACES_R482},
    {"caces 485", AUTHORISATION_CACES_R485},
    {"caces 486", AUTHORISATION_CACES_R486},
    {"caces 489", AUTHORISATION_CACES_R489},
    {"r482", AUTHORISATION_CACES_R482},
    {"r485", AUTHORISATION_CACES_R485},
    {"r486", AUTHORISATION_CACES_R486},
    {"r489", AUTHORISATION_CACES_R489},
    {"travail en hauteur", AUTHORISATION_WORK_AT_HEIGHT},
    {"espace confine", AUTHORISATION_CONFINED_SPACE},
    {"espaces confines", AUTHORISATION_CONFINED_SPACE},
    {"catec", AUTHORISATION_CONFINED_SPACE},
    {"sst", AUTHORISATION_FIRST_AID},
    {"secourisme", AUTHORISATION_FIRST_AID},
    {"sauveteur secouriste", AUTHORISATION_FIRST_AID},
};

static const struct usual cefr_levels[] = {
    {"debutant", CEFR_A1},
    {"notions", CEFR_A1},
    {"beginner", CEFR_A1},
    {"scolaire", CEFR_A2},
    {"elementaire", CEFR_A2},
    {"basic", CEFR_A2},
    {"intermediaire", CEFR_B1},
    {"moyen", CEFR_B1},
    {"intermediate", CEFR_B1},
    {"professionnel", CEFR_B2},
    {"technique", CEFR_B1},
    {"lu ecrit parle", CEFR_B2},
    {"bon", CEFR_B2},
    {"avance", CEFR_C1},
    {"courant", CEFR_C1},
    {"fluent", CEFR_C1},
    {"bilingue", CEFR_C2},
    {"maternelle", CEFR_NATIVE},
    {"langue maternelle", CEFR_NATIVE},
    {"natif", CEFR_NATIVE},
};

static const struct usual genders[] = {
    {"f", GENDER_FEMALE},      {"femme", GENDER_FEMALE},  {"feminin", GENDER_FEMALE},
    {"mme", GENDER_FEMALE},    {"madame", GENDER_FEMALE}, {"mlle", GENDER_FEMALE},
    {"woman", GENDER_FEMALE},  {"mrs", GENDER_FEMALE},    {"ms", GENDER_FEMALE},
    {"h", GENDER_MALE},        {"m", GENDER_MALE},        {"homme", GENDER_MALE},
    {"masculin", GENDER_MALE}, {"monsieur", GENDER_MALE}, {"mr", GENDER_MALE},
    {"man", GENDER_MALE},      {"autre", GENDER_OTHER},   {"non binaire", GENDER_OTHER},
    {"nb", GENDER_OTHER},      {"x", GENDER_OTHER},
};

/* Both the numbers of today and the Roman ones of before 2019, which count the other way. */
static const struct usual diplomas[] = {
    {"sans diplome", DIPLOMA_NONE},  {"sans", DIPLOMA_NONE},
    {"aucun", DIPLOMA_NONE},         {"brevet des colleges", DIPLOMA_NONE},
    {"brevet", DIPLOMA_NONE},        {"dnb", DIPLOMA_NONE},
    {"infra 3", DIPLOMA_NONE},       {"niveau vi", DIPLOMA_NONE},
    {"3", DIPLOMA_LEVEL_3},          {"niveau 3", DIPLOMA_LEVEL_3},
    {"niveau v", DIPLOMA_LEVEL_3},   {"cap", DIPLOMA_LEVEL_3},
    {"bep", DIPLOMA_LEVEL_3},        {"4", DIPLOMA_LEVEL_4},
    {"niveau 4", DIPLOMA_LEVEL_4},   {"niveau iv", DIPLOMA_LEVEL_4},
    {"bac", DIPLOMA_LEVEL_4},        {"baccalaureat", DIPLOMA_LEVEL_4},
    {"5", DIPLOMA_LEVEL_5},          {"niveau 5", DIPLOMA_LEVEL_5},
    {"niveau iii", DIPLOMA_LEVEL_5}, {"bac 2", DIPLOMA_LEVEL_5},
    {"bac+2", DIPLOMA_LEVEL_5},      {"bts", DIPLOMA_LEVEL_5},
    {"dut", DIPLOMA_LEVEL_5},        {"deug", DIPLOMA_LEVEL_5},
    {"6", DIPLOMA_LEVEL_6},          {"niveau 6", DIPLOMA_LEVEL_6},
    {"niveau ii", DIPLOMA_LEVEL_6},  {"bac 3", DIPLOMA_LEVEL_6},
    {"bac+3", DIPLOMA_LEVEL_6},      {"bac 4", DIPLOMA_LEVEL_6},
    {"bac+4", DIPLOMA_LEVEL_6},      {"licence", DIPLOMA_LEVEL_6},
    {"bachelor", DIPLOMA_LEVEL_6},   {"but", DIPLOMA_LEVEL_6},
    {"7", DIPLOMA_LEVEL_7},          {"niveau 7", DIPLOMA_LEVEL_7},
    {"niveau i", DIPLOMA_LEVEL_7},   {"bac 5", DIPLOMA_LEVEL_7},
    {"bac+5", DIPLOMA_LEVEL_7},      {"master", DIPLOMA_LEVEL_7},
    {"ingenieur", DIPLOMA_LEVEL_7},  {"8", DIPLOMA_LEVEL_8},
    {"niveau 8", DIPLOMA_LEVEL_8},   {"bac 8", DIPLOMA_LEVEL_8},
    {"bac+8", DIPLOMA_LEVEL_8},      {"doctorat", DIPLOMA_LEVEL_8},
};

static const struct usual statuses[] = {
    {"demandeur d emploi", STATUS_JOB_SEEKER},
    {"demandeuse d emploi", STATUS_JOB_SEEKER},
    {"de", STATUS_JOB_SEEKER},
    {"sans emploi", STATUS_JOB_SEEKER},
    {"chomage", STATUS_JOB_SEEKER},
    {"unemployed", STATUS_JOB_SEEKER},
    {"demandeur d emploi de longue duree", STATUS_LONG_TERM_JOB_SEEKER},
    {"demandeuse d emploi de longue duree", STATUS_LONG_TERM_JOB_SEEKER},
    {"deld", STATUS_LONG_TERM_JOB_SEEKER},
    {"longue duree", STATUS_LONG_TERM_JOB_SEEKER},
    {"salarie", STATUS_EMPLOYED},
    {"en emploi", STATUS_EMPLOYED},
    {"en poste", STATUS_EMPLOYED},
    {"etudiant", STATUS_STUDENT},
    {"lyceen", STATUS_STUDENT},
    {"scolaire", STATUS_STUDENT},
    {"neet", STATUS_NEITHER},
    {"ni en emploi ni en formation", STATUS_NEITHER},
    {"inactif", STATUS_NEITHER},
};

static const struct usual exits[] = {
    {"termine", EXIT_COMPLETED}, {"acheve", EXIT_COMPLETED}, {"fin", EXIT_COMPLETED},
    {"emploi", EXIT_JOB},        {"embauche", EXIT_JOB},     {"formation", EXIT_TRAINING},
    {"abandon", EXIT_LEFT},      {"parti", EXIT_LEFT},
};

static const struct usual periods[] = {
    {"heure", PERIOD_HOUR},  {"horaire", PERIOD_HOUR},  {"h", PERIOD_HOUR},
    {"mois", PERIOD_MONTH},  {"mensuel", PERIOD_MONTH}, {"monthly", PERIOD_MONTH},
    {"an", PERIOD_YEAR},     {"annuel", PERIOD_YEAR},   {"annee", PERIOD_YEAR},
    {"yearly", PERIOD_YEAR},
};

static const struct usual sizes[] = {
    {"tpe", SIZE_MICRO},
    {"pe", SIZE_SMALL},
    {"me", SIZE_MEDIUM},
    {"eti", SIZE_LARGE},
    {"grande entreprise", SIZE_LARGE},
    {"ge", SIZE_LARGE},
    {"0 9", SIZE_MICRO},
    {"1 9", SIZE_MICRO},
};

static const struct usual needs[] = {
    {"rez de chaussee", NEED_GROUND_FLOOR},
    {"rdc", NEED_GROUND_FLOOR},
    {"de plain pied", NEED_GROUND_FLOOR},
    {"plain pied", NEED_GROUND_FLOOR},
    {"pres de l entree", NEED_NEAR_ENTRANCE},
    {"entree", NEED_NEAR_ENTRANCE},
    {"calme", NEED_QUIET},
    {"au calme", NEED_QUIET},
    {"ecran", NEED_SCREEN},
};

static const struct usual answers[] = {
    {"invite", ANSWER_INVITED},         {"invitee", ANSWER_INVITED},
    {"confirme", ANSWER_CONFIRMED},     {"confirmee", ANSWER_CONFIRMED},
    {"oui", ANSWER_CONFIRMED},          {"yes", ANSWER_CONFIRMED},
    {"vient", ANSWER_CONFIRMED},        {"present", ANSWER_CONFIRMED},
    {"ok", ANSWER_CONFIRMED},           {"decline", ANSWER_DECLINED},
    {"non", ANSWER_DECLINED},           {"no", ANSWER_DECLINED},
    {"refuse", ANSWER_DECLINED},        {"ne vient pas", ANSWER_DECLINED},
    {"sans reponse", ANSWER_NO_ANSWER}, {"pas de reponse", ANSWER_NO_ANSWER},
    {"injoignable", ANSWER_NO_ANSWER},  {"attente", ANSWER_WAITING},
    {"en attente", ANSWER_WAITING},     {"liste d attente", ANSWER_WAITING},
    {"waiting list", ANSWER_WAITING},
};

static const struct usual views[] = {
    {"souhait", VIEW_WISH},   {"souhaite", VIEW_WISH}, {"veut", VIEW_WISH},
    {"oui", VIEW_WISH},       {"wishes", VIEW_WISH},   {"refus", VIEW_REFUSAL},
    {"refuse", VIEW_REFUSAL}, {"non", VIEW_REFUSAL},   {"refuses", VIEW_REFUSAL},
};

static const struct usual rules[] = {
    {"impose", RULE_PINNED},      {"imposee", RULE_PINNED},      {"obligatoire", RULE_PINNED},
    {"interdit", RULE_FORBIDDEN}, {"interdite", RULE_FORBIDDEN},
};

#define USUAL(name, list)                                                                          \
    {                                                                                              \
        (name), (list), sizeof(list) / sizeof *(list)                                              \
    }
static const struct {
    const char *name;
    const struct usual *usual;
    size_t count;
} lists[] = {
    USUAL("CONTRACT", contracts), USUAL("EVIDENCE", evidences),
    USUAL("DAY", days),           USUAL("MODE", modes),
    USUAL("REMOTE", remotes),     USUAL("LICENCE", licences),
    USUAL("HOLDING", holdings),   USUAL("AUTHORISATION", authorisations),
    USUAL("CEFR", cefr_levels),   USUAL("GENDER", genders),
    USUAL("DIPLOMA", diplomas),   USUAL("STATUS", statuses),
    USUAL("EXIT", exits),         USUAL("PERIOD", periods),
    USUAL("SIZE", sizes),         USUAL("NEED", needs),
    USUAL("ANSWER", answers),     USUAL("VIEW", views),
    USUAL("RULE", rules),
};
#undef USUAL

/* The length of start when words begin with it, as whole words; 0 otherwise. */
static size_t begins_with(const char *words, const char *start)
{
    size_t length = strlen(start);
    bool begins = strncmp(words, start, length) == 0;
    return begins && (words[length] == ' ' || words[length] == 0) ? length : 0;
}

/* A number of people as a class of size. */
static unsigned size_of_number(struct text text)
{
    int64_t people;
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    if (!value_number(text, 1, &people) || words[strcspn(words, " ")])
        return 0;
    return people <= 1     ? SIZE_SOLO
           : people <= 9   ? SIZE_MICRO
           : people <= 49  ? SIZE_SMALL
           : people <= 249 ? SIZE_MEDIUM
                           : SIZE_LARGE;
}

unsigned words_choice(const struct choices *choices, struct text text)
{
    char words[VALUE_WORDS_SIZE], name[VALUE_WORDS_SIZE];
    value_words(text, words);
    size_t best = 0, length;
    unsigned choice = 0;
    for (unsigned i = 0; i < choices->count; i++) {
        value_words(text_of_string(choices->names[i]), name);
        if ((length = begins_with(words, name)) > best) {
            best = length;
            choice = i + 1;
        }
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; strcmp(lists[i].name, choices->name) == 0 && j < lists[i].count; j++)
            if ((length = begins_with(words, lists[i].usual[j].words)) > best) {
                best = length;
                choice = lists[i].usual[j].choice;
            }
    if (choice == 0 && strcmp(choices->name, "SIZE") == 0)
        choice = size_of_number(text);
    return choice;
}

unsigned words_level(struct text text)
{
    static const struct usual levels[] = {
        {"notions", 1},
        {"debutant", 1},
        {"initiation", 1},
        {"beginner", 1},
        {"base", 1},
        {"bases", 1},
        {"faible", 1},
        {"intermediaire", 2},
        {"avec aide", 2},
        {"moyen", 2},
        {"intermediate", 2},
        {"autonome", 3},
        {"confirme", 3},
        {"bon", 3},
        {"avance", 3},
        {"seul", 3},
        {"advanced", 3},
        {"expert", 4},
        {"maitrise", 4},
        {"excellent", 4},
        {"1", 1},
        {"2", 2},
        {"3", 3},
        {"4", 4},
        {"1 4", 1},
        {"2 4", 2},
        {"3 4", 3},
        {"4 4", 4},
        {"niveau 1", 1},
        {"niveau 2", 2},
        {"niveau 3", 3},
        {"niveau 4", 4},
    };
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(words, levels[i].words) == 0)
            return levels[i].choice;
    return 0;
}

uint32_t words_before(struct text text, unsigned word)
{
    bool inside = false;
    unsigned count = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        bool letter = !strchr(" \t/:,;()-", text.data[i]);
        if (letter && !inside && count++ == word)
            return i;
        inside = letter;
    }
    return text.size;
}

const char *words_language(struct text text, uint32_t *size)
{
    static const struct {
        const char *words, *code;
    } languages[] = {
        {"anglais", "en"},        {"english", "en"},    {"espagnol", "es"},   {"spanish", "es"},
        {"allemand", "de"},       {"german", "de"},     {"italien", "it"},    {"italian", "it"},
        {"portugais", "pt"},      {"portuguese", "pt"}, {"arabe", "ar"},      {"arabic", "ar"},
        {"russe", "ru"},          {"russian", "ru"},    {"ukrainien", "uk"},  {"ukrainian", "uk"},
        {"polonais", "pl"},       {"polish", "pl"},     {"roumain", "ro"},    {"romanian", "ro"},
        {"turc", "tr"},           {"turkish", "tr"},    {"chinois", "zh"},    {"mandarin", "zh"},
        {"chinese", "zh"},        {"japonais", "ja"},   {"japanese", "ja"},   {"neerlandais", "nl"},
        {"dutch", "nl"},          {"wolof", "wo"},      {"bambara", "bm"},    {"lingala", "ln"},
        {"swahili", "sw"},        {"persan", "fa"},     {"farsi", "fa"},      {"dari", "fa"},
        {"pachto", "ps"},         {"pashto", "ps"},     {"ourdou", "ur"},     {"hindi", "hi"},
        {"bengali", "bn"},        {"tamoul", "ta"},     {"vietnamien", "vi"}, {"coreen", "ko"},
        {"korean", "ko"},         {"grec", "el"},       {"greek", "el"},      {"bulgare", "bg"},
        {"serbe", "sr"},          {"albanais", "sq"},   {"georgien", "ka"},   {"armenien", "hy"},
        {"tigrinya", "ti"},       {"somali", "so"},     {"peul", "ff"},       {"catalan", "ca"},
        {"creole haitien", "ht"}, {"francais", "fr"},   {"french", "fr"},
    };
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (begins_with(words, languages[i].words)) {
            unsigned count = strchr(languages[i].words, ' ') ? 2 : 1;
            *size = words_before(text, count);
            return languages[i].code;
        }
    return NULL;
}
