# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree, html
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DealerCrmCase

REPORT = "dealer_crm.report_vehicle_card"
#: On the screen for its buttons and conditions, or printed as a table.
NOT_CELLS = {
    "active",
    "allocated_lead_id",
    "allocated_order_id",
    "currency_id",
    "customs_attachment_ids",
    "due_ids",
    "first_service_fixed",
    "has_open_recall",
    "is_allocated",
    "is_late",
    "is_meter_replaced",
    "model_year_hint",
    "odometer_ids",
    "party_ids",
    "power_unit",
    "price_currency_id",
    "range_unit",
    "repair_ids",
    "sanbao_level",
    "vin_override_by_id",
}


@tagged("post_install", "-at_install")
class TestVehicleCardPrint(DealerCrmCase):
    """VEH-03, VEH-04: all values of the card are printable."""

    def text(self, cars, user=None, lang="en_US"):
        reports = self.env["ir.actions.report"].with_user(user or self.director)
        content, _kind = reports.with_context(lang=lang)._render_qweb_html(
            REPORT, cars.ids
        )
        return " ".join(html.fromstring(content.decode()).text_content().split())

    def make_stock_car(self, **values):
        return self.make_car(
            trade_state="in_stock",
            arrival_date="2026-03-01",
            stock_location_note="Row B 7",
            purchase_cost=123456,
            **values,
        )

    def test_what_stands_on_the_card_stands_on_paper(self):
        view = self.env.ref("dealer_crm.fleet_vehicle_view_form")
        arch = etree.fromstring(
            self.env["fleet.vehicle"].with_user(self.director).get_view(view.id)["arch"]
        )
        inside = set(arch.xpath("//field//field"))
        on_screen = {
            node.get("name")
            for node in arch.iter("field")
            if node not in inside and "count" not in node.get("name")
        }
        report = self.env["report.dealer_crm.report_vehicle_card"]
        car = self.make_stock_car()
        on_paper = {
            name for _title, names, _opt in report._get_sections(car) for name in names
        }
        self.assertFalse(on_screen - on_paper - NOT_CELLS)

    def test_the_general_block_has_the_values_of_the_card(self):
        owner = self.make_customer("Card Owner")
        car = self.make_car(
            owner_id=owner.id,
            license_plate="苏A20001",
            engine_number="E1",
            gearbox_number="G1",
            color="星空灰",
            model_year="2024",
            purchase_date="2024-05-06",
            odometer=12345,
        )
        text = self.text(car)
        for value in (
            "苏A20001",
            car.vin_sn,
            "E1",
            "G1",
            "星空灰",
            "2024",
            "05/06/2024",
            "12,345",
            "Card Owner",
            owner.phone,
            "Testbrand/Lavida T",
        ):
            self.assertIn(value, text)
        self.assertNotIn("False", text)

    def test_a_stock_car_has_stock_and_a_customers_car_has_none(self):
        stock = self.text(self.make_stock_car())
        self.assertIn("Row B 7", stock)
        self.assertIn("Arrived on", stock)
        owned = self.make_car(owner_id=self.make_customer().id)
        self.assertNotIn("Arrived on", self.text(owned))

    def test_what_it_cost_is_for_managers(self):
        car = self.make_stock_car()
        self.assertIn("123,456", self.text(car, self.manager))
        text = self.text(car, self.consultant)
        self.assertNotIn("123,456", text)
        self.assertNotIn("Purchase Cost", text)

    def test_roles_and_readings_are_listed(self):
        owner = self.make_customer("First Owner")
        car = self.make_car(owner_id=owner.id)
        car.owner_id = self.make_customer("Second Owner")
        self.env["fleet.vehicle.odometer"].create(
            [
                {"vehicle_id": car.id, "value": 5000, "date": "2026-02-01"},
                {"vehicle_id": car.id, "value": 70, "date": "2026-03-01"},
            ]
        )
        text = self.text(car)
        for value in ("First Owner", "Second Owner", "5,000", "To be checked"):
            self.assertIn(value, text)

    def test_several_cards_print_in_one_run_with_a_bounded_cost(self):
        def count(number):
            cars = self.env["fleet.vehicle"].union(
                *(
                    self.make_car(owner_id=self.make_customer().id)
                    for _ in range(number)
                )
            )
            self.text(cars)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            text = self.text(cars)
            self.assertEqual(text.count("Vehicle Card"), number)
            return self.env.cr.sql_log_count - start

        few = count(3)
        self.assertLessEqual(count(12) - few, 2)

    def test_an_accountant_may_not_print(self):
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.text(self.make_car(), clerk)

    def test_typed_text_is_escaped(self):
        car = self.make_stock_car(color="<i>red</i>")
        self.assertIn("<i>red</i>", self.text(car))
