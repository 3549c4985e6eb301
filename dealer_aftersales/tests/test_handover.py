# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestHandoverOfService(AftersalesCase):
    """Cars, repair orders and callbacks of whoever leaves the workshop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heir = cls.make_user("heir", "dealer_aftersales.group_service_advisor")
        cls.car.advisor_id = cls.advisor
        cls.repair = cls.make_repair(advisor_id=cls.advisor.id)
        cls.callback = cls.env["dealer.callback"].create(
            {
                "policy_id": cls.policy.id,
                "partner_id": cls.customer.id,
                "vehicle_id": cls.car.id,
                "repair_id": cls.repair.id,
                "source_id": cls.repair.id,
                "company_id": cls.branch.id,
                "date_due": "2026-03-12",
                "user_id": cls.advisor.id,
            }
        )

    def test_service_manager_hands_over_the_workshops_work(self):
        wizards = self.env["dealer.reassign"].with_user(self.service_manager)
        wizard = wizards.browse(wizards._open_for(self.advisor)["res_id"])
        keys = set(wizard.line_ids.mapped("key"))
        self.assertTrue({"advised_vehicles", "repairs", "callbacks"} <= keys)
        wizard.to_user_ids = self.heir
        wizard.action_apply()
        self.assertEqual(self.car.advisor_id, self.heir)
        self.assertEqual(self.repair.advisor_id, self.heir)
        self.assertEqual(self.callback.user_id, self.heir)
        again = wizards.browse(wizards._open_for(self.advisor)["res_id"])
        self.assertFalse(again.line_ids)

    def test_finished_work_keeps_its_name(self):
        done = self.make_repair("2026-03-01 08:00:00", advisor_id=self.advisor.id)
        logs = self.env["dealer.handover"].with_user(self.service_manager)
        logs._hand_over(self.advisor, self.heir, ["repairs"])
        self.assertEqual(done.advisor_id, self.advisor)
