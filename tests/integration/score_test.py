"""Pairs scored from a referential file: no server anywhere."""

import json
import os
import subprocess
import tempfile
import unittest

from system import BIN, DATA, SANITIZERS, main

FIBRE = {"skill": "fibre-splicing", "level": 3, "evidence": "attested"}
ASKS = {"skill": "fibre-splicing", "level": 3, "required": True}
TODAY = "2026-11-27"


class ScoreTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        cls.addClassCleanup(cls.directory.cleanup)
        cls.referential = os.path.join(cls.directory.name, "starter.referential")
        ended, out = cls.passerelle("referential", "build", "--starter", "--out", cls.referential)
        assert ended == 0, out

    @classmethod
    def passerelle(cls, *words, text="", language="en"):
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--lang", language], input=text.encode(),
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8"},
            capture_output=True, timeout=300, check=False)
        assert b"Sanitizer" not in done.stderr, done.stderr.decode()
        return done.returncode, done.stdout.decode()

    def ask(self, *questions, code=0, language="en"):
        text = "".join(question if isinstance(question, str) else json.dumps(question) + "\n"
                       for question in questions)
        ended, out = self.passerelle("score", "--referential", self.referential, text=text,
                                     language=language)
        self.assertEqual(ended, code, out)
        return [json.loads(line) for line in out.splitlines()]

    def pair(self, learner=None, offer=None, **more):
        return {"id": "q", "today": TODAY, "learner": {"claims": [FIBRE], **(learner or {})},
                "offer": {"requirements": [ASKS], **(offer or {})}, **more}

    def test_a_pair_gets_its_score_from_both_sides(self):
        answer, = self.ask(self.pair())
        self.assertEqual(answer["id"], "q")
        self.assertEqual(answer["employer"], 0.95)
        self.assertEqual(answer["learner"], 0.7)
        self.assertEqual(answer["score"], 0.8154)  # floor(10,000 √(0.95 × 0.7))
        self.assertEqual(answer["failed"], [])
        self.assertFalse(answer["near_miss"])
        fits = answer["reasons"][0]
        self.assertEqual((fits["code"], fits["path"], fits["evidence"]),
                         ("fits", "same", "attested"))
        self.assertIn("Fibre splicing", fits["words"])

    def test_a_near_miss_is_named_with_how_much_is_missing(self):
        driver = {"licences": [{"category": "b", "holding": "in_progress",
                                "expected_on": "2026-12-20"}],
                  "place": {"latitude": 50620000, "longitude": 3050000},
                  "travel": [{"mode": "bicycle", "radius_km": 8}]}
        offer = {"licences": [{"category": "b", "required": True}],
                 "place": {"latitude": 50520000, "longitude": 3030000}}
        answer, = self.ask(self.pair(driver, offer))
        self.assertEqual(answer["score"], 0)
        self.assertTrue(answer["near_miss"])
        self.assertGreater(answer["score_if_met"], 0.8)
        failed = {one["constraint"]: one for one in answer["failed"]}
        self.assertEqual(set(failed), {"distance", "licence"})
        self.assertEqual(failed["distance"]["by"], 4)
        self.assertTrue(failed["distance"]["near"])
        self.assertEqual(failed["licence"]["outlook"], "in_progress")
        self.assertEqual(failed["licence"]["outlook_on"], "2026-12-20")

    def test_protected_fields_change_no_byte(self):
        full = {"source": "test", "reference": "1", "observed_at": "2026-11-01T08:00:00.000Z"}
        plain = self.pair(full)
        swapped = self.pair({**full, "contact": {"given_name": "Ada", "birth_date": "1960-02-03"},
                             "statistics": {"gender": "female", "birth_year": 1960,
                                            "diploma": "level_8", "status": "student"}})
        one, other = self.ask(plain, swapped)
        self.assertEqual(json.dumps(one), json.dumps(other))

    def test_a_wrong_line_is_answered_and_stops_nothing(self):
        answers = self.ask(
            {"id": "a", "learner": {"claims": [{"skill": "x", "level": 9}]}, "offer": {}},
            "nonsense\n", {"learner": {}, "offer": {}}, {"id": "b", "offer": {}},
            {"id": "c", "learner": {}, "offer": [], "today": "yesterday"},
            {"id": "d", "learner": {"colour": 1}, "offer": {}, "extra": 1}, self.pair(), code=4)
        self.assertEqual(answers[0]["errors"][0], {
            "code": "out_of_bounds", "path": "learner.claims[0].level",
            "expected": "integer 1..4"})
        self.assertEqual((answers[1]["line"], answers[1]["errors"][0]["code"]), (2, "not_json"))
        self.assertEqual((answers[2]["line"], answers[2]["errors"][0]["path"]), (3, "id"))
        self.assertEqual(answers[3]["errors"][0]["path"], "learner")
        self.assertEqual([(error["code"], error["path"]) for error in answers[4]["errors"]],
                         [("bad_format", "today"), ("wrong_type", "offer")])
        self.assertEqual([error["path"] for error in answers[5]["errors"]],
                         ["extra", "learner.colour"])
        self.assertEqual(answers[6]["score"], 0.8154)

    def test_what_no_record_can_hold_is_named_by_its_record(self):
        answer, = self.ask(self.pair(offer={"requirements": [{**ASKS, "level": 3.5}]}), code=1)
        self.assertEqual([(error["code"], error["path"]) for error in answer["errors"]],
                         [("wrong_type", "offer")])

    def test_today_decides_what_has_expired(self):
        held = {"authorisations": [{"name": "aipr", "expires_on": "2026-11-27"}]}
        asked = {"authorisations": ["aipr"]}
        one, other = self.ask(self.pair(held, asked), self.pair(held, asked, today="2026-11-28"))
        self.assertEqual(one["failed"], [])
        self.assertEqual(other["failed"][0]["outlook"], "expired")
        self.assertTrue(other["near_miss"])


if __name__ == "__main__":
    main()
