/* Texts about records: fields, states, choices, errors, reasons. See texts.h. */
#ifndef PASSERELLE_CLI_TEXTS_RECORDS_H
#define PASSERELLE_CLI_TEXTS_RECORDS_H

#include "reason_texts.h"

/* clang-format off */
#define RECORD_TEXTS_ALL(T) \
    STATE_TEXTS_ALL(T) \
    FIELD_TEXTS_ALL(T) \
    CHOICE_TEXTS_ALL(T) \
    ERROR_TEXTS_ALL(T) \
    EXPECTED_TEXTS_ALL(T) \
    REASON_TEXTS_ALL(T)

#define STATE_TEXTS_ALL(T) \
    T(STATE_active, "active", "actif") \
    T(STATE_withdrawn, "withdrawn", "retiré") \
    T(STATE_open, "open", "ouverte") \
    T(STATE_closed, "closed", "fermée") \
    T(STATE_draft, "draft", "brouillon") \
    T(STATE_preparing, "being prepared", "en préparation") \
    T(STATE_running, "running", "en cours") \
    T(STATE_over, "over", "terminé") \
    T(STATE_cancelled, "cancelled", "annulé") \
    T(LEVEL_1, "first notions", "premières notions") \
    T(LEVEL_2, "with help", "avec de l'aide") \
    T(LEVEL_3, "alone", "en autonomie") \
    T(LEVEL_4, "can teach it", "sait l'enseigner")

/* FIELD_<name on the wire>; a name means the same wherever it stands. */
#define FIELD_TEXTS_ALL(T) \
    T(FIELD_commune, "Commune", "Commune") \
    T(FIELD_postcode, "Postcode", "Code postal") \
    T(FIELD_town, "Town", "Ville") \
    T(FIELD_department, "Department", "Département") \
    T(FIELD_latitude, "Latitude", "Latitude") \
    T(FIELD_longitude, "Longitude", "Longitude") \
    T(FIELD_skill, "Skill", "Compétence") \
    T(FIELD_words, "Words", "Mots") \
    T(FIELD_level, "Level", "Niveau") \
    T(FIELD_evidence, "Evidence", "Preuve") \
    T(FIELD_required, "required", "obligatoire") \
    T(FIELD_category, "Category", "Catégorie") \
    T(FIELD_holding, "Held", "Obtention") \
    T(FIELD_expected_on, "Expected on", "Prévu le") \
    T(FIELD_name, "Name", "Nom") \
    T(FIELD_expires_on, "Valid until", "Valable jusqu'au") \
    T(FIELD_code, "Code", "Code") \
    T(FIELD_mode, "By", "Moyen") \
    T(FIELD_radius_km, "How far", "Distance") \
    T(FIELD_day, "Day", "Jour") \
    T(FIELD_from, "From", "De") \
    T(FIELD_to, "To", "À") \
    T(FIELD_company_days, "Days in the company", "Jours en entreprise") \
    T(FIELD_school_days, "Days at school", "Jours en formation") \
    T(FIELD_stage, "Stage", "Étape") \
    T(FIELD_entered_on, "Entered on", "Entrée le") \
    T(FIELD_left_on, "Left on", "Sortie le") \
    T(FIELD_exit, "How it ended", "Issue") \
    T(FIELD_starts_on, "Starts on", "Début") \
    T(FIELD_ends_on, "Ends on", "Fin") \
    T(FIELD_skills, "Skills", "Compétences") \
    T(FIELD_minimum, "From", "À partir de") \
    T(FIELD_maximum, "Up to", "Jusqu'à") \
    T(FIELD_period, "Per", "Par") \
    T(FIELD_given_name, "Given name", "Prénom") \
    T(FIELD_family_name, "Family name", "Nom de famille") \
    T(FIELD_birth_date, "Born on", "Date de naissance") \
    T(FIELD_email, "Mail", "Courriel") \
    T(FIELD_phone, "Telephone", "Téléphone") \
    T(FIELD_street, "Street", "Rue") \
    T(FIELD_gender, "Gender", "Genre") \
    T(FIELD_birth_year, "Year of birth", "Année de naissance") \
    T(FIELD_diploma, "Diploma", "Diplôme") \
    T(FIELD_status, "Status", "Statut") \
    T(FIELD_priority_area, "Priority neighbourhood", "Quartier prioritaire") \
    T(FIELD_minimum_income, "Minimum income (RSA)", "RSA") \
    T(FIELD_function, "Function", "Fonction") \
    T(FIELD_source, "Source", "Source") \
    T(FIELD_reference, "Reference", "Référence") \
    T(FIELD_observed_at, "As of", "À la date du") \
    T(FIELD_cohort, "Cohort", "Promotion") \
    T(FIELD_prescriber, "Sent by", "Prescripteur") \
    T(FIELD_referent, "Followed by", "Référent") \
    T(FIELD_stages, "Stages", "Étapes") \
    T(FIELD_place, "Place", "Lieu") \
    T(FIELD_travel, "Travel", "Mobilité") \
    T(FIELD_contracts, "Contracts wanted", "Contrats voulus") \
    T(FIELD_available_from, "Free from", "Disponible le") \
    T(FIELD_free_hours, "Free hours", "Horaires libres") \
    T(FIELD_minimum_hours, "Fewest hours", "Heures au moins") \
    T(FIELD_maximum_hours, "Most hours", "Heures au plus") \
    T(FIELD_remote, "Remote work", "Télétravail") \
    T(FIELD_rhythm, "Rhythm", "Rythme") \
    T(FIELD_licences, "Driving licences", "Permis") \
    T(FIELD_authorisations, "Authorisations", "Habilitations") \
    T(FIELD_languages, "Languages", "Langues") \
    T(FIELD_claims, "Can do", "Sait faire") \
    T(FIELD_roles, "Jobs", "Métiers") \
    T(FIELD_of_age_on, "Of age on", "Majeur le") \
    T(FIELD_contact, "Contact", "Contact") \
    T(FIELD_statistics, "For statistics", "Pour les statistiques") \
    T(FIELD_siret, "SIRET", "SIRET") \
    T(FIELD_activity, "Activity", "Activité") \
    T(FIELD_size, "People employed", "Effectif") \
    T(FIELD_website, "Web site", "Site web") \
    T(FIELD_employer, "Employer", "Employeur") \
    T(FIELD_employer_name, "Employer's name", "Nom de l'employeur") \
    T(FIELD_title, "Title", "Titre") \
    T(FIELD_description, "Text", "Texte") \
    T(FIELD_role, "Job", "Métier") \
    T(FIELD_requirements, "Skills asked for", "Compétences demandées") \
    T(FIELD_contract, "Contract", "Contrat") \
    T(FIELD_closes_on, "Apply until", "Candidater jusqu'au") \
    T(FIELD_positions, "Positions", "Postes") \
    T(FIELD_weekly_minutes, "Hours a week", "Heures par semaine") \
    T(FIELD_schedule, "Working hours", "Horaires") \
    T(FIELD_adults_only, "Adults only", "Réservé aux majeurs") \
    T(FIELD_experience_months, "Experience (months)", "Expérience (mois)") \
    T(FIELD_pay, "Pay", "Salaire") \
    T(FIELD_url, "Published at", "Publiée à l'adresse") \
    T(FIELD_travelling, "Travelling", "Déplacements") \
    T(FIELD_disability_access, "Suits people with a disability", "Accessible aux travailleurs handicapés") \
    T(FIELD_few_candidates, "Candidates are lacking", "Manque de candidats") \
    T(FIELD_share, "How probable", "Probabilité") \
    T(FIELD_confidence, "How sure", "Certitude") \
    T(FIELD_others, "Or", "Ou") \
    T(FIELD_about, "About", "À propos de") \
    T(FIELD_referential, "List of skills", "Référentiel") \
    T(FIELD_unreadable, "Could not be read", "N'a pas pu être lu") \
    T(FIELD_unlawful, "Must not be asked for", "Ne peut pas être demandé") \
    T(FIELD_questions, "Questions", "Questions") \
    T(FIELD_modules, "Modules", "Modules") \
    T(FIELD_programme, "Programme", "Formation") \
    T(FIELD_venue, "Venue", "Lieu précis") \
    T(FIELD_sessions, "Sessions", "Séances") \
    T(FIELD_slot_minutes, "Slot (minutes)", "Créneau (minutes)") \
    T(FIELD_changeover_minutes, "Changeover (minutes)", "Battement (minutes)") \
    T(FIELD_breaks, "Breaks", "Pauses") \
    T(FIELD_tables, "Tables", "Tables") \
    T(FIELD_features, "Offers", "Offre") \
    T(FIELD_minimum_meetings, "Fewest meetings", "Rencontres au moins") \
    T(FIELD_maximum_meetings, "Most meetings", "Rencontres au plus") \
    T(FIELD_near_misses, "Near misses admitted", "Presque correspondances admises") \
    T(FIELD_discovery, "Discovery meetings", "Rencontres découverte") \
    T(FIELD_jobdating, "Job dating", "Job dating") \
    T(FIELD_training, "Training body", "Organisme de formation") \
    T(FIELD_offers, "Offers", "Offres") \
    T(FIELD_offer, "Offer", "Offre") \
    T(FIELD_recruiters, "Recruiters", "Recruteurs") \
    T(FIELD_windows, "There", "Présence") \
    T(FIELD_table, "Table", "Table") \
    T(FIELD_video, "By video", "En visio") \
    T(FIELD_learner, "Learner", "Apprenant") \
    T(FIELD_answer, "Answer", "Réponse") \
    T(FIELD_needs, "Needs", "Besoins") \
    T(FIELD_helpers, "Helpers", "Aides") \
    T(FIELD_helper, "Helper", "Aide") \
    T(FIELD_registration, "Registration", "Inscription") \
    T(FIELD_attendance, "Attendance", "Participation") \
    T(FIELD_slots, "Slots", "Créneaux") \
    T(FIELD_missing, "Missing to minimums", "Manquent aux minimums") \
    T(FIELD_sum, "Sum", "Somme") \
    T(FIELD_bound, "Bound", "Borne") \
    T(FIELD_gaps, "Gaps", "Trous") \
    T(FIELD_proven, "Proven best", "Optimum prouvé") \
    T(FIELD_places, "Places", "Places") \
    T(FIELD_rank, "Rank", "Rang") \
    T(FIELD_rule, "Rule", "Règle") \
    T(FIELD_learner_view, "The learner's side", "Côté apprenant") \
    T(FIELD_employer_view, "The employer's side", "Côté employeur")

/* CHOICE_<list>_<constant of choices.h> */
#define CHOICE_TEXTS_ALL(T) \
    T(CHOICE_CONTRACT_CDI, "permanent (CDI)", "CDI") \
    T(CHOICE_CONTRACT_CDD, "fixed term (CDD)", "CDD") \
    T(CHOICE_CONTRACT_TEMPORARY, "temporary work", "intérim") \
    T(CHOICE_CONTRACT_APPRENTICESHIP, "apprenticeship", "apprentissage") \
    T(CHOICE_CONTRACT_PROFESSIONALISATION, "professionalisation", "professionnalisation") \
    T(CHOICE_CONTRACT_CDDI, "integration (CDDI)", "insertion (CDDI)") \
    T(CHOICE_CONTRACT_INTERNSHIP, "internship", "stage") \
    T(CHOICE_CONTRACT_PMSMP, "immersion (PMSMP)", "immersion (PMSMP)") \
    T(CHOICE_CONTRACT_POEI, "training before hiring (POEI)", "formation avant embauche (POEI)") \
    T(CHOICE_CONTRACT_CIVIC_SERVICE, "civic service", "service civique") \
    T(CHOICE_CONTRACT_FREELANCE, "freelance", "indépendant") \
    T(CHOICE_EVIDENCE_DECLARED, "says so", "le dit") \
    T(CHOICE_EVIDENCE_OBSERVED, "seen in training", "vu en formation") \
    T(CHOICE_EVIDENCE_ATTESTED, "attested", "attesté") \
    T(CHOICE_EVIDENCE_PROJECT, "shown in a project", "montré dans un projet") \
    T(CHOICE_EVIDENCE_WORK, "done at work", "pratiqué au travail") \
    T(CHOICE_DAY_MONDAY, "Monday", "lundi") \
    T(CHOICE_DAY_TUESDAY, "Tuesday", "mardi") \
    T(CHOICE_DAY_WEDNESDAY, "Wednesday", "mercredi") \
    T(CHOICE_DAY_THURSDAY, "Thursday", "jeudi") \
    T(CHOICE_DAY_FRIDAY, "Friday", "vendredi") \
    T(CHOICE_DAY_SATURDAY, "Saturday", "samedi") \
    T(CHOICE_DAY_SUNDAY, "Sunday", "dimanche") \
    T(CHOICE_UNLAWFUL_SEX, "sex", "le sexe") \
    T(CHOICE_UNLAWFUL_AGE, "age", "l'âge") \
    T(CHOICE_UNLAWFUL_ORIGIN, "origin", "l'origine") \
    T(CHOICE_UNLAWFUL_NATIONALITY, "nationality", "la nationalité") \
    T(CHOICE_UNLAWFUL_RELIGION, "religion", "la religion") \
    T(CHOICE_UNLAWFUL_FAMILY, "family", "la situation de famille") \
    T(CHOICE_UNLAWFUL_HEALTH, "health", "la santé") \
    T(CHOICE_UNLAWFUL_APPEARANCE, "appearance", "l'apparence") \
    T(CHOICE_UNLAWFUL_RESIDENCE, "where somebody lives", "le lieu de résidence") \
    T(CHOICE_QUESTION_ROLE, "Which job is it?", "Quel métier ?") \
    T(CHOICE_QUESTION_CONTRACT, "Which contract?", "Quel contrat ?") \
    T(CHOICE_QUESTION_PLACE, "In which town is the work?", "Dans quelle ville ?") \
    T(CHOICE_QUESTION_SKILLS, "What must one be able to do?", "Que faut-il savoir faire ?") \
    T(CHOICE_QUESTION_HOURS, "How many hours a week, and when?", "Combien d'heures par semaine, et quand ?") \
    T(CHOICE_QUESTION_START, "When does it start?", "À partir de quand ?") \
    T(CHOICE_MODE_WALK, "on foot", "à pied") \
    T(CHOICE_MODE_BICYCLE, "bicycle", "vélo") \
    T(CHOICE_MODE_PUBLIC_TRANSPORT, "public transport", "transports en commun") \
    T(CHOICE_MODE_CARPOOL, "car sharing", "covoiturage") \
    T(CHOICE_MODE_MOTORBIKE, "motorbike", "deux-roues") \
    T(CHOICE_MODE_CAR, "car", "voiture") \
    T(CHOICE_REMOTE_NONE, "on site", "sur place") \
    T(CHOICE_REMOTE_PARTIAL, "partly remote", "télétravail partiel") \
    T(CHOICE_REMOTE_FULL, "fully remote", "télétravail complet") \
    T(CHOICE_LICENCE_AM, "AM", "AM") \
    T(CHOICE_LICENCE_A1, "A1", "A1") \
    T(CHOICE_LICENCE_A2, "A2", "A2") \
    T(CHOICE_LICENCE_A, "A", "A") \
    T(CHOICE_LICENCE_B1, "B1", "B1") \
    T(CHOICE_LICENCE_B, "B", "B") \
    T(CHOICE_LICENCE_B96, "B96", "B96") \
    T(CHOICE_LICENCE_BE, "BE", "BE") \
    T(CHOICE_LICENCE_C1, "C1", "C1") \
    T(CHOICE_LICENCE_C1E, "C1E", "C1E") \
    T(CHOICE_LICENCE_C, "C", "C") \
    T(CHOICE_LICENCE_CE, "CE", "CE") \
    T(CHOICE_LICENCE_D1, "D1", "D1") \
    T(CHOICE_LICENCE_D1E, "D1E", "D1E") \
    T(CHOICE_LICENCE_D, "D", "D") \
    T(CHOICE_LICENCE_DE, "DE", "DE") \
    T(CHOICE_HOLDING_HELD, "held", "obtenu") \
    T(CHOICE_HOLDING_IN_PROGRESS, "in progress", "en cours") \
    T(CHOICE_AUTHORISATION_AIPR, "work near networks (AIPR)", "AIPR") \
    T(CHOICE_AUTHORISATION_H0B0, "electrical H0B0", "électrique H0B0") \
    T(CHOICE_AUTHORISATION_BS, "electrical BS", "électrique BS") \
    T(CHOICE_AUTHORISATION_BE_MEASURE, "electrical BE measurement", "électrique BE mesurage") \
    T(CHOICE_AUTHORISATION_B1V, "electrical B1V", "électrique B1V") \
    T(CHOICE_AUTHORISATION_B2V, "electrical B2V", "électrique B2V") \
    T(CHOICE_AUTHORISATION_BR, "electrical BR", "électrique BR") \
    T(CHOICE_AUTHORISATION_BC, "electrical BC", "électrique BC") \
    T(CHOICE_AUTHORISATION_CACES_R482, "CACES R482 (plant)", "CACES R482 (engins)") \
    T(CHOICE_AUTHORISATION_CACES_R485, "CACES R485 (stackers)", "CACES R485 (gerbeurs)") \
    T(CHOICE_AUTHORISATION_CACES_R486, "CACES R486 (lifting platforms)", "CACES R486 (nacelles)") \
    T(CHOICE_AUTHORISATION_CACES_R489, "CACES R489 (forklifts)", "CACES R489 (chariots)") \
    T(CHOICE_AUTHORISATION_WORK_AT_HEIGHT, "work at height", "travail en hauteur") \
    T(CHOICE_AUTHORISATION_CONFINED_SPACE, "confined spaces", "espaces confinés") \
    T(CHOICE_AUTHORISATION_FIRST_AID, "first aid at work (SST)", "secouriste du travail (SST)") \
    T(CHOICE_CEFR_A1, "A1", "A1") \
    T(CHOICE_CEFR_A2, "A2", "A2") \
    T(CHOICE_CEFR_B1, "B1", "B1") \
    T(CHOICE_CEFR_B2, "B2", "B2") \
    T(CHOICE_CEFR_C1, "C1", "C1") \
    T(CHOICE_CEFR_C2, "C2", "C2") \
    T(CHOICE_CEFR_NATIVE, "mother tongue", "langue maternelle") \
    T(CHOICE_GENDER_FEMALE, "woman", "femme") \
    T(CHOICE_GENDER_MALE, "man", "homme") \
    T(CHOICE_GENDER_OTHER, "other", "autre") \
    T(CHOICE_DIPLOMA_NONE, "none", "aucun") \
    T(CHOICE_DIPLOMA_LEVEL_3, "level 3 (CAP)", "niveau 3 (CAP)") \
    T(CHOICE_DIPLOMA_LEVEL_4, "level 4 (bac)", "niveau 4 (bac)") \
    T(CHOICE_DIPLOMA_LEVEL_5, "level 5 (bac+2)", "niveau 5 (bac+2)") \
    T(CHOICE_DIPLOMA_LEVEL_6, "level 6 (bac+3)", "niveau 6 (bac+3)") \
    T(CHOICE_DIPLOMA_LEVEL_7, "level 7 (bac+5)", "niveau 7 (bac+5)") \
    T(CHOICE_DIPLOMA_LEVEL_8, "level 8 (bac+8)", "niveau 8 (bac+8)") \
    T(CHOICE_STATUS_JOB_SEEKER, "looking for a job", "en recherche d'emploi") \
    T(CHOICE_STATUS_LONG_TERM_JOB_SEEKER, "looking for over a year", "en recherche depuis plus d'un an") \
    T(CHOICE_STATUS_EMPLOYED, "employed", "en emploi") \
    T(CHOICE_STATUS_STUDENT, "student", "en études") \
    T(CHOICE_STATUS_NEITHER, "neither", "ni l'un ni l'autre") \
    T(CHOICE_EXIT_COMPLETED, "completed", "allé au bout") \
    T(CHOICE_EXIT_JOB, "found a job", "a trouvé un emploi") \
    T(CHOICE_EXIT_TRAINING, "went on training", "poursuit une formation") \
    T(CHOICE_EXIT_LEFT, "left", "parti") \
    T(CHOICE_SIZE_SOLO, "1", "1") \
    T(CHOICE_SIZE_MICRO, "2 to 9", "2 à 9") \
    T(CHOICE_SIZE_SMALL, "10 to 49", "10 à 49") \
    T(CHOICE_SIZE_MEDIUM, "50 to 249", "50 à 249") \
    T(CHOICE_SIZE_LARGE, "250 or more", "250 et plus") \
    T(CHOICE_PERIOD_HOUR, "hour", "heure") \
    T(CHOICE_PERIOD_MONTH, "month", "mois") \
    T(CHOICE_PERIOD_YEAR, "year", "an") \
    T(CHOICE_REASON_FILLED, "filled", "place prise") \
    T(CHOICE_REASON_EXPIRED, "expired", "expirée") \
    T(CHOICE_REASON_CANCELLED, "cancelled", "annulée") \
    T(CHOICE_REASON_FOUND_A_JOB, "found a job", "a trouvé un emploi") \
    T(CHOICE_REASON_PAUSED, "paused", "en pause") \
    T(CHOICE_REASON_ASKED, "asked for it", "à sa demande") \
    T(CHOICE_REASON_MISTAKE, "a mistake", "une erreur") \
    T(CHOICE_KIND_LEARNER, "learner", "apprenant") \
    T(CHOICE_KIND_OFFER, "offer", "offre") \
    T(CHOICE_KIND_EMPLOYER, "employer", "employeur") \
    T(CHOICE_KIND_PROGRAMME, "programme", "formation") \
    T(CHOICE_KIND_COHORT, "cohort", "promotion") \
    T(CHOICE_KIND_ATTACHMENT, "attachment", "rattachement") \
    T(CHOICE_KIND_JOBDATING, "job dating", "job dating") \
    T(CHOICE_KIND_ATTENDANCE, "attendance", "participation") \
    T(CHOICE_KIND_REGISTRATION, "registration", "inscription") \
    T(CHOICE_KIND_HELPER, "helper", "aide") \
    T(CHOICE_KIND_MEETING, "meeting", "rencontre") \
    T(CHOICE_KIND_TIMETABLE, "timetable", "planning") \
    T(CHOICE_NEED_GROUND_FLOOR, "ground floor", "rez-de-chaussée") \
    T(CHOICE_NEED_NEAR_ENTRANCE, "near the entrance", "près de l'entrée") \
    T(CHOICE_NEED_QUIET, "quiet", "au calme") \
    T(CHOICE_NEED_SCREEN, "a screen", "un écran") \
    T(CHOICE_ANSWER_INVITED, "invited", "invité") \
    T(CHOICE_ANSWER_CONFIRMED, "confirmed", "confirmé") \
    T(CHOICE_ANSWER_DECLINED, "declined", "décliné") \
    T(CHOICE_ANSWER_NO_ANSWER, "no answer", "sans réponse") \
    T(CHOICE_ANSWER_WAITING, "waiting list", "liste d'attente") \
    T(CHOICE_VIEW_WISH, "wishes", "souhaite") \
    T(CHOICE_VIEW_REFUSAL, "refuses", "refuse") \
    T(CHOICE_RULE_PINNED, "must meet", "doivent se voir") \
    T(CHOICE_RULE_FORBIDDEN, "must not meet", "ne doivent pas se voir")

/* ERROR_<constant of error.h>; what was expected follows. */
#define ERROR_TEXTS_ALL(T) \
    T(ERROR_NOT_MSGPACK, "this cannot be read", "ceci ne peut pas être lu") \
    T(ERROR_NOT_JSON, "this is not JSON", "ce n'est pas du JSON") \
    T(ERROR_TOO_LARGE, "this is too large", "c'est trop grand") \
    T(ERROR_TOO_DEEP, "this is nested too deep", "c'est imbriqué trop profond") \
    T(ERROR_BAD_UTF8, "this text is not UTF-8", "ce texte n'est pas en UTF-8") \
    T(ERROR_DUPLICATE_KEY, "this is there twice", "ceci est là deux fois") \
    T(ERROR_TRAILING_BYTES, "something follows the end", "quelque chose suit la fin") \
    T(ERROR_BAD_FRAMES, "the message has the wrong shape", "le message n'a pas la bonne forme") \
    T(ERROR_UNKNOWN_VERSION, "another version is spoken there", "on y parle une autre version") \
    T(ERROR_UNKNOWN_TYPE, "there is no such message", "ce message n'existe pas") \
    T(ERROR_WRONG_SOCKET, "this belongs elsewhere", "ceci va ailleurs") \
    T(ERROR_UNKNOWN_FIELD, "there is no such field", "ce champ n'existe pas") \
    T(ERROR_MISSING_FIELD, "this is missing", "ceci manque") \
    T(ERROR_WRONG_TYPE, "this should be something else", "il faudrait autre chose") \
    T(ERROR_OUT_OF_BOUNDS, "this is outside its bounds", "c'est hors des limites") \
    T(ERROR_UNKNOWN_CHOICE, "this is not in the list", "ceci n'est pas dans la liste") \
    T(ERROR_BAD_FORMAT, "this is not written as expected", "ce n'est pas écrit comme attendu") \
    T(ERROR_INCONSISTENT, "this contradicts something else", "ceci contredit autre chose") \
    T(ERROR_SOCIAL_SECURITY_NUMBER, "a social-security number has no place here; nothing was kept", \
      "un numéro de sécurité sociale n'a rien à faire ici ; rien n'a été gardé") \
    T(ERROR_UNKNOWN_TERRITORY, "there is no such territory", "ce territoire n'existe pas") \
    T(ERROR_TERRITORY_EXISTS, "this territory exists with other settings", \
      "ce territoire existe avec d'autres réglages") \
    T(ERROR_UNKNOWN_RECORD, "there is no such record", "cette fiche n'existe pas") \
    T(ERROR_UNKNOWN_REFERENCE, "the record named here does not exist", \
      "la fiche nommée ici n'existe pas") \
    T(ERROR_UNKNOWN_ROLE, "there is no such job", "ce métier n'existe pas") \
    T(ERROR_UNKNOWN_SKILL, "there is no such skill", "cette compétence n'existe pas") \
    T(ERROR_UNKNOWN_COMMUNE, "there is no such commune", "cette commune n'existe pas") \
    T(ERROR_UNKNOWN_REFERENTIAL, "this built list is not there", "ce référentiel construit n'est pas là") \
    T(ERROR_WRONG_KIND, "this is another kind of record", "c'est une autre sorte de fiche") \
    T(ERROR_WRONG_STATE, "not possible in its present state", "impossible dans son état actuel") \
    T(ERROR_REVISION_CONFLICT, "somebody has changed it meanwhile", \
      "quelqu'un l'a changé entre-temps") \
    T(ERROR_REQUEST_REUSED, "this id was used for something else", \
      "cet identifiant a servi à autre chose") \
    T(ERROR_PROBABLE_DUPLICATE, "probably the same person twice", \
      "sans doute deux fois la même personne") \
    T(ERROR_DAY_BACKWARDS, "the day never goes backwards", "le jour ne recule jamais") \
    T(ERROR_DAY_AHEAD, "the day is further ahead than tomorrow", "le jour est au-delà de demain") \
    T(ERROR_CURSOR_TRIMMED, "the list of changes no longer goes back that far", \
      "la liste des changements ne remonte plus aussi loin") \
    T(ERROR_NO_REFERENTIAL, "no list of skills is in use yet", \
      "aucun référentiel n'est encore utilisé") \
    T(ERROR_BUSY, "there is too much to do right now", "il y a trop à faire en ce moment") \
    T(ERROR_STORE_AWAY, "the store does not answer", "le stockage ne répond pas") \
    T(ERROR_STOPPING, "Passerelle is being stopped", "Passerelle est en train de s'arrêter") \
    T(ERROR_INTERNAL, "a fault of Passerelle's own; its log tells more", \
      "une panne de Passerelle même ; son journal en dit plus")

/* What was expected. Between FIRST and LAST the English is how the server's wording begins. */
#define EXPECTED_TEXTS_ALL(T) \
    T(EXPECTED_TEXT_BETWEEN, "text of %lld to %lld bytes", "un texte de %lld à %lld octets") \
    T(EXPECTED_TEXT_OF, "text of %lld bytes", "un texte de %lld octets") \
    T(EXPECTED_INTEGER, "integer %lld..%lld", "un nombre entier de %lld à %lld") \
    T(EXPECTED_FIRST, "-", "-") \
    T(EXPECTED_ONE_OF, "one of ", "parmi ") \
    T(EXPECTED_SET, "list, each once, of ", "une liste, chacun une fois, parmi ") \
    T(EXPECTED_NEAREST, "nearest: ", "les plus proches : ") \
    T(EXPECTED_DATE, "date such as ", "une date comme ") \
    T(EXPECTED_TIME, "time such as ", "un instant comme ") \
    T(EXPECTED_CLOCK, "time of day such as ", "une heure comme ") \
    T(EXPECTED_ID, "id such as ", "un numéro comme ") \
    T(EXPECTED_BOOL, "true or false", "true ou false") \
    T(EXPECTED_RECORD, "an existing record", "une fiche qui existe") \
    T(EXPECTED_PAIR, "an existing learner or offer", "un apprenant ou une offre qui existe") \
    T(EXPECTED_TERRITORY, "an existing territory", "un territoire qui existe") \
    T(EXPECTED_NO_ROOM, "an existing territory: there is no room for another", \
      "un territoire qui existe : il n'y a plus de place pour un autre") \
    T(EXPECTED_SKILL, "a skill id of the referential in force", \
      "un identifiant de compétence du référentiel en vigueur") \
    T(EXPECTED_ROLE, "a role id or ROME code of the referential in force", \
      "un identifiant de métier ou un code ROME du référentiel en vigueur") \
    T(EXPECTED_COMMUNE_KEPT, "kept as written, distances are not checked", \
      "gardée telle quelle, les distances ne sont pas vérifiées") \
    T(EXPECTED_ROLE_KEPT, "kept as written", "gardé tel quel") \
    T(EXPECTED_COMMUNE, "INSEE code of a commune", "le code INSEE d'une commune") \
    T(EXPECTED_POSTCODE, "postcode of 5 digits such as ", "un code postal de 5 chiffres comme ") \
    T(EXPECTED_INSEE, "INSEE code such as ", "un code INSEE comme ") \
    T(EXPECTED_DEPARTMENT, "department such as ", "un département comme ") \
    T(EXPECTED_SIRET, "14 digits", "14 chiffres") \
    T(EXPECTED_REFERENCE, "11 digits, or 8 letters and digits as formerly", \
      "11 chiffres, ou 8 lettres et chiffres comme autrefois") \
    T(EXPECTED_HASH, "16 digits 0-9 and a-f", "16 signes parmi 0-9 et a-f") \
    T(EXPECTED_LEARNER_OR_OFFER, "a learner or an offer, such as L1042 or O7", \
      "un apprenant ou une offre, comme L1042 ou O7") \
    T(EXPECTED_TARGET, "id, or source and reference", "id, ou source et reference") \
    T(EXPECTED_TOGETHER, "latitude and longitude together", "latitude et longitude ensemble") \
    T(EXPECTED_NO_NUMBER, "no social-security number", "pas de numéro de sécurité sociale") \
    T(EXPECTED_LETTER, "a letter or a digit", "une lettre ou un chiffre") \
    T(EXPECTED_REFERENTIAL, "a referential in force first", "d'abord un référentiel en vigueur") \
    T(EXPECTED_IN_A_SECOND, "the same query in a second", "la même question dans une seconde") \
    T(EXPECTED_AFTER, "the `next` of a page before", "le « next » d'une page précédente") \
    T(EXPECTED_MAIL, "mail address with one @ and no space", "une adresse avec un @ et sans espace") \
    T(EXPECTED_LANGUAGE, "ISO 639-1 code such as ", "un code ISO 639-1 comme ") \
    T(EXPECTED_SKILL_OR_WORDS, "skill or words", "skill ou words") \
    T(EXPECTED_AFTER_START, "after the start, ", "après le début, ") \
    T(EXPECTED_NOT_BEFORE, "not before ", "pas avant ") \
    T(EXPECTED_AT_MOST, "at most ", "au plus ") \
    T(EXPECTED_NAME, "a letter a-z, then letters a-z, digits and dashes", \
      "une lettre a-z, puis des lettres a-z, des chiffres et des tirets") \
    T(EXPECTED_ADOPTED, "an adopted referential first", "d'abord un référentiel adopté") \
    T(EXPECTED_AGAIN, "the same request again", "la même demande à nouveau") \
    T(EXPECTED_QUERY_AGAIN, "the same query again", "la même question à nouveau") \
    T(EXPECTED_MEETINGS, "meetings such as ", "des rencontres comme ") \
    T(EXPECTED_SESSION, "no longer than its session", "pas plus long que sa séance") \
    T(EXPECTED_SESSION_BEFORE, "once the session before has ended", \
      "une fois la séance d'avant finie") \
    T(EXPECTED_SLOTS, "slots: at most ", "créneaux : au plus ") \
    T(EXPECTED_TABLE, "a name no other table has", "un nom qu'aucune autre table n'a") \
    T(EXPECTED_OFFER_ONCE, "each offer once", "chaque offre une seule fois") \
    T(EXPECTED_HELPER_ONCE, "each helper once", "chaque aide une seule fois") \
    T(EXPECTED_CODE, "one to three letters A-Z, then digits", \
      "une à trois lettres de A à Z, puis des chiffres") \
    T(EXPECTED_NO_PIN, "not pinned where one of the two refuses", \
      "rien d'imposé là où l'un des deux refuse") \
    T(EXPECTED_LAST, "-", "-")
/* clang-format on */

#endif
