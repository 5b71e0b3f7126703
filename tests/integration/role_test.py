"""A referential built from official files, and job titles asked of it: no server anywhere."""

import gzip
import hashlib
import json
import os
import struct
import subprocess
import tempfile
import unittest

from harness import ROOT
from import_test import ROME
from system import BIN, DATA, SANITIZERS, main

TRADES = {
    **ROME,
    "referentiel_code_rome": ["code_rome,libelle_rome", "H2913,Soudeur / Soudeuse",
                              "M1855,Développeur / Développeuse web",
                              "F1602,Électricien / Électricienne bâtiment tertiaire"],
    "referentiel_appellation": [
        "code_ogr,code_rome,libelle_appellation_long,libelle_appellation_court",
        "10,H2913,Soudeur / Soudeuse à l'arc,Soudeur arc",
        "11,M1855,Développeur / Développeuse full-stack,Développeur full-stack",
        "12,M1855,Intégrateur / Intégratrice web,Intégrateur web",
        "13,F1602,Électricien / Électricienne du bâtiment,Électricien du bâtiment"],
    "texte": ["code_rome,libelle_type_texte,libelle_texte",
              "H2913,definition,Assemble des pièces par soudage.",
              "H2913,acces_metier,Avec un CAP."],
}

SKILL, OCCUPATION = "http://data.europa.eu/esco/skill/", "http://data.europa.eu/esco/occupation/"
ESCO = {
    "skills_fr_v1.2.1.csv": [
        "conceptUri,preferredLabel,altLabels", f"{SKILL}arc,souder à l’arc,soudage à l’arc|souder",
        f"{SKILL}php,PHP,", f"{SKILL}cut,découper du métal,"],
    "skills_en.csv": ["conceptType,conceptUri,preferredLabel,altLabels",
                      f"KnowledgeSkillCompetence,{SKILL}arc,weld with an arc,"],
    "occupations_fr.csv": [
        "conceptUri,preferredLabel,altLabels", f"{OCCUPATION}welder,soudeur/soudeuse,braseur",
        f"{OCCUPATION}coder,développeur web/développeuse web,"],
    "occupations_en.csv": ["conceptUri,preferredLabel,altLabels",
                           f'{OCCUPATION}welder,welder,"arc welder\nmetal joiner"'],
    "occupation_skill_relations_en_fr.tsv": [
        "occupation_uri\trelation\tskill_uri\tskill_en\tskill_fr",
        f"{OCCUPATION}welder\tessential\t{SKILL}arc\tweld with an arc\tsouder à l’arc",
        f"{OCCUPATION}welder\toptional\t{SKILL}cut\tcut metal\tdécouper du métal",
        f"{OCCUPATION}coder\tessential\t{SKILL}php\tPHP\tPHP",
        f"{OCCUPATION}coder\tessential\t\twithout address\t"],
    "broaderRelationsSkillPillar_en.csv": [
        "conceptType,conceptUri,broaderType,broaderUri",
        f"KnowledgeSkillCompetence,{SKILL}arc,KnowledgeSkillCompetence,{SKILL}cut",
        f"KnowledgeSkillCompetence,{SKILL}arc,SkillGroup,{SKILL}group"],
    "skillSkillRelations_en.csv": [
        "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri",
        f"{SKILL}arc,skill,optional,skill,{SKILL}php"],
}
MAPPING = ["esco_occupation_uri,esco_label_fr,rome_appellation_ogr,rome_appellation_label,relation",
           f"{OCCUPATION}welder,soudeur,10,Soudeur arc,skos:exactMatch",
           f"{OCCUPATION}coder,développeur web,11,Développeur full-stack,skos:closeMatch",
           f"{OCCUPATION}coder,développeur web,999,Inconnu,skos:broadMatch"]


def write_file(path, lines):
    data = ("\n".join(lines) + "\n").encode()
    with open(path, "wb") as file:
        file.write(gzip.compress(data) if path.endswith(".gz") else data)


def write_rome(folder, tables, packed=()):
    for stem, lines in tables.items():
        data = ("\n".join(lines) + "\n").encode()
        name = os.path.join(folder, f"unix_{stem}_v460_utf8.csv")
        if stem in packed:
            name, data = name + ".gz", gzip.compress(data)
        with open(name, "wb") as file:
            file.write(data)


class RoleTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.addCleanup(self.directory.cleanup)
        self.rome = self.path("rome")
        os.mkdir(self.rome)

    def path(self, name):
        return os.path.join(self.directory.name, name)

    def passerelle(self, *words, text="", language="en"):
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--lang", language], input=text.encode(),
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8"},
            capture_output=True, timeout=300, check=False)
        err = done.stderr.decode()
        self.assertNotIn("Sanitizer", err)
        return done.returncode, done.stdout.decode(), err

    def build(self, *words, tables=None, packed=()):
        write_rome(self.rome, tables or TRADES, packed)
        out = self.path("trades.referential")
        ended, said, err = self.passerelle("referential", "build", "--rome", self.rome, "--out",
                                           out, *words)
        self.assertEqual(ended, 0, said + err)
        return out

    def ask(self, referential, questions, *words, code=0, action="title"):
        text = "".join(question if isinstance(question, str) else json.dumps(question) + "\n"
                       for question in questions)
        ended, out, err = self.passerelle("role", action, "--referential", referential, *words,
                                          text=text)
        self.assertEqual(ended, code, out + err)
        return [json.loads(line) for line in out.splitlines()], err

    def codes(self, answer):
        return [role["code"] for role in answer["roles"]]

    def test_titles_lead_to_roles(self):
        referential = self.build()
        titles = {"q1": "Dev fullstack JS H/F", "q2": "SOUDEUR(SE)", "q3": "Électricien·ne",
                  "q4": "intégrateurs", "q5": "astronaute"}
        answers, err = self.ask(referential, [{"id": name, "title": title}
                                              for name, title in titles.items()])
        self.assertEqual(err, "")
        self.assertEqual([answer["id"] for answer in answers], list(titles))
        self.assertEqual([self.codes(answer)[:1] for answer in answers[:4]],
                         [["M1855"], ["H2913"], ["F1602"], ["M1855"]])
        best = answers[0]["roles"][0]
        self.assertEqual(best["label"], "Développeur / Développeuse web")
        self.assertEqual(set(best), {"code", "label", "score"})
        for answer in answers:
            scores = [role["score"] for role in answer["roles"]]
            self.assertEqual(scores, sorted(scores, reverse=True))
            self.assertLessEqual(sum(scores), 1.0001)
        self.assertEqual(self.codes(self.ask(referential, [{"id": "a", "title": "Développeur"}],
                                             "--limit", "1")[0][0]), ["M1855"])

    def test_packed_files_make_the_same_referential(self):
        with open(self.build(), "rb") as file:
            plain = file.read()
        for name in os.listdir(self.rome):
            os.unlink(os.path.join(self.rome, name))
        with open(self.build(packed=TRADES), "rb") as file:
            self.assertEqual(file.read(), plain)

    def test_a_byte_order_mark_does_no_harm(self):
        answers, err = self.ask(self.build(), ["\ufeff" + json.dumps({"id": "q", "title": "soudeur"}),
                                               "\r\n"])
        self.assertEqual(err, "")
        self.assertEqual([answer["id"] for answer in answers], ["q"])

    def test_each_answer_comes_before_the_next_question(self):
        with subprocess.Popen(
                [os.path.join(BIN, "passerelle"), "role", "title", "--referential", self.build()],
                env={**os.environ, **SANITIZERS}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                text=True) as asked:
            for name in ("q1", "q2"):
                asked.stdin.write(json.dumps({"id": name, "title": "soudeur"}) + "\n")
                asked.stdin.flush()
                self.assertEqual(json.loads(asked.stdout.readline())["id"], name)
            asked.stdin.close()
            self.assertEqual(asked.wait(), 0)

    def test_a_bad_line_is_named_and_the_others_are_answered(self):
        referential = self.build()
        questions = ['{"id": "a"\n', {"id": "b", "title": "soudeur"}, "\n", {"title": "soudeur"},
                     {"id": "d", "title": 7}, {"id": "e", "title": "soudeur", "language": "de"},
                     '{"id": "f", "title": "' + "s" * 70000 + '"}\n',
                     '{"id": "g", "title": "soudeur"}']
        answers, err = self.ask(referential, questions, code=4)
        self.assertEqual([answer["id"] for answer in answers], ["b", "g"])
        self.assertEqual([line.split(":")[0] for line in err.splitlines()],
                         ["line 1", "line 4", "line 5", "line 6", "line 7"])
        answers, err = self.ask(referential, ["[]"], code=1)
        self.assertEqual((answers, err), ([], "line 1: not a JSON object\n"))

    def test_the_starter_joins_rome(self):
        referential = self.build("--starter")
        answers, _ = self.ask(referential, [{"id": "a", "title": "développeur web"}])
        codes = self.codes(answers[0])
        self.assertEqual(codes[0], "M1855")
        self.assertEqual(len(codes), len(set(codes)))
        ended, out, err = self.passerelle("referential", "build", "--starter", "--out",
                                          self.path("own.referential"), "--json")
        self.assertEqual(ended, 0, err)
        self.assertGreater(json.loads(out)["roles"], 5)
        answers, _ = self.ask(self.path("own.referential"),
                              [{"id": "a", "title": "web developer", "language": "en"}])
        self.assertTrue(answers[0]["roles"])

    def write_esco(self, ending=""):
        folder = self.path("esco" + ending)
        os.mkdir(folder)
        for name, lines in ESCO.items():
            write_file(os.path.join(folder, name + ending), lines)
        mapping = self.path("mapping.csv" + ending)
        write_file(mapping, MAPPING)
        return "--esco", folder, "--mapping", mapping

    def test_esco_joins_rome(self):
        words = self.write_esco()
        plain = self.build(*words)
        with open(plain, "rb") as file:
            first = file.read()
        with open(self.build(*self.write_esco(".gz")), "rb") as file:
            self.assertEqual(file.read(), first)
        ended, out, err = self.passerelle("referential", "build", "--rome", self.rome, *words,
                                          "--out", plain, "--json")
        self.assertEqual(ended, 0, err)
        made = json.loads(out)
        self.assertEqual((made["roles"], made["occupations"]), (3, 2))
        answers, _ = self.ask(plain, [{"id": "a", "title": "soudeur"}])
        self.assertEqual(self.codes(answers[0])[0], "H2913")
        answers, err = self.ask(plain, [
            {"id": "label", "claims": ["souder à l'arc"], "language": "fr"},
            {"id": "address", "claims": [f"{SKILL}php"]},
            {"id": "english", "claims": ["welding with arcs"], "language": "en"},
            {"id": "none", "claims": []}], action="rank")
        self.assertEqual(err, "")
        self.assertEqual([self.codes(answer)[:1] for answer in answers],
                         [["H2913"], ["M1855"], ["H2913"], []])
        answers, err = self.ask(plain, [{"id": "a", "code": "H2913"}, {"id": "b", "code": "X"},
                                        {"id": "c"}], action="near", code=4)
        self.assertEqual([answer["id"] for answer in answers], ["a"])
        self.assertNotIn("H2913", self.codes(answers[0]))
        self.assertEqual(err.count("“code” must be"), 2)
        answers, err = self.ask(plain, [
            {"id": "a", "claims": "souder"}, {"id": "b", "claims": [7]}, {"id": "c"},
            {"id": "d", "claims": ["x"] * 513}, {"id": "e", "claims": ["souder"]}],
            action="rank", code=4)
        self.assertEqual([answer["id"] for answer in answers], ["e"])
        self.assertEqual(err.count("“claims” must be"), 4)

    def test_a_wrong_mapping_is_named(self):
        words = self.write_esco()
        write_file(self.path("mapping.csv"), [*MAPPING, f"{OCCUPATION}coder,x,11,x,skos:likeMatch",
                                              "http://x/y,x,11,x,skos:exactMatch"])
        write_rome(self.rome, TRADES)
        ended, _, err = self.passerelle("referential", "build", "--rome", self.rome, *words,
                                        "--out", self.path("out"))
        self.assertEqual(ended, 1)
        self.assertIn("mapping.csv:5:", err)
        self.assertIn("mapping.csv:6:", err)
        self.assertFalse(os.path.exists(self.path("out")))

    def test_what_cannot_be_done_is_said(self):
        referential = self.build()
        for words, code, said in (
                (("role", "title"), 2, "--referential"),
                (("role", "dance", "--referential", referential), 2, "dance"),
                (("role", "title", "--referential", referential, "--limit", "0"), 2, "--limit"),
                (("role", "title", "--referential", referential, "--sectors", "M1855"), 2, "--sectors"),
                (("role", "title", "--referential", self.path("none")), 1, "none"),
                (("role", "title", "--referential", self.rome + "/unix_texte_v460_utf8.csv"), 1,
                 "is not a referential"),
                (("referential", "build", "--out", self.path("x")), 2, "--rome"),
                (("referential", "build", "--starter"), 2, "--out"),
                (("referential", "build", "--starter", "--mapping", "x", "--out", "x"), 2,
                 "--rome"),
                (("referential", "build", "--esco", self.rome, "--out", self.path("x")), 1,
                 "skills_fr"),
                (("referential", "build", "more", "--starter", "--out", "x"), 2, "more"),
                (("referential", "adopt", "one"), 2, ""),
                (("referential", "build", "--starter", "--out", self.path("no/x")), 1, "no/x"),
                (("referential", "build", "--rome", self.path(""), "--out", self.path("x")), 1,
                 "referentiel_competence")):
            ended, out, err = self.passerelle(*words)
            self.assertEqual((ended, out), (code, ""), err)
            self.assertIn(said, err)
        self.assertFalse(os.path.exists(self.path("x")))

    def test_a_damaged_file_is_refused(self):
        referential = self.build()
        with open(referential, "r+b") as file:
            file.seek(1000)
            byte = file.read(1)
            file.seek(1000)
            file.write(bytes([byte[0] ^ 1]))
        _, err = self.ask(referential, [{"id": "a", "title": "soudeur"}], code=1)
        self.assertIn("content differs from its hash", err)

    def test_a_file_without_its_index_of_roles_is_refused(self):
        referential = self.build()
        with open(referential, "rb") as file:
            data = bytearray(file.read())
        index, = struct.unpack_from("<Q", data, 32 + 16 * 19)  # see sections.c
        data[index] ^= 1
        data[8:16] = hashlib.blake2b(data[32:], digest_size=32).digest()[:8]
        with open(referential, "wb") as file:
            file.write(data)
        _, err = self.ask(referential, [{"id": "a", "title": "soudeur"}], code=1)
        self.assertIn("not a file of this kind and version", err)
        ended, _, err = self.passerelle("recognise", "--referential", referential)
        self.assertEqual(ended, 1)
        self.assertIn("not a file of this kind and version", err)

    @unittest.skipUnless(os.path.isdir(os.path.join(ROOT, "..", "shared", "data", "rome4")),
                         "the official files are not there")
    def test_the_official_files(self):
        out = self.path("rome.referential")
        ended, said, err = self.passerelle(
            "referential", "build", "--rome", os.path.join(ROOT, "..", "shared", "data", "rome4"),
            "--out", out)
        self.assertEqual(ended, 0, said + err)
        answers, _ = self.ask(out, [{"id": "a", "title": "Dev fullstack JS H/F"},
                                    {"id": "b", "title": "Soudeur·euse TIG (H/F)"},
                                    {"id": "c", "title": "Aide-soignant(e) de nuit"}])
        self.assertEqual(self.codes(answers[0])[0], "M1855")
        self.assertIn("H2916", self.codes(answers[1])[:3])
        self.assertIn("J1501", self.codes(answers[2])[:3])
        self.assertEqual(len(answers[0]["roles"]), 20)


if __name__ == "__main__":
    main()
