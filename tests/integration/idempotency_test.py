"""The same request id gets the same answer, whatever happened in between."""

import random

import records
from client import Rejected, tomorrow
from system import SystemTest, main


class IdempotencyTest(SystemTest):
    def events(self, client):
        """One of each kind, each possible after those before it."""
        rng = random.Random(1)
        skill = records.SKILLS[0]
        return [client.event(type_, body, **envelope) for type_, body, envelope in [
            ("territory.put", {"label": "Nord"}, {}),
            ("programme.put", {**records.origin(1), "name": "Web"}, {}),
            ("cohort.put", {**records.origin(1), "programme": "P{programme}", "name": "Web 1"}, {}),
            ("employer.put", records.employer(rng, 1), {}),
            ("learner.put", records.learner(rng, 1), {}),
            ("learner.put", records.learner(rng, 2), {"if_revision": 0}),
            ("offer.put", records.offer(rng, 1), {}),
            ("skill.attach", {"words": "retouche de vieilles photos", "skill": skill}, {}),
            ("skill.detach", {"words": "retouche de vieilles photos"}, {}),
            ("learner.withdraw", records.target(1), {}),
            ("learner.reopen", records.target(1), {}),
            ("offer.close", records.target(1), {}),
            ("offer.reopen", records.target(1), {}),
            ("offer.withdraw", records.target(1), {}),
            ("day.changed", {"day": tomorrow()}, {}),
            ("learner.erase", records.target(1), {}),
            ("offer.erase", records.target(1), {}),
            ("employer.erase", records.target(1), {}),
        ]]

    def commit_all(self, client):
        committed = []
        for event in self.events(client):
            if event["type"] == "cohort.put":
                event["body"]["programme"] = committed[-1][1]["record"]
            committed.append((event, client.ask(event)))
        return committed

    def check_all(self, system, committed):
        seq = system.status()["seq"]
        client = system.connect()
        for event, answer in committed:
            self.assertEqual(client.ask(event), answer, event["type"])
        self.assertEqual(system.status()["seq"], seq)

    def test_the_same_answer_again_after_any_restart(self):
        system = self.begin(workers=1)
        committed = self.commit_all(system.connect())
        self.check_all(system, committed)
        system.daemon.stop()
        system.daemon.start()
        system.daemon.wait_ready()
        self.check_all(system, committed)
        system.redis.stop()
        system.start_redis()
        self.check_all(system, committed)
        system.daemon.kill()
        system.redis.kill()
        system.start_redis()
        system.daemon.start()
        system.daemon.wait_ready()
        self.check_all(system, committed)
        self.assertEqual(system.verify()["problems"], 0)

    def refused(self, client, event):
        with self.assertRaises(Rejected) as caught:
            client.ask(event)
        return [(error["code"], error["path"]) for error in caught.exception.answer["errors"]]

    def test_another_body_is_refused_across_restarts(self):
        system = self.begin(workers=0)
        client = system.connect()
        event = client.event("employer.put", records.employer(None, 1))
        answer = client.ask(event)
        others = [
            {**event, "body": {**event["body"], "name": "Autre"}},
            {**event, "occurred_on": "2020-01-01"},
            {**event, "if_revision": answer["revision"]},
            {**event, "type": "employer.erase", "body": records.target(1)},
        ]
        for _ in range(2):
            for other in others:
                self.assertEqual(self.refused(client, other), [("request_reused", "id")])
            self.assertEqual(client.ask(event), answer)
            system.daemon.kill()
            system.daemon.start()
            system.daemon.wait_ready()
        self.assertEqual(system.status()["seq"], answer["revision"])

    def test_a_refused_request_leaves_its_id_free(self):
        system = self.begin(workers=0)
        client = system.connect()
        early = client.event("learner.withdraw", records.target(1))
        self.assertEqual(self.refused(client, early), [("unknown_record", "body.id")])
        created = client.do("learner.put", records.learner(random.Random(2), 1))
        answer = client.ask(early)
        self.assertEqual((answer["result"], answer["record"]), ("updated", created["record"]))

    def test_many_repeats_under_way_at_once_are_one_event(self):
        system = self.begin(workers=0)
        clients = [system.connect() for _ in range(4)]
        seq = system.status()["seq"]
        event = clients[0].event("employer.put", records.employer(None, 1))
        for client in clients:
            for _ in range(50):
                client.send(event)
        answers = [client.receive(20) for client in clients for _ in range(50)]
        self.assertEqual(len({str(answer) for answer in answers}), 1)
        self.assertEqual(answers[0]["revision"], seq + 1)
        self.assertEqual(system.status()["seq"], seq + 1)


if __name__ == "__main__":
    main()
