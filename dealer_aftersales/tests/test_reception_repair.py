# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestReceptionRepair(AftersalesCase):
    """Repair orders at the reception: found by number, shown while open."""

    def find(self, user, text):
        return self.call(user, "dealer.reception", "search_hits", text)

    def test_number_of_an_order_finds_customer_and_car(self):
        self.make_repair(name="PG2026-00417")
        for user in (self.advisor, self.consultant, self.technician):
            for text in ("PG2026-00417", "pg2026-00417", "00417"):
                hits = self.find(user, text)
                self.assertEqual(
                    [(h["partner_id"], h["vehicle_id"]) for h in hits],
                    [(self.customer.id, self.car.id)],
                    text,
                )

    def test_open_order_shows_on_the_line(self):
        repair = self.make_repair()
        hit = self.find(self.consultant, "苏A12345")[0]
        self.assertIn(repair.name, hit["open"])
        repair.action_deliver()
        hit = self.find(self.consultant, "苏A12345")[0]
        self.assertNotIn(repair.name, hit["open"])

    def test_customer_is_found_by_the_number_in_the_list(self):
        self.make_repair(name="PG2026-00417")
        people = self.env["res.partner"].with_user(self.advisor)
        found = people.search([("dealer_search", "ilike", "PG2026-00417")])
        self.assertEqual(found, self.customer)
