# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .rota_common import RotaCase


@tagged("post_install", "-at_install")
class TestFloorTour(RotaCase, HttpCase):
    def register(self, number, **values):
        """A first visit as the reception enters it."""
        visit = self.call(
            self.desk,
            "dealer.contact",
            "create",
            {
                "channel": "visit",
                "direction": "in",
                "purpose": "look",
                "visitor_name": f"Visitor {number}",
                **values,
            },
        )
        return self.env["dealer.contact"].browse(visit)

    def test_visits_by_the_register_go_to_1_2_3(self):
        visits = [self.register(number) for number in (1, 2, 3)]
        self.assertEqual(
            [visit.user_id for visit in visits], [self.first, self.second, self.third]
        )
        self.press(self.desk, visits[0], "action_leave")
        self.assertEqual(self.register(4).user_id, self.first)

    def test_busy_2_is_skipped_and_everybody_busy_means_waiting(self):
        self.press(self.desk, self.get_line(self.second), "action_busy")
        users = [self.register(number).user_id for number in (1, 2, 3)]
        self.assertEqual(users, [self.first, self.third, self.desk])

    def test_reception_follows_the_floor(self):
        for number in (1, 2, 3, 4):
            self.register(number)
        self.start_tour("/odoo/dealer-floor", "dealer_floor", login="test_desk")
        fourth = self.env["dealer.contact"].search([("visitor_name", "=", "Visitor 4")])
        self.assertEqual(fourth.user_id, self.first)

    def test_consultant_works_through_the_day(self):
        today = self.branch._get_dealer_today()
        lead = self.make_lead(
            contact_name="Zhao Tour",
            user_id=self.first.id,
            next_contact_date=today,
            next_contact_purpose="quote",
        )
        promise = self.env["dealer.promise"].create(
            {
                "name": "Send the price list",
                "lead_id": lead.id,
                "user_id": self.first.id,
                "date_due": today,
            }
        )
        self.start_tour("/odoo/dealer-my-day", "dealer_my_day", login="test_turn1")
        self.assertEqual(lead.contact_ids.outcome, "not_reached")
        self.assertGreater(lead.next_contact_date, today)
        self.assertEqual(promise.state, "kept")
