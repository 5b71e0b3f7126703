/* Why a pair fits or not, in French: plain words that somebody at level B1 reads. Its rows are
 * those of reason_texts.h. */
#ifndef PASSERELLE_CLI_REASON_TEXTS_FR_H
#define PASSERELLE_CLI_REASON_TEXTS_FR_H

/* clang-format off */
#define FR_REASON_FITS "%s : %s, %s"
#define FR_REASON_PARTLY "%s : %s, %s ; demandé : %s"
#define FR_REASON_SAME "%s : la même compétence sous un autre nom, « %s » (%s, %s)"
#define FR_REASON_NARROWER "%s : l'apprenant en connaît une partie, « %s » (%s, %s)"
#define FR_REASON_BROADER "%s : l'apprenant connaît le domaine plus large, « %s » (%s, %s)"
#define FR_REASON_RELATED "%s : l'apprenant connaît quelque chose de proche, « %s » (%s, %s)"
#define FR_REASON_MISSING_REQUIRED "%s : manque, obligatoire (%d %% de ce qui compte)"
#define FR_REASON_MISSING_WISHED "%s : manque, serait un plus (%d %% de ce qui compte)"
#define FR_REASON_WISH_ROLE "un métier que l'apprenant souhaite : %s"
#define FR_REASON_WISH_CONTRACT "un contrat que l'apprenant souhaite"
#define FR_REASON_FROM_ROLE "l'offre ne nomme aucune compétence : celles du métier « %s » ont servi"
#define FR_REASON_UNCHECKED "non vérifié, un côté ne dit rien : %s"
#define FR_REASON_DISTANCE "à %d km"
#define FR_REASON_NEARBY "à moins d'1 km"
#define FR_REASON_UNKNOWN_WORDS "mots de l'offre que personne n'a reconnus : « %s »"
#define FR_CONSTRAINT_CONTRACT "le contrat"
#define FR_CONSTRAINT_START "la date de début"
#define FR_CONSTRAINT_HOURS "les heures par semaine"
#define FR_CONSTRAINT_SCHEDULE "les horaires"
#define FR_CONSTRAINT_DISTANCE "la distance"
#define FR_CONSTRAINT_REMOTE "le télétravail"
#define FR_CONSTRAINT_RHYTHM "le rythme entreprise et formation"
#define FR_CONSTRAINT_LICENCE "les permis"
#define FR_CONSTRAINT_AUTHORISATION "les habilitations"
#define FR_CONSTRAINT_LANGUAGE "les langues"
#define FR_CONSTRAINT_AGE "l'âge"
#define FR_BARRED_CONTRACT "le contrat n'est pas de ceux que l'apprenant veut : %s"
#define FR_BARRED_START \
    "%d jours trop tard : l'apprenant est libre à partir du %s, le dernier début possible est le %s"
#define FR_BARRED_AGE \
    "la loi demande ici un adulte ; l'apprenant est majeur %d jours trop tard, le %s"
#define FR_BARRED_HOURS_MORE \
    "%d h %02d par semaine : %d h %02d de plus que ce que l'apprenant peut faire"
#define FR_BARRED_HOURS_LESS \
    "%d h %02d par semaine : %d h %02d de moins que ce que l'apprenant veut"
#define FR_BARRED_SCHEDULE \
    "%d h %02d hors des heures libres de l'apprenant : %s, de %d:%02d à %d:%02d"
#define FR_BARRED_DISTANCE \
    "%d km au-delà du rayon de l'apprenant : le trajet fait %d km, l'apprenant se déplace jusqu'à %d km"
#define FR_BARRED_DISTANCE_SOON "à %d km, accessible dès que l'apprenant pourra conduire"
#define FR_BARRED_REMOTE "l'apprenant ne veut pas travailler ainsi : %s"
#define FR_BARRED_RHYTHM \
    "rythme : %d jours en entreprise et %d en formation, celui de l'apprenant est %d et %d"
#define FR_BARRED_LICENCE "permis manquant : %s"
#define FR_BARRED_LICENCE_SOON "permis %s en cours"
#define FR_BARRED_LICENCE_ON "permis %s en cours, prévu le %s"
#define FR_BARRED_AUTHORISATION "habilitation manquante : %s"
#define FR_BARRED_AUTHORISATION_SOON "habilitation %s en cours"
#define FR_BARRED_AUTHORISATION_ON "habilitation %s en cours, prévue le %s"
#define FR_BARRED_AUTHORISATION_ENDS "habilitation %s à renouveler : valable jusqu'au %s seulement"
#define FR_BARRED_LANGUAGE "langue « %c%c » : niveau %s, et %s est demandé"
#define FR_BARRED_LANGUAGE_NONE "langue « %c%c » : pas parlée, niveau %s demandé"
/* clang-format on */

#endif
