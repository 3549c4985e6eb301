# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
class TestContactKept(DealerCrmCase):
    """The day a follow-up was planned for stays on the contact that ended it."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))
        self.lead = self.make_lead()
        self.lead.next_contact_date = "2026-03-09"

    def log(self, **values):
        return (
            self.env["dealer.contact"]
            .with_user(self.consultant)
            .create(
                {
                    "lead_id": self.lead.id,
                    "outcome": "reached",
                    "content": "Asked about the colour",
                    **values,
                }
            )
        )

    def test_contact_keeps_the_day_it_was_planned_for(self):
        self.assertEqual(self.log().planned_date, date(2026, 3, 9))
        self.assertGreater(self.lead.next_contact_date, date(2026, 3, 9))

    def test_contact_told_late_ends_no_plan(self):
        self.log()
        self.assertFalse(self.log(date="2026-03-08 04:00:00").planned_date)

    def test_nobody_writes_it_by_hand(self):
        with self.assertRaises(AccessError):
            self.log(planned_date="2026-03-12")
        contact = self.log()
        with self.assertRaises(AccessError):
            contact.planned_date = "2026-03-12"

    def test_two_contacts_at_once_end_one_plan(self):
        values = {"lead_id": self.lead.id, "outcome": "reached", "content": "x"}
        both = self.env["dealer.contact"].create([values, values])
        self.assertEqual(both.mapped("planned_date"), [date(2026, 3, 9), False])
