"""Passerelle as a whole, started on a state of its own, and the load generators run on it."""

import json
import os
import shutil
import subprocess
import threading
import time

import pipeline_machine as machine
from pipeline_machine import say

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CATALOGUE = os.path.join(ROOT, "config", "referential")
TERRITORY = "bench"
SAMPLE_S = 1.0
MAPPED = (".referential", ".communes")
TARGETS = ("passerelle", "passerelled", "passerelle-match", "bench_events", "bench_freshness",
           "passerelle-text", "bench_readers")


def build():
    """Configures and builds in build/bench; returns that directory."""
    directory = os.path.join(ROOT, "build", "bench")
    say("building")
    subprocess.run(["cmake", "-S", ROOT, "-B", directory, "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=Release", "-DPASSERELLE_BENCH=ON"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", directory, "--target", *TARGETS], check=True,
                   stdout=subprocess.DEVNULL)
    return directory


class System:
    """Passerelle on a fresh state with so many match-workers; stopped and removed at the end."""

    def __init__(self, options, workers):
        self.options = options
        self.state = os.path.join(options.work, "state")
        self.run_directory = os.path.join(self.state, "run")
        self.workers = workers
        self.samples, self.watcher, self.watching = [], None, threading.Event()

    def program(self, name):
        return os.path.join(self.options.build, "bin", name)

    def environment(self):
        return {**os.environ, "PASSERELLE_DATA": os.path.join(ROOT, "config"),
                "PASSERELLE_TERRITORY": TERRITORY, "PASSERELLE_LANG": "en"}

    def command(self, *words):
        subprocess.run([self.program("passerelle"), *words, "--state", self.state], check=True,
                       env=self.environment(), stdout=subprocess.DEVNULL)

    def __enter__(self):
        self.command("up", "--no-demo", "--detach", "--workers", str(self.workers))
        return self

    def __exit__(self, *error):
        self.watching.set()
        if self.watcher:
            self.watcher.join()
        self.command("up", "--stop")
        shutil.rmtree(self.state)

    def generator(self, name, *words):
        return [self.program(name), "--run", self.run_directory, "--territory", TERRITORY,
                "--catalogue", CATALOGUE, *words]

    def _measure(self, name, *words):
        done = subprocess.run(self.generator(name, "--seed", str(self.options.seed), *words),
                              check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)

    def events(self, count, *words):
        return self._measure("bench_events", "--count", str(count), *words)

    def freshness(self, first, count):
        return self._measure("bench_freshness", "--first", str(first), "--count", str(count))

    def verify(self):
        """What was measured must also be right."""
        self.command("verify", "--wait", "600")

    # -- memory

    def _daemon(self):
        config = os.path.join(self.state, "passerelle.conf").encode()
        for entry in os.listdir("/proc"):
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    words = file.read().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"/passerelled") and config in words:
                return int(entry)
        raise RuntimeError("no passerelled runs on this state")

    def _watch(self, pid):
        while not self.watching.wait(SAMPLE_S):
            self.samples.append(machine.memory_beside_files(pid, MAPPED) / 2**20)

    def watch_memory(self):
        """Samples the daemon's memory from now on, in MiB, without the mapped files."""
        self.watcher = threading.Thread(target=self._watch, args=(self._daemon(),), daemon=True)
        self.watcher.start()

    def memory(self):
        return list(self.samples)

    def soak(self, seconds, learners, claims):
        """New versions of all learners until the time is up, beside bad readers."""
        readers = subprocess.Popen(self.generator("bench_readers"))
        end, version = time.monotonic() + seconds, 0
        try:
            while time.monotonic() < end:
                version += 1
                news = self.events(learners, *claims, "--version", str(version))
                say(f"  {news['rate']:.0f} events/s, {self.samples[-1]:.1f} MiB")
                if readers.poll() is not None:
                    raise RuntimeError("the readers ended by themselves")
        finally:
            readers.terminate()
            readers.wait()
        return self.memory()
