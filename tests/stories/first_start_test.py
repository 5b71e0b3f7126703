"""What a newcomer meets: `passerelle up`, the demo, matches with reasons, an event that survives."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))

from client import Client  # noqa: E402
from harness import wait_until  # noqa: E402
from system import BIN, DATA, SANITIZERS, main  # noqa: E402


class FirstStart(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.mkdtemp(prefix="passerelle-first-")
        self.addCleanup(shutil.rmtree, self.state, ignore_errors=True)
        self.addCleanup(self.run_command, "up", "--stop")

    def run_command(self, name, *words, state=None):
        return subprocess.run(
            [os.path.join(BIN, "passerelle"), name, "--state", state or self.state, "--lang", "en",
             *words], env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA}, text=True,
            check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)

    def expect(self, name, *words):
        done = self.run_command(name, *words)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def count(self, kind):
        return len(self.expect("list", kind, "--json").splitlines())

    def test_the_demo_is_there_and_matched(self):
        told = self.expect("up", "--detach")
        self.assertIn("intake.sock", told)
        self.assertIn("invented", told)
        self.assertGreaterEqual(self.count("learners"), 60)
        self.assertGreaterEqual(self.count("offers"), 40)
        self.assertEqual(self.count("employers"), 14)
        first = json.loads(self.expect("list", "learners", "--json").splitlines()[0])["id"]
        shown = self.expect("matches", "--learner", first)
        self.assertIn("for the employer", shown)
        self.expect("verify")

    def test_a_second_start_on_the_same_state_is_refused(self):
        self.expect("up", "--detach", "--no-demo")
        again = self.run_command("up", "--detach")
        self.assertEqual(again.returncode, 1)
        self.assertIn("already", again.stderr)
        self.expect("status")

    def test_two_states_side_by_side(self):
        other = tempfile.mkdtemp(prefix="passerelle-second-")
        self.addCleanup(shutil.rmtree, other, ignore_errors=True)
        self.addCleanup(self.run_command, "up", "--stop", state=other)
        self.expect("up", "--detach", "--no-demo")
        self.assertEqual(self.run_command("up", "--detach", state=other).returncode, 0)
        self.assertEqual(self.count("learners"), 0)
        beside = self.run_command("list", "learners", "--json", state=other)
        self.assertGreaterEqual(len(beside.stdout.splitlines()), 60)

    def test_once_it_reads_ok_the_plug_may_be_pulled(self):
        self.expect("up", "--detach", "--no-demo")
        client = Client(os.path.join(self.state, "run", "intake.sock"), "demo")
        self.addCleanup(client.close)
        answer = client.do("offer.put", {"source": "partner", "reference": "42",
                                         "observed_at": "2026-11-22T08:00:00.000Z",
                                         "title": "Technicien fibre"})
        holder = int(open(os.path.join(self.state, "up.lock"), encoding="ascii").read())
        for pid in self.family(holder):
            os.kill(pid, signal.SIGKILL)
        wait_until(self.nobody_runs, "the killed supervisor is gone")
        self.expect("up", "--detach", "--no-demo")
        found = json.loads(self.expect("list", "offers", "--json"))
        self.assertEqual(found["id"], answer["record"])
        self.expect("verify")

    def nobody_runs(self):
        with open(os.path.join(self.state, "up.lock"), encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                return False

    @staticmethod
    def family(pid):
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [*map(int, file.read().split()), pid]


if __name__ == "__main__":
    main()
