"""Answers that would be too long come in pages, and nothing is lost between two of them."""

import json
import random

import records
from client import Rejected, msgpack
from system import TERRITORY, SystemTest, main, run

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
        found = []
        while True:
            answer = self.ask(client, type_, **body)
            found += answer[items]
            if answer["next"] in (0, "", body.get("after")):
                return found
            body["after"] = answer["next"]

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

    def test_matches_with_many_reasons(self):
        client = self.begin(workers=1).connect()
        query = self.system.connect("query")
        rng = random.Random(6)
        skills = records.SKILLS[:30]
        offer = client.do("offer.put", {
            **records.origin(1), "title": "Couteau suisse",
            "requirements": [{"skill": skill, "required": True} for skill in skills]})["record"]
        for number in range(40):  # several of one score, and more than a list holds
            claims = [{"skill": skill, "level": 2 + number % 3} for skill in skills]
            body = {**records.origin(number), "claims": claims[:len(claims) - number % 2]}
            client.do("learner.put", body)
        self.system.wait_quiet()
        whole = self.all(query, "matches", "matches", id=offer, limit=32)
        self.assertEqual(len({match["id"] for match in whole}), 32)
        percents = [(match["score"] + 50) // 100 for match in whole]
        self.assertEqual(percents, sorted(percents, reverse=True))
        first = self.ask(query, "matches", id=offer, limit=32)
        self.assertLess(len(first["matches"]), 32)
        self.assertEqual({match["reasons_left"] for match in whole}, {0})
        for limit in (1, 5):
            self.assertEqual(self.all(query, "matches", "matches", id=offer, limit=limit), whole)
        # What no page ends with is refused, not answered with the first one.
        for after, code in (("ffffffffffffffff", "bad_format"), ("2711000000000000", "bad_format"),
                            ("the page before!", "bad_format"), (first["next"][1:], "out_of_bounds"),
                            ("", "out_of_bounds")):
            answer = query.try_ask({"type": "matches", "body": {"id": offer, "after": after}})
            self.assertEqual(answer["status"], "rejected", answer)
            self.assertEqual([(error["code"], error["path"]) for error in answer["errors"]],
                             [(code, "body.after")])
        # What goes in front of a page's end does not shift what follows it.
        page = self.ask(query, "matches", id=offer, limit=5)
        client.do("learner.withdraw", {"id": whole[0]["id"]})
        self.system.wait_quiet()
        rest = self.all(query, "matches", "matches", id=offer, limit=10, after=page["next"])
        known = {match["id"] for match in whole}  # another may have come into the list
        self.assertEqual([match for match in rest if match["id"] in known], whole[5:])
        lines = run("matches", "--offer", offer, "--limit", "32", "--json", "--territory",
                    TERRITORY, state=self.system.state).splitlines()
        self.assertEqual(len(lines), 32)
        learner = client.do("learner.put", records.learner(rng, 99))["record"]
        self.assertEqual(self.ask(query, "explain", learner=learner, offer=offer)["matches"][0]
                         ["reasons_left"], 0)

    def test_more_territories_than_one_answer_holds(self):
        client = self.begin(workers=0).connect()
        query = self.system.connect("query")
        names = [f"t{number * 7 % 100}" for number in range(100)]
        for name in names:
            slots = 64 if name in ("t30", "t31", "t32", "t33", "t34") else 2
            client.do("territory.put", {"label": name * 40, "slots": slots}, territory=name)
        found, after = [], {}
        while True:
            answer = self.ask(query, "status", **after)
            found += answer["territories"]
            if not answer["next"]:
                break
            self.assertEqual(answer["next"], found[-1]["name"])
            after = {"after": answer["next"]}
        expected = sorted([*names, TERRITORY])
        self.assertEqual([territory["name"] for territory in found], expected)
        self.assertEqual([len(territory["slots"]) for territory in found if territory["name"] in
                          ("t30", "t31", "t40")], [64, 64, 2])
        whole = json.loads(run("status", "--json", state=self.system.state))
        self.assertEqual([territory["name"] for territory in whole["territories"]], expected)
        shown = run("status", state=self.system.state)
        self.assertTrue(all(f"\n{name} " in shown for name in expected))
        one = query.ask({"type": "status", "territory": "t99"})["territories"]
        self.assertEqual([territory["name"] for territory in one], ["t99"])
        with self.assertRaises(Rejected) as raised:
            query.ask({"type": "status", "territory": "nowhere"})
        self.assertEqual(raised.exception.codes, ["unknown_territory"])

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
