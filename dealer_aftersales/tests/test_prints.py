# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html
from odoo.tests import tagged

from .common import AftersalesCase

FILE = "dealer_crm.report_service_file"
ORDER = "repair.report_repairorder2"
LONG = "发动机启动后怠速抖动并伴有异响" * 20


@tagged("post_install", "-at_install")
class TestPrints(AftersalesCase):
    """The workshop's part of the service file, and the repair order on paper."""

    def text(self, report, records, user=None, lang="en_US"):
        reports = self.env["ir.actions.report"].with_user(user or self.advisor)
        content, _kind = reports.with_context(lang=lang)._render_qweb_html(
            report, records.ids
        )
        return " ".join(html.fromstring(content.decode()).text_content().split())

    def make_filled(self, **values):
        return self.make_repair(
            "2026-03-05 04:00:00",
            odometer_in=15330,
            odometer_out=15331,
            service_kind="maintenance",
            advisor_id=self.advisor.id,
            parts_history="机油滤清器×1",
            amount_parts_history=66,
            concern_ids=[(0, 0, {"name": LONG})],
            labor_ids=[(0, 0, {"name": "更换机油机滤", "hours": 2, "price_unit": 100})],
            **values,
        )

    def test_the_service_file_tells_the_repairs_newest_first(self):
        old = self.make_repair("2026-01-05 04:00:00")
        new = self.make_filled()
        cancelled = self.make_repair()
        cancelled.action_repair_cancel()
        text = self.text(FILE, self.car)
        for value in (
            "15,331",
            "更换机油机滤",
            "机油滤清器×1",
            "266.00",
            "Maintenance",
            "03/05/2026",
        ):
            self.assertIn(value, text)
        self.assertLess(text.index(new.name), text.index(old.name))
        self.assertNotIn(cancelled.name, text)

    def test_a_car_without_repairs_says_so(self):
        self.assertIn("No repair order yet", self.text(FILE, self.car))

    def test_service_roles_read_the_number_in_full(self):
        for user in (self.advisor, self.care, self.service_manager):
            self.assertIn(self.customer.phone, self.text(FILE, self.car, user))

    def test_repairs_of_another_branch_stay_there(self):
        self.car.company_id = False
        self.customer.company_id = False
        there = self.make_repair("2026-01-05 04:00:00", company_id=self.other_branch.id)
        self.assertNotIn(there.name, self.text(FILE, self.car))

    def test_the_repair_order_names_the_car_and_the_work(self):
        text = self.text(ORDER, self.make_filled())
        for value in (
            self.car.vin_sn,
            "苏A12345",
            self.customer.phone,
            "15,330",
            LONG,
            "更换机油机滤",
            "机油滤清器×1",
            "200.00",
            "266.00",
            self.advisor.name,
        ):
            self.assertIn(value, text)

    def test_orders_print_together_also_with_nothing_in_them(self):
        orders = self.make_filled() | self.make_repair()
        text = self.text(ORDER, orders)
        for order in orders:
            self.assertIn(order.name, text)
        self.assertNotIn("False", text)

    def test_a_repair_without_car_prints_as_core_has_it(self):
        plain = self.env["repair.order"].create({"partner_id": self.customer.id})
        text = self.text(ORDER, plain)
        self.assertIn("Repair Order #", text)
        self.assertNotIn("License Plate", text)

    def test_typed_text_is_escaped(self):
        order = self.make_repair(concern_ids=[(0, 0, {"name": "<b>noise</b>"})])
        self.assertIn("<b>noise</b>", self.text(ORDER, order))

    def test_parts_of_the_stock_are_named_for_those_without_stock_rights(self):
        part = self.env["product.product"].create({"name": "刹车片"})
        order = self.make_repair(
            move_ids=[
                (
                    0,
                    0,
                    {
                        "repair_line_type": "add",
                        "product_id": part.id,
                        "product_uom_qty": 2,
                    },
                )
            ]
        )
        self.assertIn("刹车片 × 2", order._get_parts_text())
        self.assertIn("刹车片 × 2", self.text(FILE, self.car, self.care))
