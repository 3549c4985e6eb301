# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestWalkInTour(DealerCrmCase, HttpCase):
    """A visitor from the door to the needs analysis, and the one who does not buy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_user("reception", "dealer_crm.group_receptionist")
        cls.colleague = cls.make_user("colleague", "dealer_crm.group_sales_consultant")
        cls.rota = cls.env["dealer.rota"].create(
            {
                "company_id": cls.branch.id,
                "date": cls.branch._get_dealer_today(),
                "line_ids": [
                    Command.create({"sequence": n, "user_id": user.id})
                    for n, user in enumerate((cls.consultant, cls.colleague))
                ],
            }
        )

    def find_visits(self):
        return self.env["dealer.contact"].search(
            [("is_register", "=", True), ("visitor_phone", "like", "13912345678")],
            order="id",
        )

    def play(self, tour, login):
        tours = {
            "dealer_rota_confirmed": "dealer-rota",
            "dealer_lead_lost": "dealer-leads",
        }
        path = tours.get(tour, "visit-register")
        self.start_tour(f"/odoo/{path}", tour, login=f"test_{login}", timeout=120)

    def test_walk_in_to_needs_analysis_then_lost(self):
        self.play("dealer_rota_confirmed", "manager")
        self.assertEqual(self.rota.state, "confirmed")

        self.play("dealer_walk_in_registered", "reception")
        visit = self.find_visits()
        self.assertEqual(visit.user_id, self.consultant)
        self.assertFalse(visit.is_repeat)
        self.assertEqual(self.rota.turn_number, 1)

        self.play("dealer_walk_in_needs", "consultant")
        lead = visit.lead_id
        self.assertEqual(lead.vehicle_model_id, self.car_model)
        self.assertEqual(lead.stage_id, self.env.ref("dealer_crm.stage_needs"))
        self.assertEqual(lead.grade_id.code, "B")
        analysis = self.env["dealer.needs.analysis"].search([("lead_id", "=", lead.id)])
        self.assertEqual(analysis.line_ids.vehicle_model_id, self.car_model)
        self.assertEqual(analysis.budget_max, 180000)
        self.assertIn("needs", lead.grade_log_ids.mapped("step"))
        self.assertTrue(lead.next_contact_date)

        self.play("dealer_second_visit", "reception")
        again = self.find_visits() - visit
        self.assertTrue(again.is_repeat)
        self.assertEqual(again.user_id, self.consultant)
        self.assertEqual(again.lead_id, lead)
        self.assertEqual(self.rota.turn_number, 1)

        self.play("dealer_lead_lost", "consultant")
        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.stage_id, self.env.ref("dealer_crm.stage_lost"))
        self.assertEqual(lead.stage_before_lost_id.name, "Needs Analysis")
        self.assertFalse(lead.next_contact_date)
