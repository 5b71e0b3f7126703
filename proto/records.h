/* Every record, once. A row is F(type, name, REQUIRED or OPTIONAL, privacy, (arguments), meaning);
 * from it come the member of the struct, its bit in `has`, its row in the table behind
 * record_type(), and a line of PROTOCOL.md. Adding a field is adding a row at the end of its list.
 *
 * Arguments by type: TEXT (min, max bytes) · TEXTS (min, max items, max bytes of one) · INT (min,
 * max) · BOOL () · DATE () · TIME () · CLOCK () · ID (kind letter, 0 for any) · CHOICE (list) ·
 * SET (list) · RECORD (record) · RECORDS (record, min, max items). */
#ifndef PASSERELLE_PROTO_RECORDS_H
#define PASSERELLE_PROTO_RECORDS_H

#include "choices.h"
#include "field.h"

/* Of all sessions of a job dating: a timetable has no more. */
enum { JOBDATING_SLOTS_MAX = 64 };

/* -- parts --------------------------------------------------------------------------------------
 */

#define RECORD_place(F)                                                                            \
    F(TEXT, commune, OPTIONAL, MATCHING, (5, 5), "INSEE code; must be known")                      \
    F(TEXT, postcode, OPTIONAL, MATCHING, (5, 5), "Postcode")                                      \
    F(TEXT, town, OPTIONAL, MATCHING, (1, 80), "Name as written; resolved when it can be")         \
    F(TEXT, department, OPTIONAL, MATCHING, (2, 3), "Department number, such as 59 or 2A")         \
    F(INT, latitude, OPTIONAL, MATCHING, (-90000000, 90000000), "1e-6 degrees north")              \
    F(INT, longitude, OPTIONAL, MATCHING, (-180000000, 180000000), "1e-6 degrees east")

#define RECORD_claim(F)                                                                            \
    F(TEXT, skill, OPTIONAL, MATCHING, (1, 64), "Skill id; this or words")                         \
    F(TEXT, words, OPTIONAL, MATCHING, (1, 160), "The skill in the person's own words")            \
    F(INT, level, OPTIONAL, MATCHING, (1, 4),                                                      \
      "1 first notions, 2 with help, 3 alone, 4 teaches others; 2 when absent")                    \
    F(CHOICE, evidence, OPTIONAL, MATCHING, (EVIDENCE), "How it is known; declared when absent")

#define RECORD_requirement(F)                                                                      \
    F(TEXT, skill, OPTIONAL, MATCHING, (1, 64), "Skill id; this or words")                         \
    F(TEXT, words, OPTIONAL, MATCHING, (1, 160), "The skill in the employer's own words")          \
    F(BOOL, required, OPTIONAL, MATCHING, (), "Required, or wished for; wished when absent")       \
    F(INT, level, OPTIONAL, MATCHING, (1, 4), "As in a claim; 2 when absent")

#define RECORD_licence(F)                                                                          \
    F(CHOICE, category, REQUIRED, MATCHING, (LICENCE), "Category of the driving licence")          \
    F(CHOICE, holding, OPTIONAL, MATCHING, (HOLDING), "Held when absent")                          \
    F(DATE, expected_on, OPTIONAL, MATCHING, (), "When in progress: the examination")

#define RECORD_licence_need(F)                                                                     \
    F(CHOICE, category, REQUIRED, MATCHING, (LICENCE), "Category of the driving licence")          \
    F(BOOL, required, OPTIONAL, MATCHING, (), "Required, or wished for; wished when absent")

#define RECORD_authorisation(F)                                                                    \
    F(CHOICE, name, REQUIRED, MATCHING, (AUTHORISATION), "The authorisation")                      \
    F(DATE, expires_on, OPTIONAL, MATCHING, (), "Last day it is valid")                            \
    F(CHOICE, holding, OPTIONAL, MATCHING, (HOLDING), "Held when absent")                          \
    F(DATE, expected_on, OPTIONAL, MATCHING, (), "When in progress: the day it is expected")

#define RECORD_language(F)                                                                         \
    F(TEXT, code, REQUIRED, MATCHING, (2, 2), "ISO 639-1 code")                                    \
    F(CHOICE, level, OPTIONAL, MATCHING, (CEFR), "CEFR level; b1 when absent")

#define RECORD_travel(F)                                                                           \
    F(CHOICE, mode, REQUIRED, MATCHING, (MODE), "Means of travel")                                 \
    F(INT, radius_km, REQUIRED, MATCHING, (0, 1000), "How far, as the crow flies")

#define RECORD_hours(F)                                                                            \
    F(CHOICE, day, REQUIRED, MATCHING, (DAY), "Day of the week")                                   \
    F(CLOCK, from, REQUIRED, MATCHING, (), "Start")                                                \
    F(CLOCK, to, REQUIRED, MATCHING, (), "End, after the start")

#define RECORD_rhythm(F)                                                                           \
    F(INT, company_days, REQUIRED, MATCHING, (1, 60), "Working days in the company in a cycle")    \
    F(INT, school_days, REQUIRED, MATCHING, (0, 60), "Working days at school in a cycle")

#define RECORD_stage_entry(F)                                                                      \
    F(TEXT, stage, REQUIRED, MATCHING, (1, 80), "Name of the stage in the cohort")                 \
    F(DATE, entered_on, REQUIRED, MATCHING, (), "First day")                                       \
    F(DATE, left_on, OPTIONAL, MATCHING, (), "Last day")                                           \
    F(CHOICE, exit, OPTIONAL, MATCHING, (EXIT), "How it ended")

#define RECORD_stage(F)                                                                            \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 80), "Name")                                               \
    F(DATE, starts_on, OPTIONAL, PUBLIC, (), "First day")                                          \
    F(DATE, ends_on, OPTIONAL, PUBLIC, (), "Last day")

#define RECORD_module(F)                                                                           \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 120), "Name")                                              \
    F(TEXTS, skills, OPTIONAL, PUBLIC, (0, 40, 64), "Skill ids it teaches")

#define RECORD_pay(F)                                                                              \
    F(INT, minimum, OPTIONAL, PUBLIC, (0, 100000000), "Gross, in cents")                           \
    F(INT, maximum, OPTIONAL, PUBLIC, (0, 100000000), "Gross, in cents")                           \
    F(CHOICE, period, REQUIRED, PUBLIC, (PERIOD), "For this long")

/* A learner's personal data, sealed apart. */
#define RECORD_contact(F)                                                                          \
    F(TEXT, given_name, OPTIONAL, PERSONAL, (1, 80), "Given name")                                 \
    F(TEXT, family_name, OPTIONAL, PERSONAL, (1, 80), "Family name")                               \
    F(DATE, birth_date, OPTIONAL, PERSONAL, (), "Birth date")                                      \
    F(TEXT, email, OPTIONAL, PERSONAL, (3, 254), "Mail address")                                   \
    F(TEXT, phone, OPTIONAL, PERSONAL, (4, 24), "Telephone number")                                \
    F(TEXT, street, OPTIONAL, PERSONAL, (1, 160), "Street address")                                \
    F(TEXT, postcode, OPTIONAL, PERSONAL, (4, 10), "Postcode of the address")                      \
    F(TEXT, town, OPTIONAL, PERSONAL, (1, 80), "Town of the address")

#define RECORD_statistics(F)                                                                       \
    F(CHOICE, gender, OPTIONAL, STATISTICS, (GENDER), "Gender")                                    \
    F(INT, birth_year, OPTIONAL, STATISTICS, (1900, 2100), "Year of birth")                        \
    F(CHOICE, diploma, OPTIONAL, STATISTICS, (DIPLOMA), "Highest diploma")                         \
    F(CHOICE, status, OPTIONAL, STATISTICS, (STATUS), "Status on entry")                           \
    F(BOOL, priority_area, OPTIONAL, STATISTICS, (), "Lives in a priority neighbourhood")          \
    F(BOOL, minimum_income, OPTIONAL, STATISTICS, (), "Receives the RSA")

/* The person to talk to at an employer. */
#define RECORD_employer_contact(F)                                                                 \
    F(TEXT, name, OPTIONAL, PERSONAL, (1, 120), "Name")                                            \
    F(TEXT, function, OPTIONAL, PERSONAL, (1, 80), "Function")                                     \
    F(TEXT, email, OPTIONAL, PERSONAL, (3, 254), "Mail address")                                   \
    F(TEXT, phone, OPTIONAL, PERSONAL, (4, 24), "Telephone number")

/* Who a helper is. */
#define RECORD_helper_contact(F)                                                                   \
    F(TEXT, name, OPTIONAL, PERSONAL, (1, 120), "Name")                                            \
    F(TEXT, email, OPTIONAL, PERSONAL, (3, 254), "Mail address")                                   \
    F(TEXT, phone, OPTIONAL, PERSONAL, (4, 24), "Telephone number")

#define RECORD_window(F)                                                                           \
    F(CLOCK, from, REQUIRED, MATCHING, (), "Start")                                                \
    F(CLOCK, to, REQUIRED, MATCHING, (), "End, after the start")

/* Part of a job dating with slots of one length. */
#define RECORD_session(F)                                                                          \
    F(CLOCK, from, REQUIRED, PUBLIC, (), "Start of its first slot")                                \
    F(CLOCK, to, REQUIRED, PUBLIC, (), "When its last slot has ended")                             \
    F(INT, slot_minutes, REQUIRED, PUBLIC, (3, 120), "Length of a slot")                           \
    F(INT, changeover_minutes, OPTIONAL, PUBLIC, (0, 60), "Between two slots; 0 when absent")

#define RECORD_table(F)                                                                            \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 20), "Name on its sign: a table or a room")                \
    F(SET, features, OPTIONAL, PUBLIC, (NEED), "What it offers to those who need it")

#define RECORD_offer_brought(F) F(ID, offer, REQUIRED, PUBLIC, ('O'), "Offer")

#define RECORD_helper_needed(F) F(ID, helper, REQUIRED, MATCHING, ('H'), "Helper")

/* -- stored records ------------------------------------------------------------------------------
 */

#define RECORD_learner(F)                                                                          \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40),                                                     \
      "Where the record comes from, such as francetravail")                                        \
    F(TEXT, reference, REQUIRED, PERSONAL, (1, 64),                                                \
      "Its id there; for francetravail 11 digits or the former 8 characters")                      \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, cohort, OPTIONAL, MATCHING, ('C'), "Cohort")                                             \
    F(TEXT, prescriber, OPTIONAL, MATCHING, (1, 120), "Organisation that sent the learner")        \
    F(TEXT, referent, OPTIONAL, PERSONAL, (1, 120), "Person there who follows the learner")        \
    F(RECORDS, stages, OPTIONAL, MATCHING, (stage_entry, 0, 20), "Stages entered and left")        \
    F(RECORD, place, OPTIONAL, MATCHING, (place), "Where the learner starts from; a commune only") \
    F(RECORDS, travel, OPTIONAL, MATCHING, (travel, 0, 6),                                         \
      "How far by which means; 30 km when absent. One that needs a licence counts with it")        \
    F(SET, contracts, OPTIONAL, MATCHING, (CONTRACT), "Contracts wanted; any when absent")         \
    F(DATE, available_from, OPTIONAL, MATCHING, (), "First day free")                              \
    F(RECORDS, free_hours, OPTIONAL, MATCHING, (hours, 0, 21), "When free; always when absent")    \
    F(INT, minimum_hours, OPTIONAL, MATCHING, (1, 60), "Fewest hours a week wanted")               \
    F(INT, maximum_hours, OPTIONAL, MATCHING, (1, 60), "Most hours a week possible")               \
    F(SET, remote, OPTIONAL, MATCHING, (REMOTE), "Ways of working accepted; any when absent")      \
    F(RECORD, rhythm, OPTIONAL, MATCHING, (rhythm), "Rhythm of the learner's school")              \
    F(RECORDS, licences, OPTIONAL, MATCHING, (licence, 0, 16), "Driving licences")                 \
    F(RECORDS, authorisations, OPTIONAL, MATCHING, (authorisation, 0, 16), "Authorisations")       \
    F(RECORDS, languages, OPTIONAL, MATCHING, (language, 0, 12), "Languages besides French")       \
    F(RECORDS, claims, OPTIONAL, MATCHING, (claim, 0, 120), "What the learner can do")             \
    F(TEXTS, roles, OPTIONAL, MATCHING, (0, 8, 64), "Roles wished for, the dearest first")         \
    F(DATE, of_age_on, OPTIONAL, MATCHING, (),                                                     \
      "Set by the daemon for a minor: eighteenth birthday")                                        \
    F(RECORD, contact, OPTIONAL, PERSONAL, (contact), "Personal data, sealed")                     \
    F(RECORD, statistics, OPTIONAL, STATISTICS, (statistics), "For aggregates only, sealed")

#define RECORD_employer(F)                                                                         \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "Where the record comes from")                      \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Its id there")                                  \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 120), "Name")                                              \
    F(TEXT, siret, OPTIONAL, PUBLIC, (14, 14), "SIRET number, 14 digits")                          \
    F(TEXT, activity, OPTIONAL, PUBLIC, (1, 120), "What the firm does")                            \
    F(CHOICE, size, OPTIONAL, PUBLIC, (SIZE), "People employed")                                   \
    F(RECORD, place, OPTIONAL, MATCHING, (place), "Where it is")                                   \
    F(TEXT, website, OPTIONAL, PUBLIC, (4, 200), "Web address")                                    \
    F(RECORD, contact, OPTIONAL, PERSONAL, (employer_contact), "Whom to talk to, sealed")

#define RECORD_offer(F)                                                                            \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "Where the record comes from")                      \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Its id there")                                  \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, employer, OPTIONAL, PUBLIC, ('E'), "Employer")                                           \
    F(TEXT, employer_name, OPTIONAL, PUBLIC, (1, 120), "Its name, where there is no record of it") \
    F(TEXT, title, REQUIRED, PUBLIC, (1, 200), "Title as the employer wrote it")                   \
    F(TEXT, description, OPTIONAL, PUBLIC, (1, 20000), "Text as the employer wrote it")            \
    F(TEXT, role, OPTIONAL, MATCHING, (1, 64), "Role id or ROME code; must be known")              \
    F(RECORDS, requirements, OPTIONAL, MATCHING, (requirement, 0, 60),                             \
      "Skills; the role's core skills when absent")                                                \
    F(CHOICE, contract, OPTIONAL, MATCHING, (CONTRACT), "Contract")                                \
    F(DATE, starts_on, OPTIONAL, MATCHING, (), "First day of work")                                \
    F(DATE, ends_on, OPTIONAL, MATCHING, (), "Last day of work")                                   \
    F(DATE, closes_on, OPTIONAL, MATCHING, (), "Last day to apply")                                \
    F(INT, positions, OPTIONAL, PUBLIC, (1, 1000), "How many people; 1 when absent")               \
    F(RECORD, place, OPTIONAL, MATCHING, (place), "Where the work is")                             \
    F(CHOICE, remote, OPTIONAL, MATCHING, (REMOTE), "Remote work; none when absent")               \
    F(INT, weekly_minutes, OPTIONAL, MATCHING, (30, 3600), "Working time a week")                  \
    F(RECORDS, schedule, OPTIONAL, MATCHING, (hours, 0, 21), "Days and hours of work")             \
    F(RECORD, rhythm, OPTIONAL, MATCHING, (rhythm), "Rhythm of an alternance")                     \
    F(RECORDS, licences, OPTIONAL, MATCHING, (licence_need, 0, 8), "Driving licences")             \
    F(SET, authorisations, OPTIONAL, MATCHING, (AUTHORISATION), "Authorisations required")         \
    F(RECORDS, languages, OPTIONAL, MATCHING, (language, 0, 8), "Languages required")              \
    F(BOOL, adults_only, OPTIONAL, MATCHING, (), "The law asks for an adult")                      \
    F(INT, experience_months, OPTIONAL, PUBLIC, (0, 600), "Experience asked for; never scored")    \
    F(RECORD, pay, OPTIONAL, PUBLIC, (pay), "Pay")                                                 \
    F(RECORD, contact, OPTIONAL, PERSONAL, (employer_contact), "Whom to talk to, sealed")          \
    F(TEXT, url, OPTIONAL, PUBLIC, (4, 300), "Where it is published")                              \
    F(TEXT, travelling, OPTIONAL, PUBLIC, (1, 120), "How often and how far the work leads away")   \
    F(BOOL, disability_access, OPTIONAL, PUBLIC, (),                                               \
      "The employer says that it suits people with a disability")                                  \
    F(BOOL, few_candidates, OPTIONAL, PUBLIC, (), "Its source says that candidates are lacking")

/* -- what is recognised in the text of an offer --------------------------------------------------
 */

#define RECORD_role_guess(F)                                                                       \
    F(TEXT, role, REQUIRED, PUBLIC, (1, 64), "Role id")                                            \
    F(INT, share, REQUIRED, PUBLIC, (0, 10000), "How probable among all, in 1/10000")

#define RECORD_skill_guess(F)                                                                      \
    F(TEXT, skill, REQUIRED, PUBLIC, (1, 64), "Skill id")                                          \
    F(TEXT, words, REQUIRED, PUBLIC, (1, 160), "The words of the text that say so")                \
    F(INT, confidence, REQUIRED, PUBLIC, (0, 10000), "How sure, in 1/10000")                       \
    F(TEXTS, others, OPTIONAL, PUBLIC, (0, 4, 64), "Skill ids it could be instead, best first")

#define RECORD_unlawful_wish(F)                                                                    \
    F(CHOICE, about, REQUIRED, PUBLIC, (UNLAWFUL), "What it asks about; never used")               \
    F(TEXT, words, REQUIRED, PUBLIC, (1, 160), "The words of the text that say so")

#define RECORD_recognised(F)                                                                       \
    F(TEXT, referential, REQUIRED, PUBLIC, (16, 16), "Hash of the referential it was read with")   \
    F(BOOL, unreadable, OPTIONAL, PUBLIC, (), "Reading it failed: it has to be filled in by hand") \
    F(RECORDS, roles, OPTIONAL, PUBLIC, (role_guess, 0, 3), "Roles it may mean, best first")       \
    F(RECORDS, skills, OPTIONAL, PUBLIC, (skill_guess, 0, 40), "Skills, in the text's order")      \
    F(RECORDS, unlawful, OPTIONAL, PUBLIC, (unlawful_wish, 0, 16), "Wishes that the law forbids")  \
    F(SET, questions, OPTIONAL, PUBLIC, (QUESTION), "At most three, the most useful first")

#define RECORD_programme(F)                                                                        \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "Where the record comes from")                      \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Its id there")                                  \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 120), "Name")                                              \
    F(TEXTS, roles, OPTIONAL, PUBLIC, (0, 12, 64), "Roles it trains for")                          \
    F(RECORDS, modules, OPTIONAL, PUBLIC, (module, 0, 60), "What it teaches")

#define RECORD_cohort(F)                                                                           \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "Where the record comes from")                      \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Its id there")                                  \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, programme, REQUIRED, PUBLIC, ('P'), "Programme")                                         \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 120), "Name")                                              \
    F(DATE, starts_on, OPTIONAL, PUBLIC, (), "First day")                                          \
    F(DATE, ends_on, OPTIONAL, PUBLIC, (), "Last day")                                             \
    F(RECORDS, stages, OPTIONAL, PUBLIC, (stage, 0, 20), "Its stages")

#define RECORD_attachment(F)                                                                       \
    F(TEXT, words, REQUIRED, MATCHING, (1, 160), "Words nobody recognised")                        \
    F(TEXT, skill, REQUIRED, MATCHING, (1, 64), "Skill id they stand for")

#define RECORD_jobdating(F)                                                                        \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "Where the record comes from")                      \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Its id there")                                  \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(TEXT, name, REQUIRED, PUBLIC, (1, 120), "Name")                                              \
    F(DATE, day, REQUIRED, PUBLIC, (), "The day it takes place")                                   \
    F(TEXT, venue, OPTIONAL, PUBLIC, (1, 160), "Where, as people find it")                         \
    F(RECORD, place, OPTIONAL, MATCHING, (place), "Where it is")                                   \
    F(RECORDS, sessions, REQUIRED, PUBLIC, (session, 1, 8),                                        \
      "When, in order; its slots follow from them")                                                \
    F(RECORDS, breaks, OPTIONAL, MATCHING, (window, 0, 8), "No slot touches these")                \
    F(RECORDS, tables, OPTIONAL, PUBLIC, (table, 0, 200),                                          \
      "Tables and rooms; one for each recruiter when absent")                                      \
    F(INT, minimum_meetings, OPTIONAL, PUBLIC, (0, 40),                                            \
      "Of each learner, unless the registration says so; 2 when absent")                           \
    F(INT, maximum_meetings, OPTIONAL, PUBLIC, (1, 40), "Likewise; 6 when absent")                 \
    F(BOOL, near_misses, OPTIONAL, PUBLIC, (),                                                     \
      "Pairs that fail a constraint may meet, and are shown as such")                              \
    F(BOOL, discovery, OPTIONAL, PUBLIC, (),                                                       \
      "Learners short of their minimum may meet firms with no offer for them")                     \
    F(INT, places, OPTIONAL, PUBLIC, (1, 2000), "How many learners are to be invited")

/* An employer, or a training body, at a job dating. */
#define RECORD_attendance(F)                                                                       \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "`passerelle`")                                     \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64),                                                  \
      "Job dating and employer, such as J5-E3: each attends once")                                 \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, jobdating, REQUIRED, PUBLIC, ('J'), "Job dating")                                        \
    F(ID, employer, REQUIRED, PUBLIC, ('E'), "Employer or training body")                          \
    F(BOOL, training, OPTIONAL, PUBLIC, (), "A training body: meets whoever is interested")        \
    F(RECORDS, offers, OPTIONAL, PUBLIC, (offer_brought, 0, 20), "Offers it recruits for")         \
    F(INT, recruiters, OPTIONAL, PUBLIC, (1, 20), "Who hold meetings in parallel; 1 when absent")  \
    F(RECORDS, windows, OPTIONAL, MATCHING, (window, 0, 8),                                        \
      "When it is there; all the time when absent")                                                \
    F(INT, minimum_meetings, OPTIONAL, PUBLIC, (0, 200), "Fewest meetings; 0 when absent")         \
    F(INT, maximum_meetings, OPTIONAL, PUBLIC, (1, 200),                                           \
      "Most meetings; as many as fit when absent")                                                 \
    F(TEXT, table, OPTIONAL, PUBLIC, (1, 20), "Its table, where it is to have that one")           \
    F(BOOL, video, OPTIONAL, PUBLIC, (), "By video link: it needs no table")

/* A learner at a job dating. Needs are effects, never causes. */
#define RECORD_registration(F)                                                                     \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "`passerelle`")                                     \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64),                                                  \
      "Job dating and learner, such as J5-L12: each is registered once")                           \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, jobdating, REQUIRED, PUBLIC, ('J'), "Job dating")                                        \
    F(ID, learner, REQUIRED, PUBLIC, ('L'), "Learner")                                             \
    F(CHOICE, answer, REQUIRED, PUBLIC, (ANSWER), "How far the invitation has got")                \
    F(RECORDS, windows, OPTIONAL, MATCHING, (window, 0, 8),                                        \
      "When the learner is there; all the time when absent")                                       \
    F(INT, minimum_meetings, OPTIONAL, MATCHING, (0, 40),                                          \
      "Fewest meetings; as the job dating says when absent")                                       \
    F(INT, maximum_meetings, OPTIONAL, MATCHING, (1, 40),                                          \
      "Most meetings; as the job dating says when absent")                                         \
    F(SET, needs, OPTIONAL, MATCHING, (NEED), "What the table must offer")                         \
    F(RECORDS, helpers, OPTIONAL, MATCHING, (helper_needed, 0, 3), "Who must be at every meeting") \
    F(BOOL, video, OPTIONAL, MATCHING, (), "Meets by video link only")                             \
    F(INT, rank, OPTIONAL, MATCHING, (1, 2000),                                                    \
      "Place on the waiting list; who has none comes last, in the order of registration")

/* Somebody whom several meetings share. The code says nothing of what for. */
#define RECORD_helper(F)                                                                           \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "`passerelle`")                                     \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Job dating and code, such as J5-T2")            \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, jobdating, REQUIRED, PUBLIC, ('J'), "Job dating")                                        \
    F(TEXT, code, REQUIRED, PUBLIC, (2, 6), "One to three letters, then digits, such as T2")       \
    F(RECORDS, windows, OPTIONAL, MATCHING, (window, 0, 8),                                        \
      "When the helper is there; all the time when absent")                                        \
    F(RECORD, contact, OPTIONAL, PERSONAL, (helper_contact), "Whom to call, sealed")

/* What is said of one learner and one firm at a job dating; when they meet is in the timetable. */
#define RECORD_meeting(F)                                                                          \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "`passerelle`")                                     \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Registration and attendance, such as R7-F6")    \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, jobdating, REQUIRED, PUBLIC, ('J'), "Job dating")                                        \
    F(ID, registration, REQUIRED, PUBLIC, ('R'), "Learner at it")                                  \
    F(ID, attendance, REQUIRED, PUBLIC, ('F'), "Firm at it")                                       \
    F(CHOICE, rule, OPTIONAL, MATCHING, (RULE), "The organiser says: they must meet, or must not") \
    F(CHOICE, learner_view, OPTIONAL, MATCHING, (VIEW), "What the learner asked for")              \
    F(CHOICE, employer_view, OPTIONAL, MATCHING, (VIEW), "What the firm asked for")                \
    F(BOOL, video, OPTIONAL, MATCHING, (), "By video link")

/* When they meet. Published by who has had it checked; what it names may have gone since: such
 * meetings no longer count. */
#define RECORD_timetable(F)                                                                        \
    F(TEXT, source, REQUIRED, PUBLIC, (1, 40), "`passerelle`")                                     \
    F(TEXT, reference, REQUIRED, PUBLIC, (1, 64), "Job dating, such as J5: each has one")          \
    F(TIME, observed_at, REQUIRED, HEADER, (), "When the source said so; older news is ignored")   \
    F(ID, jobdating, REQUIRED, PUBLIC, ('J'), "Job dating")                                        \
    F(TEXTS, slots, REQUIRED, PUBLIC, (1, 64, 8000),                                               \
      "For each slot its meetings, separated by spaces: `7:6:3`, the numbers of registration, "    \
      "attendance and table (from 1; 0: none); `-` where there is none")                           \
    F(INT, missing, OPTIONAL, PUBLIC, (0, 100000), "Meetings missing to the minimums")             \
    F(INT, sum, OPTIONAL, PUBLIC, (0, 281474976710655), "Scores and bonuses of all meetings")      \
    F(INT, bound, OPTIONAL, PUBLIC, (0, 281474976710655), "No timetable has a greater sum")        \
    F(INT, gaps, OPTIONAL, PUBLIC, (0, 1000000), "Idle gaps of all")                               \
    F(BOOL, proven, OPTIONAL, PUBLIC, (), "Minimums and sum are the best possible")

/* -- the catalogue, as queries show it -----------------------------------------------------------
 */

#define RECORD_skill(F)                                                                            \
    F(TEXT, id, REQUIRED, PUBLIC, (1, 64), "Skill id")                                             \
    F(TEXT, french, REQUIRED, PUBLIC, (1, 400), "Label in French")                                 \
    F(TEXT, english, OPTIONAL, PUBLIC, (1, 400), "Label in English")                               \
    F(TEXTS, aliases, OPTIONAL, PUBLIC, (0, 60, 400), "Other words for it")

#define RECORD_role(F)                                                                             \
    F(TEXT, id, REQUIRED, PUBLIC, (1, 64), "Role id")                                              \
    F(TEXT, rome, OPTIONAL, PUBLIC, (5, 5), "ROME 4.0 code")                                       \
    F(TEXT, french, REQUIRED, PUBLIC, (1, 400), "Label in French")                                 \
    F(TEXT, english, OPTIONAL, PUBLIC, (1, 400), "Label in English")                               \
    F(TEXTS, core, OPTIONAL, PUBLIC, (0, 120, 64), "Ids of its core skills")

/* -- bodies of events and queries
 * ------------------------------------------------------------------ */

#define RECORD_territory_settings(F)                                                               \
    F(TEXT, label, REQUIRED, PUBLIC, (1, 120), "Name people use")                                  \
    F(INT, slots, OPTIONAL, PUBLIC, (1, 64),                                                       \
      "Slots of the offers; fixed at creation, 2 when absent")

#define RECORD_adoption(F)                                                                         \
    F(TEXT, referential, REQUIRED, PUBLIC, (16, 16), "Hash of the built referential")              \
    F(TEXT, communes, REQUIRED, PUBLIC, (16, 16), "Hash of the built list of communes")

#define RECORD_day(F)                                                                              \
    F(DATE, day, REQUIRED, PUBLIC, (),                                                             \
      "The day it is now; never backwards, and at most tomorrow by the daemon's clock (UTC)")

/* Names a record: its id, or source and reference. */
#define RECORD_target(F)                                                                           \
    F(ID, id, OPTIONAL, PUBLIC, (0), "Record; this, or source and reference")                      \
    F(TEXT, source, OPTIONAL, PUBLIC, (1, 40), "Source of the record")                             \
    F(TEXT, reference, OPTIONAL, PERSONAL, (1, 64), "Its reference there")                         \
    F(CHOICE, reason, OPTIONAL, PUBLIC, (REASON), "Why")

#define RECORD_words(F) F(TEXT, words, REQUIRED, MATCHING, (1, 160), "Words to detach")

#define RECORD_get(F)                                                                              \
    F(ID, id, OPTIONAL, PUBLIC, (0), "Record; this, or kind, source and reference")                \
    F(CHOICE, kind, OPTIONAL, PUBLIC, (KIND), "Kind of the record")                                \
    F(TEXT, source, OPTIONAL, PUBLIC, (1, 40), "Source of the record")                             \
    F(TEXT, reference, OPTIONAL, PERSONAL, (1, 64), "Its reference there")                         \
    F(BOOL, personal, OPTIONAL, PUBLIC, (), "With the personal data")

#define RECORD_page(F)                                                                             \
    F(CHOICE, kind, REQUIRED, PUBLIC, (KIND), "Kind of the records")                               \
    F(INT, after, OPTIONAL, PUBLIC, (0, 281474976710655), "`next` of the page before")             \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 500), "Most records; 50 when absent")                      \
    F(BOOL, personal, OPTIONAL, PUBLIC, (), "With the personal data")                              \
    F(ID, of, OPTIONAL, PUBLIC, (0),                                                               \
      "Only parts of this record: a job dating, learner, employer, registration or attendance")

#define RECORD_matches_of(F)                                                                       \
    F(ID, id, REQUIRED, PUBLIC, (0), "A learner or an offer")                                      \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 32), "Most matches; 20 when absent")                       \
    F(TEXT, after, OPTIONAL, PUBLIC, (16, 16), "`next` of the page before")

#define RECORD_near_to(F)                                                                          \
    F(ID, id, REQUIRED, PUBLIC, (0), "A learner or an offer")                                      \
    F(INT, after, OPTIONAL, PUBLIC, (0, 281474976710655), "`next` of the page before")             \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 200),                                                      \
      "Most records of the other kind to look at; 100 when absent")

#define RECORD_audit_of(F)                                                                         \
    F(INT, top, OPTIONAL, PUBLIC, (1, 32),                                                         \
      "Of an offer's learners, how many count as selected, first ones first; 10 when absent")

#define RECORD_pair(F)                                                                             \
    F(ID, learner, REQUIRED, PUBLIC, ('L'), "Learner")                                             \
    F(ID, offer, REQUIRED, PUBLIC, ('O'), "Offer")

#define RECORD_scores_of(F)                                                                        \
    F(ID, attendance, REQUIRED, PUBLIC, ('F'), "Firm at a job dating")                             \
    F(INT, after, OPTIONAL, PUBLIC, (0, 281474976710655), "`next` of the page before")             \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 200), "Most registrations; 100 when absent")

#define RECORD_since(F)                                                                            \
    F(INT, after, OPTIONAL, PUBLIC, (0, 281474976710655), "Cursor; 0 when absent")                 \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 1000), "Most entries; 200 when absent")

#define RECORD_search(F)                                                                           \
    F(TEXT, words, REQUIRED, PUBLIC, (1, 160), "Words to look up")                                 \
    F(INT, limit, OPTIONAL, PUBLIC, (1, 20), "Most results; 10 when absent")

/* As many as an answer holds, however long the labels are. */
#define RECORD_labelled(F)                                                                         \
    F(TEXTS, skills, OPTIONAL, PUBLIC, (0, 16, 64), "Skill ids")                                   \
    F(TEXTS, roles, OPTIONAL, PUBLIC, (0, 4, 64), "Role ids or ROME codes")

#define RECORD_overview(F) F(TEXT, after, OPTIONAL, PUBLIC, (1, 32), "`next` of the page before")

/* -- the envelope
 * ------------------------------------------------------------------------------------ */

/* The body is decoded apart, by the type; see message.h. */
#define RECORD_request(F)                                                                          \
    F(INT, v, REQUIRED, PUBLIC, (1, 1), "Version of the protocol")                                 \
    F(TEXT, id, REQUIRED, PUBLIC, (1, 64), "Made by the client; the same id gets the same answer") \
    F(TEXT, type, REQUIRED, PUBLIC, (1, 40), "Type of the message")                                \
    F(TEXT, territory, OPTIONAL, PUBLIC, (1, 32), "Territory; all but `status` need one")          \
    F(DATE, occurred_on, OPTIONAL, PUBLIC, (), "Events: the day it happened; required")            \
    F(INT, if_revision, OPTIONAL, PUBLIC, (0, 281474976710655),                                    \
      "Events: refuse unless the record is at this revision; 0: must not exist")                   \
    F(BOOL, lenient, OPTIONAL, PUBLIC, (),                                                         \
      "Events: unknown roles and communes are kept with a warning")                                \
    F(BOOL, same_person, OPTIONAL, PUBLIC, (),                                                     \
      "learner.put: the name differs from the record's on purpose")                                \
    F(BOOL, draft, OPTIONAL, PUBLIC, (),                                                           \
      "offer.put: it came as text; a draft until it is confirmed")                                 \
    F(BOOL, confirms, OPTIONAL, PUBLIC, (),                                                        \
      "offer.put: as its employer confirms it; a draft becomes an offer")

/* Every table, parts before what holds them. */
#define RECORDS_ALL(R)                                                                             \
    R(place)                                                                                       \
    R(claim)                                                                                       \
    R(requirement)                                                                                 \
    R(licence)                                                                                     \
    R(licence_need)                                                                                \
    R(authorisation)                                                                               \
    R(language)                                                                                    \
    R(travel)                                                                                      \
    R(hours)                                                                                       \
    R(rhythm)                                                                                      \
    R(stage_entry)                                                                                 \
    R(stage)                                                                                       \
    R(module)                                                                                      \
    R(pay)                                                                                         \
    R(contact)                                                                                     \
    R(statistics)                                                                                  \
    R(employer_contact)                                                                            \
    R(helper_contact)                                                                              \
    R(window)                                                                                      \
    R(session)                                                                                     \
    R(table)                                                                                       \
    R(offer_brought)                                                                               \
    R(helper_needed)                                                                               \
    R(learner)                                                                                     \
    R(employer)                                                                                    \
    R(offer)                                                                                       \
    R(role_guess)                                                                                  \
    R(skill_guess)                                                                                 \
    R(unlawful_wish)                                                                               \
    R(recognised)                                                                                  \
    R(programme)                                                                                   \
    R(cohort)                                                                                      \
    R(attachment)                                                                                  \
    R(jobdating)                                                                                   \
    R(attendance)                                                                                  \
    R(registration)                                                                                \
    R(helper)                                                                                      \
    R(meeting)                                                                                     \
    R(timetable)                                                                                   \
    R(skill)                                                                                       \
    R(role)                                                                                        \
    R(territory_settings)                                                                          \
    R(adoption)                                                                                    \
    R(day)                                                                                         \
    R(target)                                                                                      \
    R(words)                                                                                       \
    R(get)                                                                                         \
    R(page)                                                                                        \
    R(matches_of)                                                                                  \
    R(near_to)                                                                                     \
    R(audit_of)                                                                                    \
    R(pair)                                                                                        \
    R(scores_of)                                                                                   \
    R(since)                                                                                       \
    R(search)                                                                                      \
    R(labelled)                                                                                    \
    R(overview)                                                                                    \
    R(request)

#define MEMBER_TEXT(min, max) struct text
#define MEMBER_TEXTS(min, max, item) struct texts
#define MEMBER_INT(min, max) int64_t
#define MEMBER_BOOL() bool
#define MEMBER_DATE() int32_t
#define MEMBER_TIME() int64_t
#define MEMBER_CLOCK() int32_t
#define MEMBER_ID(letter) uint64_t
#define MEMBER_CHOICE(list) uint8_t
#define MEMBER_SET(list) uint32_t
#define MEMBER_RECORD(record) struct record
#define MEMBER_RECORDS(record, min, max)                                                           \
    struct {                                                                                       \
        struct record *items;                                                                      \
        uint32_t count;                                                                            \
    }
#define RECORD_MEMBER(type, name, need, privacy, args, doc) MEMBER_##type args name;
#define RECORD_PRESENT(type, name, need, privacy, args, doc) bool name : 1;
/* `has.place` tells whether the field came; `has_bits` is the same for code driven by the table. */
#define RECORD_STRUCT(record)                                                                      \
    struct record {                                                                                \
        union {                                                                                    \
            uint64_t has_bits;                                                                     \
            struct {                                                                               \
                RECORD_##record(RECORD_PRESENT)                                                    \
            } has;                                                                                 \
        };                                                                                         \
        RECORD_##record(RECORD_MEMBER)                                                             \
    };
RECORDS_ALL(RECORD_STRUCT)

/* The table of each record: learner_type and so on. */
#define RECORD_TYPE_DECLARATION(record) extern const struct record_type record##_type;
RECORDS_ALL(RECORD_TYPE_DECLARATION)
#undef RECORD_TYPE_DECLARATION

#endif
