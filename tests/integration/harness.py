"""What the integration tests share: a private Redis, waiting with deadlines."""

import atexit
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import redis
except ImportError:  # another Python comes first in the path; the module is Debian's
    sys.path.append("/usr/lib/python3/dist-packages")
    import redis

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIBRARY = os.path.join(ROOT, "daemon", "functions")


def wait_until(condition, what, seconds=20.0):
    """Returns the condition's first true value; fails with `what` at the deadline."""
    deadline = time.monotonic() + seconds
    pause = 0.001
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(pause)
        pause = min(pause * 2, 0.05)


def seeded(name):
    """A random source; the seed is printed, and PASSERELLE_SEED repeats a run."""
    seed = int(os.environ.get("PASSERELLE_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"{name}: PASSERELLE_SEED={seed}", file=sys.stderr)
    return random.Random(seed)


def read_library():
    """The function library, joined as the build joins it."""
    parts = sorted(name for name in os.listdir(LIBRARY) if name.endswith(".lua"))
    text = b""
    for name in parts:
        with open(os.path.join(LIBRARY, name), "rb") as file:
            text += file.read()
    return text


def move_store_clock(client, base, milliseconds):
    """As if the store's clock had gone on, or back: the times that it is compared with go the other
    way. Of one territory: leases and signs of life."""
    with client.pipeline() as pipeline:
        for slot in client.scan_iter(f"{base}:slot:*"):
            pipeline.hincrby(slot, "until", -milliseconds)
        for worker in client.hkeys(f"{base}:workers"):
            pipeline.hincrby(f"{base}:workers", worker, -milliseconds)
        pipeline.execute()


class RedisServer:
    """A private append-only redis-server on a Unix socket, in a directory of its own."""

    def __init__(self, *options):
        self.directory = tempfile.mkdtemp(prefix="passerelle-redis-")
        self.socket = os.path.join(self.directory, "redis.sock")
        self.options = list(options)
        self.process = None
        atexit.register(self.stop)  # also when a test ends early
        self.start()

    def start(self):
        log = os.path.join(self.directory, "redis.log")
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.socket, "--dir", self.directory,
             "--save", "", "--appendonly", "yes", "--appendfsync", "always",
             "--enable-debug-command", "yes", "--logfile", log] + self.options,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_until(self.answers, f"redis-server starts, see {log}")

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f"redis-server ended with {self.process.returncode}")
        if not os.path.exists(self.socket):
            return False
        try:
            with self.client() as client:
                return client.ping()
        except redis.exceptions.RedisError:
            return False

    def client(self, **options):
        return redis.Redis(unix_socket_path=self.socket, **options)

    def kill(self):
        """As a crash would; start() begins again with what is on disk."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends the server and removes its directory. Can be called twice."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
