/* Texts of job datings; see texts.h. */
#ifndef PASSERELLE_CLI_JOBDATING_TEXTS_H
#define PASSERELLE_CLI_JOBDATING_TEXTS_H

/* clang-format off */
#define JOBDATING_TEXTS_ALL(T) \
    T(GROUP_JOBDATING, "Job dating", "Job dating") \
    T(JOBDATING_USAGE, "ACTION [JOBDATING …] [FIELD=VALUE …]", "ACTION [JOBDATING …] [CHAMP=VALEUR …]") \
    T(JOBDATING_SUMMARY, "Prepares a job dating: firms, learners, helpers, wishes", \
      "Prépare un job dating : entreprises, apprenants, aides, souhaits") \
    T(JOBDATING_DETAILS, \
      "create NAME day=2026-12-10 sessions=\"13:30-17:00 10+4\" tables=14: slots of 10 minutes with 4 " \
      "between two. Several sessions, breaks or windows are separated by commas.\n" \
      "change JOBDATING FIELD=VALUE …; list; show JOBDATING.\n" \
      "firm JOBDATING EMPLOYER recruiters=2 windows=13:30-15:00 offers=O12,O15 …\n" \
      "learner JOBDATING LEARNER answer=confirmed needs=ground_floor helpers=T2 …\n" \
      "helper JOBDATING CODE windows=… phone=…: somebody whom several meetings share. The code is letters and " \
      "digits, such as T2, and says nothing of what for.\n" \
      "pair JOBDATING LEARNER EMPLOYER rule=pinned|forbidden learner_view=wish|refusal " \
      "employer_view=wish|refusal video=yes.\n" \
      "remove JOBDATING [LEARNER|EMPLOYER|CODE]: takes one out with its pairs, or erases all.\n" \
      "import JOBDATING FILE: rows of learners, employers or both, named in a column learner or employer; " \
      "the other columns are fields. Cells left empty change nothing.\n" \
      "start, end, cancel, reopen JOBDATING. An empty VALUE clears a field.", \
      "create NOM day=2026-12-10 sessions=\"13:30-17:00 10+4\" tables=14 : créneaux de 10 minutes avec 4 entre " \
      "deux. Plusieurs séances, pauses ou présences sont séparées par des virgules.\n" \
      "change JOBDATING CHAMP=VALEUR … ; list ; show JOBDATING.\n" \
      "firm JOBDATING EMPLOYEUR recruiters=2 windows=13:30-15:00 offers=O12,O15 … (une entreprise)\n" \
      "learner JOBDATING APPRENANT answer=confirmed needs=ground_floor helpers=T2 …\n" \
      "helper JOBDATING CODE windows=… phone=… : quelqu'un que plusieurs rencontres partagent. Le code est fait de " \
      "lettres et de chiffres, comme T2, et ne dit rien du pourquoi.\n" \
      "pair JOBDATING APPRENANT EMPLOYEUR rule=pinned|forbidden learner_view=wish|refusal " \
      "employer_view=wish|refusal video=oui.\n" \
      "remove JOBDATING [APPRENANT|EMPLOYEUR|CODE] : en retire un avec ses paires, ou efface tout.\n" \
      "import JOBDATING FICHIER : des lignes d'apprenants, d'employeurs ou des deux, nommés dans une colonne " \
      "apprenant ou employeur ; les autres colonnes sont des champs. Une case vide ne change rien.\n" \
      "start (commence), end (fini), cancel (annulé), reopen (rouvre) JOBDATING. Une VALEUR vide efface un champ.") \
    T(JOBDATING_NO_FIELD, "This is no field=value of this record", \
      "Ce n'est pas un champ=valeur de cette fiche") \
    T(JOBDATING_NO_NAME, "A name needs a letter or a digit", "Un nom demande une lettre ou un chiffre") \
    T(JOBDATING_NOT_KNOWN, "“%s” is not understood here", "« %s » n'est pas compris ici") \
    T(JOBDATING_NOT_THERE, "%s is not at this job dating.", "%s n'est pas à ce job dating.") \
    T(JOBDATING_FIRMS, "Firms", "Entreprises") \
    T(JOBDATING_LEARNERS, "Learners", "Apprenants") \
    T(JOBDATING_HELPERS, "Helpers", "Aides") \
    T(JOBDATING_PAIRS, "Pins, wishes and refusals", "Rencontres imposées, souhaits et refus") \
    T(JOBDATING_NONE, "none yet", "aucun pour l'instant") \
    T(JOBDATING_NO_COLUMN, "%s: no column says which learner, employer or code a row is about.", \
      "%s : aucune colonne ne dit de quel apprenant, employeur ou code parle une ligne.") \
    T(JOBDATING_UNUSED_COLUMN, "%s: the column “%s” is not used.", "%s : la colonne « %s » n'est pas utilisée.") \
    T(JOBDATING_CELL, "%s:%u: %s: %s", "%s:%u : %s : %s") \
    T(JOBDATING_ROW_REFUSED, "%s:%u: this row is refused.", "%s:%u : cette ligne est refusée.") \
    T(JOBDATING_TABLE_BAD, "%s: the rest cannot be read: %s", "%s : la suite ne peut pas être lue : %s") \
    T(JOBDATING_IMPORTED, "%u new, %u changed, %u as before, %u refused.", \
      "%u nouveaux, %u modifiés, %u inchangés, %u refusés.")
/* clang-format on */

#endif
