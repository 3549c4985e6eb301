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

    def test_three_clicks_from_the_card_with_the_grade_kept(self):
        grade = self.env.ref("dealer_crm.grade_a")
        lead = self.make_lead(name="Qian Tour", grade_id=grade.id)
        self.start_tour(
            "/odoo/dealer-drawers", "dealer_log_contact_card", login="test_consultant"
        )
        contact = lead.contact_ids
        self.assertEqual(
            (contact.outcome, contact.content, contact.grade_id),
            ("reached", "Comes on Saturday", grade),
        )
        self.assertEqual(lead.grade_log_ids.sorted("id")[-1].step, "follow_up")

    def test_not_reached_in_two_clicks(self):
        today = self.branch._get_dealer_today()
        lead = self.make_lead(name="Sun Tour", next_contact_date=today)
        self.start_tour(
            "/odoo/dealer-due", "dealer_log_not_reached", login="test_consultant"
        )
        self.assertEqual(lead.contact_ids.outcome, "not_reached")
        self.assertEqual(lead.attempt_count, 1)

    def test_follow_up_activity_is_done_in_the_dialog(self):
        grade = self.env.ref("dealer_crm.grade_a")
        lead = self.make_lead(name="Li Tour", grade_id=grade.id)
        self.start_tour(
            f"/odoo/dealer-leads/{lead.id}",
            "dealer_log_contact_activity",
            login="test_consultant",
        )
        self.assertEqual(lead.contact_ids.content, "Wants the red one")
        self.assertEqual(
            lead.activity_search(
                ["dealer_crm.mail_activity_type_follow_up"]
            ).date_deadline,
            lead.next_contact_date,
        )
