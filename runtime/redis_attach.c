#include "redis_attach.h"

#include <stdlib.h>
#include <sys/ioctl.h>

/* An announced array takes its memory before its elements come. */
enum { ELEMENTS_MAX = 4 * 1024 * 1024 };

struct attachment {
    redisAsyncContext *context;
    redisReplyObjectFunctions *hiredis; /* how it makes replies */
    redisReplyObjectFunctions bounded;  /* the same, but for arrays */
    redis_attach_fn *before_read;
    struct event *reading;
    struct event *writing;
};

static void *create_array(const redisReadTask *task, int count)
{
    const struct attachment *attachment = task->privdata;
    return count <= ELEMENTS_MAX ? attachment->hiredis->createArray(task, count) : NULL;
}

static void on_reading(evutil_socket_t fd, short what, void *arg)
{
    (void)what;
    struct attachment *attachment = arg;
    int waiting = 0;
    if (ioctl(fd, FIONREAD, &waiting) != 0 || waiting < 0)
        waiting = 0;
    if (attachment->before_read(attachment->context, (size_t)waiting))
        redisAsyncHandleRead(attachment->context); /* may free both */
}

static void on_writing(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    const struct attachment *attachment = arg;
    redisAsyncHandleWrite(attachment->context); /* may free both */
}

static void add_read(void *arg)
{
    event_add(((struct attachment *)arg)->reading, NULL);
}

static void del_read(void *arg)
{
    event_del(((struct attachment *)arg)->reading);
}

static void add_write(void *arg)
{
    event_add(((struct attachment *)arg)->writing, NULL);
}

static void del_write(void *arg)
{
    event_del(((struct attachment *)arg)->writing);
}

static void cleanup(void *arg)
{
    struct attachment *attachment = arg;
    if (attachment->reading)
        event_free(attachment->reading);
    if (attachment->writing)
        event_free(attachment->writing);
    attachment->context->c.reader->fn = attachment->hiredis;
    free(attachment);
}

bool redis_attach(struct event_base *base, redisAsyncContext *context, redis_attach_fn *before_read)
{
    struct attachment *attachment = calloc(1, sizeof *attachment);
    if (!attachment)
        return false;
    attachment->context = context;
    attachment->before_read = before_read;
    redisReader *reader = context->c.reader;
    attachment->hiredis = reader->fn;
    attachment->bounded = *reader->fn;
    attachment->bounded.createArray = create_array;
    reader->fn = &attachment->bounded;
    reader->privdata = attachment;
    /* Persistent, so that asking again for what is already watched costs no system call. */
    attachment->reading =
        event_new(base, context->c.fd, EV_READ | EV_PERSIST, on_reading, attachment);
    attachment->writing =
        event_new(base, context->c.fd, EV_WRITE | EV_PERSIST, on_writing, attachment);
    if (!attachment->reading || !attachment->writing) {
        cleanup(attachment);
        return false;
    }
    context->ev.data = attachment;
    context->ev.addRead = add_read;
    context->ev.delRead = del_read;
    context->ev.addWrite = add_write;
    context->ev.delWrite = del_write;
    context->ev.cleanup = cleanup;
    return true;
}
