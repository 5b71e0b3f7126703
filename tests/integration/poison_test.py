"""A record that kills every worker that takes it in."""

import random

import records
from harness import wait_until
from system import SystemTest, main

DEATHS_MAX = 40


class PoisonTest(SystemTest):
    def poison(self, kind, put):
        """Among others, one record that kills. The system, the record's id and its body."""
        system = self.begin(workers=2)
        client = system.connect()
        rng = random.Random(kind)
        for number in range(60):
            client.do("learner.put", records.learner(rng, number))
        for number in range(40):
            client.do("offer.put", records.offer(rng, number))
        body = put(rng, 1000)
        record = client.do(f"{kind}.put", body)["record"]
        system.wait_quiet()
        return system, client, record, body

    def live_with(self, system, record):
        """Restarts workers as they die, until none does and the lists are complete."""
        fault = f"take-{record}"
        deaths = 0
        for worker in system.workers:
            worker.kill()
            worker.start(fault=fault)

        def survived():
            nonlocal deaths
            for worker in system.workers:
                if not worker.running():
                    deaths += 1
                    self.assertEqual(worker.process.returncode, -9)
                    self.assertLess(deaths, DEATHS_MAX, "it goes on killing")
                    worker.start(fault=fault)
            status = system.status()
            return status["quarantine"] > 0 and system.is_quiet() and \
                all(slot["live"] for slot in status["slots"])

        wait_until(survived, "the record is quarantined and all others are matched", 120)
        return deaths

    def quarantine(self, system):
        with system.store() as store:
            return store.hgetall("p:{demo}:quarantine")

    def check(self, kind, put, slots):
        system, client, record, body = self.poison(kind, put)
        deaths = self.live_with(system, record)
        self.assertGreaterEqual(deaths, 3)
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
        for worker in system.workers:
            worker.stop()
            worker.start()
        client.do(f"{kind}.put", {**body, "observed_at": records.observed(),
                                  **({"prescriber": "B"} if kind == "learner" else {"title": "B"})})
        self.assertEqual(system.status()["quarantine"], 0)
        self.assertEqual(self.quarantine(system), {})
        system.wait_quiet()
        self.assertEqual(system.verify()["problems"], 0)
        self.assertNotEqual(system.ask("matches", id=record)["matches"], [])

    def test_a_learner_is_left_out_of_every_slot(self):
        self.check("learner", lambda rng, number: records.learner(
            rng, number, place={"commune": "59350"}, contracts=[], roles=[],
            travel=[{"mode": "car", "radius_km": 500}]), slots=2)

    def test_an_offer_is_left_out_of_its_own(self):
        self.check("offer", lambda rng, number: records.offer(
            rng, number, place={"commune": "59350"},
            requirements=[{"skill": skill} for skill in records.SKILLS[:30]]), slots=1)


if __name__ == "__main__":
    main()
