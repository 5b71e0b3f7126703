"""Many territories: names that come to nothing take no room."""

import random

import records
from client import Rejected
from harness import wait_until
from system import TERRITORY, SystemTest, main

ROOM = 1000  # territories of one daemon


class TerritoriesTest(SystemTest):
    def names(self):
        with self.system.store() as store:
            return store.smembers("p:territories")

    def put(self, client, name, **envelope):
        return client.event("territory.put", {"label": name}, territory=name, **envelope)

    def refused(self, client, event):
        with self.assertRaises(Rejected) as caught:
            client.ask(event)
        return caught.exception.codes

    def test_refused_ones_take_no_room(self):
        system = self.begin(workers=0)
        client = system.connect()
        for number in range(ROOM + 100):
            self.assertEqual(self.refused(client, self.put(client, f"t{number}", if_revision=7)),
                             ["revision_conflict"])
        self.assertEqual(client.ask(self.put(client, "real"))["result"], "created")
        wait_until(lambda: self.names() == {TERRITORY, "real"}, "the others are forgotten")
        self.assertEqual({territory["name"] for territory in system.ask("status")["territories"]},
                         {TERRITORY, "real"})
        self.assertEqual(client.ask(self.put(client, "t1"))["result"], "created")

    def test_what_comes_right_behind_shares_its_fate(self):
        system = self.begin(workers=0)
        client = system.connect()
        events = []
        for name, envelope in (("good", {}), ("bad", {"if_revision": 7})):
            body = records.employer(None, 1)
            events += [self.put(client, name, **envelope),
                       client.event("employer.put", body, territory=name)]
        for event in events:
            client.send(event)
        answers = {event["id"]: None for event in events}
        while None in answers.values():
            answer = client.receive(20)
            answers[answer["id"]] = answer
        told = [(answers[event["id"]]["status"],
                 [error["code"] for error in answers[event["id"]].get("errors", [])])
                for event in events]
        self.assertEqual(told, [("ok", []), ("ok", []), ("rejected", ["revision_conflict"]),
                                ("rejected", ["unknown_territory"])])
        for name, count in (("good", 1), ("bad", None)):
            query = {"type": "record.list", "territory": name, "body": {"kind": "employer"}}
            if count is None:
                self.assertEqual(self.refused(system.query, query), ["unknown_territory"])
            else:
                self.assertEqual(len(system.query.ask(query)["records"]), count)

    def test_a_name_that_a_crash_left_behind_goes(self):
        system = self.begin(workers=0)
        client = system.connect()
        client.do("employer.put", records.employer(random.Random(1), 1))
        system.daemon.kill()
        with system.store() as store:
            store.sadd("p:territories", "left", "over")
        system.daemon.start().wait_ready()
        wait_until(lambda: self.names() == {TERRITORY}, "the names are forgotten")
        self.assertEqual(self.refused(client, client.event("employer.put",
                                                           records.employer(None, 2),
                                                           territory="left")),
                         ["unknown_territory"])
        self.assertEqual(client.ask(self.put(client, "left"))["result"], "created")
        self.assertEqual(system.status()["employers"], 1)


if __name__ == "__main__":
    main()
