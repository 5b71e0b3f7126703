/* Texts of job datings; see texts.h. */
#ifndef PASSERELLE_CLI_JOBDATING_TEXTS_H
#define PASSERELLE_CLI_JOBDATING_TEXTS_H

#include <inttypes.h>

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
      "invite JOBDATING FOLDER: a list of calls, text messages, a table for letters and a calendar entry for " \
      "those who are invited; the list of calls comes back by import once its column of answers is filled in.\n" \
      "promote JOBDATING [NUMBER]: so many of the waiting list are invited in order; as many as there are places " \
      "without it.\n" \
      "plan JOBDATING: scores every learner who is invited or confirmed against the firms' offers as they are " \
      "now, plans, has the timetable checked and publishes it; who has fewer meetings than wanted is named with " \
      "why. check JOBDATING: whether what is published still keeps every rule. timetable JOBDATING: shows it.\n" \
      "export JOBDATING FOLDER: pages to print (agendas of learners with what to prepare, agendas of firms, room " \
      "board, table signs, lists to sign), a table, and a calendar for each learner.\n" \
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
      "invite JOBDATING DOSSIER : une liste d'appels, des SMS, un tableau pour le publipostage et une entrée " \
      "d'agenda pour les invités ; la liste d'appels revient par import une fois la colonne des réponses remplie.\n" \
      "promote JOBDATING [NOMBRE] : autant de la liste d'attente sont invités, dans l'ordre ; sans lui, autant " \
      "qu'il y a de places.\n" \
      "plan JOBDATING : note chaque apprenant invité ou confirmé face aux offres des entreprises telles qu'elles " \
      "sont, fait le planning, le fait vérifier et le publie ; qui a moins de rencontres que voulu est nommé avec " \
      "la raison. check JOBDATING : si ce qui est publié respecte encore toutes les règles. timetable JOBDATING : " \
      "le montre.\n" \
      "export JOBDATING DOSSIER : des pages à imprimer (agendas des apprenants avec quoi préparer, agendas des " \
      "entreprises, tableau de la salle, chevalets, feuilles d'émargement), un tableau, et un agenda par " \
      "apprenant.\n" \
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
    T(JOBDATING_NOTE, "Note", "Remarque") \
    T(JOBDATING_MESSAGE, "Message", "Message") \
    T(JOBDATING_SMS, "Hello %s, you are invited to %s on %s from %s, %s. Do you come? Please answer YES or NO.", \
      "Bonjour %s, vous êtes invité·e à « %s » le %s à partir de %s, %s. Venez-vous ? Répondez OUI ou NON.") \
    T(JOBDATING_CANNOT_WRITE, "%s cannot be written: %s", "Impossible d'écrire %s : %s") \
    T(JOBDATING_INVITED, "%u to invite, in %s; %u with neither telephone nor mail.", \
      "%u à inviter, dans %s ; %u sans téléphone ni courriel.") \
    T(JOBDATING_PROMOTED, "%" PRId64 " of the waiting list are invited, %" PRId64 " still wait.", \
      "%" PRId64 " de la liste d'attente sont invités, %" PRId64 " attendent encore.") \
    T(JOBDATING_SECONDS, "plan: for how long at most; 10 when absent", \
      "plan : combien de secondes au plus ; 10 par défaut") \
    T(JOBDATING_SEED, "plan: another timetable of the same worth", "plan : un autre planning de même valeur") \
    T(JOBDATING_FAULT, "%s with %s at %s: %s", "%s avec %s à %s : %s") \
    T(JOBDATING_FAULT_PARTICIPANT, "one of the two is not at this job dating", \
      "l'un des deux n'est pas à ce job dating") \
    T(JOBDATING_FAULT_SLOT, "there is no such slot", "ce créneau n'existe pas") \
    T(JOBDATING_FAULT_PAIR, "they are not to meet", "ils ne doivent pas se rencontrer") \
    T(JOBDATING_FAULT_TWICE, "they meet more than once", "ils se rencontrent plus d'une fois") \
    T(JOBDATING_FAULT_WINDOW, "one of the two is not there then", "l'un des deux n'est pas là à ce moment") \
    T(JOBDATING_FAULT_HELPER, "their helper is not free then", "leur aide n'est pas libre à ce moment") \
    T(JOBDATING_FAULT_CAPACITY, "one of the two has too many meetings at once", \
      "l'un des deux a trop de rencontres à la fois") \
    T(JOBDATING_FAULT_TABLES, "there are not enough tables", "il n'y a pas assez de tables") \
    T(JOBDATING_FAULT_MAXIMUM, "one of the two has too many meetings", "l'un des deux a trop de rencontres") \
    T(JOBDATING_FAULT_REQUIRED, "they must meet and do not", "ils doivent se rencontrer et ne le font pas") \
    T(JOBDATING_NOT_PUBLISHED, "The checker refuses this timetable: nothing was published.", \
      "Le vérificateur refuse ce planning : rien n'a été publié.") \
    T(JOBDATING_NO_TIMETABLE, "Nothing is planned yet.", "Rien n'est encore planifié.") \
    T(JOBDATING_TOO_LARGE, "This timetable is too large to be published.", \
      "Ce planning est trop grand pour être publié.") \
    T(JOBDATING_WORTH, "%u meetings; %" PRId64 " missing to the minimums; sum %" PRId64 " of at most %" PRId64 \
      " (%.2f %% below); %" PRId64 " gaps.", \
      "%u rencontres ; %" PRId64 " manquent aux minimums ; somme %" PRId64 " sur %" PRId64 \
      " au plus (%.2f %% en dessous) ; %" PRId64 " trous.") \
    T(JOBDATING_VALID, "Valid: %u meetings, %" PRId64 " missing to the minimums, %" PRId64 " gaps; %u of people " \
      "who are gone.", \
      "Valide : %u rencontres, %" PRId64 " manquent aux minimums, %" PRId64 " trous ; %u de gens partis.") \
    T(JOBDATING_SHORT, "%s has %u of %u meetings: of %u firms with a fitting offer, %u can be met.", \
      "%s a %u rencontres sur %u : sur %u entreprises dont une offre convient, %u peuvent être vues.") \
    T(JOBDATING_SHORT_NONE, "%s suits no offer of these firms (nearly those of %u). Next: passerelle matches %s.", \
      "%s ne convient à aucune offre de ces entreprises (presque à celles de %u). Ensuite : passerelle matches %s.") \
    T(JOBDATING_NEAR, "near-miss", "presque") \
    T(JOBDATING_DISCOVERY, "discovery", "découverte") \
    T(JOBDATING_TIME, "Time", "Heure") \
    T(JOBDATING_PREPARE, "To prepare", "À préparer") \
    T(JOBDATING_SIGNATURE, "Signature", "Signature") \
    T(JOBDATING_TELL, "Tell of: %s", "Parler de : %s") \
    T(JOBDATING_ASK, "Ask: how does one learn this there: %s?", "Demander : comment apprend-on cela chez eux : %s ?") \
    T(JOBDATING_ASK_DAY, "Ask: what is a day at work like?", "Demander : à quoi ressemble une journée de travail ?") \
    T(JOBDATING_EXPORTED, "Everything to print is in %s.", "Tout ce qui s'imprime est dans %s.") \
    T(JOBDATING_IMPORTED, "%u new, %u changed, %u as before, %u refused.", \
      "%u nouveaux, %u modifiés, %u inchangés, %u refusés.")
/* clang-format on */

#endif
