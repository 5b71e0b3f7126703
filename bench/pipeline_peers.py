"""The probe and the peers, built from a copy of the folder they come in. Absent ones are skipped."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import pipeline_machine as machine
from pipeline_machine import say

CELERY_PORT = 17399  # as its script has it
CELERY_TASKS = 3000
PROGRAMS = {"zmq_srv": ("-lzmq", "-lhiredis"), "zmq_cli": ("-lzmq",), "beanstalk_cli": ()}
SYSTEM_PYTHON = "/usr/bin/python3"  # Celery is a Debian package


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that is ended, by its id, on leaving."""

    def __init__(self, *command, ready):
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        for _ in range(200):
            if ready():
                return
            time.sleep(0.05)
        self.process.kill()
        raise RuntimeError(f"{command[0]} does not start")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Peers:
    def __init__(self, options):
        self.options = options
        self.folder = None
        if options.peers is None:
            return
        self.folder = os.path.join(options.work, "peers")
        shutil.copytree(os.path.join(options.peers, "events"), self.folder,
                        copy_function=shutil.copyfile)
        os.chmod(self.folder, 0o755)
        for name, libraries in PROGRAMS.items():
            source = os.path.join(self.folder, name + ".c")
            if os.path.exists(source):
                subprocess.run(["gcc", "-O2", "-w", "-o", source[:-2], source, *libraries],
                               check=False)

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _has(self, *names):
        return self.folder is not None and all(os.path.exists(self._path(n)) for n in names)

    def _redis(self, directory, *options):
        os.makedirs(directory)
        path = os.path.join(directory, "redis.sock")
        server = Server("redis-server", "--unixsocket", path, "--dir", directory, "--save", "",
                        "--appendonly", "yes", "--appendfsync", "always", *options,
                        ready=lambda: self._connects(path))
        return server, path

    @staticmethod
    def _connects(address):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        with socket.socket(family) as probe:
            return probe.connect_ex(address) == 0

    def _run(self, *command):
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True,
                              cwd=self.folder).stdout

    def _client(self, endpoint, count, window):
        """Rate and median in µs of the probe's client."""
        out = self._run("./zmq_cli", endpoint, str(count), str(window))
        found = re.search(r" (\d+) msg/s p50=([\d.]+)us", out)
        return float(found[1]), float(found[2])

    @contextlib.contextmanager
    def probe(self):
        """What measures the probe, given a count and how many are in flight: rate and median; or
        None. Its servers run meanwhile."""
        if not self._has("zmq_srv", "zmq_cli"):
            say("  the probe is not present")
            yield None
            return
        directory = os.path.join(self.options.work, "probe")
        server, path = self._redis(directory, "--port", "0")
        endpoint = f"ipc://{directory}/probe.ipc"
        with server, Server(self._path("zmq_srv"), endpoint, "xadd", path, "256",
                            ready=lambda: os.path.exists(endpoint[6:])):
            yield lambda count, window: self._client(endpoint, count, window)
        shutil.rmtree(directory)

    @contextlib.contextmanager
    def beanstalkd(self):
        """The same for beanstalkd, which gives a rate alone."""
        if not self._has("beanstalk_cli") or shutil.which("beanstalkd") is None:
            say("  beanstalkd is not present")
            yield None
            return
        directory = os.path.join(self.options.work, "beanstalkd")
        os.makedirs(directory)
        os.chmod(directory, 0o777)
        port = _free_port()

        def put(count, window):
            out = self._run("./beanstalk_cli", str(port), str(count), str(window))
            return float(re.search(r"put .* (\d+) msg/s", out)[1]), None

        with Server("beanstalkd", "-l", "127.0.0.1", "-p", str(port), "-b", directory, "-f", "0",
                    ready=lambda: self._connects(("127.0.0.1", port))):
            yield put
        shutil.rmtree(directory)

    def celery(self, results):
        """The better of one and of two processes, from publishing to the last task done."""
        known = self._has("celery_bench.py") and subprocess.run(
            [SYSTEM_PYTHON, "-c", "import celery, redis"], check=False,
            stderr=subprocess.DEVNULL).returncode == 0
        if not known:
            say("  Celery is not present")
            return
        directory = os.path.join(self.options.work, "celery")
        server, _ = self._redis(directory, "--port", str(CELERY_PORT), "--bind", "127.0.0.1")
        best = 0.0
        with server:
            machine.wait_quiet()
            for processes in ("1", "2"):
                out = self._run(SYSTEM_PYTHON, "celery_bench.py", str(CELERY_TASKS), processes)
                best = max(best, float(re.search(r"end-to-end (\d+)/s", out)[1]))
        results.add("celery_done", best)
        shutil.rmtree(directory)
