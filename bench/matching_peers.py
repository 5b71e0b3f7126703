"""The matcher's peers, built from a copy of the folder they come in, on data that its generator
makes. Each returns microseconds for one question, or None where the peer is not present."""

import os
import re
import shutil
import subprocess

from pipeline_machine import say

SYSTEM_PYTHON = "/usr/bin/python3"  # SciPy is a Debian package
BUILDS = {
    "gen/gen": ("gcc", "-O2", "gen/gen.c", "-lm"),
    "match/cprobe": ("gcc", "-O3", "-march=native", "match/cprobe.c", "-lpthread", "-lm"),
    "match/rprobe": ("gcc", "-O3", "-march=native", "match/rprobe.c", "-lm"),
    "match/sqlite_bench": ("gcc", "-O2", "match/sqlite_bench.c", "-lsqlite3"),
    "match/xapian_bench": ("g++", "-O2", "match/xapian_bench.cc", "-lxapian"),
    "match/pg_bench": ("gcc", "-O2", "-I/usr/include/postgresql", "match/pg_bench.c", "-lpq"),
}
POSTGRESQL = "/usr/lib/postgresql/15/bin/pg_ctl"


class Peers:
    def __init__(self, options):
        self.folder = os.path.join(options.directory, "peers")
        for part in ("gen", "match"):
            target = os.path.join(self.folder, part)
            os.makedirs(target, exist_ok=True)
            for name in os.listdir(os.path.join(options.peers, part)):
                shutil.copyfile(os.path.join(options.peers, part, name), os.path.join(target, name))
        for program, command in BUILDS.items():
            subprocess.run([*command[:2], "-w", "-o", program, *command[2:]], cwd=self.folder,
                           check=False)
        self.database = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.database:
            subprocess.run(["su", "postgres", "-c", f"{POSTGRESQL} -D {self.folder}/pgdata -m fast "
                            "stop"], stdout=subprocess.DEVNULL, check=False)

    def _run(self, program, *words):
        path = os.path.join(self.folder, program)
        if not os.path.exists(path):
            return ""
        command = [SYSTEM_PYTHON, "-B", path] if path.endswith(".py") else [path]
        done = subprocess.run([*command, *map(str, words)], cwd=os.path.join(self.folder, "match"),
                              capture_output=True, text=True, check=False)
        for wrong in re.findall(r"(?:mismatches|lists)=([1-9]\d*)|DIFFERENT", done.stdout):
            say(f"  {program}: {wrong or 'some'} answers differ from the reference")
        return done.stdout

    @staticmethod
    def _best(output, pattern, to_us):
        """The smallest of what the pattern finds: a peer is taken at its best."""
        values = [float(value) for value in re.findall(pattern, output)]
        return min(values) * to_us if values else None

    def data(self, name, count, askers, seed):
        """A folder of the synthetic load, made once."""
        path = os.path.join(self.folder, "data", name)
        if not os.path.exists(os.path.join(path, "l_rad.bin")):
            say(f"making {name}")
            os.makedirs(path, exist_ok=True)
            subprocess.run([os.path.join(self.folder, "gen/gen"), str(count), str(askers),
                            str(seed), path], check=True, stderr=subprocess.DEVNULL)
        return path

    def offers(self, count):
        """So many offers and 200 learners, with the reference that the probe writes."""
        path = self.data(str(count), count, 200, 42)
        if not os.path.exists(os.path.join(path, "ref.txt")):
            self.grid(path)
        return path

    def learners(self, count):
        return self.data(f"rev_{count}", 1000, count, 43)

    def grid(self, path):
        output = self._run("match/cprobe", path, 1, os.path.join(path, "ref.txt"))
        return self._best(output, r"grid\+contract-order +threads=1 us/query=([\d.]+)", 1)

    def reverse(self, path):
        output = self._run("match/rprobe", path, 1)
        return self._best(output, r"block prefetch 1 thread: ([\d.]+) us/offer", 1)

    def scipy(self, path, askers):
        output = self._run("match/numpy_bench.py", path, askers, 1)
        return self._best(output, r"filter\+csr .*mean ([\d.]+) ms", 1000)

    def xapian(self, path, askers):
        output = self._run("match/xapian_bench", path, os.path.basename(path), askers, 1)
        return self._best(output, r"mean ([\d.]+) ms", 1000)

    def sqlite(self, path, askers):
        size = os.path.basename(path)
        if not os.path.exists(os.path.join(path, "s.db")):
            self._run("match/sqlite_bench", path)
        output = "".join(self._run("match/sqlite_bench", path, size, plan, askers, 1)
                         for plan in "JRM")
        return self._best(output, r"mean ([\d.]+) ms", 1000)

    def postgresql(self, path, askers):
        if not os.path.exists(POSTGRESQL) or not self._start_postgresql(path):
            return None
        size = os.path.basename(path)
        output = "".join(self._run("match/pg_bench", path, size, plan, askers, 1) for plan in "GP")
        return self._best(output, r"mean ([\d.]+) ms", 1000)

    def _start_postgresql(self, path):
        if not self.database:
            for above in (self.folder, os.path.dirname(self.folder)):
                os.chmod(above, os.stat(above).st_mode | 0o011)  # its user must get there
            setup = subprocess.run(["bash", "match/pg_setup.sh"], cwd=self.folder, check=False,
                                   capture_output=True,
                                   env={**os.environ, "SIZES": os.path.basename(path)})
            self.database = setup.returncode == 0
        return self.database
