"""The text-worker: reads drafts, whoever kills it and whenever."""

from harness import wait_until
from system import SystemTest, main, need_faults

OBSERVED = "2026-11-25T08:00:00.000Z"  # a Wednesday
TEXT = "Cherche développeur web, permis B exigé, CDI, 8h30-17h. HTML et CSS indispensables."
LEARNER = {"source": "test", "reference": "l", "observed_at": OBSERVED,
           "licences": [{"category": "b"}],
           "claims": [{"skill": "html", "level": 3}, {"skill": "css", "level": 3}]}


class TextWorkerTest(SystemTest):
    def put(self, reference="o", **more):
        return self.intake.do("offer.put", {
            "source": "test", "reference": reference, "observed_at": OBSERVED,
            "title": "Développeur web (H/F)", "description": TEXT, **more}, draft=True)["record"]

    def stored(self, record):
        return self.system.ask("record.get", id=record)["records"][0]

    def recognised(self, record):
        """What was recognised, once it was."""
        return wait_until(lambda: self.stored(record).get("draft", {}).get("recognised"),
                          f"{record} is read", 60)

    def begin(self, workers=1, **options):
        system = super().begin(workers, **{"readers": 1, **options})
        self.intake = system.connect()
        return system

    def test_a_draft_is_read_and_confirmed(self):
        self.begin()
        learner = self.intake.do("learner.put", LEARNER)["record"]
        record = self.put()
        recognised = self.recognised(record)
        stored = self.stored(record)
        proposed = stored["draft"]["proposed"]
        self.assertEqual(stored["state"], "draft")
        self.assertNotIn("contract", stored["record"])
        self.assertEqual(proposed["contract"], "cdi")
        self.assertEqual(proposed["licences"], [{"category": "b", "required": True}])
        self.assertIn({"day": "monday", "from": "08:30", "to": "17:00"}, proposed["schedule"])
        skills = {item["skill"]: item["required"] for item in proposed["requirements"]}
        self.assertTrue(skills["html"])
        self.assertLessEqual(len(recognised.get("questions", [])), 3)
        self.assertNotIn("contract", recognised.get("questions", []))
        self.system.verify()
        self.assertEqual(self.system.ask("matches", id=record)["matches"], [])
        answer = self.intake.do("offer.confirm", {"id": record}, if_revision=stored["revision"])
        self.assertEqual(answer["result"], "updated")
        self.system.verify()
        self.assertEqual([match["id"] for match in self.system.ask("matches", id=record)["matches"]],
                         [learner])

    def test_what_is_said_in_fields_stays(self):
        self.begin()
        record = self.put(contract="cdd", requirements=[{"skill": "php", "required": True}])
        recognised = self.recognised(record)
        proposed = self.stored(record)["draft"]["proposed"]
        self.assertEqual(proposed["contract"], "cdd")
        self.assertEqual([item["skill"] for item in proposed["requirements"]], ["php"])
        self.assertIn("html", [item["skill"] for item in recognised["skills"]])

    def test_another_text_is_read_anew(self):
        self.begin()
        record = self.put()
        self.recognised(record)
        self.put(description="CDD, PHP.", observed_at="2026-11-26T08:00:00.000Z")
        wait_until(lambda: self.stored(record)["draft"]["proposed"].get("contract") == "cdd",
                   "the new text is read")
        self.system.verify()

    def test_offers_of_trusted_sources_open_once_they_are_read(self):
        self.begin(trusted_sources="other,test")
        record = self.put()
        wait_until(lambda: self.stored(record)["state"] == "open", f"{record} is open")
        self.assertEqual(self.stored(record)["record"]["contract"], "cdi")
        self.system.verify()

    def test_killed_at_any_moment_it_reads_each_text_once(self):
        need_faults()
        self.begin(readers=0)
        records = [self.put(f"o{i}") for i in range(6)]
        for fault in ("text-reading:2", "text-before-commit:1", "text-committed:1"):
            reader = self.system.reader()
            reader.start(fault=fault).wait_ended()
            reader.close()
        self.system.readers = [self.system.reader().start()]
        for record in records:
            self.recognised(record)
        self.system.verify()
        read = [change["id"] for change in self.system.changes()
                if change["operation"] == "recognise"]
        self.assertEqual(sorted(read), sorted(records))

    def test_a_text_that_ends_its_readers_is_given_up(self):
        need_faults()
        self.begin(readers=0)
        record = self.put()
        for _ in range(3):
            reader = self.system.reader()
            reader.start(fault="text-reading:1").wait_ended()
            reader.close()
        self.system.readers = [self.system.reader().start()]
        self.assertTrue(self.recognised(record)["unreadable"])
        self.system.verify()

    def test_the_store_comes_back(self):
        self.begin()
        first = self.put("a")
        self.recognised(first)
        self.system.redis.kill()
        self.system.start_redis()
        second = wait_until(lambda: self.try_put("b"), "the store takes events")
        self.recognised(second)
        self.system.verify()

    def try_put(self, reference):
        try:
            return self.put(reference)
        except Exception:  # retry
            return None


if __name__ == "__main__":
    main()
