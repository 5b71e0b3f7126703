"""Of a person's age only this may stand in the open: the day on which a minor comes of age."""

import datetime

from client import observed
from system import SystemTest, main


class AgeTest(SystemTest):
    def come_of_age(self, system, client, territory, birth_date):
        """What the record says without the personal data."""
        body = {"source": "age", "reference": birth_date, "observed_at": observed(),
                "contact": {"birth_date": birth_date}}
        record = client.do("learner.put", body, territory=territory)["record"]
        answer = system.query.ask({"type": "record.get", "territory": territory,
                                   "body": {"id": record}})
        return answer["records"][0]["record"].get("of_age_on")

    def test_an_adult_has_no_date_even_on_a_territory_s_first_day(self):
        system = self.begin(workers=0)
        client = system.connect()
        year = datetime.date.today().year
        for number in range(5):  # right after the creation, before the first day.changed
            territory = f"new-{number}"
            client.do("territory.put", {"label": territory}, territory=territory)
            self.assertIsNone(self.come_of_age(system, client, territory, f"{year - 40}-06-05"))
            self.assertEqual(
                self.come_of_age(system, client, territory, f"{year - 17}-12-31"),
                f"{year + 1}-12-31")


if __name__ == "__main__":
    main()
