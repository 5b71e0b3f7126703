"""kill -9 at random, 200 times, with clients at work."""

from harness import seeded
from load import Load
from system import SystemTest, main

ROUNDS, VERIFY_EVERY = 200, 25


class RandomCrashTest(SystemTest):
    def test_nothing_acknowledged_is_lost_and_nothing_is_applied_twice(self):
        rng = seeded("crash_random")
        system = self.begin(workers=2)
        load = Load(system, rng)
        for number in range(1, ROUNDS + 1):
            load.run(rng.randrange(1, 30))
            victim = rng.choices([system.daemon, system.redis, *system.workers], [4, 3, 3, 3])[0]
            victim.kill()
            if victim is system.redis:
                system.start_redis()
            else:
                victim.start()
            if number % VERIFY_EVERY == 0:
                load.settle()
                self.assertEqual(system.verify()["problems"], 0)
        load.settle()
        load.check()
        load.repeat_all()
        self.assertEqual(system.verify()["problems"], 0)


if __name__ == "__main__":
    main()
