"""The rules of the Redis function library for match-workers: slots, poison, log, rights."""

import os
import re
import unittest

from functions_case import HOUR, MINUTE, FunctionsTest, shared_server
from harness import ROOT, read_library
from territory import DAY, Territory, framed, refused


class SlotTest(FunctionsTest):
    TTL = HOUR  # so that what the tests take themselves does not count

    def setUp(self):
        super().setUp()
        self.t.adopt("m")

    def acquire(self, worker="w", slot="any", model="m", ttl=TTL):
        return self.t.call("slot_acquire", worker, ttl, slot, model)

    def renew(self, worker, slot, epoch):
        return self.t.call("slot_renew", worker, slot, epoch, self.TTL)[0]

    def release(self, worker, slot, epoch):
        return self.t.call("slot_release", worker, slot, epoch)[0]

    def commit(self, worker, slot, epoch, start, end, *lists, model="m"):
        return self.t.call("slot_commit", worker, slot, epoch, start, end, model, *lists)[0]

    def lists(self, slot):
        return self.t.hash(f"lists:{slot}")

    def feed(self):
        return [{k.decode(): v.decode() for k, v in fields.items()}
                for _, fields in self.redis.xrange(self.t.key("feed"))]


class LeaseTest(SlotTest):
    def test_first_acquisition(self):
        before = self.store_now()
        self.assertEqual(self.acquire(), ["0", "1", "-1", "1", ""])
        self.assertEqual(self.acquire(), ["1", "1", "-1", "1", ""])
        self.assertEqual(self.acquire(), ["none", "share"])
        seen = self.t.hash("workers")
        self.assertEqual(set(seen), {b"w"})
        self.assertIn(int(seen[b"w"]), range(before, self.store_now() + 1))

    def test_only_for_the_model_in_force(self):
        self.assert_writes_nothing(lambda: self.acquire(model="other"), ["none", "model"])
        self.t.adopt("other")
        self.assertEqual(self.acquire(model="other")[0], "0")
        self.t = Territory(self.redis, "sud")
        self.assert_writes_nothing(lambda: self.acquire(model=""), ["none", "model"])

    def test_a_lease_lasts_until_its_time(self):
        self.acquire("v", 0)
        self.acquire("v", 1)
        self.elapse(self.TTL - MINUTE)
        self.assertEqual(self.acquire("w"), ["none", "busy"])
        self.assertEqual(self.acquire("w", 0), ["none", "busy"])
        self.elapse(MINUTE)
        self.assertEqual(self.acquire("w", 0), ["0", "2", "-1", "2", ""])
        self.assertEqual(self.renew("v", 0, 1), "lost")
        self.assertEqual(self.release("v", 0, 1), "lost")
        self.assertEqual(self.renew("v", 1, 1), "ok")

    def test_a_clock_set_back_frees_the_lease(self):
        self.acquire("v", 0)
        self.elapse(-self.TTL + MINUTE)  # little enough to be waited for
        self.assertEqual(self.acquire("w", 0), ["none", "busy"])
        self.elapse(-2 * MINUTE)
        self.assertEqual(self.acquire("w", 0)[:2], ["0", "2"])

    def left(self):
        """Of each lease, as territory_status tells it."""
        return [int(left) for left in self.t.call("territory_status")[21::5]]

    def test_status_tells_what_is_left_of_a_lease(self):
        self.assertEqual(self.left(), [0, 0])
        self.acquire("v", 0)
        self.acquire("v", 1)
        self.elapse(10 * MINUTE)
        self.renew("v", 1, 1)
        left = self.left()
        self.assertIn(left[0], range(self.TTL - 11 * MINUTE, self.TTL - 10 * MINUTE + 1))
        self.assertIn(left[1], range(self.TTL - MINUTE, self.TTL + 1))
        self.elapse(self.TTL - 5 * MINUTE)
        self.assertEqual(self.left()[0], 0)
        self.release("v", 1, 1)
        self.assertEqual(self.left(), [0, 0])

    def test_of_a_lease_from_before_the_clock_was_set_back_nothing_is_left(self):
        self.acquire("v", 0)
        self.elapse(-2 * self.TTL)
        self.assertEqual(self.left(), [0, 0])

    def test_renewal_extends(self):
        self.acquire("v", 0)
        self.elapse(self.TTL - MINUTE)
        self.assertEqual(self.renew("v", 0, 1), "ok")
        self.elapse(self.TTL - MINUTE)
        self.assertEqual(self.acquire("w", 0), ["none", "busy"])

    def test_naming_a_slot_one_holds_gives_it_anew(self):
        self.acquire("w", 0)
        self.acquire("w", 1)
        self.assertEqual(self.acquire("w", 0), ["0", "2", "-1", "2", ""])
        self.assertEqual(self.commit("w", 0, 1, -1, 1), "lost")

    def test_any_prefers_the_slot_with_fewest_attempts(self):
        self.acquire("v", 0)
        self.elapse(4 * self.TTL)
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
        self.seen(dict.fromkeys(workers, 0))

    def seen(self, ages):
        """Workers' last signs of life, as long ago."""
        now = self.store_now()
        self.redis.hset(self.t.key("workers"), mapping={w: now - ages[w] for w in ages})

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
        self.seen({"dead": 3 * self.TTL + MINUTE, "future": -MINUTE})
        self.assertEqual(self.take_all("w"), [0, 1, 2, 3, 4])

    def test_who_was_seen_just_in_time_counts(self):
        self.seen({"v": 3 * self.TTL - MINUTE})
        self.assertEqual(len(self.take_all("w")), 3)

    def test_the_long_gone_are_forgotten(self):
        self.seen({"gone": 25 * HOUR, "away": 23 * HOUR, "future": -25 * HOUR})
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
        self.elapse(2 * self.TTL)
        self.assertEqual(self.acquire("v", 0)[1], "2")
        self.assert_writes_nothing(lambda: [self.commit("w", 0, 1, -1, 5, "O3", b"12345678")],
                                   ["lost"])
        self.assertEqual(self.commit("v", 0, 2, -1, 5), "ok")

    def test_an_owner_that_slept_alone_goes_on(self):
        self.elapse(2 * self.TTL)
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
                pipeline.fcall("slot_commit", 1, self.t.base, "w", 0, 1, -1, -1, "m", "O3",
                               b"12345678")
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
        self.elapse(4 * self.TTL)
        return self.acquire(worker, 0)

    def test_attempts_count_acquisitions_at_one_cursor(self):
        self.assertEqual([self.crash_and_acquire(f"w{i}")[3] for i in range(4)],
                         ["1", "2", "3", "4"])
        self.commit("w3", 0, 4, -1, 2)
        self.assertEqual(self.t.hash("slot:0")[b"attempts"], b"0")
        self.assertEqual(self.crash_and_acquire("w")[2:4], ["2", "1"])
        self.commit("w", 0, 5, 2, 2, "O4", b"12345678")  # a part is no progress
        self.assertEqual(self.crash_and_acquire("w")[2:4], ["2", "2"])

    def test_an_empty_mark_ends_the_attempts(self):
        self.assertEqual([self.crash_and_acquire(f"w{i}")[3] for i in range(3)], ["1", "2", "3"])
        self.t.call("slot_mark", 0, 3, "L3")
        self.assertEqual(self.crash_and_acquire("w")[3:], ["4", "L3"])
        self.t.call("slot_mark", 0, 4, "")
        self.assertEqual(self.crash_and_acquire("w")[3:], ["1", ""])

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
        self.elapse(4 * self.TTL)
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
            pipeline.fcall("event_commit", 1, self.t.base,
                           *framed([*self.t.arguments("put", "O"),
                                    *self.t.put_further("O", f"o{i}")]))
        pipeline.execute()
        self.assertEqual(self.t.seq(), 1002)
        self.acquire("w", 0)
        self.acquire("w", 1)

    def first(self):
        return int(self.t.log()[0][0].removeprefix("0-"))

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
        self.redis.xadd(self.t.key("log"), {"e": f"day T {DAY}"}, id="0-5000600")
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
        self.worker = shared_server().client(username="match", password="secret")
        self.w = Territory(self.worker, create=False)

    def tearDown(self):
        self.worker.close()
        self.redis.execute_command("ACL", "DELUSER", "match")
        super().tearDown()

    def test_it_can_do_its_work(self):
        self.assertEqual(self.worker.ping(), True)
        self.assertEqual(self.w.call("slot_acquire", "w", 5000, "any", "m")[0], "0")
        self.assertEqual(self.w.call("slot_renew", "w", 0, 1, 5000), ["ok"])
        self.assertEqual(self.w.call("slot_mark", 0, 1, "L3"), ["ok"])
        self.assertEqual(self.w.call("slot_quarantine", 0, 1, "L3", 3), ["ok"])
        self.assertEqual(self.w.call("slot_commit", "w", 0, 1, -1, 4, "m", "O4", b"12345678", "L3",
                                     ""), ["ok"])
        self.assertEqual(self.w.call("slot_release", "w", 0, 1), ["ok"])
        self.worker.smembers("p:territories")
        for suffix in ("meta", "attachment", "quarantine", "workers", "lists:0", "record:learner",
                       "record:offer"):
            self.worker.hgetall(self.w.key(suffix))
            self.worker.hscan(self.w.key(suffix))
        self.worker.hmget(self.w.key("record:offer"), "4", "5")
        self.worker.xread({self.w.key("log"): "0"}, count=10)
        self.worker.xinfo_stream(self.w.key("log"))
        self.worker.hdel(self.w.key("workers"), "w")

    def test_it_cannot_do_more(self):
        w, r = self.w, self.worker
        calls = [lambda: w.put("L", "b"), lambda: w.put("L", "a", b"new"), lambda: w.erase("L", 3),
                 lambda: w.state("O", 4, "closed", "open"), lambda: w.day(DAY),
                 lambda: w.adopt("n"), lambda: w.territory("x"), lambda: w.attach("v", "S"),
                 lambda: w.detach("w"), lambda: w.call("log_trim", 0),
                 lambda: w.call("rewrite_done", self.t.now + 60001),
                 lambda: r.function_load(read_library(), replace=True),
                 lambda: r.eval("return 1", 0), lambda: r.flushall(), lambda: r.keys(),
                 lambda: r.hset(w.key("meta"), "day", DAY),
                 lambda: r.xadd(w.key("log"), {"e": f"day T {DAY}"}),
                 lambda: r.hset(w.key("record:learner"), "3", "x"),
                 lambda: r.config_get("dir")]
        for suffix in ("sealed:learner", "statistics:learner", "sealed:employer", "find",
                       "ids:learner", "record:employer", "request:0", "words:learner",
                       "words", "uses"):
            calls.append(lambda suffix=suffix: r.hget(w.key(suffix), "3"))
        for slot in range(2):
            self.redis.hset(self.t.key(f"slot:{slot}"), "cursor", 5)  # there is a log to trim
        self.redis.hset(self.t.key("meta"), "rewrite", self.t.now)  # and a rewrite to be done
        before = self.t.everything()
        for i, call in enumerate(calls):
            with self.subTest(i=i):
                self.assertRegex(refused(call), "no permissions|can't (access|run)")
        self.assertEqual(self.t.everything(), before)


class MalformedTest(FunctionsTest):
    """Calls that break the contract get an error and write nothing."""

    def test_slot_functions(self):
        self.t.adopt("m")
        worker, epoch = ["", "a b", "x" * 129], ["", "x"]
        slot, ttl = ["", "x", "2", "-1"], ["", "0", "3600001", "x"]
        self.assert_each_malformed("slot_acquire", ["w", 9, "any", "m"], {
            0: worker, 1: ttl, 2: slot})
        self.t.call("slot_acquire", "w", 9, 0, "m")
        self.assert_each_malformed("slot_renew", ["w", 0, 1, 9], {
            0: worker, 1: slot, 2: epoch, 3: ttl})
        self.assert_each_malformed("slot_release", ["w", 0, 1], {0: worker, 1: slot, 2: epoch})
        self.assert_each_malformed("slot_mark", [0, 1, "x"], {
            0: slot, 1: epoch, 2: ["x" * 1025]})
        self.assert_each_malformed("slot_quarantine", [0, 1, "L2", 2], {
            0: slot, 1: epoch, 2: ["", "L", "E2", "L02", "2"], 3: ["", "0", "x"]})
        self.assert_each_malformed("slot_commit", ["w", 0, 1, -1, 1, "m", "O1", b"x" * 8], {
            0: worker, 1: slot, 2: epoch, 3: ["", "x", "-2", "2", "01"], 4: ["", "x", "-2"],
            6: ["", "E1", "O0", "O", "O1 ", "L" + "9" * 16], 7: [b"x" * 7, b"x" * 264]})
        self.assert_malformed("slot_commit", "w", 0, 1, -1, 1, "m", *["O1", ""] * 10001)
        self.assert_each_malformed("log_trim", [1], {0: ["", "x", "-1"]})
        self.assert_each_malformed("rewrite_done", [1], {0: ["", "x", "-1"]})
        self.assert_malformed("territory_status", "more")


if __name__ == "__main__":
    unittest.main()
