/* The configuration file: one table of options, its parser and its print-out.
 *
 * A file has lines `[section]` and `name = value`; a line that starts with # is a comment. At most
 * 64 KiB, 1,000 bytes a line, UTF-8. */
#ifndef PASSERELLE_CONFIG_CONFIG_H
#define PASSERELLE_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { CONFIG_TEXT_SIZE = 256 };

/* How strictly the store must keep what it acknowledged. */
enum config_durability { CONFIG_DURABILITY_ALWAYS, CONFIG_DURABILITY_EVERYSEC };

/* X(section, name, TYPE, low, high, default, choices, help)
 *
 * NUMBER: low and high bound the value. CHOICE: an index into choices, separated by |. The others
 * are texts of low to high bytes; with low 0, empty has the meaning the help gives:
 * NAME: letters, digits and . _ + - /; PATH: absolute; HOST: a numeric address or localhost;
 * ADDRESS: a path, or a loopback host:port; TEXT: anything printable without spaces. */
#define CONFIG_OPTIONS(X)                                                                          \
    X(daemon, runtime_directory, PATH, 1, 80, "/run/passerelle", NULL,                             \
      "Where the daemon's sockets are.")                                                           \
    X(daemon, state_directory, PATH, 1, 200, "/var/lib/passerelle", NULL,                          \
      "Where the key, the lock and the built referentials are.")                                   \
    X(daemon, key_file, PATH, 0, 250, "", NULL,                                                    \
      "The key that seals personal data. Empty: passerelle.key in the state directory.")           \
    X(daemon, log_level, CHOICE, 0, 4, "info", "error|warning|notice|info|debug",                  \
      "The least severe lines to log.")                                                            \
    X(daemon, day_zone, NAME, 1, 64, "Europe/Paris", NULL,                                         \
      "The time zone whose midnight changes the day.")                                             \
    X(daemon, intake_queue, NUMBER, 64, 100000, "4096", NULL,                                      \
      "Events accepted and not yet committed; past it, clients are told to try again.")            \
    X(daemon, client_queue, NUMBER, 16, 100000, "1000", NULL,                                      \
      "Messages that may wait for one client, each way.")                                          \
    X(daemon, nearest_per_second, NUMBER, 0, 10000, "50", NULL,                                    \
      "Error answers a second that may list the nearest names, which costs a search.")             \
    X(daemon, trusted_sources, TEXT, 0, 250, "", NULL,                                             \
      "Sources whose offers in free text need no confirmation, separated by commas.")              \
    X(daemon, metrics, ADDRESS, 0, 107, "", NULL,                                                  \
      "Where GET /metrics is answered: a socket's path or a loopback host:port. Empty: nowhere.")  \
    X(daemon, tcp_listen, TEXT, 0, 0, "", NULL,                                                    \
      "Must stay empty: TCP needs client keys, which are not available yet.")                      \
    X(store, socket, PATH, 0, 106, "/run/passerelle/redis.sock", NULL,                             \
      "The Unix socket of Redis. Empty: host and port.")                                           \
    X(store, host, HOST, 1, 64, "127.0.0.1", NULL,                                                 \
      "A numeric address or localhost. The link is not encrypted: keep it on a private network.")  \
    X(store, port, NUMBER, 1, 65535, "6379", NULL, "Its port.")                                    \
    X(store, user, TEXT, 0, 64, "", NULL, "Empty: the default user.")                              \
    X(store, password_file, PATH, 0, 250, "", NULL, "Holds the password, mode 0600. Empty: none.") \
    X(store, durability, CHOICE, 0, 1, "always", "always|everysec",                                \
      "always: acknowledged means on disk. everysec: a crash may lose a second.")                  \
    X(store, timeout_ms, NUMBER, 100, 60000, "5000", NULL,                                         \
      "A command without a reply for so long drops the connection.")                               \
    X(store, log_keep, NUMBER, 1000, 1000000000, "1000000", NULL,                                  \
      "Entries of the change log that are kept after every worker has read them.")                 \
    X(match, worker, NAME, 0, 32, "", NULL,                                                        \
      "The worker's name, unique. Empty: host name and process id.")                               \
    X(match, lease_ms, NUMBER, 1000, 600000, "10000", NULL,                                        \
      "A worker that is silent for so long loses its slots.")                                      \
    X(match, batch, NUMBER, 1, 10000, "500", NULL, "Changes taken in before lists are written.")   \
    X(referential, directory, PATH, 0, 250, "", NULL,                                              \
      "The built referentials. Empty: referential in the state directory.")

#define CONFIG_FIELD_TEXT char
#define CONFIG_FIELD_NAME char
#define CONFIG_FIELD_PATH char
#define CONFIG_FIELD_HOST char
#define CONFIG_FIELD_ADDRESS char
#define CONFIG_FIELD_NUMBER int64_t
#define CONFIG_FIELD_CHOICE int
#define CONFIG_SIZE_TEXT [CONFIG_TEXT_SIZE]
#define CONFIG_SIZE_NAME [CONFIG_TEXT_SIZE]
#define CONFIG_SIZE_PATH [CONFIG_TEXT_SIZE]
#define CONFIG_SIZE_HOST [CONFIG_TEXT_SIZE]
#define CONFIG_SIZE_ADDRESS [CONFIG_TEXT_SIZE]
#define CONFIG_SIZE_NUMBER
#define CONFIG_SIZE_CHOICE

/* config.store_timeout_ms, config.daemon_log_level (an enum log_level), and so on. */
struct config {
#define CONFIG_FIELD(section, name, type, low, high, value, choices, help)                         \
    CONFIG_FIELD_##type section##_##name CONFIG_SIZE_##type;
    CONFIG_OPTIONS(CONFIG_FIELD)
#undef CONFIG_FIELD
};

enum { CONFIG_ERRORS_MAX = 20, CONFIG_ERROR_SIZE = 400 };

/* Each text is file:line: message. */
struct config_errors {
    char text[CONFIG_ERRORS_MAX][CONFIG_ERROR_SIZE];
    unsigned count; /* kept */
    unsigned total; /* seen */
};

void config_defaults(struct config *config);
/* Defaults, overridden by the file. False when there is any error; config is then not to be used.
 * errors is cleared first. */
bool config_load(const char *path, struct config *config, struct config_errors *errors);
/* The same from memory; name stands for the file in messages. */
bool config_parse(const char *name, const char *text, size_t size, struct config *config,
                  struct config_errors *errors);
/* What config_load reads back as the same. Commented: with each option's help and bounds, and
 * values that are the defaults behind a #; of the defaults, that is config/passerelle.conf. */
void config_print(FILE *out, const struct config *config, bool commented);

/* The values that fall back on the state directory; out holds CONFIG_TEXT_SIZE bytes. */
void config_key_file(const struct config *config, char *out);
void config_referential_directory(const struct config *config, char *out);

#endif
