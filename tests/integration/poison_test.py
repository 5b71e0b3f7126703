"""A record that kills every worker that takes it in."""

import random

import records
from harness import wait_until
from system import SystemTest, main

DEATHS_MAX = 40


class PoisonTest(SystemTest):
    def fill(self, seed):
        """A system with people and offers whose lists are complete."""
        system = self.begin(workers=2)
        client = system.connect()
        rng = random.Random(seed)
        for number in range(60):
            client.do("learner.put", records.learner(rng, number))
        for number in range(40):
            client.do("offer.put", records.offer(rng, number))
        system.wait_quiet()
        return system, client

    def restart_workers(self, system, fault=None):
        for worker in system.workers:
            if worker.running():
                worker.kill()
            worker.start(fault=fault)
        for worker in system.workers:
            worker.wait_ready()

    def live_with(self, system, fault, slots):
        """Restarts workers as they die, until none does, the record is left out of so many slots and
        the lists are complete."""
        deaths = 0

        def survived():
            nonlocal deaths
            for worker in system.workers:
                if not worker.running():
                    deaths += 1
                    self.assertEqual(worker.process.returncode, -9)
                    self.assertLess(deaths, DEATHS_MAX, "it goes on killing")
                    worker.start(fault=fault)
            status = system.status()
            return status["quarantine"] >= slots and system.is_quiet() and \
                all(slot["live"] for slot in status["slots"])

        wait_until(survived, "the record is quarantined and all others are matched", 120)
        return deaths

    def quarantine(self, system):
        with system.store() as store:
            return store.hgetall("p:{demo}:quarantine")

    def check(self, kind, body, slots, known_before):
        """The record is there before the workers are, or comes while they follow."""
        system, client = self.fill(kind)
        record = f"{kind[0].upper()}{system.status()['seq'] + 1}"
        fault = f"take-{record}"
        if not known_before:
            self.restart_workers(system, fault)
            wait_until(lambda: all(slot["live"] for slot in system.status()["slots"]),
                       "the workers follow")
        self.assertEqual(client.do(f"{kind}.put", body)["record"], record)
        if known_before:
            self.restart_workers(system, fault)
        self.assertGreaterEqual(self.live_with(system, fault, slots), 3)
        held = self.quarantine(system)
        self.assertEqual({name.split(":")[1] for name in held}, {record})
        self.assertEqual(len(held), slots)
        self.assertEqual(system.status()["quarantine"], slots)
        self.assertEqual(system.verify()["problems"], 0)
        self.assertEqual(system.ask("matches", id=record)["matches"], [])
        # It is left alone while other work goes on.
        rng = random.Random(7)
        client.do("learner.put", records.learner(rng, 2000))
        client.do("offer.put", records.offer(rng, 2000))
        system.wait_quiet()
        self.assertTrue(all(worker.running() for worker in system.workers))
        # A new revision is a new chance.
        self.restart_workers(system)
        client.do(f"{kind}.put", {**body, "observed_at": records.observed(),
                                  **({"prescriber": "B"} if kind == "learner" else {"title": "B"})})
        self.assertEqual(system.status()["quarantine"], 0)
        self.assertEqual(self.quarantine(system), {})
        system.wait_quiet()
        self.assertEqual(system.verify()["problems"], 0)
        self.assertNotEqual(system.ask("matches", id=record)["matches"], [])

    def test_a_learner_is_left_out_of_every_slot(self):
        body = records.learner(random.Random(1), 1000, place={"commune": "59350"}, contracts=[],
                               roles=[], travel=[{"mode": "car", "radius_km": 500}])
        self.check("learner", body, slots=2, known_before=True)

    def test_an_offer_is_left_out_of_its_own(self):
        body = records.offer(random.Random(2), 1000, place={"commune": "59350"},
                             requirements=[{"skill": skill} for skill in records.SKILLS[:30]])
        self.check("offer", body, slots=1, known_before=False)

    def test_a_new_model_while_loading_blames_no_record(self):
        """The slot is free at once, though the lease is long; what others died of still counts."""
        system = self.begin(workers=0, lease_ms=60000)
        client = system.connect()
        rng = random.Random(3)
        for number in range(20):
            client.do("learner.put", records.learner(rng, number))
            client.do("offer.put", records.offer(rng, number))
        meta, slots = "p:{demo}:meta", ["p:{demo}:slot:0", "p:{demo}:slot:1"]
        store = system.store()
        self.addCleanup(store.close)
        model = store.hget(meta, "model")
        for slot in slots:
            store.hset(slot, mapping={"attempts": 1, "trying": model})
        worker = system.worker(1).start(fault="between-snapshot-and-follow:stop")
        system.workers.append(worker)
        worker.wait_paused()
        self.assertEqual(sorted(store.hget(slot, "attempts") for slot in slots), ["1", "2"])
        store.hset(meta, "model", "another")
        worker.resume()
        wait_until(lambda: not any(store.hget(slot, "owner") for slot in slots), "it is released")
        self.assertEqual([store.hget(slot, "attempts") for slot in slots], ["1", "1"])
        store.hset(meta, "model", model)
        self.assertEqual(system.verify(30)["problems"], 0)


if __name__ == "__main__":
    main()
