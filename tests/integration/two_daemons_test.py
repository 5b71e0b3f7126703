"""Two daemons on one store, as when the old machine was thought to be gone. The lock of the state
(up_test.py) keeps them apart on one machine only; what is committed is right all the same."""

import os
import re

from client import Client
from harness import seeded
from load import Load
from system import BIN, TERRITORY, Program, SystemTest, main


class TwoDoors:
    """The system, but every other client comes in by the second daemon."""

    def __init__(self, system, path):
        self.system = system
        self.paths = [system.socket("intake"), path]
        self.count = 0

    def connect(self):
        client = Client(self.paths[self.count % 2], TERRITORY)
        self.count += 1
        self.system.clients.append(client)
        return client

    def __getattr__(self, name):
        return getattr(self.system, name)


class TwoDaemonsTest(SystemTest):
    def second_daemon(self, system):
        """A daemon with a state of its own, but for key, referential and store."""
        state = system.path("second")
        os.mkdir(state)
        with open(system.path("passerelle.conf"), encoding="utf-8") as file:
            text = file.read()
        for name, value in (("runtime_directory", f"{state}/run"), ("state_directory", state),
                            ("metrics", ""), ("key_file", system.path("passerelle.key")),
                            ("directory", system.path("referential"))):
            text, found = re.subn(rf"(?m)^{name} =.*$", f"{name} = {value}", text)
            self.assertEqual(found, 1, name)
        with open(system.path("second.conf"), "w", encoding="utf-8") as file:
            file.write(text)
        second = Program("second", [os.path.join(BIN, "passerelled"), "--config",
                                    system.path("second.conf")], system.state)
        system.workers.append(second)  # so it ends, and is looked at, as the others
        second.start().wait_ready()
        return os.path.join(state, "run", "intake.sock")

    def test_each_event_is_there_once_whoever_took_it(self):
        rng = seeded("two_daemons")
        system = self.begin(workers=1)
        doors = TwoDoors(system, self.second_daemon(system))
        load = Load(doors, rng, clients=4)
        others = {0: doors.connect(), 1: doors.connect()}
        for _ in range(4):
            load.run(100)
            # The same requests at the other door: the same answers.
            for request in list(load.requests.values())[-100:]:
                if request.answer and request.answer["status"] == "ok":
                    other = others[1 - load.clients.index(request.client) % 2]
                    self.assertEqual(other.ask(request.message), request.answer)
        self.assertEqual({client.path for client in load.clients}, {*doors.paths})
        load.settle()
        load.check()
        self.assertEqual(system.verify()["problems"], 0)


if __name__ == "__main__":
    main()
