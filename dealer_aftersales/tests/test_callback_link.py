# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackLink(AftersalesCase):
    """CB-12: the customer answers the same questions by himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "owner@example.com"
        with freeze_time(NOW):
            cls.callback = cls.make_callback().with_user(cls.care)

    def answer(self, values, callback=None):
        """What Survey's page does with the customer's answers."""
        user_input = (callback or self.callback).sudo().user_input_id
        for question in self.survey.question_ids:
            user_input._save_lines(
                question, values.get(question, ""), overwrite_existing=False
            )
        user_input._mark_done()
        self.env.invalidate_all()

    def test_sending_is_a_ledger_row_and_no_attempt(self):
        self.callback.action_send_link_email()
        self.assertRecordValues(
            self.callback,
            [{"attempt_count": 0, "state": "planned", "link_channel": "email"}],
        )
        row = self.callback.contact_ids
        self.assertEqual((row.channel, row.user_id), ("email", self.care))
        self.assertTrue(row.mail_template_id)
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn(self.callback.sudo().user_input_id.access_token, mail.body_html)
        self.assertEqual(self.callback.today_done, 0)

    def test_answers_reach_the_callback_like_a_call(self):
        self.callback.action_send_link_email()
        self.answer({self.overall: "5", self.advisor_question: "4"})
        self.assertRecordValues(
            self.callback,
            [
                {
                    "state": "reached",
                    "is_successful": True,
                    "score": 5,
                    "attempt_count": 1,
                    "answer_channel": "link",
                    "done_user_id": False,
                    "user_id": False,
                }
            ],
        )
        row = self.callback.contact_ids.filtered(lambda c: not c.mail_template_id)
        self.assertEqual((row.direction, row.outcome), ("in", "reached"))
        self.assertIn("link", row.content)

    def test_bad_answers_by_link_wait_for_their_finding(self):
        self.branch.finding_required = True
        self.callback.action_send_link_email()
        self.answer({self.overall: "1"})
        self.assertEqual(self.callback.state, "reached")
        self.assertTrue(self.callback.is_finding_open)

    def test_sheet_sent_back_empty_is_no_answer(self):
        self.callback.action_send_link_email()
        self.answer({})
        self.assertEqual(self.callback.state, "planned")
        self.assertFalse(self.callback.attempt_count)

    def test_answers_of_the_phone_may_be_given_again_by_link(self):
        self.callback.save_answers({self.overall.id: 2})
        self.callback.action_send_link_email()
        self.answer({self.overall: "4"})
        self.assertEqual(self.callback.score, 4)

    def test_unreached_customer_may_still_answer(self):
        self.callback.action_wrong_number()
        self.callback.action_send_link_email()
        self.answer({self.overall: "4"})
        self.assertEqual(self.callback.state, "reached")

    def test_link_ends_with_the_window_of_the_branch(self):
        self.callback.action_send_link_email()
        deadline = self.callback.sudo().user_input_id.deadline
        self.assertEqual(str(self.callback.date_window_end), "2026-03-13")
        self.assertEqual(str(deadline), "2026-03-13 16:00:00")
        with freeze_time("2026-03-13 17:00:00"):
            with self.assertRaisesRegex(UserError, "window"):
                self.callback.action_send_link_email()

    def test_no_message_without_consent_or_address(self):
        self.customer.email = False
        with self.assertRaisesRegex(UserError, "address"):
            self.callback.action_send_link_email()
        self.customer.email = "owner@example.com"
        self.env["dealer.consent"].create(
            {
                "partner_id": self.customer.id,
                "channel": "email",
                "purpose": "service",
                "state": "withdrawn",
            }
        )
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self.callback.action_send_link_email()
        self.assertFalse(self.callback.date_link_sent)
        self.assertFalse(self.callback.contact_ids)

    def test_sms_is_queued_once_per_callback(self):
        if "sms.sms" not in self.env:
            with self.assertRaisesRegex(UserError, "SMS"):
                self.callback.action_send_link_sms()
            return
        self.callback.action_send_link_sms()
        sms = self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])
        self.assertIn("/survey/start/", sms.body)

    def test_list_sends_to_whom_it_may_and_tells_the_rest(self):
        other = self.make_customer("Li Without")
        second = self.make_callback("2026-03-07 05:00:00", partner_id=other.id)
        action = (self.callback | second).with_user(self.care).action_send_link_email()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertTrue(self.callback.date_link_sent)
        self.assertFalse(second.date_link_sent)

    def test_link_to_copy_is_shown_while_it_is_open(self):
        self.assertFalse(self.callback.answer_url)
        self.callback.action_make_link()
        self.assertIn("/survey/start/", self.callback.answer_url)
        self.callback.action_save_answers()
        self.assertFalse(self.callback.answer_url)

    def test_closed_or_wordless_callback_gets_no_link(self):
        self.callback.action_save_answers()
        with self.assertRaisesRegex(UserError, "closed"):
            self.callback.action_make_link()
        second = self.make_callback("2026-03-07 05:00:00").with_user(self.care)
        self.policy.survey_id = False
        with self.assertRaisesRegex(UserError, "questionnaire"):
            second.action_make_link()


@tagged("post_install", "-at_install")
class TestCallbackLinkPage(AftersalesCase, HttpCase):
    """The page itself: without log-in, in the customer's language."""

    def make_linked(self):
        today = self.branch._get_dealer_today()
        start = self.branch._get_dealer_day_start(today)
        self.make_repair(start - timedelta(days=4))
        callback = self.run_policy().with_user(self.care)
        callback.action_make_link()
        return callback

    def get_path(self, callback):
        return callback.sudo().user_input_id.get_start_url()

    def test_customer_answers_without_log_in(self):
        callback = self.make_linked()
        page = self.url_open(self.get_path(callback))
        self.assertEqual(page.status_code, 200)
        user_input = callback.sudo().user_input_id
        tokens = f"{self.survey.access_token}/{user_input.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        shown = self.url_open(f"/survey/{tokens}").text
        self.assertIn(self.overall.title, shown)
        self.make_jsonrpc_request(
            f"/survey/submit/{tokens}", {str(self.overall.id): "3"}
        )
        self.env.invalidate_all()
        self.assertRecordValues(
            callback,
            [{"state": "reached", "score": 3, "answer_channel": "link"}],
        )
        # A used link shows thanks, and changes nothing.
        again = self.url_open(self.get_path(callback))
        self.assertEqual(again.status_code, 200)
        self.make_jsonrpc_request(
            f"/survey/submit/{tokens}", {str(self.overall.id): "5"}
        )
        self.env.invalidate_all()
        self.assertEqual(callback.score, 3)

    def test_expired_and_foreign_links_show_a_page(self):
        callback = self.make_linked()
        user_input = callback.sudo().user_input_id
        path = self.get_path(callback)
        user_input.deadline = fields.Datetime.now() - timedelta(minutes=1)
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.overall.title, page.text)
        page = self.url_open(path.replace(user_input.access_token, "not-a-token"))
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.overall.title, page.text)
        self.assertEqual(callback.state, "planned")
