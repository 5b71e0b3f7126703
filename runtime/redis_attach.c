#include "redis_attach.h"

#include <stdlib.h>
#include <sys/ioctl.h>

struct attachment {
    redisAsyncContext *context;
    redis_attach_fn *before_read;
    struct event *reading;
    struct event *writing;
};

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
    free(attachment);
}

bool redis_attach(struct event_base *base, redisAsyncContext *context, redis_attach_fn *before_read)
{
    struct attachment *attachment = calloc(1, sizeof *attachment);
    if (!attachment)
        return false;
    attachment->context = context;
    attachment->before_read = before_read;
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
