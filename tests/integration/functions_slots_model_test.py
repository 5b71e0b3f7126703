"""Match-workers that crash, sleep and take over at random, against what the lists should be.

What stands in for matching: change number s touches a few lists, and a list's content is the last
change that touched it. So the lists at any cursor are known, and a writer that is not the owner, or
writes from what it knew before it slept, leaves something else behind.
"""

import functools
import unittest

from functions_case import HOUR, FunctionsTest
from harness import seeded
from territory import digest

SLOTS, TTL, PART = 3, HOUR, 4  # so long that what a run takes itself changes nothing
NAMES = [f"O{n}" for n in range(1, 9)] + [f"L{n}" for n in range(1, 9)]


def touched(slot, model, seq):
    return [name for i, name in enumerate(NAMES) if digest(f"{slot} {model} {seq}")[i] < 64]


@functools.cache
def lists_all(slot, model, seq):
    """The lists of a slot at a cursor as (name, content), in order of the names."""
    lists = dict(lists_all(slot, model, seq - 1)) if seq > 0 else {}
    lists.update((name.encode(), b"%08d" % seq) for name in touched(slot, model, seq))
    return tuple(sorted(lists.items()))


def lists_at(slot, model, seq):
    """What is stored of them: every fourth content is empty, hence absent."""
    for earlier in range(0, seq, 500):  # keeps the recursion short
        lists_all(slot, model, earlier)
    return {name: blob for name, blob in lists_all(slot, model, seq) if int(blob) % 4}


class Worker:
    """One process. steps() is its life; it can be left at any yield, or asleep for long."""

    def __init__(self, test, name):
        self.test, self.name = test, name
        self.life = self.steps()

    def call(self, function, *arguments):
        return self.test.t.call(function, *arguments)

    def steps(self):
        while True:
            model = self.test.t.meta("model")
            yield
            answer = self.call("slot_acquire", self.name, TTL, "any", model)
            if answer[0] != "none":
                slot, epoch, cursor = map(int, answer[:3])
                self.test.acquired(self.name, slot, epoch)
                yield from self.own(slot, epoch, cursor, model)
            yield

    def own(self, slot, epoch, cursor, model):
        """Takes the slot over, follows the log, and ends when the slot is lost or given up."""
        at = self.test.t.seq()
        yield
        held = self.test.t.hash(f"lists:{slot}")
        yield
        while True:
            wanted = lists_at(slot, model, at)
            changes = [(name, wanted.get(name, b"")) for name in sorted({*held, *wanted})
                       if held.get(name) != wanted.get(name)]
            for start in range(0, max(len(changes), 1), PART):
                part = changes[start:start + PART]
                end = at if start + PART >= len(changes) else cursor
                answer = yield from self.commit(slot, epoch, cursor, end, model, part)
                if answer == "lost":
                    return
            held, cursor = wanted, at
            yield
            if (yield from self.renewal(slot, epoch)) != "ok":
                return
            at = self.test.t.seq()
            yield

    def commit(self, slot, epoch, cursor, end, model, part):
        arguments = [self.name, slot, epoch, cursor, end, model,
                     *(item for pair in part for item in pair)]
        answer = self.call("slot_commit", *arguments)[0]
        self.test.committed(self.name, slot, epoch, answer, part)
        if answer == "ok" and end != cursor:
            self.test.assertEqual(self.test.t.hash(f"lists:{slot}"), lists_at(slot, model, end))
        while answer != "lost" and self.test.random.random() < 0.2:  # the answer got lost
            yield
            before = self.test.t.hash(f"lists:{slot}")
            answer = self.call("slot_commit", *arguments)[0]
            self.test.repeated(self.name, slot, epoch, answer, before)
        return answer

    def renewal(self, slot, epoch):
        answer = self.call("slot_renew", self.name, slot, epoch, TTL)[0]
        self.test.answered(self.name, slot, epoch, answer)
        if answer == "release" or (answer == "ok" and self.test.random.random() < 0.05):
            yield
            answer = self.call("slot_release", self.name, slot, epoch)[0]
            self.test.answered(self.name, slot, epoch, answer)
            if answer == "ok":
                self.test.owners.pop(slot, None)
            return "gone"
        return answer


class SlotsModelTest(FunctionsTest):
    slots = SLOTS
    STEPS = 4000

    def setUp(self):
        super().setUp()
        self.random = seeded("slots model")
        self.owners = {}  # slot → worker and epoch, as fencing has it
        self.epochs = dict.fromkeys(range(SLOTS), 0)
        self.lists = {slot: {} for slot in range(SLOTS)}
        self.counts = dict.fromkeys(("ok", "lost", "again", "release", "takeover"), 0)
        self.started = 0
        self.t.adopt("m1")

    # What workers report

    def acquired(self, name, slot, epoch):
        self.assertEqual(epoch, self.epochs[slot] + 1)
        self.epochs[slot] = epoch
        self.counts["takeover"] += slot in self.owners
        self.owners[slot] = (name, epoch)

    def answered(self, name, slot, epoch, answer):
        """Only the last to acquire a slot, and only until it gives it up, hears anything good."""
        self.counts[answer] += 1
        if answer == "lost":
            return
        self.assertEqual(self.owners.get(slot), (name, epoch))

    def committed(self, name, slot, epoch, answer, part):
        self.answered(name, slot, epoch, answer)
        self.assertNotEqual(answer, "again")
        if answer == "ok":
            for list_name, blob in part:
                self.lists[slot].pop(list_name, None)
                if blob:
                    self.lists[slot][list_name] = blob
        self.assertEqual(self.t.hash(f"lists:{slot}"), self.lists[slot])

    def repeated(self, name, slot, epoch, answer, before):
        self.answered(name, slot, epoch, answer)
        self.assertEqual(self.t.hash(f"lists:{slot}"), before)

    # The world

    def cursors(self):
        return [int(cursor) for cursor in self.t.call("territory_status")[20::5]]

    def new_worker(self):
        self.started += 1
        return Worker(self, f"w{self.started}")

    def world(self):
        """Something other than workers happens."""
        chance = self.random.random()
        if chance < 0.4:
            self.t.put("O", f"o{self.random.randrange(50)}", b"%d" % self.random.randrange(1 << 30))
        elif chance < 0.42:
            self.t.adopt(self.random.choice(["m1", "m2"]))
        elif chance < 0.45:
            self.elapse(self.random.choice([TTL, 3 * TTL, 10 * TTL, -TTL]))
        elif chance < 0.8:
            self.elapse(self.random.randrange(TTL // 10))

    def assert_converges(self, workers):
        """Once the workers can run on, every cursor reaches seq and every list is right."""
        self.elapse(10 * TTL)
        seq, model = self.t.seq(), self.t.meta("model")
        for _ in range(5000):
            if self.cursors() == [seq] * SLOTS:
                break
            next(self.random.choice(workers).life)
            self.elapse(TTL // 100)
        self.assertEqual(self.cursors(), [seq] * SLOTS)
        for slot in range(SLOTS):
            self.assertEqual(self.t.hash(f"lists:{slot}"), lists_at(slot, model, seq))

    def test_lists_are_those_of_the_last_owner(self):
        workers, asleep = [self.new_worker() for _ in range(3)], []
        for step in range(self.STEPS):
            worker = self.random.choice(workers)
            chance = self.random.random()
            if chance < 0.02:  # crashes; another process starts
                workers[workers.index(worker)] = self.new_worker()
            elif chance < 0.05:  # sleeps, and wakes up long after in the middle of what it did
                asleep.append(worker)
                workers[workers.index(worker)] = (
                    asleep.pop(self.random.randrange(len(asleep))) if len(asleep) > 3
                    else self.new_worker())
            elif chance < 0.3:
                self.world()
            else:
                next(worker.life)
            if step % 1000 == 999:
                self.assert_converges(workers)
        for event in ("ok", "lost", "again", "takeover"):
            self.assertGreater(self.counts[event], 10, self.counts)


if __name__ == "__main__":
    unittest.main()
