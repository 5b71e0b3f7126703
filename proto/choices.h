/* The closed lists of values that records use. */
#ifndef PASSERELLE_PROTO_CHOICES_H
#define PASSERELLE_PROTO_CHOICES_H

/* X(list, constant suffix, wire name). A member of FIELD_CHOICE holds the constant; in a
 * FIELD_SET, bit (constant - 1) stands for it. 0 is "absent". */

#define CHOICES_CONTRACT(X)                                                                        \
    X(CONTRACT, CDI, "cdi")                                                                        \
    X(CONTRACT, CDD, "cdd")                                                                        \
    X(CONTRACT, TEMPORARY, "temporary")                                                            \
    X(CONTRACT, APPRENTICESHIP, "apprenticeship")                                                  \
    X(CONTRACT, PROFESSIONALISATION, "professionalisation")                                        \
    X(CONTRACT, CDDI, "cddi")                                                                      \
    X(CONTRACT, INTERNSHIP, "internship")                                                          \
    X(CONTRACT, PMSMP, "pmsmp")                                                                    \
    X(CONTRACT, POEI, "poei")                                                                      \
    X(CONTRACT, CIVIC_SERVICE, "civic_service")                                                    \
    X(CONTRACT, FREELANCE, "freelance")

#define CHOICES_EVIDENCE(X)                                                                        \
    X(EVIDENCE, DECLARED, "declared")                                                              \
    X(EVIDENCE, OBSERVED, "observed")                                                              \
    X(EVIDENCE, ATTESTED, "attested")                                                              \
    X(EVIDENCE, PROJECT, "project")                                                                \
    X(EVIDENCE, WORK, "work")

#define CHOICES_DAY(X)                                                                             \
    X(DAY, MONDAY, "monday")                                                                       \
    X(DAY, TUESDAY, "tuesday")                                                                     \
    X(DAY, WEDNESDAY, "wednesday")                                                                 \
    X(DAY, THURSDAY, "thursday")                                                                   \
    X(DAY, FRIDAY, "friday")                                                                       \
    X(DAY, SATURDAY, "saturday")                                                                   \
    X(DAY, SUNDAY, "sunday")

#define CHOICES_MODE(X)                                                                            \
    X(MODE, WALK, "walk")                                                                          \
    X(MODE, BICYCLE, "bicycle")                                                                    \
    X(MODE, PUBLIC_TRANSPORT, "public_transport")                                                  \
    X(MODE, CARPOOL, "carpool")                                                                    \
    X(MODE, MOTORBIKE, "motorbike")                                                                \
    X(MODE, CAR, "car")

#define CHOICES_REMOTE(X)                                                                          \
    X(REMOTE, NONE, "none")                                                                        \
    X(REMOTE, PARTIAL, "partial")                                                                  \
    X(REMOTE, FULL, "full")

#define CHOICES_LICENCE(X)                                                                         \
    X(LICENCE, AM, "am")                                                                           \
    X(LICENCE, A1, "a1")                                                                           \
    X(LICENCE, A2, "a2")                                                                           \
    X(LICENCE, A, "a")                                                                             \
    X(LICENCE, B1, "b1")                                                                           \
    X(LICENCE, B, "b")                                                                             \
    X(LICENCE, B96, "b96")                                                                         \
    X(LICENCE, BE, "be")                                                                           \
    X(LICENCE, C1, "c1")                                                                           \
    X(LICENCE, C1E, "c1e")                                                                         \
    X(LICENCE, C, "c")                                                                             \
    X(LICENCE, CE, "ce")                                                                           \
    X(LICENCE, D1, "d1")                                                                           \
    X(LICENCE, D1E, "d1e")                                                                         \
    X(LICENCE, D, "d")                                                                             \
    X(LICENCE, DE, "de")

#define CHOICES_HOLDING(X)                                                                         \
    X(HOLDING, HELD, "held")                                                                       \
    X(HOLDING, IN_PROGRESS, "in_progress")

#define CHOICES_AUTHORISATION(X)                                                                   \
    X(AUTHORISATION, AIPR, "aipr")                                                                 \
    X(AUTHORISATION, H0B0, "h0b0")                                                                 \
    X(AUTHORISATION, BS, "bs")                                                                     \
    X(AUTHORISATION, BE_MEASURE, "be_measure")                                                     \
    X(AUTHORISATION, B1V, "b1v")                                                                   \
    X(AUTHORISATION, B2V, "b2v")                                                                   \
    X(AUTHORISATION, BR, "br")                                                                     \
    X(AUTHORISATION, BC, "bc")                                                                     \
    X(AUTHORISATION, CACES_R482, "caces_r482")                                                     \
    X(AUTHORISATION, CACES_R485, "caces_r485")                                                     \
    X(AUTHORISATION, CACES_R486, "caces_r486")                                                     \
    X(AUTHORISATION, CACES_R489, "caces_r489")                                                     \
    X(AUTHORISATION, WORK_AT_HEIGHT, "work_at_height")                                             \
    X(AUTHORISATION, CONFINED_SPACE, "confined_space")                                             \
    X(AUTHORISATION, FIRST_AID, "first_aid")

#define CHOICES_CEFR(X)                                                                            \
    X(CEFR, A1, "a1")                                                                              \
    X(CEFR, A2, "a2")                                                                              \
    X(CEFR, B1, "b1")                                                                              \
    X(CEFR, B2, "b2")                                                                              \
    X(CEFR, C1, "c1")                                                                              \
    X(CEFR, C2, "c2")                                                                              \
    X(CEFR, NATIVE, "native")

#define CHOICES_GENDER(X)                                                                          \
    X(GENDER, FEMALE, "female")                                                                    \
    X(GENDER, MALE, "male")                                                                        \
    X(GENDER, OTHER, "other")

#define CHOICES_DIPLOMA(X)                                                                         \
    X(DIPLOMA, NONE, "none")                                                                       \
    X(DIPLOMA, LEVEL_3, "level_3")                                                                 \
    X(DIPLOMA, LEVEL_4, "level_4")                                                                 \
    X(DIPLOMA, LEVEL_5, "level_5")                                                                 \
    X(DIPLOMA, LEVEL_6, "level_6")                                                                 \
    X(DIPLOMA, LEVEL_7, "level_7")                                                                 \
    X(DIPLOMA, LEVEL_8, "level_8")

#define CHOICES_STATUS(X)                                                                          \
    X(STATUS, JOB_SEEKER, "job_seeker")                                                            \
    X(STATUS, LONG_TERM_JOB_SEEKER, "long_term_job_seeker")                                        \
    X(STATUS, EMPLOYED, "employed")                                                                \
    X(STATUS, STUDENT, "student")                                                                  \
    X(STATUS, NEITHER, "neither")

#define CHOICES_EXIT(X)                                                                            \
    X(EXIT, COMPLETED, "completed")                                                                \
    X(EXIT, JOB, "job")                                                                            \
    X(EXIT, TRAINING, "training")                                                                  \
    X(EXIT, LEFT, "left")

#define CHOICES_SIZE(X)                                                                            \
    X(SIZE, SOLO, "1")                                                                             \
    X(SIZE, MICRO, "2-9")                                                                          \
    X(SIZE, SMALL, "10-49")                                                                        \
    X(SIZE, MEDIUM, "50-249")                                                                      \
    X(SIZE, LARGE, "250+")

#define CHOICES_PERIOD(X)                                                                          \
    X(PERIOD, HOUR, "hour")                                                                        \
    X(PERIOD, MONTH, "month")                                                                      \
    X(PERIOD, YEAR, "year")

#define CHOICES_REASON(X)                                                                          \
    X(REASON, FILLED, "filled")                                                                    \
    X(REASON, EXPIRED, "expired")                                                                  \
    X(REASON, CANCELLED, "cancelled")                                                              \
    X(REASON, FOUND_A_JOB, "found_a_job")                                                          \
    X(REASON, PAUSED, "paused")                                                                    \
    X(REASON, ASKED, "asked")                                                                      \
    X(REASON, MISTAKE, "mistake")

/* What somebody needs of a place, never why. */
#define CHOICES_NEED(X)                                                                            \
    X(NEED, GROUND_FLOOR, "ground_floor")                                                          \
    X(NEED, NEAR_ENTRANCE, "near_entrance")                                                        \
    X(NEED, QUIET, "quiet")                                                                        \
    X(NEED, SCREEN, "screen")

#define CHOICES_ANSWER(X)                                                                          \
    X(ANSWER, INVITED, "invited")                                                                  \
    X(ANSWER, CONFIRMED, "confirmed")                                                              \
    X(ANSWER, DECLINED, "declined")                                                                \
    X(ANSWER, NO_ANSWER, "no_answer")                                                              \
    X(ANSWER, WAITING, "waiting")

#define CHOICES_VIEW(X)                                                                            \
    X(VIEW, WISH, "wish")                                                                          \
    X(VIEW, REFUSAL, "refusal")

#define CHOICES_RULE(X)                                                                            \
    X(RULE, PINNED, "pinned")                                                                      \
    X(RULE, FORBIDDEN, "forbidden")

/* What nobody may ask of a candidate (Labour Code, L1132-1 and L1142-1). */
#define CHOICES_UNLAWFUL(X)                                                                        \
    X(UNLAWFUL, SEX, "sex")                                                                        \
    X(UNLAWFUL, AGE, "age")                                                                        \
    X(UNLAWFUL, ORIGIN, "origin")                                                                  \
    X(UNLAWFUL, NATIONALITY, "nationality")                                                        \
    X(UNLAWFUL, RELIGION, "religion")                                                              \
    X(UNLAWFUL, FAMILY, "family")                                                                  \
    X(UNLAWFUL, HEALTH, "health")                                                                  \
    X(UNLAWFUL, APPEARANCE, "appearance")                                                          \
    X(UNLAWFUL, RESIDENCE, "residence")

/* What to ask an employer, the most useful first. */
#define CHOICES_QUESTION(X)                                                                        \
    X(QUESTION, ROLE, "role")                                                                      \
    X(QUESTION, CONTRACT, "contract")                                                              \
    X(QUESTION, PLACE, "place")                                                                    \
    X(QUESTION, SKILLS, "skills")                                                                  \
    X(QUESTION, HOURS, "hours")                                                                    \
    X(QUESTION, START, "start")

#define CHOICES_KIND(X)                                                                            \
    X(KIND, LEARNER, "learner")                                                                    \
    X(KIND, OFFER, "offer")                                                                        \
    X(KIND, EMPLOYER, "employer")                                                                  \
    X(KIND, PROGRAMME, "programme")                                                                \
    X(KIND, COHORT, "cohort")                                                                      \
    X(KIND, ATTACHMENT, "attachment")                                                              \
    X(KIND, JOBDATING, "jobdating")                                                                \
    X(KIND, ATTENDANCE, "attendance")                                                              \
    X(KIND, REGISTRATION, "registration")                                                          \
    X(KIND, HELPER, "helper")                                                                      \
    X(KIND, MEETING, "meeting")                                                                    \
    X(KIND, TIMETABLE, "timetable")

#define CHOICES_ALL(L)                                                                             \
    L(CONTRACT)                                                                                    \
    L(EVIDENCE)                                                                                    \
    L(DAY)                                                                                         \
    L(MODE)                                                                                        \
    L(REMOTE)                                                                                      \
    L(LICENCE)                                                                                     \
    L(HOLDING)                                                                                     \
    L(AUTHORISATION)                                                                               \
    L(CEFR)                                                                                        \
    L(GENDER)                                                                                      \
    L(DIPLOMA)                                                                                     \
    L(STATUS)                                                                                      \
    L(EXIT)                                                                                        \
    L(SIZE)                                                                                        \
    L(PERIOD)                                                                                      \
    L(REASON)                                                                                      \
    L(NEED)                                                                                        \
    L(ANSWER)                                                                                      \
    L(VIEW)                                                                                        \
    L(RULE)                                                                                        \
    L(UNLAWFUL)                                                                                    \
    L(QUESTION)                                                                                    \
    L(KIND)

#define CHOICE_CONSTANT(list, constant, wire) list##_##constant,
#define CHOICE_ENUM(list) enum { list##_ABSENT = 0, CHOICES_##list(CHOICE_CONSTANT) list##_END };
CHOICES_ALL(CHOICE_ENUM)
#undef CHOICE_ENUM
#undef CHOICE_CONSTANT

/* The bit of a choice in a FIELD_SET. */
#define CHOICE_BIT(constant) (1u << ((constant)-1))

#endif
