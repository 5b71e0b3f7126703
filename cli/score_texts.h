/* Texts of the commands that score, explain and audit; see texts.h. */
#ifndef PASSERELLE_CLI_SCORE_TEXTS_H
#define PASSERELLE_CLI_SCORE_TEXTS_H

/* clang-format off */
#define SCORE_TEXTS_ALL(T) \
    T(SCORE_SUMMARY, "Scores pairs of learner and offer, without a server", \
      "Note des paires d'apprenant et d'offre, sans serveur") \
    T(SCORE_DETAILS, \
      "Reads JSON Lines and writes one line for each:\n" \
      "{\"id\": \"q1\", \"learner\": {…}, \"offer\": {…}, \"today\": \"2026-11-27\"} becomes " \
      "{\"id\": \"q1\", \"score\": 0.7312, \"employer\": 0.68, \"learner\": 0.7862, " \
      "\"failed\": [{\"constraint\": \"distance\", \"value\": 42, \"limit\": 30, \"by\": 12, " \
      "\"near\": true}], \"reasons\": […], \"near_miss\": true}. The records are those of " \
      "proto/PROTOCOL.md; every field of theirs may be left out. A score is 0 where a hard " \
      "constraint fails; where all that fail do so by little, it is a near-miss, and " \
      "\"score_if_met\" is what the pair would be worth otherwise. Without \"today\" it is " \
      "today. A line that is wrong gets \"errors\", a list of code, path and what was expected, " \
      "and the others are answered. The score is the same as that of the workers.", \
      "Lit des JSON Lines et écrit une ligne pour chacune :\n" \
      "{\"id\": \"q1\", \"learner\": {…}, \"offer\": {…}, \"today\": \"2026-11-27\"} donne " \
      "{\"id\": \"q1\", \"score\": 0.7312, \"employer\": 0.68, \"learner\": 0.7862, " \
      "\"failed\": [{\"constraint\": \"distance\", \"value\": 42, \"limit\": 30, \"by\": 12, " \
      "\"near\": true}], \"reasons\": […], \"near_miss\": true}. Les fiches sont celles de " \
      "proto/PROTOCOL.md ; chacun de leurs champs peut manquer. Une note est 0 si une condition " \
      "n'est pas remplie ; si toutes celles qui manquent manquent de peu, la paire est proche, et " \
      "\"score_if_met\" est ce qu'elle vaudrait sinon. Sans \"today\", c'est aujourd'hui. Une " \
      "ligne fautive reçoit \"errors\", une liste de code, path et de ce qui était attendu, et " \
      "les autres ont leur réponse. La note est celle des programmes d'appariement.")
/* clang-format on */

#endif
