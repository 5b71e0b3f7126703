"""People read what skills and roles are called; programs read their ids."""

import csv
import json
import os
import re

import records
from client import Rejected
from system import DATA, TERRITORY, SystemTest, main, run


def catalogue(name):
    with open(os.path.join(DATA, "referential", name), encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class LabelsTest(SystemTest):
    def begin_with_learner(self):
        """One with more claims than one question asks about."""
        system = self.begin(workers=0)
        self.client = system.connect()
        body = {**records.origin(1), "roles": [records.ROLES[0], "dompteuse de puces"],
                "claims": [{"skill": skill, "level": 3} for skill in records.SKILLS[:50]]
                + [{"skill": "no-such-skill"}, {"words": "broderie"}]}
        self.learner = self.client.do("learner.put", body)["record"]
        return system

    def show(self, *words):
        return run("show", self.learner, "--territory", TERRITORY, *words, state=self.system.state)

    def test_labels_by_id(self):
        system = self.begin_with_learner()
        skills, roles = catalogue("skills.csv"), catalogue("roles.csv")
        role = next(role for role in roles.values() if role["rome"])
        known = records.SKILLS[:2]
        answer = system.ask("labels", skills=[known[1], "no-such-skill", known[0]],
                            roles=[role["id"], role["rome"], "Z9999"])
        self.assertEqual([skill["id"] for skill in answer["skills"]], [known[1], known[0]])
        self.assertEqual(answer["skills"][0]["french"], skills[known[1]]["fr"])
        self.assertEqual(answer["roles"][0]["id"], role["id"])
        self.assertEqual(answer["roles"][1]["rome"], role["rome"])
        self.assertEqual(len(answer["roles"]), 2)
        self.assertEqual((system.ask("labels")["skills"], system.ask("labels")["roles"]), ([], []))
        with self.assertRaises(Rejected):
            system.ask("labels", skills=["a"] * 17)

    def test_a_record_is_shown_with_them(self):
        self.begin_with_learner()
        skills, roles = catalogue("skills.csv"), catalogue("roles.csv")
        for language in ("fr", "en"):
            shown = self.show("--lang", language)
            for skill in records.SKILLS[:50]:
                self.assertIn(f"- {skills[skill][language] or skills[skill]['fr']}, ", shown)
            label = roles[records.ROLES[0]]
            self.assertIn(f"  {label[language] or label['fr']}, dompteuse de puces\n", shown)
            self.assertIn("- no-such-skill\n", shown)
            self.assertIn("- broderie\n", shown)
        record = json.loads(self.show("--json"))["record"]
        self.assertEqual(record["claims"][0]["skill"], records.SKILLS[0])
        self.assertEqual(record["roles"][0], records.ROLES[0])

    def table(self, kind, *words):
        return run("list", kind, "--territory", TERRITORY, *words, state=self.system.state)

    def test_lists_are_shown_with_them(self):
        self.begin_with_learner()
        skills, roles = catalogue("skills.csv"), catalogue("roles.csv")
        wanted = list(roles)[:30]  # more than one question asks about
        for number, role in enumerate(wanted):
            self.client.do("learner.put", {**records.origin(10 + number), "roles": [role]})
        coded = next(role for role in roles.values() if role["rome"])
        self.client.do("programme.put", {**records.origin(1), "name": "Web",
                                         "roles": [coded["rome"]]})
        self.client.do("skill.attach", {"words": "broderie", "skill": records.SKILLS[0]})

        def label(row):
            return row[language] or row["fr"]
        for language in ("fr", "en"):
            rows = self.table("learners", "--lang", language).splitlines()[1:]
            self.assertIn(f"  {label(roles[records.ROLES[0]])}, dompteuse de puces", rows[0])
            self.assertEqual(len(rows), 1 + len(wanted))
            for row, role in zip(rows[1:], wanted):
                self.assertRegex(row, rf"  {re.escape(label(roles[role]))}(  |$)")
            self.assertIn(f"  {label(coded)}\n", self.table("programmes", "--lang", language))
            self.assertRegex(self.table("attachments", "--lang", language),
                             rf"  broderie +{re.escape(label(skills[records.SKILLS[0]]))}\n")
            self.assertEqual(len(self.table("learners", "--limit", "2").splitlines()), 3)
        listed = [json.loads(line) for line in self.table("learners", "--json").splitlines()]
        self.assertEqual(listed[1]["record"]["roles"], wanted[:1])


if __name__ == "__main__":
    main()
