/* Texts of `passerelle plan`; see texts.h. */
#ifndef PASSERELLE_CLI_PLAN_TEXTS_H
#define PASSERELLE_CLI_PLAN_TEXTS_H

/* clang-format off */
#define PLAN_TEXTS_ALL(T) \
    T(PLAN_USAGE, "FILE.json [TIMETABLE.json]", "FICHIER.json [PLANNING.json]") \
    T(PLAN_SUMMARY, "Plans a job dating from a file, without a server", \
      "Planifie un job dating à partir d'un fichier, sans serveur") \
    T(PLAN_DETAILS, \
      "Reads a job dating as JSON (slots, people, when they are there, pairs with scores, minimums, " \
      "pairs that must meet) and writes a timetable with what it is worth and a bound: no timetable " \
      "is worth more. docs/planning.md describes both files.\n" \
      "--check does not plan: it says what is wrong with the timetable of a second file, or that " \
      "nothing is.\n" \
      "--repair starts from the timetable in force (second file) and the job dating as it has become: " \
      "it moves as few meetings as possible and says who is to be told.", \
      "Lit un job dating en JSON (créneaux, personnes, leurs présences, paires avec leurs notes, " \
      "minimums, paires qui doivent se rencontrer) et écrit un planning avec ce qu'il vaut et une " \
      "borne : aucun planning ne vaut plus. docs/planning.md décrit les deux fichiers.\n" \
      "--check ne planifie pas : il dit ce qui ne va pas dans le planning d'un second fichier, ou " \
      "que tout va bien.\n" \
      "--repair part du planning en vigueur (second fichier) et du job dating tel qu'il est devenu : il " \
      "déplace le moins de rencontres possible et dit qui prévenir.") \
    T(PLAN_CHECK, "check the timetable of the second file", \
      "vérifier le planning du second fichier") \
    T(PLAN_REPAIR, "repair the timetable of the second file", \
      "réparer le planning du second fichier") \
    T(PLAN_FROM, "repair: the first slot that may still change; 1 when absent", \
      "réparer : le premier créneau qui peut encore changer ; 1 par défaut") \
    T(PLAN_SEED, "another number gives another timetable of the same worth; 1 when absent", \
      "un autre nombre donne un autre planning de même valeur ; 1 par défaut") \
    T(PLAN_SECONDS, "stop after so many seconds, with the best so far; 60 when absent", \
      "s'arrêter après tant de secondes, avec le meilleur trouvé ; 60 par défaut") \
    T(PLAN_PROGRESS, "%5.1f s: %lld missing, sum %lld of at most %lld, %lld gaps", \
      "%5.1f s : %lld manquants, somme %lld sur %lld au plus, %lld attentes") \
    T(PLAN_SHORT, "%u meetings for %s impossible: of %u suitable", \
      "%u rencontres pour %s impossibles : sur %u qui conviennent") \
    T(PLAN_SHORT_APART_ONE, "is never there at the same time", "n'est jamais là en même temps") \
    T(PLAN_SHORT_APART, "are never there at the same time", "ne sont jamais là en même temps") \
    T(PLAN_SHORT_HELPER_ONE, "cannot when the help needed is there", \
      "ne peut pas quand l'aide nécessaire est là") \
    T(PLAN_SHORT_HELPER, "cannot when the help needed is there", \
      "ne peuvent pas quand l'aide nécessaire est là") \
    T(PLAN_SHORT_FULL_ONE, "is full then", "est complet à ce moment") \
    T(PLAN_SHORT_FULL, "are full then", "sont complets à ce moment") \
    T(PLAN_SHORT_SHARED_ONE, "has no free help or table then", \
      "n'a ni aide ni table libre à ce moment") \
    T(PLAN_SHORT_SHARED, "have no free help or table then", \
      "n'ont ni aide ni table libre à ce moment") \
    T(PLAN_SHORT_BUSY_ONE, "can only at the time of another meeting", \
      "ne peut qu'à l'heure d'une autre rencontre") \
    T(PLAN_SHORT_BUSY, "can only at the time of another meeting", \
      "ne peuvent qu'à l'heure d'une autre rencontre") \
    T(PLAN_WRONG_FILE, "%s, %s: %s", "%s, %s : %s") \
    T(PLAN_WHOLE, "the whole", "le tout") \
    T(PLAN_WORDS, "This takes one file more, or one less", \
      "Il faut un fichier de plus, ou de moins") \
    T(PLAN_NOT_JSON, "no JSON object, or a member twice", "pas un objet JSON, ou un membre en double") \
    T(PLAN_TOO_LARGE, "larger than can be planned", "plus grand que ce qui peut être planifié") \
    T(PLAN_NUMBER, "a whole number within bounds is expected", \
      "un nombre entier dans les limites est attendu") \
    T(PLAN_FLAG, "true or false is expected", "true ou false est attendu") \
    T(PLAN_LIST, "a list is expected", "une liste est attendue") \
    T(PLAN_TABLES, "a number for each slot is expected, or one for all", \
      "un nombre pour chaque créneau est attendu, ou un seul pour tous") \
    T(PLAN_TOO_MANY, "too many", "trop nombreux") \
    T(PLAN_SLOT, "slots are numbers from 1 to how many there are", \
      "les créneaux sont des nombres de 1 à leur nombre") \
    T(PLAN_OBJECT, "an object is expected", "un objet est attendu") \
    T(PLAN_MEMBER, "no member of this name is known", "aucun membre de ce nom n'est connu") \
    T(PLAN_ID, "an id is a text of 1 to 128 bytes", "un id est un texte de 1 à 128 octets") \
    T(PLAN_ID_TWICE, "this id is there twice", "cet id est en double") \
    T(PLAN_UNKNOWN_ID, "nobody and nothing has this id", "personne et rien n'a cet id") \
    T(PLAN_BONUS, "at most 16 bonuses, none larger than the one before", \
      "16 bonus au plus, aucun plus grand que celui d'avant") \
    T(PLAN_MINIMUM, "the minimum is above the maximum", "le minimum dépasse le maximum") \
    T(PLAN_PAIR, "a pair is two different people", "une paire, ce sont deux personnes différentes") \
    T(PLAN_PAIR_TWICE, "this pair is there twice", "cette paire est en double") \
    T(PLAN_PIN_FORBIDDEN, "this pair is forbidden, and must meet", \
      "cette paire est interdite et doit se rencontrer") \
    T(PLAN_MEETING, "a meeting is {\"with\": [id, id], \"slot\": number}", \
      "une rencontre s'écrit {\"with\": [id, id], \"slot\": nombre}") \
    T(PLAN_FAULT_PARTICIPANT, "there is nobody of this id", "personne n'a cet id") \
    T(PLAN_FAULT_SLOT, "there is no such slot", "ce créneau n'existe pas") \
    T(PLAN_FAULT_PAIR, "these two are not suitable, or may not meet", \
      "ces deux-là ne se conviennent pas, ou ne doivent pas se rencontrer") \
    T(PLAN_FAULT_TWICE, "these two meet more than once", "ces deux-là se rencontrent plus d'une fois") \
    T(PLAN_FAULT_WINDOW, "somebody is not there then", "quelqu'un n'est pas là à ce moment") \
    T(PLAN_FAULT_PAIR_WINDOW, "these two must meet at another time", \
      "ces deux-là doivent se rencontrer à un autre moment") \
    T(PLAN_FAULT_SHARED_WINDOW, "what the meeting needs is not there then", \
      "ce dont la rencontre a besoin n'est pas là à ce moment") \
    T(PLAN_FAULT_CAPACITY, "somebody has more meetings at once than possible", \
      "quelqu'un a plus de rencontres à la fois que possible") \
    T(PLAN_FAULT_SHARED, "what several meetings need is not enough for all", \
      "ce que plusieurs rencontres se partagent ne suffit pas pour toutes") \
    T(PLAN_FAULT_TABLES, "there are more meetings than tables", \
      "il y a plus de rencontres que de tables") \
    T(PLAN_FAULT_MAXIMUM, "somebody has too many meetings", "quelqu'un a trop de rencontres") \
    T(PLAN_FAULT_REQUIRED, "these two must meet and do not", \
      "ces deux-là doivent se rencontrer et ne se rencontrent pas")
/* clang-format on */

#endif
