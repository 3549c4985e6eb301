# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestLogContactTour(DealerCrmCase, HttpCase):
    def test_consultant_logs_a_contact_from_the_list_of_today(self):
        today = self.branch._get_dealer_today()
        lead = self.make_lead(name="Zhao Tour", next_contact_date=today)
        self.start_tour(
            "/odoo/dealer-due", "dealer_log_contact", login="test_consultant"
        )
        contact = lead.contact_ids
        self.assertEqual(
            (contact.outcome, contact.content, contact.user_id),
            ("not_reached", "Mailbox is full", self.consultant),
        )
        self.assertEqual(lead.next_contact_date, fields.Date.add(today, days=1))
