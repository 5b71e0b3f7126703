#include "row_order.h"

#include <stdlib.h>

struct row {
    struct row_saying *first, *last;
    bool ended;
};

/* Rows are numbered from 1; those from first to next - 1 are kept. */
struct row_order {
    row_tell_fn *tell;
    void *arg;
    uint64_t first, next;
    struct row rows[ROWS_KEPT_MAX];
};

struct row_order *row_order_create(row_tell_fn *tell, void *arg)
{
    struct row_order *order = calloc(1, sizeof *order);
    if (order == NULL)
        return NULL;
    *order = (struct row_order){.tell = tell, .arg = arg, .first = 1, .next = 1};
    return order;
}

void row_order_free(struct row_order *order)
{
    if (order == NULL)
        return;
    row_order_finish(order);
    free(order);
}

/* NULL for ROW_NONE and for rows that have been told. */
static struct row *row_of(struct row_order *order, uint64_t number)
{
    return number >= order->first && number < order->next ? &order->rows[number % ROWS_KEPT_MAX]
                                                          : NULL;
}

static void row_tell(struct row_order *order, struct row *row)
{
    struct row_saying *saying = row->first;
    *row = (struct row){.first = NULL};
    while (saying != NULL) {
        struct row_saying *next = saying->next;
        order->tell(order->arg, saying);
        saying = next;
    }
}

bool row_order_full(const struct row_order *order)
{
    return order->next - order->first == ROWS_KEPT_MAX;
}

uint64_t row_order_begin(struct row_order *order)
{
    return row_order_full(order) ? (uint64_t)ROW_NONE : order->next++;
}

void row_order_say(struct row_order *order, uint64_t number, struct row_saying *saying)
{
    struct row *row = row_of(order, number);
    saying->next = NULL;
    if (row == NULL) {
        order->tell(order->arg, saying);
        return;
    }
    if (row->last != NULL)
        row->last->next = saying;
    else
        row->first = saying;
    row->last = saying;
}

void row_order_end(struct row_order *order, uint64_t number)
{
    struct row *row = row_of(order, number);
    if (row != NULL)
        row->ended = true;
    while ((row = row_of(order, order->first)) != NULL && row->ended) {
        row_tell(order, row);
        order->first++;
    }
}

void row_order_finish(struct row_order *order)
{
    for (uint64_t number = order->first; number < order->next; number++)
        row_of(order, number)->ended = true;
    row_order_end(order, ROW_NONE);
}
