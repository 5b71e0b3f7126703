"""The two scripts at the root: the language that they speak, and what they call the program."""

import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class ScriptsTest(unittest.TestCase):
    def setUp(self):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="passerelle-scripts-"))
        self.addCleanup(shutil.rmtree, self.root)

    def call(self, *line, cwd="/", **environment):
        done = subprocess.run(line, cwd=cwd, env={"PATH": os.environ["PATH"], **environment},
                              capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    def test_up_speaks_both_languages(self):
        up = os.path.join(ROOT, "up")
        for words, environment, french in (
                ([], {}, False), ([], {"LANG": "fr_FR.UTF-8"}, True),
                ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, False), (["--lang", "fr"], {}, True),
                (["--lang=en"], {"LC_ALL": "fr_FR.UTF-8"}, False)):
            with self.subTest(words=words, environment=environment):
                said = self.call(up, *words, "--help", **environment)
                self.assertEqual("Ensuite : ./passerelle help" in said, french)
                self.assertEqual("Then: ./passerelle help" in said, not french)

    def test_the_program_is_named_as_people_call_it(self):
        script = shutil.copy(os.path.join(ROOT, "passerelle"), self.root)
        program = os.path.join(self.root, "build/release/bin/passerelle")
        os.makedirs(os.path.dirname(program))
        with open(program, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\necho $PASSERELLE_PROGRAM\n")
        os.chmod(program, 0o755)
        self.assertEqual(self.call("./passerelle", cwd=self.root), "./passerelle\n")
        self.assertEqual(self.call(script), f"{script}\n")


if __name__ == "__main__":
    unittest.main()
