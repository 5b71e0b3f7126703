"""The official files that the tasks are made from, read as they are published."""

import csv
import functools
import glob
import gzip
import hashlib
import os

RELATIONS = "occupation_skill_relations_en_fr.tsv.gz"
MAPPING = "esco_rome_dev.csv.gz"


def open_text(path):
    if path.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")


def read_rows(path, delimiter=","):
    with open_text(path) as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def digest(*parts):
    """A number below 2**64 that depends on nothing but the parts."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big")


class Rome:
    """The ROME folder: each table is found by the name that all releases give it."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, table):
        found = sorted(glob.glob(os.path.join(self.folder, f"unix_{table}_v*_utf8.csv*")))
        if not found:
            raise FileNotFoundError(f"{self.folder}: no table {table}")
        return found[-1]

    def rows(self, table):
        return read_rows(self.path(table))

    @functools.lru_cache
    def roles(self):
        return {row["code_rome"]: row["libelle_rome"] for row in self.rows("referentiel_code_rome")}

    @functools.lru_cache
    def titles(self):
        return self.rows("referentiel_appellation")

    @functools.lru_cache
    def near(self):
        """Role → the roles that its mobility links name, nearest first."""
        links = {}
        for row in self.rows("rubrique_mobilite"):
            links.setdefault(row["code_rome"], []).append(
                (int(row["numero_ordre"]), row["code_rome_cible"]))
        return {code: [target for _, target in sorted(targets)]
                for code, targets in links.items()}

    @functools.lru_cache
    def skills(self):
        """Skills proper, without knowledge and contexts: id → label."""
        return {row["code_ogr"]: row["libelle_competence"]
                for row in self.rows("referentiel_competence")}

    @functools.lru_cache
    def role_skills(self, core_only):
        """Role → ids of its skills in the order of the file."""
        skills, found = self.skills(), {}
        for row in self.rows("coherence_item"):
            if row["code_ogr"] in skills and (row["coeur_metier"] == "Principale" or not core_only):
                found.setdefault(row["code_rome"], []).append(row["code_ogr"])
        return found


class Data:
    """A folder laid out like ../shared/data."""

    def __init__(self, folder):
        self.folder = folder
        self.rome = Rome(os.path.join(folder, "rome4"))
        self.esco = os.path.join(folder, "esco")
        self.mapping_path = os.path.join(folder, "crosswalk", MAPPING)

    @functools.lru_cache
    def mapping(self):
        return read_rows(self.mapping_path)

    @functools.lru_cache
    def exact_roles(self):
        """ESCO occupation → roles that it maps to exactly."""
        role_of = {row["code_ogr"]: row["code_rome"] for row in self.rome.titles()}
        found = {}
        for row in self.mapping():
            code = role_of.get(row["rome_appellation_ogr"])
            if row["relation"] == "skos:exactMatch" and code:
                found.setdefault(row["esco_occupation_uri"], set()).add(code)
        return found

    @functools.lru_cache
    def essential_skills(self):
        """ESCO occupation → French labels of its essential skills."""
        found = {}
        for row in read_rows(os.path.join(self.esco, RELATIONS), "\t"):
            if row["relation"] == "essential" and row["skill_fr"]:
                labels = found.setdefault(row["occupation_uri"], [])
                if row["skill_fr"] not in labels:
                    labels.append(row["skill_fr"])
        return found

    @functools.lru_cache
    def offers(self):
        return read_rows(os.path.join(self.folder, "offers", "offers_fr.tsv"), "\t")
