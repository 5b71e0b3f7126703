/* Any line is a question or is refused with a reason; any title gets an answer within bounds. */
#include "cli/query_lines.h"
#include "matching/referential_build.h"
#include "matching/role_search.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 3 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Of two roles. */
static struct role_search *make_search(void)
{
    char hash[REFERENTIAL_HASH_SIZE];
    struct referential_counts counts;
    size_t size;
    const char *reason;
    struct referential_build *build = referential_build_create();
    check(referential_build_role(build, "H2913", "H2913", "Soudeur / Soudeuse", "") &&
          referential_build_role_text(build, "H2913", ROLE_TITLE, "Soudeur / Soudeuse") &&
          referential_build_role(build, "M1855", "M1855", "Développeur web", "") &&
          referential_build_role_text(build, "M1855", ROLE_TITLE, "Développeur(se) web C++"));
    void *bytes = referential_build_finish(build, &size, hash, &counts);
    referential_build_free(build);
    return role_search_create(referential_open(bytes, size, &reason), &reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct role_search *search;
    if (search == NULL)
        search = make_search();
    enum text_id wrong;
    json_t *question = query_line_read((const char *)data, size, &wrong);
    check((question == NULL) == (wrong != TEXT_NONE));
    const json_t *title = json_object_get(question, "title");
    if (json_is_string(title)) {
        struct role_found found[LIMIT];
        unsigned count = role_search_title(search, json_string_value(title),
                                           json_string_length(title), found, LIMIT);
        check(count <= 2);
        for (unsigned i = 0; i < count; i++)
            check(found[i].share <= ROLE_SHARE_ONE && found[i].role >= 0 && found[i].role < 2);
    }
    json_decref(question);
    return 0;
}
