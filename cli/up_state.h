/* The directory of an embedded state: what is made in it on the first start, and where all is. */
#ifndef PASSERELLE_CLI_UP_STATE_H
#define PASSERELLE_CLI_UP_STATE_H

#include <stdbool.h>
#include <stdio.h>

enum { UP_PATH_SIZE = 512 };

struct up_state {
    char root[UP_PATH_SIZE]; /* absolute */
    char run[UP_PATH_SIZE], log[UP_PATH_SIZE], redis[UP_PATH_SIZE], referential[UP_PATH_SIZE];
    char redis_conf[UP_PATH_SIZE], acl[UP_PATH_SIZE], key[UP_PATH_SIZE];
    char daemon_conf[UP_PATH_SIZE], match_conf[UP_PATH_SIZE];
    char lock[UP_PATH_SIZE], loaded[UP_PATH_SIZE]; /* loaded: exists once the first load is done */
};

/* Works the paths out; false with errno (ENAMETOOLONG when sockets would not fit). */
bool up_state_locate(struct up_state *state, const char *directory);
/* The directory itself, so that its lock can be taken. False with errno. */
bool up_state_create(const struct up_state *state);
/* Everything missing in it: directories, key, passwords, configurations. What is there is left
 * alone, but for the files that follow from the others. False with errno and *culprit. */
bool up_state_prepare(const struct up_state *state, const char **culprit);

#endif
