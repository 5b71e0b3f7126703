"""What a ranking is worth, and how sure one can be of the mean."""

import math
import random

RESAMPLES = 2000


def reciprocal_rank(ranking, truth):
    for place, code in enumerate(ranking, 1):
        if code in truth:
            return 1 / place
    return 0.0


def hit(ranking, truth, depth):
    return float(any(code in truth for code in ranking[:depth]))


def ndcg(ranking, truth, depth=10):
    """Normalised discounted cumulative gain; every right answer is worth the same."""
    gain = sum(1 / math.log2(place + 1)
               for place, code in enumerate(ranking[:depth], 1) if code in truth)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(depth, len(truth)) + 1))
    return gain / best if best else 0.0


MEASURES = {
    "MRR": reciprocal_rank,
    "hit@1": lambda ranking, truth: hit(ranking, truth, 1),
    "hit@5": lambda ranking, truth: hit(ranking, truth, 5),
    "nDCG@10": ndcg,
}


def mean(values):
    return sum(values) / len(values)


def interval(values, seed=1):
    """Bootstrap over queries: the middle 95 % of the means of resamples."""
    choice = random.Random(seed)
    count = len(values)
    means = sorted(mean(choice.choices(values, k=count)) for _ in range(RESAMPLES))
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]


def shown(values):
    if not values:
        return "–"
    low, high = interval(values)
    return f"{mean(values):.3f} ({low:.3f}–{high:.3f})"
