/* The socket for events: takes them in, has them committed, answers. */
#ifndef PASSERELLE_DAEMON_INTAKE_H
#define PASSERELLE_DAEMON_INTAKE_H

#include "daemon/daemon.h"

/* Binds ipc://<directory>/intake.sock. NULL, logged, on failure. */
struct intake *intake_create(struct daemon *daemon);
void intake_free(struct intake *intake);

/* The store came or went: parked requests go on, or wait a bounded time. */
void intake_store_changed(struct intake *intake, bool up);
/* Takes nothing in any more; what is in flight is answered. True when nothing is. */
bool intake_drain(struct intake *intake);

#endif
