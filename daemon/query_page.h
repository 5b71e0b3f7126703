/* A page of the numbers that a kind's records have, in creation order: for queries that go through
 * all records of a kind, a page for each request. */
#ifndef PASSERELLE_DAEMON_QUERY_PAGE_H
#define PASSERELLE_DAEMON_QUERY_PAGE_H

#include "daemon/query.h"

/* The first member of the state of a query that reads one. */
struct number_page {
    const struct kind_info *kind;
    unsigned count, most; /* how many numbers, and may be */
    const char **numbers; /* decimal, ascending */
    uint64_t position;    /* numbers below it have been looked at */
    unsigned looks;
    bool ended; /* there are none from position on */
    query_step_fn *then;
};

/* At most so many numbers greater than after. False without memory. */
bool number_page_start(struct query *query, struct number_page *page, const struct kind_info *kind,
                       uint64_t after, unsigned most);
/* Reads the page, which may come out shorter or empty before the end, and goes on with then, the
 * replies forgotten. */
void number_page_read(struct query *query, query_step_fn *then);
/* The same for the numbers of the parts of a record (docs/architecture.md, `p:{T}:parts`). */
void number_page_read_parts(struct query *query, uint64_t of, query_step_fn *then);
/* What the next page comes after, 0 at the end: where so many of this one were taken. */
uint64_t number_page_next(const struct number_page *page, unsigned taken);

#endif
