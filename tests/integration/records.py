"""Invented learners, offers and employers, as many as wanted, each a little different."""

import csv
import os

from client import observed

DATA = os.environ.get("PASSERELLE_DATA", os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", "config"))
SURNAMES = ["Valdrôme", "Kestremont", "Ombrecourt", "Tisselande", "Marquevin", "Rochevane"]
GIVEN = ["Anouk", "Bilal", "Céleste", "Doriane", "Émile", "Fatou", "Gwenn"]
WORDS = ["retouche de vieilles photos", "cuisine pour grandes tablées", "montage de meubles",
         "broderie sur toile", "élevage d'escargots", "réglage de cornemuse"]
CONTRACTS = ["cdi", "cdd", "apprenticeship", "internship"]


def _column(name, column):
    with open(os.path.join(DATA, "referential", name), encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


SKILLS = _column("skills.csv", "id")[:60]  # few enough that people and offers have some in common
ROLES = _column("roles.csv", "id")
COMMUNES = sorted({code for code in _column("communes.csv", "insee") if code.startswith("59")})


def reference(number):
    return f"ref-{number}"


def origin(number):
    return {"source": "test", "reference": reference(number), "observed_at": observed()}


def learner(rng, number, mark="", **further):
    """`mark` comes back with the record: it tells which event made it so."""
    body = origin(number)
    body["claims"] = [{"skill": skill, "level": rng.randint(1, 4), "evidence": evidence}
                      for skill, evidence in zip(rng.sample(SKILLS, 8), ["declared", "work"] * 4)]
    if rng.random() < 0.4:
        body["claims"].append({"words": rng.choice(WORDS)})
    if rng.random() < 0.7:
        body["place"] = {"commune": rng.choice(COMMUNES)}
        body["travel"] = [{"mode": "car", "radius_km": rng.choice([5, 15, 40])}]
    if rng.random() < 0.5:
        body["contracts"] = sorted(rng.sample(CONTRACTS, 2), key=CONTRACTS.index)
    if rng.random() < 0.3:
        body["roles"] = [rng.choice(ROLES)]
    body["contact"] = {"given_name": GIVEN[number % len(GIVEN)],
                       "family_name": f"{SURNAMES[number % len(SURNAMES)]}-{number}",
                       "birth_date": f"19{70 + number % 30}-0{1 + number % 9}-1{number % 9}"}
    if mark:
        body["prescriber"] = mark
    return {**body, **further}


def offer(rng, number, mark="", **further):
    body = origin(number)
    body["title"] = mark or f"Offre {number}"
    body["requirements"] = [{"skill": skill, "required": rng.random() < 0.3,
                             "level": rng.randint(1, 3)} for skill in rng.sample(SKILLS, 5)]
    if rng.random() < 0.2:
        body["requirements"].append({"words": rng.choice(WORDS)})
    body["contract"] = rng.choice(CONTRACTS)
    if rng.random() < 0.7:
        body["place"] = {"commune": rng.choice(COMMUNES)}
    if rng.random() < 0.3:
        body["role"] = rng.choice(ROLES)
    return {**body, **further}


def employer(_rng, number, mark="", **further):
    return {**origin(number), "name": mark or f"Atelier {number}", **further}


def target(number):
    return {"source": "test", "reference": reference(number)}
