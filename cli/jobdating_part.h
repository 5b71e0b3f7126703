/* A job dating or one of its parts on its way to be changed: fetched or begun, filled in from
 * texts, put back unless somebody changed it meanwhile. */
#ifndef PASSERELLE_CLI_JOBDATING_PART_H
#define PASSERELLE_CLI_JOBDATING_PART_H

#include "command.h"
#include "import_convert.h"

enum { PART_REFERENCE_SIZE = 65, PART_ARENA_MAX = 1024 * 1024 };

struct part {
    struct context *context;
    uint8_t kind;
    const struct record_type *type;
    uint64_t id;      /* 0: it is new */
    int64_t revision; /* 0 likewise */
    void *record;     /* a struct of the type, in the arena */
    struct arena *arena;
    uint64_t whole; /* the job dating, where helpers are looked up */
};

/* Fills in what the caller wants; false after an error that it has said, with *ending set. */
typedef bool part_fill_fn(struct part *part, void *arg, enum ending *ending);

/* Which record: that with source `passerelle` and that reference, or with an id that one. */
struct part_target {
    uint8_t kind;
    uint64_t id;    /* 0: by reference */
    uint64_t whole; /* the job dating of a part */
    char reference[PART_REFERENCE_SIZE];
    bool existing; /* refuse to create it */
    bool silent;   /* says nothing of what went well */
};
/* Changes the record, or creates it, and tells what became of it. When somebody else changes it
 * meanwhile, it is done anew. */
enum ending part_change(struct context *context, const struct part_target *target,
                        part_fill_fn *fill, void *arg, struct client_reply *reply);

/* What a new record begins with. */
struct part_names {
    uint64_t whole, other, third; /* job dating; learner, employer or registration; attendance */
    const char *text;             /* name of a job dating, code of a helper */
};
void part_begin(struct part *part, const struct part_names *names);

/* The field that a word names: as on the wire, or its label in either language; also in the record
 * of a field that holds one, such as a contact. parent is that field or NULL. NULL when there is
 * none. */
const struct field *part_field(const struct record_type *type, const char *word, size_t size,
                               const struct field **parent);

/* Sets a field from a text as people write it, several values separated by commas; an empty text
 * clears it. False with the fault, or after having said that the server is away. */
bool part_set(struct part *part, const struct field *parent, const struct field *field,
              struct text value, struct value_fault *fault);

/* malloc'ed; NULL without memory. */
char *part_fault_in_words(const struct value_fault *fault);

/* The reference of what joins two records, or a job dating and a helper's code. */
void part_join(uint64_t whole, uint64_t other, char reference[PART_REFERENCE_SIZE]);
void part_join_code(uint64_t whole, const char *code, char reference[PART_REFERENCE_SIZE]);
/* The id of a record with source `passerelle` and that reference; 0 when there is none. */
enum ending part_find(struct context *context, uint8_t kind, const char *reference, uint64_t *id);

/* The part of a learner (a registration) or of an employer (an attendance) at a job dating; says so
 * when there is none. */
enum ending part_find_joined(struct context *context, uint64_t whole, uint64_t record, uint8_t kind,
                             uint64_t *id);

/* Tells every part of that kind of a record, or every record of it with 0, each a whole tree {id,
 * revision, state, record} that lasts until the next. each may ask the server; it returns false to
 * end. */
typedef bool part_each_fn(void *arg, const msgpack_object *stored);
enum ending parts_each(struct context *context, uint64_t of, uint8_t kind, bool personal,
                       part_each_fn *each, void *arg);

#endif
