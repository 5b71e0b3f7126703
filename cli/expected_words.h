/* What the server expected, in the language spoken. The protocol says it in English; what is not
 * known here stays as it came. */
#ifndef PASSERELLE_CLI_EXPECTED_WORDS_H
#define PASSERELLE_CLI_EXPECTED_WORDS_H

/* Cleaned; malloc'ed, NULL without memory. */
char *expected_in_words(const char *expected);

#endif
