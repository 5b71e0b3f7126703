"""The audit tells sums of groups only, hides small ones, and proves that scores are blind."""

import json
import math
import os

import records
from client import today
from system import TERRITORY, SystemTest, main, run

SKILL = records.SKILLS[0]
HIDDEN = {"hidden": True}


class AuditTest(SystemTest):
    def put_learner(self, client, number, level, statistics, **body):
        claims = [{"skill": SKILL, "level": level, "evidence": "work"}]
        told = {"statistics": statistics} if statistics else {}
        return client.do("learner.put", {**records.origin(number), "claims": claims, **told,
                                         **body})["record"]

    def put_offers(self, client, count):
        for number in range(count):
            client.do("offer.put", {
                **records.origin(number), "title": f"Offre {number}",
                "requirements": [{"skill": SKILL, "level": 3, "required": True}]})

    def tables(self, **body):
        answer = self.system.query.ask({"type": "audit", "body": body})
        return answer, {table["name"]: {cell["name"]: cell for cell in table["cells"]}
                        for table in answer["tables"]}

    def command(self, *words):
        return run("audit", *words, "--territory", TERRITORY, state=self.system.state)

    def test_groups_are_compared_and_small_ones_hidden(self):
        client = self.begin(workers=2).connect()
        programme = client.do("programme.put", {**records.origin(1), "name": "Web"})["record"]
        cohort = client.do("cohort.put", {**records.origin(1), "programme": programme,
                                          "name": "Web 1"})["record"]
        year = int(today()[:4])
        for number in range(12):  # held well: they come first
            self.put_learner(client, number, 3, {"gender": "female", "birth_year": year - 20},
                             cohort=cohort)
        for number in range(12, 32):  # held less well
            self.put_learner(client, number, 2, {"gender": "male", "birth_year": year - 30,
                                                 "diploma": "level_4"})
        for number in range(32, 35):
            self.put_learner(client, number, 3, {"gender": "other"})
        for number in range(35, 46):
            self.put_learner(client, number, 1, {})
        gone = self.put_learner(client, 99, 3, {"gender": "female"})
        client.do("learner.withdraw", {"id": gone})
        self.put_offers(client, 3)
        self.system.wait_quiet()
        answer, tables = self.tables()
        self.assertEqual((answer["offers"], answer["top"], answer["smallest_cell"]), (3, 10, 10))
        total = answer["tables"][0]["total"]
        self.assertEqual(total["learners"], 46)
        # The three of another gender are hidden, and the next smallest group with them.
        gender = tables["gender"]
        self.assertEqual(gender["other"], {"name": "other", "hidden": True})
        self.assertEqual(gender["not_given"], {"name": "not_given", "hidden": True})
        self.assertEqual(gender["female"]["learners"], 12)
        self.assertEqual(gender["male"]["learners"], 20)
        self.assertEqual(gender["male"]["selected"], 0)
        self.assertGreater(gender["female"]["selected"], 8)
        self.assertEqual(tables["programme"][programme]["learners"], 12)
        self.assertEqual(tables["programme"]["not_given"]["learners"], 34)
        self.assertEqual(set(tables["diploma"]), {"level_4", "not_given"})
        self.assertEqual(tables["age"]["under_26"]["learners"], 12)
        # Every list of three offers shows 32 of the learners.
        places = sum(10000 / math.log2(place + 2) for place in range(32))
        self.assertAlmostEqual(total["exposure"], 3 * places, delta=100)
        first, = {cell["selected"] for cell in (self.tables(top=32)[1]["gender"]["male"],)}
        self.assertGreater(first, 0)
        self.check_reports(programme)

    def check_reports(self, programme):
        report = json.loads(self.command("--json"))
        gender = {group["name"]: group for table in report["tables"] if table["name"] == "gender"
                  for group in table["groups"]}
        self.assertEqual(gender["other"], {"name": "other", **HIDDEN})
        self.assertGreater(gender["female"]["exposure_ratio"]["low"], 1)
        self.assertIsNone(gender["male"]["selection_ratio"])
        swap = report["blind_swap"]
        self.assertEqual((swap["learners"], swap["pairs"], swap["differing"]), (46, 46 * 3, 0))
        page = os.path.join(self.system.state, "audit.html")
        text = self.command("--lang", "fr", "--html", page)
        for words in ("Par genre", "femme", "caché", "Échange à l'aveugle",
                      "Aucun profil ni aucune note ne diffère", programme):
            self.assertIn(words, text)
        with open(page, encoding="utf-8") as file:
            html = file.read()
        self.assertIn("<table>", html)
        self.assertIn("<td>caché</td>", html)
        # Nobody is named in any of it.
        for output in (json.dumps(report["tables"]), text, html):
            self.assertNotRegex(output, r"\bL\d+\b")

    def test_an_empty_territory_has_a_report(self):
        self.begin(workers=0)
        answer, tables = self.tables()
        self.assertEqual(answer["offers"], 0)
        self.assertEqual(tables["gender"], {})
        self.assertIn("By gender", self.command())

    def test_audits_come_one_at_a_time(self):
        client = self.begin(workers=0).connect()
        for number in range(30):
            self.put_learner(client, number, 2, {"gender": "female"})
        query = self.system.connect("query")
        for _ in range(5):
            query.send(query.message({"type": "audit", "body": {}}))
        answers = [query.receive(20) for _ in range(5)]
        self.assertEqual({answer["status"] for answer in answers} - {"ok", "retry"}, set())
        self.assertIn("ok", {answer["status"] for answer in answers})
        self.assertEqual(self.tables()[1]["gender"]["female"]["learners"], 30)


if __name__ == "__main__":
    main()
