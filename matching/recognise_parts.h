/* What the parts of the recogniser share. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_PARTS_H
#define PASSERELLE_MATCHING_RECOGNISE_PARTS_H

#include "phrase_trie.h"
#include "recognise_cues.h"
#include "recognise_text.h"
#include "symbols.h"

enum { CUES_MAX = 2 * TOKENS_MAX };

/* A phrase of the catalogue that tells a skill. */
struct skill_phrase {
    int32_t skill; /* the one that stands for all that are the same */
    int32_t word;  /* of a phrase of one word: the word itself, and its singular */
    int32_t singular;
    uint8_t words; /* that are not small */
    bool own;      /* of the project's own catalogue */
    bool name;     /* a proper name, the same in both languages */
};

/* All words of the catalogue and of the cues, and what is looked for. */
struct lexicon {
    struct symbols words; /* folded */
    struct symbols stems;
    struct array word_stems;   /* of int32_t: the stem of each word */
    struct phrase_trie skills; /* by stems; values: of phrases */
    struct array phrases;      /* of struct skill_phrase */
    struct phrase_trie cues;   /* by words; values: of cue_rows */
};

bool lexicon_fill(struct lexicon *lexicon, const struct referential *referential);
void lexicon_clear(struct lexicon *lexicon);
/* Looks words and stems of the tokens up. */
void lexicon_look_up(const struct lexicon *lexicon, struct text_tokens *tokens);

/* A cue found in the text. */
struct cue {
    uint32_t token;
    uint16_t length; /* in tokens */
    uint16_t row;    /* of cue_rows */
};

/* Why the words of a token tell no skill. */
enum {
    TAKEN_PRIVATE = 1 << 0,
    TAKEN_CONSTRAINT = 1 << 1,
    TAKEN_NEUTRAL = 1 << 2,
    TAKEN_FLAG = 1 << 3,
    TAKEN_TITLE = 1 << 4
};

/* A text being read. */
struct reading {
    const struct referential *referential;
    const struct communes *communes;
    const struct lexicon *lexicon;
    enum recognised_text kind;
    int32_t date;
    struct recognition *found;
    struct text_tokens tokens;
    struct cue cues[CUES_MAX];
    unsigned cue_count;
    uint32_t first_cue[TOKENS_MAX + 2]; /* of each token */
    uint8_t taken[TOKENS_MAX + 1];      /* TAKEN_… */
};

struct recogniser {
    struct lexicon lexicon;
    struct reading reading;
};

/* -- recognise_cues.c */
void reading_find_cues(struct reading *reading);
/* The cue of this kind that begins at the token; NULL: none. */
const struct cue *reading_cue(const struct reading *reading, unsigned token, enum cue_kind kind);
static inline int32_t cue_value(const struct cue *cue)
{
    return cue_rows[cue->row].value;
}

/* -- recognise_context.c: the words around a mention */
/* The first token and the one behind the last of the sentence, or of the part of it between commas
 * and the like. */
unsigned reading_sentence_start(const struct reading *reading, unsigned token);
unsigned reading_sentence_end(const struct reading *reading, unsigned token);
unsigned reading_part_start(const struct reading *reading, unsigned token);
unsigned reading_part_end(const struct reading *reading, unsigned token);
/* The first, or last, cue of the kind that lies in [first, end); NULL: none. */
const struct cue *reading_cue_within(const struct reading *reading, unsigned first, unsigned end,
                                     enum cue_kind kind);
const struct cue *reading_last_cue(const struct reading *reading, unsigned first, unsigned end,
                                   enum cue_kind kind);
/* Whether what stands in these tokens is said not to be needed or held; or is only wished for. */
bool reading_is_negated(const struct reading *reading, unsigned first, unsigned last);
bool reading_is_wished(const struct reading *reading, unsigned first, unsigned last);
void reading_take(struct reading *reading, unsigned first, unsigned last, unsigned why);

/* -- each fills its part of the recognition */
void reading_find_contracts(struct reading *reading);
void reading_find_licences(struct reading *reading);
void reading_find_hours(struct reading *reading);
void reading_find_skills(struct reading *reading);

#endif
