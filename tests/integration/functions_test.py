"""The rules of the Redis function library, one test each."""

import os
import re
import unittest

from harness import ROOT, RedisServer, read_library, redis, wait_until
from territory import DAY, Territory, digest, refused

HOUR = 3600 * 1000
server = None


def setUpModule():
    global server
    server = RedisServer()


def tearDownModule():
    server.stop()


class FunctionsTest(unittest.TestCase):
    slots = 2

    def setUp(self):
        self.redis = server.client()
        self.redis.flushall()
        self.redis.function_load(read_library(), replace=True)
        self.t = Territory(self.redis, slots=self.slots)

    def tearDown(self):
        self.redis.close()

    def assert_silent(self, call, answer):
        """The call is answered so, takes no number and writes no entry."""
        seq, entries = self.t.seq(), len(self.t.log())
        self.assertEqual(call(), answer)
        self.assertEqual((self.t.seq(), len(self.t.log())), (seq, entries))

    def assert_writes_nothing(self, call, answer):
        before = self.t.everything()
        self.assertEqual(call(), answer)
        self.assertEqual(self.t.everything(), before)


class TerritoryTest(FunctionsTest):
    def test_creation_is_change_number_one(self):
        self.assertEqual(self.t.meta("seq"), "1")
        self.assertEqual(self.t.meta("label"), "Nord")
        self.assertEqual(self.t.log(), [("1-0", {"k": "T", "n": "0", "o": "territory", "d": DAY})])

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
        for call in (lambda: self.t.put("L", "a"), lambda: self.t.state("L", 1, "withdrawn", "active"),
                     lambda: self.t.erase("L", 1), lambda: self.t.attach("w", "s"),
                     lambda: self.t.detach("w"), lambda: self.t.day("2025-01-01"),
                     lambda: self.t.adopt("m"),
                     lambda: self.t.call("slot_acquire", 1, "w", 1, "any", "m"),
                     lambda: self.t.call("slot_renew", 1, "w", 0, 1, 1),
                     lambda: self.t.call("slot_release", "w", 0, 1),
                     lambda: self.t.call("slot_commit", 1, "w", 0, 1, -1, 1, "m"),
                     lambda: self.t.call("slot_mark", 0, 1, "x"),
                     lambda: self.t.call("slot_quarantine", 0, 1, "L1", 1),
                     lambda: self.t.call("log_trim", 1), lambda: self.t.call("territory_status")):
            self.assert_writes_nothing(call, unknown)

    def test_day_never_goes_backwards(self):
        self.assertEqual(self.t.day("2025-01-31"), ["ok", "", "2", "updated"])
        self.assertEqual(self.t.day("2025-02-01"), ["ok", "", "3", "updated"])
        self.assertEqual(self.t.log()[-1], ("3-0", {"k": "T", "n": "0", "o": "day", "d": DAY}))
        self.assert_silent(lambda: self.t.day("2025-02-01"), ["ok", "", "3", "unchanged"])
        self.assert_writes_nothing(lambda: self.t.day("2024-12-31"),
                                   ["rejected", "day_backwards", "", "2025-02-01"])
        self.assertEqual(self.t.meta("day"), "2025-02-01")

    def test_adoption(self):
        self.assertEqual(self.t.adopt("m1"), ["ok", "", "2", "updated"])
        self.assertEqual(self.t.log()[-1][1]["o"], "adopt")
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
        self.t.call("slot_acquire", self.t.now, "w", 5000, "any", "m")
        self.t.call("slot_commit", self.t.now, "w", 0, 1, -1, 6, "m")
        self.assertEqual(
            texts_of(self.redis.execute_command("FCALL_RO", "territory_status", 1, self.t.base)),
            ["6", "Nord", "2025-02-01", "m", "0" * 16, "1" * 16, "", "6", "0",
             "1", "1", "1", "0", "0", "0", "2",
             "w", "1", "6", str(self.t.now + 5000), "0",
             "", "0", "-1", "0", "0"])

    def test_version(self):
        version = re.search(rb"^local VERSION = (\d+)$", read_library(), re.M)
        self.assertEqual(self.redis.fcall("library_version", 0), int(version[1]))


def texts_of(answer):
    return [item.decode() for item in answer]


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

    def buckets(self):
        return [self.redis.hlen(self.t.key(f"request:{i}")) for i in range(4)]

    def test_ids_are_kept_a_day_and_then_forgotten(self):
        self.t.put("L", "a", request="first")
        start = self.t.now
        for hour in range(25):
            self.t.now = start + hour * HOUR
            self.t.put("L", f"r{hour}")
            self.assert_writes_nothing(lambda: self.t.put("L", "a", request="first"),
                                       ["ok", "L2", "2", "created"])
        self.t.now = start + 40 * HOUR
        self.t.put("L", "late")
        self.assertEqual(self.t.put("L", "a", request="first")[3], "unchanged")
        self.assertEqual(self.buckets(), [2, 8, 8, 1])

    def test_a_full_bucket_is_left_for_the_next(self):
        library = read_library().replace(b"BUCKET_MS, BUCKET_IDS = 4, 8 * 3600 * 1000, 1700000",
                                         b"BUCKET_MS, BUCKET_IDS = 4, 8 * 3600 * 1000, 3")
        self.redis.function_load(library, replace=True)
        for i in range(2, 14):
            self.t.put("L", f"r{i}", request=f"r{i}")
        self.assertEqual(self.buckets(), [1, 3, 3, 3])
        for i in range(5, 14):
            self.assert_writes_nothing(lambda i=i: self.t.put("L", f"r{i}", request=f"r{i}"),
                                       ["ok", f"L{i}", str(i), "created"])

    def test_a_clock_set_back_keeps_the_promise(self):
        self.t.now += 1000 * HOUR
        self.t.put("L", "a", request="first")  # starts a bucket in what will be the future
        self.t.now -= 1000 * HOUR
        self.t.put("L", "b")
        self.assertEqual(self.t.meta("bucket_since"), str(self.t.now))
        self.t.now += 9 * HOUR
        self.t.put("L", "c")
        self.assertEqual(self.t.meta("bucket_since"), str(self.t.now))
        self.assertEqual(self.t.put("L", "a", request="first"), ["ok", "L2", "2", "created"])


class PutTest(FunctionsTest):
    def test_creation_stores_every_part(self):
        self.t.put("P", "programme")
        self.t.put("C", "cohort", references=["P2"])
        answer = self.t.put("L", "a", b"\x00\nblob\xff", 5, sealed="contact", statistics="gender",
                            person="ada", words=["redis", "lua"], references=["C3"])
        self.assertEqual(answer, ["ok", "L4", "4", "created"])
        self.assertEqual(self.t.record("L4"), {
            "revision": "4", "observed": "5", "state": "active", "created": "4",
            "reference": digest("a").hex(), "person": digest("ada").hex(), "references": "C3",
            "blob": b"\x00\nblob\xff"})
        self.assertEqual(self.t.hash("sealed:learner"), {b"4": digest("contact") + b"sealed contact"})
        self.assertEqual(self.t.hash("statistics:learner"),
                         {b"4": digest("gender") + b"sealed gender"})
        self.assertEqual(self.redis.zrange(self.t.key("ids:learner"), 0, -1, withscores=True),
                         [(b"4", 4.0)])
        self.assertEqual(self.t.hash("reference:learner"), {digest("a"): b"4"})
        self.assertEqual(self.t.hash("person"), {digest("ada"): b"4"})
        self.assertEqual(self.t.hash("words:learner"), {b"4": b"redis\nlua"})
        self.assertEqual(self.t.hash("uses"), {b"P2": b"1", b"C3": b"1"})
        self.assertEqual(self.t.log()[-1], ("4-0", {"k": "L", "n": "4", "o": "put", "d": DAY}))

    def test_replacing_replaces_every_part(self):
        self.t.put("P", "programme")
        self.t.put("C", "one", references=["P2"])
        self.t.put("C", "two", references=["P2"])
        self.t.put("L", "a", observed=5, sealed="contact", statistics="gender", person="ada",
                   words=["redis"], references=["C3"])
        self.assertEqual(self.t.put("L", "a", b"new", 6, sealed="other", references=["C4"]),
                         ["ok", "L5", "6", "updated"])
        self.assertEqual(self.t.record("L5"), {
            "revision": "6", "observed": "6", "state": "active", "created": "5",
            "reference": digest("a").hex(), "person": "-", "references": "C4", "blob": b"new"})
        self.assertEqual(self.t.hash("sealed:learner"), {b"5": digest("other") + b"sealed other"})
        for suffix in ("statistics:learner", "person", "words:learner", "words"):
            self.assertEqual(self.redis.exists(self.t.key(suffix)), 0, suffix)
        self.assertEqual(self.t.hash("uses"), {b"P2": b"2", b"C4": b"1"})
        self.assertEqual(self.redis.zcard(self.t.key("ids:learner")), 1)

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
        self.assertEqual(self.t.record("L2")["observed"], "2000")
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
        further[3], further[5] = b"new", b"sealed with another nonce"
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

    def test_another_person_under_a_reference(self):
        self.t.put("L", "a")
        self.assertEqual(self.t.put("L", "a", person="ada")[0], "ok")  # nobody was known before
        self.assert_writes_nothing(lambda: self.t.put("L", "a", b"x", person="grace"),
                                   ["rejected", "probable_duplicate", "L2", ""])
        self.assertEqual(self.t.put("L", "a", b"x", person="grace", confirm="1")[0], "ok")
        self.assertEqual(self.t.hash("person"), {digest("grace"): b"2"})

    def test_the_same_person_under_other_references(self):
        for i in range(6):
            answer = self.t.put("L", f"r{i}", person="ada")
            self.assertEqual(answer[4:], [f"probable_duplicate L{n}" for n in range(2, 2 + min(i, 4))])
        self.assertEqual(self.t.put("L", "r1", b"new", person="ada")[4:], [])
        self.t.put("L", "other", person="grace")
        self.assertEqual(self.t.put("L", "other", person="ada", confirm="1")[4:],
                         [f"probable_duplicate L{n}" for n in range(2, 6)])
        self.t.erase("L", reference="r0")
        self.t.put("L", "r2", person="", blob=b"anonymous now")
        self.assertEqual(self.t.hash("person"), {digest("ada"): b"3,5,6,7,9"})

    def test_a_person_lists_a_bounded_number(self):
        for i in range(260):
            self.t.put("L", f"r{i}", person="ada")
        self.assertEqual(len(self.t.hash("person")[digest("ada")].split(b",")), 256)
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


class StateTest(FunctionsTest):
    def test_by_number_and_by_reference(self):
        self.t.put("O", "o")
        self.assertEqual(self.t.state("O", 2, "closed", "open"), ["ok", "O2", "3", "updated"])
        self.assertEqual(self.t.log()[-1], ("3-0", {"k": "O", "n": "2", "o": "state", "d": DAY}))
        self.assertEqual(self.t.state("O", "", "open", "closed", reference="o"),
                         ["ok", "O2", "4", "updated"])
        record = self.t.record("O2")
        self.assertEqual((record["state"], record["revision"], record["blob"]),
                         ("open", "4", b"blob"))

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
        self.assertEqual(self.t.log()[-1], ("5-0", {"k": "L", "n": "4", "o": "erase", "d": DAY}))
        self.assertEqual(self.t.meta("rewrite"), str(self.t.now))
        self.assertEqual(self.t.hash("uses"), {b"P2": b"1"})
        self.assertEqual(self.t.hash("quarantine"), {b"1:L44": b"44"})
        left = {key for key in self.redis.keys() if b"learner" in key or b"words" in key
                or b"person" in key}
        self.assertEqual(left, set())

    def test_the_first_erasure_dates_the_rewrite(self):
        self.t.put("L", "a")
        self.t.put("L", "b")
        first = self.t.now
        self.t.erase("L", 2)
        self.t.now += 5
        self.t.erase("L", 3)
        self.assertEqual(self.t.meta("rewrite"), str(first))

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
        self.assertEqual(self.t.log()[-1], ("2-0", {"k": "A", "n": "2", "o": "attach", "d": DAY}))
        self.assertEqual(self.t.record("A2")["blob"], b"blob")
        self.assert_silent(lambda: self.t.attach("front end", "S1", 2000),
                           ["ok", "A2", "2", "unchanged"])
        self.assertEqual(self.t.record("A2")["observed"], "2000")
        self.assert_silent(lambda: self.t.attach("front end", "S2", 1999),
                           ["ok", "A2", "2", "stale"])
        self.assertEqual(self.t.attach("front end", "S2", 2000), ["ok", "A2", "3", "updated"])
        self.assertEqual(self.t.hash("attachment"), {b"front end": b"A2 S2"})
        self.assertEqual(self.t.detach("front end"), ["ok", "A2", "4", "updated"])
        self.assertEqual(self.t.log()[-1], ("4-0", {"k": "A", "n": "2", "o": "detach", "d": DAY}))
        left = [key for key in self.redis.keys() if b"attachment" in key]
        self.assertEqual(left, [])
        self.assert_writes_nothing(lambda: self.t.detach("front end"),
                                   ["rejected", "unknown_record", "", ""])
        self.assertEqual(self.t.attach("front end", "S1"), ["ok", "A5", "5", "created"])

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
        0: ["", "x", "-1", "1.5", "9" * 16], 1: ["", b"x" * 15, b"x" * 17], 2: ["", b"x" * 9],
        3: ["", "PUT", "get"], 4: ["", "X", "l", "LO"], 5: ["x", "0", "01", "-1", "9" * 16],
        6: ["x", "-1", "9" * 16], 7: ["", "2025-1-01", "2025-13-01", "2025-00-10", "2025-01-32",
                                      "20250101", "2025-01-01 "]}

    def assert_malformed(self, function, *arguments):
        before = self.t.everything()
        with self.subTest(function=function, arguments=[str(a)[:40] for a in arguments]):
            self.assertRegex(refused(lambda: self.t.call(function, *arguments)), "^MALFORMED ")
            self.assertEqual(self.t.everything(), before)

    def assert_each_malformed(self, function, arguments, bad):
        """Each bad value in its place, and too few and too many arguments."""
        for place, values in bad.items():
            for value in values:
                self.assert_malformed(function, *arguments[:place], value, *arguments[place + 1:])
        self.assert_malformed(function, *arguments[:-1])
        self.assert_malformed(function, *arguments, "more")
        self.assert_malformed(function)

    def assert_event_malformed(self, operation, letter, further, bad, other_kinds, **common):
        arguments = [*self.t.arguments(operation, letter, **common), *further]
        bad = {**self.BAD_COMMON, **{8 + place: values for place, values in bad.items()}}
        bad[4] = bad[4] + other_kinds
        self.assert_each_malformed("event_commit", arguments, bad)

    def test_put(self):
        self.t.put("E", "e")
        further = self.t.put_further("L", "a", sealed="s", statistics="t", person="p", words=["w"],
                                     references=["E2"])
        self.assert_event_malformed("put", "L", further, {
            0: ["", b"x" * 15], 1: ["", "x", "1.0", "--1", "9" * 17], 2: ["", "open", "ACTIVE"],
            3: ["", b"x" * 1048577], 4: ["", b"x" * 15], 5: [b"x" * 1048577], 6: ["", b"x" * 17],
            7: [b"x" * 1048577], 8: [b"x" * 15], 9: ["", "2", "yes"],
            10: ["\n", "a\n", "\na", "a\n\nb", "x" * 641, "\n".join(map(str, range(241)))],
            11: ["", "0", "2", "-1", "65"], 12: ["", "E", "2", "X2", "E0", "E02", "E2,E2", "E2 "],
        }, ["A", "T", "E", "O"])
        self.assert_malformed("event_commit", *self.t.arguments("put", "L", number="2"), *further)

    def test_put_of_what_only_learners_have(self):
        for part in (dict(person="p"), dict(words=["w"])):
            self.assert_malformed("event_commit", *self.t.arguments("put", "O"),
                                  *self.t.put_further("O", "o", **part))

    def test_state(self):
        self.t.put("O", "o")
        self.assert_event_malformed("state", "O", ["", "closed", 1, "open"], {
            0: ["x"], 1: ["", "active", "gone"], 2: ["", "0", "2", "17", "x"],
            3: ["", "active"]}, ["A", "T", "L"], number=2)
        self.assert_malformed("event_commit", *self.t.arguments("state", "O"), "", "closed", 1,
                              "open")

    def test_erase(self):
        self.t.put("O", "o")
        self.assert_event_malformed("erase", "O", [digest("o")], {0: ["", "x"]},
                                    ["P", "C", "A", "T"])

    def test_attach_and_detach(self):
        others = ["L", "O", "T"]
        self.assert_event_malformed("attach", "A", [digest("w"), 1, "w", "S1", b"blob"], {
            0: ["", "x"], 1: ["", "x"], 2: ["", "a\nb", "x" * 641], 3: ["", "a b", "x" * 257],
            4: ["", b"x" * 1048577]}, others)
        self.t.attach("w", "S1")
        self.assert_malformed("event_commit", *self.t.arguments("attach", "A"), digest("w"), 1,
                              "other words", "S1", b"blob")
        self.assert_event_malformed("detach", "A", ["w"], {0: ["", "a\nb"]}, others)
        self.assert_malformed("event_commit", *self.t.arguments("detach", "A", number="2"), "w")

    def test_territory_day_adopt(self):
        others = ["L", "O", "A"]
        self.assert_event_malformed("territory", "T", ["label", 2], {
            0: ["", "x" * 481], 1: ["0", "65", "x", "-1"]}, others)
        self.assert_event_malformed("day", "T", ["2025-01-01"], {
            0: ["", "2025-1-1", "2025-99-01"]}, others)
        self.assert_event_malformed("adopt", "T", ["m", "0" * 16, "1" * 16], {
            0: ["", "a b", "x" * 65], 1: ["", "0" * 15, "g" * 16], 2: ["", "0" * 17]}, others)

    def test_slot_functions(self):
        self.t.adopt("m")
        now, worker, slot, epoch = ["", "x", "-1"], ["", "a b", "x" * 129], ["", "x", "2", "-1"], ["", "x"]
        ttl = ["", "0", "3600001", "x"]
        self.assert_each_malformed("slot_acquire", [1, "w", 9, "any", "m"], {
            0: now, 1: worker, 2: ttl, 3: slot})
        self.t.call("slot_acquire", self.t.now, "w", 9, 0, "m")
        self.assert_each_malformed("slot_renew", [1, "w", 0, 1, 9], {
            0: now, 1: worker, 2: slot, 3: epoch, 4: ttl})
        self.assert_each_malformed("slot_release", ["w", 0, 1], {0: worker, 1: slot, 2: epoch})
        self.assert_each_malformed("slot_mark", [0, 1, "x"], {
            0: slot, 1: epoch, 2: ["x" * 1025]})
        self.assert_each_malformed("slot_quarantine", [0, 1, "L2", 2], {
            0: slot, 1: epoch, 2: ["", "L", "E2", "L02", "2"], 3: ["", "0", "x"]})
        self.assert_each_malformed("slot_commit", [1, "w", 0, 1, -1, 1, "m", "O1", b"x" * 8], {
            0: now, 1: worker, 2: slot, 3: epoch, 4: ["", "x", "-2", "2", "01"], 5: ["", "x", "-2"],
            7: ["", "E1", "O0", "O", "O1 ", "L" + "9" * 16], 8: [b"x" * 7, b"x" * 264]})
        self.assert_malformed("slot_commit", 1, "w", 0, 1, -1, 1, "m", *["O1", ""] * 10001)
        self.assert_each_malformed("log_trim", [1], {0: ["", "x", "-1"]})
        self.assert_malformed("territory_status", "more")

    def test_keys(self):
        for keys in ([], ["p:{nord}", "p:{nord}"], ["p:nord"], ["p:{Nord}"], ["p:{nord}:meta"],
                     ["p:{}"], ["x:{nord}"], ["p:{%s}" % ("n" * 33)]):
            with self.subTest(keys=keys), self.assertRaisesRegex(redis.ResponseError, "MALFORMED"):
                self.redis.fcall("territory_status", len(keys), *keys)


class SlotTest(FunctionsTest):
    TTL = 5000

    def setUp(self):
        super().setUp()
        self.t.adopt("m")

    def acquire(self, worker="w", slot="any", model="m", ttl=TTL):
        return self.t.call("slot_acquire", self.t.now, worker, ttl, slot, model)

    def renew(self, worker, slot, epoch):
        return self.t.call("slot_renew", self.t.now, worker, slot, epoch, self.TTL)[0]

    def release(self, worker, slot, epoch):
        return self.t.call("slot_release", worker, slot, epoch)[0]

    def commit(self, worker, slot, epoch, start, end, *lists, model="m"):
        return self.t.call("slot_commit", self.t.now, worker, slot, epoch, start, end, model,
                           *lists)[0]

    def lists(self, slot):
        return self.t.hash(f"lists:{slot}")

    def feed(self):
        return [{k.decode(): v.decode() for k, v in fields.items()}
                for _, fields in self.redis.xrange(self.t.key("feed"))]


class LeaseTest(SlotTest):
    def test_first_acquisition(self):
        self.assertEqual(self.acquire(), ["0", "1", "-1", "1", ""])
        self.assertEqual(self.acquire(), ["1", "1", "-1", "1", ""])
        self.assertEqual(self.acquire(), ["none", "share"])
        self.assertEqual(self.t.hash("workers"), {b"w": str(self.t.now).encode()})

    def test_only_for_the_model_in_force(self):
        self.assert_writes_nothing(lambda: self.acquire(model="other"), ["none", "model"])
        self.t.adopt("other")
        self.assertEqual(self.acquire(model="other")[0], "0")
        self.t = Territory(self.redis, "sud")
        self.assert_writes_nothing(lambda: self.acquire(model=""), ["none", "model"])

    def test_a_lease_lasts_until_its_time(self):
        self.acquire("v", 0)
        self.acquire("v", 1)
        self.t.now += self.TTL - 1
        self.assertEqual(self.acquire("w"), ["none", "busy"])
        self.assertEqual(self.acquire("w", 0), ["none", "busy"])
        self.t.now += 1
        self.assertEqual(self.acquire("w", 0), ["0", "2", "-1", "2", ""])
        self.assertEqual(self.renew("v", 0, 1), "lost")
        self.assertEqual(self.release("v", 0, 1), "lost")
        self.assertEqual(self.renew("v", 1, 1), "ok")

    def test_a_clock_set_back_frees_the_lease(self):
        self.acquire("v", 0)
        self.t.now -= 1
        self.assertEqual(self.acquire("w", 0)[:2], ["0", "2"])

    def test_renewal_extends(self):
        self.acquire("v", 0)
        self.t.now += self.TTL - 1
        self.assertEqual(self.renew("v", 0, 1), "ok")
        self.t.now += self.TTL - 1
        self.assertEqual(self.acquire("w", 0), ["none", "busy"])

    def test_naming_a_slot_one_holds_gives_it_anew(self):
        self.acquire("w", 0)
        self.acquire("w", 1)
        self.assertEqual(self.acquire("w", 0), ["0", "2", "-1", "2", ""])
        self.assertEqual(self.commit("w", 0, 1, -1, 1), "lost")

    def test_any_prefers_the_slot_with_fewest_attempts(self):
        self.acquire("v", 0)
        self.t.now += 4 * self.TTL
        self.assertEqual(self.acquire("w")[0], "1")
        self.assertEqual(self.acquire("w")[0], "0")

    def test_release(self):
        self.acquire("v", 0)
        self.assertEqual(self.release("w", 0, 1), "lost")
        self.assertEqual(self.release("v", 0, 2), "lost")
        self.assertEqual(self.release("v", 0, 1), "ok")
        self.assert_writes_nothing(lambda: [self.release("v", 0, 1)], ["ok"])
        self.assertEqual(self.commit("v", 0, 1, -1, 1), "lost")
        self.assertEqual(self.renew("v", 0, 1), "lost")
        self.assertEqual(self.t.call("slot_mark", 0, 1, "x"), ["lost"])
        self.assertEqual(self.acquire("w", 0)[:2], ["0", "2"])
        self.assertEqual(self.release("v", 0, 1), "lost")


class ShareTest(SlotTest):
    slots = 5

    def live(self, *workers):
        self.redis.hset(self.t.key("workers"), mapping={w: self.t.now for w in workers})

    def take_all(self, worker):
        taken = []
        while (answer := self.acquire(worker))[0] != "none":
            taken.append(int(answer[0]))
        self.assertEqual(answer, ["none", "share"])
        return taken

    def test_a_worker_holds_its_share(self):
        self.live("v")
        self.assertEqual(self.take_all("w"), [0, 1, 2])
        self.assertEqual(self.acquire("w", 3), ["none", "share"])
        self.assertEqual(self.acquire("v")[0], "3")

    def test_the_highest_slots_are_given_up(self):
        self.take_all("w")
        self.assertEqual([self.renew("w", slot, 1) for slot in range(5)], ["ok"] * 5)
        self.assertEqual(self.acquire("v"), ["none", "busy"])
        self.assertEqual([self.renew("w", slot, 1) for slot in range(5)],
                         ["ok", "ok", "ok", "release", "release"])
        self.release("w", 4, 1)
        self.assertEqual([self.renew("w", slot, 1) for slot in range(4)],
                         ["ok", "ok", "ok", "release"])
        self.assertEqual(self.acquire("w"), ["none", "share"])
        self.assertEqual(self.acquire("v")[0], "4")

    def test_the_dead_and_those_of_the_future_do_not_count(self):
        self.redis.hset(self.t.key("workers"), mapping={
            "dead": self.t.now - 3 * self.TTL - 1, "future": self.t.now + 1})
        self.assertEqual(self.take_all("w"), [0, 1, 2, 3, 4])

    def test_who_was_seen_just_in_time_counts(self):
        self.redis.hset(self.t.key("workers"), "v", self.t.now - 3 * self.TTL)
        self.assertEqual(len(self.take_all("w")), 3)

    def test_the_long_gone_are_forgotten(self):
        self.redis.hset(self.t.key("workers"), mapping={
            "gone": self.t.now - 25 * HOUR, "away": self.t.now - 23 * HOUR,
            "future": self.t.now + 25 * HOUR})
        self.acquire("w")
        self.assertEqual(set(self.t.hash("workers")), {b"w", b"away"})

    def test_more_workers_than_slots(self):
        self.live(*(f"v{i}" for i in range(20)))
        self.assertEqual(self.take_all("w"), [0])


class CommitTest(SlotTest):
    def setUp(self):
        super().setUp()
        for i in range(8):
            self.t.put("O", f"o{i}")
        self.acquire("w", 0)

    def test_lists_cursor_and_feed_change_together(self):
        self.assertEqual(self.commit("w", 0, 1, -1, 5, "O3", b"12345678", "L4", b"x" * 256), "ok")
        self.assertEqual(self.lists(0), {b"O3": b"12345678", b"L4": b"x" * 256})
        self.assertEqual(self.feed(), [{"s": "0", "c": "5", "l": "O3 L4"}])
        slot = self.t.hash("slot:0")
        self.assertEqual((slot[b"cursor"], slot[b"model"], slot[b"attempts"]), (b"5", b"m", b"0"))
        self.assertEqual(self.commit("w", 0, 1, 5, 6, "O3", "", "L9", ""), "ok")
        self.assertEqual(self.lists(0), {b"L4": b"x" * 256})
        self.assertEqual(self.feed()[1:], [{"s": "0", "c": "6", "l": "O3 L9"}])

    def test_without_lists_there_is_no_feed(self):
        self.assertEqual(self.commit("w", 0, 1, -1, 5), "ok")
        self.assertEqual(self.feed(), [])

    def test_a_lost_answer(self):
        self.assertEqual(self.commit("w", 0, 1, -1, 5, "O3", b"12345678"), "ok")
        self.assert_writes_nothing(lambda: [self.commit("w", 0, 1, -1, 5, "O3", b"12345678")],
                                   ["again"])
        self.commit("w", 0, 1, 5, 6, "O3", b"87654321")
        self.assert_writes_nothing(lambda: [self.commit("w", 0, 1, -1, 5, "O3", b"12345678")],
                                   ["lost"])

    def test_refused_unless_everything_holds(self):
        self.commit("w", 0, 1, -1, 5)
        late = ("O3", b"12345678")
        for call in (lambda: self.commit("w", 0, 2, 5, 6, *late),
                     lambda: self.commit("w", 0, 0, 5, 6, *late),
                     lambda: self.commit("v", 0, 1, 5, 6, *late),
                     lambda: self.commit("w", 1, 1, 5, 6, *late),
                     lambda: self.commit("w", 0, 1, 4, 6, *late),
                     lambda: self.commit("w", 0, 1, 6, 7, *late),
                     lambda: self.commit("w", 0, 1, 4, 4, *late),
                     lambda: self.commit("w", 0, 1, -1, 6, *late),
                     lambda: self.commit("w", 0, 1, 5, 11, *late),
                     lambda: self.commit("w", 0, 1, 5, 6, *late, model="other")):
            self.assert_writes_nothing(lambda call=call: [call()], ["lost"])

    def test_an_owner_that_slept_is_fenced(self):
        self.t.now += 2 * self.TTL
        self.assertEqual(self.acquire("v", 0)[1], "2")
        self.assert_writes_nothing(lambda: [self.commit("w", 0, 1, -1, 5, "O3", b"12345678")],
                                   ["lost"])
        self.assertEqual(self.commit("v", 0, 2, -1, 5), "ok")

    def test_an_owner_that_slept_alone_goes_on(self):
        self.t.now += 2 * self.TTL
        self.assertEqual(self.commit("w", 0, 1, -1, 5), "ok")

    def test_parts(self):
        self.assertEqual(self.commit("w", 0, 1, -1, -1, "O3", b"1" * 8), "ok")
        self.assertEqual(self.commit("w", 0, 1, -1, 7, "O4", b"2" * 8), "ok")
        self.assertEqual(self.commit("w", 0, 1, 7, 7, "O5", b"3" * 8), "ok")
        self.assertEqual(self.commit("w", 0, 1, 7, 8, "O6", b"4" * 8), "ok")
        self.assertEqual(set(self.lists(0)), {b"O3", b"O4", b"O5", b"O6"})
        self.assertEqual([entry["c"] for entry in self.feed()], ["-1", "7", "7", "8"])

    def test_as_many_lists_as_allowed(self):
        lists = [item for n in range(1, 10001) for item in (f"L{n}", b"%08d" % n)]
        self.assertEqual(self.commit("w", 0, 1, -1, 5, *lists), "ok")
        self.assertEqual(self.lists(0)[b"L9999"], b"00009999")
        self.assertEqual(self.redis.hlen(self.t.key("lists:0")), 10000)
        names = [entry["l"].split(" ") for entry in self.feed()]
        self.assertEqual(max(map(len, names)), 256)
        self.assertEqual(sum(names, []), [f"L{n}" for n in range(1, 10001)])
        gone = [item for n in range(1, 10001) for item in (f"L{n}", "")]
        self.assertEqual(self.commit("w", 0, 1, 5, 6, *gone), "ok")
        self.assertEqual(self.lists(0), {})

    def test_the_feed_is_capped(self):
        for _ in range(60):
            pipeline = self.redis.pipeline(transaction=False)
            for _ in range(200):
                pipeline.fcall("slot_commit", 1, self.t.base, self.t.now, "w", 0, 1, -1, -1, "m",
                               "O3", b"12345678")
            pipeline.execute()
        self.assertLess(self.redis.xlen(self.t.key("feed")), 10200)

    def test_another_model_voids_cursor_and_owner(self):
        self.commit("w", 0, 1, -1, 5, "O3", b"12345678")
        self.t.adopt("n")
        self.assertEqual(self.commit("w", 0, 1, 5, 6), "lost")
        self.assertEqual(self.commit("w", 0, 1, 5, 6, model="n"), "lost")
        self.assertEqual(self.acquire("w", 0, "n"), ["0", "2", "-1", "1", ""])
        self.assertEqual(self.commit("w", 0, 2, 5, 6, model="n"), "lost")
        self.assertEqual(self.commit("w", 0, 2, -1, -1, "O3", b"new list", model="n"), "ok")
        # Half of the lists are of the other model: coming back to the first one helps nobody.
        self.t.adopt("m")
        self.assertEqual(self.acquire("w", 0)[2], "-1")
        self.assertEqual(self.commit("w", 0, 3, -1, 12), "ok")
        self.assertEqual(self.acquire("w", 0)[2], "12")

    def test_a_model_that_comes_back_untouched_counts(self):
        self.commit("w", 0, 1, -1, 5)
        self.t.adopt("n")
        self.t.adopt("m")
        self.assertEqual(self.commit("w", 0, 1, 5, 6), "ok")


class PoisonTest(SlotTest):
    def setUp(self):
        super().setUp()
        self.t.put("L", "a")
        self.t.put("O", "o")

    def crash_and_acquire(self, worker):
        self.t.now += 4 * self.TTL
        return self.acquire(worker, 0)

    def test_attempts_count_acquisitions_at_one_cursor(self):
        self.assertEqual([self.crash_and_acquire(f"w{i}")[3] for i in range(4)],
                         ["1", "2", "3", "4"])
        self.commit("w3", 0, 4, -1, 2)
        self.assertEqual(self.t.hash("slot:0")[b"attempts"], b"0")
        self.assertEqual(self.crash_and_acquire("w")[2:4], ["2", "1"])
        self.commit("w", 0, 5, 2, 2, "O4", b"12345678")  # a part is no progress
        self.assertEqual(self.crash_and_acquire("w")[2:4], ["2", "2"])

    def test_a_release_in_order_is_no_attempt(self):
        self.crash_and_acquire("v")
        for epoch in (2, 3, 4):
            self.assertEqual(self.crash_and_acquire("w")[3], "2")
            self.release("w", 0, epoch)
        self.assertEqual(self.crash_and_acquire("w")[3], "2")
        self.commit("w", 0, 5, -1, 2)
        self.release("w", 0, 5)
        self.assertEqual(self.crash_and_acquire("w")[3], "1")

    def test_another_model_starts_over(self):
        self.crash_and_acquire("v")
        self.crash_and_acquire("v")
        self.t.call("slot_mark", 0, 2, "L3")
        self.t.adopt("n")
        self.t.now += 4 * self.TTL
        self.assertEqual(self.acquire("w", 0, "n"), ["0", "3", "-1", "1", ""])

    def test_the_next_owner_finds_the_mark(self):
        self.crash_and_acquire("v")
        self.assertEqual(self.t.call("slot_mark", 0, 1, "L3-L9"), ["ok"])
        self.assertEqual(self.t.call("slot_mark", 0, 2, "x"), ["lost"])
        self.assertEqual(self.crash_and_acquire("w")[4], "L3-L9")
        self.assertEqual(self.crash_and_acquire("v")[4], "L3-L9")
        self.commit("v", 0, 3, -1, 2)
        self.assertEqual(self.crash_and_acquire("w")[4], "")
        self.t.call("slot_mark", 0, 4, "L3")
        self.release("w", 0, 4)
        self.assertEqual(self.crash_and_acquire("w")[4], "")

    def test_quarantine_is_for_one_revision_in_one_slot(self):
        self.crash_and_acquire("w")
        self.t.call("slot_mark", 0, 1, "L3")
        self.assertEqual(self.t.call("slot_quarantine", 0, 2, "L3", 3), ["lost"])
        self.assertEqual(self.t.call("slot_quarantine", 0, 1, "L3", 2), ["changed"])
        self.assertEqual(self.t.call("slot_quarantine", 0, 1, "L9", 9), ["changed"])
        self.assertEqual(self.t.hash("quarantine"), {})
        self.assertEqual(self.t.call("slot_quarantine", 0, 1, "L3", 3), ["ok"])
        self.assertEqual(self.t.call("slot_quarantine", 0, 1, "O4", 4), ["ok"])
        self.assertEqual(self.t.hash("quarantine"), {b"0:L3": b"3", b"0:O4": b"4"})
        self.assertEqual(self.t.hash("slot:0")[b"mark"], b"")
        self.assertEqual(self.t.call("territory_status")[8], "2")

    def test_a_new_revision_lifts_it_in_every_slot(self):
        quarantine = {"0:L3": 3, "1:L3": 3, "0:O4": 4, "1:O4": 4}
        self.redis.hset(self.t.key("quarantine"), mapping=quarantine)
        self.t.put("L", "a", observed=2000)
        self.assertEqual(len(self.t.hash("quarantine")), 4)
        self.t.put("L", "a", b"new", observed=2000)
        self.assertEqual(set(self.t.hash("quarantine")), {b"0:O4", b"1:O4"})
        self.t.state("O", 4, "closed", "open")
        self.assertEqual(self.t.hash("quarantine"), {})


class TrimTest(SlotTest):
    def setUp(self):
        super().setUp()
        pipeline = self.redis.pipeline(transaction=False)
        for i in range(1000):
            pipeline.fcall("event_commit", 1, self.t.base, *self.t.arguments("put", "O"),
                           *self.t.put_further("O", f"o{i}"))
        pipeline.execute()
        self.assertEqual(self.t.seq(), 1002)
        self.acquire("w", 0)
        self.acquire("w", 1)

    def first(self):
        return int(self.t.log()[0][0].split("-")[0])

    def test_never_beyond_the_lowest_cursor(self):
        self.assertEqual(self.t.call("log_trim", 0), ["ok", "0"])
        self.commit("w", 0, 1, -1, 1002)
        self.assertEqual(self.t.call("log_trim", 0), ["ok", "0"])
        self.commit("w", 1, 1, -1, 500)
        removed = int(self.t.call("log_trim", 0)[1])
        self.assertIn(removed, range(400, 501))
        self.assertEqual(self.first(), removed + 1)

    def test_the_last_entries_are_kept(self):
        self.commit("w", 0, 1, -1, 1002)
        self.commit("w", 1, 1, -1, 1002)
        self.assertIn(int(self.t.call("log_trim", 300)[1]), range(602, 703))
        self.assertEqual(self.t.call("log_trim", 5000), ["ok", "0"])
        self.t.call("log_trim", 0)
        self.assertLessEqual(len(self.t.log()), 100)

    def test_too_long_a_log_is_trimmed_whatever_the_cursors(self):
        self.redis.hset(self.t.key("meta"), "seq", 5000600)
        self.redis.xadd(self.t.key("log"), {"k": "T"}, id="5000600-0")
        self.assertIn(int(self.t.call("log_trim", 0)[1]), range(500, 601))
        self.assertEqual(self.t.call("log_trim", 5000400), ["ok", "0"])


class RightsTest(SlotTest):
    """A match-worker with the rights that docs/architecture.md lists, and no others."""

    @staticmethod
    def rules():
        with open(os.path.join(ROOT, "docs", "architecture.md"), encoding="utf-8") as file:
            rows = dict(re.findall(r"^\| (read|read and write|commands) \| (.*) \|$", file.read(),
                                   re.M))
        rules = [f"%R~{pattern}" for pattern in re.findall(r"`(\S+)`", rows["read"])]
        rules += [f"%RW~{pattern}" for pattern in re.findall(r"`(\S+)`", rows["read and write"])]
        commands = re.search(r"`(.*)`", rows["commands"])[1].split()
        return rules + [f"+{command}" for command in commands] + ["+@connection"]

    def setUp(self):
        super().setUp()
        self.t.put("L", "a", sealed="s", statistics="t", person="p", words=["w"])
        self.t.put("O", "o")
        self.t.attach("w", "S")
        self.redis.execute_command("ACL", "SETUSER", "match", "reset", "on", ">secret",
                                   *self.rules())
        self.worker = server.client(username="match", password="secret")
        self.w = Territory(self.worker, create=False)

    def tearDown(self):
        self.worker.close()
        self.redis.execute_command("ACL", "DELUSER", "match")
        super().tearDown()

    def test_it_can_do_its_work(self):
        self.assertEqual(self.worker.ping(), True)
        self.assertEqual(self.w.call("slot_acquire", self.t.now, "w", 5000, "any", "m")[0], "0")
        self.assertEqual(self.w.call("slot_renew", self.t.now, "w", 0, 1, 5000), ["ok"])
        self.assertEqual(self.w.call("slot_mark", 0, 1, "L3"), ["ok"])
        self.assertEqual(self.w.call("slot_quarantine", 0, 1, "L3", 3), ["ok"])
        self.assertEqual(self.w.call("slot_commit", self.t.now, "w", 0, 1, -1, 4, "m", "O4",
                                     b"12345678", "L3", ""), ["ok"])
        self.assertEqual(self.w.call("slot_release", "w", 0, 1), ["ok"])
        self.worker.smembers("p:territories")
        for suffix in ("meta", "attachment", "quarantine", "workers", "lists:0", "record:learner",
                       "record:offer"):
            self.worker.hgetall(self.w.key(suffix))
            self.worker.hscan(self.w.key(suffix))
        self.worker.hmget(self.w.key("record:offer"), "4", "5")
        self.worker.xread({self.w.key("log"): "0"}, count=10)
        self.worker.hdel(self.w.key("workers"), "w")

    def test_it_cannot_do_more(self):
        w, r = self.w, self.worker
        calls = [lambda: w.put("L", "b"), lambda: w.put("L", "a", b"new"), lambda: w.erase("L", 3),
                 lambda: w.state("O", 4, "closed", "open"), lambda: w.day(DAY),
                 lambda: w.adopt("n"), lambda: w.territory("x"), lambda: w.attach("v", "S"),
                 lambda: w.detach("w"), lambda: w.call("log_trim", 0),
                 lambda: r.function_load(read_library(), replace=True),
                 lambda: r.eval("return 1", 0), lambda: r.flushall(), lambda: r.keys(),
                 lambda: r.hset(w.key("meta"), "seq", 1),
                 lambda: r.xadd(w.key("log"), {"k": "L"}),
                 lambda: r.hset(w.key("record:learner"), "3", "x"),
                 lambda: r.config_get("dir")]
        for suffix in ("sealed:learner", "statistics:learner", "sealed:employer", "person",
                       "reference:learner", "record:employer", "request:0", "words:learner",
                       "words", "uses"):
            calls.append(lambda suffix=suffix: r.hget(w.key(suffix), "3"))
        for slot in range(2):
            self.redis.hset(self.t.key(f"slot:{slot}"), "cursor", 5)  # there is a log to trim
        before = self.t.everything()
        for i, call in enumerate(calls):
            with self.subTest(i=i):
                self.assertRegex(refused(call), "no permissions|can't (access|run)")
        self.assertEqual(self.t.everything(), before)


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
