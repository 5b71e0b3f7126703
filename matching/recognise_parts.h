/* What the parts of the recogniser share. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_PARTS_H
#define PASSERELLE_MATCHING_RECOGNISE_PARTS_H

#include "phrase_trie.h"
#include "recognise_cues.h"
#include "recognise_text.h"
#include "recognise_typo.h"
#include "symbols.h"

enum { CUES_MAX = 2 * TOKENS_MAX };

enum { PHRASE_WORDS_MAX = 10 };

/* A phrase of the catalogue that tells a skill. */
struct skill_phrase {
    int32_t skill;                   /* the one that stands for all that are the same */
    int32_t word;                    /* the last word that is not small */
    int32_t stems[PHRASE_WORDS_MAX]; /* of all such words */
    uint8_t words;                   /* how many */
    int32_t ordinary; /* words below it are of cues and of the project's own skills */
    bool own;         /* of the project's own catalogue */
    bool name;        /* a proper name, the same in both languages */
    bool everyday;    /* a name that is an ordinary word, too */
};

/* Which roles have a skill, and how dear it is to them. */
struct skill_role {
    int32_t role;
    uint8_t core;
};

/* All words of the catalogue and of the cues, and what is looked for. */
struct lexicon {
    struct symbols words; /* folded */
    struct symbols stems;
    struct typo_index typos;
    struct array word_stems;    /* of int32_t: the stem of each word */
    struct phrase_trie skills;  /* by stems; values: of phrases */
    struct array phrases;       /* of struct skill_phrase */
    struct phrase_trie cues;    /* by words; values: of cue_rows */
    struct phrase_trie senses;  /* by words; values: of sense_rows */
    struct phrase_trie titles;  /* by stems; values: roles */
    struct array anchors;       /* of uint32_t: phrases by their rarest stem, in turn */
    struct array anchor_starts; /* of uint32_t: of each stem, and the end of all */
    struct array skill_roles;   /* of struct skill_role, by skill */
    struct array role_starts;   /* of uint32_t: of each skill, and the end of all */
    int32_t ordinary;           /* words below it are of cues and of the project's own skills */
    bool own;                   /* the project's own catalogue is in it */
};

bool lexicon_fill(struct lexicon *lexicon, const struct referential *referential);
void lexicon_clear(struct lexicon *lexicon);
/* Looks words and stems of the tokens up. */
void lexicon_look_up(const struct lexicon *lexicon, struct text_tokens *tokens);

bool lexicon_fill_roles(struct lexicon *lexicon, const struct referential *referential);
bool lexicon_fill_anchors(struct lexicon *lexicon);
/* The symbols of a phrase's words as stems or as words, new ones added; small words are left out if
 * wanted. Returns how many there are, 0 for too many; false when out of memory. */
bool lexicon_phrase(struct lexicon *lexicon, const char *phrase, size_t size, bool stems,
                    int32_t *symbols, unsigned *count);

/* Whether the word of a token is one that texts are made of, and no name. */
static inline bool lexicon_is_ordinary(const struct lexicon *lexicon, const struct token *token)
{
    return token->word != SYMBOL_NONE && token->word < lexicon->ordinary;
}

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
    TAKEN_TITLE = 1 << 4,
    TAKEN_PHONE = 1 << 5 /* private, too */
};

enum { MATCHES_MAX = 4096 };

/* A skill that some tokens may tell. */
struct skill_match {
    uint32_t first, last;
    int32_t skill;
    int32_t others[RECOGNISED_OTHERS_MAX];
    uint8_t other_count;
    uint8_t words;       /* of the phrase */
    uint8_t kind;        /* enum match_kind */
    uint16_t confidence; /* in 1/RECOGNISED_CERTAIN */
    bool own;
    bool gated; /* counts only where the text is of its trade, or of none */
};
enum match_kind { MATCH_SENSE, MATCH_PHRASE, MATCH_NEAR };

struct role_search;

/* A text being read. */
struct reading {
    const struct referential *referential;
    const struct communes *communes;
    const struct lexicon *lexicon;
    struct role_search *search;
    enum recognised_text kind;
    int32_t date;
    struct recognition *found;
    struct text_tokens tokens;
    struct cue cues[CUES_MAX];
    unsigned cue_count;
    uint32_t first_cue[TOKENS_MAX + 2];        /* of each token */
    uint64_t cue_kinds[TOKENS_MAX + 2];        /* bits of those that begin at each token */
    uint8_t taken[TOKENS_MAX + TOKENS_BEHIND]; /* TAKEN_… */
    struct skill_match matches[MATCHES_MAX];
    unsigned match_count;
    uint32_t match_of[TOKENS_MAX + TOKENS_BEHIND]; /* match + 1 that has the token; 0: none */
    int32_t *votes; /* for each role: how much the text speaks of it */
    int32_t most_votes;
};

struct recogniser {
    struct lexicon lexicon;
    struct reading reading;
};

/* -- recognise_cues.c */
void reading_find_cues(struct reading *reading);
/* The cue of this kind that begins at the token; NULL: none. */
const struct cue *reading_cue_there(const struct reading *reading, unsigned token,
                                    enum cue_kind kind);
static inline const struct cue *reading_cue(const struct reading *reading, unsigned token,
                                            enum cue_kind kind)
{
    if (token >= reading->tokens.count || !(reading->cue_kinds[token] >> kind & 1))
        return NULL;
    return reading_cue_there(reading, token, kind);
}
static inline int32_t cue_value(const struct cue *cue)
{
    return cue_rows[cue->row].value;
}

/* Whether the token is one of these folded words; false beyond the text. */
bool reading_is_any(const struct reading *reading, unsigned token, const char *const *words,
                    size_t count);
#define IS_ANY_OF(reading, token, words)                                                           \
    reading_is_any(reading, token, words, sizeof(words) / sizeof *(words))

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
/* A number in digits or words, up to 1,000; 0: none. */
int32_t reading_small_number(const struct reading *reading, unsigned token);
void reading_take(struct reading *reading, unsigned first, unsigned last, unsigned why);

/* -- each fills its part of the recognition */
void reading_find_private(struct reading *reading);
void reading_find_flags(struct reading *reading);
void reading_find_contracts(struct reading *reading);
void reading_find_licences(struct reading *reading);
void reading_find_hours(struct reading *reading);
void reading_find_authorisations(struct reading *reading);
void reading_find_languages(struct reading *reading);
void reading_find_remote(struct reading *reading);
void reading_find_experience(struct reading *reading);
void reading_find_rhythm(struct reading *reading);
void reading_find_places(struct reading *reading);
void reading_find_travel(struct reading *reading);
void reading_find_adults(struct reading *reading);
void reading_find_dates(struct reading *reading);
void reading_find_titles(struct reading *reading);
void reading_find_skills(struct reading *reading);
void reading_find_roles(struct reading *reading); /* last: needs the votes */

/* -- recognise_domain.c: what trade the text is of */
void reading_clear_votes(struct reading *reading);
void reading_vote_role(struct reading *reading, int32_t role, int32_t votes);
void reading_vote_skill(struct reading *reading, int32_t skill);
/* How much what the text speaks of supports a skill: votes of the role that has it and most of
 * them.
 */
int32_t reading_support(const struct reading *reading, int32_t skill);

/* -- recognise_near.c: phrases whose words stand near one another in another order */
void reading_find_near(struct reading *reading);
/* -- recognise_degree.c: level and years of the skills found */
void reading_find_degrees(struct reading *reading);
/* -- recognise_skills.c */
void reading_add_match(struct reading *reading, const struct skill_match *match);

#endif
