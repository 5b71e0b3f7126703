#include "workers/text/lectern.h"

#include "runtime/built_files.h"
#include "runtime/log.h"
#include "runtime/stored.h"

#include <stdlib.h>
#include <string.h>

/* RECOGNISERS_MAX: of territories with referentials of their own; more take turns. */
enum { ARENA_MAX = 8 * 1024 * 1024, RECOGNISERS_MAX = 4 };

struct opened {
    const struct referential *referential;
    const struct communes *communes;
    struct recogniser *recogniser;
};

struct lectern {
    struct built_files *files;
    struct arena *arena;
    struct recognition *recognition;
    struct opened opened[RECOGNISERS_MAX];
    unsigned next;         /* of opened, to be replaced */
    struct opened current; /* without a recogniser: nothing is open */
    char hash[REFERENTIAL_HASH_SIZE];
};

struct lectern *lectern_create(const struct config *config)
{
    char directory[CONFIG_TEXT_SIZE];
    struct lectern *lectern = calloc(1, sizeof *lectern);

    if (lectern == NULL)
        return NULL;
    config_referential_directory(config, directory);
    lectern->files = built_files_create(directory);
    lectern->arena = arena_create(ARENA_MAX);
    lectern->recognition = calloc(1, sizeof *lectern->recognition);
    if (lectern->files == NULL || lectern->arena == NULL || lectern->recognition == NULL) {
        lectern_free(lectern);
        return NULL;
    }
    return lectern;
}

void lectern_free(struct lectern *lectern)
{
    if (lectern == NULL)
        return;
    for (unsigned i = 0; i < RECOGNISERS_MAX; i++)
        recogniser_free(lectern->opened[i].recogniser);
    free(lectern->recognition);
    arena_free(lectern->arena);
    built_files_free(lectern->files);
    free(lectern);
}

/* -- opening ----------------------------------------------------------------------------------- */

/* The recogniser of these two, made in the place of the oldest when there is none. */
static bool recogniser_open(struct lectern *lectern, const struct referential *referential,
                            const struct communes *communes)
{
    for (unsigned i = 0; i < RECOGNISERS_MAX; i++)
        if (lectern->opened[i].recogniser != NULL &&
            lectern->opened[i].referential == referential &&
            lectern->opened[i].communes == communes) {
            lectern->current = lectern->opened[i];
            return true;
        }
    struct opened *place = &lectern->opened[lectern->next++ % RECOGNISERS_MAX];
    recogniser_free(place->recogniser);
    *place = (struct opened){referential, communes, recogniser_create(referential, communes)};
    lectern->current = *place;
    return place->recogniser != NULL;
}

bool lectern_open(struct lectern *lectern, const char *referential, const char *communes)
{
    const char *reason = "";
    lectern->current.recogniser = NULL;
    const struct referential *skills =
        built_files_referential(lectern->files, referential, &reason);
    const struct communes *places = communes[0] != '\0' && skills != NULL
                                        ? built_files_communes(lectern->files, communes, &reason)
                                        : NULL;

    if (skills == NULL || (places == NULL && communes[0] != '\0')) {
        log_error("text.referential_unusable", LOG_TEXT("referential", referential),
                  LOG_TEXT("communes", communes), LOG_TEXT("reason", reason));
        return false;
    }
    snprintf(lectern->hash, sizeof lectern->hash, "%s", referential);
    return recogniser_open(lectern, skills, places);
}

/* -- reading ----------------------------------------------------------------------------------- */

static bool pack(const struct record_type *type, const void *record, msgpack_sbuffer *buffer)
{
    msgpack_packer packer;

    msgpack_packer_init(&packer, buffer, msgpack_sbuffer_write);
    return record_encode(type, record, PRIVACY_PUBLIC | PRIVACY_MATCHING, &packer);
}

static void reading_init(struct reading *reading)
{
    msgpack_sbuffer_init(&reading->recognised);
    msgpack_sbuffer_init(&reading->proposed);
    reading->whole = false;
}

void reading_free(struct reading *reading)
{
    msgpack_sbuffer_destroy(&reading->recognised);
    msgpack_sbuffer_destroy(&reading->proposed);
}

bool lectern_give_up(struct lectern *lectern, struct reading *reading)
{
    struct recognised recognised = {.referential = {lectern->hash, (uint32_t)strlen(lectern->hash)},
                                    .unreadable = true};

    reading_init(reading);
    recognised.has.referential = recognised.has.unreadable = true;
    return pack(&recognised_type, &recognised, &reading->recognised);
}

bool lectern_read(struct lectern *lectern, uint64_t number, const char *value, size_t size,
                  struct reading *reading)
{
    const struct opened *current = &lectern->current;
    const struct proposal_means means = {current->recogniser, current->referential,
                                         current->communes, lectern->hash, lectern->recognition};
    unsigned classes = PRIVACY_PUBLIC | PRIVACY_MATCHING;
    struct proposal proposal;
    struct errors errors = {.count = 0};
    struct offer offer = {.has_bits = 0};
    struct stored stored;

    arena_reset(lectern->arena);
    if (!stored_parse(number, value, size, &stored) ||
        !stored_decode(&offer_type, classes, stored.fields, stored.size, &offer, lectern->arena))
        return lectern_give_up(lectern, reading);
    stored_restore(&stored, &offer_type, &offer);
    reading_init(reading);
    if (!proposal_make(&means, &offer, lectern->arena, &proposal) ||
        !pack(&recognised_type, &proposal.recognised, &reading->recognised))
        return false;
    reading->whole = proposal.whole;
    /* What would be no offer is not proposed: better none than one that nobody can read. */
    return !record_check(&offer_type, &proposal.offer, "", &errors) ||
           pack(&offer_type, &proposal.offer, &reading->proposed);
}
