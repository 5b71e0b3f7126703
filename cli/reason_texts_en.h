/* Why a pair fits or not, in English: plain words that somebody at level B1 reads. Its rows are
 * those of reason_texts.h. */
#ifndef PASSERELLE_CLI_REASON_TEXTS_EN_H
#define PASSERELLE_CLI_REASON_TEXTS_EN_H

/* clang-format off */
#define EN_REASON_FITS "%s: %s, %s"
#define EN_REASON_PARTLY "%s: %s, %s; asked for: %s"
#define EN_REASON_SAME "%s: the same skill under another name, “%s” (%s, %s)"
#define EN_REASON_NARROWER "%s: the learner knows a part of it, “%s” (%s, %s)"
#define EN_REASON_BROADER "%s: the learner knows the wider field, “%s” (%s, %s)"
#define EN_REASON_RELATED "%s: the learner knows something close to it, “%s” (%s, %s)"
#define EN_REASON_MISSING_REQUIRED "%s: missing, required (%d %% of what counts)"
#define EN_REASON_MISSING_WISHED "%s: missing, would be nice (%d %% of what counts)"
#define EN_REASON_WISH_ROLE "a job the learner wishes for: %s"
#define EN_REASON_WISH_CONTRACT "a contract the learner wishes for"
#define EN_REASON_FROM_ROLE "the offer names no skill: those of the job “%s” were used"
#define EN_REASON_UNCHECKED "not checked, one side says nothing: %s"
#define EN_REASON_DISTANCE "%d km away"
#define EN_REASON_NEARBY "less than 1 km away"
#define EN_REASON_UNKNOWN_WORDS "words of the offer that nobody recognised: “%s”"
#define EN_CONSTRAINT_CONTRACT "the contract"
#define EN_CONSTRAINT_START "the first day"
#define EN_CONSTRAINT_HOURS "hours a week"
#define EN_CONSTRAINT_SCHEDULE "working hours"
#define EN_CONSTRAINT_DISTANCE "the distance"
#define EN_CONSTRAINT_REMOTE "remote work"
#define EN_CONSTRAINT_RHYTHM "the rhythm of work and school"
#define EN_CONSTRAINT_LICENCE "driving licences"
#define EN_CONSTRAINT_AUTHORISATION "authorisations"
#define EN_CONSTRAINT_LANGUAGE "languages"
#define EN_CONSTRAINT_AGE "the age"
#define EN_BARRED_CONTRACT "the contract is not one the learner wants: %s"
#define EN_BARRED_START "%d days too late: the learner is free from %s on, the latest start is %s"
#define EN_BARRED_AGE \
    "the law asks for an adult here; the learner comes of age %d days too late, on %s"
#define EN_BARRED_HOURS_MORE "%d h %02d a week: %d h %02d more than the learner can do"
#define EN_BARRED_HOURS_LESS "%d h %02d a week: %d h %02d less than the learner wants"
#define EN_BARRED_SCHEDULE "%d h %02d outside the learner's free hours: %s, %d:%02d to %d:%02d"
#define EN_BARRED_DISTANCE \
    "%d km beyond the learner's radius: the way is %d km, the learner travels up to %d km"
#define EN_BARRED_DISTANCE_SOON "%d km away, within reach once the learner may drive"
#define EN_BARRED_REMOTE "the learner does not want to work like this: %s"
#define EN_BARRED_RHYTHM "rhythm: %d days of work and %d of school, the learner's is %d and %d"
#define EN_BARRED_LICENCE "driving licence missing: %s"
#define EN_BARRED_LICENCE_SOON "driving licence %s in progress"
#define EN_BARRED_LICENCE_ON "driving licence %s in progress, expected on %s"
#define EN_BARRED_AUTHORISATION "authorisation missing: %s"
#define EN_BARRED_AUTHORISATION_SOON "authorisation %s in progress"
#define EN_BARRED_AUTHORISATION_ON "authorisation %s in progress, expected on %s"
#define EN_BARRED_AUTHORISATION_ENDS "authorisation %s must be renewed: valid until %s only"
#define EN_BARRED_LANGUAGE "language “%c%c”: level %s, and %s is asked for"
#define EN_BARRED_LANGUAGE_NONE "language “%c%c”: not spoken, level %s is asked for"
/* clang-format on */

#endif
