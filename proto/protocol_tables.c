/* Prints the generated part of PROTOCOL.md from the tables, with the examples of a JSON file, which
 * it decodes as a peer would: a message without a valid example is an error. */
#include "message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_COLUMN = 96, HEX_BYTES = 32, CODES_MAX = 6 };

static struct arena *arena;

/* -- lists of values and errors -----------------------------------------------------------------
 */

static void print_lower(const char *text)
{
    for (; *text; text++)
        putchar(*text >= 'A' && *text <= 'Z' ? *text + 0x20 : *text);
}

static void print_list(const char *name, const char *const *values)
{
    printf("### List `");
    print_lower(name);
    printf("`\n\n");
    for (unsigned i = 0; values[i]; i++)
        printf("%s`%s`", i > 0 ? ", " : "", values[i]);
    printf("\n\n");
}

static void print_lists(void)
{
    printf("## Lists of values\n\nIn the order in which a field of type *list* has them.\n\n");
#define VALUE(list, constant, wire) wire,
#define LIST(list) print_list(#list, (const char *const[]){CHOICES_##list(VALUE) NULL});
    CHOICES_ALL(LIST)
#undef LIST
#undef VALUE
}

static void print_errors(void)
{
    printf("## Error codes\n\n| code | trying again helps | whose fault, and what to do |\n"
           "|---|---|---|\n");
    for (enum error_code code = ERROR_NONE + 1; code < ERROR_END; code++)
        printf("| `%s` | %s | %s |\n", error_name(code), error_retry_helps(code) ? "yes" : "no",
               error_doc(code));
    printf("\n");
}

/* -- records ------------------------------------------------------------------------------------
 */

static void print_type(const struct field *field)
{
    char expected[200];
    switch (field->type) {
    case FIELD_CHOICE:
    case FIELD_SET:
        printf("%s of [`", field->type == FIELD_SET ? "list" : "one");
        print_lower(field->choices->name);
        printf("`](#list-");
        print_lower(field->choices->name);
        printf(")");
        break;
    case FIELD_RECORD:
        printf("map [`%s`](#record-%s)", field->record->name, field->record->name);
        break;
    case FIELD_RECORDS:
        printf("list of %" PRId64 " to %" PRId64 " [`%s`](#record-%s)", field->min, field->max,
               field->record->name, field->record->name);
        break;
    default:
        field_expect(field, expected, sizeof expected);
        printf("%s", expected);
        break;
    }
}

static const char *privacy_name(enum privacy privacy)
{
    switch (privacy) {
    case PRIVACY_PUBLIC:
    case PRIVACY_HEADER:
        return "public";
    case PRIVACY_MATCHING:
        return "matching";
    case PRIVACY_STATISTICS:
        return "statistics";
    default:
        return "personal";
    }
}

static void print_record(const struct record_type *type)
{
    printf("### Record `%s`\n\n", type->name);
    printf("| field | type | required | class | meaning |\n|---|---|---|---|---|\n");
    for (const struct field *field = type->fields; field < type->fields + type->count; field++) {
        printf("| `%s` | ", field->name);
        print_type(field);
        printf(" | %s | %s | %s |\n", field->required ? "yes" : "", privacy_name(field->privacy),
               field->doc);
    }
    printf("\n");
}

static void print_records(void)
{
    printf("## Records\n\n");
#define PRINT(record) print_record(&record##_type);
    RECORDS_ALL(PRINT)
#undef PRINT
}

static void print_kinds(void)
{
    printf("## Kinds of records\n\n| kind | letter | states, the first at creation "
           "|\n|---|---|---|\n");
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++) {
        const struct kind_info *info = kind_info(kind);
        printf("| [`%s`](#record-%s) | %c | %s |\n", info->name, info->name, info->letter,
               info->states);
    }
    printf("\n");
}

/* -- examples -----------------------------------------------------------------------------------
 */

static _Noreturn void give_up(const char *what, const struct errors *errors)
{
    fprintf(stderr, "protocol_tables: %s", what);
    for (unsigned i = 0; i < errors->count; i++)
        fprintf(stderr, ": %s: %s: %s", error_name(errors->item[i].code), errors->item[i].path,
                errors->item[i].expected);
    fprintf(stderr, "\n");
    exit(1);
}

static const msgpack_object *map_find(const msgpack_object *map, const char *key)
{
    for (uint32_t i = 0; map && map->type == MSGPACK_OBJECT_MAP && i < map->via.map.size; i++) {
        const msgpack_object_kv *pair = &map->via.map.ptr[i];
        if (pair->key.via.str.size == strlen(key) &&
            memcmp(pair->key.via.str.ptr, key, strlen(key)) == 0)
            return &pair->val;
    }
    return NULL;
}

/* Up to and with the next comma outside of texts, or all that is left. */
static size_t piece_size(const char *json)
{
    bool in_text = false;
    size_t size = 0;
    for (; json[size] && (in_text || json[size] != ','); size++) {
        if (json[size] == '"')
            in_text = !in_text;
        else if (in_text && json[size] == '\\')
            size++;
    }
    return size + (json[size] == ',');
}

/* Compact JSON, broken after a comma where a line grows too long. */
static void print_json(const msgpack_object *tree)
{
    char *json = wire_to_json(tree, false);
    if (!json)
        give_up("out of memory", &(struct errors){0});
    size_t column = 0;
    for (const char *at = json; *at;) {
        size_t size = piece_size(at);
        if (column > 0 && column + size > LINE_MAX_COLUMN) {
            printf("\n  ");
            column = 2;
        }
        printf("%.*s", (int)size, at);
        column += size;
        at += size;
    }
    printf("\n");
    free(json);
}

static void print_hex(const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        printf("%02x%s", (unsigned char)data[i],
               (i + 1) % HEX_BYTES == 0 || i + 1 == size ? "\n" : "");
}

static void print_example(const char *what, const msgpack_object *tree, msgpack_sbuffer *buffer)
{
    msgpack_packer packer;
    msgpack_sbuffer_clear(buffer);
    msgpack_packer_init(&packer, buffer, msgpack_sbuffer_write);
    if (msgpack_pack_object(&packer, *tree) != 0)
        give_up("out of memory", &(struct errors){0});
    printf("%s:\n\n```json\n", what);
    print_json(tree);
    printf("```\n\n```\n");
    print_hex(buffer->data, buffer->size);
    printf("```\n\n");
}

/* A request that decoding refuses is an example of that refusal. */
static bool refused_so(const struct errors *found, const struct reply *reply)
{
    return reply->status == REPLY_REJECTED && reply->errors && reply->errors->count > 0 &&
           reply->errors->item[0].code == found->item[0].code &&
           strcmp(reply->errors->item[0].path, found->item[0].path) == 0 &&
           strcmp(reply->errors->item[0].expected, found->item[0].expected) == 0;
}

static void print_examples(const msgpack_object *examples, const char *name)
{
    const msgpack_object *example = map_find(examples, name);
    const msgpack_object *request = map_find(example, "request");
    const msgpack_object *answer = map_find(example, "reply");
    struct errors errors = {0}, told = {0};
    struct message message;
    struct reply reply;
    if (!request || !answer)
        give_up(name, &errors);

    msgpack_sbuffer buffer;
    msgpack_sbuffer_init(&buffer);
    print_example("Request", request, &buffer);
    message_decode((const uint8_t *)buffer.data, buffer.size, arena, &message, &errors);
    print_example("Reply", answer, &buffer);
    if (!message.info || strcmp(message.info->name, name) != 0 ||
        !reply_decode(answer, &reply, &told) || (errors.total > 0 && !refused_so(&errors, &reply)))
        give_up(name, &errors);
    msgpack_sbuffer_destroy(&buffer);
}

/* -- messages -----------------------------------------------------------------------------------
 */

/* What a message's ok means, by what it does. */
static const char *const good_of_operation[] = {
    [OPERATION_NONE] = "with the fields of the answer, see *Queries*",
    [OPERATION_PUT] = "`record`, `revision` and `result`: `created`, `updated`, `unchanged` (it "
                      "was so already) or `stale` (older than what is known: ignored)",
    [OPERATION_STATE] = "`record`, `revision` and `result`: `updated`, or `unchanged` (it was in "
                        "that state already)",
    [OPERATION_ERASE] = "`record`, `revision` and `result`: `updated`",
    [OPERATION_ATTACH] = "`record`, `revision` and `result`: `created`, `updated`, `unchanged` or "
                         "`stale`",
    [OPERATION_DETACH] = "`record`, `revision` and `result`: `updated`",
    [OPERATION_DAY] = "`revision` and `result`: `updated` or `unchanged`",
    [OPERATION_ADOPT] = "`revision` and `result`: `updated` or `unchanged`",
    [OPERATION_TERRITORY] = "`revision` and `result`: `created`, `updated` or `unchanged`",
    [OPERATION_CONFIRM] = "`record`, `revision` and `result`: `updated`, or `unchanged` (it was an "
                          "offer already)",
};

/* Errors of a message besides those that any may give. */
static const enum error_code codes_of_operation[][CODES_MAX] = {
    [OPERATION_PUT] = {ERROR_REVISION_CONFLICT, ERROR_UNKNOWN_REFERENCE},
    [OPERATION_STATE] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_WRONG_STATE,
                         ERROR_REVISION_CONFLICT},
    [OPERATION_ERASE] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_WRONG_STATE,
                         ERROR_REVISION_CONFLICT},
    [OPERATION_ATTACH] = {ERROR_UNKNOWN_SKILL, ERROR_NO_REFERENTIAL, ERROR_REVISION_CONFLICT},
    [OPERATION_DETACH] = {ERROR_UNKNOWN_RECORD, ERROR_REVISION_CONFLICT},
    [OPERATION_DAY] = {ERROR_DAY_BACKWARDS, ERROR_DAY_AHEAD, ERROR_REVISION_CONFLICT},
    [OPERATION_ADOPT] = {ERROR_UNKNOWN_REFERENTIAL, ERROR_REVISION_CONFLICT},
    [OPERATION_TERRITORY] = {ERROR_TERRITORY_EXISTS, ERROR_REVISION_CONFLICT},
    [OPERATION_CONFIRM] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_WRONG_STATE,
                           ERROR_REVISION_CONFLICT},
};
static const enum error_code codes_of_message[MESSAGE_END][CODES_MAX] = {
    [MESSAGE_LEARNER_PUT] = {ERROR_PROBABLE_DUPLICATE, ERROR_UNKNOWN_COMMUNE},
    [MESSAGE_EMPLOYER_PUT] = {ERROR_UNKNOWN_COMMUNE},
    [MESSAGE_OFFER_PUT] = {ERROR_UNKNOWN_ROLE, ERROR_UNKNOWN_COMMUNE},
    [MESSAGE_RECORD_GET] = {ERROR_UNKNOWN_RECORD},
    [MESSAGE_MATCHES] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_NO_REFERENTIAL},
    [MESSAGE_EXPLAIN] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_NO_REFERENTIAL},
    [MESSAGE_NEAR] = {ERROR_UNKNOWN_RECORD, ERROR_WRONG_KIND, ERROR_NO_REFERENTIAL},
    [MESSAGE_CHANGES] = {ERROR_CURSOR_TRIMMED},
    [MESSAGE_SKILL_FIND] = {ERROR_NO_REFERENTIAL},
    [MESSAGE_ROLE_FIND] = {ERROR_NO_REFERENTIAL},
    [MESSAGE_COMMUNE_FIND] = {ERROR_NO_REFERENTIAL},
    [MESSAGE_LABELS] = {ERROR_NO_REFERENTIAL},
};

static void print_codes(const enum error_code codes[CODES_MAX], const char **separator)
{
    for (int i = 0; i < CODES_MAX && codes[i] != ERROR_NONE; i++) {
        printf("%s`%s`", *separator, error_name(codes[i]));
        *separator = ", ";
    }
}

static void print_message(enum message_type type, const msgpack_object *examples)
{
    const struct message_info *info = message_info(type);
    bool is_query = info->operation == OPERATION_NONE;
    const char *separator = "- `rejected`: besides the common ones ";
    printf("### `%s`\n\n%s. %s; body [`%s`](#record-%s).\n\n", info->name, info->doc,
           is_query ? "Query" : "Event", info->body->name, info->body->name);
    printf("- `ok`: %s.\n", good_of_operation[info->operation]);
    print_codes(codes_of_message[type], &separator);
    print_codes(codes_of_operation[info->operation], &separator);
    printf("%s\n", *separator == ',' ? "." : "- `rejected`: the common ones only.");
    printf("- `retry`: the common ones.\n\n");
    print_examples(examples, info->name);
}

/* -- the program --------------------------------------------------------------------------------
 */

static const msgpack_object *read_examples(const char *path)
{
    struct errors errors = {0};
    char *text = malloc(JSON_REQUEST_MAX);
    FILE *file = fopen(path, "r");
    if (!text || !file)
        give_up(path, &errors);
    size_t size = fread(text, 1, JSON_REQUEST_MAX, file), wire_size = 0;
    fclose(file);
    const uint8_t *wire = json_to_wire(text, size, arena, &wire_size, &errors);
    const msgpack_object *tree = wire ? wire_unpack(wire, wire_size, arena, &errors) : NULL;
    if (!tree)
        give_up(path, &errors);
    free(text);
    return tree;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: protocol_tables EXAMPLES.json\n");
        return 2;
    }
    arena = arena_create(8 << 20);
    if (!arena)
        give_up("out of memory", &(struct errors){0});
    const msgpack_object *examples = read_examples(argv[1]);
    print_errors();
    printf("## Messages\n\n");
    for (enum message_type type = MESSAGE_NONE + 1; type < MESSAGE_END; type++)
        print_message(type, examples);
    print_kinds();
    print_records();
    print_lists();
    arena_free(arena);
    return ferror(stdout) || fflush(stdout) != 0;
}
