#include "import_reference.h"

#include "../proto/records.h"
#include "import_value.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void hash_text(crypto_generichash_state *state, struct text text)
{
    uint32_t size = text.data ? text.size : 0;
    crypto_generichash_update(state, (const uint8_t *)&size, sizeof size);
    crypto_generichash_update(state, (const uint8_t *)text.data, size);
}

static void hash_words(crypto_generichash_state *state, struct text text)
{
    char words[VALUE_WORDS_SIZE] = "";
    if (text.data)
        value_words(text, words);
    hash_text(state, text_of_string(words));
}

static uint64_t hash_end(crypto_generichash_state *state)
{
    uint8_t hash[crypto_generichash_BYTES_MIN];
    uint64_t key = 0;
    crypto_generichash_final(state, hash, sizeof hash);
    for (int i = 0; i < 8; i++)
        key = key << 8 | hash[i];
    return key;
}

static void hash_begin(crypto_generichash_state *state)
{
    crypto_generichash_init(state, NULL, 0, crypto_generichash_BYTES_MIN);
}

uint64_t reference_key(struct text source, struct text reference)
{
    crypto_generichash_state state;
    hash_begin(&state);
    hash_text(&state, source);
    hash_text(&state, reference);
    return hash_end(&state);
}

static bool learner_hash(const struct learner *learner, crypto_generichash_state *state)
{
    const struct contact *contact = &learner->contact;
    hash_words(state, contact->family_name);
    hash_words(state, contact->given_name);
    int32_t birth = contact->has.birth_date ? contact->birth_date : INT32_MIN;
    crypto_generichash_update(state, (const uint8_t *)&birth, sizeof birth);
    return contact->has.family_name || contact->has.given_name;
}

static bool employer_hash(const struct employer *employer, crypto_generichash_state *state)
{
    hash_text(state, employer->siret);
    if (!employer->has.siret)
        hash_words(state, employer->name);
    return employer->has.siret || employer->has.name;
}

uint64_t identity_key(uint8_t kind, const void *record)
{
    crypto_generichash_state state;
    hash_begin(&state);
    bool known = (kind == KIND_LEARNER && learner_hash(record, &state)) ||
                 (kind == KIND_EMPLOYER && employer_hash(record, &state));
    uint64_t key = hash_end(&state);
    return known ? key | 1 : 0;
}

void reference_make(uint8_t kind, const void *record, const struct table_row *row,
                    char reference[MADE_REFERENCE_SIZE])
{
    uint64_t key = identity_key(kind, record);
    if (key == 0) {
        crypto_generichash_state state;
        hash_begin(&state);
        for (unsigned i = 0; i < row->count; i++)
            hash_text(&state, row->cells[i].text);
        key = hash_end(&state);
    }
    /* in letters: a long run of digits could be taken for a social-security number */
    memcpy(reference, "row-", 4);
    for (int i = 0; i < 16; i++)
        reference[4 + i] = (char)('a' + (key >> (60 - 4 * i) & 15));
    reference[20] = 0;
}

void source_of_path(const char *path, char source[SOURCE_NAME_SIZE])
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    const char *dot = strrchr(name, '.');
    struct text stem = {name, (uint32_t)(dot && dot > name ? (size_t)(dot - name) : strlen(name))};
    char words[VALUE_WORDS_SIZE];
    value_words(stem, words);
    size_t size = 0;
    for (const char *at = words; *at && size < SOURCE_NAME_SIZE - 1; at++) {
        bool letter = *at >= 'a' && *at <= 'z';
        if (letter)
            source[size++] = *at;
        else if (size > 0 && source[size - 1] != '-') /* numbers, dates and spaces */
            source[size++] = '-';
    }
    while (size > 0 && source[size - 1] == '-')
        size--;
    source[size] = 0;
    if (size == 0)
        snprintf(source, SOURCE_NAME_SIZE, "import");
}
