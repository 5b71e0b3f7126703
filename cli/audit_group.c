#include "audit_report.h"

#include "record_words.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* What people call a group of a table. */
static char *group_label(struct text table, struct text name)
{
    char field[32], word[32];
    snprintf(field, sizeof field, "%.*s", (int)table.size, table.data != NULL ? table.data : "");
    snprintf(word, sizeof word, "%.*s", (int)name.size, name.data != NULL ? name.data : "");
    const struct field *known = field_of_name(&statistics_type, field, strlen(field), 0);
    const char *label =
        known != NULL && known->choices != NULL ? choice_label(known->choices, name) : NULL;
    enum text_id text = text_named("AUDIT_GROUP_", word, strlen(word));
    if (label == NULL && text != TEXT_NONE)
        label = text_of(text);
    return label != NULL ? strdup(label) : text_clean(word, strlen(word));
}

static uint64_t count_at(const msgpack_object *cell, const char *key)
{
    int64_t count = tree_number(cell, key, 0);
    return count > 0 ? (uint64_t)count : 0;
}

static struct parity_cell read_cell(const msgpack_object *cell)
{
    return (struct parity_cell){.learners = (uint32_t)count_at(cell, "learners"),
                                .selected = (uint32_t)count_at(cell, "selected"),
                                .exposure = count_at(cell, "exposure"),
                                .squares = count_at(cell, "squares"),
                                .hidden = tree_flag(cell, "hidden")};
}

/* The others of the table together. */
static struct parity_cell rest_of(const struct parity_cell *total, const struct parity_cell *cell)
{
    return (struct parity_cell){.learners = total->learners - cell->learners,
                                .selected = total->selected - cell->selected,
                                .exposure = total->exposure - cell->exposure,
                                .squares = total->squares - cell->squares};
}

static void compare(struct audit_row *row, const struct parity_cell *total)
{
    const struct parity_cell *cell = &row->cell;
    if (cell->hidden)
        return;
    row->share = parity_share(cell->selected, cell->learners);
    if (total->hidden || total->learners <= cell->learners || total->selected < cell->selected ||
        total->exposure < cell->exposure || total->squares < cell->squares)
        return;
    struct parity_cell rest = rest_of(total, cell);
    row->selection = parity_share_ratio(cell, &rest);
    row->exposure = parity_exposure_ratio(cell, &rest);
}

bool audit_group_read(struct audit_group *group, const msgpack_object *table)
{
    const msgpack_object *total = tree_find(table, "total");
    struct parity_cell all =
        total != NULL ? read_cell(total) : (struct parity_cell){.hidden = true};
    *group = (struct audit_group){.name = tree_text(table, "name")};
    for (unsigned i = 0; i < tree_count(table, "cells") && group->count < AUDIT_ROWS_MAX; i++) {
        const msgpack_object *cell = tree_item(table, "cells", i);
        struct audit_row *row = &group->rows[group->count++];
        row->name = tree_text(cell, "name");
        row->cell = read_cell(cell);
        row->label = group_label(group->name, row->name);
        if (row->label == NULL)
            return false;
        compare(row, &all);
    }
    return true;
}

void audit_group_free(struct audit_group *group)
{
    for (unsigned i = 0; i < group->count; i++)
        free(group->rows[i].label);
    group->count = 0;
}
