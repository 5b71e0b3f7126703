"""The acceptance story of importing people: a spreadsheet of 70 profiles, as written in the issue."""

import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))

from harness import wait_until  # noqa: E402
from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main  # noqa: E402

NAMES = ("Dupontelle", "Vercauterenne", "Lambrecque", "Quenneville", "Zwertvaegher", "Ôzouf")
SKILLS, TWIN, UNBORN = 5, 20, 33  # rows of the three profiles that are special
COLUMNS = ("Nom;Prénom;N° France Travail;Date de naissance;Code postal;Ville;N° de sécu;"
           "Compétences")


def surname(row):
    return NAMES[row % len(NAMES)] + chr(97 + row // 26) + chr(97 + row % 26)


def social_security_number(row):
    """Thirteen digits and their key."""
    digits = f"{1 + row % 2}{80 + row % 20}{1 + row % 12:02}59350{row + 1:03}"
    return f"{digits}{97 - int(digits) % 97:02}"


def profile(row):
    number = f"{10_000_000_000 + (3 if row == TWIN else row)}"
    born = "31/02/2004" if row == UNBORN else f"{1 + row % 28:02}/{1 + row % 12:02}/{1980 + row % 25}"
    skills = '"modo Discord; licorne quantique"' if row == SKILLS else '"HTML; CSS"'
    return (f"{surname(row)};Zoé;{number};{born};59000;Lille;{social_security_number(row)};"
            f"{skills}")


class ImportProfiles(SystemTest):
    def setUp(self):
        self.begin(workers=2)
        self.file = self.system.path("profils.csv")
        text = "\r\n".join([COLUMNS, *(profile(row) for row in range(70))]) + "\r\n"
        with open(self.file, "wb") as file:
            file.write(text.encode("windows-1252"))

    def command(self, *words):
        return [os.path.join(BIN, "passerelle"), *words, "--state", self.system.state,
                "--territory", TERRITORY, "--lang", "en"]

    def environment(self):
        return {**os.environ, **SANITIZERS, "LC_ALL": "C.UTF-8", "PASSERELLE_DATA": DATA}

    def run_command(self, *words):
        return subprocess.run(self.command(*words), env=self.environment(), text=True, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def import_file(self):
        return self.run_command("import", "learners", "--yes", self.file)

    def learners(self):
        lines = self.run_command("list", "learners", "--json").stdout.splitlines()
        return [json.loads(line) for line in lines]

    def owner_of_unknown_words(self):
        for learner in self.learners():
            words = [claim.get("words", "") for claim in learner["record"].get("claims", [])]
            if any("licorne" in word for word in words):
                return learner["id"]
        raise AssertionError("nobody holds the unknown words")

    def assert_no_surname_in_clear(self):
        # The file itself is in the state directory only for this test.
        pattern = "|".join(surname(row) for row in range(70))
        found = subprocess.run(["grep", "-raE", "--exclude=profils.csv", "-l", pattern,
                                self.system.state], capture_output=True, text=True, check=False)
        self.assertEqual(found.stdout, "")

    def offer_for_a_moderator(self):
        self.system.connect().do("offer.put", {
            "source": "story", "reference": "moderator", "observed_at": "2026-11-20T08:00:00.000Z",
            "title": "Modérateur Discord", "contract": "cdd",
            "requirements": [{"words": "modo Discord", "required": True}]})

    def test_as_told(self):
        self.offer_for_a_moderator()

        with self.subTest("the first import"):
            done = self.import_file()
            self.assertIn("68 created", done.stdout)
            self.assertRegex(done.stdout, r"\b1 probable duplicate\b")
            self.assertRegex(done.stdout, r"\b1 rejected\b")
            self.assertRegex(done.stderr, rf"profils\.csv:{UNBORN + 2}:4: ")
            self.assertRegex(done.stderr, rf"profils\.csv:{TWIN + 2}:3: .*duplicate")
            self.assertRegex(done.stderr, r"(?i)column “N° de sécu” .*left out")
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertEqual(len(self.learners()), 68)

        with self.subTest("words nobody knows, and the rest of their owner's skills"):
            self.assertIn("licorne quantique", self.run_command("list", "unrecognised").stdout)
            owner = self.owner_of_unknown_words()
            self.system.wait_quiet()
            matches = self.run_command("matches", "--learner", owner)
            self.assertIn("Modérateur Discord", matches.stdout)

        with self.subTest("again: nothing is created, nothing changes"):
            before = self.system.status()["seq"]
            done = self.import_file()
            self.assertIn("0 created, 0 changed", done.stdout)
            self.assertEqual(self.system.status()["seq"], before)
            self.system.verify()
            self.assert_no_surname_in_clear()

        with self.subTest("erased"):
            erased = self.run_command("erase", "--yes", owner)
            self.assertEqual(erased.returncode, 0, erased.stderr)
            self.assertEqual(self.run_command("export", owner).returncode, 1)
            self.system.verify()

    def test_killed_midway_and_done_again(self):
        # The daemon stops itself in the middle; the import dies by kill -9 while it waits.
        self.system.daemon.stop()
        self.system.daemon.start(fault="after-commit-before-reply:30:stop")
        self.system.daemon.wait_ready()
        importing = subprocess.Popen(self.command("import", "learners", "--yes", self.file),
                                     env=self.environment(), stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(importing.kill)
        self.system.daemon.wait_paused()
        importing.kill()
        importing.wait()
        self.system.daemon.resume()
        there = len(self.learners())
        self.assertTrue(0 < there <= 68, there)

        done = self.import_file()
        created = int(re.search(r"(\d+) created", done.stdout).group(1))
        unchanged = int(re.search(r"(\d+) unchanged", done.stdout).group(1))
        self.assertEqual(created + unchanged, 68, done.stdout)
        wait_until(lambda: len(self.learners()) == 68, "the same 68 are there")
        self.assertIn("0 created, 0 changed", self.import_file().stdout)
        self.system.verify()


if __name__ == "__main__":
    main()
