/* Texts of the import; see texts.h. */
#ifndef PASSERELLE_CLI_IMPORT_TEXTS_H
#define PASSERELLE_CLI_IMPORT_TEXTS_H

#include <inttypes.h>

/* Each takes the text that is at fault. */
#define IMPORT_VALUE_TEXTS(T)                                                                      \
    T(IMPORT_NOT_DATE, "“%s” is not a date", "« %s » n'est pas une date")                          \
    T(IMPORT_NOT_NUMBER, "“%s” is not a number", "« %s » n'est pas un nombre")                     \
    T(IMPORT_NOT_YES, "“%s” is neither yes nor no", "« %s » n'est ni oui ni non")                  \
    T(IMPORT_NOT_HOURS, "“%s” is not a time in hours", "« %s » n'est pas une durée en heures")     \
    T(IMPORT_NOT_CLOCK, "“%s” is not a time of day", "« %s » n'est pas une heure")                 \
    T(IMPORT_NOT_MONTHS, "“%s” is not a length of time", "« %s » n'est pas une durée")             \
    T(IMPORT_NOT_ID, "“%s” is not the id of a record",                                             \
      "« %s » n'est pas l'identifiant d'une fiche")                                                \
    T(IMPORT_NOT_KNOWN, "“%s” is not understood here, and left out",                               \
      "« %s » n'est pas compris ici, et laissé de côté")                                           \
    T(IMPORT_NOT_POSTCODE, "“%s” is not a postcode, and left out",                                 \
      "« %s » n'est pas un code postal, et laissé de côté")                                        \
    T(IMPORT_TOO_MANY, "more than %s items; the others are left out",                              \
      "plus de %s éléments ; les autres sont laissés de côté")                                     \
    T(IMPORT_INCOMPLETE, "an item without “%s” is left out",                                       \
      "un élément sans « %s » est laissé de côté")                                                 \
    T(IMPORT_SOCIAL_SECURITY, "a social-security number has no place here; the row is refused%s",  \
      "un numéro de sécurité sociale n'a rien à faire ici ; la ligne est refusée%s")               \
    T(FREE_NOT_TEXT, "not a text%s", "ce n'est pas un texte%s")                                    \
    T(FREE_NOT_MAIL, "not a mail%s", "ce n'est pas un courriel%s")                                 \
    T(FREE_NOT_PDF, "not a PDF that can be read%s", "ce n'est pas un PDF lisible%s")               \
    T(FREE_NO_PDF_PROGRAM, "pdftotext cannot be run: install poppler-utils%s",                     \
      "pdftotext ne peut pas être lancé : installer poppler-utils%s")                              \
    T(FREE_SCAN, "a scan: there are pictures of pages in it and no text%s",                        \
      "un scan : il contient des images de pages et pas de texte%s")                               \
    T(FREE_OTHER_KIND, "left aside: neither .txt nor .eml nor .pdf%s",                             \
      "laissé de côté : ni .txt, ni .eml, ni .pdf%s")                                              \
    T(FREE_TOO_PRIVATE, "too many telephone numbers and names in it%s",                            \
      "trop de numéros de téléphone et de noms dedans%s")                                          \
    T(IMPORT_NO_POSTING, "neither an offer of France Travail nor a JobPosting%s",                  \
      "ni une offre de France Travail ni un JobPosting%s")                                         \
    T(IMPORT_UNCLOSED, "an object or a list does not end%s",                                       \
      "un objet ou une liste n'a pas de fin%s")                                                    \
    T(IMPORT_NOT_JSON, "not JSON: %s", "pas du JSON : %s")                                         \
    T(IMPORT_TOO_LONG, "“%s” is cut to the length allowed",                                        \
      "« %s » est coupé à la longueur permise")

/* Column maps. */
#define IMPORT_MAP_TEXTS(T)                                                                        \
    T(IMPORT_MAP_OPEN, "cannot be read: %s", "lecture impossible : %s")                            \
    T(IMPORT_MAP_SECTION, "unknown section “%s”; there are [import] and [fields]",                 \
      "section « %s » inconnue ; il y a [import] et [fields]")                                     \
    T(IMPORT_MAP_NO_SECTION, "“%s” comes before any section", "« %s » est avant toute section")    \
    T(IMPORT_MAP_NO_EQUALS, "“=” is missing after “%s”", "« = » manque après « %s »")              \
    T(IMPORT_MAP_SETTING, "unknown setting “%s”", "réglage « %s » inconnu")                        \
    T(IMPORT_MAP_SETTING_VALUE, "“%s” is no value for this setting",                               \
      "« %s » n'est pas une valeur de ce réglage")                                                 \
    T(IMPORT_MAP_NO_KIND,                                                                          \
      "kind is missing, or comes after the fields: learner, offer or employer%s",                  \
      "kind manque, ou vient après les champs : learner, offer ou employer%s")                     \
    T(IMPORT_MAP_FIELD, "no such field: “%s”", "champ inexistant : « %s »")                        \
    T(IMPORT_MAP_FIELD_WHOLE, "“%s” cannot be filled as a whole; name one of its fields",          \
      "« %s » ne se remplit pas d'un bloc ; nommer un de ses champs")                              \
    T(IMPORT_MAP_INDEX, "“%s”: an index such as [0] belongs to a list of records",                 \
      "« %s » : un indice comme [0] va avec une liste de fiches")                                  \
    T(IMPORT_MAP_NO_COLUMN, "“%s” is given neither a column nor const(…)",                         \
      "« %s » ne reçoit ni colonne ni const(…)")                                                   \
    T(IMPORT_MAP_CONVERTER, "no such converter: “%s”", "convertisseur inexistant : « %s »")        \
    T(IMPORT_MAP_ARGUMENT, "the converter “%s” is not given what it needs",                        \
      "le convertisseur « %s » ne reçoit pas ce qu'il lui faut")                                   \
    T(IMPORT_MAP_SYNTAX, "not understood: “%s”", "incompréhensible : « %s »")                      \
    T(IMPORT_MAP_QUOTE, "a quote is not closed: “%s”", "guillemet non fermé : « %s »")             \
    T(IMPORT_MAP_BRACE, "a brace or parenthesis is not closed after “%s”",                         \
      "accolade ou parenthèse non fermée après « %s »")                                            \
    T(IMPORT_MAP_TOO_LARGE, "over a limit: “%s”", "limite dépassée : « %s »")                      \
    T(IMPORT_MAP_ENCODING, "not UTF-8%s", "pas en UTF-8%s")                                        \
    T(IMPORT_MAP_MEMORY, "out of memory%s", "mémoire épuisée%s")

/* Tables that cannot be read; each takes a detail, which may be empty. */
#define IMPORT_TABLE_TEXTS(T)                                                                      \
    T(IMPORT_TABLE_OPEN, "cannot be opened: %s", "ouverture impossible : %s")                      \
    T(IMPORT_TABLE_READ, "cannot be read: damaged? %s", "lecture impossible : abîmé ? %s")         \
    T(IMPORT_TABLE_EMPTY, "there is nothing in it%s", "il n'y a rien dedans%s")                    \
    T(IMPORT_TABLE_UTF16, "text in UTF-16: save it as CSV in UTF-8%s",                             \
      "texte en UTF-16 : l'enregistrer en CSV UTF-8%s")                                            \
    T(IMPORT_TABLE_FORMAT, "not a table that can be read: %s",                                     \
      "ce n'est pas un tableau lisible : %s")                                                      \
    T(IMPORT_TABLE_NO_SHEET, "there is no sheet “%s”", "il n'y a pas de feuille « %s »")           \
    T(IMPORT_TABLE_ENCRYPTED,                                                                      \
      "behind a password or in the old .xls format: save it as .xlsx without one%s",               \
      "protégé par un mot de passe ou à l'ancien format .xls : l'enregistrer en .xlsx sans%s")     \
    T(IMPORT_TABLE_TOO_LARGE, "larger than is read%s", "plus grand que ce qui est lu%s")           \
    T(IMPORT_TABLE_QUOTE, "a quote is not closed%s", "un guillemet n'est pas fermé%s")             \
    T(IMPORT_TABLE_ENCODING, "bytes that are no text%s", "des octets qui ne sont pas du texte%s")  \
    T(IMPORT_TABLE_EXTRA_CELLS, "the row has more cells than there are headers%s",                 \
      "la ligne a plus de cases qu'il n'y a d'en-têtes%s")

/* The import as a whole. */
#define IMPORT_RUN_TEXTS(T)                                                                            \
    T(IMPORT_USAGE, "learners|offers|employers FILE … | referential | communes FILE …",                \
      "learners|offers|employers FICHIER … | referential | communes FICHIER …")                        \
    T(IMPORT_SUMMARY, "Brings in people, offers or employers from tables, or a catalogue",             \
      "Importe des personnes, des offres ou des employeurs de tableaux, ou un catalogue")              \
    T(IMPORT_DETAILS,                                                                                  \
      "FILE is a table: CSV or TSV as spreadsheets write it, .xlsx, or JSON Lines. A column map "      \
      "tells which column is what; without --map one is proposed, with five rows to look at, "         \
      "and nothing is sent before you agree. Rows that cannot be taken are told as "                   \
      "file:line:column and the others are imported. An import that was cut off, or is done "          \
      "again, does nothing twice. Columns of social-security numbers are left out.\n\n"                \
      "Offers may also come as pages of France Travail's API (offres d'emploi v2, JSON) or as "        \
      "JobPosting of schema.org, in JSON or in a web page that was saved; these need no map. "         \
      "With --text they are free texts: mails, text files, PDFs with text. A JobPosting and a "        \
      "free "                                                                                          \
      "text become drafts (see `offer confirm`); telephone numbers, mail addresses and names of "      \
      "people are taken out of what others see.\n\n"                                                   \
      "referential builds the catalogue of skills and roles: the project's own, and ROME 4.0 "         \
      "with --rome, and ESCO with --esco and --mapping; where ROME is in force already, "              \
      "--without-rome lets it go. "                                                                    \
      "communes reads the list of communes from La Poste's file of postcodes.",                        \
      "FICHIER est un tableau : CSV ou TSV comme les tableurs l'écrivent, .xlsx, ou JSON Lines. "     \
      "Une carte des colonnes dit ce que chacune contient ; sans --map, une carte est proposée, "     \
      "avec cinq lignes à regarder, et rien n'est envoyé avant votre accord. Les lignes qu'on ne "   \
      "peut pas prendre sont dites sous la forme fichier:ligne:colonne et les autres sont "            \
      "importées. Un import interrompu, ou refait, ne fait rien deux fois. Les colonnes de "          \
      "numéros de sécurité sociale sont laissées de côté.\n\n"                                   \
      "Les offres peuvent aussi venir comme pages de l'API de France Travail (offres d'emploi "        \
      "v2, JSON) ou comme JobPosting de schema.org, en JSON ou dans une page web enregistrée ; "      \
      "elles n'ont pas besoin de carte. Avec --text, ce sont des textes libres : courriels, "          \
      "fichiers de texte, PDF contenant du texte. Un JobPosting et un texte libre deviennent des "     \
      "brouillons (voir « offer confirm ») ; les numéros de téléphone, les adresses et les noms " \
      "de personnes sont enlevés de ce que les autres voient.\n\n"                                    \
      "referential construit le catalogue des compétences et des métiers : celui du projet, et "     \
      "le ROME 4.0 avec --rome, et l'ESCO avec --esco et --mapping ; là où le ROME est déjà en "   \
      "vigueur, --without-rome le laisse "                                                             \
      "partir. communes lit la liste des communes du fichier des codes postaux de La Poste.")          \
    T(IMPORT_OPTION_MAP, "the column map to use", "la carte des colonnes à utiliser")                  \
    T(IMPORT_OPTION_SAVE_MAP, "write the proposed map to this file",                                   \
      "écrire la carte proposée dans ce fichier")                                                      \
    T(IMPORT_OPTION_YES, "accept the proposed map", "accepter la carte proposée")                      \
    T(IMPORT_OPTION_TEXT, "offers: files or folders of mails (.eml), texts (.txt), PDFs",              \
      "offres : fichiers ou dossiers de courriels (.eml), textes (.txt), PDF")                         \
    T(IMPORT_OPTION_SOURCE, "the source of offers that name none: texts, JobPostings",                 \
      "la source des offres qui n'en nomment pas : textes, JobPosting")                                \
    T(IMPORT_OPTION_DRY_RUN, "check all rows and send nothing",                                        \
      "vérifier toutes les lignes sans rien envoyer")                                                  \
    T(IMPORT_OPTION_ROME, "the files of ROME 4.0", "les fichiers du ROME 4.0")                         \
    T(IMPORT_OPTION_ESCO, "the files of ESCO, in French and English",                                  \
      "les fichiers de l'ESCO, en français et en anglais")                                             \
    T(IMPORT_OPTION_MAPPING, "the file that maps ESCO's occupations to ROME's job titles",             \
      "le fichier qui relie les professions de l'ESCO aux appellations du ROME")                       \
    T(IMPORT_OPTION_WITHOUT_ROME, "leave out ROME 4.0, which is in force",                             \
      "laisser de côté le ROME 4.0, qui est en vigueur")                                               \
    T(IMPORT_WRONG_ROME, "Choose either --rome or --without-rome",                                     \
      "Choisissez --rome ou --without-rome")                                                           \
    T(IMPORT_ROME_LOST,                                                                                \
      "ROME 4.0 is in force in “%s” and would be lost. Nothing was changed: name its files with "  \
      "--rome, or let it go with --without-rome.",                                                     \
      "Le ROME 4.0 est en vigueur dans « %s » et serait perdu. Rien n'a changé : indiquez ses "     \
      "fichiers avec --rome, ou laissez-le partir avec --without-rome.")                               \
    T(IMPORT_WRONG_TEXT, "--text is for offers, and needs no map",                                     \
      "--text est pour les offres, et n'a pas besoin de carte")                                        \
    T(IMPORT_WRONG_SOURCE, "--source takes a name of at most 40 bytes",                                \
      "--source prend un nom d'au plus 40 octets")                                                     \
    T(IMPORT_WRONG_WHAT, "This cannot be imported", "Cela ne s'importe pas")                           \
    T(IMPORT_CANNOT_WRITE, "%s cannot be written: %s", "Impossible d'écrire %s : %s")                  \
    T(IMPORT_REFERENTIAL_BUILT, "Referential %s: %u skills, %u roles, %u other words for them.",       \
      "Référentiel %s : %u compétences, %u métiers, %u autres façons de les dire.")                    \
    T(IMPORT_COMMUNES_BUILT, "Communes %s.", "Communes %s.")                                           \
    T(IMPORT_PLACES, "%" PRIu64 " of %" PRIu64 " places that were unknown are known now.",             \
      "%" PRIu64 " lieux sur %" PRIu64 " qui étaient inconnus sont connus maintenant.")                \
    T(IMPORT_PROPOSED, "%s: this is how its columns would be read.",                                   \
      "%s : voici comment ses colonnes seraient lues.")                                                \
    T(IMPORT_HEAD_COLUMN, "Column", "Colonne")                                                         \
    T(IMPORT_HEAD_FIELD, "Becomes", "Devient")                                                         \
    T(IMPORT_HEAD_ROW_1, "1st row", "1re ligne")                                                       \
    T(IMPORT_HEAD_ROW_2, "2nd row", "2e ligne")                                                        \
    T(IMPORT_HEAD_ROW_3, "3rd row", "3e ligne")                                                        \
    T(IMPORT_HEAD_ROW_4, "4th row", "4e ligne")                                                        \
    T(IMPORT_HEAD_ROW_5, "5th row", "5e ligne")                                                        \
    T(IMPORT_NOT_READ, "(not read)", "(pas lue)")                                                      \
    T(IMPORT_ASK_ONE, "Import %" PRIu64 " row this way? [Y/n] ",                                       \
      "Importer ainsi %" PRIu64 " ligne ? [O/n] ")                                                     \
    T(IMPORT_ASK, "Import %" PRIu64 " rows this way? [Y/n] ",                                          \
      "Importer ainsi %" PRIu64 " lignes ? [O/n] ")                                                    \
    T(IMPORT_NOT_DONE,                                                                                 \
      "Nothing was imported. --yes accepts the proposal, --map gives another map.",                    \
      "Rien n'a été importé. --yes accepte la proposition, --map donne une autre carte.")              \
    T(IMPORT_NOTHING_KNOWN,                                                                            \
      "%s: no column is recognised. A column map (--map) tells what they hold.",                       \
      "%s : aucune colonne n'est reconnue. Une carte (--map) dit ce qu'elles contiennent.")            \
    T(IMPORT_LACKING, "%s: no column gives “%s”, without which nothing can be imported.",              \
      "%s : aucune colonne ne donne « %s », sans quoi rien ne peut être importé.")                     \
    T(IMPORT_OTHER_KIND, "%s is a map of other records than these.",                                   \
      "%s est une carte d'autres fiches que celles-ci.")                                               \
    T(IMPORT_MAP_KEPT, "The map is in %s.", "La carte est dans %s.")                                   \
    T(IMPORT_COLUMN_REFUSED,                                                                           \
      "%s:%u:%u: the column “%s” holds social-security numbers: it is left out, and no trace of "  \
      "it is kept.",                                                                                   \
      "%s:%u:%u: la colonne « %s » contient des numéros de sécurité sociale : elle est laissée " \
      "de côté, et rien n'en est gardé.")                                                              \
    T(IMPORT_COLUMN_MISSING, "%s: there is no column “%s”, which the map names.",                      \
      "%s : il n'y a pas de colonne « %s », que la carte nomme.")                                      \
    T(IMPORT_WARNING, "warning: ", "attention : ")                                                     \
    T(IMPORT_SAME_AS_LINE,                                                                             \
      "probable duplicate: the same reference or person as line %u, which is kept",                    \
      "doublon probable : même référence ou même personne que la ligne %u, qui est gardée")            \
    T(IMPORT_DUPLICATE_OF,                                                                             \
      "probable duplicate: its reference belongs to %s, who has another name; not imported",           \
      "doublon probable : sa référence est celle de %s, qui a un autre nom ; pas importé")             \
    T(IMPORT_DUPLICATE_WITH,                                                                           \
      "probable duplicate: %s is perhaps the same person as %s; kept apart",                           \
      "doublon probable : %s est peut-être la même personne que %s ; gardés à part")                   \
    T(IMPORT_MORE_WARNINGS, "… and %" PRIu64 " more warnings",                                         \
      "… et %" PRIu64 " autres avertissements")                                                        \
    T(IMPORT_AWAY,                                                                                     \
      "Passerelle no longer answers. Run the same command again to go on: nothing is done "            \
      "twice.",                                                                                        \
      "Passerelle ne répond plus. Relancer la même commande pour continuer : rien n'est fait "       \
      "deux fois.")                                                                                    \
    T(IMPORT_RESUMED, "%s: going on with the import that was cut off.",                                \
      "%s : suite de l'import interrompu.")                                                            \
    T(IMPORT_COUNT_CREATED, "%" PRIu64 " created", "%" PRIu64 " créé(s)")                              \
    T(IMPORT_COUNT_CHANGED, "%" PRIu64 " changed", "%" PRIu64 " modifié(s)")                           \
    T(IMPORT_COUNT_UNCHANGED, "%" PRIu64 " unchanged", "%" PRIu64 " inchangé(s)")                      \
    T(IMPORT_COUNT_STALE, "%" PRIu64 " older than what is known",                                      \
      "%" PRIu64 " plus ancien(s) que ce qui est connu")                                               \
    T(IMPORT_COUNT_CHECKED_ONE, "%" PRIu64 " row good, not sent",                                      \
      "%" PRIu64 " ligne bonne, non envoyée")                                                          \
    T(IMPORT_COUNT_CHECKED, "%" PRIu64 " rows good, none sent",                                        \
      "%" PRIu64 " lignes bonnes, aucune envoyée")                                                     \
    T(IMPORT_COUNT_DUPLICATE, "%" PRIu64 " probable duplicate", "%" PRIu64 " doublon probable")        \
    T(IMPORT_COUNT_DUPLICATES, "%" PRIu64 " probable duplicates",                                      \
      "%" PRIu64 " doublons probables")                                                                \
    T(IMPORT_COUNT_REJECTED, "%" PRIu64 " rejected", "%" PRIu64 " rejeté(s)")                          \
    T(IMPORT_COUNT_WARNING, "%" PRIu64 " warning", "%" PRIu64 " avertissement")                        \
    T(IMPORT_COUNT_WARNINGS, "%" PRIu64 " warnings", "%" PRIu64 " avertissements")                     \
    T(PROGRESS_LEFT, "%" PRId64 ":%02" PRId64 " left", "reste %" PRId64 ":%02" PRId64)

#define IMPORT_TEXTS_ALL(T)                                                                        \
    IMPORT_VALUE_TEXTS(T) IMPORT_MAP_TEXTS(T) IMPORT_TABLE_TEXTS(T) IMPORT_RUN_TEXTS(T)

#endif
