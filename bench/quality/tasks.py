"""Queries and truth of each task. A query's half, dev or test, is fixed by a hash of its id."""

import random
import unicodedata
from collections import namedtuple

from official import digest

FOLDS = 5
HELD_OUT_TITLES = 1500
LEARNER_ROLES = 60  # at most, in task `learner`
EVIDENCE = ("declared", "observed", "attested", "project", "work")

# line: what the ranker reads. truth: codes of the right answers. half: what decides dev or test.
Query = namedtuple("Query", "id line truth half")


def half_of(query):
    return "test" if digest("half", query.half) % 2 else "dev"


def fold_of(occupation):
    """Which of the referentials knows nothing of this ESCO occupation."""
    return digest("fold", occupation) % FOLDS


def held_out_titles(rome):
    """Ids of the synonym titles that task `titles` asks for."""
    synonyms = [row["code_ogr"] for row in rome.titles() if row["classification"] == "SYNONYME"]
    return set(sorted(synonyms, key=lambda ogr: digest("title", ogr))[:HELD_OUT_TITLES])


def tested_occupations(data, fold):
    """ESCO occupations that the referential of this fold must know nothing of."""
    return {uri for uri in data.exact_roles() if fold_of(uri) == fold}


def skills_queries(data, count, fold):
    """count: 5, 10 or None for all essential skills of an occupation."""
    essential = data.essential_skills()
    roles = data.exact_roles()
    queries = []
    for uri in sorted(tested_occupations(data, fold)):
        labels = essential.get(uri, [])
        if len(labels) < (count or 5):
            continue
        if count:
            labels = random.Random(digest("claims", uri, str(count))).sample(labels, count)
        line = {"id": uri, "claims": labels, "language": "fr"}
        queries.append(Query(uri, line, roles[uri], uri))
    return queries


def near_queries(data):
    return [Query(code, {"id": code, "code": code}, set(targets), code)
            for code, targets in sorted(data.rome.near().items())]


def title_queries(data):
    held_out = held_out_titles(data.rome)
    return [Query(row["code_ogr"],
                  {"id": row["code_ogr"], "title": row["libelle_appellation_court"]},
                  {row["code_rome"]}, row["code_ogr"])
            for row in data.rome.titles() if row["code_ogr"] in held_out]


def same_title(title):
    """Offers repeat titles: all copies of one go to the same half."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain
                            if not unicodedata.combining(c)).split())


def offer_queries(data):
    return [Query(row["ref"], {"id": row["ref"], "title": row["title"]}, {row["rome"]},
                  same_title(row["title"]))
            for row in data.offers() if row["ref"].startswith("N")]


def _learner(role, core, others):
    """Half of a role's core skills and two foreign ones, each with a level and evidence."""
    choice = random.Random(digest("learner", role))
    own = choice.sample(core, max(1, len(core) // 2))
    foreign = choice.sample(others, 2)
    return {"claims": [{"skill": skill, "level": choice.randint(2, 4),
                        "evidence": choice.choice(EVIDENCE)} for skill in own + foreign]}


def _offer(row):
    requirements = []
    for item in filter(None, row["skills"].split("|")):
        skill, _, need = item.partition(":")
        if skill.isdigit():
            requirements.append({"skill": skill, "required": need == "E"})
    return {"title": row["title"], "requirements": requirements}


def learner_queries(data, with_role):
    """One learner for each role of a real offer; a query is a list of pairs to score."""
    core, near = data.rome.role_skills(core_only=True), data.rome.near()
    every = sorted({skill for skills in core.values() for skill in skills})
    offers = data.offers()
    roles = sorted({row["rome"] for row in offers if len(core.get(row["rome"], ())) >= 4},
                   key=lambda code: digest("learner role", code))[:LEARNER_ROLES]
    queries = []
    for role in roles:
        all_own = set(data.rome.role_skills(core_only=False)[role])
        learner = _learner(role, core[role], [skill for skill in every if skill not in all_own])
        right = {role, *near.get(role, ())}
        lines = []
        for row in offers:
            offer = _offer(row)
            if with_role:
                offer["role"] = row["rome"]
            lines.append({"id": f"{role} {row['ref']}", "learner": learner, "offer": offer})
        truth = {row["ref"] for row in offers if row["rome"] in right}
        queries.append(Query(role, lines, truth, role))
    return queries
