# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

OPERATIONS = {
    # consultant, manager, advisor, service manager, care, technician
    "dealer.promotion": ("r", "rwcu", "r", "rwcu", "rwcu", "r"),
    "dealer.membership.level": ("r", "rwcu", "r", "rwcu", "r", "r"),
    "dealer.membership": ("r", "rwc", "rwc", "rwc", "rwc", "r"),
    "dealer.points.line": ("r", "rc", "r", "rc", "rc", "r"),
    "dealer.club.event": ("r", "rwcu", "r", "rwcu", "rwcu", "r"),
    "dealer.club.registration": ("rwc", "rwc", "rwc", "rwc", "rwc", "r"),
    "dealer.campaign.budget": ("", "rwcu", "", "", "rwcu", ""),
    "dealer.campaign.task": ("r", "rwcu", "r", "r", "rwcu", "r"),
    "dealer.interest": ("rwcu", "rwcu", "r", "r", "rwcu", "r"),
}
NAMES = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMarketingRights(AftersalesCase):
    def test_who_may_do_what(self):
        users = (
            self.consultant,
            self.manager,
            self.advisor,
            self.service_manager,
            self.care,
            self.technician,
        )
        for model, cells in OPERATIONS.items():
            for user, expected in zip(users, cells, strict=True):
                records = self.env[model].with_user(user)
                found = "".join(
                    letter for letter, name in NAMES.items() if records.has_access(name)
                )
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(found, expected)

    def test_customer_relations_plans_and_evaluates_campaigns(self):
        campaign = (
            self.env["utm.campaign"]
            .with_user(self.care)
            .create(
                {
                    "title": "Club",
                    "goal_leads": 1,
                    "market_analysis": "a",
                    "strategy": "b",
                    "creative": "c",
                    "budget_ids": [(0, 0, {"name": "Hall", "amount_planned": 100})],
                }
            )
        )
        campaign.action_submit()
        campaign.with_user(self.manager).action_approve()
        campaign.action_start()
        campaign.budget_ids.amount_actual = 100
        campaign.margin_entered = 150
        self.assertEqual(campaign.roi_text, "50.0 %")
        self.assertTrue(campaign.read(["revenue", "order_count", "cost_actual"]))

    def test_advisor_plans_no_campaign(self):
        campaign = self.env["utm.campaign"].create({"title": "T"})
        with self.assertRaises(AccessError):
            campaign.with_user(self.advisor).strategy = "mine"
