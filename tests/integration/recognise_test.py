"""Texts recognised with the starter referential: no server anywhere."""

import json
import os
import subprocess
import tempfile
import unittest

from system import BIN, DATA, SANITIZERS, main

MAIL = ("Cherche dépanneur fibre à Seclin, permis B, à l’aise avec la soudeuse, dispo lundi, "
        "7h30-16h, jeune homme de préférence, 06 39 98 12 34")


class RecogniseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="recognise-test-")
        cls.referential = os.path.join(cls.folder.name, "referential")
        done = cls.run_program(["referential", "build", "--starter", "--out", cls.referential])
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def run_program(words, lines=""):
        environment = {**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LANG": "C.UTF-8"}
        return subprocess.run([os.path.join(BIN, "passerelle"), *words], input=lines, text=True,
                              capture_output=True, env=environment, timeout=300, check=False)

    def ask(self, *questions):
        lines = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
        return self.run_program(["recognise", "--referential", self.referential], lines)

    def answer(self, text, **more):
        done = self.ask({"id": "q", "text": text, "date": "2026-11-26", **more})
        self.assertEqual("", done.stderr)
        self.assertEqual(0, done.returncode)
        return json.loads(done.stdout)

    def words(self, text, item):
        start, end = item.get("span") or (item["start"], item["end"])
        return text[start:end]

    def test_the_mail_of_the_story(self):
        answer = self.answer(MAIL)
        self.assertIn("I1317", [role["code"] for role in answer["roles"][:3]])
        skills = {skill["id"]: self.words(MAIL, skill) for skill in answer["skills"]}
        self.assertEqual("soudeuse", skills["fibre-splicing"])
        self.assertNotIn("metal-welding", skills)
        constraints = answer["constraints"]
        self.assertEqual([("b", True)], [(licence["code"], licence["required"])
                                         for licence in constraints["licences"]])
        self.assertEqual(("2026-11-30", "day"), (constraints["start"]["date"],
                                                 constraints["start"]["precision"]))
        self.assertEqual([("07:30", "16:00")], [(hours["from"], hours["to"])
                                                for hours in constraints["hours"]])
        self.assertEqual([("Seclin", "59560")], [(place["town"], place["commune"])
                                                 for place in constraints["place"]])
        self.assertNotIn("contract", constraints)
        self.assertEqual({"sex", "age"}, {flag["kind"] for flag in answer["flags"]})
        self.assertEqual([("phone", "06 39 98 12 34")],
                         [(item["kind"], self.words(MAIL, item)) for item in answer["private"]])

    def test_the_same_word_in_another_trade(self):
        text = "Chaudronnerie : à l'aise avec la soudeuse, soudure MIG, poste à souder."
        found = {skill["id"] for skill in self.answer(text)["skills"]}
        self.assertIn("metal-welding", found)
        self.assertNotIn("fibre-splicing", found)

    def test_a_cv(self):
        text = "Permis B en cours. Un peu de Python, pas de Java. J'habite à Lens, à vélo, 15 km."
        answer = self.answer(text, kind="cv")
        self.assertEqual([("b", True)], [(item["code"], item["in_progress"])
                                         for item in answer["constraints"]["licences"]])
        skills = {skill["id"]: skill for skill in answer["skills"]}
        self.assertEqual(1, skills["python"]["level"])
        self.assertIsNone(skills["python"]["required"])
        self.assertTrue(skills["java"]["negated"])
        self.assertEqual({15, "bicycle"}, {item.get("mode") or item["radius_km"]
                                           for item in answer["constraints"]["travel"]})
        self.assertEqual([], answer["flags"])

    def test_positions_count_characters(self):
        text = "🙂 Éléonore ! Développeuse PHP à Valenciennes"
        skill = self.answer(text)["skills"][0]
        self.assertEqual(("php", "PHP"), (skill["id"], self.words(text, skill)))

    def test_wrong_questions_are_named(self):
        done = self.ask({"id": "a"}, {"id": "b", "text": "PHP", "kind": "poem"},
                        {"id": "c", "text": "PHP", "date": "tomorrow"},
                        {"id": "d", "text": "PHP", "language": "de"}, {"id": "e", "text": "PHP"})
        self.assertEqual(["e"], [json.loads(line)["id"] for line in done.stdout.splitlines()])
        self.assertEqual(["line 1", "line 2", "line 3", "line 4"],
                         [line.split(":")[0] for line in done.stderr.splitlines()])

    def test_a_referential_is_needed(self):
        self.assertNotEqual(0, self.run_program(["recognise"]).returncode)

    def test_towns_of_another_file(self):
        path = os.path.join(self.folder.name, "towns.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("insee,name,postcode,latitude,longitude\n99001,Trifouilly,99000,50.1,3.1\n")
        done = self.run_program(["recognise", "--referential", self.referential, "--communes", path],
                                json.dumps({"id": "q", "text": "Poste basé à Trifouilly"}) + "\n")
        place = json.loads(done.stdout)["constraints"]["place"]
        self.assertEqual([("Trifouilly", "99001")],
                         [(item["town"], item.get("commune")) for item in place])


if __name__ == "__main__":
    main()
