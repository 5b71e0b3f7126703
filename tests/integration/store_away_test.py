"""Redis away, asleep, loading or read-only: `retry`, and all is well again by itself. For a full disk
see disk_full_test.py."""

import random

import records
from harness import wait_until
from system import SystemTest, main

PARKED_MAX = 1024  # requests that wait for the store; what comes on top is told to try again


class StoreAwayTest(SystemTest):
    def begin_with_client(self, **options):
        system = self.begin(workers=1, **options)
        return system, system.connect(), random.Random(1)

    def wait_store(self, system, up):
        wait_until(lambda: system.ask("status")["store"]["up"] is up,
                   f"the daemon knows that the store is {'there' if up else 'away'}")

    def retried(self, client, event):
        """The event is answered with retry, for the store is away."""
        answer = client.try_ask(event, 30)
        self.assertEqual((answer["status"], answer["errors"][0]["code"]), ("retry", "store_away"))
        self.assertGreater(answer["after_ms"], 0)

    def assert_recovers(self, system, client, event):
        """Without a restart of anything."""
        pids = [program.pid for program in (system.daemon, *system.workers)]
        self.assertEqual(client.ask(event, 60)["status"], "ok")
        client.do("offer.put", records.offer(random.Random(2), 900))
        self.assertEqual(system.verify()["problems"], 0)
        self.assertEqual([program.pid for program in (system.daemon, *system.workers)], pids)
        self.assertTrue(system.daemon.running() and system.workers[0].running())

    def test_more_than_can_wait_is_told_to_try_again(self):
        system, client, rng = self.begin_with_client(client_queue=4000)
        seq = system.status()["seq"]
        system.redis.kill()
        self.wait_store(system, False)
        events = [client.event("employer.put", records.employer(rng, number))
                  for number in range(PARKED_MAX + 300)]
        for event in events:
            client.send(event)
        early = [client.receive(20) for _ in range(300)]
        # Those that did not fit are the last ones; nobody else has been given up yet.
        self.assertEqual({answer["id"] for answer in early},
                         {event["id"] for event in events[PARKED_MAX:]})
        late = [client.receive(20) for _ in range(PARKED_MAX)]
        for answer in early + late:
            self.assertEqual((answer["status"], answer["errors"][0]["code"]),
                             ("retry", "store_away"))
        self.assertEqual(len({answer["id"] for answer in early + late}), len(events))
        system.start_redis()
        for event in events:
            client.send(event)
        for _ in events:
            self.assertIn(client.receive(30)["status"], ("ok", "retry"))
        for event in events[::50]:
            self.assertEqual(client.ask(event)["result"], "created")
        self.assert_recovers(system, client, events[0])
        self.assertLessEqual(system.status()["seq"], seq + len(events) + 2)

    def test_what_waits_is_committed_once_the_store_is_back(self):
        system, client, rng = self.begin_with_client()
        system.redis.kill()
        self.wait_store(system, False)
        events = [client.event("employer.put", records.employer(rng, number))
                  for number in range(50)]
        for event in events:
            client.send(event)
        system.start_redis()
        answers = [client.receive(30) for _ in events]
        self.assertEqual({answer["status"] for answer in answers}, {"ok"})
        # In the order in which they came.
        self.assertEqual([answer["id"] for answer in answers], [event["id"] for event in events])
        revisions = [answer["revision"] for answer in answers]
        self.assertEqual(revisions, sorted(revisions))
        self.assert_recovers(system, client, events[0])

    def test_queries_say_so(self):
        system, client, rng = self.begin_with_client()
        record = client.do("learner.put", records.learner(rng, 1))["record"]
        system.redis.kill()
        self.wait_store(system, False)
        for message in ({"type": "record.get", "body": {"id": record}},
                        {"type": "matches", "body": {"id": record}}):
            answer = system.query.try_ask(message, 20)
            self.assertEqual((answer["status"], answer["errors"][0]["code"]),
                             ("retry", "store_away"))
        system.start_redis()
        self.assertEqual(len(system.ask("record.get", id=record)["records"]), 1)

    def test_a_store_that_sleeps(self):
        system, client, rng = self.begin_with_client(timeout_ms=500)
        seq = system.status()["seq"]
        system.redis.pause()
        events = [client.event("employer.put", records.employer(rng, number))
                  for number in range(20)]
        for event in events:
            client.send(event)
        for _ in events:
            self.assertEqual(client.receive(30)["status"], "retry")
        system.redis.resume()
        for event in events:
            self.assertEqual(client.ask(event)["result"], "created")
        self.assertEqual(system.status()["seq"], seq + len(events))
        self.assert_recovers(system, client, events[0])

    def test_a_short_deadline_for_its_answers(self):
        """Waiting for news must not count as silence."""
        system, client, rng = self.begin_with_client(timeout_ms=700)
        client.do("learner.put", records.learner(rng, 1))
        system.wait_quiet()
        since = {}  # epoch of the lease: its end when first seen

        def renewed():
            slot = store.hgetall("p:{demo}:slot:0")
            return int(slot["until"]) >= since.setdefault(slot["epoch"], int(slot["until"])) + 2000

        with system.store() as store:
            wait_until(renewed, "one lease is renewed and renewed")

    def hinder(self, how, undo):
        system, client, rng = self.begin_with_client()
        client.do("learner.put", records.learner(rng, 1))
        event = client.event("learner.put", records.learner(rng, 2))
        with system.store() as store:
            seq = system.status()["seq"]
            how(store)
            self.retried(client, event)
            self.retried(client, event)
            undo(store)
        self.assert_recovers(system, client, event)
        self.assertEqual(system.status()["seq"], seq + 2)

    def test_a_read_only_replica(self):
        self.hinder(lambda store: store.execute_command("REPLICAOF", "127.0.0.1", "1"),
                    lambda store: store.execute_command("REPLICAOF", "NO", "ONE"))

    def test_too_few_replicas(self):
        self.hinder(lambda store: store.config_set("min-replicas-to-write", 1),
                    lambda store: store.config_set("min-replicas-to-write", 0))

    def test_no_memory_left(self):
        self.hinder(lambda store: store.config_set("maxmemory", 1),
                    lambda store: store.config_set("maxmemory", 0))

    def test_a_store_that_is_loading(self):
        system, client, rng = self.begin_with_client()
        for number in range(200):
            client.do("employer.put", records.employer(rng, number))
        seq = system.status()["seq"]
        system.redis.kill()
        # Slowly: so many microseconds for each of some thousand commands.
        system.redis.argv += ["--key-load-delay", "3000",
                              "--loading-process-events-interval-bytes", "1024"]
        system.redis.start()
        event = client.event("employer.put", records.employer(rng, 1000))
        self.retried(client, event)
        self.assertFalse(system.redis.is_ready(), "it is loading still")
        self.assertFalse(system.ask("status")["store"]["up"])
        system.redis.wait_ready()
        self.assert_recovers(system, client, event)
        self.assertEqual(system.status()["seq"], seq + 2)


if __name__ == "__main__":
    main()
