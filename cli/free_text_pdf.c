/* PDFs, by the program pdftotext: what it reads comes from outside, so it has a process of its own,
 * with little time and memory. */
#include "free_text.h"

#include "../proto/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGES_MAX = 20, SECONDS_MAX = 20, MEMORY_MAX = 1024 * 1024 * 1024, NOT_THERE = 127 };

static void limit(int resource, rlim_t value)
{
    const struct rlimit both = {value, value};
    setrlimit(resource, &both);
}

/* In the child; does not return. */
static void program_run(const char *path, int out)
{
    char own[4096];
    /* a name that begins with a dash is no option */
    snprintf(own, sizeof own, "%s%s", *path == '/' ? "" : "./", path);
    limit(RLIMIT_CPU, SECONDS_MAX);
    limit(RLIMIT_AS, MEMORY_MAX);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    alarm(2 * SECONDS_MAX);
    dup2(out, STDOUT_FILENO);
    execlp("pdftotext", "pdftotext", "-q", "-enc", "UTF-8", "-l", "20", own, "-", (char *)NULL);
    _exit(NOT_THERE);
}
_Static_assert(PAGES_MAX == 20, "as the argument of -l says");

/* Reads what the child writes; the rest is not waited for. */
static size_t output_read(int in, char *data, size_t size)
{
    size_t used = 0;
    ssize_t got;
    while (used < size &&
           ((got = read(in, data + used, size - used)) > 0 || (got < 0 && errno == EINTR)))
        used += got > 0 ? (size_t)got : 0;
    return used;
}

enum text_id free_text_read_pdf(const char *path, struct arena *arena, struct free_text *text)
{
    int ends[2], status = 0;
    char *data = arena_alloc(arena, FREE_TEXT_MAX + 1);
    if (!data)
        return TEXT_NO_MEMORY;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return TEXT_FREE_NO_PDF_PROGRAM;
    pid_t child = fork();
    if (child == 0)
        program_run(path, ends[1]);
    close(ends[1]);
    size_t size = child > 0 ? output_read(ends[0], data, FREE_TEXT_MAX) : 0;
    close(ends[0]);
    bool whole = size == FREE_TEXT_MAX; /* as much as is read */
    if (child > 0 && whole)
        kill(child, SIGKILL);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE))
        return TEXT_FREE_NO_PDF_PROGRAM;
    if (!whole && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        return TEXT_FREE_NOT_PDF;
    while (size && whole && (data[size - 1] & 0x80))
        size--;
    for (size_t i = 0; i < size; i++)
        if (data[i] == '\f')
            data[i] = '\n'; /* between pages */
    if (!text_is_valid(data, size))
        return TEXT_FREE_NOT_PDF;
    text->body = (struct text){data, (uint32_t)size};
    return TEXT_NONE;
}
