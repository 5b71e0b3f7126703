/* Texts of the program itself: help, commands, what goes wrong. See texts.h. */
#ifndef PASSERELLE_CLI_TEXTS_PROGRAM_H
#define PASSERELLE_CLI_TEXTS_PROGRAM_H

#include <inttypes.h>

/* clang-format off */
#define PROGRAM_TEXTS_ALL(T) \
    GENERAL_TEXTS_ALL(T) \
    HELP_TEXTS_ALL(T) \
    LOOK_TEXTS_ALL(T) \
    CHANGE_TEXTS_ALL(T)

/* -- said by any command ------------------------------------------------------------------------ */
#define GENERAL_TEXTS_ALL(T) \
    T(USAGE_LINE, "Usage: passerelle %s%s%s", "Usage : passerelle %s%s%s") \
    T(SEE_HELP, "For help: passerelle help%s%s", "Pour de l'aide : passerelle help%s%s") \
    T(DID_YOU_MEAN, "Did you mean “%s”?", "Vouliez-vous dire « %s » ?") \
    T(CULPRIT, "%s: %s", "%s : %s") \
    T(COLON, ": ", " : ") \
    T(WRONG_COMMAND, "There is no such command", "Cette commande n'existe pas") \
    T(WRONG_OPTION, "There is no such option here", "Cette option n'existe pas ici") \
    T(WRONG_OPTION_HAS_VALUE, "This option takes no value", "Cette option ne prend pas de valeur") \
    T(WRONG_OPTION_NO_VALUE, "This option needs a value", "Cette option demande une valeur") \
    T(WRONG_TOO_FEW, "Something is missing on the line", "Il manque quelque chose sur la ligne") \
    T(WRONG_TOO_MANY, "This is one word too many", "Ce mot est de trop") \
    T(WRONG_NUMBER, "A whole number within its bounds is needed here", \
      "Il faut ici un nombre entier dans ses limites") \
    T(WRONG_LANGUAGE, "The languages are fr and en", "Les langues sont fr et en") \
    T(WRONG_RECORD, "A record is named like L12, or like source:reference", \
      "Une fiche s'écrit comme L12, ou comme source:référence") \
    T(WRONG_KIND, "This is another kind of record", "C'est une autre sorte de fiche") \
    T(WRONG_ACTION, "This command cannot do that", "Cette commande ne sait pas faire cela") \
    T(WRONG_REASON, "This reason is not in the list", "Cette raison n'est pas dans la liste") \
    T(NO_MEMORY, "There is not enough memory.", "Il n'y a pas assez de mémoire.") \
    T(PATH_TOO_LONG, "This path is too long: %s", "Ce chemin est trop long : %s") \
    T(CANNOT_READ, "%s cannot be read: %s", "Impossible de lire %s : %s") \
    T(NOT_RUNNING, \
      "Passerelle is not running: nobody answers in %s.\n" \
      "Start it with “%s up”, or say where it is with --state.", \
      "Passerelle ne tourne pas : personne ne répond dans %s.\n" \
      "Lancez-la avec « %s up », ou dites où elle est avec --state.") \
    T(NOT_ALLOWED, "You may not talk to Passerelle in %s: ask its administrator.", \
      "Vous n'avez pas le droit de parler à Passerelle dans %s : voyez l'administrateur.") \
    T(CANNOT_CONNECT, "Passerelle cannot be reached in %s: %s", \
      "Impossible de joindre Passerelle dans %s : %s") \
    T(NO_ANSWER, "Passerelle did not answer within %d seconds. Please try again.", \
      "Passerelle n'a pas répondu en %d secondes. Veuillez réessayer.") \
    T(STILL_BUSY, "Passerelle cannot do it right now. Please try again in a moment.", \
      "Passerelle ne peut pas le faire maintenant. Réessayez dans un moment.") \
    T(STRANGE_ANSWER, "Passerelle gave an answer that cannot be understood.", \
      "Passerelle a donné une réponse incompréhensible.") \
    T(REFUSED, "This was refused:", "C'est refusé :") \
    T(MORE_ERRORS, "  … and %u more", "  … et %u autres") \
    T(NOT_FOUND, "There is no record %s.", "Il n'y a pas de fiche %s.") \
    T(NO_TERRITORY, "There is no territory “%s”.", "Il n'y a pas de territoire « %s ».") \
    T(DONE, "done", "fait") \
    T(YES, "yes", "oui") \
    T(NO, "no", "non") \
    T(DECIMAL_POINT, ".", ",") \
    T(REVISION, "revision %" PRId64, "révision %" PRId64) \
    T(RESULT_created, "created", "créé") \
    T(RESULT_updated, "updated", "mis à jour") \
    T(RESULT_unchanged, "no change", "aucun changement") \
    T(RESULT_stale, "older than what is known, left out", "plus ancien que ce qui est connu, ignoré") \
    T(RESULT_rejected, "refused", "refusé") \
    T(RESULT_retry, "busy", "occupé") \
    T(RESULT_none, "no answer", "sans réponse") \
    T(OPERATION_put, "saved", "enregistré") \
    T(OPERATION_state, "new state", "nouvel état") \
    T(OPERATION_erase, "erased", "effacé") \
    T(OPERATION_attach, "words attached to a skill", "mots rattachés à une compétence") \
    T(OPERATION_detach, "words detached", "mots détachés") \
    T(OPERATION_day, "a new day", "un nouveau jour") \
    T(OPERATION_adopt, "new list of skills and communes", "nouveau référentiel") \
    T(OPERATION_confirm, "confirmed", "confirmé") \
    T(OPERATION_recognise, "text read", "texte lu") \
    T(OPERATION_territory, "territory created", "territoire créé") \
    T(COLUMN_ID, "ID", "N°") \
    T(COLUMN_CATALOGUE_ID, "ID", "Identifiant") \
    T(COLUMN_STATE, "State", "État") \
    T(COLUMN_LINE, "Line", "Ligne") \
    T(COLUMN_EVENT, "Event", "Événement") \
    T(COLUMN_RESULT, "Result", "Résultat") \
    T(COLUMN_REMARK, "Remark", "Remarque") \
    T(COLUMN_NAME, "Name", "Nom") \
    T(COLUMN_CODE, "Code", "Code") \
    T(COLUMN_LABEL, "Label", "Libellé") \
    T(COLUMN_FRENCH, "French", "Français") \
    T(COLUMN_ENGLISH, "English", "Anglais") \
    T(COLUMN_ROME, "ROME", "ROME") \
    T(COLUMN_WORDS, "Words", "Mots") \
    T(COLUMN_SAME_PERSON, "Probably the same person", "Sans doute la même personne") \
    T(COLUMN_TERRITORY, "Territory", "Territoire") \
    T(COLUMN_DAY, "Day", "Jour") \
    T(COLUMN_LEARNERS, "Learners", "Apprenants") \
    T(COLUMN_OFFERS, "Offers", "Offres") \
    T(COLUMN_CHANGES, "Changes", "Changements") \
    T(COLUMN_MATCHES, "Matches", "Appariements")

/* -- help, the manual page, options ------------------------------------------------------------- */
#define HELP_TEXTS_ALL(T) \
    T(PROGRAM_SUMMARY, "Passerelle: which learner fits which offer, and why.", \
      "Passerelle : quel apprenant va avec quelle offre, et pourquoi.") \
    T(PROGRAM_USAGE, "Usage: passerelle COMMAND …", "Usage : passerelle COMMANDE …") \
    T(PROGRAM_MORE, "More about a command: passerelle help COMMAND", \
      "En savoir plus sur une commande : passerelle help COMMANDE") \
    T(GROUP_LOOK, "Look", "Regarder") \
    T(GROUP_CHANGE, "Change", "Modifier") \
    T(GROUP_BRING_IN, "Bring data in", "Faire entrer des données") \
    T(GROUP_PERSON, "A person's rights", "Les droits d'une personne") \
    T(GROUP_SETTING_UP, "Set up", "Mettre en place") \
    T(GROUP_PROGRAM, "This program", "Ce programme") \
    T(HEADING_OPTIONS, "Options", "Options") \
    T(HEADING_GLOBAL_OPTIONS, "Options of every command", "Options de toutes les commandes") \
    T(VALUE_NAME, "NAME", "NOM") \
    T(VALUE_DIRECTORY, "DIRECTORY", "DOSSIER") \
    T(VALUE_FILE, "FILE", "FICHIER") \
    T(VALUE_SECONDS, "SECONDS", "SECONDES") \
    T(VALUE_LANGUAGE, "LANGUAGE", "LANGUE") \
    T(VALUE_NUMBER, "NUMBER", "NOMBRE") \
    T(VALUE_KIND, "KIND", "SORTE") \
    T(VALUE_RECORD, "RECORD", "FICHE") \
    T(VALUE_REASON, "REASON", "RAISON") \
    T(VALUE_TEXT, "TEXT", "TEXTE") \
    T(OPTION_TERRITORY, "the territory to work in; demo when absent", \
      "le territoire de travail ; demo par défaut") \
    T(OPTION_JSON, "answer in JSON, one object a line", "répondre en JSON, un objet par ligne") \
    T(OPTION_STATE, "where Passerelle keeps its state", "où Passerelle garde son état") \
    T(OPTION_CONFIG, \
      "the configuration, which says where it runs; the one in /etc/passerelle when absent", \
      "la configuration, qui dit où elle tourne ; celle de /etc/passerelle par défaut") \
    T(OPTION_TIMEOUT, "how long to wait for an answer; 15 when absent", \
      "combien de temps attendre une réponse ; 15 par défaut") \
    T(OPTION_LANG, "fr or en; the language of the system when absent", \
      "fr ou en ; la langue du système par défaut") \
    T(OPTION_HELP, "help about the program or a command", \
      "l'aide du programme ou d'une commande") \
    T(OPTION_VERSION, "the version of the program", "la version du programme") \
    T(OPTION_PERSONAL, "with names and other personal data", \
      "avec les noms et les autres données personnelles") \
    T(OPTION_REASON, "why: filled, expired, cancelled, found_a_job, paused, asked, mistake", \
      "pourquoi : filled, expired, cancelled, found_a_job, paused, asked, mistake") \
    T(RECORD_USAGE, "RECORD", "FICHE") \
    T(HELP_USAGE, "[COMMAND]", "[COMMANDE]") \
    T(HELP_SUMMARY, "Help about the program or one command", \
      "Aide du programme ou d'une commande") \
    T(HELP_MAN, "print the manual page, for man(1)", "afficher la page de manuel, pour man(1)") \
    T(VERSION_SUMMARY, "The version of the program", "La version du programme") \
    T(COMPLETION_USAGE, "bash", "bash") \
    T(COMPLETION_SUMMARY, "Lets the shell complete commands and options", \
      "Permet au shell de compléter commandes et options") \
    T(COMPLETION_DETAILS, "To use it now:\n\n  eval \"$(passerelle completion bash)\"", \
      "Pour l'utiliser tout de suite :\n\n  eval \"$(passerelle completion bash)\"") \
    T(WRONG_SHELL, "There is completion for bash only", "La complétion n'existe que pour bash") \
    T(PAGE_NAME, "NAME", "NOM") \
    T(PAGE_WHAT, "match learners and job offers", "rapprocher apprenants et offres d'emploi") \
    T(PAGE_SYNOPSIS, "SYNOPSIS", "SYNOPSIS") \
    T(PAGE_SYNOPSIS_TEXT, "passerelle COMMAND [OPTIONS] …", "passerelle COMMANDE [OPTIONS] …") \
    T(PAGE_DESCRIPTION, "DESCRIPTION", "DESCRIPTION") \
    T(PAGE_DESCRIPTION_TEXT, \
      "Passerelle matches what people can do with what employers need, as soon as either changes. " \
      "This program talks to a Passerelle that is running on this machine: it shows records and " \
      "matches, brings data in, and answers the requests of the people concerned.\n\n" \
      "A record is named by its number, such as L12 for a learner, O7 for an offer or E3 for an " \
      "employer, or by its source and its reference there, such as demo:lea.", \
      "Passerelle rapproche ce que les gens savent faire et ce que les employeurs cherchent, dès " \
      "que l'un ou l'autre change. Ce programme parle à une Passerelle qui tourne sur cette " \
      "machine : il montre les fiches et les appariements, fait entrer des données, et répond aux " \
      "demandes des personnes concernées.\n\n" \
      "Une fiche se nomme par son numéro, comme L12 pour un apprenant, O7 pour une offre ou E3 " \
      "pour un employeur, ou par sa source et sa référence là-bas, comme demo:lea.") \
    T(PAGE_OPTIONS, "OPTIONS", "OPTIONS") \
    T(PAGE_COMMANDS, "COMMANDS", "COMMANDES") \
    T(PAGE_ENDINGS, "EXIT STATUS", "CODE DE RETOUR") \
    T(ENDING_OK, "Done.", "C'est fait.") \
    T(ENDING_REJECTED, "Refused, or not found.", "Refusé, ou introuvable.") \
    T(ENDING_USAGE, "The command line makes no sense.", \
      "La ligne de commande n'a pas de sens.") \
    T(ENDING_AWAY, "Passerelle is not running, or did not answer in time.", \
      "Passerelle ne tourne pas, ou n'a pas répondu à temps.") \
    T(ENDING_PARTIAL, "Done in part: some lines were refused.", \
      "Fait en partie : des lignes ont été refusées.") \
    T(ENDING_UNVERIFIED, "A verification failed.", "Une vérification a échoué.") \
    T(PAGE_ENVIRONMENT, "ENVIRONMENT", "ENVIRONNEMENT") \
    T(PAGE_VARIABLE_STATE, "The directory of the state, unless --state or --config is given.", \
      "Le dossier de l'état, sauf si --state ou --config est donné.") \
    T(PAGE_VARIABLE_TERRITORY, "The territory, unless --territory is given.", \
      "Le territoire, sauf si --territory est donné.") \
    T(PAGE_VARIABLE_LANG, \
      "The language: French when the first of them that is set begins with fr, else English.", \
      "La langue : le français si la première qui est définie commence par fr, sinon l'anglais.") \
    T(PAGE_VARIABLE_COLOUR, "When set, nothing is coloured.", \
      "Si elle est définie, rien n'est en couleur.") \
    T(PAGE_EXAMPLES, "EXAMPLES", "EXEMPLES") \
    T(PAGE_EXAMPLES_TEXT, \
      "Load the data of the demonstration; doing it twice does no harm:\n\n" \
      "  passerelle submit --stable-ids config/demo/*.jsonl\n\n" \
      "See what fits a learner, and why:\n\n" \
      "  passerelle matches L12\n\n" \
      "Take words that nobody recognised for a skill:\n\n" \
      "  passerelle list unrecognised\n" \
      "  passerelle find skill web page\n" \
      "  passerelle attach \"web pages\" html-css", \
      "Charger les données de démonstration ; le faire deux fois ne gêne pas :\n\n" \
      "  passerelle submit --stable-ids config/demo/*.jsonl\n\n" \
      "Voir ce qui convient à un apprenant, et pourquoi :\n\n" \
      "  passerelle matches L12\n\n" \
      "Prendre des mots que personne n'a reconnus pour une compétence :\n\n" \
      "  passerelle list unrecognised\n" \
      "  passerelle find skill page web\n" \
      "  passerelle attach \"pages web\" html-css")

/* -- commands that look ------------------------------------------------------------------------- */
#define LOOK_TEXTS_ALL(T) \
    T(STATUS_SUMMARY, "How Passerelle is, and each territory", \
      "Comment va Passerelle, et chaque territoire") \
    T(STATUS_DETAILS, \
      "The last column says whether all matches follow from the latest changes.", \
      "La dernière colonne dit si tous les appariements suivent les derniers changements.") \
    T(STATUS_RUNNING, "Passerelle %s is running.", "Passerelle %s tourne.") \
    T(STATUS_STORE_AWAY, "Its store does not answer: changes have to wait.", \
      "Son stockage ne répond pas : les changements doivent attendre.") \
    T(STATUS_STORE_ALWAYS, "What it confirms is on disk.", \
      "Ce qu'elle confirme est sur le disque.") \
    T(STATUS_STORE_EVERYSEC, "After a power cut, the last second may be lost.", \
      "Après une coupure de courant, la dernière seconde peut être perdue.") \
    T(STATUS_NO_TERRITORY, "There is no territory yet: see passerelle help territory.", \
      "Il n'y a pas encore de territoire : voir passerelle help territory.") \
    T(STATUS_UP_TO_DATE, "up to date", "à jour") \
    T(STATUS_BEHIND, "%" PRId64 " changes to go", "encore %" PRId64 " changements") \
    T(STATUS_NO_WORKER, "%u parts of %u without a worker", "%u parts sur %u sans ouvrier") \
    T(STATUS_DRAFTS, "%s: %" PRId64 " offers wait to be confirmed; %" PRId64 " of their texts are not read yet.", \
      "%s : %" PRId64 " offres attendent d'être confirmées ; %" PRId64 " de leurs textes ne sont pas encore lus.") \
    T(STATUS_QUARANTINE, "%s: %" PRId64 " records are left out of the matches after a fault.", \
      "%s : %" PRId64 " fiches sont laissées hors des appariements après une panne.") \
    T(STATUS_UNREADABLE, "%s: this version cannot read its list of skills, so nothing is matched. Import it again:\n" \
      "  passerelle import referential --territory %s   (with --rome DIR if ROME was in it)", \
      "%s : cette version ne sait pas lire sa liste de compétences, donc rien n'est apparié. Réimportez-la :\n" \
      "  passerelle import referential --territory %s   (avec --rome DIR si le ROME en faisait partie)") \
    T(LIST_USAGE, "WHAT", "QUOI") \
    T(LIST_SUMMARY, "Lists records, unrecognised words, probable duplicates", \
      "Liste les fiches, les mots non reconnus, les doublons probables") \
    T(LIST_DETAILS, \
      "WHAT is learners, offers, employers, programmes, cohorts, attachments, unrecognised or " \
      "duplicates; or jobdatings, attendances, registrations, helpers, meetings. Learners have no names here unless you ask for them with --personal.", \
      "QUOI vaut learners (apprenants), offers (offres), employers (employeurs), programmes, " \
      "cohorts (promotions), attachments (rattachements), unrecognised (mots non reconnus) ou " \
      "duplicates (doublons) ; ou jobdatings, attendances (participations), registrations " \
      "(inscriptions), helpers (aides), meetings (rencontres). Les apprenants n'ont pas de nom ici, sauf avec --personal.") \
    T(LIST_LIMIT, "how many at most; all when absent", "combien au plus ; tous par défaut") \
    T(WRONG_LIST, "This cannot be listed", "Cela ne peut pas être listé") \
    T(NOTHING_TO_LIST, "There is nothing to list.", "Il n'y a rien à lister.") \
    T(SHOW_SUMMARY, "Shows one record", "Montre une fiche") \
    T(SHOW_DETAILS, \
      "RECORD is a number such as L12, or source:reference. A reference that several kinds of " \
      "records share is looked for among learners first; --kind says otherwise.", \
      "FICHE est un numéro comme L12, ou source:référence. Une référence que plusieurs sortes de " \
      "fiches partagent est d'abord cherchée chez les apprenants ; --kind dit autre chose.") \
    T(SHOW_KIND, "learner, offer, employer, programme or cohort", \
      "learner, offer, employer, programme ou cohort") \
    T(MATCHES_USAGE, "RECORD | --learner RECORD | --offer RECORD", \
      "FICHE | --learner FICHE | --offer FICHE") \
    T(MATCHES_SUMMARY, "The best offers of a learner, or learners of an offer, and why", \
      "Les meilleures offres d'un apprenant, ou apprenants d'une offre, et pourquoi") \
    T(MATCHES_DETAILS, \
      "Each reason has a mark: + fits, ~ fits in part, would be nice or misses by little, - is " \
      "missing, · is good to know. An offer's learners with the same percentage take turns, by " \
      "offer and by day, so that none of them is always first.", \
      "Chaque raison a un signe : + convient, ~ convient en partie, serait un plus ou manque de " \
      "peu, - manque, · est bon à savoir. Les apprenants d'une offre qui ont le même pourcentage " \
      "passent à tour de rôle, selon l'offre et le jour, pour qu'aucun ne soit toujours premier.") \
    T(MATCHES_LEARNER, "the best offers of this learner", "les meilleures offres de cet apprenant") \
    T(MATCHES_OFFER, "the best learners of this offer", "les meilleurs apprenants de cette offre") \
    T(MATCHES_LIMIT, "how many at most, up to 32; 20 when absent", \
      "combien au plus, jusqu'à 32 ; 20 par défaut") \
    T(MATCHES_NEAR, "those who miss one or two conditions by little, and by how much", \
      "ceux à qui une ou deux conditions manquent de peu, et de combien") \
    T(NO_NEAR_MISSES, "Nothing misses by little.", "Rien ne manque de peu.") \
    T(WRONG_MATCHES, "Name one learner or one offer", "Nommez un apprenant ou une offre") \
    T(NO_MATCHES, "Nothing fits yet.", "Rien ne convient pour l'instant.") \
    T(MATCH_SIDES, "for the employer %d %%, for the learner %d %%", \
      "pour l'employeur %d %%, pour l'apprenant %d %%") \
    T(MATCH_REASONS_LEFT, "     … and %" PRId64 " more", "     … et %" PRId64 " autres") \
    T(EXPLAIN_USAGE, "LEARNER OFFER", "APPRENANT OFFRE") \
    T(EXPLAIN_SUMMARY, "Why one learner fits one offer, or does not", \
      "Pourquoi un apprenant va avec une offre, ou pas") \
    T(EXPLAIN_BARRED, "They do not match: a condition that must hold does not, see above.", \
      "Ils ne vont pas ensemble : une condition indispensable manque, voir plus haut.") \
    T(EXPLAIN_NOT_OPEN, "This offer is not open: it is in no list.", \
      "Cette offre n'est pas ouverte : elle n'est dans aucune liste.") \
    T(EXPLAIN_NOT_ACTIVE, "This learner is withdrawn: they are in no list.", \
      "Cet apprenant est retiré : il n'est dans aucune liste.") \
    T(WATCH_SUMMARY, "Follows changes and matches as they happen", \
      "Suit les changements et les appariements quand ils arrivent") \
    T(WATCH_DETAILS, "Ctrl-C ends it. It goes on by itself when Passerelle is started again.", \
      "Ctrl-C l'arrête. Elle continue d'elle-même quand Passerelle est relancée.") \
    T(WATCH_COUNT, "end after so many lines", "s'arrêter après tant de lignes") \
    T(WATCH_STARTED, "Following “%s”. Ctrl-C to stop.", "Je suis « %s ». Ctrl-C pour arrêter.") \
    T(WATCH_MATCHES, "new matches:", "nouveaux appariements :") \
    T(WATCH_LOST, "Passerelle is away; waiting for it to come back.", \
      "Passerelle est absente ; j'attends son retour.") \
    T(WATCH_BACK, "Passerelle is back.", "Passerelle est de retour.") \
    T(CHANGES_SUMMARY, "The list of all changes, by number", \
      "La liste de tous les changements, par numéro") \
    T(CHANGES_DETAILS, "It names records by number only: no personal data is in it.", \
      "Elle ne nomme les fiches que par leur numéro : elle ne contient rien de personnel.") \
    T(CHANGES_AFTER, "only what came after this change", "seulement ce qui suit ce changement") \
    T(CHANGES_LIMIT, "how many at most; all when absent", "combien au plus ; tous par défaut") \
    T(NO_CHANGES, "Nothing has changed since.", "Rien n'a changé depuis.") \
    T(FIND_USAGE, "skill|role|commune WORDS …", "skill|role|commune MOTS …") \
    T(FIND_SUMMARY, "Finds a skill, a job or a commune by words", \
      "Trouve une compétence, un métier ou une commune par des mots") \
    T(FIND_DETAILS, "The nearest comes first. Small spelling mistakes do not matter.", \
      "Le plus proche vient en premier. Les petites fautes ne gênent pas.") \
    T(FIND_LIMIT, "how many at most, up to 20; 10 when absent", \
      "combien au plus, jusqu'à 20 ; 10 par défaut") \
    T(WRONG_FIND, "Choose skill, role or commune", "Choisissez skill, role ou commune") \
    T(NOTHING_FOUND, "Nothing was found.", "Rien n'a été trouvé.")

/* -- commands that change ----------------------------------------------------------------------- */
#define CHANGE_TEXTS_ALL(T) \
    T(ATTACH_USAGE, "WORDS … SKILL", "MOTS … COMPÉTENCE") \
    T(ATTACH_SUMMARY, "Says which skill unrecognised words stand for", \
      "Dit à quelle compétence correspondent des mots non reconnus") \
    T(ATTACH_DETAILS, \
      "SKILL is an id as `find skill` shows it. Everybody who used the words is matched again.", \
      "COMPÉTENCE est un identifiant donné par « find skill ». Toutes les personnes qui ont " \
      "employé ces mots sont rapprochées à nouveau.") \
    T(DETACH_USAGE, "WORDS …", "MOTS …") \
    T(DETACH_SUMMARY, "Takes that back", "Annule ce rattachement") \
    T(LEARNER_USAGE, "withdraw|reopen|next-steps RECORD", "withdraw|reopen|next-steps FICHE") \
    T(LEARNER_SUMMARY, "Takes a learner out of all matches, brings one back, or tells what to learn", \
      "Retire un apprenant de tous les appariements, le fait revenir, ou dit quoi apprendre") \
    T(LEARNER_DETAILS, \
      "withdraw, reopen: the record is kept. To remove it for good, see `erase`.\n" \
      "next-steps: which one, two or three more skills would open the most offers, and which " \
      "training modules teach them. A step gives a skill that one can do alone, with an " \
      "attestation. An offer is open when no condition fails and the score reaches --threshold. Of " \
      "up to 10,000 offers within reach, the 64 skills that bring the most of them nearest are " \
      "tried in all combinations. Nothing is changed.", \
      "withdraw, reopen : la fiche est gardée. Pour la supprimer pour de bon, voir « erase ».\n" \
      "next-steps : quelles une, deux ou trois compétences de plus ouvriraient le plus d'offres, et " \
      "quels modules de formation les enseignent. Une étape donne une compétence que l'on exerce " \
      "en autonomie, avec une attestation. Une offre est accessible si aucune condition ne manque " \
      "et si la note atteint --threshold. Parmi 10 000 offres à portée au plus, les 64 compétences " \
      "qui rapprochent le plus d'entre elles sont essayées dans toutes les combinaisons. Rien n'est " \
      "modifié.") \
    T(OFFER_USAGE, "confirm|close|withdraw|reopen|costs RECORD", \
      "confirm|close|withdraw|reopen|costs FICHE") \
    T(OFFER_SUMMARY, "Confirms a draft, closes an offer, takes it back, opens it, tells what it costs", \
      "Confirme un brouillon, ferme une offre, la retire, la rouvre, dit ce qu'elle coûte") \
    T(OFFER_DETAILS, \
      "confirm: a draft becomes an offer, as its text was understood (see `show`). With " \
      "--corrections, the fields of a JSON object replace what was understood, and null takes a " \
      "field out: {\"contract\": \"cdi\", \"starts_on\": null}. Nothing matches before.\n\n" \
      "close: the place is taken or gone. withdraw: the employer takes it back.\n\n" \
      "costs: which demand, skill or condition, keeps most learners away who would be candidates " \
      "without it. A candidate fails no condition and has a score of --threshold. Nothing is " \
      "changed.", \
      "confirm : un brouillon devient une offre, telle que son texte a été compris (voir " \
      "« show »). Avec --corrections, les champs d'un objet JSON remplacent ce qui a été compris, " \
      "et null enlève un champ : {\"contract\": \"cdi\", \"starts_on\": null}. Rien n'est " \
      "apparié avant.\n\n" \
      "close : la place est prise ou n'existe plus. withdraw : l'employeur la retire.\n\n" \
      "costs : quelle demande, compétence ou condition, écarte le plus d'apprenants qui seraient " \
      "candidats sans elle. Un candidat remplit toutes les conditions et sa note atteint " \
      "--threshold. Rien n'est modifié.") \
    T(OFFER_CORRECTIONS, "confirm: what to change first; - reads the standard input", \
      "confirm : ce qu'il faut changer avant ; - lit l'entrée standard") \
    T(OFFER_REVISION, "confirm: only at this revision", "confirm : seulement à cette révision") \
    T(CONFIRM_NOT_JSON, "%s: not a JSON object: %s", "%s : pas un objet JSON : %s") \
    T(DRAFT_PROPOSED, "Not confirmed yet. What was understood of the text:", \
      "Pas encore confirmée. Ce qui a été compris du texte :") \
    T(DRAFT_UNREAD, "Not confirmed yet. Its text has not been read.", \
      "Pas encore confirmée. Son texte n'a pas été lu.") \
    T(DRAFT_UNREADABLE, "Not confirmed yet. Its text could not be read: it has to be filled in.", \
      "Pas encore confirmée. Son texte n'a pas pu être lu : elle est à remplir.") \
    T(DRAFT_ROLES, "The job could be:", "Le métier pourrait être :") \
    T(DRAFT_SKILLS, "Skills, by the words that say so:", "Compétences, par les mots qui le disent :") \
    T(DRAFT_OR, "; or ", " ; ou ") \
    T(DRAFT_UNLAWFUL, "The law does not allow to ask for this; it is not used:", \
      "La loi ne permet pas de demander cela ; ce n'est pas utilisé :") \
    T(DRAFT_QUESTIONS, "To ask the employer:", "À demander à l'employeur :") \
    T(DRAFT_HOW_TO_CONFIRM, "To confirm it: passerelle offer confirm %s", \
      "Pour la confirmer : passerelle offer confirm %s") \
    T(SUBMIT_USAGE, "[FILE …]", "[FICHIER …]") \
    T(SUBMIT_SUMMARY, "Sends events from files in JSON Lines", \
      "Envoie des événements depuis des fichiers JSON Lines") \
    T(SUBMIT_DETAILS, \
      "Each line is an event: {\"type\": \"offer.close\", \"occurred_on\": \"2026-11-22\", " \
      "\"body\": {…}}. Without occurred_on it is today's. A field that holds a record's number may " \
      "say \"@source:reference\" instead. Without a file, or with -, lines are read from the " \
      "standard input.", \
      "Chaque ligne est un événement : {\"type\": \"offer.close\", \"occurred_on\": " \
      "\"2026-11-22\", \"body\": {…}}. Sans occurred_on, c'est celui d'aujourd'hui. Un champ qui " \
      "contient le numéro d'une fiche peut dire \"@source:référence\" à la place. Sans fichier, " \
      "ou avec -, les lignes viennent de l'entrée standard.") \
    T(SUBMIT_STABLE_IDS, "the same line counts once, even when it is sent again", \
      "la même ligne compte une fois, même envoyée à nouveau") \
    T(SUBMIT_BRIEF, "show only what was refused or calls for a remark", \
      "ne montrer que ce qui est refusé ou appelle une remarque") \
    T(SUBMIT_AWAY, \
      "Passerelle no longer answers: what follows was not sent. With --stable-ids, all of it can " \
      "safely be sent again.", \
      "Passerelle ne répond plus : la suite n'a pas été envoyée. Avec --stable-ids, on peut tout " \
      "renvoyer sans risque.") \
    T(COUNT_CREATED, "created", "créé(s)") \
    T(COUNT_UPDATED, "updated", "mis à jour") \
    T(COUNT_UNCHANGED, "without change", "sans changement") \
    T(COUNT_STALE, "out of date", "périmé(s)") \
    T(COUNT_DONE, "done", "fait(s)") \
    T(COUNT_REFUSED, "refused", "refusé(s)") \
    T(COUNT_UNANSWERED, "without answer", "sans réponse") \
    T(COUNT_NOTHING, "There was nothing to send.", "Il n'y avait rien à envoyer.") \
    T(EXPORT_USAGE, "RECORD | --all", "FICHE | --all") \
    T(EXPORT_SUMMARY, "Everything held about a learner, in JSON", \
      "Tout ce qui est gardé sur un apprenant, en JSON") \
    T(EXPORT_DETAILS, \
      "For people who ask what is held about them. `classes` says which fields are personal, " \
      "which serve the matches, and which serve statistics only.", \
      "Pour les personnes qui demandent ce qui est gardé sur elles. « classes » dit quels champs " \
      "sont personnels, lesquels servent aux appariements, et lesquels aux seules statistiques.") \
    T(EXPORT_ALL, "all learners, one a line", "tous les apprenants, un par ligne") \
    T(EXPORT_CARE, "This holds personal data: please keep it safe.", \
      "Ceci contient des données personnelles : gardez-le en lieu sûr.") \
    T(WRONG_EXPORT, "Name one record, or say --all", "Nommez une fiche, ou dites --all") \
    T(ERASE_SUMMARY, "Erases a learner, an employer, an offer or a part of a job dating for good", \
      "Efface pour de bon un apprenant, un employeur, une offre ou une partie d'un job dating") \
    T(ERASE_DETAILS, \
      "The record goes at once; what was written on disk before goes within 24 hours, and the " \
      "backups when their time is over. Nothing brings it back.", \
      "La fiche disparaît aussitôt ; ce qui a été écrit sur le disque disparaît sous 24 heures, et " \
      "les sauvegardes à leur échéance. Rien ne la fait revenir.") \
    T(ERASE_YES, "do not ask", "ne pas demander") \
    T(ERASE_QUESTION, "This cannot be undone. Type the name again to erase %s: ", \
      "C'est définitif. Tapez le nom à nouveau pour effacer %s : ") \
    T(WRONG_ERASE, "Records of this kind are not erased", \
      "Les fiches de cette sorte ne s'effacent pas") \
    T(NOT_ERASED, "Nothing was erased.", "Rien n'a été effacé.") \
    T(TERRITORY_USAGE, "create NAME --label TEXT", "create NOM --label TEXTE") \
    T(TERRITORY_SUMMARY, "Creates a territory", "Crée un territoire") \
    T(TERRITORY_DETAILS, \
      "NAME has small letters, digits and hyphens. The label is the name that people read.", \
      "NOM est fait de minuscules sans accent, de chiffres et de tirets. Le libellé est le nom " \
      "que les gens lisent.") \
    T(TERRITORY_LABEL, "the name that people read", "le nom que les gens lisent") \
    T(TERRITORY_SLOTS, "parts that workers share, up to 64, for good; 2 when absent", \
      "parts que les ouvriers se partagent, 64 au plus, pour toujours ; 2 par défaut") \
    T(WRONG_NO_LABEL, "A territory needs a --label", "Un territoire demande un --label") \
    T(REFERENTIAL_USAGE, "build | adopt REFERENTIAL COMMUNES", \
      "build | adopt RÉFÉRENTIEL COMMUNES") \
    T(REFERENTIAL_SUMMARY, "Builds a referential, or makes a territory use one with its communes", \
      "Construit un référentiel, ou en fait utiliser un par un territoire avec ses communes") \
    T(REFERENTIAL_DETAILS, \
      "build writes a file of skills and roles and needs no server: see `role`. adopt names " \
      "referential and communes by their hash, 16 characters, as `import` prints it.", \
      "build écrit un fichier de compétences et de métiers, sans serveur : voir `role`. adopt nomme " \
      "référentiel et communes par leur empreinte, 16 caractères, donnée par `import`.") \
    T(CONFIG_USAGE, "check|print [FILE]", "check|print [FICHIER]") \
    T(CONFIG_SUMMARY, "Checks or prints a configuration file", \
      "Vérifie ou affiche un fichier de configuration") \
    T(CONFIG_DETAILS, "print without a file shows all options with their defaults.", \
      "print sans fichier montre toutes les options avec leurs valeurs par défaut.") \
    T(CONFIG_FINE, "%s is fine.", "%s est correct.") \
    T(WRONG_NO_CONFIG, "Name the file to check", "Nommez le fichier à vérifier")
/* clang-format on */

#endif
