/* Opens arbitrary bytes as communes and calls every accessor. */
#include "matching/communes.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes size and hash right (sections.h), which mutations would never manage. */
static void reseal(uint8_t *bytes, size_t size)
{
    uint8_t hash[crypto_generichash_BYTES];
    uint64_t total = size;
    if (size < 32)
        return;
    crypto_generichash(hash, sizeof hash, bytes + 32, size - 32, NULL, 0);
    memcpy(bytes + 8, hash, 8);
    memcpy(bytes + 16, &total, sizeof total);
}

static volatile size_t sink; /* what was read must count as used */

static void use_commune(const struct commune *commune)
{
    sink += strlen(commune->code) + strlen(commune->name);
    sink += (size_t)commune->latitude + (size_t)commune->longitude;
}

static void use_name(const struct communes *communes, const char *name, const char *postcode,
                     const char *department)
{
    struct commune found[8];
    if (communes_by_name(communes, name, strlen(name), postcode, department, &found[0]))
        use_commune(&found[0]);
    unsigned count = communes_nearest(communes, name, strlen(name), found, 8);
    for (unsigned i = 0; i < count; i++)
        use_commune(&found[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *reason;
    struct commune found;
    uint8_t *bytes = malloc(size + 1);
    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    reseal(bytes, size);
    struct communes *communes = communes_open(bytes, size, &reason);
    if (communes) {
        sink += strlen(communes_hash(communes)) + communes_count(communes);
        if (communes_by_code(communes, "75056", 5, &found))
            use_commune(&found);
        use_name(communes, "Paris", "", "");
        use_name(communes, "paris 9e", "75009", "75");
        use_name(communes, "st-etienne", "42000", "");
        use_name(communes, "Le Teil", "", "2A");
    }
    communes_close(communes);
    free(bytes);
    return 0;
}
