"""`passerelle up`: what it watches over comes back, and no state has two masters."""

import os
import shutil
import signal
import subprocess
import tempfile
import unittest

import records
from client import Client
from harness import wait_until
from system import BIN, SANITIZERS, TERRITORY, Program, SystemTest, main, run


def children(pid):
    """Live processes that this one started, by what they run."""
    found = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            with open(f"/proc/{name}/cmdline", "rb") as file:
                program = file.read().split(b"\0")[0].split(b" ")[0].decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.setdefault(os.path.basename(program), []).append(int(name))
    return found


class SecondDaemonTest(SystemTest):
    def second(self, system, config):
        done = subprocess.run([os.path.join(BIN, "passerelled"), "--config", config],
                              env={**os.environ, **SANITIZERS}, capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn(done.returncode, (78, 99))
        self.assertIn("daemon.already_running", done.stderr + done.stdout)
        self.assertIn(f"pid={system.daemon.pid}", done.stderr + done.stdout)

    def test_the_second_one_refuses_and_the_first_goes_on(self):
        system = self.begin(workers=1)
        client = system.connect()
        client.do("employer.put", records.employer(None, 1))
        inodes = {name: os.stat(system.socket(name)).st_ino for name in ("intake", "query", "feed")}
        self.second(system, system.path("passerelle.conf"))
        # Sockets of its own do not make it another state.
        elsewhere = tempfile.mkdtemp(prefix="passerelle-run-")
        self.addCleanup(shutil.rmtree, elsewhere, ignore_errors=True)
        with open(system.path("passerelle.conf"), encoding="utf-8") as file:
            text = file.read()
        with open(system.path("second.conf"), "w", encoding="utf-8") as file:
            file.write(text.replace(f"runtime_directory = {system.path('run')}",
                                    f"runtime_directory = {elsewhere}"))
        self.second(system, system.path("second.conf"))
        self.assertEqual({name: os.stat(system.socket(name)).st_ino for name in inodes}, inodes)
        client.do("employer.put", records.employer(None, 2))
        system.connect().do("employer.put", records.employer(None, 3))
        self.assertEqual(system.verify()["problems"], 0)
        # The lock of one that was killed holds nobody up.
        system.daemon.kill()
        system.daemon.start().wait_ready()
        client.do("employer.put", records.employer(None, 4))


class DemoTest(unittest.TestCase):
    def test_more_files_than_can_be_loaded_are_not_left_out_silently(self):
        data = tempfile.mkdtemp(prefix="passerelle-data-")
        self.addCleanup(shutil.rmtree, data, ignore_errors=True)
        os.mkdir(os.path.join(data, "demo"))
        for number in range(9):
            with open(os.path.join(data, "demo", f"{number}.jsonl"), "w", encoding="utf-8"):
                pass
        done = subprocess.run([os.path.join(BIN, "passerelle"), "up", "--state",
                               os.path.join(data, "state"), "--lang", "en"],
                              env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": data},
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("demo holds 9 files: no more than 8 can be loaded.", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(data, "state")))


class UpTest(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.mkdtemp(prefix="passerelle-up-")
        os.rmdir(self.state)  # it makes its own
        self.addCleanup(shutil.rmtree, self.state, ignore_errors=True)
        self.folder = tempfile.mkdtemp(prefix="passerelle-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for name in ("log", "run"):
            os.mkdir(os.path.join(self.folder, name))
        self.up = Program("up", [os.path.join(BIN, "passerelle"), "up", "--state", self.state,
                                 "--no-demo", "--workers", "2", "--territory", TERRITORY,
                                 "--lang", "en"], self.folder)
        self.clients = []
        self.addCleanup(self.end)

    def end(self):
        for client in self.clients:
            client.close()
        if self.up.running():
            self.up.kill()
        self.up.close()
        self.wait_nothing_left()

    def wait_nothing_left(self):
        def mine(name):
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    return self.state.encode() in file.read()
            except (FileNotFoundError, ProcessLookupError):
                return False
        wait_until(lambda: not any(mine(name) for name in os.listdir("/proc") if name.isdigit()),
                   "nothing is left running", 30)

    def start(self):
        before = self.up.text().count("is ready") if os.path.exists(self.up.log) else 0
        self.up.start()

        def ready():
            self.assertTrue(self.up.running(), self.up.text())
            return self.up.text().count("is ready") > before

        wait_until(ready, "up is ready", 60)

    def client(self, name="intake"):
        client = Client(os.path.join(self.state, "run", f"{name}.sock"), TERRITORY)
        self.clients.append(client)
        return client

    def verify(self):
        run("verify", "--territory", TERRITORY, state=self.state)

    def test_what_dies_is_started_again(self):
        self.start()
        client = self.client()
        number = 0
        self.assertEqual({name: len(pids) for name, pids in children(self.up.pid).items()},
                         {"redis-server": 1, "passerelled": 1, "passerelle-text": 1,
                          "passerelle-match": 2})
        for name in ("passerelled", "redis-server", "passerelle-match"):
            before = children(self.up.pid)
            victim = before[name][0]
            os.kill(victim, signal.SIGKILL)

            def restarted():
                now = children(self.up.pid)
                return victim not in now.get(name, []) and \
                    {key: len(pids) for key, pids in now.items()} == \
                    {key: len(pids) for key, pids in before.items()}

            wait_until(restarted, f"{name} is started again")
            number += 1
            client.do("employer.put", records.employer(None, number))
            self.verify()
            told = {"redis-server": "redis", "passerelle-match": "match-"}.get(name, name)
            self.assertRegex(self.up.text(), rf"(?m)^{told}.* started again")
            now = children(self.up.pid)
            self.assertEqual({key: pids for key, pids in now.items() if key != name},
                             {key: pids for key, pids in before.items() if key != name})

    def test_a_state_has_one_master(self):
        self.start()
        client = self.client()
        client.do("employer.put", records.employer(None, 1))
        before = children(self.up.pid)
        run("up", "--no-demo", state=self.state, expect=1)
        self.assertEqual(children(self.up.pid), before)
        client.do("employer.put", records.employer(None, 2))

    def test_it_stops_in_order_and_starts_with_what_it_had(self):
        self.start()
        answer = self.client().do("employer.put", records.employer(None, 1))
        self.assertEqual(self.up.stop(), 0)
        self.wait_nothing_left()
        self.start()
        self.assertEqual(self.client("query").ask(
            {"type": "record.get", "body": {"id": answer["record"]}})["records"][0]["revision"],
            answer["revision"])
        self.verify()
        run("up", "--stop", state=self.state)
        self.assertEqual(self.up.wait_ended(), 0)
        self.wait_nothing_left()

    def test_a_list_of_skills_of_another_version_is_told(self):
        self.start()
        self.assertNotIn("needs a look", self.up.text())
        self.assertEqual(self.up.stop(), 0)
        self.wait_nothing_left()
        folder = os.path.join(self.state, "referential")
        for name in os.listdir(folder):
            if name.endswith(".referential"):
                path = os.path.join(folder, name)
                os.chmod(path, 0o600)
                with open(path, "r+b") as file:
                    file.write(b"of long ago")
        self.start()
        self.assertIn("needs a look: ", self.up.text())
        self.assertIn(f"import referential --territory {TERRITORY}",
                      run("status", state=self.state, expect=4))
        run("import", "referential", "--territory", TERRITORY, state=self.state)
        self.assertNotIn("import referential", run("status", state=self.state))

    def test_a_killed_master_leaves_nothing_running(self):
        self.start()
        answer = self.client().do("employer.put", records.employer(None, 1))
        self.up.kill()
        self.wait_nothing_left()
        self.start()
        self.assertEqual(self.client("query").ask(
            {"type": "record.get", "body": {"id": answer["record"]}})["status"], "ok")
        self.verify()


if __name__ == "__main__":
    main()
