"""The ground of the tests of the function library: one Redis for all, emptied before each."""

import functools
import unittest

from harness import RedisServer, move_store_clock, read_library
from territory import Territory, refused


MINUTE, HOUR = 60 * 1000, 3600 * 1000


@functools.cache
def shared_server():
    """Ends with the program."""
    return RedisServer()


class FunctionsTest(unittest.TestCase):
    slots = 2

    def setUp(self):
        self.redis = shared_server().client()
        self.redis.flushall()
        self.redis.function_load(read_library(), replace=True)
        self.t = Territory(self.redis, slots=self.slots)

    def tearDown(self):
        self.redis.close()

    def elapse(self, milliseconds):
        """Time passes in the store; or its clock is set back."""
        move_store_clock(self.redis, self.t.base, milliseconds)

    def store_now(self):
        seconds, microseconds = self.redis.time()
        return seconds * 1000 + microseconds // 1000

    def assert_silent(self, call, answer):
        """The call is answered so, takes no number and writes no entry."""
        seq, entries = self.t.seq(), len(self.t.log())
        self.assertEqual(call(), answer)
        self.assertEqual((self.t.seq(), len(self.t.log())), (seq, entries))

    def assert_writes_nothing(self, call, answer):
        before = self.t.everything()
        self.assertEqual(call(), answer)
        self.assertEqual(self.t.everything(), before)

    def assert_malformed(self, function, *arguments):
        before = self.t.everything()
        with self.subTest(function=function, arguments=[str(a)[:40] for a in arguments]):
            self.assertRegex(refused(lambda: self.t.call(function, *arguments)), "^MALFORMED ")
            self.assertEqual(self.t.everything(), before)

    def assert_each_malformed(self, function, arguments, bad, too_few=-1):
        """Each bad value in its place, and too few and too many arguments."""
        for place, values in bad.items():
            for value in values:
                self.assert_malformed(function, *arguments[:place], value, *arguments[place + 1:])
        self.assert_malformed(function, *arguments[:too_few])
        self.assert_malformed(function, *arguments, "more")
        self.assert_malformed(function)

    def change_library(self, constants):
        library = read_library()
        for constant, value in constants.items():
            self.assertEqual(library.count(constant), 1)
            library = library.replace(constant, value)
        self.redis.function_load(library, replace=True)
