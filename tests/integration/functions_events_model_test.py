"""Random events against a model of what they should leave behind, key by key."""

import unittest

from functions_case import FunctionsTest
from harness import seeded
from territory import (DAY, KINDS, digest, hex_digest, person_hash, record_text, reference_of)

STATES = {"L": ["active", "withdrawn"], "O": ["open", "closed", "withdrawn", "draft"],
          "E": ["active"], "P": ["active"], "C": ["active"]}
NAMES = {"L": "C", "O": "E", "C": "P"}  # the kind that records of a kind may name
ERASABLE = "LOE"


class Rejected(Exception):
    """Its arguments are code, culprit and detail."""


class Model:
    """The territory as the architecture describes it, in plain dictionaries."""

    def __init__(self, now):
        self.seq = 1
        self.meta = {"slots": "2", "label": "Nord", "bucket": "0", "bucket_since": str(now)}
        self.log = [("0-1", f"territory T {DAY}")]
        self.records = {}  # by name
        self.requests = {}
        self.people = {}

    def answer(self, request, body, call):
        """What a call is to be answered, once it is done."""
        if request in self.requests:
            known, answer = self.requests[request]
            return answer if known == body else ["rejected", "request_reused", "", ""]
        try:
            answer = ["ok", *call()]
        except Rejected as rejected:
            return ["rejected", *rejected.args]
        self.requests[request] = (body, answer)
        return answer

    def change(self, letter, number, operation):
        """The number is None for a record that the change creates."""
        self.seq += 1
        self.log.append((f"0-{self.seq}", f"{operation} {letter}{number or ''} {DAY}"))
        return self.seq

    def find(self, letter, reference):
        for name, record in self.records.items():
            if name[0] == letter and record["reference"] == reference:
                return name
        return None

    def expect(self, name, expected):
        revision = self.records[name]["revision"] if name else 0
        if expected not in ("", revision):
            raise Rejected("revision_conflict", name or "", str(revision))

    def holders(self, name):
        return sum(record["references"].count(name) for record in self.records.values())

    def join(self, name, person):
        others = self.people.setdefault(person, [])
        others.append(name)
        return [f"probable_duplicate {other}" for other in others[:-1][:4]]

    def leave(self, name, person):
        self.people[person].remove(name)
        if not self.people[person]:
            del self.people[person]

    def put(self, letter, reference, expected, *, state, confirm, **content):
        name = self.find(letter, reference)
        self.expect(name, expected)
        old = self.records.get(name)
        observed, person = content.pop("observed"), content.pop("person")
        if old:
            if observed < old["observed"]:
                return [name, str(old["revision"]), "stale"]
            if old["person"] and person and old["person"] != person and confirm == "0":
                raise Rejected("probable_duplicate", name, "")
            if person == old["person"] and all(old[key] == content[key] for key in content):
                old["observed"] = observed
                return [name, str(old["revision"]), "unchanged"]
        for other in content["references"]:
            if other not in self.records:
                raise Rejected("unknown_reference", other, "")
        seq = self.change(letter, int(name[1:]) if name else None, "put")
        if not old:
            name = f"{letter}{seq}"
            old = self.records[name] = {"created": seq, "state": state, "reference": reference,
                                        "person": ""}
        warnings = []
        if person != old["person"]:
            if old["person"]:
                self.leave(name, old["person"])
            if person:
                warnings = self.join(name, person)
        old.update(content, revision=seq, observed=observed, person=person)
        return [name, str(seq), "created" if old["created"] == seq else "updated", *warnings]

    def target(self, letter, number, reference, expected):
        name = f"{letter}{number}" if number else self.find(letter, reference)
        if name not in self.records:
            raise Rejected("unknown_record", f"{letter}{number}" if number else "", "")
        self.expect(name, expected)
        return name, self.records[name]

    def state(self, letter, number, reference, expected, new, allowed):
        name, record = self.target(letter, number, reference, expected)
        if record["state"] == new:
            return [name, str(record["revision"]), "unchanged"]
        if record["state"] not in allowed:
            raise Rejected("wrong_state", name, record["state"])
        record["revision"] = self.change(letter, int(name[1:]), "state")
        record["state"] = new
        return [name, str(record["revision"]), "updated"]

    def erase(self, letter, number, reference, expected, now):
        name, record = self.target(letter, number, reference, expected)
        if self.holders(name):
            raise Rejected("wrong_state", name, f"{self.holders(name)} records name it")
        if record["person"]:
            self.leave(name, record["person"])
        del self.records[name]
        self.meta.setdefault("rewrite", str(now))
        self.meta["erased"] = str(now)
        return [name, str(self.change(letter, int(name[1:]), "erase")), "updated"]

    def attach(self, words, skill, observed):
        name = self.find("A", words)
        old = self.records.get(name)
        if old and observed < old["observed"]:
            return [name, str(old["revision"]), "stale"]
        if old and old["skill"] == skill:
            old["observed"] = observed
            return [name, str(old["revision"]), "unchanged"]
        seq = self.change("A", int(name[1:]) if name else None, "attach")
        if not old:
            name = f"A{seq}"
            old = self.records[name] = {
                "created": seq, "state": "active", "reference": words, "person": "", "sealed": "",
                "statistics": "", "words": [], "references": [], "blob": b"blob"}
        old.update(skill=skill, revision=seq, observed=observed)
        return [name, str(seq), "created" if old["created"] == seq else "updated"]

    def detach(self, words):
        name = self.find("A", words)
        if not name:
            raise Rejected("unknown_record", "", "")
        del self.records[name]
        return [name, str(self.change("A", int(name[1:]), "detach")), "updated"]

    def day(self, day):
        present = self.meta.get("day", "")
        if day < present:
            raise Rejected("day_backwards", "", present)
        if day == present:
            return ["", str(self.seq), "unchanged"]
        self.meta["day"] = day
        return ["", str(self.change("T", None, "day")), "updated"]

    # The keys all this makes

    def keys(self):
        hashes = {"find": {hex_digest(person).encode(): ",".join(name[1:] for name in names).encode()
                           for person, names in self.people.items()}}
        numbers, words = {}, {}

        def put(suffix, field, value):
            hashes.setdefault(suffix, {})[field] = value
        for name, r in self.records.items():
            kind, number = KINDS[name[0]], name[1:].encode()
            reference = reference_of(name[0], r["reference"])
            put(f"record:{kind}", number,
                record_text(reference, person_hash(r["person"]), r["observed"], r["state"],
                            r["references"], r["blob"],
                            r["revision"] if r["revision"] != r["created"] else 0))
            put("find", reference.encode(), number)
            numbers.setdefault(kind, []).append(int(number))
            for part in ("sealed", "statistics"):
                if r[part]:
                    put(f"{part}:{kind}", number, digest(r[part]) + b"sealed " + r[part].encode())
            if r["words"]:
                put("words:learner", number, "\n".join(r["words"]).encode())
            for word in set(r["words"]):
                words[word.encode()] = words.get(word.encode(), 0) + 1
            if name[0] == "A":
                put("attachment", r["reference"].encode(), f"{name} {r['skill']}".encode())
            if name[0] in ERASABLE and self.holders(name):
                put("uses", name.encode(), str(self.holders(name)).encode())
        hashes["meta"] = {key.encode(): value.encode()
                          for key, value in self.meta.items()}
        return ({suffix: fields for suffix, fields in hashes.items() if fields}, words,
                {kind: sorted(members) for kind, members in numbers.items()})


class EventsModelTest(FunctionsTest):
    STEPS, LOOKS = 3000, 100
    references = 6

    def setUp(self):
        super().setUp()
        self.random = seeded("events model")
        self.model = Model(self.t.now)
        self.earlier = []

    def number_or_reference(self, letter):
        known = [name for name in self.model.records if name[0] == letter]
        if self.random.random() < 0.5 or not known:
            return "", self.reference()
        return int(self.random.choice([*known, "X999"])[1:]), ""

    def reference(self):
        return f"r{self.random.randrange(self.references)}"

    def expected(self):
        return self.random.choice([""] * 12 + [0, 1, self.model.seq])

    def some(self, *choices):
        return self.random.choice(["", "", *choices])

    def random_put(self):
        letter = self.random.choice("LLLLOOECP")
        reference, expected, learner = self.reference(), self.expected(), letter == "L"
        names = ["E9", "C9", *(name for name in self.model.records if name[0] == NAMES.get(letter))]
        content = dict(
            blob=self.random.choice([b"a", b"b\n\x00"]), observed=self.random.randrange(-2, 30),
            state=self.random.choice(STATES[letter]), sealed=self.some("s", "t"),
            statistics=self.some("u") if learner else "",
            person=self.some("ada", "grace", "joan") if learner else "",
            confirm=self.random.choice("01"),
            words=self.random.choices("uvwxyz", k=self.random.randrange(4)) if learner else [],
            references=self.random.sample(names, self.random.choice([0, 0, 1, 1, 2])
                                          if letter in NAMES else 0))
        return (lambda request, body: self.t.put(letter, reference, request=request, body=body,
                                                 expected=expected, **content),
                lambda: self.model.put(letter, reference, expected, **content))

    def random_state(self):
        letter = self.random.choice("LO")
        number, reference = self.number_or_reference(letter)
        new, allowed = self.random.choice(STATES[letter]), self.random.choices(STATES[letter], k=2)
        expected = self.expected()
        return (lambda request, body: self.t.state(letter, number, new, *allowed,
                                                   reference=reference, request=request, body=body,
                                                   expected=expected),
                lambda: self.model.state(letter, number, reference, expected, new, allowed))

    def random_erase(self):
        letter = self.random.choice(ERASABLE)
        (number, reference), expected = self.number_or_reference(letter), self.expected()
        return (lambda request, body: self.t.erase(letter, number, reference, request=request,
                                                   body=body, expected=expected),
                lambda: self.model.erase(letter, number, reference, expected, self.t.now))

    def random_attach(self):
        words, skill = self.random.choice("uvw"), self.random.choice(["S1", "S2"])
        observed = self.random.randrange(30)
        return (lambda request, body: self.t.attach(words, skill, observed, request=request,
                                                    body=body),
                lambda: self.model.attach(words, skill, observed))

    def random_detach(self):
        words = self.random.choice("uvw")
        return (lambda request, body: self.t.detach(words, request=request, body=body),
                lambda: self.model.detach(words))

    def random_day(self):
        day = f"2025-0{self.random.randrange(1, 10)}-01"
        return (lambda request, body: self.t.day(day, request=request, body=body),
                lambda: self.model.day(day))

    def random_step(self):
        """Sends an event; returns its answer, and what that should be."""
        if self.earlier and self.random.random() < 0.2:
            request, body, call, expectation = self.random.choice(self.earlier)
            body = self.random.choice([body, body, body, "other"])
        else:
            make = self.random.choice([self.random_put] * 12 + [
                self.random_state, self.random_erase, self.random_attach, self.random_detach,
                self.random_day])
            call, expectation = make()
            request = body = f"random {len(self.earlier)}"
            self.earlier.append((request, body, call, expectation))
        return call(request, body), self.model.answer(request, body, expectation)

    def assert_stored(self):
        hashes, words, numbers, requests = {}, {}, {}, {}
        for key in self.redis.keys(self.t.base + ":*"):
            suffix = key.decode()[len(self.t.base) + 1:]
            kind = self.redis.type(key)
            if suffix.startswith("request:"):
                requests.update(self.redis.hgetall(key))
            elif kind == b"hash":
                hashes[suffix] = self.redis.hgetall(key)
            elif suffix == "words":
                words = dict(self.redis.zrange(key, 0, -1, withscores=True))
            elif suffix.startswith("ids:"):
                numbers[suffix[4:]] = self.t.numbers(suffix[4:])
            else:
                self.assertEqual(suffix, "log")
        numbers = {kind: members for kind, members in numbers.items() if members}
        self.assertEqual((hashes, words, numbers), self.model.keys())
        self.assertEqual(self.t.log(), self.model.log)
        del requests[digest("request 1")]  # made the territory
        self.assertEqual(set(requests), {digest(request) for request in self.model.requests})

    def test_random_events_leave_what_the_model_says(self):
        for step in range(self.STEPS):
            self.assertEqual(*self.random_step())
            if step % self.LOOKS == 0:
                self.assert_stored()
        self.assert_stored()

    def test_events_in_one_call_leave_the_same(self):
        """In groups and out of them, each sees what those before it changed."""
        self.references = 60
        for look in range(self.STEPS // 20):
            self.t.hold()
            expected = [self.random_step()[1] for _ in range(self.random.choice([2, 3, 8, 30]))]
            self.assertEqual(self.t.commit_held(), expected)
            if look % 10 == 0:
                self.assert_stored()
        self.assert_stored()


if __name__ == "__main__":
    unittest.main()
