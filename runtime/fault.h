/* Named places where a test makes the process die, stop or wait. No code at all in other builds.
 *
 * PASSERELLE_FAULT="name[:count][:action]": at the count-th passage (default 1), do: kill (SIGKILL,
 * the default), stop (SIGSTOP), or pause (wait for a signal that is handled). */
#ifndef PASSERELLE_RUNTIME_FAULT_H
#define PASSERELLE_RUNTIME_FAULT_H

#ifdef PASSERELLE_FAULTS
void fault_point(const char *name);
#define FAULT_POINT(name) fault_point(name)
#else
#define FAULT_POINT(name) ((void)0)
#endif

#endif
