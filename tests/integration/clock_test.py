"""A wall clock that is set: days never go back, leases do not stick, nothing is forgotten."""

import datetime
import random

import records
from client import Rejected, tomorrow
from harness import move_store_clock, wait_until
from load import Load
from system import TERRITORY, System, SystemTest, main, need_faults

HOUR, DAY = 3600 * 1000, 24 * 3600 * 1000


class ClockTest(SystemTest):
    def begin_with_clock(self, workers=1, **options):
        """A system whose clocks are off by as much as set_clock() says."""
        need_faults()
        self.system = system = System(workers, **options)
        self.addCleanup(self._end, system)
        self.set_clock(system, 0)
        system.start_redis()
        for program in (system.daemon, *system.workers):
            program.start(PASSERELLE_CLOCK=system.path("clock"))
            program.wait_ready()
        return system

    @staticmethod
    def set_clock(system, milliseconds, name="clock"):
        with open(system.path(name), "w", encoding="utf-8") as file:
            file.write(str(milliseconds))

    @staticmethod
    def move_store_clock(system, milliseconds):
        with system.store() as store:
            move_store_clock(store, f"p:{{{TERRITORY}}}", milliseconds)

    @staticmethod
    def after(day, days):
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()

    @staticmethod
    def days(system):
        return [entry["seq"] for entry in system.changes() if entry["operation"] == "day"]

    def refuse_day(self, client, day, code):
        with self.assertRaises(Rejected) as caught:
            client.do("day.changed", {"day": day})
        error, = caught.exception.answer["errors"]
        self.assertEqual((error["code"], error["path"]), (code, "body.day"))
        return error["expected"]

    def test_a_day_far_ahead_is_refused(self):
        system = self.begin_with_clock(workers=0)
        client = system.connect()
        wait_until(lambda: system.status()["day"], "the first day is set")
        far = self.after(tomorrow(), 2)
        last = self.refuse_day(client, far, "day_ahead").removeprefix("at most ")
        self.assertIn(last, (tomorrow(), self.after(tomorrow(), -1)))
        # In the hour before midnight UTC it is that day in France already.
        self.assertIn(client.do("day.changed", {"day": last})["result"], ("updated", "unchanged"))
        self.refuse_day(client, self.after(last, -1), "day_backwards")
        self.set_clock(system, 2 * DAY)
        self.assertIn(client.do("day.changed", {"day": far})["result"], ("updated", "unchanged"))

    def test_the_day_never_goes_back(self):
        system = self.begin_with_clock()
        client = system.connect()
        rng = random.Random(1)
        for number in range(20):
            client.do("learner.put", records.learner(rng, number))
            client.do("offer.put", records.offer(rng, number))
        first = wait_until(lambda: system.status()["day"], "the first day is set")
        self.set_clock(system, 2 * DAY)
        later = wait_until(lambda: (day := system.status()["day"]) > first and day,
                           "a new day begins")
        self.assertGreater(later, self.after(first, 1))
        count = len(self.days(system))
        self.set_clock(system, -3 * DAY)
        self.refuse_day(client, self.after(later, -5), "day_backwards")  # today by this clock
        self.refuse_day(client, later, "day_ahead")
        # The daemon has looked at its clock again once the log shows that time.
        uptime = system.ask("status")["uptime_ms"]
        wait_until(lambda: system.ask("status")["uptime_ms"] > uptime + 2500, "it looked again")
        client.do("learner.put", records.learner(rng, 100))
        self.assertEqual(system.status()["day"], later)
        self.assertEqual(len(self.days(system)), count)
        self.set_clock(system, 3 * DAY)
        wait_until(lambda: system.status()["day"] > later, "the next day begins")
        self.assertEqual(len(self.days(system)), count + 1)
        self.assertEqual(system.verify()["problems"], 0)

    def test_leases_do_not_stick(self):
        """Whoever holds a lease may be gone; a store's clock set back must not keep it for hours."""
        for step in (-5 * HOUR, 5 * HOUR):
            with self.subTest(step=step):
                system = self.begin_with_clock(workers=2)
                load = Load(system, random.Random(2), clients=2, people=40)
                load.run(60)
                load.settle()
                system.wait_quiet()
                for worker in system.workers:
                    worker.kill()
                self.move_store_clock(system, step)
                system.workers[0].start(PASSERELLE_CLOCK=system.path("clock"))
                load.run(20)
                load.settle()
                self.assertEqual(system.verify(30)["problems"], 0)

    def test_owners_go_on_when_the_clock_is_set(self):
        system = self.begin_with_clock(workers=2)
        load = Load(system, random.Random(3), clients=2, people=40)
        load.run(60)
        before = 0
        for shift in (-HOUR, HOUR, -30 * DAY, 5000, -1500, 0):
            self.set_clock(system, shift)
            self.move_store_clock(system, shift - before)
            before = shift
            load.run(20)
            load.settle()
            self.assertEqual(system.verify()["problems"], 0, f"{shift} ms")
        load.check()

    def test_workers_whose_clocks_differ(self):
        """Leases go by the store's clock: no worker takes a slot from another that is alive."""
        system = self.begin_with_clock(workers=0, lease_ms=6000)
        load = Load(system, random.Random(4), clients=2, people=40)
        load.run(40)
        for number, clock in enumerate((0, 5 * HOUR, -5 * HOUR), 1):
            name = f"clock of {number}"
            self.set_clock(system, clock, name)
            worker = system.worker(number).start(PASSERELLE_CLOCK=system.path(name))
            system.workers.append(worker)
            worker.wait_ready()
        shared = wait_until(lambda: self.owners_of_all(system), "each slot has an owner of its own")
        until = self.untils(system)
        for _ in range(3):
            load.run(30)
            load.settle()
            self.assertEqual(system.verify()["problems"], 0)
        wait_until(lambda: all(now > then + 6000 for now, then in zip(self.untils(system), until)),
                   "a whole lease has passed")
        self.assertEqual(self.owners_of_all(system), shared)

    @staticmethod
    def owners_of_all(system):
        """Owner and epoch of each slot, once they are as shared out as they can be."""
        slots = system.status()["slots"]
        if len({slot["owner"] for slot in slots if slot["live"]}) < len(slots):
            return None
        return [(slot["owner"], slot["epoch"]) for slot in slots]

    @staticmethod
    def untils(system):
        with system.store() as store:
            return [int(store.hget(f"p:{{{TERRITORY}}}:slot:{slot}", "until")) for slot in range(2)]

    def test_a_request_is_remembered(self):
        system = self.begin_with_clock(workers=0)
        client = system.connect()
        committed = []
        for shift in (0, -9 * HOUR, 9 * HOUR, 17 * HOUR, -30 * DAY, 0):
            self.set_clock(system, shift)
            event = client.event("employer.put", records.employer(None, len(committed)))
            committed.append((event, client.ask(event)))
        self.set_clock(system, 20 * HOUR)
        for event, answer in committed[-1:]:
            self.assertEqual(client.ask(event), answer)
        self.set_clock(system, 0)
        for event, answer in committed[-2:]:
            self.assertEqual(client.ask(event), answer)

    def test_records_keep_their_order(self):
        """`observed_at` is the source's, numbers are the territory's: neither asks the clock."""
        system = self.begin_with_clock(workers=0)
        client = system.connect()
        rng = random.Random(5)
        first = client.do("learner.put", records.learner(rng, 1))
        self.set_clock(system, -400 * DAY)
        second = client.do("learner.put", records.learner(rng, 1))
        self.assertEqual((second["record"], second["result"], second["revision"]),
                         (first["record"], "updated", first["revision"] + 1))
        client.do("learner.erase", records.target(1))
        third = client.do("learner.put", records.learner(rng, 1))
        self.assertEqual((third["result"], third["record"]),
                         ("created", f"L{first['revision'] + 3}"))


if __name__ == "__main__":
    main()
