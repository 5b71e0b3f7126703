"""`passerelle verify` names whatever is wrong: each test spoils one thing in Redis by hand."""

import os
import random
import re
import struct
import subprocess

import records
from harness import wait_until
from system import BIN, SANITIZERS, TERRITORY, SystemTest, main

END_UNVERIFIED = 5
BASE = "p:{demo}:"
NOBODY = "0" * 32  # a hash that is nobody's
HEADER_SIZE = 82  # of a record


class VerifyTest(SystemTest):
    """One territory that has some of everything, and nothing but Redis running."""

    def setUp(self):
        self.begin(workers=1)
        self.fill(self.system.connect())
        self.system.wait_quiet()
        for program in (*self.system.workers, self.system.daemon):
            self.assertEqual(program.stop(), 0)
        self.store = self.system.store(decode=False)
        self.addCleanup(self.store.close)
        self.assertEqual(self.verify(), [])

    def fill(self, client):
        rng = random.Random(1)
        able = {"place": {"commune": "59350"}, "travel": [{"mode": "car", "radius_km": 500}],
                "contracts": [], "roles": []}
        words = {**able, "claims": [{"words": "élevage d'escargots"},
                                    {"words": "retouche de vieilles photos"},
                                    *({"skill": skill} for skill in records.SKILLS[:5])]}
        made = {}
        for name, type_, body in [
                ("programme", "programme.put", {**records.origin(1), "name": "Web"}),
                ("employer", "employer.put", records.employer(rng, 1)),
                ("other_employer", "employer.put", records.employer(rng, 2)),
                ("attachment", "skill.attach", {"words": "retouche de vieilles photos",
                                                "skill": records.SKILLS[20]}),
                ("learner", "learner.put", records.learner(rng, 1, **words)),
                ("same_learner", "learner.put", records.learner(rng, 1, reference="again",
                                                                **able)),
                ("other_learner", "learner.put", records.learner(rng, 2, **able)),
                ("gone", "learner.put", records.learner(rng, 3)),
                ("closed", "offer.put", records.offer(rng, 3))]:
            made[name] = client.do(type_, body)["record"]
        made["cohort"] = client.do("cohort.put", {**records.origin(1), "name": "Web 1",
                                                  "programme": made["programme"]})["record"]
        made["offer"] = client.do("offer.put", records.offer(
            rng, 1, employer=made["employer"], place={"commune": "59350"}, contract="cdi",
            requirements=[{"skill": skill} for skill in records.SKILLS[:30]]))["record"]
        client.do("offer.close", {"id": made["closed"]})
        client.do("learner.erase", {"id": made["gone"]})
        self.made = made

    # Spoiling

    def key(self, name):
        return (BASE + name).encode()

    def number(self, name):
        return self.made[name][1:].encode()

    def revision(self, learner):
        """Of the learner of that number."""
        stored = self.store.hget(self.key("record:learner"), learner)
        return int.from_bytes(stored[3:9]) or int(learner)

    def verify(self):
        """What it complains of, one line each."""
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), "verify", "--state", self.system.state,
             "--territory", TERRITORY, "--wait", "0"],
            env={**os.environ, **SANITIZERS, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=60, check=False)
        lines = done.stderr.decode(errors="replace").splitlines()
        if done.returncode == 0:
            self.assertEqual(lines, [])
            return []
        self.assertEqual(done.returncode, END_UNVERIFIED, done.stderr)
        return lines[:-1]  # the last one counts them

    def spoil(self, name, change, *expected, also=()):
        """Changes one key, and puts it back. Each of the complaints expected, as patterns, must
        come; those of `also` may; no other."""
        key = self.key(name)
        with self.subTest(key=name, expected=expected):
            before = self.store.dump(key)
            try:
                change(key)
                lines = self.verify()
                for pattern in expected:
                    self.assertTrue(any(re.search(pattern, line) for line in lines),
                                    f"{pattern} in {lines}")
                for line in lines:
                    self.assertTrue(any(re.search(pattern, line) for pattern in (*expected, *also)),
                                    f"{line} was not expected")
            finally:
                self.store.delete(key)
                if before is not None:
                    self.store.restore(key, 0, before)

    def put(self, field, value):
        return lambda key: self.store.hset(key, field, value)

    def drop(self, field):
        return lambda key: self.assertEqual(self.store.hdel(key, field), 1)

    def field_of(self, name, pattern):
        """The first field of a hash that matches."""
        return next(field for field in sorted(self.store.hkeys(self.key(name)))
                    if re.search(pattern, field))


class RecordsTest(VerifyTest):
    def test_records(self):
        learner, offer = self.number("learner"), self.number("offer")
        name = self.made["learner"]
        self.spoil("record:learner", self.put(learner, "rubbish"),
                   f"record: learner {learner.decode()} cannot be read", "listing: ", "left over: ",
                   "reference: of", "person: ", f"log: {name} was changed and never erased",
                   "list: ", "words: ")
        self.spoil("record:learner", self.put(b"007", self.store.hget(self.key("record:learner"),
                                                                      learner)),
                   "record: learner 007 cannot be read")
        stored = self.store.hget(self.key("record:offer"), offer)
        fields = HEADER_SIZE + int.from_bytes(stored[1:3])
        self.spoil("record:offer", self.put(offer, stored[:fields] + b"\xc1"),
                   f"record: {self.made['offer']} cannot be decoded", "list: ")
        stored = self.store.hget(self.key("record:learner"), learner)
        self.spoil("record:learner", self.put(learner, b"\x00" + stored[1:]),
                   f"record: learner {learner.decode()} cannot be read",
                   also=("listing: ", "left over: ", "reference: of", "person: ", "log: ", "list: ",
                         "words: "))
        self.spoil("record:learner", self.put(learner, stored[:3] + (9999).to_bytes(6) + stored[9:]),
                   f"record: {name} has revision 9999", f"log: {name} is at revision 9999")
        self.spoil("record:learner", self.put(learner, b"\x02" + stored[1:]), "list: ")

    def test_records_of_former_versions(self):
        """A line of text in place of the header."""
        learner, name = self.number("learner"), self.made["learner"]
        stored = self.store.hget(self.key("record:learner"), learner)
        size = HEADER_SIZE + int.from_bytes(stored[1:3])
        observed = int.from_bytes(stored[74:82], signed=True)
        line = b"%d %d active %%s %s %s %s\n" % (
            self.revision(learner), observed, stored[10:42], stored[42:74],
            stored[HEADER_SIZE:size] or b"-")
        self.spoil("record:learner", self.put(learner, line % b"1" + stored[size:]),
                   f"record: {name} was created as 1")
        self.spoil("record:learner",
                   self.put(learner, (line % learner).replace(b" active ", b" asleep ")
                            + stored[size:]), f"record: {name} is asleep", "list: ")
        self.store.hset(self.key("record:learner"), learner, line % learner + stored[size:])
        self.assertEqual(self.verify(), [])

    def test_a_lost_record(self):
        for kind in ("learner", "employer", "cohort"):
            name = self.made[kind]
            self.spoil(f"record:{kind}", self.drop(self.number(kind)),
                       f"log: {name} was changed and never erased, but does not exist",
                       f"listing: {name} is listed, but does not exist",
                       f"reference: of {name}, which does not exist",
                       also=("person: ", "left over: ", "list: ", "uses: ", "names", "words: "))

    def test_an_erased_record_that_is_back(self):
        gone = self.made["gone"]
        body = self.store.hget(self.key("record:learner"), self.number("learner"))
        self.spoil("record:learner", self.put(self.number("gone"), body),
                   f"log: {gone} was erased at", f"listing: {gone} is not listed",
                   f"reference: {gone} cannot be found", f"person: {gone} is not noted",
                   f"sealed: {gone} has lost its sealed part", also=("record: ", "list: ", "log: "))

    def test_parts(self):
        gone = self.number("gone")
        for part in ("sealed", "statistics"):
            self.spoil(f"{part}:learner", self.put(gone, "x" * 100),
                       f"left over: {part} of learner {gone.decode()}, which does not exist")
            self.spoil(f"{part}:employer", self.put(self.number("employer"), "x" * 56),
                       f"sealed: {part} of employer .* is too short")
        self.spoil("sealed:learner", self.drop(self.number("learner")),
                   f"sealed: {self.made['learner']} has lost its sealed part")

    def test_listing(self):
        learner, gone = int(self.number("learner")), int(self.number("gone"))
        self.spoil("ids:learner", lambda key: self.store.setbit(key, learner, 0),
                   f"listing: L{learner} is not listed")
        self.spoil("ids:learner", lambda key: self.store.setbit(key, gone, 1),
                   f"listing: L{gone} is listed, but does not exist")
        self.spoil("ids:learner", lambda key: self.store.setbit(key, 3_000_001, 1),
                   "listing: L3000001 is listed, but does not exist")
        self.spoil("ids:cohort", lambda key: self.store.delete(key),
                   f"listing: {self.made['cohort']} is not listed")

    def test_a_key_of_another_type(self):
        def another(key):
            self.store.delete(key)
            self.store.rpush(key, "x")
        self.spoil("ids:learner", another, "key: p:{demo}:ids:learner: WRONGTYPE")
        self.spoil("find", another, "key: p:{demo}:find: WRONGTYPE", "reference: ", "person: ")
        self.spoil("uses", another, "key: p:{demo}:uses: WRONGTYPE", "uses: ")
        self.spoil("feed", another, "key: p:{demo}:feed: WRONGTYPE")
        self.spoil("quarantine", another, "store: .*WRONGTYPE")
        self.spoil("meta", lambda key: self.store.delete(key), "store: unknown_territory")


class FindingTest(VerifyTest):
    def reference_of(self, name):
        """The field by which a record is found."""
        letter, number = self.made[name][0], self.number(name)
        return next(field for field, value in self.store.hgetall(self.key("find")).items()
                    if field.startswith(letter.encode()) and len(field) == 33 and value == number)

    def person_of(self, name):
        return next(field for field, value in self.store.hgetall(self.key("find")).items()
                    if len(field) == 32 and self.number(name) in value.split(b","))

    def test_references(self):
        for name in ("learner", "employer", "cohort", "attachment"):
            record = self.made[name]
            self.spoil("find", self.drop(self.reference_of(name)),
                       f"reference: {record} cannot be found by its own")
        learner = self.made["learner"]
        self.spoil("find", self.put(self.reference_of("learner"), self.number("other_learner")),
                   f"reference: {self.made['other_learner']} is found by another one",
                   f"reference: {learner} cannot be found by its own")
        self.spoil("find", self.put(f"L{NOBODY}", self.number("gone")),
                   f"reference: of {self.made['gone']}, which does not exist")
        self.spoil("find", self.put(f"O{NOBODY}", "rubbish"),
                   "reference: of Orubbish, which does not exist")
        # The same number, but of another kind.
        self.spoil("find", self.put(f"E{NOBODY}", self.number("learner")),
                   f"reference: of E{learner[1:]}, which does not exist")
        for field in ("rubbish", f"X{NOBODY}", "Z" * 32, f"L{NOBODY}0"):
            self.spoil("find", self.put(field, "1"), f"find: {field} is neither")

    def test_people(self):
        learner, same = self.number("learner").decode(), self.number("same_learner").decode()
        other, gone = self.number("other_learner").decode(), self.number("gone").decode()
        person = self.person_of("learner")
        self.assertEqual(self.store.hget(self.key("find"), person).decode(), f"{learner},{same}")
        self.spoil("find", self.drop(person), f"person: L{learner} is not noted",
                   f"person: L{same} is not noted")
        self.spoil("find", self.put(person, learner), f"person: L{same} is not noted")
        self.spoil("find", self.put(person, f"{learner},{same},{other}"),
                   f"person: L{other} is noted under another")
        self.spoil("find", self.put(person, f"{learner},{same},{gone}"),
                   f"person: L{gone} is noted under another")
        self.spoil("find", self.put(person, f"{learner},{same},{learner}"),
                   f"person: L{learner} is noted twice")
        self.spoil("find", self.put(person, f"{learner},,{same}"),
                   "person: L is noted under another")
        self.spoil("find", self.put(NOBODY, learner), f"person: L{learner} is noted under another")

    def test_attachments(self):
        words, record = b"retouche de vieilles photos", self.made["attachment"]
        self.assertIn(words, self.store.hkeys(self.key("attachment")))
        lost = f"attachment: {record} cannot be found by its words"
        # What learners hold no longer has its skill: their lists are other ones.
        self.spoil("attachment", self.drop(words), lost, "list: ")
        self.spoil("attachment", self.put(words, record), f"attachment: {words.decode()} has no",
                   lost, "list: ")
        self.spoil("attachment", self.put(words, f"{record} {records.SKILLS[25]}"),
                   f"attachment: {words.decode()} is not what {record} says", lost,
                   also=("list: ",))
        self.spoil("attachment", self.put("autres mots", f"{record} {records.SKILLS[20]}"),
                   f"attachment: autres mots is not what {record} says")
        self.spoil("attachment", self.put("autres mots", f"A9999 {records.SKILLS[20]}"),
                   "attachment: autres mots is by A9999, which does not exist")


class ReferencesTest(VerifyTest):
    def test_what_records_name(self):
        offer, employer = self.number("offer"), self.made["employer"]
        stored = self.store.hget(self.key("record:offer"), offer)
        fields = stored[HEADER_SIZE + int.from_bytes(stored[1:3]):]

        def named(names):
            return stored[:1] + len(names).to_bytes(2) + stored[3:HEADER_SIZE] + names + fields
        self.spoil("record:offer", self.put(offer, named(b"E9999")),
                   f"reference: {self.made['offer']} names E9999, which does not exist",
                   f"record: {self.made['offer']} names {employer}, its header E9999",
                   f"uses: {employer} is named 0 times, noted are 1")
        self.spoil("record:offer", self.put(offer, named(b"")),
                   f"record: {self.made['offer']} names {employer}, its header -",
                   f"uses: {employer} is named 0 times, noted are 1")

    def test_uses(self):
        employer, other = self.made["employer"], self.made["other_employer"]
        self.assertEqual(self.store.hgetall(self.key("uses")), {employer.encode(): b"1"})
        self.spoil("uses", self.drop(employer), f"uses: {employer} is named 1 times, none is noted")
        for noted in ("0", "2", "-1", "x"):
            self.spoil("uses", self.put(employer, noted),
                       f"uses: {employer} is named 1 times, noted are {noted}")
        self.spoil("uses", self.put(other, "1"), f"uses: {other} is named 0 times, noted are 1")
        self.spoil("uses", self.put(other, "0"), f"uses: {other} is named 0 times, noted are 0")

    def test_words(self):
        words, holder = "elevage d escargots", self.number("learner")
        count = int(self.store.zscore(self.key("words"), words))
        self.assertIn(words.encode(), self.store.hget(self.key("words:learner"), holder))
        self.spoil("words", lambda key: self.store.zrem(key, words),
                   f"words: {words} are held by {count} learners, none is counted")
        self.spoil("words", lambda key: self.store.zincrby(key, 1, words),
                   f"words: {words} are held by {count} learners, counted are {count + 1}")
        self.spoil("words", lambda key: self.store.zadd(key, {"autres mots": 1}),
                   "words: autres mots are held by 0 learners, counted are 1")
        self.spoil("words:learner", self.drop(holder), "words: .* are held by .*, counted are")
        self.spoil("words:learner", self.put(self.number("gone"), words),
                   "left over: words of learner .*, which does not exist")
        self.spoil("words:learner", self.put(holder, f"{words}\n\nd autres"),
                   "holds an empty line", "words: d autres are held by 1 learners, none is counted",
                   "words: .*")


class LogTest(VerifyTest):
    def seq(self):
        return self.system_seq(self.store.xinfo_stream(self.key("log"))["last-generated-id"])

    @staticmethod
    def system_seq(entry):
        return int(entry.split(b"-")[1])

    def rewritten(self, change):
        """The log with an entry changed: {seq: text} to another one."""
        def rewrite(key):
            entries = {self.system_seq(entry): fields[b"e"]
                       for entry, fields in self.store.xrange(key)}
            entries = change(entries)
            self.store.delete(key)
            for seq, text in entries.items():
                self.store.xadd(key, {"e": text}, id=f"0-{seq}")
        return rewrite

    def with_entry(self, seq, text):
        return self.rewritten(lambda entries: {**entries, seq: text})

    def test_gaps(self):
        seq = self.seq()
        middle = int(self.number("employer"))
        self.spoil("log", lambda key: self.store.xdel(key, f"0-{middle}"),
                   f"log: nothing between {middle - 1} and {middle + 1}",
                   f"log: {self.made['employer']} is at revision {middle}, its last entry at 0")
        self.spoil("log", lambda key: self.store.xdel(key, f"0-{seq}"),
                   f"log: ends at {seq - 1}, the territory is at {seq}",
                   # Nobody tells any more that the learner was erased.
                   f"log: {self.made['gone']} was changed and never erased")
        self.spoil("log", lambda key: self.store.xtrim(key, maxlen=0, approximate=False),
                   f"log: ends at 0, the territory is at {seq}", "log: .* is at revision")

    def test_a_trimmed_log_is_fine(self):
        self.spoil("log", lambda key: self.store.xtrim(key, maxlen=3, approximate=False))

    def test_a_log_that_is_behind(self):
        """As after a restart from an older file: the lists and answers know of more."""
        seq = self.seq()
        self.spoil("log", self.rewritten(lambda entries: {at: text for at, text in entries.items()
                                                          if at <= seq - 2}),
                   "slot: 0: cursor", "slot: 1: cursor", "log: ", "request: answered with",
                   "record: .* has revision", "feed: ")

    def test_entries(self):
        learner, at = self.made["learner"], int(self.number("learner"))
        day = b"2026-01-01"
        self.spoil("log", self.with_entry(at, b"put L %s" % day))
        for text in (b"", b"put", b"put L", b"put L 2026-13-01", b"fly L %s" % day,
                     b"put X %s" % day, b"put T %s" % day, b"day L %s" % day, b"attach L %s" % day,
                     b"put L9999 %s" % day):
            self.spoil("log", self.with_entry(at, text), f"log: {at} is no entry",
                       f"log: {learner} is at revision {at}, its last entry at 0",
                       also=("request: answered with",))
        other = self.made["other_learner"]
        self.spoil("log", self.with_entry(at, b"put %s %s" % (self.made["employer"].encode(), day)),
                   f"log: {learner} is at revision {at}, its last entry at 0",
                   f"log: {self.made['employer']} is at revision", "request: answered with")
        self.spoil("log", self.with_entry(at, b"put P %s" % day),
                   f"log: P{at} was changed and never erased", f"log: {learner} is at revision",
                   "request: answered with")
        self.spoil("log", self.with_entry(int(other[1:]), b"erase %s %s" % (learner.encode(), day)),
                   f"log: {learner} was erased at {other[1:]}, but exists",
                   f"log: {other} is at revision", "request: answered with")

    def test_requests(self):
        bucket = next(name for name in ("request:0", "request:1")
                      if self.store.exists(self.key(name)))
        seq = self.seq()
        kept = self.store.hgetall(self.key(bucket))
        request, value = next((request, value) for request, value in kept.items()
                              if value[8:] == self.made["learner"].encode())
        self.spoil(bucket, self.put(request[:15], value), f"request: {len(value)} bytes kept for an id of 15")
        self.spoil(bucket, self.put(request, value[:8]), "request: 8 bytes kept")
        for text in (f"{self.made['learner']} {seq + 1} updated", f"L9999 {seq} updated",
                     f"{self.made['learner']} 1 created", f"{self.made['learner']} x created",
                     f"L{seq + 1}", "L1", f"P{self.made['learner'][1:]}", "02",
                     f"{self.made['learner']} {self.made['learner'][1:]} eaten"):
            self.spoil(bucket, self.put(request, value[:8] + text.encode()),
                       f"request: answered with {text}, which is not so")
        self.spoil(bucket, self.put(b"x" * 16, value),
                   f"request: two were answered with the change {self.made['learner'][1:]}")


class KeysTest(VerifyTest):
    def test_settings(self):
        for field, value in (("day", "2026-13-01"), ("bucket", "2"), ("bucket_since", "x"),
                             ("rewrite", "x"), ("erased", "-"), ("seq", "12")):
            self.spoil("meta", self.put(field, value), f"settings: {field} is not to be {value}")
        self.spoil("meta", self.put("referential", "0" * 16), "referential: 0000000000000000: ")

    def test_another_model(self):
        for key in ("meta", "slot:0", "slot:1"):
            self.store.hset(self.key(key), "model", "another")
        lines = self.verify()
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], "model: another is in force, this program has ")

    def test_the_territory_is_known(self):
        self.store.srem("p:territories", TERRITORY)
        self.assertEqual(self.verify(), ["settings: the territory is not among those of the store"])

    def test_slots(self):
        seq = int(self.store.hget(self.key("slot:0"), "cursor"))
        self.spoil("slot:0", self.put("cursor", seq + 1),
                   f"slot: 0: cursor is not to be {seq + 1}")
        self.spoil("slot:1", self.put("epoch", "x"), "slot: 1: epoch is not to be x")
        self.spoil("slot:1", self.put("pilot", "x"), "slot: 1: pilot is not to be x")

    def test_quarantine(self):
        learner = self.made["learner"]
        revision = int(self.number("learner"))
        self.spoil("quarantine", self.put(f"0:{learner}", revision - 1),
                   f"quarantine: 0:{learner} is left out at {revision - 1}")
        for name in ("0:L9999", f"2:{learner}", f"{learner}", "rubbish", "0:", f":{learner}"):
            self.spoil("quarantine", self.put(name, revision),
                       f"quarantine: {name} is no record of a slot")

    def test_feed(self):
        seq = int(self.store.hget(self.key("slot:0"), "cursor"))
        for fields in ({"s": 2, "c": 1, "l": "L1"}, {"s": 0, "c": seq + 1, "l": "L1"},
                       {"s": 0, "c": 1, "l": "E1"}, {"s": 0, "c": 1, "l": ""}, {"x": 1}):
            self.spoil("feed", lambda key, fields=fields: self.store.xadd(key, fields),
                       "feed: .* is no entry")

    def test_workers(self):
        self.spoil("workers", self.put("one", "yesterday"), "worker: one was seen at yesterday")

    def test_other_keys(self):
        for name in ("person", "request:2", "slot:2", "lists:2", "ids:nobody", "record:", "slot:00",
                     "sealed"):
            self.spoil(name, lambda key: self.store.set(key, "x"),
                       f"key: p:{{demo}}:{name} is none of a territory's")
        self.store.set("p:{demo}", "x")
        self.assertEqual(self.verify(), ["key: p:{demo} is none of a territory's"])
        self.store.delete("p:{demo}")
        self.store.set("p:{demonstration}:x", "x")  # another territory's
        self.assertEqual(self.verify(), [])


class ListsTest(VerifyTest):
    """What workers stored against what is computed here."""

    def lists(self):
        """Where an offer's and a learner's list are: key and name."""
        offer = self.made["offer"].encode()
        key = next(name for name in ("lists:0", "lists:1")
                   if self.store.hexists(self.key(name), offer))
        return key, offer, self.field_of(key, rb"^L")

    def test_lists(self):
        key, offer, learner = self.lists()
        other = "lists:1" if key == "lists:0" else "lists:0"
        for name in (offer, learner):
            text = name.decode()
            packed = self.store.hget(self.key(key), name)
            self.spoil(key, self.drop(name), f"list: {text} has 0 entries")
            self.spoil(key, self.put(name, packed + packed[:8]), f"list: {text} has .* entries")
            word = struct.unpack(">Q", packed[:8])[0]
            for wrong in (word + 1, word + (1 << 48)):
                self.spoil(key, self.put(name, struct.pack(">Q", wrong) + packed[8:]),
                           f"list: {text} entry 0 is")
        self.assertGreater(len(self.store.hget(self.key(key), offer)), 8)
        packed = self.store.hget(self.key(key), offer)
        self.spoil(key, self.put(offer, packed[8:16] + packed[:8] + packed[16:]),
                   f"list: {offer.decode()} entry 0 is")
        self.spoil(other, self.put(offer, packed), f"list: {offer.decode()} is in slot .*, which")
        self.spoil(key, self.put("L9999", packed), "list: slot . stores")
        self.spoil(key, self.put(self.made["gone"], packed), "list: slot . stores")

    def test_what_a_worker_is_about_to_rewrite_is_looked_at_again(self):
        """One that takes its slot over leaves a record out: its lists follow, the cursor stays."""
        key, _, learner = self.lists()
        slot = key[-1]
        entry = b"%s:%s" % (slot.encode(), learner)
        revision = self.revision(learner[1:])
        self.assertEqual(self.store.hget(self.key(f"slot:{slot}"), "attempts"), b"0")
        self.store.hset(self.key(f"slot:{slot}"), "attempts", 3)
        self.assertEqual(self.verify(), [])  # they need not end where nothing is wrong
        self.store.hset(self.key("quarantine"), entry, revision)
        self.assertRegex(self.verify()[0], f"list: .*{learner.decode()}|list: O")  # at once

        def looks():
            return self.store.info("commandstats")["cmdstat_fcall_ro"]["calls"] // 2
        before = looks()
        with subprocess.Popen(
                [os.path.join(BIN, "passerelle"), "verify", "--state", self.system.state,
                 "--territory", TERRITORY, "--wait", "300"],
                env={**os.environ, **SANITIZERS, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            try:
                wait_until(lambda: process.poll() is not None or looks() >= before + 2,
                           "it looks again")
                self.assertIsNone(process.poll(), "it complained at once")
                self.store.hdel(self.key("quarantine"), entry)  # as good as writing the lists
                self.store.hset(self.key(f"slot:{slot}"), "attempts", 0)
                self.assertEqual((process.wait(60), process.stderr.read()), (0, b""))
            finally:
                process.kill()


if __name__ == "__main__":
    main()
