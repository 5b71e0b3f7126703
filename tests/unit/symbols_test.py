"""No function of ours has the name of one of a library that it is linked with: calls inside our
programs would silently go to the wrong one."""

import os
import subprocess
import unittest

BIN = os.environ.get("PASSERELLE_BIN", "build/sanitize/bin")
PROGRAMS = ("passerelle", "passerelled", "passerelle-match", "passerelle-text")
# What compilers put into programs on purpose.
RUNTIMES = ("libasan", "libubsan", "libc.so", "libgcc_s", "ld-linux")


def output(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def functions(path, *options):
    """Names of the global functions that a program or library defines."""
    rows = [line.split() for line in output("nm", "--defined-only", *options, path).splitlines()]
    return {row[2].split("@")[0] for row in rows if len(row) == 3 and row[1] == "T"}


def libraries(path):
    for line in output("ldd", path).splitlines():
        _, arrow, found = line.partition(" => ")
        name = line.split()[0]
        if arrow and found.startswith("/") and not name.startswith(RUNTIMES):
            yield found.split(" (")[0]


class SymbolsTest(unittest.TestCase):
    def test_no_name_is_used_twice(self):
        for name in PROGRAMS:
            path = os.path.join(BIN, name)
            own = {symbol for symbol in functions(path) if not symbol.startswith("_")} - {"main"}
            self.assertGreater(len(own), 100)
            for library in libraries(path):
                with self.subTest(program=name, library=library):
                    self.assertEqual(own & functions(library, "-D"), set())


if __name__ == "__main__":
    unittest.main()
