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
      "les autres ont leur réponse. La note est celle des programmes d'appariement.") \
    COUNTERFACTUAL_TEXTS_ALL(T)

#define COUNTERFACTUAL_TEXTS_ALL(T) \
    T(OPTION_THRESHOLD, "next-steps, costs: the score in percent from which on a pair counts as " \
      "open to each other; 60 when absent", \
      "next-steps, costs : la note en pour cent à partir de laquelle une paire compte comme " \
      "possible ; 60 par défaut") \
    T(OPTION_STEPS_LIMIT, "next-steps: how many of each kind, up to 10; 3 when absent", \
      "next-steps : combien de chaque sorte, jusqu'à 10 ; 3 par défaut") \
    T(OPTION_COSTS_LIMIT, "costs: how many at most; 10 when absent", \
      "costs : combien au plus ; 10 par défaut") \
    T(NO_REFERENTIAL_HERE, "The list of skills %s cannot be read here: %s.", \
      "Le référentiel %s ne peut pas être lu ici : %s.") \
    T(STEPS_COUNTS, \
      "%s: %u offers are open, %u more could be reached by learning, %u are out for another reason.", \
      "%s : %u offres sont accessibles, %u de plus le seraient en apprenant, %u ne le sont pas pour " \
      "une autre raison.") \
    T(STEPS_LEFT_OUT, "%u offers were not looked at: there are too many.", \
      "%u offres n'ont pas été regardées : il y en a trop.") \
    T(STEPS_ONE, "One more skill, and how many offers it opens:", \
      "Une compétence de plus, et combien d'offres elle ouvre :") \
    T(STEPS_TWO, "Two more skills together:", "Deux compétences de plus ensemble :") \
    T(STEPS_THREE, "Three more skills together:", "Trois compétences de plus ensemble :") \
    T(STEPS_NONE, "Up to three more skills open no offer.", \
      "Jusqu'à trois compétences de plus n'ouvrent aucune offre.") \
    T(STEPS_TAUGHT, "        “%s” is taught in “%s” (%s)", "        « %s » s'apprend dans « %s » (%s)") \
    T(STEPS_MODULES, "Whole modules, and how many offers they open:", \
      "Des modules entiers, et combien d'offres ils ouvrent :") \
    T(COSTS_COUNTS, "%s: %u candidates of %u learners; %u are out because of a condition.", \
      "%s : %u candidats sur %u apprenants ; %u sont écartés par une condition.") \
    T(COSTS_HEAD, "Candidates that each demand alone keeps away:", \
      "Candidats que chaque demande écarte à elle seule :") \
    T(COSTS_NONE, "No single demand keeps anybody away.", \
      "Aucune demande n'écarte quelqu'un à elle seule.") \
    T(COSTS_REQUIRED, "required", "obligatoire") \
    T(COSTS_WISHED, "wished for", "souhaitée")
/* clang-format on */

#endif
