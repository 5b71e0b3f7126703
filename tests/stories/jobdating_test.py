"""The job dating of a Thursday afternoon, from its firms and learners to a timetable that holds:
nobody in two places, nobody after they have left, everyone with their minimum or a sentence."""

import collections
import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))

import records
from client import observed
from system import TERRITORY, SystemTest, main, run

FIRMS, LEARNERS, MINIMUM = 14, 70, 2
PAIRED, LEAVING, MISFIT, HELPED = 0, 1, 69, (10, 11)


class ThursdayTest(SystemTest):
    def begin_with(self):
        self.system = self.begin(workers=1)
        self.client, rng = self.system.connect(), random.Random(1330)
        self.employers, self.offers = [], []
        for i in range(FIRMS):
            employer = self.client.do("employer.put", records.employer(rng, i))["record"]
            self.employers.append(employer)
            self.offers.append(self.client.do("offer.put", self.offer(rng, i, employer))["record"])
        self.learners = [self.client.do("learner.put", self.learner(rng, i))["record"]
                         for i in range(LEARNERS)]
        self.do("create", "Jeudi", "day=2026-12-10", "sessions=13:30-17:00 10+4", "tables=15",
                f"minimum_meetings={MINIMUM}")
        self.whole = json.loads(self.do("list", "--json"))["id"]
        self.do("helper", self.whole, "T2", "windows=14:00-16:30")
        self.bring("firms.csv", "employer;offers;recruiters;windows", [
            (employer, offer, 2 if i == PAIRED else "", "13:30-15:00" if i == LEAVING else "")
            for i, (employer, offer) in enumerate(zip(self.employers, self.offers))])
        self.bring("learners.csv", "learner;answer;helpers", [
            (learner, "confirmed", "T2" if i in HELPED else "")
            for i, learner in enumerate(self.learners)])

    @staticmethod
    def learner(rng, number):
        body = records.learner(rng, number, contracts=["internship" if number == MISFIT else "cdi"])
        body.pop("place", None)
        body.pop("travel", None)
        return body

    @staticmethod
    def offer(rng, number, employer):
        body = records.offer(rng, number, contract="cdi", employer=employer)
        body.pop("place", None)
        body["requirements"] = [{"skill": skill} for skill in rng.sample(records.SKILLS, 12)]
        return body

    def bring(self, name, header, rows):
        path = self.system.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join([header, *(";".join(map(str, row)) for row in rows)]))
        self.do("import", self.whole, path)

    def do(self, *words, expect=0):
        return run("jobdating", *words, "--territory", TERRITORY, state=self.system.state,
                   expect=expect, seconds=300)

    def timetable(self):
        return [json.loads(line) for line in
                self.do("timetable", self.whole, "--json").splitlines()]

    def assert_papers(self, meetings):
        folder = self.system.path("papers")
        self.do("export", self.whole, folder)

        def text(name):
            path = os.path.join(folder, name)
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600, name)
            with open(path, encoding="utf-8", newline="") as file:
                return file.read()
        names = {learner: (records.GIVEN[i % len(records.GIVEN)],
                           f"{records.SURNAMES[i % len(records.SURNAMES)]}-{i}")
                 for i, learner in enumerate(self.learners)}
        board, agendas = text("board.html"), text("agendas-learners.html")
        firms, signs = text("agendas-firms.html"), text("signs.html")
        for learner in {m["learner"] for m in meetings}:
            given, family = names[learner]
            self.assertNotIn(family, board)
            self.assertNotIn(family, firms)
            self.assertIn(f"<td>{given} {family[0]}.</td>", board)
            self.assertIn(f"<h1>{given} {family}</h1>", agendas)
        for paper in (board, agendas, firms, signs):
            self.assertNotIn("T2", paper)
        self.assertNotRegex(agendas, r"\d+ %|score|rank")
        self.assertIn("Tell of: ", agendas)
        self.assertEqual(signs.count("<section>"), FIRMS + 1)
        self.assertEqual(board.count("<tr>"), len(meetings) + board.count("<table>"))
        self.assertEqual(text("timetable.csv").count("\r\n"), len(meetings) + 1)
        learner = meetings[0]["learner"]
        calendar = text(f"calendar-{learner}.ics")
        self.assertEqual(calendar.count("BEGIN:VEVENT"),
                         sum(m["learner"] == learner for m in meetings))
        self.assertNotIn(names[learner][1], calendar)

    def assert_holds(self, meetings):
        """Looked at here, without any of the program's own code."""
        firms = collections.Counter((m["employer"], m["from"]) for m in meetings)
        for (employer, _), count in firms.items():
            self.assertLessEqual(count, 2 if employer == self.employers[PAIRED] else 1)
        people = collections.Counter((m["learner"], m["from"]) for m in meetings)
        self.assertEqual(set(people.values()), {1})
        pairs = collections.Counter((m["learner"], m["employer"]) for m in meetings)
        self.assertEqual(set(pairs.values()), {1})
        tables = collections.Counter((m["table"], m["from"]) for m in meetings)
        self.assertEqual(set(tables.values()), {1})
        self.assertEqual([m for m in meetings if m["employer"] == self.employers[LEAVING]
                          and m["to"] > "15:00"], [])
        helped = [[m for m in meetings if m["learner"] == self.learners[i]] for i in HELPED]
        starts = [m["from"] for one in helped for m in one]
        self.assertEqual(len(starts), len(set(starts)))
        self.assertTrue(all("14:00" <= m["from"] and m["to"] <= "16:30"
                            for one in helped for m in one))

    def test_planned_and_kept(self):
        self.begin_with()
        said = self.do("plan", self.whole, "--seconds", "20")
        meetings = self.timetable()
        self.assert_holds(meetings)
        have = collections.Counter(m["learner"] for m in meetings)
        for i, learner in enumerate(self.learners):
            if i == MISFIT:
                self.assertEqual(have[learner], 0)
                self.assertRegex(said, rf"(?m)^{learner} suits no offer .*matches {learner}\.$")
            elif have[learner] < MINIMUM:
                self.assertRegex(said, rf"(?m)^{learner} has {have[learner]} of {MINIMUM} ")
        self.assertIn("Valid", self.do("check", self.whole))
        self.assert_papers(meetings)
        # Other offers, however many, change no byte of it.
        before, rng = self.do("timetable", self.whole), random.Random(2)
        for number in range(1000, 1100):
            self.client.do("offer.put", records.offer(rng, number))
        self.assertEqual(self.do("timetable", self.whole), before)
        # What is erased leaves a timetable that holds.
        gone = next(m["learner"] for m in meetings)
        run("erase", gone, "--yes", "--territory", TERRITORY, state=self.system.state)
        self.assertIn("Valid", self.do("check", self.whole))
        left = self.timetable()
        self.assertEqual(left, [m for m in meetings if m["learner"] != gone])
        # A timetable that breaks a rule is named: the leaving firm goes at 13:45 already.
        self.do("firm", self.whole, self.employers[LEAVING], "windows=13:30-13:45")
        self.assertIn(self.employers[LEAVING], self.do("check", self.whole, expect=5))
        self.do("plan", self.whole, "--seconds", "20")
        self.assertIn("Valid", self.do("check", self.whole))
        self.system.daemon.kill()
        self.system.daemon.start()
        self.system.daemon.wait_ready()
        self.assertIn("Valid", self.do("check", self.whole))
        self.system.verify()

    def test_wishes_refusals_pins_and_discovery(self):
        self.begin_with()
        first, second, third = self.learners[:3]
        self.do("pair", self.whole, first, self.employers[3], "employer_view=refusal")
        self.do("pair", self.whole, second, self.employers[3], "rule=pinned")
        self.do("pair", self.whole, third, self.employers[3], "rule=forbidden")
        self.do("change", self.whole, "discovery=yes")
        self.do("plan", self.whole, "--seconds", "20")
        meetings = self.timetable()
        self.assert_holds(meetings)
        whom = {m["learner"] for m in meetings if m["employer"] == self.employers[3]}
        self.assertIn(second, whom)
        self.assertTrue({first, third}.isdisjoint(whom))
        self.assertEqual({m["kind"] for m in meetings if m["learner"] == self.learners[MISFIT]},
                         {"discovery"})
        # Published by another means, a timetable has a form all the same.
        for slots in (["x"], ["1:2"], ["1:2:3 "], ["1:2:3:4"]):
            body = {"source": "passerelle", "reference": self.whole, "observed_at": observed(),
                    "jobdating": self.whole, "slots": slots}
            answer = self.client.try_ask(self.client.event("timetable.put", body))
            self.assertEqual(answer["errors"][0]["path"], "body.slots[0]", slots)
        self.system.verify()


if __name__ == "__main__":
    main()
