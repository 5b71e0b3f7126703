#!/usr/bin/env python3
"""The starter referential holds together: ids, links, words, levels, counts."""
import csv
import os
import re
import sys
import unicodedata
import unittest
from collections import Counter

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FOLDER = os.path.join(ROOT, "config", "referential")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def rows(name, columns):
    path = os.path.join(FOLDER, name)
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        result = list(reader)
    if reader.fieldnames != columns.split(","):
        raise AssertionError(f"{name}: columns are {reader.fieldnames}")
    for row in result:
        if None in row or None in row.values():
            raise AssertionError(f"{name}: wrong number of fields: {row}")
    return result


def items(cell):
    return cell.split("|") if cell else []


def rated(cell):
    """'a:2|b:3' as pairs of strings."""
    return [tuple(item.rsplit(":", 1)) for item in items(cell)]


def normal(words):
    """The form in which words are compared, near enough: see matching/words.h."""
    words = words.lower().replace("œ", "oe").replace("æ", "ae")
    words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9+#]+", " ", words).split())


def shared_words(entries):
    """Words claimed by two entries, or twice by one alias list."""
    owner, faults = {}, []
    for entry in entries:
        own = {normal(entry["fr"]), normal(entry["en"])}
        for words in own | {normal(alias) for alias in items(entry["aliases"])}:
            if words in owner:
                faults.append((words, owner[words], entry["id"]))
            owner[words] = entry["id"]
        aliases = Counter(normal(alias) for alias in items(entry["aliases"]))
        faults += [(words, entry["id"]) for words, n in aliases.items() if n > 1 or words in own]
    return faults


class Entries:
    """What skills and roles have in common."""

    def test_ids(self):
        ids = [entry["id"] for entry in self.entries]
        self.assertEqual([], [i for i, n in Counter(ids).items() if n > 1])
        self.assertEqual([], [i for i in ids if len(i) > 40 or not ID.fullmatch(i)])

    def test_labels(self):
        for entry in self.entries:
            for words in [entry["fr"], entry["en"], *items(entry["aliases"])]:
                self.assertEqual(words, words.strip(), entry["id"])
                self.assertNotEqual("", normal(words), entry["id"])
                self.assertLessEqual(len(words.encode()), 160, entry["id"])

    def test_no_words_claimed_twice(self):
        self.assertEqual([], shared_words(self.entries))


class Skills(Entries, unittest.TestCase):
    def setUp(self):
        self.entries = rows("skills.csv", "id,fr,en,aliases,broader,related,same")
        self.by_id = {entry["id"]: entry for entry in self.entries}

    def test_counts(self):
        self.assertGreaterEqual(len(self.entries), 420)
        self.assertGreaterEqual(sum(bool(entry["same"]) for entry in self.entries), 120)
        few = [entry["id"] for entry in self.entries if len(items(entry["aliases"])) < 2]
        self.assertEqual([], few)

    def test_links_name_skills(self):
        for entry in self.entries:
            links = items(entry["broader"]) + items(entry["related"])
            self.assertEqual([], [i for i in links if i not in self.by_id], entry["id"])
            self.assertNotIn(entry["id"], links)
            self.assertEqual(len(links), len(set(links)), entry["id"])

    def above(self, skill):
        seen, todo = set(), [skill]
        while todo:
            todo += [i for i in items(self.by_id[todo.pop()]["broader"]) if i not in seen]
            seen.update(todo)
        return seen

    def test_broader_has_no_cycle(self):
        self.assertEqual([], [i for i in self.by_id if i in self.above(i)])

    def test_related_is_not_broader_and_written_once(self):
        pairs = Counter()
        for skill, entry in self.by_id.items():
            for other in items(entry["related"]):
                self.assertNotIn(other, self.above(skill), skill)
                self.assertNotIn(skill, self.above(other), skill)
                pairs[frozenset((skill, other))] += 1
        self.assertEqual([], [sorted(pair) for pair, n in pairs.items() if n > 1])

    def test_no_skill_has_too_many_neighbours(self):
        """A claim counts for at most 64 skills (matching/referential.h)."""
        near = {skill: self.above(skill) | {skill} for skill in self.by_id}
        for skill in self.by_id:
            for broader in self.above(skill):
                near[broader].add(skill)
            for other in items(self.by_id[skill]["related"]):
                near[skill].add(other)
                near[other].add(skill)
        self.assertEqual({}, {i: len(n) for i, n in near.items() if len(n) > 64})

    def test_same_codes(self):
        codes = Counter(code for entry in self.entries for code in items(entry["same"]))
        self.assertEqual([], [c for c in codes if not re.fullmatch(r"rome:[0-9]{6}", c)])
        self.assertEqual([], [c for c, n in codes.items() if n > 1])

    def test_metal_welding_is_not_fibre_splicing(self):
        metal, fibre = self.by_id["metal-welding"], self.by_id["fibre-splicing"]
        around = {i: {i, *self.above(i), *items(self.by_id[i]["related"])} for i in self.by_id}
        self.assertEqual(set(), around["metal-welding"] & around["fibre-splicing"])
        for words in [metal["fr"], metal["en"], *items(metal["aliases"])]:
            self.assertNotRegex(normal(words), "fibre|fiber|opti|splic|epissu")
        for words in [fibre["fr"], *items(fibre["aliases"])]:
            self.assertRegex(normal(words), "fibre|opti|splic|epissu")

    def test_words_people_use_are_known(self):
        known = {}
        for entry in self.entries:
            for words in [entry["fr"], entry["en"], *items(entry["aliases"])]:
                known[normal(words)] = entry["id"]
        for words, skill in {
            "modo Discord": "discord-administration",
            "monter un PC": "pc-assembly",
            "souder la fibre": "fibre-splicing",
            "épissure": "fibre-splicing",
            "dépanner un ordi": "it-support",
            "VS Code": "code-editor",
            "réseaux": "computer-networking",
            "React.js": "react",
            "soudure à l'arc": "metal-welding",
        }.items():
            self.assertEqual(skill, known.get(normal(words)), words)
        self.assertNotIn("soudure", known, "ambiguous: fibre, electronics or metal")


class Roles(Entries, unittest.TestCase):
    def setUp(self):
        self.entries = rows("roles.csv", "id,rome,fr,en,aliases,core,useful,near")
        self.by_id = {entry["id"]: entry for entry in self.entries}
        self.skills = {
            entry["id"] for entry in rows("skills.csv", "id,fr,en,aliases,broader,related,same")
        }

    def test_count_and_codes(self):
        self.assertGreaterEqual(len(self.entries), 45)
        for entry in self.entries:
            self.assertRegex(entry["rome"], r"^[A-N][0-9]{4}$", entry["id"])

    def test_skills(self):
        for entry in self.entries:
            core, useful = rated(entry["core"]), rated(entry["useful"])
            self.assertIn(len(core), range(6, 13), entry["id"])
            self.assertIn(len(useful), range(3, 11), entry["id"])
            names = [skill for skill, _ in core + useful]
            self.assertEqual(len(names), len(set(names)), entry["id"])
            self.assertEqual([], [skill for skill in names if skill not in self.skills])
            for skill, level in core + useful:
                self.assertIn(level, {"1", "2", "3", "4"}, (entry["id"], skill))

    def test_near(self):
        for entry in self.entries:
            near = rated(entry["near"])
            self.assertTrue(near, entry["id"])
            self.assertEqual(len(near), len(dict(near)), entry["id"])
            for other, share in near:
                self.assertIn(other, self.by_id, entry["id"])
                self.assertNotEqual(entry["id"], other)
                self.assertTrue(0.3 <= float(share) <= 0.95, (entry["id"], other))
                self.assertIn(entry["id"], dict(rated(self.by_id[other]["near"])))


class Communes(unittest.TestCase):
    def setUp(self):
        self.entries = rows("communes.csv", "insee,name,postcode,latitude,longitude")

    def test_fields(self):
        for entry in self.entries:
            self.assertRegex(entry["insee"], r"^([0-9]{2}|2A|2B)[0-9]{3}$")
            self.assertRegex(entry["postcode"], r"^[0-9]{5}$")
            department = {"2A": "20", "2B": "20"}.get(entry["insee"][:2], entry["insee"][:2])
            self.assertEqual(department, entry["postcode"][:2], entry["name"])
            self.assertTrue(-90 <= float(entry["latitude"]) <= 90, entry["name"])
            self.assertTrue(-180 <= float(entry["longitude"]) <= 180, entry["name"])

    def test_each_commune_is_one_place(self):
        self.assertGreaterEqual(len({entry["insee"] for entry in self.entries}), 140)
        places = {}
        for entry in self.entries:
            point = entry["latitude"], entry["longitude"]
            self.assertEqual(point, places.setdefault(entry["insee"], point), entry["name"])
        lines = Counter((entry["insee"], entry["postcode"]) for entry in self.entries)
        self.assertEqual([], [line for line, n in lines.items() if n > 1])


if __name__ == "__main__":
    sys.exit(unittest.main())
