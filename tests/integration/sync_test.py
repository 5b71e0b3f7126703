"""Acknowledged means on disk: what the processes did, in the order in which the kernel saw it."""

import re
import signal
import subprocess

import records
from harness import wait_until
from system import SystemTest, main

EVENTS = 25
CALLS = "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,fdatasync,fsync"


def tracing_is_allowed():
    return subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True,
                          check=False).returncode == 0


class Trace:
    """strace on running processes; one file, so one order."""

    def __init__(self, path, *pids):
        words = [word for pid in pids for word in ("-p", str(pid))]
        self.path = path
        self.process = subprocess.Popen(["strace", "-f", "-y", "-s", "4096", "-e",
                                         f"trace={CALLS}", "-o", path, *words],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        wanted = len(pids)
        while wanted > 0:
            line = self.process.stderr.readline().decode()
            if not line:
                raise AssertionError("strace ended")
            wanted -= "attached" in line and any(str(pid) in line for pid in pids)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.process.stderr.close()

    def lines(self):
        """Each finished call: who, name, the rest; one that was interrupted counts from when it
        went on to its end."""
        begun = {}
        with open(self.path, encoding="utf-8", errors="replace") as file:
            for line in file:
                match = re.match(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", line)
                if not match:
                    continue
                pid, resumed, name, rest = match.groups()
                if resumed:
                    yield int(pid), resumed, begun.pop((pid, resumed), "") + rest
                elif "<unfinished ...>" in rest:
                    begun[pid, name] = rest
                else:
                    yield int(pid), name, rest


class SyncTest(SystemTest):
    def setUp(self):
        if not tracing_is_allowed():
            self.skipTest("strace is not allowed to trace here")

    def steps(self, trace, redis_pid):
        """What matters, in order: C a commit reached Redis, W it was written to the file, S that
        was synced, A Redis answered, R the daemon replied (with the request's number)."""
        for pid, name, rest in trace.lines():
            done = re.search(r"= (-?\d+)", rest)
            if not done or int(done[1]) < 0:
                continue
            if pid == redis_pid:
                if name == "read" and "event_commit" in rest:
                    yield "C"
                elif name == "write" and ".aof>" in rest:
                    yield "W"
                elif name in ("fdatasync", "fsync") and ".aof>" in rest:
                    yield "S"
                elif name in ("write", "writev", "sendto") and \
                        re.search(r"\*1\\r\\n:\d+\\r\\n", rest):
                    yield "A"
            elif name in ("write", "sendto", "sendmsg", "writev"):
                yield from (f"R{number}" for number in re.findall(r"sync-(\d+)", rest))

    def test_the_file_is_synced_before_anyone_is_told(self):
        system = self.begin(workers=0)
        client = system.connect()
        client.do("employer.put", records.employer(None, 999))
        trace = Trace(system.path("log", "strace.txt"), system.redis.pid, system.daemon.pid)
        try:
            for number in range(EVENTS):
                event = client.event("employer.put", records.employer(None, number),
                                     id=f"sync-{number}")
                self.assertEqual(client.try_ask(event, 60)["result"], "created")
            # One more: letting go, strace may miss the end of what it follows.
            client.do("employer.put", records.employer(None, 1000))
        finally:
            trace.stop()
        wait_until(lambda: trace.process.poll() is not None, "strace has let go")
        steps = list(self.steps(trace, system.redis.pid))
        for number in range(EVENTS):
            self.assertIn(f"R{number}", steps, "the reply was seen")
            end = steps.index(f"R{number}")
            begin = steps.index(f"R{number - 1}") if number else 0
            order = "".join(step[0] for step in steps[begin:end] if step in "CWSA")
            self.assertRegex(order, "C.*W.*S.*A", f"event {number}")
            self.assertNotRegex(order, "A.*S", f"event {number}: synced after the answer")


if __name__ == "__main__":
    main()
