#include "import_survey.h"

#include "../proto/codec.h"
#include "import_value.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* What is counted in each column. */
struct counts {
    uint64_t filled[TABLE_COLUMNS_MAX], numbers[TABLE_COLUMNS_MAX];
};

/* Whether a header announces social-security numbers. */
static bool is_announced(struct text header)
{
    static const char *const words[] = {
        "n secu",
        "no secu",
        "num secu",
        "numero secu",
        "secu",
        "n ss",
        "no ss",
        "num ss",
        "numero ss",
        "nss",
        "nir",
        "n nir",
        "numero nir",
        "n de securite sociale",
        "numero de securite sociale",
        "n securite sociale",
        "numero securite sociale",
        "securite sociale",
        "social security number",
        "ssn",
        "n insee",
        "numero insee",
    };
    char header_words[VALUE_WORDS_SIZE];
    value_words(header, header_words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(header_words, words[i]) == 0)
            return true;
    return false;
}

static void row_count(struct survey *survey, struct counts *counts, const struct table_row *row,
                      crypto_generichash_state *hash)
{
    survey->rows++;
    table_sample_add(survey->sample, row);
    for (unsigned i = 0; i < row->count; i++) {
        struct text text = row->cells[i].text;
        crypto_generichash_update(hash, (const uint8_t *)&text.size, sizeof text.size);
        crypto_generichash_update(hash, (const uint8_t *)text.data, text.size);
        counts->filled[i] += text.size > 0;
        if (!text_has_social_security_number(text.data, text.size))
            continue;
        counts->numbers[i]++;
        if (survey->refused_line[i] == 0)
            survey->refused_line[i] = row->cells[i].line;
    }
    crypto_generichash_update(hash, (const uint8_t *)"\n", 1);
}

/* A column is refused for its header, or when most of its values are such numbers; a number that
 * strayed into another column refuses its row alone. */
static void columns_judge(struct survey *survey, const struct counts *counts)
{
    const struct table_row *header = table_header(survey->table);
    for (unsigned i = 0; i < header->count; i++) {
        bool most = counts->numbers[i] * 2 > counts->filled[i] &&
                    (counts->numbers[i] > 1 || survey->rows == 1);
        survey->refused[i] = most || (counts->filled[i] && is_announced(header->cells[i].text));
        if (survey->refused[i] && survey->refused_line[i] == 0)
            survey->refused_line[i] = header->line;
    }
}

struct survey *survey_make(const char *path, const struct table_options *options,
                           struct table_problem *problem)
{
    struct survey *survey = calloc(1, sizeof *survey);
    struct counts *counts = calloc(1, sizeof *counts);
    crypto_generichash_state hash;
    struct table_row row;
    enum table_result result = TABLE_FAILED;
    *problem = (struct table_problem){.fault = TABLE_FAULT_MEMORY};
    if (survey && counts && (survey->sample = table_sample_create()) &&
        (survey->table = table_open(path, options, problem))) {
        crypto_generichash_init(&hash, NULL, 0, SURVEY_HASH_SIZE);
        while ((result = table_next(survey->table, &row, problem)) == TABLE_ROW ||
               result == TABLE_BAD_ROW)
            if (result == TABLE_ROW)
                row_count(survey, counts, &row, &hash);
    }
    if (result == TABLE_END) {
        crypto_generichash_final(&hash, survey->hash, SURVEY_HASH_SIZE);
        columns_judge(survey, counts);
    } else {
        survey_free(survey);
        survey = NULL;
    }
    free(counts);
    return survey;
}

void survey_free(struct survey *survey)
{
    if (!survey)
        return;
    table_sample_free(survey->sample);
    table_close(survey->table);
    free(survey);
}
