/* The index of deletions: two words that differ by one edit share a form without one letter. */
#include "recognise_typo.h"

enum { PROBES_MAX = 24 }; /* a crowded place of the table is not searched to its end */

static bool is_letters(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] < 'a' || word[i] > 'z')
            return false;
    return size >= TYPO_LETTERS_MIN && size <= TYPO_LETTERS_MAX;
}

/* The word without one letter; at size: the word itself. Returns its length. */
static size_t without(const char *word, size_t size, size_t letter, char form[TYPO_LETTERS_MAX])
{
    if (letter >= size) {
        memcpy(form, word, size);
        return size;
    }
    memcpy(form, word, letter);
    memcpy(form + letter, word + letter + 1, size - letter - 1);
    return size - 1;
}

static void put(struct typo_index *index, uint32_t hash, int32_t word)
{
    size_t at = hash & (index->slot_count - 1);
    for (unsigned probes = 0; probes < PROBES_MAX; probes++) {
        if (index->slots[at] == 0) {
            index->slots[at] = (uint32_t)word + 1;
            return;
        }
        at = (at + 1) & (index->slot_count - 1);
    }
}

bool typo_index_fill(struct typo_index *index, const struct symbols *words, int32_t limit)
{
    size_t forms = 1;
    for (int32_t word = 0; word < limit; word++)
        forms += strlen(symbols_text(words, word)) + 1;
    index->slot_count = 1024;
    while (index->slot_count < forms * 2)
        index->slot_count *= 2;
    index->slots = calloc(index->slot_count, sizeof *index->slots);
    if (!index->slots)
        return false;
    for (int32_t word = 0; word < limit; word++) {
        const char *text = symbols_text(words, word);
        size_t size = strlen(text);
        char form[TYPO_LETTERS_MAX];
        for (size_t letter = 1; is_letters(text, size) && letter <= size; letter++)
            put(index, text_hash(form, without(text, size, letter, form)), word);
    }
    return true;
}

void typo_index_clear(struct typo_index *index)
{
    free(index->slots);
    *index = (struct typo_index){0};
}

/* Whether one edit (a letter more, less, other, or two exchanged) makes one word the other. */
static bool is_one_edit(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t head = 0, tail = 0, least = a_size < b_size ? a_size : b_size;
    while (head < least && a[head] == b[head])
        head++;
    while (tail < least - head && a[a_size - 1 - tail] == b[b_size - 1 - tail])
        tail++;
    size_t a_left = a_size - head - tail, b_left = b_size - head - tail;
    if (a_left <= 1 && b_left <= 1)
        return true;
    return a_left == 2 && b_left == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

int32_t typo_find(const struct typo_index *index, const struct symbols *words, const char *word,
                  size_t size)
{
    int32_t best = SYMBOL_NONE;
    char form[TYPO_LETTERS_MAX];
    if (!is_letters(word, size) || index->slot_count == 0)
        return SYMBOL_NONE;
    for (size_t letter = 1; letter <= size; letter++) {
        size_t at = text_hash(form, without(word, size, letter, form)) & (index->slot_count - 1);
        for (unsigned probes = 0; probes < PROBES_MAX && index->slots[at] != 0; probes++) {
            int32_t known = (int32_t)index->slots[at] - 1;
            const char *text = symbols_text(words, known);
            if ((best == SYMBOL_NONE || known < best) && text[0] == word[0] &&
                is_one_edit(word, size, text, strlen(text)))
                best = known;
            at = (at + 1) & (index->slot_count - 1);
        }
    }
    return best;
}
