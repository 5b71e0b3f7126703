/* Files, bounded: read, mapped, replaced in one step, locked. */
#ifndef PASSERELLE_RUNTIME_FILE_MAP_H
#define PASSERELLE_RUNTIME_FILE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct file_map {
    const void *data; /* NULL when empty */
    size_t size;
};

/* Maps a regular file of at most max bytes read-only. False with errno set; EFBIG: too large. */
bool file_map_open(struct file_map *map, const char *path, size_t max);
void file_map_close(struct file_map *map); /* may be called twice, or on a zeroed one */

/* The content of a regular file of at most max bytes, with a NUL behind; free() it. NULL with
 * errno set; EFBIG: too large. */
char *file_read_bounded(const char *path, size_t max, size_t *size);
/* The same for a secret: EPERM when group or others could read it, or it is neither ours nor
 * root's. */
char *file_read_secret(const char *path, size_t max, size_t *size);

/* Replaces path in one step, on disk when it returns: all of it or nothing. False with errno. */
bool file_write_atomic(const char *path, const void *data, size_t size, mode_t mode);
/* The same, but never replaces: EEXIST. */
bool file_create(const char *path, const void *data, size_t size, mode_t mode);

/* Takes path (created when absent) for this process alone until it ends or closes the descriptor
 * returned. -1 with errno set; EWOULDBLOCK: taken, by *holder (0 when unknown). */
int file_lock(const char *path, pid_t *holder);

#endif
