/* What a command of the program is made of. Each command_<name>.c holds one constant entry and its
 * code; the entry is listed in commands.h. Help, completion and the manual page follow from it. */
#ifndef PASSERELLE_CLI_COMMAND_H
#define PASSERELLE_CLI_COMMAND_H

#include "client.h"
#include "terminal.h"
#include "texts.h"

#include <stdio.h>

/* How the program ends. */
enum ending {
    END_OK = 0,
    END_REJECTED = 1,   /* refused, or not found */
    END_USAGE = 2,      /* the command line makes no sense */
    END_AWAY = 3,       /* the server is away, or did not answer in time */
    END_PARTIAL = 4,    /* some was done, some was refused */
    END_UNVERIFIED = 5, /* a verification failed */
};

struct command_option {
    const char *name;    /* without the dashes */
    enum text_id value;  /* name of its value, such as NUMBER; TEXT_NONE for a flag */
    enum text_id help;   /* one line */
    const char *choices; /* values for completion, space-separated; or NULL */
};

struct context;

struct command {
    const char *name;
    enum text_id group;   /* heading in help */
    enum text_id usage;   /* what follows the name, such as ID; TEXT_NONE when nothing */
    enum text_id summary; /* one line */
    enum text_id details; /* paragraphs; TEXT_NONE when the summary says it all */
    const char *choices;  /* values of the first word for completion; or NULL */
    unsigned fewest_words, most_words; /* UINT_MAX: any number */
    const struct command_option *options;
    unsigned option_count;
    enum ending (*run)(struct context *context);
};

/* Everything a command works with. */
struct context {
    const struct command *command;
    const struct arguments *arguments; /* see arguments.h */
    const char *program;               /* as it was called */
    const char *state;                 /* directory of the state; NULL when not given */
    const char *config;                /* path of the configuration; NULL when not given */
    const char *territory;
    bool json;
    bool quiet; /* nothing is said about answers that are not `ok` */
    int64_t timeout_ms;
    FILE *in, *out, *err;
    struct terminal terminal; /* of out */
    struct client *client;    /* context_client opens it */
};

/* The directory of the daemon's sockets: run/ of the state or what the configuration names. False
 * after having said on err what is wrong with the configuration. */
enum { RUN_DIRECTORY_SIZE = 256 };
bool context_run_directory(struct context *context, char run[RUN_DIRECTORY_SIZE]);

/* The client, opened at the first use; NULL after having said on err why not (END_AWAY). */
struct client *context_client(struct context *context);

/* Asks the server. END_OK with the answer; otherwise says on err what is wrong, and returns
 * END_REJECTED or END_AWAY. The body is checked by the server. */
enum ending context_ask(struct context *context, enum message_type type, const void *body,
                        struct client_reply *reply);
enum ending context_ask_with(struct context *context, const struct request *request,
                             enum message_type type, const void *body, struct client_reply *reply);
/* What the server tells of the context's territory, which lasts as long as the answer; says on err
 * when there is none of that name. */
enum ending context_territory(struct context *context, struct client_reply *reply,
                              const msgpack_object **territory);
/* Asks for an event and tells what became of it: `L12: updated`, with its warnings. */
enum ending context_do(struct context *context, const struct request *request,
                       enum message_type type, const void *body);

/* Tells what became of an event of that type, likewise, or why its answer is not `ok`. */
enum ending context_tell(struct context *context, enum message_type type,
                         const struct client_reply *reply);

/* How a command is called. */
void usage_say(FILE *file, const struct command *command);
/* Says that the command line is wrong: returns END_USAGE. culprit may be NULL. */
enum ending context_usage(struct context *context, enum text_id what, const char *culprit);
/* Says that memory has run out: returns END_AWAY. */
enum ending context_no_memory(struct context *context);

/* Says on err why an answer is not `ok`; returns END_OK, END_REJECTED or END_AWAY. */
enum ending context_judge(struct context *context, const struct client_reply *reply);

/* Prints `path: what is wrong: what was expected (code)` for each finding, indented. */
void errors_say(FILE *file, const struct errors *errors);
/* That line alone, malloc'ed; NULL without memory. */
char *error_in_words(const struct error *error);

/* One JSON object or value on a line of its own on out. */
void context_print_json(struct context *context, const msgpack_object *tree);

#endif
