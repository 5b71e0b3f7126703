"""Clients that send rubbish, too much, or never read: the daemon serves the others and stays
small."""

import contextlib
import os
import random
import socket
import struct
import time

import records
from client import Subscriber, msgpack, zmq
from harness import seeded, wait_until
from system import TERRITORY, SystemTest, main

REQUEST_MAX = 65536
MEMORY_MAX = 64 << 20  # above what it had at first; sanitizers included
GREETING = (b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\0") + b"\0" +
            bytes(31))


def command(body):
    return b"\x04" + bytes([len(body)]) + body


def ready(kind):
    """The ZMTP 3 command that ends the handshake."""
    return command(b"\x05READY\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind +
                   b"\x08Identity" + struct.pack(">I", 0))


def frame(data, more=False):
    return (struct.pack(">BB", more, len(data)) if len(data) < 256
            else struct.pack(">BQ", 2 | more, len(data))) + data


class HostileTest(SystemTest):
    def begin_quietly(self, **options):
        system = self.begin(workers=0, **options)
        client = system.connect()
        client.do("employer.put", records.employer(None, 1))
        self.first = system.daemon.memory()
        self.worst = self.first
        self.number = 1_000_000
        self.addCleanup(self.verify_after, system)
        return system, client

    def verify_after(self, system):
        """Whatever came in, what is stored is as it should be."""
        if self._outcome.success:
            system.workers.append(system.worker(1).start())
            self.assertEqual(system.verify()["problems"], 0)

    def assert_serves(self, system, client, memory=MEMORY_MAX):
        """Others are served meanwhile, with little memory."""
        self.number += 1
        self.assertEqual(client.do("employer.put", records.employer(None, self.number))["result"],
                         "created")
        self.assertEqual(system.ask("record.get", kind="employer", source="test",
                                    reference=records.reference(self.number))["status"], "ok")
        self.worst = max(self.worst, system.daemon.memory())
        self.assertLess(self.worst - self.first, memory)

    @contextlib.contextmanager
    def raw(self, system, name, *bytes_):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(system.socket(name))  # without a timeout: it waits for a full backlog
        connection.settimeout(20)
        try:
            for data in bytes_:
                connection.sendall(data)
            yield connection
        finally:
            connection.close()


class BytesTest(HostileTest):
    """What does not even speak ZeroMQ, or stops in the middle."""

    def test_rubbish(self):
        rng = seeded("hostile")
        system, client = self.begin_quietly()
        for name in ("intake", "query", "feed"):
            for size in (1, 9, 10, 64, 65, 1000, 100_000):
                with contextlib.suppress(ConnectionError, TimeoutError), \
                        self.raw(system, name, rng.randbytes(size)):
                    self.assert_serves(system, client)
                with contextlib.suppress(ConnectionError, TimeoutError), \
                        self.raw(system, name, GREETING, rng.randbytes(size)):
                    pass
                with contextlib.suppress(ConnectionError, TimeoutError), \
                        self.raw(system, name, GREETING, ready(b"DEALER"), rng.randbytes(size)):
                    pass
            self.assert_serves(system, client)

    def test_halves_of_messages_that_never_end(self):
        system, client = self.begin_quietly()
        whole = frame(msgpack.packb(client.event("employer.put", records.employer(None, 5000))))
        starts = [b"", b"\xff", GREETING[:20], GREETING, GREETING + ready(b"DEALER")[:9],
                  GREETING + ready(b"DEALER"), GREETING + ready(b"DEALER") + whole[:1],
                  GREETING + ready(b"DEALER") + whole[:-1],
                  GREETING + ready(b"DEALER") + frame(b"", more=True),
                  GREETING + ready(b"DEALER") + struct.pack(">BQ", 2, 60000) + bytes(30000),
                  GREETING + ready(b"DEALER") + struct.pack(">BQ", 2, 1 << 62),
                  GREETING + ready(b"SUB") + whole[:-1],
                  GREETING + ready(b"NONSENSE"), GREETING + ready(b"ROUTER")]
        seq = system.status()["seq"]
        with contextlib.ExitStack() as open_ones:
            for _ in range(10):
                for name in ("intake", "query", "feed"):
                    for start in starts:
                        open_ones.enter_context(self.raw(system, name, start))
            self.assert_serves(system, client)
        self.assert_serves(system, client)
        self.assertEqual(system.status()["seq"], seq + 2)  # those of assert_serves alone

    def test_ten_megabytes(self):
        system, _ = self.begin_quietly()
        victim = system.connect()
        other = system.connect()
        for name in ("intake", "query"):
            big = system.connect(name)
            big.send_bytes(b"\xdd" + bytes(10 << 20))
            self.assert_serves(system, other)
            # It is cut off, and may come again.
            self.assertIsNone(big.receive(0.3))
        message = victim.event("employer.put", records.employer(None, 600, name="x" * 110))
        self.assertEqual(victim.ask(message)["result"], "created")
        with self.raw(system, "intake", GREETING, ready(b"DEALER"),
                      struct.pack(">BQ", 2, 10 << 20)) as connection:
            with contextlib.suppress(ConnectionError):
                for _ in range(160):
                    connection.sendall(bytes(65536))
                self.fail("it was let in")

    def test_the_largest_that_is_let_in(self):
        system, client = self.begin_quietly()
        largest = system.connect()
        for size, status in ((REQUEST_MAX, "rejected"), (REQUEST_MAX + 1, None)):
            largest.send_bytes(bytes([0xC1]) * size)
            answer = largest.receive(20 if status else 0.5)
            self.assertEqual(answer and answer["status"], status)
        self.assert_serves(system, client)


class MessagesTest(HostileTest):
    """Well-framed messages that are none, or too many."""

    def answer_codes(self, client, data):
        client.send_bytes(data)
        answer = client.receive(20)
        self.assertEqual(answer["status"], "rejected")
        return [error["code"] for error in answer["errors"]]

    def test_rubbish_is_refused_by_name(self):
        system, client = self.begin_quietly()
        seq = system.status()["seq"]
        good = msgpack.packb(client.event("employer.put", records.employer(None, 7)))
        deep = b"\x91" * 100_000
        for data, code in [(b"", "not_msgpack"), (b"\xc1", "not_msgpack"),
                           (b"\xdd\xff\0\0\0", "too_large"), (good[:-1], "not_msgpack"),
                           (good + b"\0", "trailing_bytes"), (deep[:60000], "too_deep"),
                           (b"\x82" + msgpack.packb("v") + b"\1" + msgpack.packb("v") + b"\1",
                            "duplicate_key")]:
            self.assertEqual(self.answer_codes(client, data), [code], data[:20])
            self.assertEqual(len(self.answer_codes(system.query, data)), 1)
        self.assertEqual(system.status()["seq"], seq)

    def test_frames_that_are_no_request(self):
        system, client = self.begin_quietly()
        whole = msgpack.packb(client.event("employer.put", records.employer(None, 7)))
        for frames in ([whole, whole], [b"", b"", whole], [b""] * 100, [b"x", whole],
                       [whole] * 50):
            client.socket.send_multipart(frames)
            answers = client.socket.recv_multipart()
            self.assertEqual(msgpack.unpackb(answers[-1])["errors"][0]["code"], "bad_frames")
        self.assert_serves(system, client)

    def test_changed_bits_of_good_messages(self):
        rng = seeded("hostile")
        system, client = self.begin_quietly()
        goods = [msgpack.packb(client.event("learner.put", records.learner(rng, 1))),
                 msgpack.packb(client.event("offer.put", records.offer(rng, 1))),
                 msgpack.packb(client.message({"type": "record.list", "body": {"kind": "offer"}}))]
        for name in ("intake", "query"):
            target = system.connect(name)
            for _ in range(1500):
                data = bytearray(rng.choice(goods))
                for _ in range(rng.randint(1, 6)):
                    data[rng.randrange(len(data))] = rng.randrange(256)
                target.send_bytes(bytes(data))
                self.assertIsNotNone(target.receive(20))
        self.assert_serves(system, client)

    def test_a_million_tiny_messages(self):
        system, client = self.begin_quietly()
        tiny = system.connect()
        sent = received = 0
        while sent < 1_000_000:
            for _ in range(500):
                try:
                    tiny.send_bytes(b"\0", zmq.DONTWAIT)
                    sent += 1
                except zmq.Again:
                    break
            tiny.socket.poll(20)
            try:
                while True:
                    tiny.socket.recv(zmq.DONTWAIT)
                    received += 1
            except zmq.Again:
                pass
            if sent % 50_000 < 500:
                self.assert_serves(system, client)
        self.assertGreater(received, 900_000)
        self.assert_serves(system, client)

    def test_clients_that_never_read(self):
        """Their answers are dropped, and counted."""
        system, client = self.begin_quietly()
        rng = random.Random(1)
        for number in range(200):
            client.do("learner.put", records.learner(rng, number))
        deaf = [(system.connect(name), msgpack.packb(client.message(message)))
                for name, message in [
                    ("intake", {"type": "nonsense" * 5}), ("intake", {"type": "status"}),
                    ("query", {"type": "record.list", "body": {"kind": "learner", "limit": 500}}),
                    ("query", {"type": "status"})]]
        for one, _ in deaf:
            one.socket.set(zmq.RCVHWM, 1)

        def enough_was_dropped():
            for one, data in deaf:
                with contextlib.suppress(zmq.Again):
                    for _ in range(300):
                        one.send_bytes(data, zmq.DONTWAIT)
            self.assert_serves(system, client)
            return system.metric("passerelle_replies_lost_total") > 10_000 and \
                system.metric('passerelle_queries_total{status="ok"}') > 2_000

        wait_until(enough_was_dropped, "thousands of answers are dropped", 60)

    def test_subscribers_that_never_read(self):
        """They miss messages; nobody waits for them."""
        system, client = self.begin_quietly()
        deaf = [Subscriber(system.socket("feed"), TERRITORY, RCVHWM=1) for _ in range(5)]
        one_that_reads = Subscriber(system.socket("feed"), TERRITORY)
        events = 8000
        heard = 0
        for begin in range(0, events, 100):
            for number in range(begin, begin + 100):
                client.send(client.event("employer.put", records.employer(None, number)))
            for _ in range(100):
                self.assertIsNotNone(client.receive(20))
            while heard < begin and one_that_reads.receive(20) is not None:
                heard += 1
        self.assert_serves(system, client)
        self.assertGreater(heard, events * 3 / 4)
        for subscriber in deaf:
            count = 0
            while subscriber.receive(0.2) is not None:
                count += 1
            self.assertLess(count, events, "what nobody reads is kept")
        for subscriber in (*deaf, one_that_reads):
            subscriber.close()

    def test_large_requests_while_the_store_sleeps(self):
        """What is sent is a multiple of what may wait: client_queue requests of each client, and
        those under way to Redis."""
        system, client = self.begin_quietly(client_queue=200)
        rng = random.Random(2)
        senders = [system.connect() for _ in range(4)]
        data = msgpack.packb(client.event("offer.put", records.offer(
            rng, 1, description="x" * 19999, requirements=[])))
        for sender in senders:
            sender.socket.set(zmq.SNDHWM, 10)
        system.redis.pause()
        sent = 0
        for _ in range(20000):
            for sender in senders:
                with contextlib.suppress(zmq.Again):
                    sender.send_bytes(data, zmq.DONTWAIT)
                    sent += 1
        self.assertGreater(sent, 1000)
        system.redis.resume()
        for sender in senders:
            self.assertIn(sender.receive(30)["status"], ("ok", "retry"))
        self.assert_serves(system, client)

    def test_more_queries_than_can_wait(self):
        """They are taken off the socket all the same: what wait there for clients that are gone
        would be memory without end."""
        system, client = self.begin_quietly()
        asker = system.connect("query")
        system.redis.pause()
        asked = [asker.message({"type": "record.list", "body": {"kind": "employer"}})
                 for _ in range(24 + 128 + 20)]
        for message in asked:
            asker.send(message)
        refused = [asker.receive(20) for _ in range(20)]
        for answer in refused:
            self.assertEqual((answer["status"], answer["errors"][0]["code"]), ("retry", "busy"))
        self.assertIsNone(asker.receive(0.2))
        system.redis.resume()
        # Whoever has so many under way and does not keep up with the answers asks again.
        missing = {message["id"]: message for message in asked}
        deadline = time.monotonic() + 60
        while missing and time.monotonic() < deadline:
            if answer := asker.receive(1):
                self.assertIn(answer["status"], ("ok", "retry"))
                if answer["status"] == "ok":
                    missing.pop(answer["id"], None)
            else:
                for message in list(missing.values())[:20]:
                    asker.send(message)
        self.assertEqual(missing, {})
        self.assert_serves(system, client)

    def test_many_subscriptions_and_odd_ones(self):
        system, client = self.begin_quietly()
        subscriber = Subscriber(system.socket("feed"), "nobody")
        for number in range(5000):
            subscriber.socket.set(zmq.SUBSCRIBE, f"t{number}".encode())
        for size in (0, 31, 32, 33, 255, 256, 257, 10_000):
            subscriber.socket.set(zmq.SUBSCRIBE, os.urandom(size))
        for number in range(5000):
            subscriber.socket.set(zmq.UNSUBSCRIBE, f"t{number}".encode())
        self.assert_serves(system, client)
        subscriber.close()
        self.assert_serves(system, client)

    def test_clients_that_come_and_go(self):
        system, client = self.begin_quietly()
        for _ in range(30):
            passing = [system.connect(random.choice(["intake", "query"])) for _ in range(20)]
            for one in passing:
                one.send_bytes(msgpack.packb(one.message({"type": "status"})))
            for one in passing:
                one.close()
                system.clients.remove(one)
            self.assert_serves(system, client)


if __name__ == "__main__":
    main()
