"""Parts of job datings in the function library: by what they are found, and what is erased with
whom, in one call or in several."""

import random
import unittest

from functions_case import FunctionsTest


class PartsTest(FunctionsTest):
    STEPS = 300

    def parts(self):
        return {member.decode() for member in self.redis.zrange(self.t.key("parts"), 0, -1)}

    def expected(self):
        """What the records' headers ask for."""
        members = set()
        for kind, letter in (("attendance", "F"), ("registration", "R"), ("helper", "H"),
                             ("meeting", "M")):
            for number in self.t.numbers(kind):
                for owner in self.t.record(f"{letter}{number}")["references"].split(","):
                    if owner[0] in "JLERF":
                        members.add(f"{owner} {letter}{number:010}")
        return members

    def uses(self):
        """How often each record is named, likewise."""
        uses = {}
        for key in self.redis.keys(self.t.base + ":record:*"):
            letter = {b"attendance": "F", b"registration": "R", b"helper": "H",
                      b"meeting": "M"}.get(key.split(b":")[-1])
            for number in self.redis.hkeys(key) if letter else []:
                for name in self.t.record(letter + number.decode())["references"].split(","):
                    uses[name.encode()] = uses.get(name.encode(), 0) + 1
        return {name: str(count).encode() for name, count in uses.items()}

    def assert_whole(self):
        self.assertEqual(self.parts(), self.expected())
        self.assertEqual(self.t.hash("uses"), self.uses())

    def put(self, letter, reference, *references):
        return self.t.put(letter, reference, references=references, state={
            "J": "preparing"}.get(letter, "active"))

    def test_made_and_erased_in_one_call(self):
        """Numbers follow from the order: J2, L3, E4, R5, F6, M7."""
        self.t.hold()
        self.put("J", "j")
        self.put("L", "l")
        self.put("E", "e")
        self.put("R", "r", "J2", "L3")
        self.put("F", "f", "J2", "E4")
        self.put("M", "m", "J2", "R5", "F6")
        self.t.erase("L", "3")
        answers = self.t.commit_held()
        self.assertEqual([answer[:3] for answer in answers[-2:]], [["ok", "M7", "7"],
                                                                   ["ok", "L3", "10"]])
        self.assertEqual([line for _, line in self.t.log()[-3:]],
                         [f"erase {name} {line.split()[-1]}" for name, (_, line)
                          in zip(("M7", "R5", "L3"), self.t.log()[-3:])])
        self.assertEqual(self.parts(), {"J2 F0000000006", "E4 F0000000006"})
        self.assert_whole()

    def test_too_many_parts_are_not_erased_at_once(self):
        self.change_library({b"local PARTS_MAX = 4000": b"local PARTS_MAX = 2"})
        self.put("J", "j")
        self.put("E", "e")
        self.put("F", "f", "J2", "E3")
        for i in range(2):
            self.put("L", f"l{i}")
            self.put("R", f"r{i}", "J2", f"L{5 + 3 * i}")
            self.put("M", f"m{i}", "J2", f"R{6 + 3 * i}", "F4")
        self.assert_writes_nothing(lambda: self.t.erase("E", "3"),
                                   ["rejected", "wrong_state", "E3", "3 parts"])
        self.assertEqual(self.t.erase("F", "4")[0], "ok")
        self.assertEqual(self.t.erase("E", "3")[0], "ok")
        self.assert_whole()

    def test_random_events_leave_nothing_behind(self):
        rng, names = random.Random(11), {letter: [] for letter in "JLERFHM"}

        def any_of(letter):
            return rng.choice(names[letter] or [f"{letter}999"])

        def put():
            letter = rng.choice("JLERRRFFHMMMM")
            references = {"J": (), "L": (), "E": (), "H": ("J",), "R": ("J", "L", "H"),
                          "F": ("J", "E"), "M": ("J", "R", "F")}[letter]
            answer = self.put(letter, f"{letter}{rng.randrange(1000)}", *map(any_of, references))
            if answer and answer[0] == "ok" and answer[3] == "created":
                names[letter].append(answer[1])
            return answer

        def erase():
            letter = rng.choice("LERFM")
            name = any_of(letter)
            return self.t.erase(letter, name[1:])
        refused = set()
        for step in range(self.STEPS):
            answer = rng.choice([put] * 5 + [erase])()
            if answer[0] == "rejected":
                refused.add(answer[1])
            if step % 25 == 0:
                self.assert_whole()
        self.assert_whole()
        self.assertLessEqual(refused, {"unknown_reference", "unknown_record", "wrong_state"})
        self.assertGreater(len(self.parts()), 5)


if __name__ == "__main__":
    unittest.main()
