"""Near-misses are named with how much is missing, and learners of one percentage take turns."""

import datetime
import json
import random

import records
from system import TERRITORY, SystemTest, main, run

SKILL = records.SKILLS[0]
FREE_FROM_9 = [{"day": day, "from": "09:00", "to": "18:00"} for day in ("monday", "tuesday")]


def mix48(value):
    low = (1 << 48) - 1
    value = (value ^ value >> 25) * 0x9e3779b97f4b & low
    value = (value ^ value >> 23) * 0xd1b54a32d193 & low
    return value ^ value >> 26


def turn(learner, offer, day):
    """Among those of one percentage, as matching/score.h says."""
    low = (1 << 48) - 1
    return mix48(mix48(mix48(learner) + offer & low) + day & low)


class NearTest(SystemTest):
    def put_learner(self, client, number, **body):
        return client.do("learner.put", {
            **records.origin(number), "claims": [{"skill": SKILL, "level": 3, "evidence": "work"}],
            **body})["record"]

    def put_offer(self, client, number, **body):
        return client.do("offer.put", {
            **records.origin(number), "title": f"Offre {number}",
            "requirements": [{"skill": SKILL, "level": 3, "required": True}], **body})["record"]

    def near(self, record, limit=200):
        """All of them, page by page, and how many records were looked at."""
        found, looked_at, body = [], 0, {"id": record, "limit": limit}
        while True:
            answer = self.system.query.ask({"type": "near", "body": body})
            found += answer["near"]
            looked_at += answer["looked_at"]
            if answer["next"] == 0:
                return found, looked_at
            self.assertGreater(answer["next"], body.get("after", 0))
            body["after"] = answer["next"]

    def test_who_misses_by_little_is_named(self):
        client = self.begin(workers=1).connect()
        offer = self.put_offer(
            client, 1, licences=[{"category": "b", "required": True}],
            schedule=[{"day": "monday", "from": "07:30", "to": "16:00"}])
        licence = [{"category": "b"}]
        fits = self.put_learner(client, 1, licences=licence)
        exam = (datetime.date.today() + datetime.timedelta(days=20)).isoformat()
        soon = self.put_learner(client, 2, licences=[
            {"category": "b", "holding": "in_progress", "expected_on": exam}])
        late = self.put_learner(client, 3, licences=licence, free_hours=FREE_FROM_9)
        self.put_learner(client, 4)  # no licence in sight
        self.put_learner(client, 5, licences=licence, claims=[])
        gone = self.put_learner(client, 6, licences=licence, free_hours=FREE_FROM_9)
        client.do("learner.withdraw", {"id": gone})
        self.system.wait_quiet()
        self.assertEqual([match["id"] for match in self.system.ask("matches", id=offer)["matches"]],
                         [fits])
        for limit in (1, 2, 200):
            found, looked_at = self.near(offer, limit)
            self.assertEqual([match["id"] for match in found], [soon, late])
            self.assertEqual(looked_at, 6)
        licence_gap, = found[0]["reasons"]
        self.assertEqual((licence_gap["constraint"], licence_gap["outlook_on"]), ("licence", exam))
        hours_gap, = found[1]["reasons"]
        self.assertEqual((hours_gap["constraint"], hours_gap["by"]), ("schedule", 90))
        self.assertEqual([match["id"] for match in self.near(late)[0]], [offer])
        self.assertEqual(self.near(fits)[0], [])
        # The pair is worth what it would be if nothing were missing.
        self.assertEqual(found[0]["score"], self.system.ask("matches", id=offer)["matches"][0]
                         ["score"])
        text = run("matches", offer, "--near", "--lang", "fr", "--territory", TERRITORY,
                   state=self.system.state)
        self.assertIn("permis B en cours, prévu le", text)
        self.assertIn("1 h 30 hors des heures libres de l'apprenant : lundi", text)
        lines = run("matches", late, "--near", "--json", "--territory", TERRITORY,
                    state=self.system.state).splitlines()
        self.assertEqual([json.loads(line)["id"] for line in lines], [offer])
        client.do("offer.close", {"id": offer})
        self.assertEqual(self.near(late)[0], [])
        self.assertEqual(self.near(offer)[0], [])

    def test_near_misses_are_those_of_every_pair(self):
        client = self.begin(workers=0).connect()
        rng = random.Random(11)
        learners = [client.do("learner.put", records.learner(rng, number))["record"]
                    for number in range(40)]
        offers = [client.do("offer.put", records.offer(rng, number))["record"]
                  for number in range(40)]
        found = set()
        for offer in offers:
            found |= {(match["id"], offer) for match in self.near(offer, 7)[0]}
        expected = set()
        for learner in learners:
            for offer in offers:
                pair = self.system.ask("explain", learner=learner, offer=offer)["matches"][0]
                barred = [one for one in pair["reasons"] if one["code"] == "barred"]
                few = 0 < len({one["constraint"] for one in barred}) <= 2
                if few and all(one["near"] for one in barred) and pair["employer"] > 0:
                    expected.add((learner, offer))
        self.assertEqual(found, expected)
        self.assertGreater(len(found), 5)
        from_learners = set()
        for learner in learners:
            from_learners |= {(learner, match["id"]) for match in self.near(learner, 3)[0]}
        self.assertEqual(from_learners, expected)

    def test_learners_of_one_percentage_take_turns(self):
        client = self.begin(workers=1).connect()
        offers = [self.put_offer(client, number) for number in range(4)]
        equal = [self.put_learner(client, number) for number in range(12)]
        worse = self.put_learner(client, 99, claims=[{"skill": SKILL, "level": 2}])
        self.system.wait_quiet()
        shown = [self.shown(offer) for offer in offers]
        for order in shown:
            self.assertEqual(order[-1], worse)
            self.assertEqual(set(order[:-1]), set(equal))
        self.assertGreater(len({tuple(order) for order in shown}), 1)
        day = (datetime.date.fromisoformat(self.system.status()["day"])
               - datetime.date(1970, 1, 1)).days
        for offer, order in zip(offers, shown):
            self.assertEqual(order[:-1], sorted(equal, reverse=True, key=lambda learner, of=offer:
                                                turn(int(learner[1:]), int(of[1:]), day)))
        self.system.verify()  # the stored lists are in the order of the scores

    def shown(self, offer):
        return [match["id"] for match in self.system.ask("matches", id=offer, limit=32)["matches"]]


if __name__ == "__main__":
    main()
