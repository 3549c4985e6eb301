# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestLeadStock(DealerCrmCase):
    """The free cars of the model and colour a customer asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_model = cls.car_model.copy({"name": "Other T"})
        cls.white = cls.make_car(trade_state="in_stock", color="Candy White")
        cls.red = cls.make_car(trade_state="in_stock", color="Red")
        cls.taken = cls.make_car(trade_state="in_stock", color="White")
        cls.taken.allocated_lead_id = cls.make_lead()
        for state in ("in_transit", "sold", "customer", "demo"):
            cls.make_car(trade_state=state, color="White")
        cls.make_car(trade_state="in_stock", model_id=cls.other_model.id)
        cls.make_car(trade_state="in_stock", company_id=cls.other_branch.id)

    def listed(self, lead):
        action = lead.with_user(self.consultant).action_view_matching_stock()
        cars = self.env["fleet.vehicle"].with_user(self.consultant)
        return cars.search(action["domain"])

    def test_only_free_cars_of_the_model(self):
        lead = self.make_lead()
        self.assertEqual(self.listed(lead), self.white + self.red)
        self.assertEqual(lead.with_user(self.consultant).stock_count, 2)

    def test_colour_narrows_it(self):
        lead = self.make_lead(color_wish=" white")
        self.assertEqual(self.listed(lead), self.white)
        self.assertEqual(lead.with_user(self.consultant).stock_count, 1)

    def test_none_says_none(self):
        for values in ({"color_wish": "Green"}, {"vehicle_model_id": False}):
            lead = self.make_lead(**values)
            self.assertFalse(self.listed(lead))
            self.assertEqual(lead.with_user(self.consultant).stock_count, 0)
        action = lead.action_view_matching_stock()
        self.assertIn("No such car in stock", action["help"])

    def test_one_query_for_many_leads(self):
        leads = self.env["crm.lead"]
        for number in range(20):
            leads += self.make_lead(color_wish=f"Colour {number}")
        leads = leads.with_user(self.consultant)
        counts = []
        for some in (leads[:1], leads):
            some.mapped("stock_count")
            self.env.invalidate_all()
            some.mapped("color_wish")
            start = self.env.cr.sql_log_count
            some.mapped("stock_count")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(*counts)
