/* The Redis function library, as built into the program. */
#ifndef PASSERELLE_DAEMON_LIBRARY_H
#define PASSERELLE_DAEMON_LIBRARY_H

#include <stddef.h>

const char *library_text(void);
size_t library_size(void);
/* The number in its line `local VERSION = N`; raise it with every change. */
long long library_version(void);

#endif
