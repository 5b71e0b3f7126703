/* Places in the answer of territory_status (docs/architecture.md, "Redis functions"). */
#ifndef PASSERELLE_RUNTIME_TERRITORY_STATUS_H
#define PASSERELLE_RUNTIME_TERRITORY_STATUS_H

enum {
    STATUS_SEQ,
    STATUS_LABEL,
    STATUS_DAY,
    STATUS_MODEL,
    STATUS_REFERENTIAL,
    STATUS_COMMUNES,
    STATUS_REWRITE,
    STATUS_LOG,
    STATUS_QUARANTINE,
    STATUS_LEARNERS,
    STATUS_OFFERS,
    STATUS_EMPLOYERS,
    STATUS_PROGRAMMES,
    STATUS_COHORTS,
    STATUS_ATTACHMENTS,
    STATUS_DRAFTS, /* offers that wait for their confirmation */
    STATUS_UNREAD, /* of them, those whose text has not been read */
    STATUS_SLOTS,
    STATUS_SLOT /* the first slot's fields, then the next one's */
};

/* Of each slot. */
enum { SLOT_OWNER, SLOT_EPOCH, SLOT_CURSOR, SLOT_LEFT, SLOT_ATTEMPTS, SLOT_FIELDS };

#endif
