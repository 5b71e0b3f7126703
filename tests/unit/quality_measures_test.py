#!/usr/bin/env python3
"""The measures of bench/quality on rankings whose worth is known."""
import os
import sys
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "bench", "quality"))

import measures  # noqa: E402
import tasks  # noqa: E402


class MeasuresTest(unittest.TestCase):
    def test_reciprocal_rank(self):
        self.assertEqual(measures.reciprocal_rank("abc", {"b", "c"}), 0.5)
        self.assertEqual(measures.reciprocal_rank("abc", {"d"}), 0)

    def test_hit(self):
        self.assertEqual(measures.hit("abc", {"b"}, 1), 0)
        self.assertEqual(measures.hit("abc", {"b"}, 2), 1)

    def test_ndcg(self):
        self.assertEqual(measures.ndcg("ab", {"a", "b"}), 1)
        self.assertEqual(measures.ndcg("cd", {"a", "b"}), 0)
        self.assertAlmostEqual(measures.ndcg("ca", {"a"}), 0.63093, 5)

    def test_interval(self):
        low, high = measures.interval([0.0, 1.0] * 50)
        self.assertTrue(0.38 < low < 0.44 and 0.56 < high < 0.62)
        self.assertEqual(measures.interval([1.0] * 10), (1, 1))

    def test_halves(self):
        """A query stays where it is for good, whatever else changes."""
        halves = [tasks.half_of(tasks.Query("", {}, set(), str(i))) for i in range(8)]
        self.assertEqual(halves, HALVES)

    def test_copies_of_an_offer_share_a_half(self):
        self.assertEqual(tasks.same_title("Data  Scientist (H/F)"),
                         tasks.same_title("DATA SCIENTIST - h/f"))


HALVES = ["dev", "dev", "test", "test", "test", "test", "test", "dev"]

if __name__ == "__main__":
    unittest.main()
