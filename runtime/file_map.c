#include "file_map.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Closes without losing errno. */
static void close_quietly(int fd)
{
    int saved = errno;
    if (fd >= 0)
        close(fd);
    errno = saved;
}

/* A regular file of at most max bytes, open for reading; -1 with errno. */
static int open_bounded(const char *path, size_t max, struct stat *status)
{
    /* O_NONBLOCK: a FIFO in its place must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return -1;
    if (fstat(fd, status) == 0) {
        if (!S_ISREG(status->st_mode))
            errno = S_ISDIR(status->st_mode) ? EISDIR : EINVAL;
        else if ((uintmax_t)status->st_size > max)
            errno = EFBIG;
        else
            return fd;
    }
    close_quietly(fd);
    return -1;
}

bool file_map_open(struct file_map *map, const char *path, size_t max)
{
    struct stat status;
    *map = (struct file_map){0};
    int fd = open_bounded(path, max, &status);
    if (fd < 0)
        return false;
    bool mapped = true;
    if (status.st_size > 0) {
        void *data = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        mapped = data != MAP_FAILED;
        if (mapped)
            *map = (struct file_map){.data = data, .size = (size_t)status.st_size};
    }
    close_quietly(fd);
    return mapped;
}

void file_map_close(struct file_map *map)
{
    if (map->data)
        munmap((void *)(uintptr_t)map->data, map->size);
    *map = (struct file_map){0};
}

/* Reads to the end of the file, or until size bytes; -1 with errno. */
static ssize_t read_fully(int fd, char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(fd, data + done, size - done);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            done += (size_t)got;
    }
    return (ssize_t)done;
}

static char *read_opened(int fd, const struct stat *status, size_t *size)
{
    size_t room = (size_t)status->st_size;
    char *data = malloc(room + 1);
    ssize_t got = data ? read_fully(fd, data, room) : -1;
    if (got < 0) {
        free(data);
        return NULL;
    }
    data[got] = '\0';
    *size = (size_t)got;
    return data;
}

char *file_read_bounded(const char *path, size_t max, size_t *size)
{
    struct stat status;
    int fd = open_bounded(path, max, &status);
    if (fd < 0)
        return NULL;
    char *data = read_opened(fd, &status, size);
    close_quietly(fd);
    return data;
}

char *file_read_secret(const char *path, size_t max, size_t *size)
{
    struct stat status;
    int fd = open_bounded(path, max, &status);
    if (fd < 0)
        return NULL;
    char *data = NULL;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0 ||
        (status.st_uid != geteuid() && status.st_uid != 0))
        errno = EPERM;
    else
        data = read_opened(fd, &status, size);
    close_quietly(fd);
    return data;
}

static bool write_fully(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            data += done;
            size -= (size_t)done;
        }
    }
    return true;
}

static bool directory_sync(const char *path)
{
    char copy[PATH_MAX];
    if ((size_t)snprintf(copy, sizeof copy, "%s", path) >= sizeof copy) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool synced = fsync(fd) == 0;
    close_quietly(fd);
    return synced;
}

/* flags: of renameat2. */
static bool write_and_rename(const char *path, const void *data, size_t size, mode_t mode,
                             unsigned flags)
{
    char temporary[PATH_MAX];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= sizeof temporary) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return false;
    bool written = fchmod(fd, mode) == 0 && write_fully(fd, data, size) && fsync(fd) == 0;
    close_quietly(fd);
    if (written && renameat2(AT_FDCWD, temporary, AT_FDCWD, path, flags) == 0)
        return directory_sync(path);
    int saved = errno;
    unlink(temporary);
    errno = saved;
    return false;
}

bool file_write_atomic(const char *path, const void *data, size_t size, mode_t mode)
{
    return write_and_rename(path, data, size, mode, 0);
}

bool file_create(const char *path, const void *data, size_t size, mode_t mode)
{
    return write_and_rename(path, data, size, mode, RENAME_NOREPLACE);
}

static pid_t lock_holder(int fd)
{
    char text[24];
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    if (got <= 0)
        return 0;
    text[got] = '\0';
    long pid = strtol(text, NULL, 10);
    return pid > 0 && pid <= INT_MAX ? (pid_t)pid : 0;
}

int file_lock(const char *path, pid_t *holder)
{
    *holder = 0;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            *holder = lock_holder(fd);
            errno = EWOULDBLOCK;
        }
        close_quietly(fd);
        return -1;
    }
    char text[24];
    int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)length, 0) != length) {
        close_quietly(fd);
        return -1;
    }
    return fd;
}
