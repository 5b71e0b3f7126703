/* Puts what is said about rows back into their order: their answers come in another one. */
#ifndef PASSERELLE_CLI_ROW_ORDER_H
#define PASSERELLE_CLI_ROW_ORDER_H

#include <stdbool.h>
#include <stdint.h>

/* What is said; the first member of whatever else it is. */
struct row_saying {
    struct row_saying *next;
};

/* Tells it at last, and frees it. */
typedef void row_tell_fn(void *arg, struct row_saying *saying);

/* ROW_NONE: what is said of it is told at once. */
enum { ROW_NONE = 0, ROWS_KEPT_MAX = 1024 };

struct row_order;

/* NULL without memory. */
struct row_order *row_order_create(row_tell_fn *tell, void *arg);
void row_order_free(struct row_order *order); /* tells what is left; NULL is fine */

/* True while no further row can begin: one before must end first. */
bool row_order_full(const struct row_order *order);
/* The next row begins; ROW_NONE when full. */
uint64_t row_order_begin(struct row_order *order);
void row_order_say(struct row_order *order, uint64_t row, struct row_saying *saying);
/* Nothing more is said about a row: it is told once all before it have ended. */
void row_order_end(struct row_order *order, uint64_t row);
/* All rows have ended. */
void row_order_finish(struct row_order *order);

#endif
