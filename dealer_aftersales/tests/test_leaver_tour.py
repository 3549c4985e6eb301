# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestLeaverTour(AftersalesCase, HttpCase):
    """Scenario 5: a consultant leaves; everything open goes to a colleague."""

    def test_manager_hands_over_a_leavers_book(self):
        heir = self.make_user("heir", "dealer_crm.group_sales_consultant")
        lead = self.make_lead(partner_id=self.customer.id)
        talk = self.log_contact(lead)
        self.customer.user_id = self.consultant
        self.car.sales_user_id = self.consultant
        self.assertTrue(lead.activity_ids)

        self.start_tour(
            "/odoo/dealer-handovers", "dealer_leaver", login="test_director"
        )

        self.env.invalidate_all()
        self.assertEqual(lead.user_id, heir)
        self.assertEqual(lead.activity_ids.user_id, heir)
        self.assertEqual(self.customer.user_id, heir)
        self.assertEqual(self.car.sales_user_id, heir)
        self.assertEqual(talk.user_id, self.consultant, "the past keeps its name")
        handover = self.env["dealer.handover"].search([], limit=1)
        self.assertRecordValues(
            handover,
            [{"from_user_id": self.consultant.id, "user_id": self.director.id}],
        )
        self.assertFalse(
            self.env["crm.lead"].search([("user_id", "=", self.consultant.id)])
        )
