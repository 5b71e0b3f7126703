/* The messages: which body each type has, what it does, and the shape of replies. */
#ifndef PASSERELLE_PROTO_MESSAGE_H
#define PASSERELLE_PROTO_MESSAGE_H

#include "codec.h"
#include "records.h"

enum { PROTOCOL_VERSION = 1 };

/* What an event does to a record; the names are those of the function event_commit, and of the log.
 * Recognising is no message: a text-worker does it. */
#define OPERATIONS_ALL(X)                                                                          \
    X(PUT, "put")                                                                                  \
    X(STATE, "state")                                                                              \
    X(ERASE, "erase")                                                                              \
    X(ATTACH, "attach")                                                                            \
    X(DETACH, "detach")                                                                            \
    X(DAY, "day")                                                                                  \
    X(ADOPT, "adopt")                                                                              \
    X(TERRITORY, "territory")                                                                      \
    X(CONFIRM, "confirm")                                                                          \
    X(RECOGNISE, "recognise")

enum operation {
    OPERATION_NONE, /* a query */
#define OPERATION_CONSTANT(constant, wire) OPERATION_##constant,
    OPERATIONS_ALL(OPERATION_CONSTANT)
#undef OPERATION_CONSTANT
};
const char *operation_name(enum operation operation);

/* X(constant, wire name, operation, kind or ABSENT, body record, new state, meaning) */
#define MESSAGES_ALL(X)                                                                            \
    X(TERRITORY_PUT, "territory.put", TERRITORY, ABSENT, territory_settings, "",                   \
      "Creates a territory")                                                                       \
    X(REFERENTIAL_ADOPT, "referential.adopt", ADOPT, ABSENT, adoption, "",                         \
      "Makes a built referential and list of communes the ones in force")                          \
    X(DAY_CHANGED, "day.changed", DAY, ABSENT, day, "", "A new day begins")                        \
    X(PROGRAMME_PUT, "programme.put", PUT, PROGRAMME, programme, "", "Creates or replaces one")    \
    X(COHORT_PUT, "cohort.put", PUT, COHORT, cohort, "", "Creates or replaces one")                \
    X(LEARNER_PUT, "learner.put", PUT, LEARNER, learner, "", "Creates or replaces one")            \
    X(LEARNER_WITHDRAW, "learner.withdraw", STATE, LEARNER, target, "withdrawn",                   \
      "Takes a learner out of all matching, records kept")                                         \
    X(LEARNER_REOPEN, "learner.reopen", STATE, LEARNER, target, "active", "Brings one back")       \
    X(LEARNER_ERASE, "learner.erase", ERASE, LEARNER, target, "", "Erases a person")               \
    X(EMPLOYER_PUT, "employer.put", PUT, EMPLOYER, employer, "", "Creates or replaces one")        \
    X(EMPLOYER_ERASE, "employer.erase", ERASE, EMPLOYER, target, "", "Erases an employer")         \
    X(OFFER_PUT, "offer.put", PUT, OFFER, offer, "", "Creates or replaces one")                    \
    X(OFFER_CLOSE, "offer.close", STATE, OFFER, target, "closed", "The place is taken or gone")    \
    X(OFFER_WITHDRAW, "offer.withdraw", STATE, OFFER, target, "withdrawn",                         \
      "The employer takes it back")                                                                \
    X(OFFER_REOPEN, "offer.reopen", STATE, OFFER, target, "open", "Opens it again")                \
    X(OFFER_CONFIRM, "offer.confirm", CONFIRM, OFFER, target, "",                                  \
      "A draft becomes an offer, as its text was understood")                                      \
    X(OFFER_ERASE, "offer.erase", ERASE, OFFER, target, "", "Erases an offer")                     \
    X(SKILL_ATTACH, "skill.attach", ATTACH, ATTACHMENT, attachment, "",                            \
      "Unrecognised words stand for a skill from now on; who holds them is matched again")         \
    X(SKILL_DETACH, "skill.detach", DETACH, ATTACHMENT, words, "", "Takes an attachment back")     \
    X(JOBDATING_PUT, "jobdating.put", PUT, JOBDATING, jobdating, "", "Creates or replaces one")    \
    X(JOBDATING_START, "jobdating.start", STATE, JOBDATING, target, "running", "The day has come") \
    X(JOBDATING_END, "jobdating.end", STATE, JOBDATING, target, "over", "It is over")              \
    X(JOBDATING_CANCEL, "jobdating.cancel", STATE, JOBDATING, target, "cancelled",                 \
      "It does not take place")                                                                    \
    X(JOBDATING_REOPEN, "jobdating.reopen", STATE, JOBDATING, target, "preparing",                 \
      "Goes back to its preparation")                                                              \
    X(JOBDATING_ERASE, "jobdating.erase", ERASE, JOBDATING, target, "",                            \
      "Erases one that has no parts any more")                                                     \
    X(ATTENDANCE_PUT, "attendance.put", PUT, ATTENDANCE, attendance, "",                           \
      "An employer attends, or attends otherwise")                                                 \
    X(ATTENDANCE_ERASE, "attendance.erase", ERASE, ATTENDANCE, target, "",                         \
      "It no longer attends; its meetings go with it")                                             \
    X(REGISTRATION_PUT, "registration.put", PUT, REGISTRATION, registration, "",                   \
      "A learner is registered, or otherwise")                                                     \
    X(REGISTRATION_ERASE, "registration.erase", ERASE, REGISTRATION, target, "",                   \
      "Takes a learner out of a job dating; the meetings go with it")                              \
    X(HELPER_PUT, "helper.put", PUT, HELPER, helper, "", "Creates or replaces one")                \
    X(HELPER_ERASE, "helper.erase", ERASE, HELPER, target, "",                                     \
      "Erases one whom no registration names")                                                     \
    X(MEETING_PUT, "meeting.put", PUT, MEETING, meeting, "",                                       \
      "What is said of a learner and a firm")                                                      \
    X(MEETING_ERASE, "meeting.erase", ERASE, MEETING, target, "", "Nothing is said any more")      \
    X(TIMETABLE_PUT, "timetable.put", PUT, TIMETABLE, timetable, "",                               \
      "Publishes a timetable, once the checker has accepted it")                                   \
    X(TIMETABLE_ERASE, "timetable.erase", ERASE, TIMETABLE, target, "", "Takes it back")           \
    X(RECORD_GET, "record.get", NONE, ABSENT, get, "", "One record")                               \
    X(RECORD_LIST, "record.list", NONE, ABSENT, page, "", "Records of a kind, in creation order")  \
    X(MATCHES, "matches", NONE, ABSENT, matches_of, "",                                            \
      "The best offers of a learner, or learners of an offer, with reasons")                       \
    X(EXPLAIN, "explain", NONE, ABSENT, pair, "",                                                  \
      "One pair: what fits, what is missing, what bars")                                           \
    X(NEAR, "near", NONE, ABSENT, near_to, "",                                                     \
      "Near-misses of a learner or an offer among a page of the other kind, in creation order")    \
    X(JOBDATING_SCORES, "jobdating.scores", NONE, ABSENT, scores_of, "",                           \
      "How well each registered learner and a firm's best offer go together, as of today")         \
    X(AUDIT, "audit", NONE, ABSENT, audit_of, "",                                                  \
      "How often learners of each group are shown, in cells of which small ones are hidden")       \
    X(CHANGES, "changes", NONE, ABSENT, since, "", "The change log after a cursor")                \
    X(UNRECOGNISED, "unrecognised", NONE, ABSENT, since, "",                                       \
      "Words of learners that no skill is known for, most frequent first")                         \
    X(DUPLICATES, "duplicates", NONE, ABSENT, since, "", "People who are probably recorded twice") \
    X(SKILL_FIND, "skill.find", NONE, ABSENT, search, "", "Skills by words")                       \
    X(ROLE_FIND, "role.find", NONE, ABSENT, search, "", "Roles by words or code")                  \
    X(COMMUNE_FIND, "commune.find", NONE, ABSENT, search, "",                                      \
      "Communes by name, postcode or code")                                                        \
    X(LABELS, "labels", NONE, ABSENT, labelled, "", "Labels of skills and roles by their ids")     \
    X(STATUS, "status", NONE, ABSENT, overview, "",                                                \
      "How the system is, and each territory, or the one that the envelope names")

enum message_type {
    MESSAGE_NONE = 0,
#define MESSAGE_CONSTANT(constant, wire, op, kind, body, state, doc) MESSAGE_##constant,
    MESSAGES_ALL(MESSAGE_CONSTANT)
#undef MESSAGE_CONSTANT
        MESSAGE_END
};

struct message_info {
    const char *name;
    enum operation operation;
    uint8_t kind; /* KIND_…; KIND_ABSENT when none */
    const struct record_type *body;
    const char *state; /* the new state of OPERATION_STATE */
    const char *doc;
};

/* NULL for MESSAGE_NONE. */
const struct message_info *message_info(enum message_type type);
/* The event that does this to that kind, the first of several; MESSAGE_NONE when there is none. */
enum message_type message_of(enum operation operation, uint8_t kind);
enum message_type message_of_name(const char *name, size_t size);

struct kind_info {
    const char *name; /* learner */
    char letter;      /* L */
    const struct record_type *record;
    const char *initial_state;
    const char *states; /* all, comma-separated */
};
/* NULL for KIND_ABSENT. */
const struct kind_info *kind_info(uint8_t kind);
uint8_t kind_of_letter(char letter);

/* A request, decoded: envelope, type and body (a struct of info->body->size). */
struct message {
    struct request request;
    enum message_type type;
    const struct message_info *info;
    void *body;
    const uint8_t *body_bytes; /* the body's wire bytes, for its hash */
    size_t body_size;
};

/* Decodes and checks a request (a map: the envelope's fields and `body`). On errors returns false,
 * with request.id set where it could be read, so that the reply can name it. */
bool message_decode(const uint8_t *data, size_t size, struct arena *arena, struct message *message,
                    struct errors *errors);
/* Packs a request; body must be of the type's record. Sets v and type itself. False when the
 * packer's writer failed. */
bool message_encode(const struct request *request, enum message_type type, const void *body,
                    msgpack_packer *packer);

#define REPLY_STATUSES(X) X(OK, "ok") X(REJECTED, "rejected") X(RETRY, "retry")
enum reply_status { REPLY_NONE, REPLY_OK, REPLY_REJECTED, REPLY_RETRY };

/* A reply's head. Replies are maps: v, id, status, then for events record, revision, result, for
 * queries result fields, and errors or warnings: lists of {code, path, expected}. */
struct reply {
    struct text id;
    enum reply_status status;
    uint64_t record;               /* id, 0 when none */
    int64_t revision;              /* 0 when none */
    struct text result;            /* created, updated, unchanged, stale */
    const struct errors *errors;   /* rejected, retry */
    const struct errors *warnings; /* ok */
    int64_t after_ms;              /* retry */
};

/* Packs a whole reply of an event, or of a request that failed. False as message_encode. */
bool reply_encode(const struct reply *reply, msgpack_packer *packer);
/* Decodes the head of any reply, a tree of wire_unpack. Unknown fields are left to the caller.
 * Errors or warnings are added to errors, and the reply points there. False when it is no reply. */
bool reply_decode(const msgpack_object *map, struct reply *reply, struct errors *errors);

#endif
