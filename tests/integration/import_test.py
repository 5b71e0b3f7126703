"""Importing tables: the story of a training centre's spreadsheet, and the formats it may come in."""

import datetime
import glob
import io
import json
import os
import random
import subprocess
import unittest
import zipfile

from client import Rejected
from harness import ROOT, wait_until
from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main

PUBLIC = os.path.join(ROOT, "..", "shared", "data")
HEADERS = ["Nom", "Prénom", "N° France Travail", "Date de naissance", "Genre", "Code postal",
           "Ville", "Téléphone", "Mail", "Compétences", "Permis", "Mobilité (km)", "N° sécu"]
FAMILIES = ["MARTIN", "BERNARD", "DUBOIS", "PETIT", "LEFÈVRE", "GARCIA", "ROUX"]
GIVEN = ["Élodie", "Zoë", "Hélène", "François", "Jérôme", "Amélie", "Noé", "Inès", "Maël", "Chloé"]
SKILLS = ["HTML", "CSS", "JavaScript", "Python", "SQL", "Git"]
UNKNOWN = "licorne quantique"
# A welder's trade in the form of ROME 4.0.
ROME = {
    "referentiel_competence": ["code_ogr,libelle_competence,code_ogr_macro_comp",
                               "100,Souder au plafond,"],
    "referentiel_savoir": ["code_ogr_savoir,libelle_savoir", "200,Lecture de plan"],
    "referentiel_code_rome": ["code_rome,libelle_rome", "H2913,Soudeur / Soudeuse"],
    "referentiel_appellation": ["code_rome,libelle_appellation_long,libelle_appellation_court",
                                "H2913,Soudeur braseur,Soudeur"],
    "coherence_item": ["code_rome,code_ogr,coeur_metier", "H2913,100,Principale"],
    "rubrique_mobilite": ["code_rome,code_rome_cible,numero_ordre"],
}
ROWS, REPEATING, BADLY_BORN, DREAMER = 70, 30, 50, 10


def social_security_number(number):
    digits = int(f"1{85 + number % 15:02}{1 + number % 12:02}59350{number + 1:03}")
    return f"{digits:013}{97 - digits % 97:02}"


def people():
    """The rows of the story: all invented."""
    rng = random.Random(70)
    rows = []
    for number in range(ROWS):
        rows.append([
            FAMILIES[number % 7], GIVEN[number // 7], f"{10000000000 + number * 137}",
            f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(1985, 2005)}",
            rng.choice("FH"), "59000", rng.choice(["Lille", "Roubaix", "Tourcoing"]),
            f"06{rng.randint(0, 99999999):08}", f"p{number}@exemple.fr",
            "; ".join(rng.sample(SKILLS, 3)), "B" if number % 3 else "", "20",
            social_security_number(number)])
    rows[DREAMER][9] = f"modo Discord; {UNKNOWN}; HTML; CSS; JavaScript"
    rows[REPEATING][2] = rows[5][2]
    rows[BADLY_BORN][3] = "31/02/2004"
    return rows


def csv_bytes(rows, encoding="cp1252"):
    def cell(text):
        return f'"{text}"' if ";" in text else text
    lines = [";".join(map(cell, row)) for row in [HEADERS, *rows]]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx_bytes(rows):
    """A workbook as Excel would keep it: numbers as numbers, dates as serial numbers."""
    def cell(text, style=0):
        if text.isdigit():
            return f'<c s="{style}"><v>{int(text)}</v></c>'
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    def birth(text):
        day, month, year = map(int, text.split("/"))
        try:
            serial = (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days
        except ValueError:
            return cell(text)
        return cell(str(serial), style=1)

    body = "".join("<row>" + "".join(birth(text) if i == 3 else cell(text)
                                     for i, text in enumerate(row)) + "</row>" for row in rows)
    parts = {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="Profils" sheetId="1" '
                           'r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" '
                                      'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
                         '</styleSheet>',
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>" +
                                    "".join(cell(text) for text in HEADERS) + "</row>" + body +
                                    "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


class ImportTest(SystemTest):
    def begin(self, workers=2, **options):
        """The first day of a territory is an event too: it is over before counting begins."""
        system = super().begin(workers, **options)
        wait_until(lambda: system.status()["day"], "the day is known")
        return system

    def file(self, name, data):
        path = self.system.path(name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def passerelle(self, *words, answer=None, **environment):
        """Code, output and complaints of one command."""
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--state", self.system.state, "--territory",
             TERRITORY, "--lang", "en"],
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8",
                 **environment},
            input=answer or "", capture_output=True, timeout=300, text=True, check=False)
        self.assertNotIn("Sanitizer", done.stderr)
        return done.returncode, done.stdout, done.stderr

    def imported(self, *words, code=0):
        """The answer of an import, and its complaints."""
        ended, out, err = self.passerelle("import", *words, "--json")
        self.assertEqual(ended, code, out + err)
        return json.loads(out), err

    def counts(self, answer):
        return {name: answer[name]
                for name in ("created", "changed", "unchanged", "duplicates", "rejected")}

    def holds_nowhere(self, text):
        """The text is in no file of the state but the table that brought it."""
        for path in glob.glob(self.system.path("**"), recursive=True):
            if os.path.isfile(path) and not path.endswith(".csv"):
                with open(path, "rb") as file:
                    self.assertNotIn(text.encode(), file.read(), path)

    def check_story(self, path, err):
        self.assertIn(f"{path}:{BADLY_BORN + 2}:4: ", err)
        self.assertIn(f"{path}:2:13: the column “N° sécu” holds social-security numbers", err)
        self.assertRegex(err, rf"{path}:{REPEATING + 2}:3: probable duplicate: its reference "
                              r"belongs to L\d+")

    def test_a_spreadsheet_is_imported_killed_and_repeated(self):
        self.begin()
        path = self.file("profils.csv", csv_bytes(people()))
        once = {"created": 68, "changed": 0, "unchanged": 0, "duplicates": 1, "rejected": 1}
        ended, _, _ = self.passerelle("import", "learners", "--yes", path,
                                      PASSERELLE_FAULT="import-row-answered:30:kill")
        self.assertEqual(ended, -9)
        self.assertGreater(self.system.status()["learners"], 0)
        answer, err = self.imported("learners", "--yes", path, code=4)
        self.assertEqual(self.counts(answer), once)
        self.assertIn("going on with the import that was cut off", err)
        self.check_story(path, err)
        self.assertEqual(self.system.status()["learners"], 68)
        seq = self.system.status()["seq"]
        answer, err = self.imported("learners", "--yes", path, code=4)
        self.assertEqual(self.counts(answer), {**once, "created": 0, "unchanged": 68})
        self.check_story(path, err)
        self.assertEqual(self.system.status()["seq"], seq)
        self.holds_nowhere(social_security_number(1))
        self.holds_nowhere("p1@exemple.fr")

    def test_unknown_words_are_listed_and_the_rest_matches(self):
        system = self.begin()
        path = self.file("profils.csv", csv_bytes(people()))
        self.imported("learners", "--yes", path, code=4)
        offer = self.file("offres.jsonl", json.dumps({
            "source": "essai", "reference": "1", "title": "Développeur web",
            "requirements": [{"words": word, "required": True}
                             for word in ("HTML", "CSS", "JavaScript")],
            "place": {"town": "Lille", "postcode": "59000"}}).encode() + b"\n")
        self.assertEqual(self.imported("offers", offer)[0]["created"], 1)
        system.wait_quiet()
        words = {entry["words"] for entry in system.ask("unrecognised")["words"]}
        self.assertIn(UNKNOWN, words)
        record = system.ask("record.get", kind="learner", source="francetravail",
                            reference=people()[DREAMER][2])["records"][0]
        matches = system.ask("matches", id=record["id"], limit=5)["matches"]
        self.assertEqual(len(matches), 1)
        self.assertEqual(system.verify()["problems"], 0)

    def test_a_workbook_says_the_same_as_its_csv(self):
        self.begin(workers=0)
        table = self.file("profils.csv", csv_bytes(people()))
        self.imported("learners", "--yes", table, code=4)
        book = self.file("profils.xlsx", xlsx_bytes(people()))
        os.utime(book, ns=(0, os.stat(table).st_mtime_ns))  # the same news from the same time
        answer, err = self.imported("learners", "--yes", book, code=4)
        self.assertEqual(self.counts(answer), {"created": 0, "changed": 0, "unchanged": 68,
                                               "duplicates": 1, "rejected": 1})
        self.check_story(book, err)

    def test_nothing_is_sent_before_the_map_is_agreed(self):
        system = self.begin(workers=0)
        path = self.file("profils.csv", csv_bytes(people()[:3]))
        for answer in ("", "n\n"):
            ended, out, _ = self.passerelle("import", "learners", path, answer=answer)
            self.assertEqual(ended, 1)
            self.assertIn("Driving licences", out)
        self.assertEqual(self.imported("learners", "--dry-run", path)[0]["checked"], 3)
        self.assertEqual(system.status()["learners"], 0)
        kept = system.path("kept.map")
        ended, _, _ = self.passerelle("import", "learners", "--save-map", kept, path, answer="o\n")
        self.assertEqual(ended, 0)
        answer, _ = self.imported("learners", "--map", kept, path)
        self.assertEqual(self.counts(answer)["unchanged"], 3)

    def test_stray_numbers_and_rows_without_reference(self):
        self.begin(workers=0)
        lines = ["Nom;Prénom;Ville;Remarque",
                 "MARTIN;Zoë;Lille;",
                 f"PETIT;Noé;Lille;son numéro : {social_security_number(3)}",
                 "ROUX;Inès;Nulle-Part-sur-Rien;",
                 "Martin;ZOE;Roubaix;"]
        path = self.file("liste.csv", "\n".join(lines).encode())
        answer, err = self.imported("learners", "--yes", path, code=4)
        self.assertEqual(self.counts(answer), {"created": 2, "changed": 0, "unchanged": 0,
                                               "duplicates": 1, "rejected": 1})
        self.assertIn(f"{path}:3:4: Remarque: ", err)
        self.assertIn(f"{path}:4:3: warning: Ville: ", err)
        self.assertIn(f"{path}:5:1: probable duplicate: ", err)
        self.holds_nowhere(social_security_number(3))
        answer, _ = self.imported("learners", "--yes", path, code=4)
        self.assertEqual(self.counts(answer)["unchanged"], 2)

    def write_rome(self, system):
        rome = system.path("rome")
        os.mkdir(rome)
        for name, lines in ROME.items():
            with open(os.path.join(rome, f"unix_{name}_v460_utf8.csv"), "w",
                      encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        return rome

    def test_what_was_accepted_stays_so_when_its_words_go(self):
        system = self.begin(workers=0)
        client = system.connect()
        self.passerelle("import", "referential", "--rome", self.write_rome(system))
        attach = client.event("skill.attach", {"words": "licorne", "skill": "rome:100"})
        answer = client.ask(attach)
        self.passerelle("import", "referential", "--without-rome")
        self.assertEqual(client.ask(attach), answer)
        with self.assertRaises(Rejected) as refused:
            client.do("skill.attach", {"words": "licorne", "skill": "rome:100"})
        self.assertEqual(refused.exception.codes, ["unknown_skill"])
        with self.assertRaises(Rejected) as refused:
            client.ask({**attach, "body": {"words": "dragon", "skill": "rome:100"}})
        self.assertEqual(refused.exception.codes, ["request_reused"])

    def test_rome_does_not_go_unasked(self):
        system = self.begin(workers=0)
        rome = self.write_rome(system)

        def import_referential(*words):
            ended, out, err = self.passerelle("import", "referential", *words)
            found = system.ask("skill.find", words="rome:100", limit=1)["skills"]
            return ended, err, [skill["id"] for skill in found] == ["rome:100"]

        self.assertEqual(import_referential(), (0, "", False))
        self.assertEqual(import_referential("--rome", rome), (0, "", True))
        before = system.status()
        ended, err, known = import_referential()
        self.assertEqual((ended, known), (1, True))
        self.assertIn("--rome, or let it go with --without-rome", err)
        self.assertEqual(system.status(), before)
        self.assertEqual(import_referential("--rome", rome, "--without-rome")[0], 2)
        self.assertEqual(import_referential("--rome", rome), (0, "", True))
        self.assertEqual(import_referential("--without-rome"), (0, "", False))
        self.assertEqual(import_referential(), (0, "", False))

    @unittest.skipUnless(os.path.isdir(PUBLIC), f"{PUBLIC} is not here")
    def test_all_published_offers_go_in(self):
        system = self.begin(workers=0)
        offers = os.path.join(PUBLIC, "offers", "offers_fr.tsv")
        words = ("offers", "--map", os.path.join(ROOT, "config", "maps", "offres-fr.map"), offers)
        answer, _ = self.imported(*words)
        self.assertEqual(self.counts(answer), {"created": 756, "changed": 0, "unchanged": 0,
                                               "duplicates": 0, "rejected": 0})
        seq = system.status()["seq"]
        self.assertEqual(self.imported(*words)[0]["unchanged"], 756)
        self.assertEqual(system.status()["seq"], seq)
        before = system.status()
        ended, out, err = self.passerelle("import", "communes", os.path.join(
            PUBLIC, "geo", "laposte_hexasmal.csv.gz"))
        self.assertEqual(ended, 0, out + err)
        self.assertRegex(out, r"\d+ of \d+ places that were unknown are known now")
        after = system.status()
        self.assertEqual(after["referential"], before["referential"])
        self.assertNotEqual(after["communes"], before["communes"])
        ended, out, err = self.passerelle("import", "referential", "--rome",
                                          os.path.join(PUBLIC, "rome4"))
        self.assertEqual(ended, 0, out + err)
        self.assertEqual(system.status()["communes"], after["communes"])
        self.assertNotEqual(system.status()["referential"], after["referential"])
        warnings = [finding for finding in self.imported(*words)[0]["findings"]
                    if finding["result"] == "warning"]
        # 25 name no commune, the others name departments, regions or places abroad
        self.assertLess(len(warnings), 80)
        self.assertTrue(all("unknown_commune" in finding["message"] for finding in warnings))


if __name__ == "__main__":
    main()
