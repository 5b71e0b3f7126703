/* Business-to-business meeting instances as published: MiniZinc data (.dzn) of Bofill et al.,
 * Journal of Artificial Intelligence Research 74 (2022). */
#ifndef PASSERELLE_BENCH_B2B_FILE_H
#define PASSERELLE_BENCH_B2B_FILE_H

#include "planning/problem.h"

enum { B2B_BYTES_MAX = 4 << 20 };

/* The sealed problem: all meetings required, gap counts of any two participants at most 2 apart,
 * every slot of the event counting as waiting. NULL with a sentence in *wrong. */
struct problem *b2b_read(const char *text, size_t size, const char **wrong);

/* A file, plain or gzip, as text with a NUL behind; free() it. NULL when it cannot be read or is
 * too large. */
char *b2b_load(const char *path, size_t *size);

#endif
