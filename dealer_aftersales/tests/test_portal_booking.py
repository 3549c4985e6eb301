# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalBooking(PortalCase):
    """A customer asks for a time in the workshop, and takes it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.branch._get_dealer_today() + timedelta(days=3)

    def setUp(self):
        super().setUp()
        self.enter(self.login_owner)
        self.path = f"/my/vehicles/{self.car.id}/book"

    def get_visits(self, car=None):
        return self.env["dealer.appointment"].search(
            [("vehicle_id", "=", (car or self.car).id)]
        )

    def open_day(self, day=None):
        return self.open_page(f"{self.path}?day={day or self.day}&kind=maintenance")

    def get_slots(self, page):
        return re.findall(r'name="slot"[^>]*value="([^"]+)"', page)

    def book(self, page, **data):
        data = {"kind": "maintenance", "day": str(self.day), **data}
        return self.send(self.path, page, **data)

    def test_free_time_is_asked_for(self):
        page = self.open_day()
        slot = self.get_slots(page)[0]
        answer = self.book(page, slot=slot, request="Oil", contact_wish="message")
        self.assertIn("have got your request", answer)
        self.assertRecordValues(
            self.get_visits(),
            [
                {
                    "state": "requested",
                    "source": "portal",
                    "partner_id": self.customer.id,
                    "company_id": self.branch.id,
                    "date_start": fields.Datetime.to_datetime(slot),
                    "request": "Oil",
                    "contact_wish": "message",
                }
            ],
        )

    def test_branch_that_trusts_books_at_once(self):
        self.branch.visit_portal_confirm = True
        page = self.open_day()
        slot = self.get_slots(page)[0]
        answer = self.book(page, slot=slot)
        self.assertIn("Your appointment is booked", answer)
        self.assertEqual(self.get_visits().bay_id, self.bay)
        self.assertNotIn(slot, self.get_slots(self.open_day()))

    def test_time_taken_meanwhile_is_refused(self):
        page = self.open_day()
        slot = self.get_slots(page)[0]
        self.env["dealer.appointment"].create(
            {
                "vehicle_id": self.strange_car.id,
                "company_id": self.branch.id,
                "date_start": slot,
            }
        )
        answer = self.book(page, slot=slot)
        self.assertIn("not free any more", answer)
        self.assertFalse(self.get_visits())

    def test_made_up_values_are_refused(self):
        page = self.open_day()
        for slot in ("2001-01-01 00:00:00", "x", f"{self.day} 19:59:00"):
            self.assertIn("not free any more", self.book(page, slot=slot))
        self.assertIn("Please choose a time", self.book(page))
        self.assertIn("longer than", self.book(page, request="x" * 2001))
        self.assertFalse(self.get_visits())
        for day in ("x", "1999-01-01", "2999-01-01", "2026-02-31"):
            self.open_page(f"{self.path}?day={day}&kind=x&branch=x")
        self.book(page, request="Oil", kind="warranty", branch="999999")
        visit = self.get_visits()
        self.assertEqual(visit.service_kind, "maintenance")
        self.assertEqual(visit.company_id, self.branch)

    def test_other_fields_are_not_taken_from_the_form(self):
        page = self.open_day()
        self.book(
            page,
            request="Oil",
            partner_id=str(self.stranger.id),
            vehicle_id=str(self.strange_car.id),
            state="booked",
            source="desk",
        )
        self.assertFalse(self.get_visits(self.strange_car))
        self.assertRecordValues(
            self.get_visits(),
            [
                {
                    "state": "requested",
                    "source": "portal",
                    "partner_id": self.customer.id,
                }
            ],
        )

    def test_wish_is_text(self):
        page = self.open_day()
        wish = "<script>alert(1)</script>"
        answer = self.book(page, request=wish)
        self.assertNotIn(wish, answer)
        self.assertIn("&lt;script&gt;", answer)

    def test_requests_are_limited(self):
        self.branch.portal_request_limit = 2
        page = self.open_day()
        for _number in range(3):
            answer = self.book(page, request="Oil")
        self.assertIn("You have 2 open appointments", answer)
        self.assertEqual(len(self.get_visits()), 2)

    def test_own_request_is_cancelled(self):
        self.book(self.open_day(), request="Oil")
        visit = self.get_visits()
        path = f"/my/appointments/{visit.id}/cancel"
        self.enter(self.login_other)
        page = self.open_page(f"/my/vehicles/{self.strange_car.id}/book")
        self.send(path, page, 404)
        self.assertEqual(visit.state, "requested")
        self.enter(self.login_owner)
        page = self.open_page(f"/my/vehicles/{self.car.id}")
        self.assertIn("is cancelled", self.send(path, page))
        self.assertEqual(visit.state, "cancelled")

    def test_car_without_branch_offers_all(self):
        self.env["dealer.service.bay"].create(
            {"name": "North", "company_id": self.other_branch.id}
        )
        self.car.company_id = self.customer.company_id = False
        page = self.open_page(self.path)
        self.assertIn(self.other_branch.name, page)
        self.book(page, request="Oil", branch=str(self.other_branch.id))
        self.assertEqual(self.get_visits().company_id, self.other_branch)

    def test_car_of_a_branch_is_booked_there(self):
        self.car.company_id = self.branch
        page = self.open_page(self.path)
        self.book(page, request="Oil", branch=str(self.other_branch.id))
        self.assertEqual(self.get_visits().company_id, self.branch)

    def test_advisor_sees_the_request(self):
        self.book(self.open_day(), request="Oil")
        found = self.env["dealer.appointment"].with_user(self.advisor)
        visit = found.search([("state", "=", "requested")])
        self.assertIn("Oil", visit.mapped("request"))
