/* Texts of the imports of catalogues; see texts.h. Each takes the text that is at fault. */
#ifndef PASSERELLE_CLI_CATALOGUE_TEXTS_H
#define PASSERELLE_CLI_CATALOGUE_TEXTS_H

#define CATALOGUE_TEXTS_ALL(T)                                                                     \
    T(CATALOGUE_OPEN, "cannot be read: %s", "lecture impossible : %s")                             \
    T(CATALOGUE_NO_FILE, "there is no file “%s”", "il n'y a pas de fichier « %s »")                \
    T(CATALOGUE_NO_COLUMN, "the column “%s” is missing", "la colonne « %s » manque")               \
    T(CATALOGUE_EMPTY, "nothing in it%s", "rien dedans%s")                                         \
    T(CATALOGUE_FORMAT, "not a table of text%s", "ce n'est pas un tableau en texte%s")             \
    T(CATALOGUE_QUOTE, "a quote is not closed%s", "guillemet non fermé%s")                         \
    T(CATALOGUE_ENCODING, "bytes that are no text%s", "octets qui ne sont pas du texte%s")         \
    T(CATALOGUE_EXTRA_CELLS, "more cells than the first line has%s",                               \
      "plus de cellules que la première ligne%s")                                                  \
    T(CATALOGUE_TOO_LARGE, "larger than is read: %s", "plus grand que ce qui est lu : %s")         \
    T(CATALOGUE_MEMORY, "out of memory%s", "mémoire épuisée%s")                                    \
    T(CATALOGUE_NO_VALUE, "a value is missing: %s", "une valeur manque : %s")                      \
    T(CATALOGUE_VALUE, "not taken: “%s”", "refusé : « %s »")                                       \
    T(CATALOGUE_REPEATED, "a second line for “%s”", "deuxième ligne pour « %s »")                  \
    T(CATALOGUE_UNKNOWN_SKILL, "unknown skill: “%s”", "compétence inconnue : « %s »")              \
    T(CATALOGUE_UNKNOWN_ROLE, "unknown role: “%s”", "métier inconnu : « %s »")

#endif
