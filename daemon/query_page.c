#include "daemon/query_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much of the bitmap of a kind's numbers one look reads, and how many looks a page takes before
 * it is sent, be it empty: a kind may be sparse. */
enum { LOOK_BYTES = 4096, LOOKS_MAX = 16 };

/* Of the number at the end of a member of the parts. */
enum { PART_DIGITS = 10 };

bool number_page_start(struct query *query, struct number_page *page, const struct kind_info *kind,
                       uint64_t after, unsigned most)
{
    page->kind = kind;
    page->position = after + 1;
    page->most = most;
    page->numbers = arena_alloc(query->arena, most * sizeof *page->numbers);
    return page->numbers != NULL;
}

/* Notes the numbers whose bits are set, from position on; Redis counts bits from the highest. */
static void take_numbers(struct query *query, const uint8_t *bits, size_t size)
{
    struct number_page *page = query->state;
    uint64_t base = page->position / 8, end = (base + size) * 8;

    for (; page->position < end && page->count < page->most; page->position++) {
        if ((bits[page->position / 8 - base] & 0x80 >> page->position % 8) == 0)
            continue;
        char number[24];
        int length = snprintf(number, sizeof number, "%llu", (unsigned long long)page->position);
        const char *copy = arena_copy(query->arena, number, (size_t)length);
        if (copy == NULL)
            return; /* the page ends here */
        page->numbers[page->count++] = copy;
    }
    page->ended = size < LOOK_BYTES && page->position >= end;
}

static void page_look(struct query *query);

static void page_take(struct query *query)
{
    struct number_page *page = query->state;
    const redisReply *bits = query->replies[0];

    if (bits == NULL || bits->str == NULL) {
        query_reject(query, ERROR_INTERNAL, "body", "the numbers of the records");
        return;
    }
    take_numbers(query, (const uint8_t *)bits->str, (size_t)bits->len);
    query_forget(query);
    if (!page->ended && page->count < page->most && page->looks < LOOKS_MAX)
        page_look(query);
    else
        page->then(query);
}

static void page_look(struct query *query)
{
    struct number_page *page = query->state;
    char from[24], to[24], suffix[40];
    const char *words[] = {from, to};
    unsigned long long byte = page->position / 8;

    page->looks++;
    snprintf(from, sizeof from, "%llu", byte);
    snprintf(to, sizeof to, "%llu", byte + LOOK_BYTES - 1);
    snprintf(suffix, sizeof suffix, "ids:%s", page->kind->name);
    query_read_key(query, "GETRANGE", suffix, 2, words);
    query_then(query, page_take);
}

void number_page_read(struct query *query, query_step_fn *then)
{
    struct number_page *page = query->state;

    page->then = then;
    page_look(query);
}

/* The members of `p:{T}:parts` end with the number of the part. */
static void parts_take(struct query *query)
{
    struct number_page *page = query->state;
    const redisReply *members = query->replies[0];

    if (members == NULL || members->type != REDIS_REPLY_ARRAY) {
        query_reject(query, ERROR_INTERNAL, "body", "the parts of the record");
        return;
    }
    page->ended = members->elements < page->most;
    for (size_t i = 0; i < members->elements && page->count < page->most; i++) {
        const redisReply *member = members->element[i];
        const char *digits = member != NULL && member->len > PART_DIGITS
                                 ? member->str + member->len - PART_DIGITS
                                 : "0";
        page->position = strtoull(digits, NULL, 10) + 1;
        page->numbers[page->count++] = digits + strspn(digits, "0");
    }
    query_forget(query);
    page->then(query);
}

void number_page_read_parts(struct query *query, uint64_t of, query_step_fn *then)
{
    struct number_page *page = query->state;
    char owner[ID_TEXT_SIZE], from[64], to[64], limit[24];
    const char *words[] = {from, to, "LIMIT", "0", limit};

    page->then = then;
    id_print(of, owner);
    snprintf(from, sizeof from, "(%s %c%0*llu", owner, page->kind->letter, PART_DIGITS,
             (unsigned long long)page->position - 1);
    snprintf(to, sizeof to, "(%s %c:", owner, page->kind->letter);
    snprintf(limit, sizeof limit, "%u", page->most);
    query_read_key(query, "ZRANGEBYLEX", "parts", 5, words);
    query_then(query, parts_take);
}

uint64_t number_page_next(const struct number_page *page, unsigned taken)
{
    if (taken == page->count)
        return page->ended ? 0 : page->position - 1;
    return taken > 0 ? strtoull(page->numbers[taken - 1], NULL, 10) : page->position - 1;
}
