"""What texts say, as sets that can be compared: see "Counting" in tests/fixtures/texts/README.md."""

import datetime
import re
import unicodedata


def meet(a, b):
    return a[0] < b[1] and b[0] < a[1]


def inside(a, spans):
    return any(b[0] <= a[0] and a[1] <= b[1] for b in spans)


def listed(entry, name):
    value = entry.get("constraints", {}).get(name, [])
    return value if isinstance(value, list) else [value]


def covered(text):
    """Spans in which a prediction that meets no mention is not counted."""
    spans = list(text["titles"]) + list(text["neutral"])
    for name in text["constraints"]:
        spans += [item["span"] for item in listed(text, name)]
    return spans + [item["span"] for item in text["flags"] + text["private"]]


# -- skills ---------------------------------------------------------------------------------------


def judge(text, found, starter):
    """'right', 'wrong' or None (not counted) for a skill that was found."""
    span = (found["start"], found["end"])
    met = [m for m in text["skills"] if meet(span, (m["start"], m["end"]))]
    plain = [m for m in met if not m.get("negated") and not m.get("doubtful")]
    if any(found["id"] in m["ids"] for m in plain):
        return "right"
    if any(found["id"] in m["ids"] for m in met if m.get("doubtful")):
        return None
    if not met and inside(span, covered(text)):
        return None
    if met and all(not m["ids"] for m in met) and found["id"] not in starter:
        return None
    return "wrong"


def skill_counts(text, answer, starter):
    """right, wrong, found, missed; and the errors as (what, id, words)."""
    words = text["text"]
    predictions, errors = {}, []
    kept = [skill for skill in answer["skills"] if not skill.get("negated")]
    for skill in kept:
        verdict = judge(text, skill, starter)
        if verdict:
            predictions.setdefault(skill["id"], []).append((verdict, skill))
    right = wrong = 0
    for name, verdicts in predictions.items():
        if any(verdict == "right" for verdict, _ in verdicts):
            right += 1
        else:
            wrong += 1
            skill = verdicts[0][1]
            errors.append(("wrong", name, words[skill["start"]:skill["end"]]))
    groups = {}
    for mention in text["skills"]:
        if mention["ids"] and not mention.get("negated") and not mention.get("doubtful"):
            groups.setdefault(mention["ids"][0], []).append(mention)
    found = 0
    for name, mentions in groups.items():
        if any(skill["id"] in m["ids"] and meet((skill["start"], skill["end"]),
                                                (m["start"], m["end"]))
               for m in mentions for skill in kept):
            found += 1
        else:
            errors.append(("missed", name, words[mentions[0]["start"]:mentions[0]["end"]]))
    return (right, wrong, found, len(groups) - found), errors


def details(text, answer):
    """Pairs (annotated, predicted) of required, level, years over the right predictions."""
    pairs = {"required": [], "level": [], "years": []}
    groups = {}
    for skill in answer["skills"]:
        if skill.get("negated"):
            continue
        for mention in text["skills"]:
            if (skill["id"] in mention["ids"] and not mention.get("negated")
                    and not mention.get("doubtful")
                    and meet((skill["start"], skill["end"]), (mention["start"], mention["end"]))):
                groups.setdefault(skill["id"], []).append((mention, skill))
    for group in groups.values():
        if text["kind"] == "offer":
            pairs["required"].append((any(m["required"] for m, _ in group),
                                      any(s["required"] for _, s in group)))
        for name in ("level", "years"):
            pairs[name].append((max((m.get(name) or 0) for m, _ in group),
                                max((s.get(name) or 0) for _, s in group)))
    return pairs


# -- constraints ----------------------------------------------------------------------------------


def day_key(item):
    day = datetime.date.fromisoformat(item["date"])
    if item["precision"] == "day":
        return ("day", day.isoformat())
    if item["precision"] == "week":
        return ("week",) + tuple(day.isocalendar()[:2])
    return ("month", day.year, day.month)


def same_date(truth, found):
    """Compared as precisely as the truth is."""
    return day_key(truth) == day_key(dict(found, precision=truth["precision"]))


def need(item, kind):
    if item.get("in_progress"):
        return "in_progress"
    if kind == "cv":
        return "held"
    return "required" if item.get("required") else "wished"


def town_key(name):
    name = unicodedata.normalize("NFKD", name.lower())
    name = "".join(c for c in name if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", " ", name).split()
    return " ".join("saint" if w == "st" else "sainte" if w == "ste" else w for w in words)


def same_place(truth, found):
    return ((truth.get("town") and found.get("town")
             and town_key(truth["town"]) == town_key(found["town"]))
            or (truth.get("commune") and truth.get("commune") == found.get("commune"))
            or (truth.get("department") and truth.get("department") == found.get("department")))


def hours_facts(item):
    facts = []
    for name in ("weekly", "part_time", "days_count"):
        if name in item:
            facts.append((name, item[name]))
    if "from" in item or "to" in item:
        facts.append(("clock", item.get("from"), item.get("to")))
    if "days" in item:
        facts.append(("days", tuple(sorted(item["days"]))))
    return facts


def facts(entry, kind):
    """(member, value, span) of all that the entry states; negated ones are none."""
    result = []

    def add(name, value, item):
        result.append((name, value, tuple(item["span"])))

    for item in listed(entry, "contract"):
        add("contract", tuple(sorted(item["values"])), item)
    for name in ("start", "end"):
        for item in listed(entry, name):
            add(name, (item["date"], item["precision"]), item)
    for item in listed(entry, "hours"):
        for fact in hours_facts(item):
            add("hours", fact, item)
    for item in listed(entry, "rhythm"):
        add("rhythm", (item["company_days"], item["school_days"]), item)
    for item in listed(entry, "place"):
        add("place", (item.get("town"), item.get("commune"), item.get("department")), item)
    for item in listed(entry, "remote"):
        add("remote", item["value"], item)
    for name, key in (("licences", "code"), ("authorisations", "name")):
        for item in listed(entry, name):
            if not item.get("negated"):
                add(name, (item[key], need(item, kind)), item)
    for item in listed(entry, "languages"):
        if not item.get("negated"):
            add("languages", (item["code"], need(item, kind)), item)
            if item.get("level"):
                add("language_level", (item["code"], item["level"]), item)
    for item in listed(entry, "experience_years"):
        add("experience_years", (item["value"], "required" if item["required"] else "wished"), item)
    for item in listed(entry, "adults_only"):
        add("adults_only", True, item)
    for item in listed(entry, "travel"):
        if item.get("mode"):
            add("travel", ("mode", item["mode"]), item)
        if item.get("radius_km"):
            add("travel", ("radius", item["radius_km"]), item)
    return result


def same_fact(truth, found):
    if truth[0] != found[0]:
        return False
    if truth[0] == "contract":
        return set(truth[1]) == set(found[1]) or (len(found[1]) >= 1 and set(found[1]) <= set(truth[1]))
    if truth[0] in ("start", "end"):
        return same_date(dict(zip(("date", "precision"), truth[1])),
                         dict(zip(("date", "precision"), found[1])))
    if truth[0] == "place":
        keys = ("town", "commune", "department")
        return bool(same_place(dict(zip(keys, truth[1])), dict(zip(keys, found[1]))))
    return truth[1] == found[1]


def excused(text, fact, truths):
    """A fact that equals none of the truth and still is not counted."""
    name, value, span = fact
    spans = ([(m["start"], m["end"]) for m in text["skills"]] + list(text["neutral"])
             + [item["span"] for item in text["flags"]])
    if inside(span, spans):
        return True
    if name == "remote" and value == "none":
        return True
    return name == "language_level" and any(
        t[0] == "languages" and t[1][0] == value[0] for t in truths) and not any(
            t[0] == "language_level" and t[1][0] == value[0] for t in truths)


def constraint_counts(text, answer):
    truths = list({(f[0], f[1]): f for f in facts(text, text["kind"])}.values())
    founds = list({(f[0], f[1]): f for f in facts(answer, text["kind"])}.values())
    right = wrong = 0
    errors = []
    for found in founds:
        if any(same_fact(truth, found) for truth in truths):
            right += 1
        elif not excused(text, found, truths):
            wrong += 1
            errors.append(("wrong", found[0], f"{found[1]} [{text['text'][slice(*found[2])]}]"))
    hits = 0
    for truth in truths:
        if any(same_fact(truth, found) for found in founds):
            hits += 1
        else:
            errors.append(("missed", truth[0], f"{truth[1]} [{text['text'][slice(*truth[2])]}]"))
    return (right, wrong, hits, len(truths) - hits), errors


# -- flags and private data -----------------------------------------------------------------------


def flag_counts(text, answer):
    truths = [(f["kind"], tuple(f["span"])) for f in text["flags"]]
    founds = [(f["kind"], (f["start"], f["end"])) for f in answer.get("flags", ())]
    errors = []
    right = wrong = 0
    for kind, span in founds:
        if any(kind == k and meet(span, s) for k, s in truths):
            right += 1
        else:
            wrong += 1
            errors.append(("wrong", kind, text["text"][slice(*span)]))
    hits = 0
    for kind, span in truths:
        if any(kind == k and meet(span, s) for k, s in founds):
            hits += 1
        else:
            errors.append(("missed", kind, text["text"][slice(*span)]))
    return (right, wrong, hits, len(truths) - hits), errors


def private_points(text, answer):
    """Annotated code points that were found, and all; code points found beside them."""
    truth, found = set(), set()
    for item in text["private"]:
        truth |= set(range(*item["span"]))
    for item in answer.get("private", ()):
        found |= set(range(item["start"], item["end"]))
    return len(truth & found), len(truth), len(found - truth)


def role_hit(text, answer, codes, depth):
    """codes: the ROME code of each own role."""
    right = set(text["roles"]) | {codes[r] for r in text["roles"] if codes.get(r)}
    return any(role["code"] in right for role in answer.get("roles", [])[:depth])
