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
    COUNTERFACTUAL_TEXTS_ALL(T) \
    AUDIT_TEXTS_ALL(T)

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

#define AUDIT_TEXTS_ALL(T) \
    T(AUDIT_SUMMARY, "Reports whether groups of learners are shown to employers alike", \
      "Rend compte : les groupes d'apprenants sont-ils montrés pareillement aux employeurs ?") \
    T(AUDIT_DETAILS, \
      "Counts how often learners of each declared group and programme come first in the lists of " \
      "offers. Only sums of groups leave the server; small groups are hidden. Then the blind swap: " \
      "gender, birth date, diploma, status, name, address and all else that a score must ignore is " \
      "changed in every active learner, and every profile and score must come out the same, byte " \
      "for byte; if not, the command ends with 5.", \
      "Compte combien de fois les apprenants de chaque groupe déclaré et de chaque formation " \
      "arrivent en tête des listes des offres. Seules des sommes par groupe sortent du serveur ; " \
      "les petits groupes sont cachés. Puis l'échange à l'aveugle : genre, date de naissance, " \
      "diplôme, statut, nom, adresse et tout ce qu'une note doit ignorer est changé chez chaque " \
      "apprenant actif, et chaque profil et chaque note doivent rester les mêmes, octet pour octet " \
      "; sinon, la commande finit par 5.") \
    T(AUDIT_TOP, "how many of an offer's learners count as selected, up to 32; 10 when absent", \
      "combien d'apprenants d'une offre comptent comme retenus, jusqu'à 32 ; 10 par défaut") \
    T(AUDIT_HTML, "writes the report as a page, too", "écrit aussi le rapport comme une page") \
    T(AUDIT_NO_SWAP, "without the blind swap", "sans l'échange à l'aveugle") \
    T(AUDIT_NAME, "Audit of the matches", "Audit des appariements") \
    T(AUDIT_TITLE, "Audit of the matches: %s, %s", "Audit des appariements : %s, %s") \
    T(AUDIT_WHAT, \
      "This report compares groups of active learners: how often they are shown to employers in " \
      "the lists of %d open offers. A learner is selected when among the first %d of at least one " \
      "offer, in the order in which the list is shown on this day.", \
      "Ce rapport compare des groupes d'apprenants actifs : combien de fois ils sont montrés aux " \
      "employeurs dans les listes de %d offres ouvertes. Un apprenant est retenu s'il est parmi les " \
      "%d premiers d'au moins une offre, dans l'ordre où la liste est montrée ce jour-là.") \
    T(AUDIT_HOW_TO_READ, \
      "A ratio compares a group with all others together: 1 means alike, 0.5 half as often. In " \
      "brackets are the bounds within which the true value lies with 95 %% confidence: where they " \
      "hold 1, chance alone may explain the difference. Groups of fewer than %d learners are hidden, " \
      "and so are others from which they could be worked out.", \
      "Un rapport compare un groupe à tous les autres ensemble : 1 veut dire pareil, 0,5 deux fois " \
      "moins. Entre parenthèses, les bornes de la vraie valeur avec une confiance de 95 %% : si 1 est " \
      "entre les deux, le hasard seul peut expliquer l'écart. Les groupes de moins de %d apprenants " \
      "sont cachés, ainsi que ceux dont on pourrait les déduire.") \
    T(AUDIT_COLUMN_GROUP, "Group", "Groupe") \
    T(AUDIT_COLUMN_LEARNERS, "Learners", "Apprenants") \
    T(AUDIT_COLUMN_SELECTED, "Selected", "Retenus") \
    T(AUDIT_COLUMN_SHARE, "Share selected", "Part retenue") \
    T(AUDIT_COLUMN_SELECTION, "Selection ratio", "Rapport de sélection") \
    T(AUDIT_COLUMN_EXPOSURE, "Exposure ratio", "Rapport d'exposition") \
    T(AUDIT_HIDDEN, "hidden", "caché") \
    T(AUDIT_TABLE_gender, "By gender", "Par genre") \
    T(AUDIT_TABLE_age, "By age", "Par âge") \
    T(AUDIT_TABLE_diploma, "By highest diploma", "Par diplôme le plus élevé") \
    T(AUDIT_TABLE_status, "By status on entry", "Par statut à l'entrée") \
    T(AUDIT_TABLE_priority_area, "Living in a priority neighbourhood", \
      "Habitant un quartier prioritaire") \
    T(AUDIT_TABLE_minimum_income, "Receiving the RSA", "Touchant le RSA") \
    T(AUDIT_TABLE_programme, "By programme", "Par formation") \
    T(AUDIT_GROUP_not_given, "not given", "non renseigné") \
    T(AUDIT_GROUP_under_26, "under 26", "moins de 26 ans") \
    T(AUDIT_GROUP_26_to_45, "26 to 45", "26 à 45 ans") \
    T(AUDIT_GROUP_over_45, "over 45", "plus de 45 ans") \
    T(AUDIT_GROUP_yes, "yes", "oui") \
    T(AUDIT_GROUP_no, "no", "non") \
    T(AUDIT_SWAP, "Blind swap", "Échange à l'aveugle") \
    T(AUDIT_SWAP_DONE, \
      "%u protected fields were changed in %u ways in each of %llu learners, and %llu pairs of " \
      "learner and offer scored before and after.", \
      "%u champs protégés ont été changés de %u façons chez chacun des %llu apprenants, et %llu " \
      "paires d'apprenant et d'offre notées avant et après.") \
    T(AUDIT_SWAP_SAME, "No profile and no score differs in any byte: scores ignore these fields.", \
      "Aucun profil ni aucune note ne diffère d'un seul octet : les notes ignorent ces champs.") \
    T(AUDIT_SWAP_DIFFERS, "%llu learners came out differently: scores do not ignore these fields.", \
      "%llu apprenants donnent un autre résultat : les notes n'ignorent pas ces champs.") \
    T(AUDIT_LIMITS, "Method and limits", "Méthode et limites") \
    T(AUDIT_METHOD, \
      "Bounds of shares are Wilson's, those of ratios come from the logarithm of the ratio (Katz; " \
      "for exposure the delta method). Exposure is the sum of 1 / log2(place + 1) over all lists, " \
      "places from 1 on. Groups are as people declared them. A difference is no proof of unfair " \
      "treatment: skills, places and wishes may differ between groups; and likeness is no proof of " \
      "fair treatment. Compare reports of one day with each other, not of days on which few people " \
      "came or left: their difference could tell about these few.", \
      "Les bornes des parts sont celles de Wilson, celles des rapports viennent du logarithme du " \
      "rapport (Katz ; pour l'exposition, la méthode delta). L'exposition est la somme de " \
      "1 / log2(place + 1) sur toutes les listes, places à partir de 1. Les groupes sont ceux que " \
      "les personnes ont déclarés. Un écart ne prouve pas un traitement injuste : compétences, lieux " \
      "et souhaits peuvent différer d'un groupe à l'autre ; et une ressemblance ne prouve pas un " \
      "traitement juste. Ne comparez pas des rapports de jours entre lesquels peu de personnes sont " \
      "arrivées ou parties : leur différence pourrait renseigner sur ces quelques-unes.")
/* clang-format on */

#endif
