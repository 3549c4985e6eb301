# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestCustomerNote(AftersalesCase):
    """Sales and service keep what they noted about a customer to themselves."""

    def test_departments_do_not_read_each_other(self):
        notes = self.env["dealer.customer.note"]
        values = {"partner_id": self.customer.id, "text": "Trait"}
        service = notes.with_user(self.advisor).create(values)
        sales = notes.with_user(self.consultant).create(values)
        care = notes.with_user(self.care).create(values)
        self.assertEqual(
            (service + sales + care).mapped("department"),
            ["service", "sales", "service"],
        )
        for user, expected in (
            (self.consultant, sales),
            (self.advisor, service + care),
            (self.technician, service + care),
            (self.care, service + care),
            (self.manager, service + sales + care),
            (self.service_manager, service + sales + care),
            (self.director, service + sales + care),
        ):
            found = notes.with_user(user).search(
                [("partner_id", "=", self.customer.id)]
            )
            self.assertEqual(set(found.ids), set(expected.ids), user.name)
