"""Real offers and official catalogues go in: needs ../shared/data, which is no part of the project."""

import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "integration"))

from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main  # noqa: E402

SHARED = os.path.join(HERE, "..", "..", "..", "shared", "data")
OFFERS = os.path.join(SHARED, "offers", "offers_fr.tsv")
MAP = os.path.join(DATA, "maps", "offres-fr.map")
DEMO_LEARNERS = [os.path.join(DATA, "demo", name)
                 for name in ("01-programmes.jsonl", "02-cohorts.jsonl", "04-learners.jsonl")]


@unittest.skipUnless(os.path.exists(OFFERS), "../shared/data is not there")
class RealOffers(SystemTest):
    def setUp(self):
        self.begin(workers=2)

    def expect(self, *words, code=0):
        done = subprocess.run([os.path.join(BIN, "passerelle"), *words, "--state",
                               self.system.state, "--territory", TERRITORY, "--lang", "en"],
                              env={**os.environ, **SANITIZERS, "LC_ALL": "C.UTF-8",
                                   "PASSERELLE_DATA": DATA},
                              text=True, check=False, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=240)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def import_offers(self):
        return self.expect("import", "offers", "--map", MAP, OFFERS)

    def imported(self):
        offers = map(json.loads, self.expect("list", "offers", "--json").splitlines())
        return {offer["id"]: offer["record"] for offer in offers}

    def matches(self, learner):
        lines = self.expect("matches", "--learner", learner, "--json").splitlines()
        return [json.loads(line) for line in lines]

    def test_before_and_after_the_official_catalogues(self):
        self.expect("submit", "--stable-ids", *DEMO_LEARNERS)
        self.assertIn("756 created", self.import_offers())
        self.assertEqual(len(self.imported()), 756)
        self.assertIn("756 unchanged", self.import_offers())

        self.expect("import", "referential", "--rome", os.path.join(SHARED, "rome4"))
        self.expect("import", "communes", os.path.join(SHARED, "geo", "laposte_hexasmal.csv.gz"))
        self.import_offers()
        self.assertIn("756 unchanged", self.import_offers())
        offers = self.imported()
        self.assertEqual(len(offers), 756)
        # All that name a town have coordinates; the others name a department or a country.
        placed = sum("latitude" in offer.get("place", {}) for offer in offers.values())
        self.assertGreaterEqual(placed, 680)

        self.expect("verify", "--wait", "120")
        learners = [json.loads(line)["id"]
                    for line in self.expect("list", "learners", "--json").splitlines()]
        matched = [match for learner in learners for match in self.matches(learner)]
        self.assertGreater(len(matched), len(learners))
        for match in matched:
            self.assertIn(match["id"], offers)
            self.assertTrue(match["reasons"])


if __name__ == "__main__":
    main()
