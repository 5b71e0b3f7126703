/* Words that tell a skill only where the text is of the right trade, or that tell several. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_SENSES_H
#define PASSERELLE_MATCHING_RECOGNISE_SENSES_H

struct sense_row {
    const char *phrases; /* folded words, single spaces, alternatives after '|' */
    const char *skills;  /* ids of the project's catalogue, the likeliest first, after '|' */
};
extern const struct sense_row sense_rows[];
extern const unsigned sense_row_count;

#endif
