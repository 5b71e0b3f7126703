/* An HTTP answerer for one page. Not evhttp: that one can neither cap its connections nor hold a
 * request as a whole to a deadline. */
#include "metrics.h"

#include "log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <event2/util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { CLIENTS_MAX = 16, DEADLINE_S = 5, HEAD_MAX = 4096 };

static const struct timeval accept_pause = {1, 0};

struct client {
    LIST_ENTRY(client) link;
    struct metrics_server *server;
    struct bufferevent *stream;
    struct event *deadline;
    bool answered;
};

struct metrics_server {
    struct event_base *base;
    const struct metrics *metrics;
    struct evconnlistener *listener;
    struct event *listen_again;
    char path[sizeof((struct sockaddr_un *)0)->sun_path]; /* "" for TCP */
    LIST_HEAD(, client) clients;
    int count;
};

static void client_free(struct client *client)
{
    LIST_REMOVE(client, link);
    /* The cap stops the listener, so that further connections wait in the kernel. */
    if (client->server->count-- == CLIENTS_MAX)
        evconnlistener_enable(client->server->listener);
    if (client->deadline)
        event_free(client->deadline);
    if (client->stream)
        bufferevent_free(client->stream);
    free(client);
}

static void answer(struct client *client, const char *status, struct evbuffer *body)
{
    struct evbuffer *out = bufferevent_get_output(client->stream);
    evbuffer_add_printf(out,
                        "HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                        "Content-Length: %zu\r\nConnection: close\r\n\r\n",
                        status, body ? evbuffer_get_length(body) : 0);
    if (body)
        evbuffer_add_buffer(out, body);
    client->answered = true;
    bufferevent_disable(client->stream, EV_READ);
}

static void answer_page(struct client *client)
{
    struct evbuffer *page = evbuffer_new();
    if (page && metrics_render(client->server->metrics, page))
        answer(client, "200 OK", page);
    else
        answer(client, "500 Internal Server Error", NULL);
    if (page)
        evbuffer_free(page);
}

/* The request line, once the whole head has come; the rest of the head is of no interest. */
static void on_head(struct client *client, const char *head)
{
    static const char method[] = "GET ", target[] = "/metrics";
    const char *path = head + sizeof method - 1;
    if (strncmp(head, method, sizeof method - 1) != 0)
        answer(client, "405 Method Not Allowed", NULL);
    else if (strncmp(path, target, sizeof target - 1) != 0 ||
             (path[sizeof target - 1] != ' ' && path[sizeof target - 1] != '?'))
        answer(client, "404 Not Found", NULL);
    else
        answer_page(client);
}

static void on_read(struct bufferevent *stream, void *arg)
{
    struct client *client = arg;
    struct evbuffer *in = bufferevent_get_input(stream);
    size_t size = evbuffer_get_length(in);
    struct evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, NULL);
    if (client->answered)
        return;
    if (end.pos < 0) {
        if (size >= HEAD_MAX)
            answer(client, "431 Request Header Fields Too Large", NULL);
        return;
    }
    char head[HEAD_MAX + 1];
    ev_ssize_t got = evbuffer_remove(in, head, HEAD_MAX);
    head[got > 0 ? got : 0] = '\0';
    on_head(client, head);
}

/* Called when everything has been written. */
static void on_write(struct bufferevent *stream, void *arg)
{
    struct client *client = arg;
    if (client->answered && evbuffer_get_length(bufferevent_get_output(stream)) == 0)
        client_free(client);
}

static void on_event(struct bufferevent *stream, short what, void *arg)
{
    (void)stream;
    (void)what;
    client_free(arg);
}

static void on_deadline(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    client_free(arg);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address,
                      int length, void *arg)
{
    (void)address;
    (void)length;
    static const struct timeval deadline = {DEADLINE_S, 0};
    struct metrics_server *server = arg;
    struct client *client = calloc(1, sizeof *client);
    if (!client) {
        evutil_closesocket(fd);
        return;
    }
    client->server = server;
    LIST_INSERT_HEAD(&server->clients, client, link);
    if (++server->count == CLIENTS_MAX)
        evconnlistener_disable(listener);
    client->deadline = evtimer_new(server->base, on_deadline, client);
    client->stream = bufferevent_socket_new(server->base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (!client->stream)
        evutil_closesocket(fd);
    if (!client->stream || !client->deadline || evtimer_add(client->deadline, &deadline) != 0) {
        client_free(client);
        return;
    }
    bufferevent_setcb(client->stream, on_read, on_write, on_event, client);
    bufferevent_setwatermark(client->stream, EV_READ, 0, HEAD_MAX);
    bufferevent_enable(client->stream, EV_READ | EV_WRITE);
}

/* An accept that fails for want of descriptors would fail again at once. */
static void on_accept_error(struct evconnlistener *listener, void *arg)
{
    struct metrics_server *server = arg;
    log_warning("metrics.accept_failed", LOG_TEXT("reason", strerror(errno)));
    evconnlistener_disable(listener);
    evtimer_add(server->listen_again, &accept_pause);
}

static void on_listen_again(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    struct metrics_server *server = arg;
    if (server->count < CLIENTS_MAX)
        evconnlistener_enable(server->listener);
}

union address {
    struct sockaddr any;
    struct sockaddr_un local;
    struct sockaddr_in inet;
};

/* Whether somebody listens there; a socket file that nobody serves may be replaced. */
static bool is_served(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return true;
    bool refused = connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
                   (errno == ECONNREFUSED || errno == ENOENT);
    close(fd);
    return !refused;
}

static bool prepare_local(const char *path, union address *address, const char **reason)
{
    struct stat status;
    *address = (union address){.local.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->local.sun_path) {
        *reason = "the path is too long for a socket";
        return false;
    }
    snprintf(address->local.sun_path, sizeof address->local.sun_path, "%s", path);
    if (lstat(path, &status) != 0)
        return true;
    if (!S_ISSOCK(status.st_mode) || is_served(&address->local)) {
        *reason = "the path is taken";
        return false;
    }
    unlink(path);
    return true;
}

static bool prepare_inet(const char *text, union address *address, const char **reason)
{
    int length = sizeof *address;
    char loopback[32];
    if (strncmp(text, "localhost:", 10) == 0) {
        snprintf(loopback, sizeof loopback, "127.0.0.1:%s", text + 10);
        text = loopback;
    }
    *address = (union address){.any.sa_family = AF_UNSPEC};
    if (evutil_parse_sockaddr_port(text, &address->any, &length) != 0 ||
        address->any.sa_family != AF_INET || address->inet.sin_port == 0 ||
        (ntohl(address->inet.sin_addr.s_addr) >> 24) != 127) {
        *reason = "neither a socket's path nor a loopback host:port";
        return false;
    }
    return true;
}

static bool server_listen(struct metrics_server *server, const char *text, const char **reason)
{
    union address address;
    bool local = text[0] == '/';
    if (!(local ? prepare_local(text, &address, reason) : prepare_inet(text, &address, reason)))
        return false;
    int length = local ? (int)sizeof address.local : (int)sizeof address.inet;
    /* The mode comes from the umask: chmod afterwards would leave a moment of 0777. */
    mode_t mask = umask(0117);
    server->listener = evconnlistener_new_bind(server->base, on_accept, server,
                                               LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC |
                                                   (local ? 0 : LEV_OPT_REUSEABLE),
                                               CLIENTS_MAX, &address.any, length);
    umask(mask);
    if (!server->listener) {
        *reason = "cannot listen there";
        return false;
    }
    evconnlistener_set_error_cb(server->listener, on_accept_error);
    if (local)
        snprintf(server->path, sizeof server->path, "%s", text);
    return true;
}

struct metrics_server *metrics_server_create(struct event_base *base, const char *address,
                                             const struct metrics *metrics, const char **reason)
{
    struct metrics_server *server = calloc(1, sizeof *server);
    if (!server) {
        *reason = "out of memory";
        return NULL;
    }
    server->base = base;
    server->metrics = metrics;
    LIST_INIT(&server->clients);
    server->listen_again = evtimer_new(base, on_listen_again, server);
    *reason = "out of memory";
    if (!server->listen_again || !server_listen(server, address, reason)) {
        metrics_server_free(server);
        return NULL;
    }
    return server;
}

void metrics_server_free(struct metrics_server *server)
{
    if (!server)
        return;
    struct client *client = LIST_FIRST(&server->clients);
    while (client) {
        struct client *next = LIST_NEXT(client, link);
        client_free(client);
        client = next;
    }
    if (server->listen_again)
        event_free(server->listen_again);
    if (server->listener)
        evconnlistener_free(server->listener);
    if (server->path[0] != '\0')
        unlink(server->path);
    free(server);
}
