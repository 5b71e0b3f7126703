"""Runs a ranker: JSON Lines in, JSON Lines out."""

import json
import shlex
import subprocess
import time


class RankerError(Exception):
    """The ranker failed, or its answer has not the shape that was asked for."""


def run(command, lines):
    """Answers by id, and how long all took."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    start = time.monotonic()
    done = subprocess.run(shlex.split(command), input=text.encode(), stdout=subprocess.PIPE,
                          check=False)
    seconds = time.monotonic() - start
    if done.returncode != 0:
        raise RankerError(f"{command}: exit status {done.returncode}")
    answers = {}
    for number, answer in enumerate(done.stdout.decode().splitlines(), 1):
        try:
            answer = json.loads(answer)
            answers[answer["id"]] = answer
        except (ValueError, KeyError, TypeError) as error:
            raise RankerError(f"{command}: line {number} is no answer") from error
    missing = [line["id"] for line in lines if line["id"] not in answers]
    if missing:
        raise RankerError(f"{command}: no answer to {missing[0]} and {len(missing) - 1} others")
    return answers, seconds


def role_codes(command, queries):
    """For each query the codes in the answer's order, and how long all took."""
    answers, seconds = run(command, [query.line for query in queries])
    return [[role["code"] for role in answers[query.id].get("roles", ())]
            for query in queries], seconds


def offer_refs(command, queries):
    """For each query the offers by falling score, equal ones as they were asked for."""
    answers, seconds = run(command, [line for query in queries for line in query.line])
    rankings = []
    for query in queries:
        scored = [(answers[line["id"]].get("score") or 0, line["id"].split(" ", 1)[1])
                  for line in query.line]
        rankings.append([ref for _, ref in sorted(scored, key=lambda pair: -pair[0])])
    return rankings, seconds
