#!/usr/bin/env python3
"""The annotated texts hold together: spans, ids, choices, dates, split."""
import csv
import datetime
import functools
import hashlib
import json
import os
import re
import sys
import unittest
from collections import Counter

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FOLDER = os.path.join(ROOT, "tests", "fixtures", "texts")
FILES = {
    "offers-fr.jsonl": ("offer", "fr"),
    "offers-en.jsonl": ("offer", "en"),
    "cvs-fr.jsonl": ("cv", "fr"),
    "cvs-en.jsonl": ("cv", "en"),
}
FIELDS = set(
    "id kind language date domain split text skills roles titles constraints flags private"
    " neutral".split()
)
DOMAINS = set(
    "web fibre network support data community fablab mediation repair pc other none".split()
)
UNLAWFUL = set(
    "sex age origin nationality religion family health appearance residence".split()
)
ONE = {"start", "end", "rhythm", "remote", "experience_years", "adults_only"}
MANY = {"contract", "hours", "place", "licences", "authorisations", "languages", "travel"}
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def choices():
    """The lists of proto/choices.h: name to wire names."""
    with open(os.path.join(ROOT, "proto", "choices.h"), encoding="utf-8") as file:
        rows = re.findall(r'X\((\w+), \w+, "([^"]+)"\)', file.read())
    result = {}
    for name, wire in rows:
        result.setdefault(name, set()).add(wire)
    return result


def column(name, field):
    path = os.path.join(ROOT, "config", "referential", name)
    with open(path, encoding="utf-8", newline="") as file:
        return {row[field] for row in csv.DictReader(file, strict=True)}


def texts():
    result = []
    for name, (kind, language) in FILES.items():
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                if (entry["kind"], entry["language"]) != (kind, language):
                    raise AssertionError(f"{name}: {entry['id']} is in the wrong file")
                result.append(entry)
    return result


def items(entry):
    """(member, item) of all constraints."""
    for member, value in entry["constraints"].items():
        for item in value if member in MANY else [value]:
            yield member, item


def spans(entry):
    yield from ((skill["start"], skill["end"]) for skill in entry["skills"])
    yield from entry["titles"]
    yield from entry["neutral"]
    yield from (item["span"] for _, item in items(entry))
    yield from (item["span"] for item in entry["flags"] + entry["private"])


def cuts_a_word(text, at):
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def each_text(test):
    """Runs a test once for each text; a failure names the text."""

    @functools.wraps(test)
    def every(self):
        for entry in self.texts:
            with self.subTest(entry["id"]):
                test(self, entry)

    return every


class Texts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = texts()
        cls.choices = choices()
        cls.skills = column("skills.csv", "id")
        cls.roles = column("roles.csv", "id")

    def test_counts(self):
        kinds = Counter((entry["kind"], entry["language"]) for entry in self.texts)
        self.assertGreaterEqual(len(self.texts), 150)
        self.assertGreaterEqual(kinds["offer", "fr"] + kinds["offer", "en"], 100)
        self.assertGreaterEqual(kinds["cv", "fr"] + kinds["cv", "en"], 50)
        self.assertGreaterEqual(kinds["offer", "en"] + kinds["cv", "en"], 30)

    def test_ids_and_texts_are_unique(self):
        for field in ("id", "text"):
            counts = Counter(entry[field] for entry in self.texts)
            self.assertEqual([], [value for value, n in counts.items() if n > 1])

    @each_text
    def test_fields(self, entry):
        self.assertEqual(FIELDS, set(entry))
        self.assertIn(entry["domain"], DOMAINS)
        self.assertTrue(20 <= len(entry["text"]) <= 1200, len(entry["text"]))
        self.assertEqual(entry["text"], entry["text"].strip())

    @each_text
    def test_split_is_computed(self, entry):
        digit = int(hashlib.sha256(entry["id"].encode()).hexdigest()[0], 16)
        self.assertEqual("test" if digit % 2 else "dev", entry["split"])

    @each_text
    def test_spans(self, entry):
        text = entry["text"]
        for start, end in spans(entry):
            self.assertTrue(0 <= start < end <= len(text), (start, end))
            words = text[start:end]
            self.assertEqual(words, words.strip())
            self.assertFalse(cuts_a_word(text, start), words)
            self.assertFalse(cuts_a_word(text, end), words)

    @each_text
    def test_skills(self, entry):
        allowed = set("start end ids label required negated doubtful level years".split())
        for skill in entry["skills"]:
            self.assertEqual(set(), set(skill) - allowed)
            self.assertEqual([], [i for i in skill["ids"] if i not in self.skills])
            self.assertEqual(len(skill["ids"]), len(set(skill["ids"])))
            self.assertEqual(not skill["ids"], bool(skill.get("label")))
            if entry["kind"] == "cv":
                self.assertIsNone(skill["required"])
            else:
                self.assertIsInstance(skill["required"], bool)
                self.assertFalse(skill["required"] and skill.get("negated"))
            for mark in ("negated", "doubtful"):
                self.assertIs(True, skill.get(mark, True))
            self.assertIn(skill.get("level", 1), range(1, 5))
            self.assertTrue(0 < skill.get("years", 1) < 60)

    @each_text
    def test_skills_do_not_overlap(self, entry):
        places = [(skill["start"], skill["end"]) for skill in entry["skills"]]
        self.assertEqual(sorted(places), places)
        for (_, end), (start, _) in zip(places, places[1:]):
            self.assertLessEqual(end, start, entry["text"][start:end])

    @each_text
    def test_a_skill_is_not_wanted_and_negated_at_once(self, entry):
        sides = {}
        for skill in entry["skills"]:
            if skill["ids"] and "doubtful" not in skill:
                sides.setdefault(skill["ids"][0], set()).add("negated" in skill)
        self.assertEqual([], [i for i, side in sides.items() if len(side) > 1])

    @each_text
    def test_roles(self, entry):
        for role in entry["roles"]:
            known = role in self.roles or re.fullmatch(r"[A-N][0-9]{4}", role)
            self.assertTrue(known, role)

    @each_text
    def test_flags_and_private(self, entry):
        kinds = {flag["kind"] for flag in entry["flags"]}
        self.assertEqual(set(), kinds - UNLAWFUL)
        self.assertFalse(entry["kind"] == "cv" and kinds)
        for item in entry["private"]:
            words = entry["text"][slice(*item["span"])]
            self.assertIn(item["kind"], {"phone", "email", "name"})
            self.assertEqual(item["kind"] == "email", "@" in words)
            self.assertEqual(item["kind"] == "phone", any(c.isdigit() for c in words))
        covered = {i for item in entry["private"] for i in range(*item["span"])}
        pattern = r"\b0[1-9](?: [0-9]{2}){4}\b|\S+@\S+\b"
        for match in re.finditer(pattern, entry["text"]):
            self.assertIn(match.start(), covered, match.group())

    @each_text
    def test_members_of_constraints(self, entry):
        needs = {"required", "in_progress", "negated"}
        allowed = {
            "contract": {"values"},
            "start": {"date", "precision", "asap"},
            "end": {"date", "precision"},
            "hours": {"weekly", "part_time", "from", "to", "days", "days_count"},
            "rhythm": {"company_days", "school_days"},
            "place": {"town", "commune", "department"},
            "remote": {"value"},
            "licences": {"code"} | needs,
            "authorisations": {"name"} | needs,
            "languages": {"code", "level"} | needs,
            "experience_years": {"value", "required"},
            "adults_only": {"value"},
            "travel": {"mode", "radius_km"},
        }
        self.assertEqual(set(), set(entry["constraints"]) - ONE - MANY)
        for member, item in items(entry):
            self.assertEqual(set(), set(item) - allowed[member] - {"span"}, member)
            self.assertGreater(len(item), 1, member)
            if member in {"licences", "authorisations", "languages"}:
                self.assertEqual(entry["kind"] == "offer", "required" in item)

    @each_text
    def test_choices(self, entry):
        lists = {
            ("contract", "values"): "CONTRACT",
            ("hours", "days"): "DAY",
            ("remote", "value"): "REMOTE",
            ("licences", "code"): "LICENCE",
            ("authorisations", "name"): "AUTHORISATION",
            ("languages", "level"): "CEFR",
            ("travel", "mode"): "MODE",
        }
        for member, item in items(entry):
            for field, value in item.items():
                name = lists.get((member, field))
                if name:
                    values = value if isinstance(value, list) else [value]
                    self.assertEqual(set(), set(values) - self.choices[name], member)

    @each_text
    def test_values(self, entry):
        for member, item in items(entry):
            for field in {"from", "to"} & set(item):
                self.assertTrue(CLOCK.fullmatch(item[field]), item[field])
            if member == "languages":
                self.assertRegex(item["code"], r"\A[a-z]{2}\Z")
            if member == "place":
                self.assertRegex(item.get("commune", "59350"), r"\A([0-9]{2}|2A|2B)[0-9]{3}\Z")
                if "town" in item:
                    self.assertEqual(entry["text"][slice(*item["span"])], item["town"])
            if member == "experience_years":
                self.assertTrue(0 <= item["value"] <= 50)

    @each_text
    def test_dates(self, entry):
        written = datetime.date.fromisoformat(entry["date"])
        for member, item in items(entry):
            if member not in {"start", "end"}:
                continue
            date = datetime.date.fromisoformat(item["date"])
            self.assertIn(item["precision"], {"day", "week", "month"})
            self.assertTrue(written <= date <= written + datetime.timedelta(days=800))
            if item.get("asap"):
                self.assertEqual(written, date)

    @each_text
    def test_weekdays_are_the_next_ones(self, entry):
        names = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
        names_en = "monday tuesday wednesday thursday friday saturday sunday".split()
        item = entry["constraints"].get("start")
        if not item:
            return
        words = entry["text"][slice(*item["span"])].lower()
        for number, both in enumerate(zip(names, names_en)):
            if any(name in words for name in both):
                date = datetime.date.fromisoformat(item["date"])
                self.assertEqual(number, date.weekday(), words)
                if not re.search(r"[0-9]", words):
                    ahead = date - datetime.date.fromisoformat(entry["date"])
                    self.assertTrue(1 <= ahead.days <= 7, words)


if __name__ == "__main__":
    sys.exit(unittest.main())
