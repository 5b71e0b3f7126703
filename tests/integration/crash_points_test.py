"""Death and sleep at chosen points of the daemon, a match-worker and Redis."""

import random
import unittest

import records
from harness import wait_until
from load import Load
from system import SystemTest, main

PAUSE = 0.3  # how long to make sure that there is no answer


class DaemonCrashTest(SystemTest):
    def crash_at(self, fault, committed):
        """The daemon dies at the point, with one event under way, which then is or is not
        committed. Its repeat gets the answer it would have had."""
        system = self.begin(workers=1)
        client = system.connect()
        first = client.do("employer.put", records.employer(None, 1))
        system.daemon.stop()
        system.daemon.start(fault=fault)
        event = client.event("employer.put", records.employer(None, 2))
        client.send(event)
        self.assertEqual(system.daemon.wait_ended(), -9)
        self.assertIsNone(client.receive())
        with system.store() as store:
            seq = int(store.xinfo_stream("p:{demo}:log")["last-generated-id"].split("-")[1])
        self.assertEqual(seq, first["revision"] + committed)
        system.daemon.start()
        answer = client.ask(event)
        self.assertEqual((answer["result"], answer["revision"]), ("created", first["revision"] + 1))
        self.assertEqual(client.ask(event), answer)
        self.assertEqual(len(system.changes(first["revision"])), 1)
        self.assertEqual(system.verify()["problems"], 0)

    def test_before_anything_was_done(self):
        self.crash_at("request-received", committed=False)

    def test_before_the_commit(self):
        self.crash_at("before-commit", committed=False)

    def test_after_the_commit_and_before_the_reply(self):
        self.crash_at("after-commit-before-reply", committed=True)

    def test_in_the_middle_of_many(self):
        rng = random.Random(1)
        system = self.begin(workers=1)
        load = Load(system, rng, clients=2)
        for fault in ("request-received:37", "before-commit:29", "after-commit-before-reply:23",
                      "before-commit:2", "after-commit-before-reply:40"):
            system.daemon.stop()
            system.daemon.start(fault=fault)
            while system.daemon.running():
                load.fill()
                load.take(20)
                load.repeat()
            self.assertEqual(system.daemon.wait_ended(), -9)
            system.daemon.start()
        load.settle()
        load.check()
        self.assertEqual(system.verify()["problems"], 0)


class RedisCrashTest(SystemTest):
    def crash_redis_while_paused_at(self, fault, committed):
        system = self.begin(workers=1)
        client = system.connect()
        system.daemon.stop()
        system.daemon.start(fault=f"{fault}:stop")
        event = client.event("employer.put", records.employer(None, 1))
        client.send(event)
        system.daemon.wait_paused()
        system.redis.kill()
        system.daemon.resume()
        answer = client.receive(20)
        if committed:
            self.assertEqual(answer["status"], "ok")
        else:
            self.assertEqual((answer["status"], answer["errors"][0]["code"]),
                             ("retry", "store_away"))
        system.start_redis()
        again = client.ask(event)
        self.assertEqual(again["result"], "created")
        if committed:
            self.assertEqual(again, answer)
        self.assertEqual([change["id"] for change in system.changes() if "id" in change],
                         [again["record"]])
        self.assertEqual(system.verify()["problems"], 0)

    def test_before_the_commit(self):
        self.crash_redis_while_paused_at("before-commit", committed=False)

    def test_after_the_commit(self):
        self.crash_redis_while_paused_at("after-commit-before-reply", committed=True)

    def test_with_commits_that_it_has_not_looked_at(self):
        system = self.begin(workers=1)
        load = Load(system, random.Random(2), clients=2)
        for _ in range(3):
            load.run(20)
            system.redis.pause()
            load.fill()
            load.take(int(PAUSE * 1000))
            system.redis.kill()
            system.start_redis()
        load.settle()
        load.check()
        self.assertEqual(system.verify()["problems"], 0)

    def lose_the_store_at(self, fault):
        """The worker's slot is free at once, though the lease is long; no record is to blame."""
        system = self.begin(workers=0, lease_ms=60000)
        load = Load(system, random.Random(17), clients=2, people=60)
        load.run(60)
        load.settle()
        worker = system.worker(1).start(fault=f"{fault}:stop")
        system.workers.append(worker)
        worker.wait_paused()
        system.redis.kill()
        worker.resume()
        wait_until(lambda: "match.slot_left" in worker.text(), "the worker has noticed")
        system.start_redis()
        self.assertEqual(system.verify(30)["problems"], 0)
        self.assertNotIn("attempts=2", worker.text())

    def test_while_a_worker_loads(self):
        self.lose_the_store_at("between-snapshot-and-follow")

    def test_while_a_worker_writes_lists(self):
        self.lose_the_store_at("lists-part-written")


class WorkerCrashTest(SystemTest):
    def fill(self, system, seed, answers=150):
        load = Load(system, random.Random(seed), clients=2, people=80)
        load.run(answers)
        return load

    def crash_at(self, fault, seed):
        """The only worker dies at the point, with work to do; the next one takes over."""
        system = self.begin(workers=0)
        load = self.fill(system, seed)
        worker = system.worker(1).start(fault=fault)
        system.workers.append(worker)
        while worker.running():  # some points are reached by new changes alone
            load.run(5)
        self.assertEqual(worker.wait_ended(), -9)
        load.run(30)
        load.settle()
        worker.start()
        counts = system.verify()
        self.assertEqual(counts["problems"], 0)
        self.assertGreater(counts["entries"], 100)
        self.assertEqual(system.status()["quarantine"], 0)

    def test_with_the_slot_just_acquired(self):
        self.crash_at("slot-acquired", 3)

    def test_between_snapshot_and_follow(self):
        self.crash_at("between-snapshot-and-follow", 4)

    def test_with_the_first_lists_ready(self):
        self.crash_at("lists-ready", 5)

    def test_in_the_middle_of_the_lists_of_a_slot(self):
        self.crash_at("lists-part-written", 6)

    def test_a_part_of_the_lists_promises_nothing(self):
        """The cursor tells that the lists are whole: it moves with the last of them."""
        system = self.begin(workers=0)
        self.fill(system, 18).settle()
        worker = system.worker(1).start(fault="lists-part-written")
        system.workers.append(worker)
        self.assertEqual(worker.wait_ended(), -9)
        cursors = [slot["cursor"] for slot in system.status()["slots"]]
        with system.store() as store:
            counts = [store.hlen(f"p:{{demo}}:lists:{slot}") for slot in range(2)]
        self.assertIn(True, [cursor == -1 and count > 0 for cursor, count in zip(cursors, counts)],
                      f"{counts} lists at {cursors}")
        worker.start()
        self.assertEqual(system.verify()["problems"], 0)

    def test_with_the_first_lists_written(self):
        self.crash_at("lists-written", 7)

    def test_with_later_lists_ready(self):
        self.crash_at("lists-ready:9", 8)

    def test_with_later_lists_written(self):
        self.crash_at("lists-written:9", 9)

    def test_in_the_middle_of_a_batch_of_records(self):
        system = self.begin(workers=1)
        self.fill(system, 10, 60).settle()
        system.wait_quiet()
        worker = system.workers[0]
        seq = system.status()["seq"]
        worker.kill()
        worker.start(fault=f"take-L{seq + 5}")  # among what comes now
        wait_until(lambda: all(slot["live"] for slot in system.status()["slots"]),
                   "the worker has both slots")
        client = system.connect()
        rng = random.Random(10)
        for number in range(1000, 1010):
            client.send(client.event("learner.put", records.learner(rng, number)))
        self.assertEqual(worker.wait_ended(), -9)
        worker.start()
        self.assertEqual(system.verify()["problems"], 0)


class WorkerPauseTest(SystemTest):
    """A worker that sleeps longer than its lease wakes up and finds another one in its place."""

    def oversleep_at(self, fault, seed):
        system = self.begin(workers=0)
        load = Load(system, random.Random(seed), clients=2, people=60)
        load.run(120)
        load.settle()
        sleeper, other = system.worker(1), system.worker(2)
        system.workers = [sleeper, other]
        sleeper.start(fault=f"{fault}:stop")
        sleeper.wait_paused()
        epochs = [slot["epoch"] for slot in system.status()["slots"]]
        other.start()
        load.run(40)
        load.settle()
        wait_until(lambda: all(slot["cursor"] == system.status()["seq"]
                               for slot in system.status()["slots"]), "the other has taken over")
        self.assertTrue(any(slot["epoch"] > epoch
                            for slot, epoch in zip(system.status()["slots"], epochs)))
        before = self.lists(system)
        sleeper.resume()
        wait_until(lambda: "reason=\"the lease was lost\"" in sleeper.text(),
                   "the sleeper sees that its lease is lost")
        self.assertEqual(self.lists(system), before)
        load.run(30)
        load.settle()
        self.assertEqual(system.verify()["problems"], 0)

    @staticmethod
    def lists(system):
        with system.store() as store:
            return [store.execute_command("DEBUG", "DIGEST-VALUE", f"p:{{demo}}:lists:{slot}")
                    for slot in range(2)]

    def test_between_snapshot_and_follow(self):
        self.oversleep_at("between-snapshot-and-follow", 11)

    def test_with_lists_ready(self):
        self.oversleep_at("lists-ready", 12)

    def test_with_a_part_of_the_lists_written(self):
        self.oversleep_at("lists-part-written", 13)

    def test_its_late_words_are_refused_though_nothing_has_moved(self):
        """The successor is at the same cursor still: the epoch alone tells them apart."""
        system = self.begin(workers=0)
        load = Load(system, random.Random(15), clients=2, people=60)
        load.run(120)
        load.settle()
        sleeper = system.worker(1).start(fault="lists-ready:stop")
        sleeper.wait_paused()
        successors = [system.worker(number, lease_ms=60000) for number in (2, 3)]
        system.workers = [sleeper, *successors]
        for successor in successors:
            successor.start(fault="lists-ready:stop")
        for successor in successors:
            successor.wait_paused()
        before = self.lists(system)
        cursors = [slot["cursor"] for slot in system.status()["slots"]]
        sleeper.resume()
        wait_until(lambda: "reason=\"the lease was lost\"" in sleeper.text(),
                   "the sleeper sees that its lease is lost")
        self.assertEqual(self.lists(system), before)
        self.assertEqual([slot["cursor"] for slot in system.status()["slots"]], cursors)
        for successor in successors:
            successor.resume()
        self.assertEqual(system.verify()["problems"], 0)

    def test_a_log_trimmed_meanwhile(self):
        """What it can no longer read of the log it reads from the records."""
        system = self.begin(workers=1, lease_ms=60000)
        load = Load(system, random.Random(16), clients=2, people=60)
        load.run(60)
        load.settle()
        system.wait_quiet()
        system.workers[0].pause()
        load.run(60)
        load.settle()
        # By itself, so that the log's last entry has nothing else of what the worker has not seen.
        system.connect().do("employer.put", records.employer(load.rng, 999))
        with system.store() as store:
            store.xtrim("p:{demo}:log", maxlen=1, approximate=False)
        system.workers[0].resume()
        self.assertEqual(system.verify()["problems"], 0)
        self.assertIn("has been trimmed", system.workers[0].text())

    def test_changes_made_meanwhile_are_followed(self):
        system = self.begin(workers=0, lease_ms=60000)
        load = Load(system, random.Random(14), clients=2, people=60)
        load.run(100)
        load.settle()
        worker = system.worker(1).start(fault="between-snapshot-and-follow:stop")
        system.workers.append(worker)
        worker.wait_paused()
        load.run(60)
        load.settle()
        worker.resume()
        self.assertEqual(system.verify()["problems"], 0)


if __name__ == "__main__":
    main()
