#include "runtime_support.h"

#include "runtime/seal.h"

#include <errno.h>
#include <sys/stat.h>

static const struct seal_scope learners = {.territory = "aura", .kind = "learner"};

struct keys {
    struct scene scene;
    char path[PATH_MAX];
    struct seal_key *key;
};

static void keys_open(struct keys *keys)
{
    const char *reason = NULL;
    scene_open(&keys->scene);
    scene_path(&keys->scene, "passerelle.key", keys->path);
    assert_true(seal_key_create(keys->path, &reason));
    keys->key = seal_key_load(keys->path, &reason);
    assert_non_null(keys->key);
}

static void keys_close(struct keys *keys)
{
    seal_key_free(keys->key);
    scene_close(&keys->scene);
}

static void key_files(void **state)
{
    (void)state;
    struct keys keys;
    struct stat status;
    const char *reason = NULL;
    keys_open(&keys);
    assert_int_equal(stat(keys.path, &status), 0);
    assert_int_equal(status.st_size, 32);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_false(seal_key_create(keys.path, &reason));
    assert_int_equal(errno, EEXIST);
    static const mode_t open_modes[] = {0640, 0604, 0620, 0601};
    for (size_t i = 0; i < 4; i++) {
        chmod(keys.path, open_modes[i]);
        assert_null(seal_key_load(keys.path, &reason));
        assert_non_null(strstr(reason, "closed to group and others"));
    }
    chmod(keys.path, 0600);
    assert_int_equal(truncate(keys.path, 31), 0);
    assert_null(seal_key_load(keys.path, &reason));
    assert_non_null(strstr(reason, "32 bytes"));
    assert_int_equal(truncate(keys.path, 33), 0);
    assert_null(seal_key_load(keys.path, &reason));
    assert_non_null(strstr(reason, "32 bytes"));
    unlink(keys.path);
    assert_null(seal_key_load(keys.path, &reason));
    assert_string_equal(reason, "there is no key file");
    keys_close(&keys);
}

static void boxes_open_where_they_belong(void **state)
{
    (void)state;
    struct keys keys, others;
    static const char plain[] = "Camille Martin, 0612345678";
    uint8_t box[sizeof plain + SEAL_OVERHEAD], again[sizeof box], opened[sizeof plain];
    keys_open(&keys);
    keys_open(&others);
    seal_box(keys.key, &learners, plain, sizeof plain, box);
    seal_box(keys.key, &learners, plain, sizeof plain, again);
    assert_memory_not_equal(box, again, sizeof box); /* a nonce each */
    assert_true(seal_open(keys.key, &learners, box, sizeof box, opened));
    assert_memory_equal(opened, plain, sizeof plain);
    const struct seal_scope elsewhere[] = {{"auralearner", ""},
                                           {"aura", "learner.statistics"},
                                           {"bretagne", "learner"},
                                           {"aur", "alearner"}};
    for (size_t i = 0; i < 4; i++)
        assert_false(seal_open(keys.key, &elsewhere[i], box, sizeof box, opened));
    assert_false(seal_open(others.key, &learners, box, sizeof box, opened));
    keys_close(&keys);
    keys_close(&others);
}

static void altered_and_short_boxes_stay_shut(void **state)
{
    (void)state;
    struct keys keys;
    static const char plain[] = "secret";
    uint8_t box[sizeof plain + SEAL_OVERHEAD], opened[sizeof plain];
    keys_open(&keys);
    seal_box(keys.key, &learners, plain, sizeof plain, box);
    for (size_t i = 0; i < sizeof box; i++) {
        box[i] ^= 1;
        assert_false(seal_open(keys.key, &learners, box, sizeof box, opened));
        box[i] ^= 1;
    }
    for (size_t size = 0; size < sizeof box; size++)
        assert_false(seal_open(keys.key, &learners, box, size, opened));
    assert_true(seal_open(keys.key, &learners, box, sizeof box, opened));
    uint8_t empty[SEAL_OVERHEAD];
    seal_box(keys.key, &learners, "", 0, empty);
    assert_true(seal_open(keys.key, &learners, empty, sizeof empty, opened));
    keys_close(&keys);
}

static void prints_and_look_ups(void **state)
{
    (void)state;
    struct keys keys, others;
    uint8_t one[SEAL_PRINT_SIZE], two[SEAL_PRINT_SIZE];
    const char *reason = NULL;
    keys_open(&keys);
    keys_open(&others);
    seal_print(keys.key, "abc", 3, one);
    struct seal_key *reloaded = seal_key_load(keys.path, &reason);
    seal_print(reloaded, "abc", 3, two);
    assert_memory_equal(one, two, sizeof one);
    seal_print(others.key, "abc", 3, two);
    assert_memory_not_equal(one, two, sizeof one);
    seal_find(keys.key, "portal", "12", one);
    seal_find(reloaded, "portal", "12", two);
    assert_memory_equal(one, two, sizeof one);
    seal_find(keys.key, "portal1", "2", two);
    assert_memory_not_equal(one, two, sizeof one);
    seal_print(keys.key, "portal\00012", 9, two); /* another sub-key */
    assert_memory_not_equal(one, two, sizeof one);
    seal_key_free(reloaded);
    seal_key_free(NULL);
    keys_close(&keys);
    keys_close(&others);
}

/* The format must never drift: what a store holds has to open for years. */
static void formats_are_fixed(void **state)
{
    (void)state;
    struct scene scene;
    char path[PATH_MAX];
    const char *reason = NULL;
    uint8_t master[32], print[SEAL_PRINT_SIZE], find[SEAL_PRINT_SIZE], opened[8];
    scene_open(&scene);
    scene_path(&scene, "fixed.key", path);
    for (int i = 0; i < 32; i++)
        master[i] = (uint8_t)i;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, master, sizeof master), sizeof master);
    close(fd);
    struct seal_key *key = seal_key_load(path, &reason);
    assert_non_null(key);
    seal_print(key, "abc", 3, print);
    seal_find(key, "portal", "12", find);
    static const uint8_t expected_print[] = {0x77, 0x75, 0xec, 0x6c, 0xf3, 0x0d, 0xa8, 0xb9,
                                             0x52, 0x16, 0xeb, 0x9b, 0xdc, 0x6b, 0x6f, 0x80};
    static const uint8_t expected_find[] = {0x29, 0xf6, 0xb1, 0x87, 0x6b, 0x5d, 0xba, 0x05,
                                            0xde, 0xca, 0x85, 0xa4, 0xee, 0x1e, 0xa7, 0xc3};
    static const uint8_t box[] = {0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
                                  0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77,
                                  0x78, 0x79, 0x7a, 0x7b, 0xcc, 0x72, 0xed, 0x64, 0x1d, 0x51,
                                  0xc0, 0x37, 0xec, 0xf3, 0xe4, 0xe2, 0xd9, 0x88, 0x88, 0xa7,
                                  0x3a, 0xbb, 0xc6, 0xc2, 0x5a, 0x5f};
    assert_memory_equal(print, expected_print, sizeof print);
    assert_memory_equal(find, expected_find, sizeof find);
    assert_true(seal_open(key, &learners, box, sizeof box, opened));
    assert_memory_equal(opened, "secret", 6);
    seal_key_free(key);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_files),
        cmocka_unit_test(boxes_open_where_they_belong),
        cmocka_unit_test(altered_and_short_boxes_stay_shut),
        cmocka_unit_test(prints_and_look_ups),
        cmocka_unit_test(formats_are_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
