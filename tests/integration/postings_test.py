"""Offers as others publish them: pages of France Travail's API, JobPostings of schema.org."""

import glob
import json
import os
import subprocess

from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main

PHONE, PERSON = "0320000000", "Camille Inventée"


def offer(number, **more):
    """An offer in the form of the API "Offres d'emploi v2"; all invented."""
    return {"id": f"19{number:05}A", "intitule": f"Développeur web {number} (H/F)",
            "description": "Vous développez des sites.", "romeCode": "M1855",
            "dateCreation": "2026-11-01T08:00:00.000Z",
            "dateActualisation": "2026-11-10T08:00:00.000Z", "typeContrat": "CDI",
            "lieuTravail": {"libelle": "59 - Lille", "commune": "59350", "codePostal": "59000",
                            "latitude": 50.63, "longitude": 3.06},
            "competences": [{"libelle": "PHP", "exigence": "E"}],
            "contact": {"nom": PERSON, "telephone": PHONE}, **more}


class PostingsTest(SystemTest):
    def passerelle(self, *words):
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--state", self.system.state, "--territory",
             TERRITORY, "--lang", "en"],
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8"},
            input="", capture_output=True, timeout=300, text=True, check=False)
        self.assertNotIn("Sanitizer", done.stderr)
        return done

    def imported(self, text, name="page.json", code=0):
        path = self.system.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = self.passerelle("import", "offers", path, "--json")
        self.assertEqual(done.returncode, code, done.stderr)
        answer = json.loads(done.stdout)
        return [answer[count] for count in ("created", "changed", "unchanged", "stale", "rejected")]

    def records(self):
        done = self.passerelle("list", "offers", "--json")
        return {line["record"]["reference"]: line["record"]
                for line in map(json.loads, done.stdout.splitlines())}

    def test_a_page_goes_in_and_comes_again(self):
        self.begin()
        page = [offer(number) for number in range(30)]
        self.assertEqual(self.imported(json.dumps({"resultats": page})), [30, 0, 0, 0, 0])
        seq = self.system.status()["seq"]
        # The same page again, and the same offers in other forms, change nothing.
        self.assertEqual(self.imported(json.dumps({"resultats": page})), [0, 0, 30, 0, 0])
        self.assertEqual(self.imported(json.dumps(page, indent=1)), [0, 0, 30, 0, 0])
        self.assertEqual(self.imported("\n".join(map(json.dumps, page))), [0, 0, 30, 0, 0])
        self.assertEqual(self.system.status()["seq"], seq)
        # What is newer changes the offer, what is older does not.
        page[3] = offer(3, intitule="Intégrateur", dateActualisation="2026-11-12T08:00:00Z")
        page[4] = offer(4, intitule="Ancien", dateActualisation="2026-11-02T08:00:00Z")
        self.assertEqual(self.imported(json.dumps({"resultats": page})), [0, 1, 28, 1, 0])
        records = self.records()
        self.assertEqual(records["1900003A"]["title"], "Intégrateur")
        self.assertEqual(records["1900003A"]["source"], "francetravail")
        self.assertEqual(records["1900004A"]["title"], "Développeur web 4 (H/F)")
        self.system.verify()

    def test_a_contact_is_sealed(self):
        self.begin()
        self.imported(json.dumps([offer(1)]))
        self.assertNotIn("contact", self.records()["1900001A"])
        shown = self.passerelle("show", "francetravail:1900001A", "--personal").stdout
        self.assertIn(PHONE, shown)
        self.assertIn(PERSON, shown)
        for path in glob.glob(self.system.path("**"), recursive=True):
            if os.path.isfile(path) and not path.endswith(".json"):
                with open(path, "rb") as file:
                    data = file.read()
                self.assertNotIn(PHONE.encode(), data, path)
                self.assertNotIn(PERSON.encode(), data, path)

    def test_what_is_wrong_is_named_and_the_rest_goes_in(self):
        self.begin()
        text = json.dumps({"resultats": [offer(1), {"id": "2"}, offer(3, intitule=""), 7]})
        self.assertEqual(self.imported(text, code=4), [1, 0, 0, 0, 3])
        done = self.passerelle("import", "offers", self.system.path("page.json"))
        for culprit in ("resultats[1]", "resultats[2].title", "resultats[3]"):
            self.assertIn(culprit, done.stderr)
        self.assertEqual(self.imported('{"resultats":[' + json.dumps(offer(9)), code=4),
                         [1, 0, 0, 0, 1])

    def test_a_page_of_an_employer(self):
        self.begin()
        posting = {"@context": "https://schema.org", "@type": "JobPosting",
                   "title": "Technicien fibre", "datePosted": "2026-11-02",
                   "url": "https://www.exemple.test/emploi/7", "identifier": {"value": "7"},
                   "description": "<p>Vous raccordez la <b>fibre</b>.</p>",
                   "jobLocation": {"address": {"addressLocality": "Lille",
                                               "postalCode": "59000"}}}
        site = {"@type": "Organization", "name": "Exemple"}
        page = (f"<html><script type='application/ld+json'>{json.dumps(site)}</script>"
                f"<script type='application/ld+json'>{json.dumps(posting)}</script></html>")
        self.assertEqual(self.imported(page, "page.html"), [1, 0, 0, 0, 0])
        self.assertEqual(self.imported(page, "again.html"), [0, 0, 1, 0, 0])
        record = self.records()["7"]
        self.assertEqual(record["source"], "exemple.test")
        self.assertEqual(record["description"], "Vous raccordez la fibre.")
        self.assertEqual(record["place"]["commune"], "59350")


if __name__ == "__main__":
    main()
