"""The whole system on a state of its own: started, hurt, looked at, stopped."""

import atexit
import ctypes
import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from client import Client
from harness import ROOT, redis, wait_until

BIN = os.environ.get("PASSERELLE_BIN", os.path.join(ROOT, "build", "sanitize", "bin"))
DATA = os.environ.get("PASSERELLE_DATA", os.path.join(ROOT, "config"))
TERRITORY = "demo"
LEASE_MS = 1000
SANITIZERS = {
    "ASAN_OPTIONS": "exitcode=99:detect_leaks=1:quarantine_size_mb=8:malloc_context_size=10",
    "UBSAN_OPTIONS": "print_stacktrace=1:exitcode=99",
}
COMPLAINT = re.compile(r"ERROR: (Address|Leak)Sanitizer|runtime error:|Assertion .* failed")

_libc = ctypes.CDLL(None)


def _end_with_parent():
    _libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: a test that dies leaves nothing behind


@functools.cache
def _has_faults():
    with open(os.path.join(BIN, "passerelled"), "rb") as file:
        return b"PASSERELLE_FAULT" in file.read()


def need_faults():
    """Skips the test when the programs were built without fault points."""
    if not _has_faults():
        raise unittest.SkipTest("the programs have no fault points (PASSERELLE_FAULTS)")


class Program:
    """One process, started as often as wanted; its output goes to a log."""

    def __init__(self, name, argv, folder):
        self.name = name
        self.argv = argv
        self.log = os.path.join(folder, "log", f"{name}.log")
        self.notify_path = os.path.join(folder, "run", f"{name}.notify")
        self.notify = None  # told that it is ready, as systemd would be
        self.ready = False
        self.process = None

    def start(self, fault=None, before=None, **environment):
        """With a fault point that acts once it is reached (runtime/fault.h). `before` runs in the
        new process first."""
        assert not self.running(), f"{self.name} runs already"
        self._listen()
        variables = {**os.environ, **SANITIZERS, "NOTIFY_SOCKET": self.notify_path, **environment}
        if fault:
            need_faults()
            variables["PASSERELLE_FAULT"] = fault

        def prepare():
            _end_with_parent()
            if before:
                before()

        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, env=variables, preexec_fn=prepare)
        return self

    def _listen(self):
        self.close()
        self.ready = False
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.notify.bind(self.notify_path)

    def close(self):
        if self.notify:
            self.notify.close()
            os.unlink(self.notify_path)
            self.notify = None

    def is_ready(self):
        """It has said so."""
        try:
            while not self.ready:
                self.ready = b"READY=1" in self.notify.recv(4096)
        except BlockingIOError:
            pass
        return self.ready

    def wait_ready(self, seconds=60):
        def come():
            if not self.running():
                raise AssertionError(f"{self.name} ended with {self.process.returncode}:\n"
                                     f"{self.text()[-3000:]}")
            return self.is_ready()
        wait_until(come, f"{self.name} is ready", seconds)

    @property
    def pid(self):
        return self.process.pid

    def running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """As a crash would."""
        self.process.kill()
        self.process.wait()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)
        self.wait_paused()

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def wait_paused(self):
        wait_until(self.is_paused, f"{self.name} is paused", 30)

    def is_paused(self):
        with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "T"

    def wait_ended(self, seconds=30):
        """Waits until it ends by itself. Its code; minus the number of a signal."""
        wait_until(lambda: not self.running(), f"{self.name} ends", seconds)
        return self.process.returncode

    def stop(self):
        """In order. Its code; 0 when it had not yet begun to listen to signals."""
        if not self.running():
            return 0
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} does not stop") from None
        return code if self.is_ready() or code != -signal.SIGTERM else 0

    def memory(self):
        """Bytes in use."""
        with open(f"/proc/{self.pid}/statm", encoding="utf-8") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def text(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()


def run(*words, state, expect=0, seconds=120):
    """One command of the command line. What it printed."""
    done = subprocess.run([os.path.join(BIN, "passerelle"), words[0], "--state", state, *words[1:]],
                          env={**os.environ, **SANITIZERS, "LC_ALL": "C.UTF-8",
                               "PASSERELLE_DATA": DATA},
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
                          text=True, check=False)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"passerelle {' '.join(words)} ends with {done.returncode}:\n"
                             f"{done.stdout}{done.stderr}")
    return done.stdout


_template = None


def template():
    """A state with a territory that has a referential, as `up` makes it. Copied by each test."""
    global _template
    if _template is None:
        parent = tempfile.mkdtemp(prefix="passerelle-template-")
        atexit.register(shutil.rmtree, parent, ignore_errors=True)
        state = os.path.join(parent, "state")
        try:
            run("up", "--detach", "--no-demo", "--workers", "0", "--territory", TERRITORY,
                state=state)
            # The daemon's own event; from now on there is none before midnight.
            wait_until(lambda: '"operation":"day"' in run("changes", "--territory", TERRITORY,
                                                          "--json", state=state), "the day is set")
        finally:
            run("up", "--stop", state=state)
        with open(os.path.join(state, "users.acl"), "a", encoding="utf-8") as file:
            file.write("user test on nopass ~* &* +@all\n")
        _template = state
    return _template


class System:
    """Redis, the daemon and match-workers, each a Program of its own. Options are those of
    passerelle.conf, without their sections."""

    def __init__(self, workers=2, redis_options=(), readers=0, **options):
        self.state = tempfile.mkdtemp(prefix="passerelle-state-")
        original = template()
        shutil.copytree(original, self.state, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("*.sock", "*.log"))
        self._settle_in(original, {"lease_ms": LEASE_MS, **options})
        self.redis = self._program("redis", "/usr/bin/redis-server", self.path("redis.conf"),
                                   "--enable-debug-command", "yes", *redis_options)
        self.daemon = self._program("passerelled", os.path.join(BIN, "passerelled"), "--config",
                                    self.path("passerelle.conf"))
        self.workers = [self.worker(i + 1) for i in range(workers)]
        self.readers = [self.reader() for _ in range(readers)]
        self.clients = []
        self.query = self.connect("query")

    def path(self, *names):
        return os.path.join(self.state, *names)

    def socket(self, name):
        return self.path("run", f"{name}.sock")

    def _settle_in(self, original, options):
        """The configurations speak of this copy."""
        for name in ("passerelle.conf", "match.conf", "text.conf", "redis.conf"):
            self._change(self.path(name), options, original)

    def _change(self, path, options, original="\0"):
        with open(path, encoding="utf-8") as file:
            text = file.read().replace(original, self.state)
        for option, value in options.items():
            text = re.sub(rf"(?m)^{option} =.*$", f"{option} = {value}", text)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def _program(self, name, *argv):
        return Program(name, list(argv), self.state)

    def worker(self, number, **options):
        """One more match-worker, with options of its own."""
        config = self.path(f"match-{number}.conf")
        shutil.copy(self.path("match.conf"), config)
        self._change(config, options)
        return self._program(f"match-{number}", os.path.join(BIN, "passerelle-match"), "--config",
                             config)

    def reader(self):
        """A text-worker."""
        return self._program("text", os.path.join(BIN, "passerelle-text"), "--config",
                             self.path("text.conf"))

    @property
    def programs(self):
        return [*self.readers, *self.workers, self.daemon, self.redis]

    # Starting and stopping

    def start(self):
        self.start_redis()
        for program in (self.daemon, *self.workers, *self.readers):
            program.start()
        for program in (self.daemon, *self.workers, *self.readers):
            program.wait_ready()
        return self

    def start_redis(self):
        self.redis.start().wait_ready()

    def stop(self):
        """Everything in order, and as it should be; the state goes."""
        try:
            for program in self.programs:
                code = program.stop()
                if code != 0:
                    raise AssertionError(f"{program.name} ended with {code}:\n"
                                         f"{program.text()[-6000:]}")
            self._look_for_complaints()
        finally:
            self.discard()

    def discard(self):
        for client in self.clients:
            client.close()
        for program in self.programs:
            if program.running():
                program.kill()
            program.close()
        shutil.rmtree(self.state, ignore_errors=True)

    def _look_for_complaints(self):
        for program in self.programs:
            if not os.path.exists(program.log):
                continue
            found = COMPLAINT.search(program.text())
            if found:
                raise AssertionError(f"{program.name}: {program.text()[found.start():][:6000]}")

    def tails(self, size=2500):
        """The ends of the logs, for whoever reads why a test failed."""
        return "\n".join(f"---- {program.name}\n{program.text()[-size:]}"
                         for program in self.programs if os.path.exists(program.log))

    # Speaking with it

    def connect(self, name="intake"):
        """A client of the intake or query socket."""
        client = Client(self.socket(name), TERRITORY)
        self.clients.append(client)
        return client

    def store(self, decode=True):
        """A connection to Redis that may do anything."""
        return redis.Redis(unix_socket_path=self.socket("redis"), username="test", password="x",
                           decode_responses=decode, socket_timeout=10)

    def ask(self, type_, **body):
        """The answer to a query."""
        return self.query.ask({"type": type_, "body": body})

    def status(self):
        """What `status` tells of the territory, once the store is there."""
        return wait_until(lambda: next((territory for territory in self.ask("status")["territories"]
                                        if territory["name"] == TERRITORY), None),
                          "status tells of the territory", 60)

    def metric(self, name):
        """A number of the daemon's /metrics."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(20)
            connection.connect(self.path("run", "metrics.sock"))
            connection.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        return int(re.search(rf"(?m)^{re.escape(name)} (\d+)$", text)[1])

    def changes(self, after=0):
        """All entries of the change log after a number."""
        found = []
        while True:
            page = self.ask("changes", after=after, limit=1000)
            found += page["changes"]
            if not page["changes"]:
                return found
            after = page["next"]

    # Waiting and verifying

    def is_quiet(self):
        status = self.status()
        return all(slot["cursor"] == status["seq"] for slot in status["slots"])

    def wait_quiet(self, seconds=60):
        """Until the lists stand for every change."""
        wait_until(self.is_quiet, "the workers have caught up", seconds)

    def verify(self, seconds=90):
        """Every list and cross-reference is right. What was looked at."""
        return json.loads(run("verify", "--territory", TERRITORY, "--json", "--wait", str(seconds),
                              state=self.state, seconds=seconds + 60))


class SystemTest(unittest.TestCase):
    """A test that starts one system; a failure shows the ends of its logs."""

    system = None

    def begin(self, workers=2, **options):
        self.system = System(workers, **options)
        self.addCleanup(self._end, self.system)
        return self.system.start()

    def _end(self, system):
        outcome = self._outcome
        failed = any(error for _, error in getattr(outcome, "errors", [])) or not outcome.success
        if failed:
            print(f"{self.id()}\n{system.tails()}", file=sys.stderr)
            system.discard()
        else:
            system.stop()


def main():
    """Runs the tests of a file; 77 when there was nothing but skipped ones."""
    program = unittest.main(module="__main__", exit=False, verbosity=2,
                            warnings="ignore")  # of sockets that python3-redis leaves to Python
    result = program.result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.testsRun == len(result.skipped) else 0)
