"""Job datings and their parts: what may be recorded, and that whoever is erased leaves nothing
behind that names them."""

import csv
import io
import json
import os
import random
import subprocess
import threading
import unittest

import records
from client import Rejected, observed
from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main, run

DAY = "2026-12-10"
SESSION = {"from": "13:30", "to": "17:00", "slot_minutes": 10, "changeover_minutes": 4}
NAME = "Quintefeuille"


def jobdating(reference="december", **further):
    return {"source": "test", "reference": reference, "observed_at": observed(), "name": "Décembre",
            "day": DAY, "sessions": [SESSION], **further}


def part(reference, **fields):
    return {"source": "passerelle", "reference": reference, "observed_at": observed(), **fields}


def attendance(whole, employer, **further):
    return part(f"{whole}-{employer}", jobdating=whole, employer=employer, **further)


def registration(whole, learner, **further):
    return part(f"{whole}-{learner}", jobdating=whole, learner=learner,
                **{"answer": "invited", **further})


def helper(whole, code, **further):
    return part(f"{whole}-{code}", jobdating=whole, code=code, **further)


def meeting(whole, registered, attending, **further):
    return part(f"{registered}-{attending}", jobdating=whole, registration=registered,
                attendance=attending, **further)


def refusals(action):
    """The paths and codes of a refusal."""
    try:
        action()
    except Rejected as rejected:
        return [(error["path"], error["code"]) for error in rejected.answer["errors"]]
    raise AssertionError("this was accepted")


class RecordTest(SystemTest):
    """By the protocol."""

    def begin_with(self, learners=2, employers=2):
        system = self.begin(workers=1)
        self.client, rng = system.connect(), random.Random(7)
        self.learners = [self.put("learner", records.learner(rng, i)) for i in range(learners)]
        self.employers = [self.put("employer", records.employer(rng, i)) for i in range(employers)]
        self.whole = self.put("jobdating", jobdating())
        return system

    def put(self, kind, body):
        return self.client.do(f"{kind}.put", body)["record"]

    def erase(self, kind, record):
        return self.client.do(f"{kind}.erase", {"id": record})

    def parts(self, system, kind, of):
        found, after = [], 0
        while True:
            page = system.ask("record.list", kind=kind, of=of, after=after, limit=2)
            found += [stored["id"] for stored in page["records"]]
            after = page["next"]
            if not after:
                return found

    def test_parts_are_found_and_go_with_whom_they_are_of(self):
        system = self.begin_with()
        registered = [self.put("registration", registration(self.whole, learner))
                      for learner in self.learners]
        attending = [self.put("attendance", attendance(self.whole, employer))
                     for employer in self.employers]
        meetings = [self.put("meeting", meeting(self.whole, r, f, learner_view="wish"))
                    for r in registered for f in attending]
        self.assertEqual(self.parts(system, "registration", self.whole), registered)
        self.assertEqual(self.parts(system, "attendance", self.whole), attending)
        self.assertEqual(self.parts(system, "meeting", self.whole), meetings)
        self.assertEqual(self.parts(system, "meeting", registered[0]), meetings[:2])
        self.assertEqual(self.parts(system, "meeting", attending[1]), meetings[1::2])
        self.assertEqual(self.parts(system, "registration", self.learners[1]), registered[1:])
        system.verify()
        before = system.status()["seq"]
        self.erase("learner", self.learners[0])
        self.assertEqual(self.parts(system, "registration", self.whole), registered[1:])
        self.assertEqual(self.parts(system, "meeting", self.whole), meetings[2:])
        # Each of them is in the log; the learner last.
        erased = [change for change in system.changes(before)]
        self.assertEqual({change["operation"] for change in erased}, {"erase"})
        self.assertEqual([change["id"] for change in erased],
                         [*meetings[:2], registered[0], self.learners[0]])
        system.verify()
        self.erase("employer", self.employers[1])
        self.assertEqual(self.parts(system, "meeting", self.whole), [meetings[2]])
        self.assertEqual(self.parts(system, "attendance", self.whole), attending[:1])
        system.verify()
        for kind in ("sealed", "record"):
            with system.store() as store:
                self.assertEqual(store.hlen(f"p:{{{TERRITORY}}}:{kind}:learner"), 1)

    def test_whoever_is_needed_by_others_stays(self):
        system = self.begin_with()
        rng = random.Random(8)
        offer = self.put("offer", records.offer(rng, 1, employer=self.employers[0]))
        aide = self.put("helper", helper(self.whole, "T2", contact={"name": NAME}))
        registered = self.put("registration", registration(
            self.whole, self.learners[0], helpers=[{"helper": aide}], needs=["ground_floor"]))
        attending = self.put("attendance", attendance(self.whole, self.employers[0],
                                                      offers=[{"offer": offer}]))
        for kind, record in (("helper", aide), ("jobdating", self.whole), ("offer", offer),
                             ("employer", self.employers[0])):
            self.assertEqual(refusals(lambda kind=kind, record=record: self.erase(kind, record)),
                             [("body.id", "wrong_state")], kind)
        self.assertNotIn(NAME.encode(), subprocess.run(
            ["grep", "-ral", NAME, system.state], capture_output=True, check=False).stdout)
        self.erase("registration", registered)
        self.erase("helper", aide)
        self.erase("attendance", attending)
        self.erase("offer", offer)
        self.erase("jobdating", self.whole)
        system.verify()

    def test_a_part_is_of_one_job_dating(self):
        system = self.begin_with()
        other = self.put("jobdating", jobdating("january"))
        aide = self.put("helper", helper(other, "T2"))
        registered = self.put("registration", registration(self.whole, self.learners[0]))
        attending = self.put("attendance", attendance(other, self.employers[0]))
        self.assertEqual(
            refusals(lambda: self.put("registration", registration(
                self.whole, self.learners[1], helpers=[{"helper": aide}]))),
            [("body.helper", "unknown_reference")])
        self.assertEqual(
            refusals(lambda: self.put("registration", registration(
                self.whole, self.learners[0], helpers=[{"helper": aide}]))),
            [("body.helper", "unknown_reference")])
        self.assertEqual(
            refusals(lambda: self.put("meeting", meeting(self.whole, registered, attending))),
            [("body.attendance", "unknown_reference")])
        self.assertEqual(
            refusals(lambda: self.put("attendance", attendance(self.whole, "E999999"))),
            [("body.employer", "unknown_reference")])
        system.verify()

    def test_bad_records_name_their_fault(self):
        self.begin_with()
        whole, learner, employer = self.whole, self.learners[0], self.employers[0]
        wrong = [
            ("jobdating", jobdating("x", sessions=[{**SESSION, "to": "13:00"}]),
             ("body.sessions[0].to", "inconsistent")),
            ("jobdating", jobdating("x", sessions=[SESSION, {**SESSION, "from": "16:00"}]),
             ("body.sessions[1].from", "inconsistent")),
            ("jobdating", jobdating("x", sessions=[{**SESSION, "from": "08:00", "slot_minutes": 3,
                                                    "changeover_minutes": 0}]),
             ("body.sessions", "out_of_bounds")),
            ("jobdating", jobdating("x", tables=[{"name": "1"}, {"name": "1"}]),
             ("body.tables[1].name", "inconsistent")),
            ("registration", {**registration(whole, learner), "reference": "J1-L1"},
             ("body.reference", "inconsistent")),
            ("registration", {**registration(whole, learner), "source": "test"},
             ("body.source", "inconsistent")),
            ("registration", registration(whole, learner, needs=["wheelchair"]),
             ("body.needs[0]", "unknown_choice")),
            ("helper", helper(whole, "interp"), ("body.code", "bad_format")),
            ("attendance", attendance(whole, employer, minimum_meetings=5, maximum_meetings=3),
             ("body.maximum_meetings", "inconsistent")),
            ("attendance", attendance(whole, employer, windows=[{"from": "15:00", "to": "14:00"}]),
             ("body.windows[0].to", "inconsistent")),
            ("attendance", attendance(whole, employer, offers=[{"offer": "O1"}, {"offer": "O1"}]),
             ("body.offers[1].offer", "inconsistent")),
            ("meeting", meeting(whole, "R7", "F8", rule="pinned", employer_view="refusal"),
             ("body.rule", "inconsistent")),
        ]
        for kind, body, refusal in wrong:
            self.assertEqual(refusals(lambda k=kind, b=body: self.put(k, b)), [refusal], body)

    def test_states_follow_each_other(self):
        self.begin_with()

        def do(action):
            return self.client.do(f"jobdating.{action}", {"id": self.whole})["result"]
        self.assertEqual(do("start"), "updated")
        self.assertEqual(refusals(lambda: do("start") and do("cancel") and do("start")),
                         [("body.id", "wrong_state")])
        self.assertEqual(do("reopen"), "updated")
        self.assertEqual(do("end"), "updated")

    def test_many_at_once_and_one_crash(self):
        """What was accepted is there and no more, whenever the daemon dies."""
        system = self.begin_with(learners=30, employers=3)
        attending = [self.put("attendance", attendance(self.whole, employer))
                     for employer in self.employers]
        accepted = []

        def register():
            client = system.connect()
            for learner in self.learners:
                record = client.do("registration.put", registration(self.whole, learner))["record"]
                for firm in attending:
                    client.do("meeting.put", meeting(self.whole, record, firm, rule="forbidden"))
                accepted.append(record)
                if len(accepted) % 3 == 0:
                    client.do("learner.erase", {"id": learner})
                    accepted.pop()
        thread = threading.Thread(target=register)
        thread.start()
        system.daemon.kill()
        system.daemon.start()
        system.daemon.wait_ready()
        thread.join()
        self.assertEqual(self.parts(system, "registration", self.whole), sorted(
            set(accepted), key=lambda name: int(name[1:])))
        system.verify()


class CommandTest(SystemTest):
    """By the command line."""

    def begin_with(self):
        self.system = self.begin(workers=1)
        client, rng = self.system.connect(), random.Random(9)
        self.learners = [client.do("learner.put", records.learner(rng, i))["record"]
                         for i in range(4)]
        self.employers = [client.do("employer.put", records.employer(rng, i))["record"]
                          for i in range(2)]
        self.do("create", "Job dating de décembre", f"day={DAY}", "sessions=13:30-17:00 10+4",
                "tables=14", "venue=Salle Exemple")
        self.whole = json.loads(self.do("list", "--json"))["id"]
        return self.system

    def do(self, *words, expect=0):
        return run("jobdating", *words, "--territory", TERRITORY, state=self.system.state,
                   expect=expect)

    def fail(self, *words, code):
        """What a command that ends with that code says."""
        done = subprocess.run([os.path.join(BIN, "passerelle"), "jobdating", *words, "--territory",
                               TERRITORY, "--state", self.system.state], capture_output=True,
                              env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA,
                                   "LC_ALL": "C.UTF-8"}, text=True, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stderr

    def shown(self):
        return json.loads(self.do("show", self.whole, "--json"))

    def table(self, name, text):
        path = self.system.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_a_job_dating_is_prepared_and_taken_apart(self):
        system, whole = self.begin_with(), self.whole
        learner, employer = self.learners[0], self.employers[0]
        self.do("helper", whole, "T2", "présence=14h-16h", "phone=0600000000")
        self.do("firm", whole, employer, "recruiters=2", "windows=13:30-15:00, 15h30-17h")
        self.do("learner", whole, learner, "réponse=oui", "besoins=rdc", "aides=T2")
        self.do("pair", whole, learner, employer, "rule=pinned", "employer_view=wish")
        self.assertIn("no change", self.do("pair", whole, learner, employer, "rule=pinned"))
        shown = self.shown()
        self.assertEqual(len(shown["record"]["tables"]), 14)
        self.assertEqual(shown["record"]["sessions"], [SESSION])
        self.assertEqual(shown["attendances"][0]["record"]["windows"],
                         [{"from": "13:30", "to": "15:00"}, {"from": "15:30", "to": "17:00"}])
        record = shown["registrations"][0]["record"]
        self.assertEqual((record["answer"], record["needs"], len(record["helpers"])),
                         ("confirmed", ["ground_floor"], 1))
        self.assertNotIn("contact", shown["helpers"][0]["record"])
        self.assertEqual(shown["meetings"][0]["record"]["rule"], "pinned")
        self.assertIn("T2", self.do("show", whole))
        # A field is cleared by an empty value; the others stay.
        self.do("firm", whole, employer, "windows=")
        self.assertEqual(self.shown()["attendances"][0]["record"]["recruiters"], 2)
        self.assertNotIn("windows", self.shown()["attendances"][0]["record"])
        self.do("start", whole)
        self.assertEqual(self.shown()["state"], "running")
        self.do("remove", whole, learner)
        self.assertEqual((self.shown()["registrations"], self.shown()["meetings"]), ([], []))
        self.do("remove", whole, "T2")
        system.verify()
        self.do("learner", whole, learner)
        self.do("remove", whole)
        self.assertEqual(self.do("list", "--json"), "")
        system.verify()

    def test_invitations_are_written_and_the_waiting_list_moves_up(self):
        system = self.begin_with()
        first, second, third, last = self.learners
        self.do("change", self.whole, "places=2")
        self.do("learner", self.whole, last, "answer=waiting")
        for learner, rank in ((first, ""), (second, ""), (third, "rank=1")):
            self.do("learner", self.whole, learner, "answer=invited" if learner != third
                    else "answer=waiting", *([rank] if rank else []))
        folder = system.path("invitations")
        self.assertIn("2 to invite", self.do("invite", self.whole, folder))
        for name in ("calls.csv", "messages.csv", "letters.csv", "invitation.ics"):
            self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o777, 0o600, name)
        with open(os.path.join(folder, "calls.csv"), "rb") as file:
            calls = file.read()
        self.assertTrue(calls.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(calls[3:].decode()), delimiter=";"))
        self.assertEqual([row[0] for row in rows[1:]], [first, second])
        self.assertIn("Valdrôme-0", rows[1][2])
        with open(os.path.join(folder, "invitation.ics"), "rb") as file:
            calendar = file.read()
        self.assertIn(b"\r\nDTSTART:20261210T133000\r\nDTEND:20261210T170000\r\n", calendar)
        self.assertNotIn(b"Valdr", calendar)
        # The list of calls comes back with answers; places that are free go to who waits first.
        rows[1][4], rows[2][4] = "oui", "ne vient pas"
        back = self.table("back.csv", "\n".join(";".join(row) for row in rows))
        self.do("import", self.whole, back)
        self.assertIn("1 of the waiting list", self.do("promote", self.whole))
        self.assertIn("0 of the waiting list", self.do("promote", self.whole))
        self.assertEqual({stored["record"]["learner"]: stored["record"]["answer"]
                          for stored in self.shown()["registrations"]},
                         {first: "confirmed", second: "declined", third: "invited",
                          last: "waiting"})
        self.do("promote", self.whole, "3")
        self.assertEqual(self.shown()["registrations"][0]["record"]["answer"], "invited")
        system.verify()

    def test_an_export_has_all_that_is_said_of_a_learner(self):
        system = self.begin_with()
        learner = self.learners[0]
        self.do("firm", self.whole, self.employers[0])
        self.do("learner", self.whole, learner, "needs=quiet")
        self.do("pair", self.whole, learner, self.employers[0], "learner_view=refusal")
        told = json.loads(run("export", learner, "--territory", TERRITORY, "--json",
                              state=system.state))["jobdatings"]
        self.assertEqual([part["record"].get("needs") or part["record"].get("learner_view")
                          for part in told], [["quiet"], "refusal"])
        run("erase", learner, "--yes", "--territory", TERRITORY, state=system.state)
        self.assertEqual((self.shown()["registrations"], self.shown()["meetings"]), ([], []))
        system.verify()

    def test_mistakes_are_named_and_change_nothing(self):
        self.begin_with()
        learner = self.learners[0]
        self.assertIn("besoin=rdc", self.fail("learner", self.whole, learner, "besoin=rdc", code=2))
        self.assertIn("fauteuil", self.fail("learner", self.whole, learner, "needs=fauteuil",
                                            code=2))
        self.assertIn("25h", self.fail("learner", self.whole, learner, "windows=13h-25h", code=2))
        self.fail("learner", self.whole, learner, "windows=15h-13h", code=1)
        self.fail("learner", self.whole, self.employers[0], code=2)
        self.fail("pair", self.whole, learner, self.employers[0], "rule=pinned", code=1)
        self.fail("sing", self.whole, code=2)
        self.assertEqual(self.shown()["registrations"], [])

    def test_tables_bring_learners_firms_and_answers(self):
        system = self.begin_with()
        people = self.table("learners.csv", "Apprenant;Prénom;Réponse;Présence\n" + "".join(
            f"{learner};Anouk;;13h30-15h\n" for learner in self.learners))
        self.assertIn("4 new", self.do("import", self.whole, people))
        self.assertIn("4 as before", self.do("import", self.whole, people))
        firms = self.table("firms.csv", "employeur,recruteurs,table\n"
                           f"{self.employers[0]},2,3\ntest:{records.reference(1)},,4\n")
        self.assertIn("2 new", self.do("import", self.whole, firms))
        answers = self.table("answers.csv", "apprenant;réponse\n"
                             f"{self.learners[0]};oui\n{self.learners[1]};non\n"
                             f"L999999;oui\n{self.learners[2]};peut-être\n{self.learners[3]};\n")
        said = self.fail("import", self.whole, answers, code=4)
        self.assertIn("answers.csv:4", said)
        self.assertIn("answers.csv:5", said)
        shown = self.shown()
        self.assertEqual([stored["record"]["answer"] for stored in shown["registrations"]],
                         ["confirmed", "declined", "invited", "invited"])
        self.assertEqual(shown["registrations"][0]["record"]["windows"],
                         [{"from": "13:30", "to": "15:00"}])
        self.assertEqual([stored["record"].get("recruiters") for stored in shown["attendances"]],
                         [2, None])
        wishes = self.table("wishes.csv", "apprenant;employeur;côté apprenant\n"
                            f"{self.learners[0]};{self.employers[1]};souhaite\n")
        self.assertIn("1 new", self.do("import", self.whole, wishes))
        self.assertEqual(self.shown()["meetings"][0]["record"]["learner_view"], "wish")
        system.verify()


if __name__ == "__main__":
    main()
