# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .test_lead_stage import StageCase


@tagged("post_install", "-at_install")
class TestReferralPoints(StageCase):
    """Where the Loyalty app is installed; the suite has a database with it."""

    def test_points_go_to_the_card_of_the_referrer(self):
        if "loyalty.card" not in self.env:
            self.skipTest("the Loyalty app is not installed")
        referrer = self.make_customer("Old Friend", user_id=self.consultant.id)
        self.branch.referral_points = 200
        program = self.env["loyalty.program"].create(
            {"name": "Club T", "program_type": "loyalty", "company_id": self.branch.id}
        )
        others = self.env["loyalty.program"].search([("id", "!=", program.id)])
        others.active = False
        for _sale in range(2):
            lead = self.make_full_lead(referrer_id=referrer.id)
            lead.action_set_won()
        card = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        self.assertEqual((card.partner_id, card.points), (referrer, 400))
