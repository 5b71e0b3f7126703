/* What the daemon does by the clock: new days, trimming the log, rewriting the append-only file
 * after an erasure, and the budget of searches. */
#ifndef PASSERELLE_DAEMON_UPKEEP_H
#define PASSERELLE_DAEMON_UPKEEP_H

#include "daemon/daemon.h"

struct upkeep *upkeep_create(struct daemon *daemon);
void upkeep_free(struct upkeep *upkeep);

#endif
