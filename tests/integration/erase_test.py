"""What is known of a person: sealed while it is kept, gone when it is erased."""

import json
import os
import random
import subprocess

import records
from client import Rejected
from harness import wait_until
from system import TERRITORY, SystemTest, main, run

SURNAME, GIVEN = "Quintefeuille", "Isabeau"
MAIL, PHONE, STREET = "isabeau@quintefeuille.example", "0639980042", "12 sente du Lavoir"
REFERENCE = "09876543210"
PERSONAL = [SURNAME, GIVEN, "quintefeuille.example", PHONE, "sente du Lavoir", REFERENCE]


def person(rng, **further):
    body = records.learner(rng, 1, **further)
    body.update(source="francetravail", reference=REFERENCE)
    body["contact"] = {"given_name": GIVEN, "family_name": SURNAME, "birth_date": "1987-06-05",
                       "email": MAIL, "phone": PHONE, "street": STREET}
    body["statistics"] = {"gender": "female", "birth_year": 1987, "diploma": "level_4"}
    return body


def traces(system):
    """Where anything of the person stands in the open, under the state directory."""
    found = subprocess.run(["grep", "-raliF", *(word for text in PERSONAL for word in ("-e", text)),
                            system.state], capture_output=True, text=True, check=False)
    return [path for path in found.stdout.splitlines() if path]


class EraseTest(SystemTest):
    def assert_no_trace(self, system):
        self.assertEqual(traces(system), [])

    def export(self, system, record):
        return json.loads(run("export", record, "--territory", TERRITORY, "--json",
                              state=system.state))

    def test_nothing_of_a_person_stands_in_the_open_at_any_time(self):
        system = self.begin(workers=1, log_level="debug")
        client = system.connect()
        rng = random.Random(1)
        for number in range(100, 120):
            client.do("offer.put", records.offer(rng, number))
        record = client.do("learner.put", person(rng))["record"]
        self.assert_no_trace(system)
        client.do("learner.put", person(rng, prescriber="Autre"))
        system.wait_quiet()
        self.assert_no_trace(system)
        # Refusals, whose words go to logs as well.
        for wrong in ({"claims": [{"skill": SURNAME, "level": 9}]}, {"cohort": "C99999"},
                      {"place": {"commune": "00000", "town": SURNAME}}):
            with self.assertRaises(Rejected):
                client.do("learner.put", {**person(rng), **wrong})
        client.send({**client.event("learner.put", {}), "type": SURNAME})
        self.assertEqual(client.receive(10)["status"], "rejected")
        self.assert_no_trace(system)
        self.assertIn(SURNAME, json.dumps(self.export(system, record), ensure_ascii=False))
        # The file rewritten, and everything restarted.
        with system.store() as store:
            store.bgrewriteaof()
            wait_until(lambda: store.info("persistence")["aof_rewrite_in_progress"] == 0 and
                       store.info("persistence")["aof_rewrite_scheduled"] == 0, "the rewrite")
        self.assert_no_trace(system)
        system.daemon.kill()
        system.redis.kill()
        system.start_redis()
        system.daemon.start()
        system.daemon.wait_ready()
        answer = system.ask("record.get", id=record, personal=True)["records"][0]["record"]
        self.assertEqual(answer["contact"]["family_name"], SURNAME)
        self.assert_no_trace(system)
        client.do("learner.erase", {"id": record})
        self.assert_no_trace(system)

    def test_words_of_a_person_do_not_reach_what_workers_may_read(self):
        """Free text nobody recognised stays with the learner's matching data, by design; but the
        personal and statistics classes are sealed."""
        system = self.begin(workers=1)
        client = system.connect()
        record = client.do("learner.put", person(random.Random(2)))["record"]
        with system.store(decode=False) as store:
            dump = store.hget("p:{demo}:record:learner", record[1:])
        for text in (*PERSONAL, "1987", "female", "level_4"):
            self.assertNotIn(text, str(dump))

    def test_an_erased_person_cannot_be_found_any_more(self):
        system = self.begin(workers=1)
        client = system.connect()
        rng = random.Random(3)
        offers = [client.do("offer.put", records.offer(rng, number, requirements=[
            {"skill": skill} for skill in records.SKILLS[:30]]))["record"]
            for number in range(30)]
        other = client.do("learner.put", records.learner(rng, 50))["record"]
        record = client.do("learner.put", {**person(rng), "contracts": [], "roles": []})["record"]
        system.wait_quiet()
        lists = [system.ask("matches", id=offer, limit=32)["matches"] for offer in offers]
        self.assertTrue(any(match["id"] == record for matches in lists for match in matches))
        client.do("learner.erase", {"id": record, "reason": "asked"})

        # At once: the record, its contact, whoever looks for it by any name.
        for body in ({"id": record}, {"id": record, "personal": True},
                     {"kind": "learner", "source": "francetravail", "reference": REFERENCE}):
            with self.assertRaises(Rejected) as caught:
                system.ask("record.get", **body)
            self.assertEqual(caught.exception.codes, ["unknown_record"])
        listed = system.ask("record.list", kind="learner", limit=500, personal=True)["records"]
        self.assertEqual([entry["id"] for entry in listed], [other])
        run("export", record, "--territory", TERRITORY, state=system.state, expect=1)
        whole = run("export", "--all", "--territory", TERRITORY, state=system.state)
        self.assertNotIn(SURNAME, whole)
        self.assertNotIn(f'"{record}"', whole)
        for offer in offers:
            self.assertNotIn(record, [match["id"] for match in
                                      system.ask("matches", id=offer, limit=32)["matches"]])
        # Once the workers have caught up: the lists.
        system.wait_quiet()
        self.assertEqual(system.verify()["problems"], 0)
        with system.store() as store:
            for slot in range(2):
                self.assertFalse(store.hexists(f"p:{{demo}}:lists:{slot}", record))
            self.assert_gone_from_the_store(store, record)
        # The same person may come again, and is someone new.
        again = client.do("learner.put", person(rng))
        self.assertEqual(again["result"], "created")
        self.assertNotEqual(again["record"], record)
        self.assertNotIn("warnings", again)

    def assert_gone_from_the_store(self, store, record):
        number = record[1:]
        for key in ("record:learner", "sealed:learner", "statistics:learner", "words:learner"):
            self.assertFalse(store.hexists(f"p:{{demo}}:{key}", number), key)
        self.assertEqual(store.getbit("p:{demo}:ids:learner", int(number)), 0)
        for numbers in store.hvals("p:{demo}:find"):
            self.assertNotIn(number, numbers.split(","))
        self.assertIsNotNone(store.hget("p:{demo}:meta", "rewrite"))

    def test_the_file_forgets_as_well(self):
        """Erased data leaves the append-only file with its next rewrite."""
        system = self.begin(workers=0)
        client = system.connect()
        record = client.do("learner.put", person(random.Random(4)))["record"]
        with system.store(decode=False) as store:
            box = store.hget("p:{demo}:sealed:learner", record[1:])
        self.assertTrue(self.in_file(system, box[16:48]))
        client.do("learner.erase", {"id": record})
        with system.store() as store:
            store.bgrewriteaof()
            wait_until(lambda: not self.in_file(system, box[16:48]), "the sealed box is gone")

    @staticmethod
    def in_file(system, needle):
        for folder, _, names in os.walk(system.path("redis")):
            for name in names:
                try:
                    with open(os.path.join(folder, name), "rb") as file:
                        if needle in file.read():
                            return True
                except FileNotFoundError:  # the rewrite has just removed it
                    pass
        return False


if __name__ == "__main__":
    main()
