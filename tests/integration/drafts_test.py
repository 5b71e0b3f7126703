"""Offers that came as text: nothing matches them before they are confirmed."""

import json
import os
import subprocess

from client import Rejected
from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main

OBSERVED = "2026-11-02T08:00:00.000Z"
LEARNER = {"source": "test", "reference": "l", "observed_at": OBSERVED, "roles": ["web-developer"],
           "claims": [{"skill": "html", "level": 3}, {"skill": "css", "level": 3}]}


def offer(**more):
    return {"source": "test", "reference": "o", "observed_at": OBSERVED,
            "title": "Développeur web", "role": "web-developer",
            "requirements": [{"skill": "html", "required": True}], **more}


class DraftsTest(SystemTest):
    def passerelle(self, *words, answer=""):
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--state", self.system.state, "--territory",
             TERRITORY, "--lang", "en"],
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8"},
            input=answer, capture_output=True, timeout=300, text=True, check=False)
        self.assertNotIn("Sanitizer", done.stderr)
        return done

    def put(self, draft=True, **more):
        return self.intake.do("offer.put", offer(**more), **({"draft": True} if draft else {}))

    def matched(self, record):
        self.system.verify()
        return [match["id"] for match in self.system.ask("matches", id=record)["matches"]]

    def setUp(self):
        self.begin()
        self.intake = self.system.connect()
        self.learner = self.intake.do("learner.put", LEARNER)["record"]

    def test_a_draft_matches_nothing_until_it_is_confirmed(self):
        record = self.put()["record"]
        self.assertEqual(self.matched(record), [])
        shown = self.passerelle("show", record).stdout
        self.assertIn("draft", shown)
        self.assertIn(f"passerelle offer confirm {record}", shown)
        self.assertIn("draft", self.passerelle("list", "offers").stdout)
        status = self.passerelle("status", "--json").stdout
        self.assertEqual(json.loads(status)["territories"][0]["drafts"], 1)
        self.assertIn("1 offers wait to be confirmed", self.passerelle("status").stdout)
        done = self.passerelle("offer", "confirm", record, "--corrections", "-",
                               answer='{"contract": "cdi", "positions": 2}')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.matched(record), [self.learner])
        stored = self.system.ask("record.get", id=record)["records"][0]
        self.assertEqual((stored["state"], stored["record"]["contract"]), ("open", "cdi"))
        # The same text again leaves what was made of it.
        self.assertEqual(self.put()["result"], "unchanged")
        self.assertEqual(self.matched(record), [self.learner])

    def test_confirming_twice_and_at_a_revision(self):
        record = self.put()["record"]
        with self.assertRaises(Rejected) as refused:
            self.intake.do("offer.confirm", {"id": record})
        self.assertEqual(refused.exception.codes, ["wrong_state"])
        for code in (0, 0):
            done = self.passerelle("offer", "confirm", record, "--corrections", "-", answer="{}")
            self.assertEqual(done.returncode, code, done.stderr)
        done = self.passerelle("offer", "confirm", record, "--revision", "1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("revision_conflict", done.stderr)
        self.assertEqual(self.intake.do("offer.confirm", {"id": record})["result"], "unchanged")

    def test_corrections_that_cannot_be_taken(self):
        record = self.put()["record"]
        for text, told in (("[]", "not a JSON object"), ("{", "not a JSON object"),
                           ('{"contract": "other"}', "record.contract"),
                           ('{"title": null}', "record.title")):
            done = self.passerelle("offer", "confirm", record, "--corrections", "-", answer=text)
            self.assertEqual(done.returncode, 1)
            self.assertIn(told, done.stderr)
        self.assertEqual(self.matched(record), [])

    def test_an_open_offer_that_comes_as_another_text_is_a_draft_again(self):
        record = self.put(draft=False)["record"]
        self.assertEqual(self.matched(record), [self.learner])
        self.put(title="Développeuse web", observed_at="2026-11-03T08:00:00.000Z")
        self.assertEqual(self.matched(record), [])

    def test_a_withdrawn_draft_comes_back_as_one(self):
        record = self.put()["record"]
        self.intake.do("offer.withdraw", {"id": record})
        self.intake.do("offer.reopen", {"id": record})
        self.assertEqual(self.system.ask("record.get", id=record)["records"][0]["state"], "draft")
        self.intake.do("offer.erase", {"id": record})
        self.system.verify()


if __name__ == "__main__":
    main()
