#include "sections.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { HASH_BYTES = 8 };

struct file_header {
    char magic[SECTIONS_MAGIC_SIZE];
    uint8_t hash[HASH_BYTES];
    uint64_t size, count;
};
struct file_section {
    uint64_t offset;
    uint32_t items, item_size;
};
_Static_assert(sizeof(struct file_header) == 32 && sizeof(struct file_section) == 16, "format");

static void content_hash(const uint8_t *data, size_t size, uint8_t hash[HASH_BYTES])
{
    uint8_t full[crypto_generichash_BYTES];
    crypto_generichash(full, sizeof full, data + sizeof(struct file_header),
                       size - sizeof(struct file_header), NULL, 0);
    memcpy(hash, full, HASH_BYTES);
}

static const char *check_header(const uint8_t *data, size_t size,
                                const char magic[SECTIONS_MAGIC_SIZE], unsigned count)
{
    const struct file_header *header = (const void *)data;
    if ((uintptr_t)data % 8 != 0)
        return "not aligned to 8 bytes";
    if (size < sizeof *header || memcmp(header->magic, magic, SECTIONS_MAGIC_SIZE) != 0)
        return "not a file of this kind and version";
    if (header->size != size)
        return "size differs from the header's";
    if (header->count != count || size - sizeof *header < count * sizeof(struct file_section))
        return "wrong number of sections";
    uint8_t hash[HASH_BYTES];
    content_hash(data, size, hash);
    return memcmp(hash, header->hash, HASH_BYTES) == 0 ? NULL : "content differs from its hash";
}

const char *sections_open(const void *data, size_t size, const char magic[SECTIONS_MAGIC_SIZE],
                          const uint32_t *item_sizes, unsigned count, struct section *sections,
                          char hash[REFERENTIAL_HASH_SIZE])
{
    const uint8_t *bytes = data;
    const char *reason = check_header(bytes, size, magic, count);
    if (reason)
        return reason;
    const struct file_header *header = data;
    const struct file_section *table = (const void *)(bytes + sizeof *header);
    for (unsigned i = 0; i < count; i++) {
        if (table[i].item_size != item_sizes[i])
            return "section of another record size";
        if (table[i].offset % 8 != 0 || table[i].offset > size ||
            (uint64_t)table[i].items * item_sizes[i] > size - table[i].offset)
            return "section beyond the end of the file";
        sections[i] = (struct section){bytes + table[i].offset, table[i].items};
    }
    sodium_bin2hex(hash, REFERENTIAL_HASH_SIZE, header->hash, HASH_BYTES);
    return NULL;
}

static size_t aligned(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

void *sections_write(const char magic[SECTIONS_MAGIC_SIZE], const uint32_t *item_sizes,
                     unsigned count, const struct section *sections, size_t *size,
                     char hash[REFERENTIAL_HASH_SIZE])
{
    size_t offset = sizeof(struct file_header) + count * sizeof(struct file_section);
    size_t total = offset;
    for (unsigned i = 0; i < count; i++)
        total += aligned((size_t)sections[i].count * item_sizes[i]);
    uint8_t *data = calloc(1, total);
    if (!data)
        return NULL;
    struct file_section *table = (void *)(data + sizeof(struct file_header));
    for (unsigned i = 0; i < count; i++) {
        size_t bytes = (size_t)sections[i].count * item_sizes[i];
        table[i] = (struct file_section){offset, sections[i].count, item_sizes[i]};
        if (bytes > 0)
            memcpy(data + offset, sections[i].items, bytes);
        offset += aligned(bytes);
    }
    struct file_header *header = (void *)data;
    memcpy(header->magic, magic, SECTIONS_MAGIC_SIZE);
    header->size = total;
    header->count = count;
    content_hash(data, total, header->hash);
    sodium_bin2hex(hash, REFERENTIAL_HASH_SIZE, header->hash, HASH_BYTES);
    *size = total;
    return data;
}

bool strings_valid(const struct section *strings)
{
    const uint8_t *text = strings->items;
    return strings->count > 0 && text[strings->count - 1] == '\0' &&
           u8_check(text, strings->count) == NULL;
}

bool string_valid(const struct section *strings, uint32_t offset)
{
    const char *text = strings->items;
    return offset < strings->count && (offset == 0 || text[offset - 1] == '\0');
}

bool slice_valid(uint32_t start, uint32_t count, const struct section *section, uint32_t *next)
{
    if (start != *next || start > section->count || count > section->count - start)
        return false;
    *next += count;
    return true;
}
