/* Named places where a test makes the process die, stop or wait. No code at all in other builds.
 *
 * PASSERELLE_FAULT="name[:count][:action]": at the count-th passage (default 1), do: kill (SIGKILL,
 * the default), stop (SIGSTOP), or pause (wait for a signal that is handled).
 *
 * PASSERELLE_CLOCK=<file>: the wall clock is off by the milliseconds that stand in it, which may
 * change at any time. */
#ifndef PASSERELLE_RUNTIME_FAULT_H
#define PASSERELLE_RUNTIME_FAULT_H

#include <stdint.h>

#ifdef PASSERELLE_FAULTS
void fault_point(const char *name);
int64_t fault_clock_ms(void);
#define FAULT_POINT(name) fault_point(name)
#define FAULT_CLOCK_MS() fault_clock_ms()
#else
#define FAULT_POINT(name) ((void)0)
#define FAULT_CLOCK_MS() 0
#endif

#endif
