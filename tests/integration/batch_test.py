"""Events that go to the store in one call."""

import random

import records
from harness import read_library
from system import SystemTest, main

MANY = 200


class BatchTest(SystemTest):
    def send_all(self, client, events):
        """Sends all before it reads any reply; returns these by request id."""
        for event in events:
            client.send(event)
        replies = [client.receive(30) for _ in events]
        return {reply["id"]: reply for reply in replies}

    def test_calls_are_shared(self):
        """Many events at once come to fewer calls than events; each has its own answer."""
        system = self.begin(workers=1)
        client, rng = system.connect(), random.Random(1)
        before = self.calls(system)
        events = [client.event("learner.put", records.learner(rng, i)) for i in range(MANY)]
        events.append(client.event("learner.put", {**records.learner(rng, 1), "cohort": "C99"}))
        replies = self.send_all(client, events)
        self.assertEqual([replies[event["id"]]["status"] for event in events],
                         ["ok"] * MANY + ["rejected"])
        self.assertEqual(len({replies[event["id"]]["record"] for event in events[:-1]}), MANY)
        self.assertLess(self.calls(system) - before, MANY // 2)
        self.assertEqual(system.verify()["problems"], 0)

    def test_one_the_store_will_not_have_harms_nobody_else(self):
        system = self.begin(workers=1)
        client, rng = system.connect(), random.Random(2)
        system.store().function_load(
            read_library().replace(b"BLOB_MAX = 1048576", b"BLOB_MAX = 2000"), replace=True)
        events = [client.event("learner.put", records.learner(rng, i)) for i in range(MANY)]
        events[MANY // 2]["body"]["claims"] += [
            {"words": f"savoir-faire {i} que personne ne connait"} for i in range(60)]
        replies = self.send_all(client, events)
        self.assertEqual([i for i, event in enumerate(events)
                          if replies[event["id"]]["status"] != "ok"], [MANY // 2])
        self.assertEqual(replies[events[MANY // 2]["id"]]["status"], "retry")
        self.assertEqual(system.verify()["problems"], 0)

    def calls(self, system):
        return system.store().info("commandstats").get("cmdstat_fcall", {"calls": 0})["calls"]


if __name__ == "__main__":
    main()
