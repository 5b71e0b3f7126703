"""The disk of Redis is full: `retry`, nothing acknowledged is lost, and all is well once there is
room."""

import os
import random
import resource
import shutil
import signal
import subprocess

import records
from load import Load
from system import SystemTest, main


class FullDiskTest(SystemTest):
    def load_until_redis_ends(self, system, load):
        while system.redis.running():
            load.fill()
            load.take(20)
            load.repeat()
        self.assertEqual(system.redis.wait_ended(), 1)
        self.assertIn("AOF write error", system.redis.text())


class LimitTest(FullDiskTest):
    """The file of Redis may not grow past a limit, which is to Redis as a full disk: it ends."""

    @staticmethod
    def no_room(bytes_left):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error then, as of a full disk
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))
        return limit

    def test_nothing_acknowledged_is_lost(self):
        system = self.begin(workers=1)
        load = Load(system, random.Random(3), clients=2)
        load.run(50)
        system.redis.kill()
        size = os.path.getsize(system.path("redis", "appendonlydir", "appendonly.aof.1.incr.aof"))
        for room in (100_000, 3_000, 100):
            system.redis.start(before=self.no_room(size + room))
            client = system.connect()
            self.load_until_redis_ends(system, load)
            event = client.event("employer.put", records.employer(None, 5000))
            self.assertEqual(client.try_ask(event, 30)["status"], "retry")
        self.assertTrue(system.daemon.running() and system.workers[0].running())
        system.start_redis()
        load.settle()
        load.check()
        load.repeat_all()
        self.assertEqual(system.verify()["problems"], 0)


class SmallDisk:
    """A file system of its own under a directory, which is there for those who enter alone. It needs
    no rights but those to a namespace."""

    ENTER = ["nsenter", "--user", "--preserve-credentials", "--mount"]
    HOLD = """mount -t tmpfs -o size=$2 none "$1" && cp -a "$3/." "$1" && echo held && exec cat"""

    def __init__(self, directory, room):
        self.directory = directory
        self.used = sum(os.path.getsize(os.path.join(folder, name)) + 4096
                        for folder, _, names in os.walk(directory) for name in names)
        copy = f"{directory}.before"
        shutil.copytree(directory, copy)
        self.holder = subprocess.Popen(
            ["unshare", "--map-root-user", "--mount", "sh", "-c", self.HOLD, "sh", directory,
             str(self.used + room), copy], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        assert self.holder.stdout.readline() == b"held\n", "the disk is there"

    @staticmethod
    def is_allowed():
        return subprocess.run(["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs",
                               "none", "/mnt"], capture_output=True, check=False).returncode == 0

    def entered(self, argv):
        """The command for one that is to have this disk; it ends when its starter does."""
        return [*self.ENTER, f"--target={self.holder.pid}", "--", "setpriv", "--pdeathsig", "KILL",
                *argv]

    def resize(self, room):
        subprocess.run(self.entered(["mount", "-o", f"remount,size={self.used + room}", "none",
                                     self.directory]), check=True)

    def close(self):
        self.holder.stdin.close()  # upon which it ends
        self.holder.stdout.close()
        self.holder.wait(30)


class NoSpaceTest(FullDiskTest):
    """A file system that has no room left (ENOSPC)."""

    def setUp(self):
        if not SmallDisk.is_allowed():
            self.skipTest("no file system may be mounted here")

    def begin_on(self, room, **options):
        """All the same, but what Redis writes goes to a disk with that many bytes left."""
        system = self.begin(workers=1, **options)
        self.assertEqual(system.redis.stop(), 0)
        disk = SmallDisk(system.path("redis"), room)
        self.addCleanup(disk.close)
        system.redis.argv = disk.entered(system.redis.argv)
        system.start_redis()
        return system, disk

    def settle(self, system, load):
        load.settle()
        load.check()
        load.repeat_all()
        self.assertEqual(system.verify()["problems"], 0)

    def test_a_store_that_syncs_always_ends(self):
        system, disk = self.begin_on(200_000)
        load = Load(system, random.Random(4), clients=2)
        pids = [program.pid for program in (system.daemon, *system.workers)]
        for room in (300_000, 20_000_000):
            self.load_until_redis_ends(system, load)
            event = system.connect().event("employer.put", records.employer(None, 5000))
            self.assertEqual(load.clients[0].try_ask(event, 30)["status"], "retry")
            disk.resize(room)
            system.start_redis()
        self.settle(system, load)
        self.assertEqual([program.pid for program in (system.daemon, *system.workers)], pids)

    def test_a_store_that_syncs_every_second_refuses(self):
        """It goes on, and takes writes again by itself."""
        system, disk = self.begin_on(200_000, durability="everysec",
                                     redis_options=("--appendfsync", "everysec"))
        load = Load(system, random.Random(5), clients=2)
        pid = system.redis.pid
        with system.store() as store:
            while store.info("persistence")["aof_last_write_status"] == "ok":
                load.fill()
                load.take(20)
                load.repeat()
        event = system.connect().event("employer.put", records.employer(None, 5000))
        answer = load.clients[0].try_ask(event, 30)
        self.assertEqual((answer["status"], answer["errors"][0]["code"]), ("retry", "store_away"))
        disk.resize(20_000_000)
        self.settle(system, load)
        self.assertEqual(system.redis.pid, pid)
        self.assertTrue(system.redis.running())


if __name__ == "__main__":
    main()
