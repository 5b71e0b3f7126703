#include "audit_report.h"

#include "grid.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6, CELL_SIZE = 64 };

/* Where a report goes; html: as a page. */
struct report {
    const struct context *context;
    FILE *out;
    bool html;
};

static void put_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '<' || *text == '>' || *text == '&' || *text == '"')
            fprintf(out, "&#%d;", *text);
        else
            fputc(*text, out);
}

static void put_block(const struct report *report, const char *tag, const char *text)
{
    if (!report->html) {
        fprintf(report->out, "%s%s\n", *tag == 'h' ? "\n" : "", text);
        return;
    }
    fprintf(report->out, "<%s>", tag);
    put_escaped(report->out, text);
    fprintf(report->out, "</%s>\n", tag);
}

/* Takes over the text; false where it is NULL. */
static bool put_owned(const struct report *report, const char *tag, char *text)
{
    if (text != NULL)
        put_block(report, tag, text);
    free(text);
    return text != NULL;
}

/* -- tables ------------------------------------------------------------------------------------ */

static const struct grid_column columns[COLUMNS] = {
    {TEXT_AUDIT_COLUMN_GROUP, false, true},     {TEXT_AUDIT_COLUMN_LEARNERS, true, false},
    {TEXT_AUDIT_COLUMN_SELECTED, true, false},  {TEXT_AUDIT_COLUMN_SHARE, true, false},
    {TEXT_AUDIT_COLUMN_SELECTION, true, false}, {TEXT_AUDIT_COLUMN_EXPOSURE, true, false},
};

static void interval_text(const struct interval *interval, bool percent, char text[CELL_SIZE])
{
    double by = percent ? 100 : 1;
    int digits = percent ? 0 : 2;
    if (interval->known)
        snprintf(text, CELL_SIZE, "%.*f%s (%.*f–%.*f)", digits, interval->value * by,
                 percent ? " %" : "", digits, interval->low * by, digits, interval->high * by);
    else
        snprintf(text, CELL_SIZE, "·");
}

/* The texts of a row; only the label where it is hidden. */
static void row_texts(const struct audit_row *row, char texts[COLUMNS][CELL_SIZE])
{
    memset(texts, 0, COLUMNS * sizeof *texts);
    snprintf(texts[0], CELL_SIZE, "%s", row->label);
    if (row->cell.hidden) {
        snprintf(texts[1], CELL_SIZE, "%s", text_of(TEXT_AUDIT_HIDDEN));
        return;
    }
    snprintf(texts[1], CELL_SIZE, "%u", row->cell.learners);
    snprintf(texts[2], CELL_SIZE, "%u", row->cell.selected);
    interval_text(&row->share, true, texts[3]);
    interval_text(&row->selection, false, texts[4]);
    interval_text(&row->exposure, false, texts[5]);
}

static bool put_grid(const struct report *report, const struct audit_group *group)
{
    char texts[COLUMNS][CELL_SIZE];
    struct grid *grid = grid_create(&report->context->terminal, report->out, columns, COLUMNS);
    bool made = grid != NULL;
    for (unsigned i = 0; made && i < group->count; i++) {
        row_texts(&group->rows[i], texts);
        made = grid_add(grid, (const char *const[]){texts[0], texts[1], texts[2], texts[3],
                                                    texts[4], texts[5]});
    }
    grid_free(grid);
    return made;
}

static void put_cells(const struct report *report, const char *tag, char texts[COLUMNS][CELL_SIZE])
{
    fputs("<tr>", report->out);
    for (unsigned i = 0; i < COLUMNS; i++) {
        fprintf(report->out, "<%s>", tag);
        put_escaped(report->out, texts[i]);
        fprintf(report->out, "</%s>", tag);
    }
    fputs("</tr>\n", report->out);
}

static bool put_html_table(const struct report *report, const struct audit_group *group)
{
    char texts[COLUMNS][CELL_SIZE];
    for (unsigned i = 0; i < COLUMNS; i++)
        snprintf(texts[i], CELL_SIZE, "%s", text_of(columns[i].heading));
    fputs("<table>\n", report->out);
    put_cells(report, "th", texts);
    for (unsigned i = 0; i < group->count; i++) {
        row_texts(&group->rows[i], texts);
        put_cells(report, "td", texts);
    }
    fputs("</table>\n", report->out);
    return true;
}

static bool put_table(const struct report *report, const msgpack_object *table)
{
    struct audit_group *group = malloc(sizeof *group);
    bool made = group != NULL && audit_group_read(group, table);
    if (made) {
        enum text_id title = text_named("AUDIT_TABLE_", group->name.data, group->name.size);
        put_block(report, "h2", text_of(title));
        made = report->html ? put_html_table(report, group) : put_grid(report, group);
    }
    if (group != NULL)
        audit_group_free(group);
    free(group);
    return made;
}

/* -- the whole --------------------------------------------------------------------------------- */

static bool put_swap(const struct report *report, const struct swap_result *swap)
{
    if (swap == NULL)
        return true;
    put_block(report, "h2", text_of(TEXT_AUDIT_SWAP));
    bool made =
        put_owned(report, "p",
                  phrase(AUDIT_SWAP_DONE, swap->fields, swap->swaps,
                         (unsigned long long)swap->learners, (unsigned long long)swap->pairs));
    if (swap->differing == 0)
        put_block(report, "p", text_of(TEXT_AUDIT_SWAP_SAME));
    else
        made = put_owned(report, "p",
                         phrase(AUDIT_SWAP_DIFFERS, (unsigned long long)swap->differing)) &&
               made;
    return made;
}

static bool put_report(const struct report *report, const msgpack_object *answer,
                       const struct swap_result *swap)
{
    struct text day = tree_text(answer, "day");
    char *date = text_clean(day.data != NULL ? day.data : "", day.size);
    int offers = (int)tree_number(answer, "offers", 0), top = (int)tree_number(answer, "top", 0);
    bool made = date != NULL &&
                put_owned(report, "h1", phrase(AUDIT_TITLE, report->context->territory, date)) &&
                put_owned(report, "p", phrase(AUDIT_WHAT, offers, top)) &&
                put_owned(report, "p",
                          phrase(AUDIT_HOW_TO_READ, (int)tree_number(answer, "smallest_cell", 0)));
    for (unsigned i = 0; made && i < tree_count(answer, "tables"); i++)
        made = put_table(report, tree_item(answer, "tables", i));
    made = made && put_swap(report, swap);
    if (made) {
        put_block(report, "h2", text_of(TEXT_AUDIT_LIMITS));
        put_block(report, "p", text_of(TEXT_AUDIT_METHOD));
    }
    free(date);
    return made;
}

bool audit_report_text(const struct context *context, const msgpack_object *answer,
                       const struct swap_result *swap)
{
    const struct report report = {context, context->out, false};
    return put_report(&report, answer, swap);
}

bool audit_report_html(const struct context *context, FILE *out, const msgpack_object *answer,
                       const struct swap_result *swap)
{
    const struct report report = {context, out, true};
    fprintf(out,
            "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>%s</title>\n"
            "<style>body{font-family:sans-serif;max-width:60em;margin:2em auto;line-height:1.4}"
            "table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3em .6em;"
            "text-align:right}th:first-child,td:first-child{text-align:left}</style></head>\n"
            "<body>\n",
            texts_language() == LANGUAGE_FRENCH ? "fr" : "en", text_of(TEXT_AUDIT_NAME));
    bool made = put_report(&report, answer, swap);
    fputs("</body>\n</html>\n", out);
    return made;
}

/* -- JSON -------------------------------------------------------------------------------------- */

static json_t *interval_in_json(const struct interval *interval)
{
    if (!interval->known)
        return json_null();
    return json_pack("{sf sf sf}", "value", interval->value, "low", interval->low, "high",
                     interval->high);
}

static json_t *row_in_json(const struct audit_row *row)
{
    json_t *made = json_pack("{ss%}", "name", row->name.data, (size_t)row->name.size);
    if (row->cell.hidden) {
        json_object_set_new(made, "hidden", json_true());
        return made;
    }
    json_object_set_new(made, "learners", json_integer(row->cell.learners));
    json_object_set_new(made, "selected", json_integer(row->cell.selected));
    json_object_set_new(made, "share", interval_in_json(&row->share));
    json_object_set_new(made, "selection_ratio", interval_in_json(&row->selection));
    json_object_set_new(made, "exposure_ratio", interval_in_json(&row->exposure));
    return made;
}

static json_t *table_in_json(const msgpack_object *table)
{
    struct audit_group *group = malloc(sizeof *group);
    json_t *rows = json_array(), *made = NULL;
    if (group != NULL && audit_group_read(group, table)) {
        for (unsigned i = 0; i < group->count; i++)
            json_array_append_new(rows, row_in_json(&group->rows[i]));
        made = json_pack("{ss% sO}", "name", group->name.data, (size_t)group->name.size, "groups",
                         rows);
    }
    if (group != NULL)
        audit_group_free(group);
    free(group);
    json_decref(rows);
    return made;
}

static json_t *swap_in_json(const struct swap_result *swap)
{
    json_t *told = json_array();
    for (uint64_t i = 0; i < swap->differing && i < SWAP_TOLD_MAX; i++) {
        char id[ID_TEXT_SIZE];
        id_print(swap->told[i], id);
        json_array_append_new(told, json_string(id));
    }
    return json_pack("{si si sI sI sI so}", "fields", (int)swap->fields, "swaps", (int)swap->swaps,
                     "learners", (json_int_t)swap->learners, "pairs", (json_int_t)swap->pairs,
                     "differing", (json_int_t)swap->differing, "told", told);
}

json_t *audit_report_json(const msgpack_object *answer, const struct swap_result *swap)
{
    struct text day = tree_text(answer, "day");
    json_t *tables = json_array();
    bool made = tables != NULL;
    for (unsigned i = 0; made && i < tree_count(answer, "tables"); i++)
        made = json_array_append_new(tables, table_in_json(tree_item(answer, "tables", i))) == 0;
    json_t *report =
        made ? json_pack("{ss% sI sI sI sO}", "day", day.data, (size_t)day.size, "offers",
                         (json_int_t)tree_number(answer, "offers", 0), "top",
                         (json_int_t)tree_number(answer, "top", 0), "smallest_cell",
                         (json_int_t)tree_number(answer, "smallest_cell", 0), "tables", tables)
             : NULL;
    if (report != NULL && swap != NULL)
        json_object_set_new(report, "blind_swap", swap_in_json(swap));
    json_decref(tables);
    return report;
}
