/* The words of offers and CVs that are no skills, in folded form. */
#include "../proto/choices.h"
#include "recognise_cues.h"
#include "recogniser.h"

#define ANY CUE_ANY_LANGUAGE
#define FR LABEL_FRENCH
#define EN LABEL_ENGLISH
#define CODE(text) CUE_LANGUAGE_CODE((text)[0], (text)[1])
#define ALTERNANCE (CHOICE_BIT(CONTRACT_APPRENTICESHIP) | CHOICE_BIT(CONTRACT_PROFESSIONALISATION))

/* clang-format off */
const struct cue_row cue_rows[] = {
    /* -- denied, wished for, required */
    {CUE_NOT, 1, ANY, "pas|pas de|pas d|pas besoin de|pas besoin d|pas la peine de|sans|aucun|aucune|ni|jamais|"
     "zero|hors|sauf|inutile de|non pas|not|no|don t|do not|doesn t|does not|never|without|except|nor|"
     "no need for|no need to|rather than|plutot que|j ai horreur de|je deteste|fini le|finie la"},
    {CUE_NOT, 0, ANY, "pas seulement|pas que|pas uniquement|pas mal de|pas mal|pas de souci|pas de soucis|pas de probleme|"
     "sans souci|sans probleme|sans hesiter|sans aide|sans faute|sans fautes|pourquoi pas|pas loin|sans detour|"
     "n ai pas peur|pas peur|not only|not just|no problem|without help|no worries|pas peur de|sans cesse|"
     "sans experience|pas d experience|sans diplome|pas de diplome|pas le vertige|pas avoir le vertige|no degree|"
     "pas le permis que|no matter|non stop|si pas|pas encore|jamais vu|jamais trop|sans les|sans le|sans la|sans se|"
     "sans abimer|sans casser|sans prendre|sans stress|sans interruption|sans perdre|pas a pas|ne pas lacher"},
    {CUE_NOT_BEHIND, 1, ANY, "non exige|non exigee|non exiges|non exigees|non requis|non requise|non demande|non demandee|"
     "non demandes|non demandees|non necessaire|non necessaires|non obligatoire|non obligatoires|pas necessaire|"
     "pas necessaires|pas exige|pas exigee|pas obligatoire|pas demande|pas demandee|pas demandes|pas requis|pas requise|"
     "pas indispensable|pas indispensables|inutile|inutiles|facultatif|not needed|not required|not necessary|"
     "isn t needed|aren t needed|not essential|is not part of|isn t part of|unnecessary|pas utile|pas mon truc|bof|"
     "pas encore|jamais touche|jamais fait|jamais pratique|jamais utilise|not yet|never tried|never used|aucun|aucune|non|"
     "tres peu pour moi|pas pour moi|not my thing|pas la peine|no thanks|pas du tout|not at all"},
    {CUE_HOPED, 1, ANY, "j aimerais|aimerais|j aimerai|envie d apprendre|envie de decouvrir|envie de me former|je voudrais apprendre|"
     "voudrais apprendre|veux apprendre|souhaite apprendre|souhaite me former|want to learn|would like to learn|"
     "hope to learn|d like to learn|eager to learn|keen to learn|reve de|"
     "would love to learn|hoping to learn|j aimerais apprendre|a decouvrir|me reconvertir dans|reconvertir dans|reconversion dans|reconversion vers|j ai envie de"},
    {CUE_LEARNING, 1, ANY, "j apprends|je me forme|je decouvre|en train d apprendre|je debute en|i am learning|i m learning|learning|"
     "je commence"},
    {CUE_WISH, 1, ANY, "idealement|dans l ideal|l ideal serait|en bonus|si possible|eventuellement|nice to have|nice to haves|ideally|"
     "preferably|bonus points for|ce serait bien|ce serait top|si tu sais|si vous savez|si tu connais|si vous connaissez|if you know|"
     "extra points for|good to have|un jour peut etre|on ne dira pas non a|tu auras un avantage si|un plus si|bonus si|plus si|"
     "it would be nice|it would help|serait un plus si|les petits plus|si en plus tu"},
    {CUE_WISH, 0, ANY, "ideal|l ideal|bonus|un plus|les plus|le plus|atout|atouts|vos atouts|tes atouts|apprecie|appreciee|apprecies|appreciees|"
     "souhaite|souhaitee|souhaites|souhaitees|preferred|desirable|bonus points|de preference|serait un plus|seraient un plus|facultatif|"
     "optional|optionnel|sont des plus|un atout|des atouts|a plus|pluses|welcome|serait apprecie|en option|plus"},
    {CUE_WISH_BEHIND, 0, ANY, "un plus|un gros plus|un vrai plus|un atout|un gros atout|un vrai atout|gros plus|gros atout|plus|atout|apprecie|appreciee|"
     "apprecies|appreciees|souhaite|souhaitee|souhaites|souhaitees|serait bien|serait un plus|serait un atout|bonus|"
     "tant mieux|bienvenu|bienvenue|bienvenus|bienvenues|prefere|preferee|helpful|a plus|an asset|a bonus|would be a bonus|"
     "would be nice|would be a plus|appreciated|welcome|desirable|preferred|is a plus|nice to have|c est cadeau|"
     "si possible|serait top|serait cool|serait ideal|en plus|un avantage|an advantage|useful|a big plus|facultatif|"
     "pas obligatoire|pas indispensable|eventuellement|optional|ideally|idealement|de preference|preferably|rien d obligatoire|"
     "est un plus|c est un plus|c est mieux|ca aide|ca serait bien|ce serait bien|on prend aussi"},
    {CUE_WISH_BEHIND, 1, ANY, "sont un plus|sont des plus|seraient un plus|seraient des plus|seraient appreciees|seraient apprecies|"
     "sont appreciees|sont apprecies|sont des atouts|seraient des atouts|are a plus|are welcome|would help|are an asset|"
     "seraient bienvenus|seraient bienvenues|sont les bienvenus|sont les bienvenues"},
    {CUE_MUST, 1, ANY, "indispensable|indispensables|obligatoire|obligatoires|oblige|obligee|exige|exigee|exiges|exigees|requis|requise|requises|"
     "imperatif|imperative|imperatifs|imperativement|necessaire|necessaires|demande|demandee|demandes|demandees|"
     "il faut|must|must have|must haves|required|essential|mandatory|a must|is a must|needed|vous devez|tu dois|"
     "obligatoirement|maitrise exigee|you will need|you need"},
    {CUE_MUST, 0, ANY, "vos missions|tes missions|missions|profil|profil recherche|requirements|your tasks|what you ll do|you ll do|competences|stack|taches"},
    {CUE_TAUGHT, 0, ANY, "on forme|on vous forme|on te forme|on t apprend|on t apprendra|on vous apprend|on vous apprendra|formation assuree|"
     "formation interne|on t apprend tout|on te montre|on vous montre|vous serez forme|tu seras forme|formation possible|"
     "training provided|full training|training given|we will train|we ll train you|we will train you|we ll teach you|we teach|"
     "formation prevue|forme sur place|formes sur place|ca s apprend|s apprend|a passer ensemble|we train|we can train you"},
    {CUE_TAUGHT, 1, ANY, "on t apprendra|on vous apprendra|on vous formera|on te formera|formation interne a|formation a|formation de|"
     "nous vous formons|on forme a|on te forme a|on vous forme a|vous apprendrez|tu apprendras|formation interne de|"
     "we will teach you|we ll teach you|you ll learn|you will learn|pas besoin d avoir deja touche|we teach you"},
    /* -- level, years */
    {CUE_LEVEL, 1, ANY, "notions|notion|notions de|bases|bases de|bases en|les bases de|les bases du|un peu de|un peu d|un peu|initiation a|"
     "basics of|basic|a bit of|some|debutant en|debutante en|debuts en|rudiments de|quelques notions|a little|premiers pas"},
    {CUE_LEVEL, 2, ANY, "niveau moyen en|niveau correct en|intermediate|niveau intermediaire en"},
    {CUE_LEVEL, 3, ANY, "a l aise avec|a l aise sur|a l aise en|bon niveau de|bon niveau en|bon niveau d|bonne maitrise de|bonne maitrise des|"
     "bonne maitrise du|maitrise de|maitrise du|maitrise des|maitrise d|je maitrise|maitriser|solid|advanced|strong|comfortable with|"
     "good command of|solides connaissances en|bonnes connaissances en|bonnes connaissances de|proficient in|excellent|"
     "excellente maitrise de|excellente maitrise du|parfaite maitrise de|very good|fluent in|excellente"},
    {CUE_LEVEL, 4, ANY, "expert|experte|expert en|experte en|expertise en|expert in|je forme|forme les autres|teach others"},
    {CUE_LEVEL_BEHIND, 1, ANY, "notions|bases|les bases|des bases|de base|debutant|debutante|initiation|pour debuter|basics|beginner|un peu|a bit|"
     "niveau debutant|niveau 1|the basics"},
    {CUE_LEVEL_BEHIND, 2, ANY, "moyen|niveau moyen|correct|niveau correct|avec de l aide|avec aide|avec relecture|intermediate|with help|"
     "intermediaire|niveau intermediaire"},
    {CUE_LEVEL_BEHIND, 3, ANY, "a l aise|bon niveau|tres bon niveau|niveau|maitrise|maitrisee|maitrises|maitrisees|avance|avancee|aise|aisee|"
     "irreprochable|sans aide|tout seul|toute seule|sans hesiter|n a plus de secret|n ont plus de secret|advanced|comfortable|"
     "confirme|confirmee|confident|on my own|bonne maitrise|solide|solides|tres bien"},
    {CUE_LEVEL_BEHIND, 4, ANY, "expert|experte|niveau expert"},
    {CUE_YEARS, 1, ANY, "ans|an|annees|annee|years|year|yrs|yr"},
    {CUE_MONTHS, 1, ANY, "mois|months|month"},
    {CUE_EXPERIENCE, 1, ANY, "experience|experiences|exp|xp|expe|pratique|d experience|practice"},
    {CUE_BEGINNER, 0, ANY, "debutant accepte|debutante acceptee|debutants acceptes|debutant bienvenu|debutants bienvenus|debutant e accepte|"
     "pas d experience exigee|aucune experience exigee|experience non exigee|sans experience acceptee|sans experience|"
     "experience pas necessaire|experience non requise|aucune experience requise|aucune experience|no experience needed|"
     "no experience required|no experience necessary|experience not required|experience not needed|beginners welcome|"
     "beginner welcome|entry level|debutants acceptees|debutante bienvenue|debutant ok|debutants ok|debutant possible|"
     "profil debutant accepte|profils debutants acceptes|experience pas obligatoire|pas besoin d experience|no prior experience|"
     "premiere experience non exigee|grand debutant accepte|ouvert aux debutants|ouvert aux debutantes|debutant e s acceptes"},
    /* -- contracts */
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CDI), ANY, "cdi|contrat a duree indeterminee|duree indeterminee|cdii|contrat cdi"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CDI), EN, "permanent contract|permanent position|permanent role|permanent job|permanent post|permanent|"
     "open ended contract|open ended|indefinite contract"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CDD), ANY, "cdd|contrat a duree determinee|duree determinee|fixed term|fixed term contract|contrat saisonnier|contrat cdd"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CDD) | CHOICE_BIT(CONTRACT_TEMPORARY), EN, "temporary contract|temporary job|temporary position"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_TEMPORARY), ANY, "interim|interimaire|interimaires|en interim|mission interim|mission d interim|travail temporaire|"
     "agency work|temp job|temp work|temping|agency contract|temp contract|through an agency|contrat interim"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_APPRENTICESHIP), ANY, "apprentissage|contrat d apprentissage|apprenti|apprentie|apprentis|apprenties|apprentice|apprenticeship|"
     "contrat apprentissage|apprenticeships"},
    {CUE_CONTRACT, ALTERNANCE, ANY, "alternance|alternant|alternante|alternants|contrat en alternance|en alternance|work study|work study contract|contrat d alternance"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_PROFESSIONALISATION), ANY, "professionnalisation|contrat de professionnalisation|contrat pro|contrat de pro|professionalisation"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CDDI), ANY, "cddi|contrat d insertion|cdd d insertion|cdd insertion"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_INTERNSHIP), ANY, "stage|stage conventionne|stagiaire|stagiaires|stage de fin d etudes|convention de stage|internship|intern|interns"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_PMSMP), ANY, "pmsmp|immersion professionnelle|periode d immersion|stage d immersion"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_POEI), ANY, "poei|poe|poec|preparation operationnelle a l emploi"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_CIVIC_SERVICE), ANY, "service civique|civic service|volontaire service civique|mission de service civique"},
    {CUE_CONTRACT, CHOICE_BIT(CONTRACT_FREELANCE), ANY, "freelance|freelances|free lance|freelancer|freelancers|auto entrepreneur|auto entrepreneurs|autoentrepreneur|"
     "auto entrepreneuse|autoentrepreneuse|micro entrepreneur|micro entreprise|independant|independante|independants|self employed|contractor|portage salarial|"
     "statut independant|en freelance"},
    {CUE_SEEK, 1, ANY, "cherche|cherchons|recherche|recherchons|je veux|je voudrais|voudrais|souhaite|souhaitons|aimerais|looking for|seeking|seek|"
     "ouvert a|ouverte a|ok pour|dispo pour|disponible pour|disponible|dispo|pret a|prete a|libre|available for|available|open to|i want|i d like|en quete|"
     "recrute|recrutons|recrutement|besoin de|besoin d|besoin|hiring|need|needs|wanted|embauche|embauchons|cherch|ch|rech|recherchee|postule|"
     "candidate|candidature|de preference|uniquement|only|je vise|objectif|mon projet|projet|would like|want"},
    /* -- licences, authorisations */
    {CUE_LICENCE, 1, ANY, "permis|permis de conduire|permis voiture|permis vl|le permis"},
    {CUE_LICENCE, 1, EN, "driving licence|driver s licence|drivers licence|driver licence|drivers license|driver s license|driving license|"
     "clean driving licence|full driving licence|full uk licence|licence|license|clean licence|full licence|clean driving license"},
    {CUE_LICENCE_CODE, LICENCE_AM, ANY, "bsr|permis am|brevet de securite routiere"},
    {CUE_LICENCE_CODE, LICENCE_C, ANY, "permis pl|permis poids lourd|permis poids lourds|hgv licence|hgv license"},
    {CUE_LICENCE_CODE, LICENCE_CE, ANY, "permis spl|permis super poids lourd|permis super lourd|permis super lourds"},
    {CUE_LICENCE_CODE, LICENCE_A, ANY, "permis moto|permis gros cube|motorcycle licence|motorbike licence"},
    {CUE_LICENCE_CODE, LICENCE_D, ANY, "permis transport en commun|permis bus|permis car"},
    {CUE_LICENCE_CODE, LICENCE_BE, ANY, "permis remorque|permis eb|permis e b"},
    {CUE_IN_PROGRESS, 1, ANY, "en cours|en cours d obtention|en cours de passage|cours d obtention|code obtenu|j ai le code|j ai eu le code|en attente|bientot|"
     "in progress|provisional|learning to drive|je passe|a passer|je le passe|en preparation|prevu|prevue|inscrit|inscrite|dans deux mois|"
     "dans un mois|dans trois mois|resultat en attente|i m taking|i am taking|taking my test|test booked|test in|lessons|conduite accompagnee|"
     "presque|soon|underway|working on|working towards|almost|i take|je prepare|passe le mois|je passe le|je repasse|awaiting|pending|ongoing"},
    {CUE_AUTHORISATION, AUTHORISATION_AIPR, ANY, "aipr|a i p r|aipr operateur|aipr encadrant"},
    {CUE_AUTHORISATION, AUTHORISATION_H0B0, ANY, "h0b0|h0 b0|ho bo|hobo|h0v b0|bo ho|b0 h0|b0h0|h0|bo h0|ho b0"},
    {CUE_AUTHORISATION, AUTHORISATION_BS, ANY, "habilitation bs|bs be manoeuvre|habilitations bs|be manoeuvre bs|bs electrique|hab bs|bs"},
    {CUE_AUTHORISATION, AUTHORISATION_BE_MEASURE, ANY, "be mesure|be mesurage|be mesures|be measure"},
    {CUE_AUTHORISATION, AUTHORISATION_B1V, ANY, "b1v|b1 v|b1v electrique"},
    {CUE_AUTHORISATION, AUTHORISATION_B2V, ANY, "b2v|b2 v|b2v essai"},
    {CUE_AUTHORISATION, AUTHORISATION_BR, ANY, "br"},
    {CUE_AUTHORISATION, AUTHORISATION_BC, ANY, "bc"},
    {CUE_AUTHORISATION, AUTHORISATION_CACES_R482, ANY, "r482|r372|caces engins|caces engins de chantier|caces mini pelle|caces pelle|caces r482"},
    {CUE_AUTHORISATION, AUTHORISATION_CACES_R485, ANY, "r485|caces gerbeur|caces gerbeurs|caces r485"},
    {CUE_AUTHORISATION, AUTHORISATION_CACES_R486, ANY, "r486|r386|caces nacelle|caces nacelles|caces pemp|nacelle r486|caces nacelle r486|habilitation nacelle|"
     "caces r486|bucket truck licence|cherry picker licence|mewp|ipaf|bucket truck licence r486|nacelle r386|caces r386"},
    {CUE_AUTHORISATION, AUTHORISATION_CACES_R489, ANY, "r489|r389|caces chariot|caces chariots|caces cariste|"
     "forklift licence|forklift license|forklift ticket|forklift certificate|caces r489|caces r389|caces chariot elevateur"},
    {CUE_AUTHORISATION, AUTHORISATION_WORK_AT_HEIGHT, ANY, "habilitation travail en hauteur|habilitation travaux en hauteur|attestation travail en hauteur|"
     "formation travail en hauteur|habilitation hauteur|working at height certificate|work at height certificate|working at heights certificate|"
     "habilitation au travail en hauteur|habilitations travail en hauteur|work at height ticket|caces hauteur"},
    {CUE_AUTHORISATION, AUTHORISATION_CONFINED_SPACE, ANY, "catec|habilitation espaces confines|habilitation espace confine|confined space certificate|"
     "confined space ticket|confined spaces certificate"},
    {CUE_AUTHORISATION, AUTHORISATION_FIRST_AID, ANY, "sst|psc1|psc 1|first aid certificate|first aider|first aid certified|sauveteur secouriste|first aid|afgsu|"
     "sauveteur secouriste du travail|diplome de secourisme|brevet de secourisme|attestation de premiers secours|first aid training"},
    {CUE_CACES, 1, ANY, "caces"},
    /* -- languages */
    {CUE_LANGUAGE, CODE("fr"), ANY, "francais|french"},
    {CUE_LANGUAGE, CODE("en"), ANY, "anglais|english|angl|anglaise"},
    {CUE_LANGUAGE, CODE("de"), ANY, "allemand|german|allemande"},
    {CUE_LANGUAGE, CODE("es"), ANY, "espagnol|spanish"},
    {CUE_LANGUAGE, CODE("it"), ANY, "italien|italian"},
    {CUE_LANGUAGE, CODE("pt"), ANY, "portugais|portuguese"},
    {CUE_LANGUAGE, CODE("nl"), ANY, "neerlandais|flamand|dutch|flemish|hollandais"},
    {CUE_LANGUAGE, CODE("ar"), ANY, "arabe|arabic|arabe dialectal|darija"},
    {CUE_LANGUAGE, CODE("tr"), ANY, "turc|turkish"},
    {CUE_LANGUAGE, CODE("pl"), ANY, "polonais|polish"},
    {CUE_LANGUAGE, CODE("ro"), ANY, "roumain|romanian"},
    {CUE_LANGUAGE, CODE("ru"), ANY, "russe|russian"},
    {CUE_LANGUAGE, CODE("uk"), ANY, "ukrainien|ukrainian"},
    {CUE_LANGUAGE, CODE("fa"), ANY, "persan|farsi|dari|persian"},
    {CUE_LANGUAGE, CODE("ps"), ANY, "pachto|pachtou|pashto"},
    {CUE_LANGUAGE, CODE("ti"), ANY, "tigrinya|tigrigna"},
    {CUE_LANGUAGE, CODE("am"), ANY, "amharique|amharic"},
    {CUE_LANGUAGE, CODE("so"), ANY, "somali"},
    {CUE_LANGUAGE, CODE("sq"), ANY, "albanais|albanian"},
    {CUE_LANGUAGE, CODE("zh"), ANY, "chinois|mandarin|chinese"},
    {CUE_LANGUAGE, CODE("ja"), ANY, "japonais|japanese"},
    {CUE_LANGUAGE, CODE("vi"), ANY, "vietnamien|vietnamese"},
    {CUE_LANGUAGE, CODE("hi"), ANY, "hindi"},
    {CUE_LANGUAGE, CODE("ur"), ANY, "ourdou|urdu"},
    {CUE_LANGUAGE, CODE("bn"), ANY, "bengali|bengla"},
    {CUE_LANGUAGE, CODE("ta"), ANY, "tamoul|tamil"},
    {CUE_LANGUAGE, CODE("wo"), ANY, "wolof"},
    {CUE_LANGUAGE, CODE("ln"), ANY, "lingala"},
    {CUE_LANGUAGE, CODE("bm"), ANY, "bambara"},
    {CUE_LANGUAGE, CODE("sw"), ANY, "swahili"},
    {CUE_LANGUAGE, CODE("mg"), ANY, "malgache|malagasy"},
    {CUE_LANGUAGE, CODE("hy"), ANY, "armenien|armenian"},
    {CUE_LANGUAGE, CODE("ka"), ANY, "georgien|georgian"},
    {CUE_LANGUAGE, CODE("el"), ANY, "grec|greek"},
    {CUE_LANGUAGE, CODE("bg"), ANY, "bulgare|bulgarian"},
    {CUE_LANGUAGE, CODE("sr"), ANY, "serbe|serbian"},
    {CUE_LANGUAGE, CODE("cs"), ANY, "tcheque|czech"},
    {CUE_LANGUAGE, CODE("hu"), ANY, "hongrois|hungarian"},
    {CUE_LANGUAGE, CODE("ku"), ANY, "kurde|kurdish"},
    {CUE_LANGUAGE, CODE("ca"), ANY, "catalan"},
    {CUE_LANGUAGE, CODE("br"), ANY, "breton"},
    {CUE_LANGUAGE, CODE("eu"), ANY, "basque"},
    {CUE_LANGUAGE, CODE("ko"), ANY, "coreen|korean"},
    {CUE_LANGUAGE_LEVEL, CEFR_A1, ANY, "a1|niveau a1"},
    {CUE_LANGUAGE_LEVEL, CEFR_A2, ANY, "a2|niveau a2|notions|notions d|notions de|un peu|un peu d|un peu de|basic|some|bases|debutant|a bit of|de base|basics|bases d|bases en|a little"},
    {CUE_LANGUAGE_LEVEL, CEFR_B1, ANY, "b1|niveau b1|scolaire|correct|working|intermediaire|intermediate|niveau correct|moyen|niveau moyen|school|conversational|working knowledge of"},
    {CUE_LANGUAGE_LEVEL, CEFR_B2, ANY, "b2|niveau b2|bon niveau|bon niveau d|bon niveau de|good|bon|bonne maitrise de l|bonnes bases|professionnel|a l aise en|operationnel|tres bon niveau|upper intermediate|bon niveau en|strong|bonne maitrise du"},
    {CUE_LANGUAGE_LEVEL, CEFR_C1, ANY, "c1|niveau c1|courant|couramment|fluent|fluently|courante|lu ecrit parle|parle couramment|excellent|fluent in|parfaitement"},
    {CUE_LANGUAGE_LEVEL, CEFR_C2, ANY, "c2|niveau c2|bilingue|bilingual|bilingues"},
    {CUE_LANGUAGE_LEVEL, CEFR_NATIVE, ANY, "langue maternelle|maternel|maternelle|native|native speaker|mother tongue|natif|first language"},
    /* -- days, dates, hours */
    {CUE_DAY, DAY_MONDAY, ANY, "lundi|lundis|monday|mondays"},
    {CUE_DAY, DAY_TUESDAY, ANY, "mardi|mardis|tuesday|tuesdays"},
    {CUE_DAY, DAY_WEDNESDAY, ANY, "mercredi|mercredis|wednesday|wednesdays"},
    {CUE_DAY, DAY_THURSDAY, ANY, "jeudi|jeudis|thursday|thursdays"},
    {CUE_DAY, DAY_FRIDAY, ANY, "vendredi|vendredis|friday|fridays"},
    {CUE_DAY, DAY_SATURDAY, ANY, "samedi|samedis|saturday|saturdays"},
    {CUE_DAY, DAY_SUNDAY, ANY, "dimanche|dimanches|sunday|sundays"},
    {CUE_DAY_RANGE, DAY_MONDAY | DAY_FRIDAY << 4, ANY, "lun ven|lun a ven|lun au ven|mon fri|mon to fri|lundi vendredi|l v"},
    {CUE_DAY_RANGE, DAY_MONDAY | DAY_SATURDAY << 4, ANY, "lun sam|lun a sam|lun au sam|mon sat|mon to sat"},
    {CUE_DAY_RANGE, DAY_TUESDAY | DAY_SATURDAY << 4, ANY, "mar sam|mar a sam|mar au sam|tue sat|tues sat|tue to sat|tues to sat"},
    {CUE_DAY_RANGE, DAY_MONDAY | DAY_FRIDAY << 4, ANY, "weekdays|jours ouvres|on weekdays"},
    {CUE_WEEKEND, 1, ANY, "week end|week ends|weekend|weekends"},
    {CUE_WEEKEND, 1, FR, "we|w e|les we"},
    {CUE_DAYS, 1, ANY, "jours|j|jour|days|day|jrs"},
    {CUE_NOT_WEEKLY, 1, ANY, "a|apres|avant|vers|des|at|before|after|sous|within|en|toutes les|jusqu a|until|by|around|a partir de|"
     "sur|from|till|under|in|depuis|entre|between|of|every|minimum|formation de|formation|stage de|moins de"},
    {CUE_MONTH, 1, ANY, "janvier|january|janv|jan"},
    {CUE_MONTH, 2, ANY, "fevrier|february|fevr|fev|feb"},
    {CUE_MONTH, 3, ANY, "mars|march"},
    {CUE_MONTH, 4, ANY, "avril|april|avr|apr"},
    {CUE_MONTH, 5, ANY, "mai|may"},
    {CUE_MONTH, 6, ANY, "juin|june|jun"},
    {CUE_MONTH, 7, ANY, "juillet|july|juil|jul"},
    {CUE_MONTH, 8, ANY, "aout|august|aug"},
    {CUE_MONTH, 9, ANY, "septembre|september|sept|sep"},
    {CUE_MONTH, 10, ANY, "octobre|october|oct"},
    {CUE_MONTH, 11, ANY, "novembre|november|nov"},
    {CUE_MONTH, 12, ANY, "decembre|december|dec"},
    {CUE_NOW, 1, ANY, "asap|immediat|immediate|immediatement|immediately|de suite|tout de suite|des que possible|au plus vite|au plus tot|le plus tot possible|"
     "as soon as possible|des maintenant|immediate start|right away|straight away|prise de poste immediate|start immediately|urgent demarrage|"
     "le plus vite possible|des a present|aussitot que possible|starting now|start now|starts now|sans attendre"},
    {CUE_TOMORROW, 1, ANY, "demain|tomorrow|des demain"},
    {CUE_NEXT_WEEK, 1, ANY, "semaine prochaine|next week|la semaine prochaine|des la semaine prochaine"},
    {CUE_START, 1, ANY, "a partir|a partir de|a partir du|a compter du|a compter de|des|des le|debut|debut le|demarrage|demarrage le|demarre|demarrons|commence|commencer|"
     "commencement|start|starts|starting|start date|begin|begins|beginning|prise de poste|prise de fonctions|prise de fonction|pour le|des la|"
     "disponible|dispo|disponible le|disponible des|disponible a partir|libre|libre le|libre des|poste a pourvoir|a pourvoir|pour|embauche|from|available|available from|"
     "rentree|la rentree|rentree de|poste a pourvoir le|debutant le|debut du contrat|depart|joining|as of|apres le|apres|debut de mission|debut des missions|dispo des|"
     "dispo le|dispo a partir du|term starting|en poste|au|se fait|prevu|prevue|des le mois de|courant|a prevoir|entree en poste|contrat du"},
    {CUE_END, 1, ANY, "jusqu au|jusqu a|jusqu en|jusque|jusqu|until|till|to|au|fin le|ends|end date|ending|jusqu a fin|through|fin du contrat|fin de contrat|se termine le|finit le|fin de mission"},
    {CUE_NO_DATE, 1, ANY, "avant le|candidature avant|candidatures avant|entretien|entretiens|interview|interviews|reunion d information|reunion|closing date|deadline|"
     "date limite|cloture|avant|before|postuler avant|apply by|by|portes ouvertes|job dating|rendez vous|information session|open day|applications close|"
     "jusqu a quel|cv avant|reponse|depuis|since|forum|visite|annonce|ne le|nee le|publie|valable jusqu|valable|valid until|valid|expire|obtenu|obtenue|passe|recyclage|fete|evenement|event|salon|chaque|every|each"},
    {CUE_MEETING, 1, ANY, "entretien|entretiens|interview|interviews|appelez|appeler|reunion d information|rendez vous|information session|portes ouvertes|joignable|call between|permanence telephonique|contactez moi|joindre"},
    {CUE_PER_WEEK, 1, ANY, "semaine|par semaine|sem|hebdo|hebdomadaire|hebdomadaires|a week|per week|week|weekly|heures semaine|p w|pw|la semaine|each week|every week"},
    {CUE_HOURS, 1, ANY, "h|heure|heures|hours|hour|hrs|hr"},
    {CUE_PART_TIME, 1, ANY, "temps partiel|mi temps|a mi temps|part time|half time|tps partiel|temps partiels|temps non complet"},
    {CUE_PART_TIME, 0, ANY, "temps plein|temps complet|full time|plein temps|a temps plein|tps plein|tps complet"},
    {CUE_SCHOOL, 1, ANY, "ecole|a l ecole|en cours|cours|cfa|au cfa|centre|en centre|en formation|school|at school|campus|classe|en classe|formation|college|lycee|au lycee|iut|fac|universite|classroom|en ecole|in class|at college"},
    {CUE_COMPANY, 1, ANY, "entreprise|en entreprise|company|in the company|chez nous|au travail|in company|atelier|a l atelier|at work|with us|boite|dans l entreprise|en boite|on site|work"},
    {CUE_REMOTE, REMOTE_FULL, ANY, "full remote|fully remote|100 remote|remote complet|teletravail complet|teletravail integral|teletravail total|100 a distance|a 100 a distance|"
     "100 teletravail|tout a distance|entierement a distance|totalement a distance|a distance|from anywhere|work from anywhere|remote|remote work|remote position|full teletravail|"
     "distanciel complet|100 distanciel|distanciel|entirely remote|remotely|home based|poste a distance|teletravail a 100|teletravail 100|remote first|remote only|"
     "teletravail possible a 100|de n importe ou|completely remote|travail a distance|work from home|working from home|wfh"},
    {CUE_REMOTE, REMOTE_PARTIAL, ANY, "teletravail|hybride|hybrid|teletravail partiel|partiellement a distance|tt|tele travail|remote partiel|partial remote|de chez toi|de chez vous|de chez soi|le reste a la maison|jours a la maison|travail a la maison|jour a la maison|days at home|day at home|days from home|"
     "remote possible|home office|partly remote|teletravail ponctuel|teletravail possible|teletravail occasionnel|hybrid working|teletravaille"},
    {CUE_REMOTE, REMOTE_NONE, ANY, "pas de teletravail|teletravail non|pas de remote|no remote|sans teletravail|aucun teletravail|teletravail impossible|on site only|no remote work|not remote|no home office|"
     "100 presentiel|presentiel uniquement|presentiel|uniquement sur site|sur place uniquement|office based|teletravail exclu|no home working|onsite only|no working from home|"
     "teletravail pas possible|pas de tele travail|teletravail non possible|pas de distanciel"},
    /* -- place, travel */
    {CUE_PLACE, 1, ANY, "a|sur|vers|base|secteur|base a|basee a|situe a|situee a|in|at|near|around|lieu|poste a|autour de|region de|pres de|entre|de|bassin|bassin de|agence de|"
     "proche|proche de|ville|site de|site|dans|cote|quartier|localisation|location|lieu de travail|based in|ou|from|aux alentours de|banlieue de|metropole de|agglo de|secteur de|"
     "au depart de|depart|zone|chantier a|chantiers a|du cote de|commune de|ville de|mairie de|j habite|habite a|habite|j habite a|live in|living in|outside|to|boutique a|magasin a|"
     "mairie d|autour d|region d|secteur d|ville d|commune d|cote de"},
    {CUE_MODE, MODE_WALK, ANY, "a pied|on foot|walking"},
    {CUE_MODE, MODE_BICYCLE, ANY, "velo|a velo|en velo|bike|bicycle|vtt|by bike|velo electrique|cycling|je roule a velo|e bike"},
    {CUE_MODE, MODE_PUBLIC_TRANSPORT, ANY, "transports en commun|transport en commun|public transport|en bus|by train|by bus|en train|en tram|en metro|transports publics|en ter|le train|le bus|le metro|by tram|bus only|en transports|les transports"},
    {CUE_MODE, MODE_CARPOOL, ANY, "covoiturage|carpool|car sharing|carpooling|covoit|car pool|en covoiturage|lift share"},
    {CUE_MODE, MODE_MOTORBIKE, ANY, "scooter|en scooter|moto|en moto|motorbike|moped|50cc|mobylette|125|motorcycle|a moto|125cc"},
    {CUE_MODE, MODE_CAR, ANY, "voiture|en voiture|by car|vehicule|vehicule personnel|vehiculee|vehicule perso|own car|ma voiture|vehicule perso"},
    {CUE_MODE, MODE_CAR, EN, "car"},
    {CUE_KM, 1, ANY, "km|kms|kilometres|kilometers|kilometre|bornes"},
    {CUE_ADULT, 1, ANY, "majeur obligatoire|majeur exige|etre majeur|etre majeure|personne majeure|majeur imperatif|majeur|majeure|18 ans|over 18|18 ans minimum|18 ans revolus|plus de 18 ans|18 or over|18 and over|at least 18|aged 18|18 minimum|18 years old|18 ans mini|must be 18|18 ans obligatoire|18 ans et plus|18 ans ou plus|18 or older|be 18|18 ans min|18+"},
    /* -- people */
    {CUE_PERSON, 0, ANY, "demander|demandez|demande|contacter|contactez|contact|voir avec|voir|appeler|appelez|appelle|ask for|call|s adresser a|adresser a|"
     "adressez vous a|message a|un message a|laisser un message a|laissez un message a|joindre|joindre a|telephoner a|ecrire a|ecrivez a|parler a|write to|speak to|"
     "talk to|signe|de la part de|envoyer a|send cv to|send your cv to|cv a|cv to|text|ring|moi c est|prenom|nom|signed|email|renseignements aupres de|aupres de|"
     "votre contact|interlocuteur|interlocutrice|personne a contacter|tel de|message|reach|get in touch with|with|passer voir|demander a|rdv avec|responsable"},
    {CUE_PERSON, 1, ANY, "cordialement|bien a vous|regards|best regards|kind regards|cheers|bises|a bientot|merci d avance|bonne journee|sincerely|best|thanks|thank you|"
     "salutations|bien cordialement|merci|many thanks|yours"},
    {CUE_PERSON, 2, ANY, "je suis|i am|i m|je m appelle|my name is|mon nom est|nom|name|c est|this is"},
    {CUE_CIVILITY, 1, ANY, "m|mr|mme|mlle|monsieur|madame|mademoiselle|ms|mrs|miss|dr|docteur|maitre|me"},
    {CUE_NO_NAME, 1, ANY, "tel|telephone|portable|mobile|phone|urgent|whatsapp|sms|txt|cv|mail|email|merci|bonjour|bonsoir|salut|hello|hi|permis|cdi|cdd|appel|"
     "appels|fixe|gsm|fax|numero|au|rh|direction|mairie|service|agence|accueil|secretariat|standard|boutique|magasin|atelier|le|la|les|de|ou|or|and|et|poste|"
     "candidature|candidatures|responsable|recrutement|formation|experience|salaire|horaires|contrat|remuneration|profil|missions|debutant|envoyer|laisser|passer|"
     "monsieur|madame|dispo|disponible|libre|annonce|offre|reference|ref|france|europe|please|thanks|apply|send|reply|pour|nous|vous|je|il|elle|on|the|we|you|our|"
     "chez|tarif|prix|siret|siren|maire|directeur|directrice|whats|app|infos|info|renseignement|renseignements|cdiscount|adresse|ps|nb|stack|bref|note|important|attention"},
    {CUE_PREFERENCE, 1, ANY, "de preference|preference|preferred|uniquement|only|exclusivement|exclusively|seulement|souhaite|souhaitee|souhaites|souhaitees|exige|exigee|exigees|obligatoire|"
     "plutot|si possible|svp|imperatif|imperativement|prefere|preferee|on prefere|nous preferons|we prefer|prefer|ideally|idealement|priorite|en priorite|preferably|required|must be|a must|"
     "recherche|cherche|cherchons|recherchons|recrute|recrutons|looking for|wanted|need a|needed|on veut|on voudrait|nous voulons|ideal|indispensable|s abstenir|exigence|requis|requise|"
     "please|profil|nationals only|would suit|suit|parfait pour|convient a|serait mieux|on privilegie|privilegie|favorise|il nous faut|nous faut|faut un|faut une|il faut"},
    {CUE_WISH_UNLAWFUL, WISH_SEX | FLAG_NEEDS_PREFERENCE, ANY, "homme|hommes|jeune homme|jeunes hommes|femme|femmes|jeune femme|jeune fille|jeunes femmes|garcon|garcons|fille|filles|"
     "girl|girls|man|men|woman|women|boy|boys|lad|lads|lady|ladies|male|female|males|females|mec|mecs|dame|dames|gars|young man|young woman|young girl|guy|guys|poste feminin|poste masculin|profil feminin|"
     "profil masculin|nana|gentleman"},
    {CUE_WISH_UNLAWFUL, WISH_SEX, ANY, "hommes uniquement|femmes uniquement|homme uniquement|femme uniquement|hommes seulement|femmes seulement|women only|men only|male only|female only|"
     "reserve aux hommes|reserve aux femmes|pas de femmes|pas de femme|pas d homme|pas d hommes|pas de filles|no women|no men|no girls|travail d homme|un travail d homme|boulot d homme|exclusivement feminin|exclusivement masculin|"
     "equipe exclusivement feminine|homme exclusivement|femme exclusivement|homme exige|femme exigee|jeune homme de preference|plutot un homme|plutot une femme"},
    {CUE_WISH_UNLAWFUL, WISH_AGE | FLAG_NEEDS_PREFERENCE, ANY, "jeune|jeunes|young|jeune homme|jeune femme|jeune fille|jeunes hommes|jeunes femmes|young man|young woman|young girl|younger|youthful|senior s abstenir|retraite|quelqu un de jeune"},
    {CUE_WISH_UNLAWFUL, WISH_AGE, ANY, "seniors s abstenir|pas de seniors|pas de senior|pas de vieux|pas trop vieux|pas trop vieille|moins de 25 ans|moins de 26 ans|moins de 28 ans|moins de 30 ans|moins de 35 ans|moins de 40 ans|"
     "moins de 45 ans|moins de 50 ans|pas plus de 30 ans|pas plus de 35 ans|pas plus de 40 ans|pas plus de 45 ans|pas plus de 50 ans|under 25|under 26|under 28|under 30|under 35|under 40|under 45|no older than|no seniors|"
     "limite d age|age limit|age maximum|age max|30 ans maximum|35 ans maximum|40 ans maximum|30 ans max|35 ans max|40 ans max|25 ans max|45 ans max|50 ans max|la trentaine|la vingtaine|trentenaire|too old|over 40 need not apply|"
     "young and dynamic|young and energetic|young energetic|jeune et dynamique|jeune dynamique|jeune et motive|jeune motive|jeune et motivee|recent school leavers only"},
    {CUE_WISH_UNLAWFUL, WISH_NATIONALITY, ANY, "nationalite francaise|nationalite francaise exigee|nationalite|de nationalite|nationalites|francais uniquement|eu nationals|eu nationals only|nationals only|ue uniquement|french nationals|french nationals only|"
     "ressortissant|ressortissants|citoyens francais|french citizens|british citizens|eu citizens only|citizens only|citizenship|passeport francais|french passport|eu passport|carte d identite francaise|europeens uniquement|"
     "nationals|uk nationals|british nationals|ressortissants ue|ressortissants de l ue|french citizens only|papiers francais"},
    {CUE_WISH_UNLAWFUL, WISH_ORIGIN, ANY, "pas d etrangers|pas d etranger|pas d arabes|pas de noirs|pas de roms|pas d africains|pas de maghrebins|francais de souche|type europeen|d origine francaise|origine francaise|d origine europeenne|origine europeenne|"
     "no foreigners|no immigrants|pas de gens du voyage|bbr|gaulois|europeen de preference|native french only|white only|blanc de preference|pas d immigres|no africans|no arabs|sans accent|pas d accent|no accent|without an accent|of french origin|european origin|"
     "d origine|origine|pas de migrants|accent etranger|locals of french origin"},
    {CUE_WISH_UNLAWFUL, WISH_RELIGION, ANY, "sans voile|pas de voile|non voilee|voilee|sans signe religieux|signes religieux|pas de signe religieux|no headscarf|headscarf|hijab|church going|pratiquant|pratiquante|croyant|croyante|chretien|chretienne|"
     "christian|christians|muslim|muslims|jewish|musulman|musulmane|catholique pratiquant|de confession|confession|practising|practicing catholic|practising catholic|believer|voile|foulard|pas de barbe religieuse|religion|pas de ramadan|ramadan|athee"},
    {CUE_WISH_UNLAWFUL, WISH_RELIGION | FLAG_NEEDS_PREFERENCE, ANY, "catholique|catholic|protestant|juif|juive|laique|musulmans|evangelique"},
    {CUE_WISH_UNLAWFUL, WISH_FAMILY, ANY, "mamans s abstenir|maman s abstenir|not pregnant|sans vie de famille|no dependants|sans conjoint|sans enfant|sans enfants|pas d enfant|pas d enfants|celibataire|celibataires|sans charge de famille|sans charges de famille|pas de charge de famille|mere de famille|meres de famille|pere de famille|no children|no kids|without children|"
     "without kids|child free|childless|pas enceinte|enceinte|pas de grossesse|grossesse|pregnant|no family ties|libre de toute attache|sans attache|sans attaches|situation familiale|single person|single people|unmarried|not planning a family|projet de bebe|"
     "projet bebe|pas de projet d enfant|no plans to have children|jeune maman|jeunes mamans|pas de maman|sans contrainte familiale|sans contraintes familiales|pas de contraintes familiales|no family commitments|without family commitments|pas mariee|vie de famille"},
    {CUE_WISH_UNLAWFUL, WISH_HEALTH, ANY, "pas de personne handicapee|pas de personnes handicapees|pas de handicapes|pas de travailleur handicape|non adapte aux personnes handicapees|pas adapte aux personnes handicapees|pas de fumeur|pas de fumeurs|no smokers|personne valide|bonne sante physique|bonne sante|en bonne sante|en parfaite sante|parfaite sante|probleme de dos|problemes de dos|mal de dos|maux de dos|probleme de sante|problemes de sante|pas de handicap|sans handicap|non handicape|handicape s abstenir|arret maladie|"
     "arrets maladie|good health|perfect health|health issues|health problems|no disability|no disabilities|disability|back problems|bad back|able bodied|restriction medicale|restrictions medicales|aucune restriction|dos solide|non fumeur|non fumeuse|non fumeurs|non smoker|non smokers|nonsmoker|"
     "pas de rqth|sans rqth|no sick leave|pas malade|jamais malade|maladie chronique|depressif|dos fragile|dos en bon etat|no medical conditions|medical conditions|valide|sante de fer|physically healthy|sportif non fumeur"},
    {CUE_WISH_UNLAWFUL, WISH_APPEARANCE, ANY, "taille 34|taille 36|taille 38|taille 40|taille mannequin|taille s|taille m|physique agreable|physique avantageux|belle presentation|beau physique|belle femme|bel homme|jolie|jolie fille|mince|svelte|tatouage|tatouages|piercing|piercings|"
     "tattoo|tattoos|good looking|attractive|slim|pretty|handsome|barbe|sans barbe|costaud|costauds|costaude|forte corpulence|corpulence|allure sportive|belle allure|apparence physique|belle apparence|bonne apparence|1m70|1m75|1m80|1m65|blonde|cheveux|"
     "photogenique|size 8|size 10|well built|physical appearance|good appearance|nice looking|grand et fort|gabarit|tall"},
    {CUE_WISH_UNLAWFUL, WISH_RESIDENCE, ANY, "vous habitez|tu habites|habitez|doit habiter|faut habiter|devez habiter|vivre sur place|vivant sur|living in the area|you live in|you live within|based locally|habitants du quartier|habitant du quartier|habiter le quartier|gens du quartier|jeunes du quartier|habitant la commune|habitants de la commune|residents only|locals only|local candidates only|locals preferred|must live in|must live within|"
     "must live locally|live locally|living locally|habiter sur place|habiter a proximite|habitant a proximite|habitant pres|habiter a moins|habite a moins|habitant a moins|candidats locaux|candidat local|issus du quartier|issu du quartier|gens du coin|quelqu un du coin|personne du coin|du coin|"
     "resident|residents|domicilie|domiciliee|domicilies|habitant sur|habiter sur|local candidates|local people only|local residents|resident de|residant|resider|must be local|must reside|lives in|habiter dans|qui habite|habitant la|live nearby|living nearby|people from the area|from the neighbourhood"},
    {CUE_WISH_UNLAWFUL, WISH_RESIDENCE | FLAG_NEEDS_PREFERENCE, ANY, "habitant|habitants|habiter|habite|live in|living in|local|locals|live within|living within"},
    {CUE_OFFERED, 0, ANY, "fourni|fournie|fournis|fournies|provided|supplied|rembourse|rembourses|remboursee|a disposition|mis a disposition|offert|offerts|offerte|pris en charge|prise en charge|"
     "prises en charge|neuf|neufs|sont fournis|est fourni|connu dix jours|connu a l avance|garantie sous|souhaite de ta part"},
    {CUE_OFFERED, 1, ANY, "nous offrons|on offre|on propose|nous proposons|we offer|avantages|ce que nous offrons|pourquoi nous|we provide|caisse a outils|boite a outils|remuneration|salaire|benefits|perks|"
     "what we offer|tickets resto|tickets restaurant|ticket resto|ticket restaurant|mutuelle|prime|primes|lunch vouchers|pay|salary|reponse|on vous fournit|on te fournit|je fournis|nous fournissons|"
     "le contexte|qui sommes nous|about us|a propos|on met a disposition|you get|you ll get"},
};
const unsigned cue_row_count = sizeof cue_rows / sizeof *cue_rows;
