# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackGuard(AftersalesCase):
    """What is counted moves by logged calls and answers only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def test_counted_fields_cannot_be_written(self):
        forged = {
            "state": "reached",
            "attempt_count": 3,
            "is_answered": True,
            "is_successful": True,
            "is_scored": True,
            "score": 5,
            "is_satisfied": True,
            "date_due": "2026-02-01",
            "date_window_end": "2027-01-01",
            "date_first_attempt": NOW,
            "date_done": NOW,
            "partner_id": self.make_customer("Somebody Else").id,
            "vehicle_id": False,
            "repair_id": False,
            "company_id": self.other_branch.id,
            "policy_id": self.policy.id,
            "source_id": 1,
            "cycle_key": "free",
            "purpose": "care",
        }
        for user in (self.care, self.service_manager, self.director):
            for name, value in forged.items():
                with self.subTest(user=user.login, field=name):
                    with self.assertRaises(AccessError):
                        self.callback.with_user(user).write({name: value})

    def test_answer_sheet_of_somebody_else_cannot_be_taken(self):
        other = self.make_callback("2026-03-06 04:00:00")
        other.save_answers({self.overall.id: 5})
        with self.assertRaises(AccessError):
            self.callback.user_input_id = other.user_input_id.id
        self.callback.save_answers({self.overall.id: 1})
        self.assertEqual(other.score, 5)

    def test_what_the_caller_notes_can_be_written(self):
        issue = self.env["dealer.callback.issue"].search([], limit=1)
        self.callback.write(
            {"remark": "All fine", "issue_ids": issue.ids, "user_id": self.care.id}
        )
        self.assertEqual(self.callback.remark, "All fine")

    def test_nobody_makes_a_callback_by_hand(self):
        values = {
            "policy_id": self.policy.id,
            "source_id": 1,
            "partner_id": self.customer.id,
            "company_id": self.branch.id,
            "date_due": NOW[:10],
        }
        with self.assertRaises(AccessError):
            self.env["dealer.callback"].with_user(self.director).create(values)
        self.env["ir.model.access"].create(
            {
                "name": "everything",
                "model_id": self.env["ir.model"]._get_id("dealer.callback"),
                "perm_create": True,
            }
        )
        with self.assertRaisesRegex(AccessError, "policies only"):
            self.env["dealer.callback"].with_user(self.director).create(values)

    def test_who_only_reads_moves_nothing(self):
        self.callback.repair_id.sudo().advisor_id = self.advisor
        mine = self.callback.with_user(self.advisor)
        for action in ("action_cancel", "action_reopen", "action_save_answers"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(mine, action)()
        with self.assertRaises(AccessError):
            mine.action_log_attempt("reached")
        self.assertRecordValues(
            self.callback, [{"state": "planned", "attempt_count": 0}]
        )

    def test_contact_on_a_closed_callback_is_refused(self):
        self.callback.action_save_answers()
        values = self.callback._prepare_contact_values("not_reached", None)
        contacts = self.env["dealer.contact"].with_user(self.care)
        with self.assertRaisesRegex(UserError, "Reopen"):
            contacts.create(values)
        self.assertEqual(self.callback.attempt_count, 1)

    def test_logged_contact_stays_with_its_callback(self):
        other = self.make_callback("2026-03-06 04:00:00").with_user(self.care)
        self.callback.action_not_reached()
        contact = self.callback.contact_ids
        for value in (other.id, False):
            with self.assertRaises(UserError):
                contact.callback_id = value
        contact.write({"callback_id": self.callback.id, "content": "Busy"})
        self.assertEqual(contact.content, "Busy")

    def test_contact_without_callback_does_not_get_one_later(self):
        contact = (
            self.env["dealer.contact"]
            .with_user(self.care)
            .create({"partner_id": self.customer.id})
        )
        with self.assertRaises(UserError):
            contact.callback_id = self.callback

    def test_service_manager_logs_and_corrects_for_others(self):
        values = {"partner_id": self.customer.id, "user_id": self.advisor.id}
        contacts = self.env["dealer.contact"]
        with self.assertRaises(AccessError):
            contacts.with_user(self.care).create(values)
        contact = contacts.with_user(self.service_manager).create(values)
        contact.content = "He called twice"
        self.assertEqual(contact.user_id, self.advisor)
