# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from .common import AftersalesCase


class TestQualityCheck(AftersalesCase):
    """A car is ready when every point of its quality check is answered and passed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.quality_check_required = True

    def make_checked(self, **values):
        """An order at its quality check, and the check."""
        repair = self.make_repair(advisor_id=self.advisor.id, **values)
        repair.with_user(self.technician).action_start_work()
        repair.with_user(self.technician).action_check()
        return repair, repair.inspection_ids

    def test_ready_waits_for_all_answers(self):
        repair, check = self.make_checked()
        self.assertEqual(check.kind, "quality")
        lines = check.line_ids.with_user(self.technician)
        lines[1:].action_ok()
        with self.assertRaisesRegex(UserError, "1 points are not answered"):
            repair.with_user(self.advisor).action_ready()
        lines[0].verdict = "na"
        repair.with_user(self.advisor).action_ready()
        self.assertEqual(repair.service_state, "ready")

    def test_delivery_does_not_jump_over_it(self):
        repair = self.make_repair()
        with self.assertRaisesRegex(UserError, "not made"):
            repair.with_user(self.advisor).action_deliver()

    def test_official_car_gets_the_long_list(self):
        _repair, private = self.make_checked()
        self.car.usage = "official"
        _repair, official = self.make_checked()
        self.assertEqual(official.template_id.usage, "official")
        self.assertGreater(len(official.line_ids), len(private.line_ids))

    def test_failed_point_sends_the_car_back(self):
        repair, check = self.make_checked()
        check = check.with_user(self.technician)
        check.line_ids[0].verdict = "now"
        check.action_all_ok()
        with self.assertRaisesRegex(UserError, check.line_ids[0].name):
            repair.with_user(self.advisor).action_ready()
        check.action_finish()
        self.assertEqual(repair.service_state, "in_work")
        repair.invalidate_recordset()
        self.assertIn(check.line_ids[0].name, repair.log_ids[0].reason)

    def test_second_check_asks_what_failed(self):
        repair, check = self.make_checked()
        failed = check.line_ids[0]
        failed.result = "now"
        check.action_all_ok()
        check.action_finish()
        repair.action_check()
        repair.invalidate_recordset()
        again = repair.inspection_ids[0]
        self.assertNotEqual(again, check)
        self.assertEqual(again.open_count, 1)
        open_line = again.line_ids.filtered(lambda line: not line.result)
        self.assertEqual(open_line.name, failed.name)
        open_line.result = "ok"
        repair.action_ready()
        self.assertEqual(repair.service_state, "ready")

    def test_unfinished_check_is_not_doubled(self):
        repair, check = self.make_checked()
        repair.action_step_back("forgot a part")
        repair.action_check()
        repair.invalidate_recordset()
        self.assertEqual(repair.inspection_ids, check)

    def test_branch_without_the_rule_is_not_blocked(self):
        self.branch.quality_check_required = False
        repair = self.make_repair()
        repair.action_deliver()
        self.assertFalse(repair.inspection_ids)
        self.assertEqual(repair.service_state, "delivered")

    def test_no_template_blocks_nothing(self):
        self.env["dealer.inspection.template"].search([]).active = False
        repair = self.make_repair()
        repair.action_deliver()
        self.assertEqual(repair.service_state, "delivered")

    def test_history_and_its_correction_are_not_checked(self):
        repair = self.make_repair(delivered="2026-03-01 04:00:00")
        self.assertFalse(repair.inspection_ids)
        repair.action_undo_delivery()
        self.assertEqual(repair.service_state, "ready")
