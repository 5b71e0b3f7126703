#include "seal.h"

#include "file_map.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 32 };

_Static_assert(SEAL_OVERHEAD == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                    crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "a box is nonce, content, tag");
_Static_assert(KEY_SIZE == crypto_kdf_KEYBYTES, "the file holds a key to derive from");
_Static_assert(KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "sub-keys have one size");

struct seal_key {
    uint8_t seal[KEY_SIZE];
    uint8_t print[KEY_SIZE];
    uint8_t find[KEY_SIZE];
};

bool seal_key_create(const char *path, const char **reason)
{
    uint8_t key[KEY_SIZE];
    if (sodium_init() < 0) {
        *reason = "no source of randomness";
        return false;
    }
    randombytes_buf(key, sizeof key);
    bool created = file_create(path, key, sizeof key, 0600);
    if (!created)
        *reason = errno == EEXIST ? "the key file exists already" : "cannot write the key file";
    sodium_memzero(key, sizeof key);
    return created;
}

static struct seal_key *key_derive(const uint8_t *master)
{
    struct seal_key *key = sodium_malloc(sizeof *key);
    if (!key)
        return NULL;
    crypto_kdf_derive_from_key(key->seal, KEY_SIZE, 1, "seal    ", master);
    crypto_kdf_derive_from_key(key->print, KEY_SIZE, 1, "print   ", master);
    crypto_kdf_derive_from_key(key->find, KEY_SIZE, 1, "find    ", master);
    sodium_mprotect_readonly(key);
    return key;
}

struct seal_key *seal_key_load(const char *path, const char **reason)
{
    if (sodium_init() < 0) {
        *reason = "no source of randomness";
        return NULL;
    }
    size_t size = 0;
    char *master = file_read_secret(path, KEY_SIZE, &size);
    if (!master) {
        *reason = errno == EPERM
                      ? "the key file must be ours (or root's), and closed to group and others"
                  : errno == EFBIG  ? "the key file is not 32 bytes long"
                  : errno == ENOENT ? "there is no key file"
                                    : "cannot read the key file";
        return NULL;
    }
    struct seal_key *key = NULL;
    if (size != KEY_SIZE)
        *reason = "the key file is not 32 bytes long";
    else if (!(key = key_derive((const uint8_t *)master)))
        *reason = "no memory that can be locked";
    sodium_memzero(master, size);
    free(master);
    return key;
}

void seal_key_free(struct seal_key *key)
{
    sodium_free(key); /* wipes */
}

/* What is authenticated along with the content: territory, NUL, kind, as a hash of fixed size. */
static void scope_hash(const struct seal_scope *scope, uint8_t out[32])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, (const uint8_t *)scope->territory,
                              strlen(scope->territory) + 1);
    crypto_generichash_update(&state, (const uint8_t *)scope->kind, strlen(scope->kind));
    crypto_generichash_final(&state, out, 32);
}

void seal_box(const struct seal_key *key, const struct seal_scope *scope, const void *plain,
              size_t size, uint8_t *out)
{
    uint8_t associated[32];
    scope_hash(scope, associated);
    uint8_t *nonce = out;
    uint8_t *sealed = out + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL, plain, size, associated,
                                               sizeof associated, NULL, nonce, key->seal);
}

bool seal_open(const struct seal_key *key, const struct seal_scope *scope, const void *box,
               size_t box_size, uint8_t *out)
{
    if (box_size < SEAL_OVERHEAD)
        return false;
    uint8_t associated[32];
    scope_hash(scope, associated);
    const uint8_t *nonce = box;
    const uint8_t *sealed = nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               out, NULL, NULL, sealed, box_size - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
               associated, sizeof associated, nonce, key->seal) == 0;
}

void seal_print(const struct seal_key *key, const void *data, size_t size,
                uint8_t out[SEAL_PRINT_SIZE])
{
    crypto_generichash(out, SEAL_PRINT_SIZE, data, size, key->print, KEY_SIZE);
}

void seal_find(const struct seal_key *key, const char *first, const char *second,
               uint8_t out[SEAL_PRINT_SIZE])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->find, KEY_SIZE, SEAL_PRINT_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)first, strlen(first) + 1);
    crypto_generichash_update(&state, (const uint8_t *)second, strlen(second));
    crypto_generichash_final(&state, out, SEAL_PRINT_SIZE);
}
