"""Calls of the function library, with arguments that are valid unless a test says otherwise."""

import hashlib
import struct

from harness import redis

KINDS = {"L": "learner", "O": "offer", "E": "employer", "P": "programme", "C": "cohort",
         "A": "attachment", "J": "jobdating", "F": "attendance", "R": "registration",
         "H": "helper", "M": "meeting"}
INITIAL = {"O": "open"}
DAY = "2025-03-01"
HEADER = ">BHHI33s32sq"
STATES = {"L": ["active", "withdrawn"], "O": ["open", "closed", "withdrawn", "draft"],
          "J": ["preparing", "running", "over", "cancelled"]}  # the others are active
NOBODY = "-" * 32


def digest(text, size=16):
    return hashlib.blake2b(text.encode(), digest_size=size).digest()


def hex_digest(text):
    return digest(text).hex()


def texts(answer, event=()):
    """An answer as a list of texts; that of event_commit is one text when all went well, or just the
    number of the record that the event created."""
    if isinstance(answer, int) and event:
        return ["ok", f"{event[1].split()[1]}{answer}", str(answer), "created"]
    if isinstance(answer, bytes):
        said, *warnings = answer.decode().split("\n")
        return ["ok", *said.split(" "), *warnings]
    return [item.decode() for item in answer] if isinstance(answer, list) else answer


def framed(*events):
    """The arguments of event_commit: the time, that of the first event, then groups: puts in a row
    that are about the same, and every other event by itself."""
    if not any(events):
        return []
    groups = []
    for event in events:
        if groups and event[1:2] == groups[-1][-1][1:2] and str(event[1]).startswith("put "):
            groups[-1].append(event)
        else:
            groups.append([event])
    return [*events[0][:1], *(item for events in groups for item in group(*events)[1:])]


def group(*events):
    """The same for events that are one group: what they are about, then all their first arguments, all
    second ones, and so on."""
    columns = [*zip(*(_columns(event) for event in events), strict=True)]
    while _is_put(events[0]) and columns and all(item in ("", b"") for item in columns[-1]):
        columns.pop()
    return [*events[0][:1], len(events), len(columns), *events[0][1:2],
            *(item for column in columns for item in column)]


def _is_put(event):
    return len(event) > 1 and str(event[1]).startswith("put")


def _columns(event):
    """Its arguments in order: what is optional in a put comes last, the expected revision with
    it."""
    return [*event[2:4], *event[5:], *event[4:5]] if _is_put(event) else event[2:]


def reference_of(letter, reference):
    """How a reference is looked up."""
    return letter + hex_digest(reference)


def person_hash(person):
    """Of a name, or of a pair of name and birth date."""
    if isinstance(person, tuple):
        return hex_digest(person[0])[:16] + hex_digest("".join(person))[:16]
    return hex_digest(person) if person else NOBODY


def states_of(letter):
    return STATES.get(letter, ["active"])


def record_text(reference, person, observed, state, references, blob, revision=0):
    """A record as the store has it; of revision 0 it is as it was created. A state is its name or
    its code."""
    references = ",".join(references).encode()
    code = state if isinstance(state, int) else states_of(reference[0]).index(state) + 1
    return struct.pack(HEADER, code, len(references), revision >> 32, revision & 0xffffffff,
                       reference.encode(), person.encode(), observed) + references + blob


class Territory:
    """One territory through one connection. `now` is the time given with each call."""

    def __init__(self, client, name="nord", slots=2, create=True):
        self.client = client
        self.base = "p:{%s}" % name
        self.now = 1_700_000_000_000
        self.requests = 0
        self.held = None
        if create:
            assert self.territory("Nord", slots)[0] == "ok"

    def key(self, suffix):
        return f"{self.base}:{suffix}"

    def call(self, function, *arguments):
        """event_commit takes any number of events; here it is given one, or none while they are
        held."""
        if function == "event_commit" and self.held is not None:
            return self.held.append(arguments)
        if function == "event_commit":
            return self.commit_all(arguments)[0]
        return texts(self.client.fcall(function, 1, self.base, *arguments))

    def commit_all(self, *events):
        """The answers to several events in one call; arguments each. The first error is raised."""
        answers = self.client.fcall("event_commit", 1, self.base, *framed(*events))
        for answer in answers:
            if isinstance(answer, redis.exceptions.ResponseError):
                raise answer
        return [texts(*pair) for pair in zip(answers, events, strict=True)]

    def hold(self):
        """From now on, events are kept until commit_held sends them in one call."""
        self.held = []

    def commit_held(self):
        """The answers to the events held; those that are errors as they are."""
        events, self.held = self.held, None
        answers = self.client.fcall("event_commit", 1, self.base, *framed(*events))
        return [answer if isinstance(answer, Exception) else texts(answer, event)
                for answer, event in zip(answers, events, strict=True)]

    def arguments(self, operation, letter, expected="", request=None, body=None, occurred_on=DAY):
        if request is None:
            self.requests += 1
            request = f"request {self.requests}"
        return [self.now, f"{operation} {letter} {occurred_on}", digest(request),
                digest(body or request, 8), expected]

    def commit(self, operation, letter, *further, **common):
        return self.call("event_commit", *self.arguments(operation, letter, **common), *further)

    def put_further(self, letter, reference, blob=b"blob", observed=1000, state=None, sealed="",
                    statistics="", person="", words="", references=()):
        def part(text):
            return digest(text) + b"sealed " + text.encode() if text else ""
        record = record_text(reference_of(letter, reference), person_hash(person), observed,
                             state or INITIAL.get(letter, "active"), references, blob)
        return [record, part(sealed), part(statistics),
                words if isinstance(words, bytes) else "\n".join(words)]

    COMMON = ("expected", "request", "body", "occurred_on")

    def put(self, letter, reference, *further, **options):
        common = {name: options.pop(name) for name in self.COMMON if name in options}
        put = "put_same" if options.pop("confirm", "0") == "1" else "put"
        return self.commit(put, letter, *self.put_further(letter, reference, *further, **options),
                           **common)

    def put_text(self, reference, *further, rule="draft", **options):
        """An offer that came as text; rule is draft or trusted."""
        common = {name: options.pop(name) for name in self.COMMON if name in options}
        return self.commit("put_" + rule, "O", *self.put_further("O", reference, *further,
                                                                 state="draft", **options), **common)

    def confirm(self, number="", reference=None, **common):
        return self.commit("confirm", "O", number,
                           reference_of("O", reference) if reference else "", **common)

    def recognised(self, job, number, revision, recognised=b"seen", proposed=b"made", whole="1"):
        return self.call("offer_recognised", job, number, revision, DAY, whole, recognised,
                         proposed)

    def jobs(self):
        """The texts to be read: ids and numbers of offers."""
        return [(entry.decode(), int(fields[b"o"]))
                for entry, fields in self.client.xrange(self.key("reading"))]

    def state(self, letter, number, new, *allowed, reference=None, **common):
        found = reference_of(letter, reference) if reference else ""
        return self.commit("state", letter, number, found, new, len(allowed), *allowed, **common)

    def erase(self, letter, number="", reference=None, **common):
        return self.commit("erase", letter, number,
                           reference_of(letter, reference) if reference else "", **common)

    def attach(self, words, skill, observed=1000, blob=b"blob", **common):
        return self.commit("attach", "A", reference_of("A", words), observed, words, skill, blob, **common)

    def detach(self, words, **common):
        return self.commit("detach", "A", words, **common)

    def day(self, day, **common):
        return self.commit("day", "T", day, **common)

    def adopt(self, model, referential="0" * 16, communes="1" * 16, **common):
        return self.commit("adopt", "T", model, referential, communes, **common)

    def territory(self, label, slots="", **common):
        return self.commit("territory", "T", label, slots, **common)

    # What is stored

    def hash(self, suffix):
        return self.client.hgetall(self.key(suffix))

    def meta(self, field):
        value = self.client.hget(self.key("meta"), field)
        return value.decode() if value is not None else None

    def seq(self):
        last = self.client.xinfo_stream(self.key("log"))["last-generated-id"]
        return int(last.decode().removeprefix("0-"))

    def numbers(self, kind):
        """The numbers of a kind's records, in order."""
        bits = self.client.get(self.key(f"ids:{kind}")) or b""
        return [n for n in range(8 * len(bits)) if bits[n // 8] & 0x80 >> n % 8]

    def found(self, letter):
        """What is found by reference: reference hash to number, of a kind."""
        return {field[1:].decode(): value for field, value in self.hash("find").items()
                if len(field) == 33 and field[:1] == letter.encode()}

    def people(self):
        """Person hash to numbers."""
        return {field.decode(): value for field, value in self.hash("find").items()
                if len(field) == 32}

    def record(self, name):
        """Header fields and blob; None when there is no such record."""
        stored = self.client.hget(self.key("record:" + KINDS[name[0]]), name[1:])
        if stored is None:
            return None
        state, size, high, low, reference, person, observed = struct.unpack_from(HEADER, stored)
        rest = stored[struct.calcsize(HEADER):]
        return dict(state=states_of(name[0])[state - 1], revision=high << 32 | low or int(name[1:]),
                    reference=reference.decode(), person=person.decode(), observed=observed,
                    references=rest[:size].decode(), blob=rest[size:])

    def log(self):
        """Ids and contents of the changes."""
        changes = []
        for entry, fields in self.client.xrange(self.key("log")):
            lines = fields[b"e"].decode().split("\n")
            first = int(entry.decode().removeprefix("0-")) - len(lines) + 1
            changes += [(f"0-{first + i}", line) for i, line in enumerate(lines)]
        return changes

    def everything(self):
        """A digest of all that is stored."""
        return self.client.execute_command("DEBUG", "DIGEST")


def refused(call):
    """The message of the error reply; fails when the call is answered."""
    try:
        answer = call()
    except redis.exceptions.ResponseError as error:
        return str(error)
    raise AssertionError(f"answered {answer}")
