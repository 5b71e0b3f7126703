#include "runtime_support.h"

#include "runtime/file_map.h"

#include <errno.h>
#include <sys/stat.h>

static void read_and_map_bounded(void **state)
{
    (void)state;
    struct scene scene;
    struct file_map map;
    char path[PATH_MAX];
    size_t size = 0;
    scene_open(&scene);
    scene_path(&scene, "file", path);
    assert_true(file_write_atomic(path, "0123456789", 10, 0644));
    char *text = file_read_bounded(path, 10, &size);
    assert_int_equal(size, 10);
    assert_string_equal(text, "0123456789");
    free(text);
    assert_null(file_read_bounded(path, 9, &size));
    assert_int_equal(errno, EFBIG);
    assert_true(file_map_open(&map, path, 10));
    assert_int_equal(map.size, 10);
    assert_memory_equal(map.data, "0123456789", 10);
    file_map_close(&map);
    file_map_close(&map);
    assert_false(file_map_open(&map, path, 9));
    assert_int_equal(errno, EFBIG);
    assert_null(map.data);
    assert_true(file_write_atomic(path, "", 0, 0644));
    assert_true(file_map_open(&map, path, 10));
    assert_null(map.data);
    assert_int_equal(map.size, 0);
    scene_close(&scene);
}

static void only_regular_files(void **state)
{
    (void)state;
    struct scene scene;
    struct file_map map;
    char path[PATH_MAX];
    size_t size = 0;
    scene_open(&scene);
    assert_null(file_read_bounded(scene.directory, 100, &size));
    assert_int_equal(errno, EISDIR);
    scene_path(&scene, "fifo", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(file_read_bounded(path, 100, &size)); /* and does not wait for a writer */
    assert_int_equal(errno, EINVAL);
    assert_false(file_map_open(&map, path, 100));
    scene_path(&scene, "absent", path);
    assert_null(file_read_bounded(path, 100, &size));
    assert_int_equal(errno, ENOENT);
    scene_close(&scene);
}

static void secrets_are_private(void **state)
{
    (void)state;
    struct scene scene;
    char path[PATH_MAX];
    size_t size = 0;
    scene_open(&scene);
    scene_path(&scene, "secret", path);
    assert_true(file_write_atomic(path, "word", 4, 0600));
    char *text = file_read_secret(path, 100, &size);
    assert_string_equal(text, "word");
    free(text);
    chmod(path, 0640);
    assert_null(file_read_secret(path, 100, &size));
    assert_int_equal(errno, EPERM);
    scene_close(&scene);
}

static int files_in(const char *directory)
{
    int count = 0;
    DIR *opened = opendir(directory);
    const struct dirent *entry;
    while ((entry = readdir(opened)))
        count += entry->d_name[0] != '.';
    closedir(opened);
    return count;
}

static void writes_replace_or_create(void **state)
{
    (void)state;
    struct scene scene;
    struct stat status;
    char path[PATH_MAX];
    size_t size = 0;
    scene_open(&scene);
    scene_path(&scene, "file", path);
    assert_true(file_create(path, "first", 5, 0640));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_false(file_create(path, "second", 6, 0640));
    assert_int_equal(errno, EEXIST);
    char *text = file_read_bounded(path, 100, &size);
    assert_string_equal(text, "first");
    free(text);
    assert_true(file_write_atomic(path, "third", 5, 0600));
    text = file_read_bounded(path, 100, &size);
    assert_string_equal(text, "third");
    free(text);
    assert_int_equal(files_in(scene.directory), 1); /* no temporary is left */
    scene_path(&scene, "absent/file", path);
    assert_false(file_write_atomic(path, "x", 1, 0600));
    assert_int_equal(errno, ENOENT);
    scene_close(&scene);
}

static void one_holder_of_a_lock(void **state)
{
    (void)state;
    struct scene scene;
    char path[PATH_MAX];
    pid_t holder = 0;
    scene_open(&scene);
    scene_path(&scene, "lock", path);
    int fd = file_lock(path, &holder);
    assert_true(fd >= 0);
    assert_int_equal(file_lock(path, &holder), -1); /* another open file counts as another holder */
    assert_int_equal(errno, EWOULDBLOCK);
    assert_int_equal(holder, getpid());
    close(fd);
    fd = file_lock(path, &holder);
    assert_true(fd >= 0);
    close(fd);
    scene_path(&scene, "absent/lock", path);
    assert_int_equal(file_lock(path, &holder), -1);
    assert_int_equal(errno, ENOENT);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_and_map_bounded), cmocka_unit_test(only_regular_files),
        cmocka_unit_test(secrets_are_private),  cmocka_unit_test(writes_replace_or_create),
        cmocka_unit_test(one_holder_of_a_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
