"""Job datings for measurements, from a seed: the same ones on every machine.

Employers × learners × slots; 30 % of the pairs are suitable, with random scores of 1 to 1000.
Learners have at most 6 meetings and a minimum of 2; employers take as many as they can.

  plain    nobody has a window
  windows  everybody misses a random 30 % of the slots
  full     windows, minimums, gaps, pins, recruiters in parallel, 5 % of the learners with special
           needs (an interpreter, shared by several of them, or a room with two tables)
"""
import random

SIZES = {"S": (12, 60, 12), "M": (40, 240, 16), "L": (100, 1000, 20)}
VARIANTS = ("plain", "windows", "full")
BONUS = (2000, 1500, 1000)
MAXIMUM, MINIMUM = 6, 2


def window(chance, slots):
    """Slots from 1, without a random 30 %."""
    return [t for t in range(1, slots + 1) if chance.random() >= 0.3]


def people(chance, size, variant):
    employers, learners, slots = SIZES[size]
    everybody = [{"id": f"E{e}", "side": "employer"} for e in range(employers)]
    everybody += [{"id": f"L{i}", "side": "learner", "maximum": MAXIMUM}
                  for i in range(learners)]
    if variant != "plain":
        for who in everybody:
            who["slots"] = window(chance, slots)
    if variant == "full":
        for who in everybody:
            if who["side"] == "learner":
                who["minimum"] = MINIMUM
            elif chance.random() < 0.2:
                who["capacity"] = 2
    return everybody


def special_needs(chance, everybody, slots):
    """One interpreter for about ten people, and a room."""
    some = [who for who in everybody if who["side"] == "learner" and chance.random() < 0.05]
    interpreters = max(1, len(some) // 10)
    shared = [{"id": f"interpreter{k}", "slots": window(chance, slots)}
              for k in range(interpreters)]
    shared.append({"id": "room", "capacity": 2})
    for who in some:
        need = "room" if chance.random() < 0.5 else f"interpreter{chance.randrange(interpreters)}"
        who["shared"] = [need]
    return shared


def pins(chance, pairs, by_id, count):
    """Pairs that must meet, some of them in a slot in which both are there."""
    chosen, busy = [], set()
    for first, second, _ in chance.sample(pairs, len(pairs)):
        both = [t for t in by_id[first]["slots"] if t in by_id[second]["slots"]]
        if not both or second in busy or "shared" in by_id[second]:
            continue
        slot = chance.choice(both)
        if (first, slot) in busy:
            continue
        busy.update({second, (first, slot)})
        chosen.append([first, second, slot] if chance.random() < 0.5 else [first, second])
        if len(chosen) == count:
            break
    return chosen


def instance(size, variant, seed):
    """The JSON form of docs/planning.md, as a dictionary."""
    chance = random.Random(f"{size}{variant}{seed}")
    employers, learners, slots = SIZES[size]
    everybody = people(chance, size, variant)
    pairs = [[f"E{e}", f"L{i}", chance.randint(1, 1000)]
             for e in range(employers) for i in range(learners) if chance.random() < 0.3]
    made = {"slots": slots,
            "sides": [{"id": "employer", "bonus": []}, {"id": "learner", "bonus": list(BONUS)}],
            "participants": everybody, "pairs": pairs}
    if variant == "full":
        made["shared"] = special_needs(chance, everybody, slots)
        made["pins"] = pins(chance, pairs, {who["id"]: who for who in everybody},
                            max(2, learners // 50))
    return made
