"""Whatever is done in whatever order, the lists end up as if computed at once."""

from harness import seeded
from load import Load
from system import SystemTest, main


class ConvergenceTest(SystemTest):
    def test_lists_are_right_after_everything_that_can_happen(self):
        rng = seeded("convergence")
        system = self.begin(workers=2)
        load = Load(system, rng, clients=4, people=250)
        load.run(700)
        for _ in range(4):
            for worker in system.workers:
                load.run(rng.randrange(10, 60))
                worker.kill()
                load.run(rng.randrange(10, 60))
                worker.start()
            load.run(100)
            load.settle()
            counts = system.verify()
            self.assertEqual(counts["problems"], 0)
            self.assertGreater(counts["entries"], 500)
        load.check()

    def test_workers_that_come_and_go_share_the_slots(self):
        rng = seeded("convergence")
        system = self.begin(workers=1)
        load = Load(system, rng, clients=2, people=100)
        load.run(200)
        second = system.worker(2).start()
        system.workers.append(second)
        while len({slot["owner"] for slot in system.status()["slots"] if slot["live"]}) < 2:
            load.run(10)
        system.workers[0].stop()  # in order: its slot is free at once
        while len({slot["owner"] for slot in system.status()["slots"] if slot["live"]}) != 1 or \
                not all(slot["live"] for slot in system.status()["slots"]):
            load.run(10)
        load.settle()
        self.assertEqual(system.verify()["problems"], 0)
        load.check()


if __name__ == "__main__":
    main()
