"""The rules of the Redis function library for events, one test each."""

import re
import unittest

from functions_case import HOUR, MINUTE, FunctionsTest
from harness import RedisServer, read_library, redis, wait_until
from territory import (DAY, KINDS, NOBODY, Territory, digest, group, hex_digest, person_hash, record_text,
                       reference_of, refused, texts)


class TerritoryTest(FunctionsTest):
    def test_creation_is_change_number_one(self):
        self.assertEqual(self.t.seq(), 1)
        self.assertEqual(self.t.meta("label"), "Nord")
        self.assertEqual(self.t.log(), [("0-1", f"territory T {DAY}")])

    def test_slots_are_two_unless_given(self):
        Territory(self.redis, "a", slots="")
        other = Territory(self.redis, "b", slots=64)
        self.assertEqual((self.redis.hget("p:{a}:meta", "slots"), other.meta("slots")),
                         (b"2", "64"))

    def test_label_changes_and_slots_never(self):
        self.assertEqual(self.t.territory("Hauts"), ["ok", "", "2", "updated"])
        self.assertEqual(self.t.meta("label"), "Hauts")
        self.assert_silent(lambda: self.t.territory("Hauts", 2), ["ok", "", "2", "unchanged"])
        self.assert_writes_nothing(lambda: self.t.territory("Hauts", 3),
                                   ["rejected", "territory_exists", "", "2 slots"])

    def test_nothing_works_before_creation(self):
        self.t = Territory(self.redis, "sud", create=False)
        unknown = ["rejected", "unknown_territory", "", ""]
        for call in (lambda: self.t.put("L", "a"), lambda: self.t.erase("L", 1),
                     lambda: self.t.state("L", 1, "withdrawn", "active"),
                     lambda: self.t.attach("w", "s"), lambda: self.t.detach("w"),
                     lambda: self.t.day("2025-01-01"),
                     lambda: self.t.adopt("m"),
                     lambda: self.t.call("slot_acquire", "w", 1, "any", "m"),
                     lambda: self.t.call("slot_renew", "w", 0, 1, 1),
                     lambda: self.t.call("slot_release", "w", 0, 1),
                     lambda: self.t.call("slot_commit", "w", 0, 1, -1, 1, "m"),
                     lambda: self.t.call("slot_mark", 0, 1, "x"),
                     lambda: self.t.call("slot_quarantine", 0, 1, "L1", 1),
                     lambda: self.t.call("log_trim", 1), lambda: self.t.call("territory_status")):
            self.assert_writes_nothing(call, unknown)

    def test_day_never_goes_backwards(self):
        self.assertEqual(self.t.day("2025-01-31"), ["ok", "", "2", "updated"])
        self.assertEqual(self.t.day("2025-02-01"), ["ok", "", "3", "updated"])
        self.assertEqual(self.t.log()[-1], ("0-3", f"day T {DAY}"))
        self.assert_silent(lambda: self.t.day("2025-02-01"), ["ok", "", "3", "unchanged"])
        self.assert_writes_nothing(lambda: self.t.day("2024-12-31"),
                                   ["rejected", "day_backwards", "", "2025-02-01"])
        self.assertEqual(self.t.meta("day"), "2025-02-01")

    def test_adoption(self):
        self.assertEqual(self.t.adopt("m1"), ["ok", "", "2", "updated"])
        self.assertEqual(self.t.log()[-1][1].split()[0], "adopt")
        self.assert_silent(lambda: self.t.adopt("m1"), ["ok", "", "2", "unchanged"])
        self.assertEqual(self.t.adopt("m1", communes="2" * 16), ["ok", "", "3", "updated"])
        self.assertEqual([self.t.meta(f) for f in ("model", "referential", "communes")],
                         ["m1", "0" * 16, "2" * 16])

    def test_expected_revision_of_the_territory(self):
        conflict = ["rejected", "revision_conflict", "", "1"]
        self.assert_writes_nothing(lambda: self.t.day(DAY, expected=2), conflict)
        self.assert_writes_nothing(lambda: self.t.adopt("m", expected=0), conflict)
        self.assert_writes_nothing(lambda: self.t.territory("x", expected=0), conflict)
        self.assertEqual(self.t.day(DAY, expected=1)[0], "ok")
        other = Territory(self.redis, "sud", create=False)
        self.assertEqual(other.territory("Sud", expected=0), ["ok", "", "1", "created"])

    def test_status(self):
        self.t.put("L", "a")
        self.t.put("O", "o")
        self.t.put("E", "e")
        self.t.adopt("m")
        self.t.day("2025-02-01")
        self.t.call("slot_acquire", "w", HOUR, "any", "m")
        self.t.call("slot_commit", "w", 0, 1, -1, 6, "m")
        status = texts(self.redis.execute_command("FCALL_RO", "territory_status", 1, self.t.base))
        left = status[21]
        self.assertIn(int(left), range(HOUR - MINUTE, HOUR + 1))
        self.assertEqual(
            status,
            ["6", "Nord", "2025-02-01", "m", "0" * 16, "1" * 16, "", "6", "0",
             "1", "1", "1", "0", "0", "0", "0", "0", "2",
             "w", "1", "6", left, "0",
             "", "0", "-1", "0", "0"])

    def test_version(self):
        version = re.search(rb"^local VERSION = (\d+)$", read_library(), re.M)
        self.assertEqual(self.redis.fcall("library_version", 0), int(version[1]))


class RequestTest(FunctionsTest):
    def test_a_repeat_gets_the_same_answer_and_writes_nothing(self):
        self.t.put("L", "z", person="p")
        calls = {
            "territory": lambda: self.t.territory("X", request="1"),
            "day": lambda: self.t.day(DAY, request="2"),
            "adopt": lambda: self.t.adopt("m", request="3"),
            "put": lambda: self.t.put("L", "a", person="p", expected=0, request="4"),
            "unchanged": lambda: self.t.put("L", "a", person="p", request="4b"),
            "stale": lambda: self.t.put("L", "a", person="p", observed=1, request="4c"),
            "state": lambda: self.t.state("L", "", "withdrawn", "active", reference="a",
                                          request="5"),
            "attach": lambda: self.t.attach("w", "s", request="6"),
            "detach": lambda: self.t.detach("w", request="7"),
            "erase": lambda: self.t.erase("L", reference="a", request="8"),
        }
        answers = {}
        for name, call in calls.items():
            answers[name] = call()
            self.assertEqual(answers[name][0], "ok", name)
        self.assertEqual(answers["put"][4:], ["probable_duplicate L2"])
        for name, call in calls.items():
            self.assert_writes_nothing(call, answers[name])

    def test_recall_gives_kept_answers_alone(self):
        answer = self.t.put("L", "a", request="1")
        for asked, told in ((dict(request="1"), answer),
                            (dict(request="1", body="other"),
                             ["rejected", "request_reused", "", ""]),
                            (dict(request="2"), ["rejected", "unknown_request", "", ""])):
            self.assert_writes_nothing(lambda: self.t.commit("recall", "T", **asked), told)

    def test_a_repeat_comes_before_any_other_check(self):
        first = self.t.put("L", "a", expected=0, request="r")
        self.t.put("L", "a", blob=b"new")
        self.assertEqual(self.t.put("L", "a", expected=0, request="r"), first)

    def test_another_body_is_refused(self):
        self.t.put("L", "a", request="r")
        self.assert_writes_nothing(lambda: self.t.put("L", "b", request="r", body="other"),
                                   ["rejected", "request_reused", "", ""])

    def test_refusals_are_not_remembered(self):
        self.assertEqual(self.t.state("L", 2, "withdrawn", "active", request="r")[1],
                         "unknown_record")
        self.t.put("L", "a")
        self.assertEqual(self.t.state("L", 2, "withdrawn", "active", request="r")[0], "ok")

    def rotate_at(self, ids):
        """Buckets of so many ids, looked at with every id."""
        self.change_library({b"BUCKET_LOOKS = 16": b"BUCKET_LOOKS = 256",
                             b"1000, 5000000": b"1000, %d" % ids})

    def buckets(self):
        return [self.redis.hlen(self.t.key(f"request:{i}")) for i in range(2)]

    def test_ids_are_kept_a_day_and_then_forgotten(self):
        self.rotate_at(5000000)
        self.t.put("L", "a", request="first")
        start = self.t.now
        for hour in range(48):
            self.t.now = start + hour * HOUR
            self.t.put("L", f"r{hour}")
            self.assert_writes_nothing(lambda: self.t.put("L", "a", request="first"),
                                       ["ok", "L2", "2", "created"])
        self.t.now = start + 48 * HOUR
        self.t.put("L", "late")
        self.assertEqual(self.t.put("L", "a", request="first")[3], "unchanged")
        self.assertEqual(self.buckets(), [2, 24])

    def test_a_full_bucket_is_left_for_the_next(self):
        self.rotate_at(3)
        for i in range(2, 9):
            self.t.put("L", f"r{i}", request=f"r{i}")
        self.assertEqual(self.buckets(), [2, 3])
        for i in range(4, 9):
            self.assert_writes_nothing(lambda i=i: self.t.put("L", f"r{i}", request=f"r{i}"),
                                       ["ok", f"L{i}", str(i), "created"])

    def test_one_id_in_sixteen_looks_whether_the_bucket_is_due(self):
        self.t.now += 25 * HOUR
        moved = []
        for i in range(200):
            request, before = f"r{i}", self.buckets()
            self.t.put("L", request, request=request)
            if self.buckets()[1] > before[1] == 0:
                moved.append(digest(request)[15])
        self.assertEqual(len(moved), 1)
        self.assertLess(moved[0], 16)

    def test_a_clock_set_back_keeps_the_promise(self):
        self.rotate_at(5000000)
        self.t.now += 1000 * HOUR
        self.t.put("L", "a", request="first")  # starts a bucket in what will be the future
        self.t.now -= 1000 * HOUR
        self.t.put("L", "b")
        self.assertEqual(self.t.meta("bucket_since"), str(self.t.now))
        self.t.now += 25 * HOUR
        self.t.put("L", "c")
        self.assertEqual(self.t.meta("bucket_since"), str(self.t.now))
        self.assertEqual(self.t.put("L", "a", request="first"), ["ok", "L2", "2", "created"])


    def test_a_territory_closes_before_it_is_out_of_numbers(self):
        self.change_library({b"BUCKET_LOOKS = 16": b"BUCKET_LOOKS = 256",
                             b"SEQ_MAX = 4290000000": b"SEQ_MAX = 3"})
        self.assertEqual([self.t.put("E", name)[1] for name in "abc"], ["E2", "E3", "E4"])
        self.assert_malformed("event_commit", *self.t.arguments("put", "E"),
                              *self.t.put_further("E", "d"))


class CallTest(FunctionsTest):
    """Several events in one call."""

    PLAIN = dict(sealed="s")

    def test_each_event_of_a_group_sees_those_before_it(self):
        self.t.hold()
        self.t.put("L", "a", person="ada", request="1", **self.PLAIN)
        self.t.put("L", "b", person="ada", **self.PLAIN)
        self.t.put("L", "a", person="ada", request="1", **self.PLAIN)
        self.t.put("L", "a", person="ada", request="1", body="other", **self.PLAIN)
        self.t.put("L", "a", person="ada", **self.PLAIN)
        self.t.put("L", "a", b"new", person="ada", **self.PLAIN)
        self.t.put("L", "c", person="joan", **self.PLAIN)
        self.t.put("L", "c", person="grace", **self.PLAIN)
        self.assertEqual(self.t.commit_held(), [
            ["ok", "L2", "2", "created"],
            ["ok", "L3", "3", "created", "probable_duplicate L2"],
            ["ok", "L2", "2", "created"],
            ["rejected", "request_reused", "", ""],
            ["ok", "L2", "2", "unchanged"],
            ["ok", "L2", "4", "updated"],
            ["ok", "L5", "5", "created"],
            ["rejected", "probable_duplicate", "L5", ""]])
        self.assertEqual(self.t.people(), {hex_digest("ada"): b"2,3", hex_digest("joan"): b"5"})
        self.assertEqual([entry for entry, _ in self.redis.xrange(self.t.key("log"))],
                         [b"0-1", b"0-5"])
        self.assertEqual(self.t.log()[1:], [("0-2", f"put L {DAY}"), ("0-3", f"put L {DAY}"),
                                            ("0-4", f"put L2 {DAY}"), ("0-5", f"put L {DAY}")])

    def test_what_was_looked_for_in_vain_may_come_in_the_same_call(self):
        self.t.hold()
        self.t.put("O", "o", references=["E2"])
        self.t.put("E", "e")
        self.t.put("O", "o", references=["E2"])
        self.assertEqual(self.t.commit_held(), [["rejected", "unknown_reference", "E2", ""],
                                                ["ok", "E2", "2", "created"],
                                                ["ok", "O3", "3", "created"]])
        self.assertEqual(self.t.hash("uses"), {b"E2": b"1"})

    def test_a_bucket_that_fills_within_a_call(self):
        """Ids of this call are found again whichever bucket they went to."""
        self.change_library({b"BUCKET_LOOKS = 16": b"BUCKET_LOOKS = 256",
                             b"1000, 5000000": b"1000, 5"})
        for name in "abcd":
            self.t.put("L", name, **self.PLAIN)
        self.assertEqual(self.t.meta("bucket"), "0")
        self.t.hold()
        self.t.put("L", "e", request="1", **self.PLAIN)
        self.t.state("L", "2", "withdrawn", "active")
        self.t.put("L", "e", request="1", **self.PLAIN)
        self.t.put("L", "f", request="2", **self.PLAIN)
        answers = self.t.commit_held()
        self.assertEqual(answers[0], answers[2])
        self.assertEqual(self.t.meta("bucket"), "1")
        self.assertEqual(self.t.put("L", "e", request="1", **self.PLAIN), answers[0])
        self.assertEqual(self.t.put("L", "f", request="2", **self.PLAIN), answers[3])

    def test_a_territory_and_its_first_records(self):
        self.t = Territory(self.redis, "sud", create=False)
        self.t.hold()
        self.t.put("L", "early")
        self.t.territory("Sud")
        self.t.put("L", "a", person="ada", **self.PLAIN)
        self.t.erase("L", "2")
        self.t.put("L", "a", person="ada", **self.PLAIN)
        self.assertEqual([answer[:3] for answer in self.t.commit_held()],
                         [["rejected", "unknown_territory", ""], ["ok", "", "1"],
                          ["ok", "L2", "2"], ["ok", "L2", "3"], ["ok", "L4", "4"]])
        self.assertEqual(self.t.numbers("learner"), [4])

    def test_one_malformed_event_stops_the_whole_call(self):
        good, bad = ([*self.t.arguments("put", "L"), *self.t.put_further("L", name, **self.PLAIN)]
                     for name in "ab")
        bad[5] = b"no record"
        before = self.t.everything()
        self.assertRegex(refused(lambda: self.t.commit_all(good, bad)), "^MALFORMED ")
        self.assertEqual(self.t.everything(), before)

    def test_only_puts_share_a_group(self):
        events = [[*self.t.arguments("erase", "L"), number, ""] for number in "23"]
        self.assertRegex(refused(lambda: self.redis.fcall("event_commit", 1, self.t.base,
                                                          *group(*events))), "^MALFORMED ")

    def test_a_corrupt_record_harms_nobody_else(self):
        self.t.put("L", "a")
        self.redis.hset(self.t.key("record:learner"), "2", "nonsense")
        self.t.hold()
        for name in "bac":
            self.t.put("L", name, person=name, **self.PLAIN)
        answers = self.t.commit_held()
        self.assertEqual([answers[0], answers[2]],
                         [["ok", "L3", "3", "created"], ["ok", "L4", "4", "created"]])
        self.assertRegex(str(answers[1]), "^CORRUPT ")
        self.assertEqual(self.t.seq(), 4)

    def test_what_is_wrong_in_the_store_harms_one_event_alone(self):
        """A count that is none counts as zero; a key of another type stops who needs it."""
        self.t.put("E", "e")
        self.redis.hset(self.t.key("uses"), "E2", "many")
        self.redis.set(self.t.key("words"), "no sorted set")
        self.t.hold()
        self.t.put("L", "a", **self.PLAIN)
        self.t.put("L", "b", words=["w"], **self.PLAIN)
        self.t.put("L", "c", **self.PLAIN)
        self.t.put("O", "o", references=["E2"])
        answers = self.t.commit_held()
        self.assertEqual([answers[i][1] for i in (0, 2, 3)], ["L3", "L4", "O5"])
        self.assertRegex(str(answers[1]), "WRONGTYPE")
        self.assertEqual(len(self.t.log()), 5)
        self.assertEqual(sorted(self.t.hash("record:learner")), [b"3", b"4"])
        self.assertEqual(self.t.hash("uses"), {b"E2": b"1"})

    def test_many_at_once(self):
        """The same id, reference or person, near and far; numbers of more digits on the way."""
        for first, count in ((0, 97), (97, 256)):
            self.t.hold()
            for i in range(first, first + count):
                self.t.put("L", f"r{i}", person=f"p{i}", request=f"r{i}", **self.PLAIN)
            self.assertEqual(self.t.commit_held(),
                             [["ok", f"L{n}", str(n), "created"]
                              for n in range(first + 2, first + count + 2)])
            self.assertEqual(self.t.record(f"L{first + 2}")["revision"], first + 2)
        self.t.hold()
        for i in (400, 5, 401, 400, 401):
            self.t.put("L", f"r{i}", person=f"p{i}", request=f"r{i}", **self.PLAIN)
        self.t.put("L", "r401", b"new", person="p401", **self.PLAIN)
        self.t.put("L", "other", person="p400", **self.PLAIN)
        self.assertEqual(self.t.commit_held(), [
            ["ok", "L355", "355", "created"], ["ok", "L7", "7", "created"],
            ["ok", "L356", "356", "created"], ["ok", "L355", "355", "created"],
            ["ok", "L356", "356", "created"], ["ok", "L356", "357", "updated"],
            ["ok", "L358", "358", "created", "probable_duplicate L355"]])
        self.assertEqual(self.t.numbers("learner"), [*range(2, 357), 358])
        self.assertEqual([entry for entry, _ in self.t.log()],
                         [f"0-{n}" for n in range(1, 359)])

    def test_a_reference_that_leads_nowhere_is_mended(self):
        self.t.put("L", "a", **self.PLAIN)
        self.redis.hdel(self.t.key("record:learner"), "2")
        self.assertEqual(self.t.put("L", "a", **self.PLAIN), ["ok", "L3", "3", "created"])
        self.assertEqual(self.t.found("L"), {hex_digest("a"): b"3"})

    def test_a_deleted_end_of_the_log_is_not_counted_again(self):
        self.t.put("L", "a")
        self.redis.xdel(self.t.key("log"), "0-2")
        self.assertEqual(self.t.put("L", "b"), ["ok", "L3", "3", "created"])

    def test_a_log_trimmed_to_nothing_still_counts(self):
        self.t.put("L", "a")
        self.redis.xtrim(self.t.key("log"), maxlen=0)
        self.assertEqual(self.t.put("L", "b"), ["ok", "L3", "3", "created"])


class PutTest(FunctionsTest):
    def test_creation_stores_every_part(self):
        self.t.put("P", "programme")
        self.t.put("C", "cohort", references=["P2"])
        answer = self.t.put("L", "a", b"\x00\nblob\xff", 5, sealed="contact", statistics="gender",
                            person="ada", words=["redis", "lua"], references=["C3"])
        self.assertEqual(answer, ["ok", "L4", "4", "created"])
        self.assertEqual(self.t.record("L4"), {
            "revision": 4, "observed": 5, "state": "active", "reference": reference_of("L", "a"),
            "person": hex_digest("ada"), "references": "C3", "blob": b"\x00\nblob\xff"})
        self.assertEqual(self.t.hash("sealed:learner"),
                         {b"4": digest("contact") + b"sealed contact"})
        self.assertEqual(self.t.hash("statistics:learner"),
                         {b"4": digest("gender") + b"sealed gender"})
        self.assertEqual(self.t.numbers("learner"), [4])
        self.assertEqual(self.t.found("L"), {hex_digest("a"): b"4"})
        self.assertEqual(self.t.people(), {hex_digest("ada"): b"4"})
        self.assertEqual(self.t.hash("words:learner"), {b"4": b"redis\nlua"})
        self.assertEqual(self.t.log()[-1], ("0-4", f"put L {DAY}"))

    def test_replacing_replaces_every_part(self):
        self.t.put("P", "programme")
        self.t.put("C", "one", references=["P2"])
        self.t.put("C", "two", references=["P2"])
        self.t.put("L", "a", observed=5, sealed="contact", statistics="gender", person="ada",
                   words=["redis"], references=["C3"])
        self.assertEqual(self.t.put("L", "a", b"new", 6, sealed="other", references=["C4"]),
                         ["ok", "L5", "6", "updated"])
        self.assertEqual(self.t.record("L5"), {
            "revision": 6, "observed": 6, "state": "active", "reference": reference_of("L", "a"),
            "person": NOBODY, "references": "C4", "blob": b"new"})
        self.assertEqual(self.t.hash("sealed:learner"), {b"5": digest("other") + b"sealed other"})
        for suffix in ("statistics:learner", "words:learner", "words"):
            self.assertEqual(self.redis.exists(self.t.key(suffix)), 0, suffix)
        self.assertEqual((self.t.numbers("learner"), self.t.people()), ([5], {}))

    def test_kinds_have_their_own_references_and_one_numbering(self):
        self.assertEqual([self.t.put(kind, "same")[1] for kind in "LOEPC"],
                         ["L2", "O3", "E4", "P5", "C6"])

    def test_older_news_is_ignored(self):
        self.t.put("L", "a", observed=1000)
        self.assert_silent(lambda: self.t.put("L", "a", b"old", 999), ["ok", "L2", "2", "stale"])
        self.assertEqual(self.t.record("L2")["blob"], b"blob")
        self.assertEqual(self.t.put("L", "a", b"same time", 1000), ["ok", "L2", "3", "updated"])
        self.assertEqual(self.t.put("L", "b", observed=-5000)[3], "created")
        self.assertEqual(self.t.put("L", "b", b"new", observed=-4000)[3], "updated")

    def test_the_same_again_only_moves_observed(self):
        def put(observed):
            return self.t.put("L", "a", observed=observed, sealed="s", statistics="t", person="p",
                              words=["w"])
        put(1000)
        self.assert_silent(lambda: put(2000), ["ok", "L2", "2", "unchanged"])
        self.assertEqual(self.t.record("L2")["observed"], 2000)
        self.assert_silent(lambda: put(1999), ["ok", "L2", "2", "stale"])

    def test_each_part_makes_a_change(self):
        self.t.put("P", "p")
        self.t.put("C", "c", references=["P2"])
        same = dict(sealed="s", statistics="t", person="p", words=["w"])
        self.t.put("L", "a", **same)
        changes = [dict(blob=b"2"), dict(sealed="2"), dict(statistics="2"), dict(words=["2"]),
                   dict(person="2", confirm="1"), dict(references=["C3"]), dict(sealed=""),
                   dict(statistics=""), dict(words=[])]
        for change in changes:
            self.t.put("L", "a", confirm="1", **{k: v for k, v in same.items() if k != "confirm"})
            self.assertEqual(self.t.put("L", "a", **{**same, **change})[3], "updated", change)

    def test_a_sealed_part_with_the_same_print_is_left_alone(self):
        further = self.t.put_further("L", "a", sealed="s")
        self.t.commit("put", "L", *further)
        further[0] += b"new"
        further[1] = digest("s") + b"sealed with another nonce"
        self.assertEqual(self.t.commit("put", "L", *further)[3], "updated")
        self.assertEqual(self.t.hash("sealed:learner"), {b"2": digest("s") + b"sealed s"})

    def test_expected_revision(self):
        self.assert_writes_nothing(lambda: self.t.put("L", "a", expected=7),
                                   ["rejected", "revision_conflict", "", "0"])
        self.assertEqual(self.t.put("L", "a", expected=0)[3], "created")
        conflict = ["rejected", "revision_conflict", "L2", "2"]
        self.assert_writes_nothing(lambda: self.t.put("L", "a", b"x", expected=0), conflict)
        self.assert_writes_nothing(lambda: self.t.put("L", "a", b"x", expected=1), conflict)
        self.assertEqual(self.t.put("L", "a", b"x", expected=2)[2], "3")

    def test_references_must_exist(self):
        missing = ["rejected", "unknown_reference", "C9", ""]
        self.assert_writes_nothing(lambda: self.t.put("L", "a", references=["C9"]), missing)
        self.t.put("L", "a")
        self.assert_writes_nothing(lambda: self.t.put("L", "a", references=["C9"]), missing)
        self.t.put("E", "e")
        self.assert_writes_nothing(lambda: self.t.put("O", "o", references=["E3", "C3"]),
                                   ["rejected", "unknown_reference", "C3", ""])
        self.assertEqual(self.t.put("O", "o", references=["E3"])[0], "ok")

    def test_a_put_does_not_reopen(self):
        self.t.put("O", "o", state="draft")
        self.assertEqual(self.t.record("O2")["state"], "draft")
        self.t.state("O", 2, "closed", "draft")
        self.assertEqual(self.t.put("O", "o", b"new")[3], "updated")
        self.assertEqual(self.t.record("O2")["state"], "closed")
        self.assert_silent(lambda: self.t.put("O", "o", b"new"), ["ok", "O2", "4", "unchanged"])

    def test_uses_count_what_can_be_erased(self):
        self.t.put("E", "e")
        self.t.put("E", "f")
        self.t.put("P", "p")
        self.t.put("C", "c", references=["P4"])
        self.t.put("O", "o", references=["E2"])
        self.t.put("O", "q", references=["E2"])
        self.assertEqual(self.t.hash("uses"), {b"E2": b"2"})
        self.t.put("O", "o", b"new", references=["E2"])
        self.t.put("O", "q", references=["E3"])
        self.assertEqual(self.t.hash("uses"), {b"E2": b"1", b"E3": b"1"})
        self.t.erase("O", reference="o")
        self.assertEqual(self.t.hash("uses"), {b"E3": b"1"})

    def test_another_person_under_a_reference(self):
        self.t.put("L", "a")
        self.assertEqual(self.t.put("L", "a", person="ada")[0], "ok")  # nobody was known before
        self.assert_writes_nothing(lambda: self.t.put("L", "a", b"x", person="grace"),
                                   ["rejected", "probable_duplicate", "L2", ""])
        self.assertEqual(self.t.put("L", "a", b"x", person="grace", confirm="1")[0], "ok")
        self.assertEqual(self.t.people(), {hex_digest("grace"): b"2"})

    def test_a_birth_date_mended_makes_no_other_person(self):
        self.t.put("L", "a", person=("ada", ""))
        answer = self.t.put("L", "a", b"x", person=("ada", "1815-12-10"))
        self.assertEqual(answer[3], "updated")
        self.assertEqual(list(self.t.people()), [person_hash(("ada", "1815-12-10"))])

    def test_the_same_person_under_other_references(self):
        for i in range(6):
            answer = self.t.put("L", f"r{i}", person="ada")
            self.assertEqual(answer[4:],
                             [f"probable_duplicate L{n}" for n in range(2, 2 + min(i, 4))])
        self.assertEqual(self.t.put("L", "r1", b"new", person="ada")[4:], [])
        self.t.put("L", "other", person="grace")
        self.assertEqual(self.t.put("L", "other", person="ada", confirm="1")[4:],
                         [f"probable_duplicate L{n}" for n in range(2, 6)])
        self.t.erase("L", reference="r0")
        self.t.put("L", "r2", person="", blob=b"anonymous now")
        self.assertEqual(self.t.people(), {hex_digest("ada"): b"3,5,6,7,9"})

    def test_a_person_lists_a_bounded_number(self):
        for i in range(260):
            self.t.put("L", f"r{i}", person="ada")
        self.assertEqual(len(self.t.people()[hex_digest("ada")].split(b",")), 256)
        self.assertEqual(self.t.erase("L", reference="r259")[0], "ok")

    def test_words_count_their_holders(self):
        def counts():
            return dict(self.redis.zrange(self.t.key("words"), 0, -1, withscores=True))
        self.t.put("L", "a", words=["redis", "lua", "redis"])
        self.t.put("L", "b", words=["redis"])
        self.assertEqual(counts(), {b"redis": 2, b"lua": 1})
        self.t.put("L", "a", words=["lua", "zig"])
        self.assertEqual(counts(), {b"redis": 1, b"lua": 1, b"zig": 1})
        self.t.erase("L", reference="a")
        self.assertEqual(counts(), {b"redis": 1})
        self.t.put("L", "b")
        self.assertEqual(counts(), {})

    def test_as_many_words_as_allowed(self):
        words = ["w%03d" % i + "x" * 600 for i in range(240)]
        self.assertEqual(self.t.put("L", "a", words=words)[0], "ok")
        self.assertEqual(self.redis.zcard(self.t.key("words")), 240)
        self.assertEqual(self.t.put("L", "a", words=[w + "y" for w in words])[0], "ok")
        self.assertEqual(self.redis.zcard(self.t.key("words")), 240)


class OldRecordsTest(FunctionsTest):
    """What versions up to 8 wrote is read, and written anew when it changes."""

    def setUp(self):
        super().setUp()
        self.t.put("E", "e")
        self.t.put("O", "o", b"b\nlob", -5, references=["E2"], sealed="s")
        self.t.put("L", "a", person="ada", sealed="s")
        self.make_old("O3", f"3 -5 open 3 {hex_digest('o')} - E2", b"b\nlob")
        self.make_old("L4", f"4 1000 active 4 {hex_digest('a')} {hex_digest('ada')} -", b"blob")

    def make_old(self, name, header, blob):
        self.redis.hset(self.t.key("record:" + KINDS[name[0]]), name[1:],
                        header.encode() + b"\n" + blob)

    def test_nothing_changes(self):
        self.assert_silent(lambda: self.t.put("O", "o", b"b\nlob", -5, references=["E2"],
                                              sealed="s"), ["ok", "O3", "3", "unchanged"])
        self.assert_silent(lambda: self.t.put("L", "a", person="ada", sealed="s", observed=2000),
                           ["ok", "L4", "4", "unchanged"])
        self.assertEqual(self.t.record("L4")["observed"], 2000)

    def test_something_changes(self):
        self.assertEqual(self.t.put("O", "o", b"new", sealed="s"), ["ok", "O3", "5", "updated"])
        self.assertEqual(self.t.record("O3"), {
            "revision": 5, "observed": 1000, "state": "open", "reference": reference_of("O", "o"),
            "person": NOBODY, "references": "", "blob": b"new"})
        self.assertEqual(self.t.hash("uses"), {})
        self.assertEqual(self.t.put("L", "a", person="grace", sealed="s")[1], "probable_duplicate")
        self.assertEqual(self.t.state("L", 4, "withdrawn", "active"),
                         ["ok", "L4", "6", "updated"])
        record = self.t.record("L4")
        self.assertEqual((record["state"], record["person"], record["blob"]),
                         ("withdrawn", hex_digest("ada"), b"blob"))

    def test_erasure(self):
        self.assertEqual([self.t.erase("O", 3)[0], self.t.erase("L", reference="a")[0]],
                         ["ok", "ok"])
        self.assertEqual((self.t.hash("uses"), self.t.found("O"), self.t.found("L"),
                          self.t.people()), ({}, {}, {}, {}))


class StateTest(FunctionsTest):
    def test_by_number_and_by_reference(self):
        self.t.put("O", "o")
        self.assertEqual(self.t.state("O", 2, "closed", "open"), ["ok", "O2", "3", "updated"])
        self.assertEqual(self.t.log()[-1], ("0-3", f"state O2 {DAY}"))
        self.assertEqual(self.t.state("O", "", "open", "closed", reference="o"),
                         ["ok", "O2", "4", "updated"])
        record = self.t.record("O2")
        self.assertEqual((record["state"], record["revision"], record["blob"]),
                         ("open", 4, b"blob"))

    def test_only_from_the_states_named(self):
        self.t.put("O", "o")
        self.assert_writes_nothing(lambda: self.t.state("O", 2, "closed", "draft", "withdrawn"),
                                   ["rejected", "wrong_state", "O2", "open"])
        self.assert_silent(lambda: self.t.state("O", 2, "open", "draft"),
                           ["ok", "O2", "2", "unchanged"])

    def test_unknown_and_unexpected(self):
        self.t.put("L", "a")
        self.assert_writes_nothing(lambda: self.t.state("L", 9, "withdrawn", "active"),
                                   ["rejected", "unknown_record", "L9", ""])
        self.assert_writes_nothing(lambda: self.t.state("O", 2, "closed", "open"),
                                   ["rejected", "unknown_record", "O2", ""])
        self.assert_writes_nothing(
            lambda: self.t.state("L", "", "withdrawn", "active", reference="b"),
            ["rejected", "unknown_record", "", ""])
        self.assert_writes_nothing(lambda: self.t.state("L", 2, "withdrawn", "active", expected=3),
                                   ["rejected", "revision_conflict", "L2", "2"])
        self.assertEqual(self.t.state("L", 2, "withdrawn", "active", expected=2)[0], "ok")
        self.assertEqual(self.t.state("L", 281474976710655, "withdrawn", "active")[1],
                         "unknown_record")


class EraseTest(FunctionsTest):
    def test_nothing_of_a_learner_stays(self):
        self.t.put("P", "p")
        self.t.put("C", "c", references=["P2"])
        self.t.put("L", "a", b"secret blob", sealed="secret contact", statistics="secret gender",
                   person="ada", words=["secret word"], references=["C3"])
        self.redis.hset(self.t.key("quarantine"), mapping={"0:L4": 4, "1:L4": 4, "1:L44": 44})
        self.assertEqual(self.t.erase("L", 4), ["ok", "L4", "5", "updated"])
        self.assertEqual(self.t.log()[-1], ("0-5", f"erase L4 {DAY}"))
        self.assertEqual(self.t.meta("rewrite"), str(self.t.now))
        self.assertEqual(self.t.hash("quarantine"), {b"1:L44": b"44"})
        left = {key for key in self.redis.keys() if b"learner" in key or b"words" in key}
        self.assertEqual(left, {b"p:{nord}:ids:learner"})
        self.assertEqual((self.t.numbers("learner"), self.t.found("L"), self.t.people()),
                         ([], {}, {}))

    def test_the_first_erasure_dates_the_rewrite(self):
        self.t.put("L", "a")
        self.t.put("L", "b")
        first = self.t.now
        self.t.erase("L", 2)
        self.t.now += 5
        self.t.erase("L", 3)
        self.assertEqual(self.t.meta("rewrite"), str(first))

    def rewrite_done(self, began):
        return self.t.call("rewrite_done", began)[1]

    def test_a_rewrite_covers_what_was_erased_before_it_began(self):
        self.assertEqual(self.rewrite_done(self.t.now), "0")
        self.t.put("L", "a")
        self.t.put("L", "b")
        self.t.erase("L", 2)
        began = self.t.now + 60001
        self.t.now += 120000
        self.t.erase("L", 3)
        self.assertEqual(self.rewrite_done(began), "0")
        self.assertEqual(self.t.meta("rewrite"), str(began))
        self.assertEqual(self.rewrite_done(self.t.now + 60000), "0")
        self.assertEqual(self.rewrite_done(self.t.now + 60001), "1")
        self.assertEqual((self.t.meta("rewrite"), self.t.meta("erased")), (None, None))
        self.assertEqual(self.rewrite_done(self.t.now), "0")

    def test_numbers_are_never_used_again(self):
        self.t.put("L", "a")
        self.t.erase("L", reference="a")
        self.assertEqual(self.t.erase("L", reference="a"), ["rejected", "unknown_record", "", ""])
        self.assertEqual(self.t.put("L", "a"), ["ok", "L4", "4", "created"])

    def test_an_employer_that_offers_name_stays(self):
        self.t.put("E", "e")
        self.t.put("O", "o", references=["E2"])
        self.t.put("O", "q", references=["E2"])
        self.assert_writes_nothing(lambda: self.t.erase("E", 2),
                                   ["rejected", "wrong_state", "E2", "2 records name it"])
        self.t.erase("O", 3)
        self.t.put("O", "q", b"on its own")
        self.assertEqual(self.t.hash("uses"), {})
        self.assertEqual(self.t.erase("E", 2)[0], "ok")

    def test_expected_revision(self):
        self.t.put("O", "o")
        self.assert_writes_nothing(lambda: self.t.erase("O", 2, expected=1),
                                   ["rejected", "revision_conflict", "O2", "2"])
        self.assertEqual(self.t.erase("O", 2, expected=2)[0], "ok")


class AttachmentTest(FunctionsTest):
    def test_attach_update_detach(self):
        self.assertEqual(self.t.attach("front end", "S1"), ["ok", "A2", "2", "created"])
        self.assertEqual(self.t.hash("attachment"), {b"front end": b"A2 S1"})
        self.assertEqual(self.t.log()[-1], ("0-2", f"attach A {DAY}"))
        self.assertEqual(self.t.record("A2")["blob"], b"blob")
        self.assert_silent(lambda: self.t.attach("front end", "S1", 2000),
                           ["ok", "A2", "2", "unchanged"])
        self.assertEqual(self.t.record("A2")["observed"], 2000)
        self.assert_silent(lambda: self.t.attach("front end", "S2", 1999),
                           ["ok", "A2", "2", "stale"])
        self.assertEqual(self.t.attach("front end", "S2", 2000), ["ok", "A2", "3", "updated"])
        self.assertEqual(self.t.hash("attachment"), {b"front end": b"A2 S2"})
        self.assertEqual(self.t.attach("front end", "S2", 2000, b"new"),
                         ["ok", "A2", "4", "updated"])
        self.assertEqual(self.t.detach("front end"), ["ok", "A2", "5", "updated"])
        self.assertEqual(self.t.log()[-1], ("0-5", f"detach A2 {DAY}"))
        left = [key for key in self.redis.keys() if b"attachment" in key]
        self.assertEqual(left, [b"p:{nord}:ids:attachment"])
        self.assertEqual((self.t.numbers("attachment"), self.t.found("A")), ([], {}))
        self.assert_writes_nothing(lambda: self.t.detach("front end"),
                                   ["rejected", "unknown_record", "", ""])
        self.assertEqual(self.t.attach("front end", "S1"), ["ok", "A6", "6", "created"])

    def test_expected_revision(self):
        self.assertEqual(self.t.attach("w", "S", expected=4)[1], "revision_conflict")
        self.t.attach("w", "S", expected=0)
        self.assertEqual(self.t.detach("w", expected=1),
                         ["rejected", "revision_conflict", "A2", "2"])
        self.assertEqual(self.t.detach("w", expected=2)[0], "ok")

    def test_holders_are_still_counted(self):
        self.t.put("L", "a", words=["w"])
        self.t.attach("w", "S")
        self.assertEqual(self.redis.zscore(self.t.key("words"), "w"), 1)


class MalformedTest(FunctionsTest):
    """Calls that break the contract get an error and write nothing."""

    BAD_COMMON = {
        0: ["", "x", "-1", "1.5", "9" * 16], 2: ["", b"x" * 15, b"x" * 17], 3: ["", b"x" * 9],
        4: ["x", "-1", "9" * 16]}
    BAD_DAYS = ["", "2025-1-01", "2025-13-01", "2025-00-10", "2025-01-32", "20250101",
                "2025-01-01 ", "2025-01-01\n"]

    def assert_event_malformed(self, operation, letter, further, bad, other_kinds, too_few=-1,
                               **common):
        arguments = [*self.t.arguments(operation, letter, **common), *further]
        bad = {**self.BAD_COMMON, **{5 + place: values for place, values in bad.items()}}
        bad[1] = ["", "put", f"PUT {letter} {DAY}", f"get {letter} {DAY}", f" {letter} {DAY}",
                  *(f"{operation} {kind} {DAY}" for kind in ["", "X", "l", "LO", *other_kinds]),
                  *(f"{operation} {letter} {day}" for day in self.BAD_DAYS)]
        self.assert_each_malformed("event_commit", arguments, bad, too_few)

    def test_put(self):
        self.t.put("E", "e")
        good = dict(reference=reference_of("L", "a"), person=hex_digest("p"), observed=1000, state=1,
                    references=["E2"], blob=b"blob")

        def record(**changed):
            return record_text(**{**good, **changed})
        further = [record(), *self.t.put_further("L", "a", sealed="s", statistics="t",
                                                 words=["w"])[1:]]
        names = ["-", "2", "X2", "E2,", ",E2", "E2,,E2", "E2 ", "E2\n", "E0", "E" + "2" * 16]
        self.assert_event_malformed("put", "L", further, {
            0: ["", b"x", record()[:81], record(blob=b""), record(references=[], blob=b""),
                record(blob=b"x" * 1048577), record(reference="O" + "a" * 32),
                record(reference="a" * 33), record(revision=1), record(revision=1 << 40),
                record(state=0), record(state=3), record(state=255),
                record()[:1] + b"\xff\xff" + record()[3:],
                *(record(references=[name]) for name in names), record(references=["E2"] * 65)],
            1: [b"x" * 15, b"x" * 1048577], 2: [b"x" * 15, b"x" * 1048577],
            3: ["\n", "a\n", "\na", "a\n\nb", "x" * 641, "\n".join(map(str, range(241)))],
        }, ["A", "T", "E", "O"], too_few=5)  # all but the record

    def test_put_of_what_only_learners_have(self):
        for part in (dict(person="p"), dict(words=["w"])):
            self.assert_malformed("event_commit", *self.t.arguments("put", "O"),
                                  *self.t.put_further("O", "o", **part))

    def test_state(self):
        self.t.put("O", "o")
        self.assert_event_malformed("state", "O", ["2", "", "closed", 1, "open"], {
            0: ["", "x", "0", "01", "-1", "9" * 16], 1: ["x"], 2: ["", "active", "gone"],
            3: ["", "0", "2", "17", "x"], 4: ["", "active"]}, ["A", "T", "L"])

    def test_erase(self):
        self.t.put("O", "o")
        self.assert_event_malformed("erase", "O", ["", reference_of("O", "o")], {0: ["x", "0"], 1: ["", "x"]},
                                    ["P", "C", "A", "T"])

    def test_attach_and_detach(self):
        others = ["L", "O", "T"]
        self.assert_event_malformed("attach", "A", [reference_of("A", "w"), 1, "w", "S1", b"blob"], {
            0: ["", "x"], 1: ["", "x"], 2: ["", "a\nb", "x" * 641], 3: ["", "a b", "x" * 257],
            4: ["", b"x" * 1048577]}, others)
        self.t.attach("w", "S1")
        self.assert_malformed("event_commit", *self.t.arguments("attach", "A"),
                              reference_of("A", "w"), 1,
                              "other words", "S1", b"blob")
        self.assert_event_malformed("detach", "A", ["w"], {0: ["", "a\nb"]}, others)

    def test_territory_day_adopt(self):
        others = ["L", "O", "A"]
        self.assert_event_malformed("territory", "T", ["label", 2], {
            0: ["", "x" * 481], 1: ["0", "65", "x", "-1"]}, others)
        self.assert_event_malformed("day", "T", ["2025-01-01"], {
            0: ["", "2025-1-1", "2025-99-01"]}, others)
        self.assert_event_malformed("adopt", "T", ["m", "0" * 16, "1" * 16], {
            0: ["", "a b", "x" * 65], 1: ["", "0" * 15, "g" * 16], 2: ["", "0" * 17]}, others)

    def test_keys(self):
        for keys in ([], ["p:{nord}", "p:{nord}"], ["p:nord"], ["p:{Nord}"], ["p:{nord}:meta"],
                     ["p:{}"], ["x:{nord}"], ["p:{%s}" % ("n" * 33)]):
            with self.subTest(keys=keys), self.assertRaisesRegex(redis.ResponseError, "MALFORMED"):
                self.redis.fcall("territory_status", len(keys), *keys)


class DurabilityTest(unittest.TestCase):
    def test_what_was_answered_survives_a_crash(self):
        own = RedisServer()
        self.addCleanup(own.stop)
        own.client().function_load(read_library())
        t = Territory(own.client())
        answers = [t.put("L", f"r{i}", person="p", words=["w"], request=f"r{i}") for i in range(50)]
        before = t.everything()
        own.kill()
        own.start()
        t.client = own.client()
        self.assertEqual(t.everything(), before)
        self.assertEqual([t.put("L", f"r{i}", person="p", words=["w"], request=f"r{i}")
                          for i in range(50)], answers)
        self.assertEqual(t.everything(), before)
        wait_until(lambda: own.client().fcall("library_version", 0), "the library is kept")


if __name__ == "__main__":
    unittest.main()
