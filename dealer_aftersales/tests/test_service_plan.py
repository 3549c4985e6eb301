# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .test_maintenance_due import MaintenanceCase

REPORT = "dealer_aftersales.report_service_plan"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestServicePlan(MaintenanceCase):
    """The next four visits of a car on paper."""

    def test_visits_have_the_right_items_and_days(self):
        visits = self.new_car._get_service_visits()
        self.assertEqual(
            [visit["date"] for visit in visits],
            [
                date(2026, 4, 10),
                date(2026, 10, 10),
                date(2027, 4, 10),
                date(2027, 10, 10),
            ],
        )
        self.assertEqual(visits[0]["names"], ["Oil service"])
        self.assertEqual([visit["amount"] for visit in visits], [480] * 4)

    def test_near_items_are_done_with_one_visit(self):
        self.fluid.months = 9
        self.new_car._update_forecast()
        visits = self.new_car._get_service_visits()
        self.assertEqual(visits[1]["names"], ["Oil service", "Brake fluid"])
        self.assertEqual(visits[1]["amount"], 740)
        self.assertEqual(visits[2]["names"], ["Oil service"])

    def test_overdue_visit_is_now(self):
        with freeze_time("2026-09-01 04:00:00"):
            self.assertEqual(
                self.new_car._get_service_visits()[0]["date"], date(2026, 9, 1)
            )

    def test_print_names_items_and_days(self):
        html = str(self.render(self.new_car))
        for text in ("Oil service", "04/10/2026", "Total (about)"):
            self.assertIn(text, html)

    def test_car_without_data_prints(self):
        bare = self.make_car(origin="trade_in")
        self.assertIn("maintenance book", str(self.render(bare | self.new_car)))

    def test_only_staff_prints(self):
        accountant = self.make_user("books", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.render(self.new_car, accountant)

    def render(self, cars, user=None):
        user = user or self.advisor
        report = self.env["ir.actions.report"].with_user(user)
        return report._render_qweb_html(REPORT, cars.ids)[0].decode()
