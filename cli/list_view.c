#include "list_view.h"

#include "record_words.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { OWN_COLUMNS = 2, VIEW_COLUMNS_MAX = GRID_COLUMNS_MAX - OWN_COLUMNS };

struct view_column {
    const char *path;      /* in the record; id and state are beside it */
    const char *otherwise; /* shown when that is absent; or NULL */
    bool flexible, personal;
};

/* Learners have no names unless they are asked for. */
struct list_view {
    uint8_t kind;
    struct view_column columns[VIEW_COLUMNS_MAX];
};

static const struct list_view views[] = {
    {KIND_LEARNER,
     {{.path = "contact.given_name", .flexible = true, .personal = true},
      {.path = "contact.family_name", .flexible = true, .personal = true},
      {.path = "source"},
      {.path = "place.town", .otherwise = "place.commune", .flexible = true},
      {.path = "roles", .flexible = true},
      {.path = "contracts", .flexible = true},
      {.path = "available_from"}}},
    {KIND_OFFER,
     {{.path = "title", .flexible = true},
      {.path = "employer", .otherwise = "employer_name", .flexible = true},
      {.path = "contract"},
      {.path = "place.town", .otherwise = "place.commune", .flexible = true},
      {.path = "starts_on"}}},
    {KIND_EMPLOYER,
     {{.path = "name", .flexible = true},
      {.path = "activity", .flexible = true},
      {.path = "place.town", .otherwise = "place.commune", .flexible = true},
      {.path = "contact.name", .flexible = true, .personal = true},
      {.path = "contact.phone", .personal = true}}},
    {KIND_PROGRAMME, {{.path = "name", .flexible = true}, {.path = "roles", .flexible = true}}},
    {KIND_COHORT,
     {{.path = "name", .flexible = true},
      {.path = "programme"},
      {.path = "starts_on"},
      {.path = "ends_on"}}},
    {KIND_ATTACHMENT, {{.path = "words", .flexible = true}, {.path = "skill", .flexible = true}}},
    {KIND_JOBDATING,
     {{.path = "day"}, {.path = "name", .flexible = true}, {.path = "venue", .flexible = true}}},
    {KIND_ATTENDANCE,
     {{.path = "jobdating"},
      {.path = "employer"},
      {.path = "recruiters"},
      {.path = "windows", .flexible = true},
      {.path = "table"}}},
    {KIND_REGISTRATION,
     {{.path = "jobdating"},
      {.path = "learner"},
      {.path = "answer"},
      {.path = "windows", .flexible = true},
      {.path = "needs", .flexible = true}}},
    {KIND_HELPER,
     {{.path = "jobdating"},
      {.path = "code"},
      {.path = "windows", .flexible = true},
      {.path = "contact.name", .flexible = true, .personal = true}}},
    {KIND_TIMETABLE,
     {{.path = "jobdating"}, {.path = "missing"}, {.path = "sum"}, {.path = "bound"}}},
    {KIND_MEETING,
     {{.path = "registration"},
      {.path = "attendance"},
      {.path = "rule"},
      {.path = "learner_view"},
      {.path = "employer_view"}}},
};

const struct list_view *list_view_of(uint8_t kind)
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (views[i].kind == kind)
            return &views[i];
    return NULL;
}

/* The columns shown behind id and state; returns how many. */
static unsigned columns_shown(const struct list_view *view, bool personal,
                              const struct view_column *shown[VIEW_COLUMNS_MAX])
{
    unsigned count = 0;
    for (unsigned i = 0; i < VIEW_COLUMNS_MAX && view->columns[i].path != NULL; i++)
        if (personal || !view->columns[i].personal)
            shown[count++] = &view->columns[i];
    return count;
}

struct grid *list_view_grid(const struct context *context, const struct list_view *view,
                            bool personal)
{
    const struct view_column *shown[VIEW_COLUMNS_MAX];
    struct grid_column columns[GRID_COLUMNS_MAX] = {{TEXT_COLUMN_ID, false, false},
                                                    {TEXT_COLUMN_STATE, false, false}};
    unsigned count = columns_shown(view, personal, shown);
    for (unsigned i = 0; i < count; i++) {
        const struct field *field = field_along(kind_info(view->kind)->record, shown[i]->path);
        columns[OWN_COLUMNS + i] = (struct grid_column){
            text_named("FIELD_", field->name, strlen(field->name)), false, shown[i]->flexible};
    }
    return grid_create(&context->terminal, context->out, columns, OWN_COLUMNS + count);
}

/* A column that is absent may have another one shown in its place. */
static const struct field *field_shown(const struct list_view *view,
                                       const struct view_column *column,
                                       const msgpack_object *record, const msgpack_object **value)
{
    const char *path = column->path;
    if (column->otherwise != NULL && tree_find(record, path) == NULL)
        path = column->otherwise;
    *value = tree_find(record, path);
    return field_along(kind_info(view->kind)->record, path);
}

bool list_view_note(struct labels *labels, const struct list_view *view,
                    const msgpack_object *stored)
{
    bool whole = true;
    for (unsigned i = 0; i < VIEW_COLUMNS_MAX && view->columns[i].path != NULL; i++) {
        const msgpack_object *value;
        const struct field *field =
            field_shown(view, &view->columns[i], tree_find(stored, "record"), &value);
        struct text name = {field->name, field->name_size};
        whole = labels_note(labels, name, value) && whole;
    }
    return whole;
}

static char *cell_of(const struct list_view *view, const struct view_column *column,
                     const struct labels *labels, const msgpack_object *record)
{
    const msgpack_object *value;
    const struct field *field = field_shown(view, column, record, &value);
    return value_in_words(labels, field, value);
}

bool list_view_add(struct grid *grid, const struct list_view *view, const struct labels *labels,
                   bool personal, const msgpack_object *stored)
{
    const struct view_column *shown[VIEW_COLUMNS_MAX];
    char *cells[GRID_COLUMNS_MAX] = {NULL};
    const char *row[GRID_COLUMNS_MAX];
    unsigned count = columns_shown(view, personal, shown);
    struct text id = tree_text(stored, "id");
    cells[0] = text_clean(id.data != NULL ? id.data : "", id.size);
    cells[1] = strdup(state_label(tree_text(stored, "state")));
    for (unsigned i = 0; i < count; i++)
        cells[OWN_COLUMNS + i] = cell_of(view, shown[i], labels, tree_find(stored, "record"));
    for (unsigned i = 0; i < GRID_COLUMNS_MAX; i++)
        row[i] = cells[i];
    bool added = grid_add(grid, row);
    for (unsigned i = 0; i < GRID_COLUMNS_MAX; i++)
        free(cells[i]);
    return added;
}
