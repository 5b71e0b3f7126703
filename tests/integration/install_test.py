"""An installation starts from the command lines of its units, as systemd would run them."""

import glob
import os
import re
import shlex
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import unittest

from harness import wait_until

BUILD = os.path.dirname(os.environ["PASSERELLE_BIN"])
UNITS = ["passerelle-setup.service", "passerelle-store.service", "passerelled.service",
         "passerelle-match@.service", "passerelle-text@.service"]
scratch = prefix = None


def setUpModule():
    global scratch, prefix
    scratch = tempfile.mkdtemp(prefix="passerelle-install-", dir="/tmp")
    os.chmod(scratch, 0o711)
    prefix = os.path.join(scratch, "prefix")
    subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True,
                   stdout=subprocess.DEVNULL, umask=0o022)


def tearDownModule():
    shutil.rmtree(scratch, ignore_errors=True)


def unit_read(name):
    """Every assignment of an installed unit: name -> values in order."""
    values = {}
    with open(os.path.join(prefix, "lib/systemd/system", name), encoding="utf-8") as file:
        for line in file:
            if "=" in line and not line.startswith(("#", "[")):
                key, value = line.rstrip("\n").split("=", 1)
                values.setdefault(key, []).append(value)
    return values


def starting_order():
    """The units, each behind those that its After= names."""
    after = {name: " ".join(unit_read(name)["After"]).split() for name in UNITS}
    order = []
    while len(order) < len(UNITS):
        free = [name for name in UNITS if name not in order
                and all(other in order for other in after[name] if other in UNITS)]
        assert free, f"the units wait for each other: {after}"
        order.append(free[0])
    return order


class Notifications:
    """The socket on which a service tells how it is; read at once, since a full one holds it up."""

    def __init__(self, path):
        self.path = path
        self.seen = set()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(path)
        os.chmod(path, 0o777)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        while datagram := self.socket.recv(4096):
            self.seen.update(datagram.decode().split("\n"))

    def close(self):
        self.socket.shutdown(socket.SHUT_RD)
        self.reader.join(30)
        self.socket.close()


class Site:
    """A server of its own: the units' commands, with their directories replaced."""

    def __init__(self, name, users=None):
        self.users = users  # None: all as the present user; else what goes before a user's command
        self.root = os.path.join(scratch, name)
        self.places = {"/var/lib/passerelle": f"{self.root}/state",
                       "/run/passerelle": f"{self.root}/run",
                       "/etc/passerelle": f"{self.root}/etc"}
        self.processes = []
        self.notifications = {}
        os.mkdir(self.root, 0o711)
        os.chmod(self.root, 0o711)

    def place(self, text):
        for old, new in self.places.items():
            text = text.replace(old, new)
        return text

    def command(self, unit):
        line = shlex.split(self.place(unit["ExecStart"][0]))
        if self.users is None:
            return [word for word in line if word != "--users"]
        return self.users(unit.get("User", ["root"])[0]) + line

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        return {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", **kept, **more}

    def start(self, name):
        """Starts a unit; returns once it is ready, or has ended where that is its way."""
        unit = unit_read(name)
        log = open(os.path.join(self.root, name + ".log"), "ab")
        notifications = Notifications(os.path.join(self.root, name.replace("@", "") + ".notify"))
        environment = self.environment(NOTIFY_SOCKET=notifications.path)
        if "WatchdogSec" in unit:
            environment["WATCHDOG_USEC"] = "200000"
        process = subprocess.Popen(self.command(unit), env=environment, cwd="/", stdout=log,
                                   stderr=log, stdin=subprocess.DEVNULL)
        log.close()
        self.notifications[name] = notifications
        if unit["Type"] == ["oneshot"]:
            assert process.wait(60) == 0, self.log(name)
            return
        self.processes.append(process)

        def ready():
            assert process.poll() is None, f"{name} ended: {self.log(name)}"
            return "READY=1" in notifications.seen
        wait_until(ready, f"{name} is ready", 60)

    def log(self, name):
        with open(os.path.join(self.root, name + ".log"), encoding="utf-8") as file:
            return file.read()

    def passerelle(self, *words):
        line = [f"{prefix}/bin/passerelle", "--config", self.place("/etc/passerelle/passerelle.conf")]
        before = self.users("passerelle") if self.users else []
        return subprocess.run(before + line + list(words), env=self.environment(), cwd="/",
                              capture_output=True, text=True, timeout=300)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for notifications in self.notifications.values():
            notifications.close()


class Units(unittest.TestCase):
    def test_systemd_finds_nothing_wrong_with_them(self):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("systemd-analyze is not installed")
        files = glob.glob(os.path.join(prefix, "lib/systemd/system/*"))
        self.assertEqual(len(files), len(UNITS) + 1)
        result = subprocess.run(["systemd-analyze", "verify", "--man=no", *files],
                                capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_each_has_its_user_and_its_sandbox(self):
        users = {unit_read(name)["User"][0] for name in UNITS[1:]}
        self.assertEqual(len(users), 4)
        for name in UNITS:
            unit = unit_read(name)
            self.assertEqual(unit["ProtectSystem"], ["strict"], name)
            self.assertEqual(unit["NoNewPrivileges"], ["yes"], name)

    def test_the_users_are_those_that_sysusers_makes(self):
        with open(f"{prefix}/lib/sysusers.d/passerelle.conf", encoding="utf-8") as file:
            made = {line.split()[1] for line in file if line.startswith("u ")}
        self.assertEqual(made, {unit_read(name)["User"][0] for name in UNITS[1:]})

    def test_no_path_is_left_to_fill_in(self):
        for path in glob.glob(f"{prefix}/lib/**/*", recursive=True):
            if os.path.isfile(path):
                with open(path, encoding="utf-8") as file:
                    self.assertNotIn("@PASSERELLE", file.read(), path)

    def test_the_prefix_may_change_after_the_build(self):
        with tempfile.TemporaryDirectory(dir=scratch) as stage:
            subprocess.run(["cmake", "--install", BUILD, "--prefix", "/usr"], check=True,
                           env={**os.environ, "DESTDIR": stage}, stdout=subprocess.DEVNULL)
            with open(f"{stage}/usr/lib/systemd/system/passerelled.service") as file:
                self.assertIn("ExecStart=/usr/sbin/passerelled --config /etc", file.read())


class Start(unittest.TestCase):
    def check_that_it_works(self, site):
        """From the commands alone to matches that verify, with the installed data."""
        for name in starting_order():
            site.start(name)
        self.assertEqual(site.passerelle("status").returncode, 0)
        files = sorted(glob.glob(f"{prefix}/share/passerelle/demo/*.jsonl"))
        for words in [("territory", "create", "nord", "--label", "Nord"),
                      ("import", "referential", "--territory", "nord"),
                      ("submit", "--territory", "nord", *files),
                      ("verify", "--territory", "nord")]:
            result = site.passerelle(*words)
            self.assertEqual(result.returncode, 0, f"{words}: {result.stdout}{result.stderr}")
        self.assertIn("nord", site.passerelle("status").stdout)

    def test_the_commands_of_the_units_in_their_order(self):
        site = Site("one")
        self.addCleanup(site.stop)
        self.check_that_it_works(site)
        for name in ("passerelled.service", "passerelle-match@.service",
                     "passerelle-text@.service"):
            self.assertIn("WatchdogSec", unit_read(name))
            wait_until(lambda: "WATCHDOG=1" in site.notifications[name].seen, f"{name} pings")

    def test_a_wrong_configuration_is_not_tried_again(self):
        site = Site("wrong")
        self.addCleanup(site.stop)
        site.start("passerelle-setup.service")
        for name, file in (("passerelled.service", "passerelle.conf"),
                           ("passerelle-match@.service", "match.conf"),
                           ("passerelle-text@.service", "text.conf")):
            with open(f"{site.root}/etc/{file}", "a", encoding="utf-8") as out:
                out.write("nonsense = 1\n")
            unit = unit_read(name)
            result = subprocess.run(site.command(unit), env=site.environment(), timeout=60,
                                    stderr=subprocess.DEVNULL, check=False)
            self.assertEqual([str(result.returncode)], unit["RestartPreventExitStatus"])

    def test_preparing_again_keeps_what_is_there(self):
        site = Site("again")
        self.addCleanup(site.stop)
        site.start("passerelle-setup.service")

        def content():
            found = {}
            for folder in ("state", "etc"):
                for entry in os.scandir(f"{site.root}/{folder}"):
                    if entry.is_file():
                        with open(entry.path, "rb") as file:
                            found[entry.name] = file.read()
            return found
        before = content()
        self.assertEqual(set(before), {"passerelle.key", "passerelled.secret", "match.secret", "text.secret", "text.conf",
                                       "users.acl", "passerelle.conf", "match.conf", "redis.conf"})
        with open(f"{site.root}/etc/redis.conf", "a", encoding="utf-8") as out:
            out.write("# ours\n")
        os.unlink(f"{site.root}/etc/match.conf")
        before["redis.conf"] += b"# ours\n"
        subprocess.run(site.command(unit_read("passerelle-setup.service")),
                                          env=site.environment(), stdout=subprocess.DEVNULL,
                                          timeout=60, check=True)
        self.assertEqual(content(), before)

    def test_a_lost_key_is_not_replaced(self):
        site = Site("lost")
        self.addCleanup(site.stop)
        site.start("passerelle-setup.service")
        site.start("passerelle-store.service")
        key = f"{site.root}/state/passerelle.key"
        os.unlink(key)
        result = subprocess.run(site.command(unit_read("passerelle-setup.service")), timeout=60,
                                env=site.environment(), capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 3)
        self.assertIn(key, result.stderr)
        self.assertFalse(os.path.exists(key))

    def test_no_password_is_written_but_in_its_own_file(self):
        site = Site("secrets")
        self.addCleanup(site.stop)
        site.start("passerelle-setup.service")
        for name in ("passerelled", "match"):
            path = f"{site.root}/state/{name}.secret"
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            with open(path, encoding="ascii") as file:
                secret = file.read()
            self.assertEqual(len(secret), 48)
            for other in (f"{site.root}/state/users.acl", f"{site.root}/etc/redis.conf"):
                with open(other, encoding="utf-8") as file:
                    self.assertNotIn(secret, file.read())


class Up(unittest.TestCase):
    def test_it_proposes_commands_as_it_was_called(self):
        state = os.path.join(scratch, "up-state")
        installed = f"{prefix}/bin/passerelle"
        kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}

        def call(*line):
            return subprocess.run(
                line, env={"PATH": f"{prefix}/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **kept},
                cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
                check=False)
        nobody = call("passerelle", "status", "--state", state)
        self.assertEqual(nobody.returncode, 3)
        self.assertIn("Start it with “passerelle up”", nobody.stderr)
        self.addCleanup(call, installed, "up", "--stop", "--state", state)
        started = call("passerelle", "up", "--detach", "--no-demo", "--workers", "0",
                       "--state", state)
        self.assertEqual(started.returncode, 0, started.stderr)
        again = call(installed, "up", "--detach", "--state", state)
        self.assertEqual(again.returncode, 1)
        for text, program in ((started.stdout, "passerelle"), (again.stderr, installed)):
            proposed = re.findall(r"(?:^|stop it: )\s*(\S*passerelle(?: \S+)*)$", text, re.M)
            self.assertTrue(proposed, text)
            for line in proposed:
                self.assertRegex(line, rf"^{re.escape(program)} (status|list|up)")
                if " up " not in line:
                    self.assertEqual(call(*line.split()).returncode, 0, line)
            self.assertNotIn("./", text)


class Users(unittest.TestCase):
    """The same with the system users, in mount namespaces where they exist: root alone can."""

    def setUp(self):
        if os.geteuid() != 0 or shutil.which("systemd-sysusers") is None or subprocess.run(
                ["unshare", "-m", "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
            self.skipTest("needs root, mount namespaces and systemd-sysusers")
        root = tempfile.mkdtemp(dir=scratch)
        os.chmod(root, 0o755)
        os.makedirs(f"{root}/etc")
        os.makedirs(f"{root}/usr/lib/sysusers.d")
        for name in ("passwd", "group"):
            shutil.copy(f"/etc/{name}", f"{root}/etc/{name}")
        shutil.copy(f"{prefix}/lib/sysusers.d/passerelle.conf", f"{root}/usr/lib/sysusers.d/")
        subprocess.run(["systemd-sysusers", f"--root={root}"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def as_user(name):
            mounts = f"mount --bind {root}/etc/passwd /etc/passwd && " \
                     f"mount --bind {root}/etc/group /etc/group && exec \"$@\""
            return ["unshare", "-m", "--propagation", "private", "sh", "-c", mounts, "sh",
                    "setpriv", "--reuid", name, "--regid", name, "--init-groups"]
        self.as_user = as_user

    def test_each_program_reads_its_own_alone(self):
        site = Site("users", self.as_user)
        self.addCleanup(site.stop)
        Start.check_that_it_works(self, site)
        owners = {"passerelle.key": "passerelle", "passerelled.secret": "passerelle",
                  "match.secret": "passerelle-match", "users.acl": "passerelle-store"}
        for name, owner in owners.items():
            for user in set(owners.values()):
                result = subprocess.run(self.as_user(user) + ["cat", f"{site.root}/state/{name}"],
                                        capture_output=True, check=False)
                self.assertEqual(result.returncode == 0, user == owner, f"{user} reads {name}")
        for user in ("passerelle-match", "passerelle-store"):
            result = subprocess.run(self.as_user(user) + ["ls", f"{site.root}/run"],
                                    capture_output=True, check=False)
            self.assertNotEqual(result.returncode, 0, f"{user} enters the daemon's sockets")


if __name__ == "__main__":
    unittest.main()
