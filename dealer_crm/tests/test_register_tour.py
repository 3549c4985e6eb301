# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestRegisterTour(DealerCrmCase, HttpCase):
    """The reception's list in the browser: one line, no dialog."""

    def setUp(self):
        super().setUp()
        self.front = self.make_user("front", "dealer_crm.group_receptionist")
        group = "dealer_crm.group_sales_consultant"
        self.li, self.xu = self.make_user("li", group), self.make_user("xu", group)
        self.rota = self.env["dealer.rota"].create(
            {
                "company_id": self.branch.id,
                "line_ids": [Command.create({"user_id": self.li.id})],
            }
        )
        self.rota.action_confirm()

    def find_line(self, name):
        return self.env["dealer.contact"].search([("visitor_name", "=", name)])

    def test_walk_in_is_one_line_by_keyboard(self):
        self.start_tour(
            "/odoo/visit-register", "dealer_register_walk_in", login="test_front"
        )
        line = self.find_line("Sun Testa")
        self.assertEqual(
            (line.visitor_phone, line.party_size, line.user_id, line.visit_state),
            ("13800138001", 3, self.li, "left"),
        )
        self.assertEqual(self.rota.turn_number, 1)

    def test_returning_customer_is_recognised_while_typed(self):
        lead = self.make_lead(
            phone="13800138000", user_id=self.xu.id, contact_name="Zhao Testa"
        )
        tour = "dealer_register_returning"
        self.start_tour("/odoo/visit-register", tour, login="test_front")
        line = self.find_line("Zhao Testa")
        self.assertEqual(
            (line.user_id, line.is_repeat, line.lead_id, line.vehicle_model_id),
            (self.xu, True, lead, self.car_model),
        )
        self.assertEqual(self.rota.turn_number, 0)
