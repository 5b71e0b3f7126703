"""What a learner could learn next, and what an offer's demands cost it, from a running system."""

import json

import records
from system import TERRITORY, SystemTest, main, run

ONE, TWO, THREE, FOUR = "fibre-splicing", "php", "customer-contact", "first-aid"


class CounterfactualTest(SystemTest):
    def command(self, *words):
        return run(*words, "--territory", TERRITORY, state=self.system.state)

    def test_the_skills_that_open_the_most_offers_come_first(self):
        client = self.begin(workers=0).connect()
        learner = client.do("learner.put", {
            **records.origin(1), "contracts": ["cdi"],
            "claims": [{"skill": ONE, "level": 3, "evidence": "work"}]})["record"]
        # The modules make it plain which skills are taught where.
        programme = client.do("programme.put", {
            **records.origin(1), "name": "Parcours", "modules": [
                {"name": "Bases", "skills": [TWO]}, {"name": "Suite", "skills": [TWO, THREE]}]})
        wanted = [[TWO], [TWO], [TWO, THREE], [FOUR, THREE], [ONE]]
        for number, skills in enumerate(wanted):
            client.do("offer.put", {
                **records.origin(number), "title": f"Offre {number}", "contract": "cdi",
                "requirements": [{"skill": skill, "level": 3, "required": True}
                                 for skill in skills]})
        client.do("offer.put", {**records.origin(90), "title": "Stage", "contract": "internship",
                                "requirements": [{"skill": TWO, "required": True}]})
        client.do("offer.put", {**records.origin(91), "title": "Fermée", "contract": "cdi",
                                "requirements": [{"skill": TWO, "required": True}]})
        client.do("offer.close", records.target(91))
        answer = json.loads(self.command("learner", "next-steps", learner, "--json",
                                         "--threshold", "75"))
        self.assertEqual((answer["open"], answer["within_reach"], answer["barred"]), (1, 4, 1))
        sets = [({skill["skill"] for skill in step["skills"]}, step["opens"])
                for step in answer["steps"]]
        self.assertEqual(sets[0], ({TWO}, 2))
        self.assertIn(({TWO, THREE}, 3), sets)
        self.assertIn(({TWO, THREE, FOUR}, 4), sets)
        self.assertEqual(answer["steps"][0]["skills"][0]["modules"], [
            {"programme": programme["record"], "module": "Suite"},
            {"programme": programme["record"], "module": "Bases"}])
        self.assertEqual([(module["module"], module["opens"]) for module in answer["modules"]],
                         [("Suite", 3), ("Bases", 2)])
        text = self.command("learner", "next-steps", learner, "--lang", "fr", "--threshold", "75")
        self.assertIn("1 offres sont accessibles, 4 de plus le seraient en apprenant", text)
        self.assertIn("« Suite »", text)

    def test_the_demand_that_keeps_most_candidates_away_comes_first(self):
        client = self.begin(workers=0).connect()
        offer = client.do("offer.put", {
            **records.origin(1), "title": "Offre", "contract": "cdi", "weekly_minutes": 35 * 60,
            "licences": [{"category": "b", "required": True}],
            "requirements": [{"skill": ONE, "level": 3, "required": True},
                             {"skill": TWO, "level": 3, "required": True}]})["record"]
        both = [{"skill": skill, "level": 3, "evidence": "work"} for skill in (ONE, TWO)]
        licence = [{"category": "b"}]
        people = [{"claims": both, "licences": licence}] + [{"claims": both}] * 3 + \
                 [{"claims": both[:1], "licences": licence}] * 2 + \
                 [{"claims": both, "licences": licence, "maximum_hours": 30}] + \
                 [{"claims": both, "maximum_hours": 30}]
        for number, person in enumerate(people):
            client.do("learner.put", {**records.origin(number), **person})
        answer = json.loads(self.command("offer", "costs", offer, "--json", "--threshold", "75"))
        self.assertEqual((answer["learners"], answer["candidates"], answer["barred"]), (8, 1, 5))
        costs = {cost.get("constraint", cost.get("skill")): cost["costs"]
                 for cost in answer["costs"]}
        self.assertEqual(costs, {"licence": 3, TWO: 2, "hours": 1})
        self.assertEqual(answer["costs"][0]["constraint"], "licence")
        text = self.command("offer", "costs", offer, "--threshold", "75", "--lang", "fr")
        self.assertIn("1 candidats sur 8 apprenants ; 5 sont écartés par une condition", text)
        self.assertIn("3     les permis", text)

    def test_what_is_not_there_is_said(self):
        self.begin(workers=0)
        for words in (("learner", "next-steps", "L99"), ("offer", "costs", "O99")):
            run(*words, "--territory", TERRITORY, state=self.system.state, expect=1)
        run("learner", "next-steps", "O1", "--territory", TERRITORY, state=self.system.state,
            expect=2)
        run("offer", "costs", "O1", "--threshold", "101", "--territory", TERRITORY,
            state=self.system.state, expect=2)


if __name__ == "__main__":
    main()
