"""Clients at work: many events under way at once, and what became of each."""

import collections
import time

import records
from client import msgpack, today, tomorrow, zmq

KINDS = {"L": "learner", "O": "offer", "E": "employer"}
WINDOW = 12  # requests of one client under way
SILENCE = 0.4  # seconds; then the same request goes out once more
# What a well-made event may be refused with when others are under way with it.
EXPECTED = {"unknown_record", "wrong_state", "revision_conflict", "day_backwards", "day_ahead",
            "unknown_reference"}
PUT = {"learner": records.learner, "offer": records.offer, "employer": records.employer}


class Request:
    def __init__(self, client, message):
        self.client = client
        self.id = message["id"]
        self.message = message
        self.data = msgpack.packb(message)
        self.due = 0.0  # when to send it again
        self.answer = None


class Load:
    """Each request is repeated until it has an answer; all of them are kept, to be checked."""

    def __init__(self, system, rng, clients=3, people=60):
        self.system = system
        self.rng = rng
        self.people = people  # records of a kind
        self.clients = [system.connect() for _ in range(clients)]
        self.under_way = [{} for _ in range(clients)]
        self.requests = collections.OrderedDict()
        self.answered = 0
        self.poller = zmq.Poller()
        for client in self.clients:
            self.poller.register(client.socket, zmq.POLLIN)
        # What was there before is not ours to account for.
        self.begin = self.system.status()["seq"]

    # What is sent

    def next_event(self):
        rng = self.rng
        mark = f"mark {len(self.requests)}"
        kind = rng.choices(["learner", "offer", "employer", "words", "day"], [45, 40, 5, 8, 2])[0]
        number = rng.randrange(self.people)
        if kind == "words":
            words = rng.choice(records.WORDS)
            if rng.random() < 0.5:
                return "skill.detach", {"words": words}
            return "skill.attach", {"words": words, "skill": rng.choice(records.SKILLS)}
        if kind == "day":
            return "day.changed", {"day": rng.choice([today(), tomorrow()])}
        change = rng.random()
        if change < 0.65 or (kind == "employer" and change < 0.9):
            return f"{kind}.put", PUT[kind](rng, number, mark)
        operations = {"learner": ["withdraw", "reopen", "erase"],
                      "offer": ["close", "withdraw", "reopen", "erase"], "employer": ["erase"]}
        return f"{kind}.{rng.choice(operations[kind])}", records.target(number)

    def fill(self):
        for client, under_way in zip(self.clients, self.under_way):
            while len(under_way) < WINDOW:
                self.add(client, under_way, *self.next_event())

    def add(self, client, under_way, type_, body):
        request = Request(client, client.event(type_, body))
        under_way[request.id] = self.requests[request.id] = request
        self.send(request)

    @staticmethod
    def send(request):
        request.due = time.monotonic() + SILENCE
        try:
            request.client.send_bytes(request.data, zmq.DONTWAIT)
        except zmq.Again:
            pass  # its pipe is full while the daemon is away; later

    # What comes back

    def take(self, milliseconds):
        for socket, _ in self.poller.poll(milliseconds):
            index = next(i for i, client in enumerate(self.clients) if client.socket is socket)
            while True:
                answer = self.clients[index].receive()
                if answer is None:
                    break
                self.take_answer(self.under_way[index], answer)

    def take_answer(self, under_way, answer):
        request = self.requests[answer["id"]]
        if answer["status"] == "retry":
            request.due = min(request.due, time.monotonic() + answer["after_ms"] / 1000 / 4)
            return
        if request.answer is None:
            request.answer = answer
            self.answered += 1
        elif request.answer["status"] == "ok":
            assert answer == request.answer, f"two answers: {request.answer} and {answer}"
        else:  # refused requests leave no trace: their repeats may fare otherwise
            request.answer = answer
        under_way.pop(answer["id"], None)

    def repeat(self):
        now = time.monotonic()
        for under_way in self.under_way:
            for request in under_way.values():
                if request.due <= now:
                    self.send(request)

    def run(self, answers, seconds=60, fill=True):
        """Until so many more requests have their answer."""
        goal = self.answered + answers
        deadline = time.monotonic() + seconds
        while self.answered < goal:
            if fill:
                self.fill()
            self.take(20)
            self.repeat()
            assert time.monotonic() < deadline, \
                f"{goal - self.answered} of {answers} answers are still missing"

    def settle(self):
        """Until every request has its answer, none new. A repeat that is under way still may be
        answered otherwise than the first time, if that was a refusal: later questions, whose
        answers take the longest way, come back after it."""
        self.run(sum(map(len, self.under_way)), fill=False)
        for client, under_way in zip(self.clients, self.under_way):
            for _ in range(2):
                self.add(client, under_way, "day.changed", {"day": tomorrow()})
        self.run(sum(map(len, self.under_way)), fill=False)

    # What must hold

    def check(self):
        """Every acknowledged event is there, once; nothing else is."""
        committed = {}
        for request in self.requests.values():
            answer = request.answer
            if answer["status"] == "rejected":
                codes = {error["code"] for error in answer["errors"]}
                assert codes <= EXPECTED, f"{request.message} got {answer}"
            elif answer["result"] in ("created", "updated"):
                assert answer["revision"] not in committed, f"two events at {answer['revision']}"
                committed[answer["revision"]] = request
        log = {entry["seq"]: entry for entry in self.system.changes(self.begin)}
        assert set(log) == set(committed), \
            f"in the log alone {set(log) - set(committed)}, lost {set(committed) - set(log)}"
        for seq, request in committed.items():
            self.check_entry(log[seq], request)
        self.check_records(log, committed)

    @staticmethod
    def check_entry(entry, request):
        operations = {"skill.attach": "attach", "skill.detach": "detach", "day.changed": "day"}
        type_ = request.message["type"]
        verb = type_.split(".")[1]
        expected = operations.get(type_, verb if verb in ("put", "erase") else "state")
        assert (entry["operation"], entry.get("id")) == (expected, request.answer.get("record")), \
            f"{entry} for {request.message} answered with {request.answer}"

    def check_records(self, log, committed):
        """Each record is as its last event left it."""
        last = {}
        for seq in sorted(log):
            last[log[seq].get("id")] = seq
        found = {}
        for kind in KINDS.values():
            after = 0
            while True:
                page = self.system.ask("record.list", kind=kind, after=after, limit=500)
                found.update((record["id"], record) for record in page["records"])
                after = page["next"]
                if after == 0:
                    break
        for identity, seq in last.items():
            if identity is None or identity[0] not in KINDS:
                continue
            message = committed[seq].message
            if message["type"].endswith(".erase"):
                assert identity not in found, f"{identity} was erased"
                continue
            record = found[identity]
            assert record["revision"] == seq, f"{identity} is at {record['revision']}, not {seq}"
            if message["type"].endswith(".put"):
                fields = {"L": "prescriber", "O": "title", "E": "name"}
                field = fields[identity[0]]
                assert record["record"][field] == message["body"][field], identity

    def repeat_all(self, count=200):
        """The last ones acknowledged, sent once more, get the same answer."""
        for request in list(self.requests.values())[-count:]:
            if request.answer["status"] == "ok":
                again = self.clients[0].ask(request.message)
                assert again == request.answer, f"{again} after {request.answer}"
