"""Answers that would be too long come in pages, and nothing is lost between two of them."""

import random

import records
from client import Rejected, msgpack
from system import SystemTest, main

REPLY_BYTES = 48 * 1024


class PagesTest(SystemTest):
    def ask(self, client, type_, **body):
        """The answer; its size is within what the protocol promises."""
        client.send(client.message({"type": type_, "body": body}))
        self.assertNotEqual(client.socket.poll(20000), 0, f"an answer to {type_}")
        data = client.socket.recv()
        self.assertLessEqual(len(data), REPLY_BYTES)
        answer = msgpack.unpackb(data)
        self.assertEqual(answer["status"], "ok", answer)
        return answer

    def all(self, client, type_, items, **body):
        found, after = [], 0
        while True:
            answer = self.ask(client, type_, after=after, **body)
            found += answer[items]
            if answer["next"] in (0, after):
                return found
            after = answer["next"]

    def large(self, rng, number):
        """Much more than fits into one page for some dozens."""
        words = "peinture sur soie et autres tissus fins, avec des teintures naturelles de saison"
        claims = [{"words": f"{words} {number} {i}"} for i in range(110)]
        return records.learner(rng, number, claims=claims)

    def test_large_records_and_long_lists_of_words(self):
        client = self.begin(workers=0).connect()
        query = self.system.connect("query")
        rng = random.Random(1)
        put = [client.do("learner.put", self.large(rng, number))["record"] for number in range(80)]
        for limit in (7, 500):
            found = self.all(query, "record.list", "records", kind="learner", limit=limit,
                             personal=True)
            self.assertEqual([record["id"] for record in found], put)
            self.assertTrue(all("contact" in record["record"] for record in found))
        self.assertEqual(len(self.all(query, "unrecognised", "words", limit=1000)), 80 * 110)

    def test_a_long_log(self):
        client = self.begin(workers=0).connect()
        query = self.system.connect("query")
        rng = random.Random(2)
        client.do("learner.put", records.learner(rng, 1))
        for _ in range(400):
            client.do("learner.withdraw", records.target(1))
            client.do("learner.reopen", records.target(1))
        changes = self.all(query, "changes", "changes", limit=1000)
        self.assertEqual([change["seq"] for change in changes], list(range(1, len(changes) + 1)))
        self.assertGreater(len(changes), 800)

    def test_as_many_slots_as_there_can_be(self):
        client = self.begin(workers=0).connect()
        with self.system.store() as store:
            files = store.hmget("p:{demo}:meta", "referential", "communes")
        client.territory = "wide"
        client.do("territory.put", {"label": "Wide", "slots": 64})
        client.do("referential.adopt", dict(zip(("referential", "communes"), files)))
        record = client.do("learner.put", records.learner(random.Random(3), 1))["record"]
        query = self.system.connect("query")
        query.territory = "wide"
        self.assertEqual(self.ask(query, "matches", id=record)["matches"], [])

    def test_words_without_a_letter_are_refused(self):
        client = self.begin(workers=0).connect()
        for type_, body in (("skill.attach", {"words": "!!! ?", "skill": records.SKILLS[0]}),
                            ("skill.detach", {"words": "!!! ?"})):
            with self.assertRaises(Rejected) as raised:
                client.do(type_, body)
            self.assertEqual(raised.exception.answer["errors"][0]["path"], "body.words")

    def test_news_from_before_1970(self):
        client = self.begin(workers=1).connect()
        body = records.learner(random.Random(4), 1, observed_at="1960-01-01T00:00:00.000Z")
        record = client.do("learner.put", body)["record"]
        got = self.ask(self.system.connect("query"), "record.get", id=record)["records"][0]
        self.assertEqual(got["record"]["observed_at"], body["observed_at"])
        self.assertEqual(self.system.verify()["problems"], 0)


if __name__ == "__main__":
    main()
