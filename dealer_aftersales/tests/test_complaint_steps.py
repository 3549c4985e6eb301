# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintSteps(ComplaintCase):
    """CMP-01: from the first word to the customer's confirmation."""

    def test_all_steps_are_kept_with_time_and_person(self):
        complaint = self.tell_story(self.make_complaint())
        for step in (
            "action_answer",
            "action_investigate",
            "action_propose",
            "action_agree",
            "action_carry_out",
            "action_confirm",
            "action_close",
        ):
            self.call(self.care, "dealer.complaint", step, complaint.ids)
        self.assertEqual(complaint.state, "closed")
        logs = complaint.log_ids.sorted("id")
        self.assertEqual(
            logs.mapped("state_to"),
            "answered investigated proposed agreed done confirmed closed".split(),
        )
        self.assertEqual(logs.user_id, self.care)
        self.assertEqual(str(complaint.date_answered), NOW)
        self.assertEqual(str(complaint.date_closed), NOW)
        self.assertEqual(complaint.remedy, "Free rework")
        self.assertEqual(complaint.confirmed_by, self.customer.name)

    def test_numbers_run_by_branch_and_year(self):
        first, second = self.make_complaint(), self.make_complaint()
        self.assertEqual(first.name, "TS/2026/00001")
        self.assertEqual(second.name, "TS/2026/00002")
        north = self.make_complaint(
            self.care_north,
            partner_id=self.make_customer(company_id=False).id,
            vehicle_id=False,
            company_id=self.other_branch.id,
        )
        self.assertEqual(north.name, "TS/2026/00001")

    def test_a_step_names_the_fields_it_needs(self):
        complaint = self.make_complaint()
        with self.assert_refused(UserError, "First Answer"):
            complaint.action_answer()
        complaint.answer = "   "
        with self.assert_refused(UserError, "First Answer"):
            complaint.action_answer()
        complaint.answer = "Sorry"
        complaint.action_answer()
        with self.assert_refused(UserError, "What was found out, Root Cause"):
            complaint.action_investigate()

    def test_a_dragged_card_takes_every_step_with_its_checks(self):
        complaint = self.make_complaint()
        with self.assert_refused(UserError, "Before 'Proposal made' fill in: Proposal"):
            self.call(
                self.care,
                "dealer.complaint",
                "web_save",
                complaint.ids,
                {"state": "proposed"},
                {},
            )
        self.assertEqual(complaint.state, "received")
        self.tell_story(complaint)
        complaint.write({"state": "proposed"})
        self.assertEqual(len(complaint.log_ids), 3)
        with self.assert_refused(UserError, "does not go from"):
            complaint.write({"state": "received"})

    def test_closing_without_confirmation_needs_a_manager_and_a_reason(self):
        complaint = self.tell_story(self.make_complaint())
        complaint.write({"state": "done"})
        complaint.confirm_channel = False
        with self.assert_refused(UserError, "Confirmed how"):
            complaint.action_close()
        with self.assertRaises(AccessError):
            complaint.action_close_unconfirmed("Not reached")
        managed = complaint.with_user(self.service_manager)
        with self.assert_refused(UserError, "Reason"):
            managed.action_close_unconfirmed("  ")
        managed.action_close_unconfirmed("Moved abroad")
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.unconfirmed_reason, "Moved abroad")
        self.assertEqual(complaint.log_ids[0].reason, "Moved abroad")
        self.assertFalse(complaint.date_confirmed)

    def test_closing_without_confirmation_comes_after_the_work(self):
        complaint = self.tell_story(self.make_complaint())
        with self.assert_refused(UserError, "carried out"):
            complaint.with_user(self.service_manager).action_close_unconfirmed("x")

    def test_a_sales_manager_closes_what_is_about_the_showroom(self):
        for kind, error in (("sales", None), ("service", AccessError)):
            complaint = self.tell_story(self.make_complaint(kind=kind))
            complaint.write({"state": "done"})
            closing = complaint.with_user(self.manager)
            if error:
                with self.assertRaises(error):
                    closing.action_close_unconfirmed("Moved abroad")
            else:
                closing.action_close_unconfirmed("Moved abroad")
                self.assertEqual(complaint.state, "closed")

    def test_withdrawn_and_opened_again(self):
        complaint = self.tell_story(self.make_complaint())
        complaint.action_answer()
        complaint.action_withdraw("Said it was a mistake")
        self.assertEqual(complaint.state, "withdrawn")
        with self.assert_refused(UserError, "reopen it"):
            complaint.content = "Something else"
        with self.assert_refused(UserError, "over already"):
            complaint.action_withdraw("Again")
        complaint.action_reopen("He is angry after all")
        self.assertEqual((complaint.state, complaint.reopen_count), ("answered", 1))
        self.assertFalse(complaint.date_closed)
        with self.assert_refused(UserError, "open already"):
            complaint.action_reopen("Again")

    def test_a_step_taken_by_mistake_goes_back(self):
        complaint = self.tell_story(self.make_complaint())
        complaint.action_answer()
        with self.assert_refused(UserError, "Received on"):
            complaint.date_received = "2026-03-09 04:00:00"
        complaint.action_step_back("Wrong customer")
        self.assertEqual(complaint.state, "received")
        self.assertFalse(complaint.date_answered)
        with self.assert_refused(UserError, "no step to take back"):
            complaint.action_step_back("Once more")

    def test_the_dialog_hands_the_reason_over(self):
        complaint = self.make_complaint()
        dialog = (
            self.env["dealer.complaint.step"]
            .with_user(self.care)
            .with_context(active_id=complaint.id)
            .create({"step": "withdraw", "reason": "By mistake"})
        )
        dialog.action_apply()
        self.assertEqual(complaint.withdraw_reason, "By mistake")

    def test_a_suggestion_is_answered_and_closed(self):
        complaint = self.make_complaint(kind="suggestion", channel="sms")
        self.assertTrue(complaint.is_feedback)
        self.assertEqual(complaint.level_id.scope, "feedback")
        self.assertTrue(complaint.date_answer_due)
        complaint.answer = "Thank you, we will do so"
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        with self.assert_refused(ValidationError, "no step"):
            other = self.tell_story(self.make_complaint())
            other.action_investigate()
            other.kind = "need"

    def test_fields_of_the_steps_are_set_by_the_steps(self):
        complaint = self.make_complaint()
        for name, value in {
            "name": "TS/1",
            "date_answered": NOW,
            "date_closed": NOW,
            "answer_escalated_on": NOW,
            "is_answer_in_time": True,
            "date_close_due": NOW,
            "repeat_of_id": complaint.id,
            "action_ids": [],
        }.items():
            with self.assertRaises(AccessError, msg=name):
                complaint.with_user(self.service_manager).write({name: value})
        with self.assertRaises(AccessError):
            self.make_complaint(state="closed")
        sly = self.env["dealer.complaint"].with_user(self.care)
        made = sly.with_context(default_state="closed").create(
            {"partner_id": self.customer.id, "content": "Sly"}
        )
        self.assertEqual(made.state, "received")

    def test_bad_input_names_field_and_reason(self):
        with self.assert_refused(ValidationError, "In the Customer's Words"):
            self.make_complaint(content="  ")
        with self.assert_refused(ValidationError, "Received on"):
            self.make_complaint(date_received="2026-03-11 04:00:00")
        other = self.make_car(owner_id=self.customer.id)
        with self.assert_refused(ValidationError, "another car"):
            self.make_complaint(repair_id=self.make_repair().id, vehicle_id=other.id)
        _record, texts = self.enter_by_import(
            self.care,
            "dealer.complaint",
            {"partner_id": self.customer.name, "content": " "},
        )
        self.assertIn("In the Customer's Words", texts)

    def test_answer_and_confirmation_stand_in_the_ledger(self):
        complaint = self.tell_story(self.make_complaint())
        complaint.write({"state": "closed"})
        talks = complaint.contact_ids
        self.assertEqual(set(talks.mapped("purpose")), {"complaint"})
        self.assertEqual(len(talks), 2)
        self.assertEqual(talks.user_id, self.care)
        self.assertIn("We are sorry and look into it", talks.mapped("content"))

    def test_nobody_deletes_a_complaint(self):
        complaint = self.make_complaint()
        with self.assertRaises(AccessError):
            complaint.with_user(self.director).unlink()

    def test_by_the_form_as_the_web_client_does(self):
        complaint = self.enter_by_form(
            self.care,
            "dealer.complaint",
            None,
            {"partner_id": self.customer, "kind": "technical", "content": "It smokes"},
        )
        self.assertEqual(complaint.user_id, self.care)
        self.assertEqual(complaint.department, "service")
        self.assertEqual(complaint.level_id, self.normal)
