/* Texts of `recognise`; see texts.h. */
#ifndef PASSERELLE_CLI_RECOGNISE_TEXTS_H
#define PASSERELLE_CLI_RECOGNISE_TEXTS_H

/* clang-format off */
#define RECOGNISE_TEXTS_ALL(T) \
    T(RECOGNISE_SUMMARY, "Finds skills, jobs and conditions in the texts of offers and CVs, without a server", \
      "Trouve compétences, métiers et conditions dans les textes d'offres et de CV, sans serveur") \
    T(RECOGNISE_DETAILS, \
      "Reads JSON Lines and writes one line for each: {\"id\": \"q1\", \"text\": \"…\"}, with \"date\" " \
      "(YYYY-MM-DD, when it was written), \"kind\" (\"offer\" or \"cv\"; offer when absent) and " \
      "\"language\" (\"fr\" or \"en\"; guessed when absent) if known. The answer has roles, skills, " \
      "constraints, unlawful wishes (flags) and what is private. Positions count Unicode characters. " \
      "Of a text only the first 20 KiB are read.", \
      "Lit des JSON Lines et écrit une ligne pour chacune : {\"id\": \"q1\", \"text\": \"…\"}, avec " \
      "\"date\" (AAAA-MM-JJ, le jour où il a été écrit), \"kind\" (\"offer\" ou \"cv\" ; offer par " \
      "défaut) et \"language\" (\"fr\" ou \"en\" ; devinée sinon) si on les connaît. La réponse donne " \
      "métiers, compétences, conditions, souhaits interdits (flags) et ce qui est privé. Les " \
      "positions comptent des caractères Unicode. D'un texte, seuls les 20 premiers Kio sont lus.") \
    T(RECOGNISE_COMMUNES, "file of communes: La Poste's, or in the form of the project's own; the latter when absent", \
      "fichier des communes : celui de La Poste, ou de la forme de celui du projet ; ce dernier par défaut") \
    T(QUERY_NO_TEXT, "“text” must be a text", "« text » doit être un texte") \
    T(QUERY_KIND, "“kind” must be \"offer\" or \"cv\"", "« kind » doit être \"offer\" ou \"cv\"") \
    T(QUERY_DATE, "“date” must be a day such as 2026-11-26", "« date » doit être un jour comme 2026-11-26")
/* clang-format on */

#endif
