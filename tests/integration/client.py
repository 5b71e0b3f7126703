"""Speaks the protocol of proto/PROTOCOL.md, as any partner would."""

import datetime
import itertools
import sys
import time
import uuid

try:
    import msgpack
    import zmq
except ImportError:  # another Python comes first in the path; the modules are Debian's
    sys.path.append("/usr/lib/python3/dist-packages")
    import msgpack
    import zmq

_context = zmq.Context()
_steps = itertools.count()
_start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)


def today():
    return datetime.date.today().isoformat()


def tomorrow():
    """The latest day that the daemon lets anybody begin."""
    return (datetime.datetime.now(datetime.timezone.utc).date()
            + datetime.timedelta(days=1)).isoformat()


def observed():
    """A time after all that this gave before."""
    moment = _start + datetime.timedelta(milliseconds=next(_steps))
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


class Rejected(Exception):
    """The answer was `rejected`."""

    def __init__(self, answer):
        super().__init__(answer)
        self.answer = answer
        self.codes = [error["code"] for error in answer["errors"]]


class Client:
    """One socket. Nothing waits longer than it is told to."""

    def __init__(self, path, territory, **options):
        self.path = path
        self.territory = territory
        self.socket = _context.socket(zmq.DEALER)
        self.socket.set(zmq.LINGER, 0)
        self.socket.set(zmq.RECONNECT_IVL, 10)
        for option, value in options.items():
            self.socket.set(getattr(zmq, option), value)
        self.socket.connect(f"ipc://{path}")

    def close(self):
        self.socket.close()

    # One frame each way

    def message(self, message):
        """The whole request around a type and a body."""
        whole = {"v": 1, "id": str(uuid.uuid4()), "body": {}, **message}
        if whole["type"] != "status":
            whole.setdefault("territory", self.territory)
        return whole

    def event(self, type_, body, **envelope):
        return self.message({"type": type_, "occurred_on": today(), "body": body, **envelope})

    def send(self, whole):
        self.send_bytes(msgpack.packb(whole))

    def send_bytes(self, data, flags=0):
        self.socket.send(data, flags)

    def receive(self, seconds=0.0):
        """The next answer; None when none came in time."""
        if self.socket.poll(max(0, int(seconds * 1000))) == 0:
            return None
        return msgpack.unpackb(self.socket.recv())

    # Request and answer

    def try_ask(self, message, seconds=20.0):
        """The answer, whatever it says; None when none came in time."""
        whole = self.message(message)
        self.send(whole)
        deadline = time.monotonic() + seconds
        while True:
            answer = self.receive(deadline - time.monotonic())
            if answer is None or answer.get("id") == whole["id"]:
                return answer

    def ask(self, message, seconds=30.0):
        """Asks until there is an answer. Raises Rejected."""
        whole = self.message(message)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = self.try_ask(whole, 2.0)
            if answer is None:
                continue
            if answer["status"] == "ok":
                return answer
            if answer["status"] == "rejected":
                raise Rejected(answer)
            self.receive(answer["after_ms"] / 1000 / 4)
        raise AssertionError(f"no answer within {seconds} s to {whole}")

    def do(self, type_, body, **envelope):
        """Commits an event. Raises Rejected."""
        return self.ask(self.event(type_, body, **envelope))


class Subscriber:
    """One SUB socket on the feed."""

    def __init__(self, path, topic, **options):
        self.socket = _context.socket(zmq.SUB)
        self.socket.set(zmq.LINGER, 0)
        self.socket.set(zmq.RECONNECT_IVL, 10)
        for option, value in options.items():
            self.socket.set(getattr(zmq, option), value)
        self.socket.set(zmq.SUBSCRIBE, topic.encode())
        self.socket.connect(f"ipc://{path}")

    def receive(self, seconds=0.0):
        """The next message; None when none came in time."""
        if self.socket.poll(max(0, int(seconds * 1000))) == 0:
            return None
        return msgpack.unpackb(self.socket.recv_multipart()[1])

    def close(self):
        self.socket.close()
