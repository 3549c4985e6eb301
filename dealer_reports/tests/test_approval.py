# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestApproval(ReportsCase):
    """The approval mixin, on the request to reopen a closed month."""

    def setUp(self):
        super().setUp()
        self.close = self.make_close()
        self.close.action_freeze()

    def ask(self, user=None, reason="Two answers came late"):
        close = self.close.with_user(user or self.service_manager)
        close.reopen_reason = reason
        close.action_request_reopen()
        return close

    def test_request_and_approval_reopen_the_month(self):
        self.ask()
        self.assertEqual(self.close.approval_state, "submitted")
        self.assertEqual(self.close.approval_requested_by_id, self.service_manager)
        self.assertTrue(self.close.with_user(self.director).can_decide)
        self.close.with_user(self.director).action_approve()
        self.assertEqual(self.close.state, "open")
        self.assertEqual(self.close.approval_decided_by_id, self.director)

    def test_each_step_leaves_a_log_line(self):
        self.ask()
        self.close.with_user(self.director).action_approve()
        lines = self.env["dealer.approval.log"].search(
            [("res_model", "=", self.close._name), ("res_id", "=", self.close.id)],
            order="id",
        )
        self.assertEqual(
            [(x.state_from, x.state_to, x.user_id, x.reason) for x in lines],
            [
                ("draft", "submitted", self.service_manager, "Two answers came late"),
                ("submitted", "approved", self.director, False),
            ],
        )

    def test_author_does_not_decide(self):
        self.ask(self.director)
        self.assertFalse(self.close.with_user(self.director).can_decide)
        with self.assertRaisesRegex(AccessError, "another person"):
            self.close.with_user(self.director).action_approve()
        self.assertEqual(self.close.state, "frozen")

    def test_only_the_approval_group_decides(self):
        self.ask(self.care)
        with self.assertRaisesRegex(AccessError, "General Manager"):
            self.close.with_user(self.service_manager).action_approve()

    def test_refusal_keeps_the_month_closed(self):
        self.ask()
        self.close.with_user(self.director).action_refuse("Figures were sent out")
        self.assertEqual(self.close.approval_state, "refused")
        self.assertEqual(self.close.state, "frozen")

    def test_a_refused_request_can_be_made_again(self):
        self.ask()
        self.close.with_user(self.director).action_refuse()
        self.ask()
        self.assertEqual(self.close.approval_state, "submitted")

    def test_double_request_is_refused(self):
        self.ask()
        with self.assertRaisesRegex(UserError, "waits"):
            self.close.with_user(self.service_manager).action_submit("again")

    def test_nothing_submitted_nothing_to_decide(self):
        with self.assertRaisesRegex(UserError, "submitted"):
            self.close.with_user(self.director).action_approve()

    def test_request_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "Why reopen"):
            self.ask(reason=False)

    def test_approval_fields_cannot_be_written(self):
        self.ask()
        for values in (
            {"approval_state": "approved"},
            {"approval_state": "draft"},
            {"approval_requested_by_id": self.care.id},
        ):
            with self.assertRaises(AccessError):
                self.close.with_user(self.director).write(values)

    def test_log_lines_never_change(self):
        self.ask()
        line = self.env["dealer.approval.log"].search([], limit=1)
        with self.assertRaises(AccessError):
            line.with_user(self.director).write({"reason": "other"})
        with self.assertRaises(AccessError):
            line.with_user(self.director).unlink()
