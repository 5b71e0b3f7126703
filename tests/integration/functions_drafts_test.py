"""Offers that came as text: drafts until they are confirmed."""

import unittest

from functions_case import FunctionsTest

KEPT = ("draft", "proposed", "recognised", "confirmed")


class DraftsTest(FunctionsTest):
    def setUp(self):
        super().setUp()
        self.redis.xgroup_create(self.t.key("reading"), "text", id="0", mkstream=True)

    def draft(self, reference="a", rule="draft", **options):
        """A new draft: its number."""
        answer = self.t.put_text(reference, rule=rule, **options)
        self.assertEqual(answer[3], "created")
        return int(answer[2])

    def read(self, number, **options):
        """Its text is read; the answer."""
        job = next(job for job, offer in self.t.jobs() if offer == number)
        return self.t.recognised(job, number, self.t.record(f"O{number}")["revision"], **options)

    def state_of(self, number):
        return self.t.record(f"O{number}")["state"]

    def kept(self, number):
        """What is kept of it beside the record."""
        return {suffix: value.decode() for suffix in KEPT
                if (value := self.redis.hget(self.t.key(suffix), number)) is not None}

    def test_text_makes_a_draft_that_waits_for_its_reading(self):
        number = self.draft()
        self.assertEqual(self.state_of(number), "draft")
        self.assertEqual(self.kept(number), {"draft": "asks"})
        self.assertEqual([offer for _, offer in self.t.jobs()], [number])
        self.assertEqual(self.t.put("O", "b")[3], "created")
        self.assertEqual(self.state_of(number + 1), "open")
        self.assertEqual(self.kept(number + 1), {})

    def test_the_same_text_again_changes_nothing(self):
        number = self.draft()
        self.assert_silent(lambda: self.t.put_text("a")[3], "unchanged")
        self.assert_silent(lambda: self.t.put_text("a", observed=1)[3], "stale")
        self.assertEqual(len(self.t.jobs()), 1)
        self.read(number)
        self.assert_silent(lambda: self.t.put_text("a", observed=2000)[3], "unchanged")
        self.assertEqual(self.kept(number), {"draft": "asks", "recognised": "seen",
                                             "proposed": "made"})

    def test_a_reading_is_a_change_at_its_revision(self):
        number = self.draft()
        self.assertEqual(self.read(number), ["ok", str(number + 1), "draft"])
        record = self.t.record(f"O{number}")
        self.assertEqual((record["state"], record["blob"], record["revision"]),
                         ("draft", b"blob", number + 1))
        self.assertEqual(self.t.log()[-1], (f"0-{number + 1}", f"recognise O{number} 2025-03-01"))
        self.assertEqual(self.t.jobs(), [])

    def test_a_reading_of_what_has_changed_is_dropped(self):
        number = self.draft()
        job = self.t.jobs()[0][0]
        self.t.put_text("a", b"other", observed=2000)
        self.assert_silent(lambda: self.t.recognised(job, number, number), ["changed"])
        self.assertEqual(self.kept(number), {"draft": "asks"})
        self.assertEqual([offer for _, offer in self.t.jobs()], [number])
        self.assertEqual(self.read(number)[0], "ok")
        self.t.erase("O", number)
        self.assert_silent(lambda: self.t.recognised("1-1", number, number), ["changed"])

    def test_what_is_confirmed_becomes_what_was_proposed(self):
        number = self.draft()
        self.assertEqual(self.t.confirm(number), ["rejected", "wrong_state", f"O{number}",
                                                  "unread"])
        self.read(number)
        self.assertEqual(self.t.confirm(number, expected=1)[1], "revision_conflict")
        self.assertEqual(self.t.confirm(number, expected=number + 1)[3], "updated")
        record = self.t.record(f"O{number}")
        self.assertEqual((record["state"], record["blob"]), ("open", b"made"))
        self.assertEqual(list(self.kept(number)), ["confirmed"])
        self.assert_silent(lambda: self.t.confirm(reference="a")[3], "unchanged")
        self.assertEqual(self.t.log()[-1][1], f"confirm O{number} 2025-03-01")

    def test_the_same_text_again_leaves_what_was_confirmed(self):
        number = self.draft()
        self.read(number)
        self.t.confirm(number)
        self.assert_silent(lambda: self.t.put_text("a")[3], "unchanged")
        self.assertEqual(self.t.record(f"O{number}")["blob"], b"made")
        # Another text has to be confirmed anew.
        self.assertEqual(self.t.put_text("a", b"other", observed=3000)[3], "updated")
        self.assertEqual(self.state_of(number), "draft")
        self.assertEqual(self.kept(number), {"draft": "asks"})
        self.assertEqual(len(self.t.jobs()), 1)

    def test_a_record_confirms_it_whatever_was_proposed(self):
        number = self.draft()
        self.assertEqual(self.t.commit("put_confirmed", "O",
                                       *self.t.put_further("O", "a", b"mended"))[3], "updated")
        record = self.t.record(f"O{number}")
        self.assertEqual((record["state"], record["blob"]), ("open", b"mended"))
        self.assert_silent(lambda: self.t.put_text("a")[3], "unchanged")
        # Also when it changes nothing.
        other = self.draft("b")
        self.assertEqual(self.t.commit("put_confirmed", "O",
                                       *self.t.put_further("O", "b"))[3], "updated")
        self.assertEqual(self.state_of(other), "open")
        self.assertEqual(self.t.commit("put_confirmed", "O",
                                       *self.t.put_further("O", "b"))[3], "unchanged")
        # A job that is left finds no draft.
        self.assertEqual(self.read(other), ["changed"])

    def test_a_plain_put_leaves_it_a_draft_to_be_read_anew(self):
        number = self.draft()
        self.read(number)
        self.t.put("O", "a", b"other", observed=2000)
        self.assertEqual(self.state_of(number), "draft")
        self.assertEqual(self.kept(number), {"draft": "asks"})
        self.assertEqual([offer for _, offer in self.t.jobs()], [number])

    def test_one_of_a_trusted_source_opens_when_enough_is_known(self):
        number, poor = self.draft(rule="trusted"), self.draft("b", rule="trusted")
        self.assertEqual(self.kept(number), {"draft": "trusted"})
        self.assertEqual(self.read(number)[2], "open")
        self.assertEqual(self.t.record(f"O{number}")["blob"], b"made")
        self.assertEqual(list(self.kept(number)), ["confirmed"])
        self.assert_silent(lambda: self.t.put_text("a", rule="trusted")[3], "unchanged")
        self.assertEqual(self.read(poor, whole="0")[2], "draft")
        self.assertEqual(self.t.confirm(poor)[3], "updated")

    def test_one_that_was_withdrawn_comes_back_as_a_draft(self):
        number = self.draft()
        self.t.state("O", number, "withdrawn", "open", "draft")
        self.assertEqual(self.t.confirm(number), ["rejected", "wrong_state", f"O{number}",
                                                  "withdrawn"])
        self.assertEqual(self.read(number), ["changed"])
        self.t.state("O", number, "open", "withdrawn", "closed")
        self.assertEqual(self.state_of(number), "draft")
        self.assertEqual(self.read(number)[0], "ok")
        self.t.confirm(number)
        self.t.state("O", number, "closed", "open")
        self.t.state("O", number, "open", "closed")
        self.assertEqual(self.state_of(number), "open")

    def test_what_could_not_be_read_can_be_confirmed(self):
        number = self.draft()
        self.assertEqual(self.read(number, proposed="")[0], "ok")
        self.assertEqual(self.t.confirm(number)[3], "updated")
        self.assertEqual(self.t.record(f"O{number}")["blob"], b"blob")

    def test_nothing_is_left_of_what_is_erased(self):
        number = self.draft()
        self.read(number)
        self.t.erase("O", number)
        self.assertEqual(self.kept(number), {})
        other = self.draft("b")
        self.read(other)
        self.t.confirm(other)
        self.t.erase("O", other)
        self.assertEqual(self.kept(other), {})

    def test_a_reading_lifts_the_quarantine(self):
        number = self.draft()
        self.redis.hset(self.t.key("quarantine"), f"0:O{number}", number)
        self.read(number)
        self.assertEqual(self.t.hash("quarantine"), {})

    def test_drafts_and_texts_unread_are_counted(self):
        first = self.draft()
        self.draft("b")
        self.read(first)
        self.assertEqual(self.t.call("territory_status")[15:17], ["2", "1"])

    def test_drafts_in_one_call(self):
        self.t.hold()
        for reference in ("a", "b", "a"):
            self.t.put_text(reference, reference.encode())
        self.assertEqual([answer[3] for answer in self.t.commit_held()],
                         ["created", "created", "unchanged"])
        self.assertEqual(len(self.t.jobs()), 2)

    def test_what_breaks_the_contract_is_refused(self):
        number = self.draft()
        good = [self.t.jobs()[0][0], number, number, "2025-03-01", "1", b"seen", b"made"]
        self.assert_each_malformed("offer_recognised", good, {
            0: ["", "1", "x-1", "1-1 "], 1: ["", "0", "O1"], 2: ["", "x"], 3: ["", "2025-3-1"],
            4: ["", "2"], 5: [""], 6: [b"x" * 1048577]})

    def test_what_is_wrong_in_the_store_harms_no_other_event(self):
        for suffix in ("draft", "reading"):
            with self.subTest(suffix):
                self.redis.delete(self.t.key(suffix))
                self.redis.set(self.t.key(suffix), "wrong")
                self.t.hold()
                self.t.put_text(suffix)
                self.t.put("L", suffix)
                answers = self.t.commit_held()
                self.assertIsInstance(answers[0], Exception)
                self.assertEqual(answers[1][3], "created")
                self.redis.delete(self.t.key(suffix))


if __name__ == "__main__":
    unittest.main()
