# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCase

COST = re.compile(r"cost|standard_price|margin|purchase_price|unit_price")


@tagged("post_install", "-at_install")
class TestSharedHistory(AftersalesCase):
    """Sales and service look at one customer and one car (CUS-24, CUS-31, CUS-37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.customer.id, "user_id": cls.consultant.id}
        )
        cls.car.party_ids.write(
            {
                "date_from": "2024-05-06",
                "price": 158000,
                "sale_order_id": cls.order.id,
            }
        )
        cls.repair = cls.make_repair(
            "2026-03-04 06:00:00",
            odometer_in=23456,
            labor_ids=[(0, 0, {"name": "Brake pads", "price_unit": 480})],
        )
        cls.note = cls.env["dealer.contact"].create(
            {
                "lead_id": cls.make_lead(partner_id=cls.customer.id).id,
                "user_id": cls.consultant.id,
                "content": "Thinks about a second car",
            }
        )

    def open_repairs(self, user):
        """Press the button on the customer and read list and form as it opens."""
        action = self.customer.with_user(user).action_view_repairs()
        repairs = self.env["repair.order"].with_user(user).with_context(lang="en_US")
        views = repairs.get_views([(False, "form"), *action["views"][:1]])["views"]
        arches = {kind: etree.fromstring(views[kind]["arch"]) for kind in views}
        names = {node.get("name") for node in arches["list"].iter("field")}
        rows = repairs.web_search_read(action["domain"], {name: {} for name in names})
        return arches, rows["records"]

    def test_consultant_opens_the_repair_history_without_costs(self):
        arches, rows = self.open_repairs(self.consultant)
        self.assertEqual([row["id"] for row in rows], self.repair.ids)
        self.assertEqual(
            (rows[0]["odometer_in"], rows[0]["amount_total"]), (23456, 480)
        )
        form = arches["form"]
        self.assertEqual((form.get("edit"), form.get("create")), ("0", "0"))
        for arch in arches.values():
            names = {node.get("name") for node in arch.iter("field")}
            self.assertFalse({name for name in names if COST.search(name)})

    def test_consultant_changes_nothing_in_the_workshop(self):
        repair = self.repair.with_user(self.consultant)
        with self.assertRaises(AccessError):
            repair.write({"odometer_in": 1})
        with self.assertRaises(AccessError):
            repair.labor_ids.write({"price_unit": 1})

    def test_consultant_does_not_read_what_a_car_cost(self):
        car = self.car.with_user(self.consultant)
        with self.assertRaises(AccessError):
            car.read(["purchase_cost"])

    def test_service_reads_the_follow_up_notes(self):
        for user in (self.service_manager, self.care):
            page = self.customer.with_user(user).get_dealer_timeline()
            texts = [event["text"] for event in page["events"]]
            self.assertIn("Thinks about a second car", texts, user.name)

    def test_purchases_with_vin_date_price_and_contract(self):
        overview = self.customer.with_user(self.consultant).get_dealer_overview()
        (car,) = overview["cars"]
        (role,) = car["roles"]
        self.assertEqual(car["vin"], self.car.vin_sn)
        self.assertEqual(role["order_id"], self.order.id)
        self.assertIn("2024", role["since"])
        self.assertIn("158,000", role["price"])

    def test_contract_of_a_colleague_is_not_named(self):
        self.order.user_id = self.manager
        overview = self.customer.with_user(self.consultant).get_dealer_overview()
        self.assertFalse(overview["cars"][0]["roles"][0]["order"])

    def test_services_with_odometer_and_amount(self):
        page = self.customer.with_user(self.consultant).get_dealer_timeline(["repair"])
        (event,) = page["events"]
        self.assertIn("23,456 km", event["title"])
        self.assertIn("480", event["title"])
        self.assertEqual(event["text"], "Brake pads")
