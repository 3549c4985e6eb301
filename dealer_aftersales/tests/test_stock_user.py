# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.dealer_crm.tests.test_actions_open import Client
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStockUser(AftersalesCase):
    """Stock staff without a dealership role goes on with repairs as before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls.make_user("keeper", "base.group_user,stock.group_stock_user")
        with freeze_time(NOW):
            cls.repair = cls.make_repair(odometer_in=12000)

    def test_repairs_open(self):
        for name in ("tree", "form", "graph"):
            action = self.env["ir.actions.act_window"]._for_xml_id(
                f"repair.action_repair_order_{name}"
            )
            with self.subTest(action=name):
                self.assertTrue(Client(self, self.keeper, action).open_all())

    def test_order_with_a_car_is_read_and_written(self):
        repair = self.repair.with_user(self.keeper)
        with Form(repair) as form:
            form.schedule_date = "2026-03-12 02:00:00"
            self.assertNotIn("bringer_id", form._view["fields"])
        self.assertNotIn("action_deliver", form._view["tree"].xpath("//button/@name"))
        repair.odometer_in = 12100
        self.assertEqual(self.car.odometer_ids.mapped("value"), [12100])

    def test_new_order_without_a_car_is_made(self):
        with Form(self.env["repair.order"].with_user(self.keeper)) as form:
            form.partner_id = self.customer
        self.assertFalse(form.record.vehicle_id)

    def test_cars_are_handed_over_by_the_dealership_only(self):
        for action in ("action_deliver", "action_undo_delivery"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(self.repair.with_user(self.keeper), action)()
        with self.assertRaises(AccessError):
            self.repair.with_user(self.care).action_deliver()
        with self.assertRaises(AccessError):
            self.repair.with_user(self.technician).action_deliver()
        self.repair.with_user(self.advisor).action_deliver()
        self.assertEqual(self.repair.state, "done")
