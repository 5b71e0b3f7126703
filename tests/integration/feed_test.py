"""What a subscriber is told: each change, and each list once for every commit of it."""

import collections
import random

import records
from client import Subscriber
from harness import wait_until
from load import Load
from system import TERRITORY, SystemTest, main


class FeedTest(SystemTest):
    def subscribe(self, system, topic=TERRITORY):
        """A subscriber that is surely heard: subscriptions take effect some time after."""
        subscriber = Subscriber(system.socket("feed"), topic)
        self.addCleanup(subscriber.close)
        client = system.connect()

        def heard():
            client.do("employer.put", records.employer(None, 1))
            return subscriber.receive(0.2)

        wait_until(heard, "the feed reaches the subscriber")
        return subscriber

    def drain(self, subscriber, seconds):
        """What comes, until nothing does for a while."""
        messages = []
        while (message := subscriber.receive(seconds)) is not None:
            messages.append(message)
            self.assertLess(len(messages), 10_000, "it goes on and on")
        return messages

    def gather(self, subscriber, messages, until):
        """Receives until the condition on what came holds."""
        def come():
            messages.extend(self.drain(subscriber, 0.0))
            return until(messages)
        wait_until(come, "the feed told everything", 40)

    @staticmethod
    def changed(messages):
        return [message["seq"] for message in messages if message["kind"] == "changed"]

    @staticmethod
    def stored(system):
        """What the workers committed, from Redis itself."""
        with system.store() as store:
            entries = store.xrange("p:{demo}:feed")
        return [(int(entry["s"]), int(entry["c"]), entry["l"].split(" ")) for _, entry in entries]

    @staticmethod
    def told(messages):
        return [(message["slot"], message["cursor"], message["ids"])
                for message in messages if message["kind"] == "matches"]

    def assert_once_in_a_commit(self, entries, begin):
        """A commit comes in parts; the last one moves the cursor."""
        lists, cursors = collections.defaultdict(list), {}
        for slot, cursor, ids in entries:
            lists[slot] += ids
            if cursor > cursors.get(slot, begin):
                self.assertEqual(len(lists[slot]), len(set(lists[slot])))
                lists[slot] = []
                cursors[slot] = cursor

    def test_tells_every_change_and_every_list_once(self):
        system = self.begin(workers=2)
        subscriber = self.subscribe(system)
        system.wait_quiet()
        begin = system.status()["seq"]
        messages = []
        load = Load(system, random.Random(1), clients=2, people=40)
        for _ in range(10):
            load.run(20)
            self.gather(subscriber, messages, lambda _: True)
        load.settle()
        system.wait_quiet()
        stored, end = self.stored(system), system.status()["seq"]
        self.gather(subscriber, messages, lambda all_: len(self.told(all_)) >= len(stored) and
                    max(self.changed(all_)) >= end)
        self.assertEqual(self.told(messages), stored)
        self.assertGreater(sum(len(ids) for _, _, ids in stored), 100)
        self.assert_once_in_a_commit(stored, begin)
        changed = [seq for seq in self.changed(messages) if seq > begin]
        self.assertEqual(changed, [entry["seq"] for entry in system.changes(begin)])
        for message in messages:
            self.assertEqual((message["v"], message["territory"]), (1, TERRITORY))
            self.assertLessEqual(set(message), {"v", "territory", "kind", "seq", "operation", "id",
                                                "slot", "cursor", "ids"})

    def test_tells_what_a_change_was(self):
        system = self.begin(workers=0)
        subscriber = self.subscribe(system)
        client = system.connect()
        begin = system.status()["seq"]
        rng = random.Random(2)
        answers = [client.do("learner.put", records.learner(rng, 1)),
                   client.do("learner.withdraw", records.target(1)),
                   client.do("learner.erase", records.target(1)),
                   client.do("territory.put", {"label": "Autre"})]
        messages = []
        self.gather(subscriber, messages,
                    lambda all_: all_ and max(self.changed(all_)) == answers[-1]["revision"])
        messages = [message for message in messages if message["seq"] > begin]
        learner = answers[0]["record"]
        self.assertEqual([(message["seq"], message["operation"], message.get("id"))
                          for message in messages],
                         [(answer["revision"], operation, identity) for answer, operation, identity
                          in zip(answers, ["put", "state", "erase", "territory"],
                                 [learner, learner, learner, None])])

    def test_survives_the_daemon_and_the_store(self):
        system = self.begin(workers=2)
        subscriber = self.subscribe(system)
        client = system.connect()
        rng = random.Random(3)
        number = 100
        for victim in (system.daemon, system.redis, system.daemon):
            victim.kill()
            if victim is system.redis:
                system.start_redis()
            else:
                victim.start()
            system.daemon.wait_ready()
            self.drain(subscriber, 0.0)
            kinds = set()

            def both_kinds():
                nonlocal number
                number += 1
                client.do("learner.put", records.learner(rng, number))
                client.do("offer.put", records.offer(rng, number, requirements=[
                    {"skill": skill} for skill in records.SKILLS[:30]]))
                kinds.update(message["kind"] for message in self.drain(subscriber, 0.1))
                return kinds == {"changed", "matches"}

            wait_until(both_kinds, f"the feed goes on without {victim.name} of before", 60)
        self.assertEqual(system.verify()["problems"], 0)

    def test_a_gap_is_filled_by_asking(self):
        system = self.begin(workers=0)
        subscriber = self.subscribe(system)
        seen = system.status()["seq"]
        load = Load(system, random.Random(4), clients=2, people=40)
        load.run(30)
        system.daemon.kill()
        system.daemon.start()
        load.run(30)
        load.settle()
        messages = []
        end = system.status()["seq"]
        missed = [entry["seq"] for entry in system.changes(seen)]
        self.assertEqual(missed, list(range(seen + 1, end + 1)))
        self.gather(subscriber, messages, lambda _: True)
        self.assertLessEqual(set(self.changed(messages)), set(range(1, end + 1)))

    def test_only_one_territory_is_told_to_who_wants_one(self):
        system = self.begin(workers=0)
        client = system.connect()
        client.do("territory.put", {"label": "Autre"}, territory="demonstration")
        subscriber = self.subscribe(system, "demonstration")
        client.do("employer.put", records.employer(None, 7))
        client.territory = "demonstration"
        wanted = client.do("employer.put", records.employer(None, 7))["revision"]
        messages = []
        self.gather(subscriber, messages, lambda all_: wanted in self.changed(all_))
        self.assertEqual({message["territory"] for message in messages}, {"demonstration"})


if __name__ == "__main__":
    main()
