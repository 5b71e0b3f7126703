/* Texts of the import; see texts.h. */
#ifndef PASSERELLE_CLI_IMPORT_TEXTS_H
#define PASSERELLE_CLI_IMPORT_TEXTS_H

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

#define IMPORT_TEXTS_ALL(T) IMPORT_VALUE_TEXTS(T) IMPORT_MAP_TEXTS(T)

#endif
