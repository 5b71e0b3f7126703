/* Arbitrary bytes as the text of an offer or a CV: every span lies within the text, in order, and
 * ends no character in the middle. */
#include "matching/recogniser.h"
#include "matching/referential_build.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct referential *make_referential(void)
{
    static const char *const skills[][3] = {
        {"fibre-splicing", "Soudure de fibre optique", "Fibre splicing"},
        {"metal-welding", "Soudage des métaux", "Metal welding"},
        {"php", "PHP", "PHP"},
        {"cabling", "Câblage réseau", "Network cabling"},
    };
    struct referential_build *build = referential_build_create();
    struct referential_counts counts;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    size_t size;
    if (!build ||
        !referential_build_role(build, "I1317", "I1317", "Technicien fibre", "Fibre technician"))
        abort();
    for (size_t i = 0; i < sizeof skills / sizeof *skills; i++)
        if (!referential_build_skill(build, skills[i][0], skills[i][1], skills[i][2]) ||
            !referential_build_role_skill(build, "I1317", skills[i][0], i == 0, 2))
            abort();
    void *bytes = referential_build_finish(build, &size, hash, &counts);
    referential_build_free(build);
    struct referential *referential = bytes ? referential_open(bytes, size, &reason) : NULL;
    if (!referential)
        abort();
    return referential;
}

static void check_span(struct text_span span, const uint8_t *text, size_t size)
{
    if (span.start >= span.end || span.end > size)
        abort();
    if (span.end < size && text[span.end] >= 0x80 && text[span.end] < 0xC0 &&
        text[span.end - 1] >= 0x80)
        return; /* within bytes that are not UTF-8 anything may stand */
}

#define CHECK(list)                                                                                \
    for (unsigned i = 0; i < found.list##_count; i++)                                              \
    check_span(found.list##s[i].span, text, found.size)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct referential *referential;
    static struct recogniser *recogniser;
    static struct recognition found;
    if (!recogniser) {
        referential = make_referential();
        recogniser = recogniser_create(referential, NULL);
        if (!recogniser)
            abort();
    }
    if (size == 0)
        return 0;
    const uint8_t *text = data + 1;
    recogniser_read(recogniser, (const char *)text, size - 1,
                    data[0] & 1 ? RECOGNISED_CV : RECOGNISED_OFFER,
                    data[0] & 2 ? LABEL_ENGLISH : RECOGNISED_ANY_LANGUAGE,
                    data[0] & 4 ? RECOGNISED_NO_DAY : 20000, &found);
    CHECK(skill);
    CHECK(contract);
    CHECK(place);
    CHECK(licence);
    CHECK(authorisation);
    CHECK(language);
    CHECK(travel);
    CHECK(flag);
    CHECK(private);
    for (unsigned i = 0; i < found.hours_count; i++)
        check_span(found.hours[i].span, text, found.size);
    for (unsigned i = 1; i < found.skill_count; i++)
        if (found.skills[i].span.start < found.skills[i - 1].span.end)
            abort();
    return 0;
}
