# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from lxml import etree
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .measures_common import MODEL, MeasuresCase

APPROVAL = "dealer_aftersales.mail_activity_type_measure_approval"
LATE = "dealer_aftersales.mail_activity_type_measure_late"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeasureFlow(MeasuresCase):
    """The way of a measure, each step by its person."""

    def activities(self, xml_id, measure=None):
        kind = self.env.ref(xml_id)
        return (measure or self.measure).activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        )

    def test_each_measure_has_a_number(self):
        self.assertRegex(self.measure.number, r"^M2026/\d{4}$")
        second = self.make_measure()
        self.assertNotEqual(second.number, self.measure.number)

    def test_submission_names_what_is_missing(self):
        for name, label in (
            ("responsible_id", "Responsible Person"),
            ("date_due", "To be done by"),
        ):
            bare = self.make_measure(**{name: False})
            with self.assert_refused(UserError, label):
                self.by(self.care, bare).action_submit()
            self.assertEqual(bare.state, "draft")

    def test_submitted_measure_waits_at_the_general_manager(self):
        self.by(self.care).action_submit()
        self.assertEqual(self.measure.state, "submitted")
        self.assertEqual(self.activities(APPROVAL).user_id, self.director)
        action = self.env.ref(
            "dealer_aftersales.dealer_corrective_action_action_approval"
        )
        found = (
            self.env[MODEL]
            .with_user(self.director)
            .search([("state", "=", "submitted")])
        )
        self.assertIn(self.measure, found)
        self.assertIn("submitted", action.domain)

    def test_refusal_needs_a_reason_and_goes_back_with_it(self):
        self.by(self.care).action_submit()
        with self.assert_refused(UserError, "Reason"):
            self.by(self.director).action_refuse()
        self.by(self.director).action_refuse("Too late in the month")
        self.assertRecordValues(
            self.measure,
            [{"state": "draft", "refusal_reason": "Too late in the month"}],
        )
        self.assertIn("Too late in the month", self.measure.message_ids[0].body)
        self.assertFalse(self.activities(APPROVAL))
        self.by(self.care).date_due = "2026-03-15"
        self.by(self.care).action_submit()
        self.assertFalse(self.measure.refusal_reason)
        self.by(self.director).action_approve()
        self.assertEqual(self.measure.state, "running")

    def test_who_asks_does_not_approve(self):
        self.by(self.director).action_submit()
        with self.assertRaises(AccessError):
            self.by(self.director).action_approve()

    def test_the_responsible_finds_it_on_his_list(self):
        self.approve()
        todo = self.activities("mail.mail_activity_data_todo")
        self.assertEqual(todo.user_id, self.advisor)
        self.assertEqual(str(todo.date_deadline), "2026-03-20")

    def test_one_person_cannot_do_and_supervise(self):
        with self.assert_refused(ValidationError, "cannot supervise"):
            self.make_measure(responsible_id=self.service_manager.id)
        with self.assert_refused(ValidationError, "cannot supervise"):
            self.by(self.care).supervisor_id = self.advisor

    def test_persons_work_at_the_branch(self):
        with self.assert_refused(ValidationError, "Responsible Person: Care_North"):
            self.make_measure(responsible_id=self.care_north.id)

    def test_submitted_content_stays(self):
        self.by(self.care).action_submit()
        for name, value in (("date_due", "2026-05-01"), ("measure_text", "Nothing")):
            with self.assert_refused(UserError, "back to draft"):
                self.by(self.care).write({name: value})
        self.by(self.director).action_approve()
        with self.assert_refused(UserError, "back to draft"):
            self.by(self.director).date_due = "2026-05-01"

    def test_back_to_draft_loses_the_approval(self):
        self.approve()
        self.by(self.service_manager).action_back_to_draft()
        self.assertRecordValues(
            self.measure, [{"state": "draft", "approval_state": "draft"}]
        )
        self.assertFalse(self.activities("mail.mail_activity_data_todo"))
        with self.assert_refused(UserError, "in progress"):
            self.by(self.advisor).action_done()

    def test_progress_is_reported_by_the_responsible(self):
        lines = self.env["dealer.corrective.action.progress"]
        values = {"action_id": self.measure.id, "percent": 40, "text": "Half of us do"}
        with self.assert_refused(UserError, "in progress"):
            lines.with_user(self.advisor).create(values)
        self.approve()
        line = lines.with_user(self.advisor).create(
            {**values, "user_id": self.care.id, "date": "2020-01-01"}
        )
        self.assertRecordValues(
            line,
            [{"user_id": self.advisor.id, "date": fields.Date.to_date("2026-03-10")}],
        )
        self.assertEqual(self.measure.percent, 40)
        with self.assert_refused(AccessError, "Advisor, who is responsible"):
            lines.with_user(self.care).create(values)
        with self.assertRaises(AccessError):
            line.with_user(self.advisor).text = "All of us do"
        with self.assertRaises(AccessError):
            lines.with_user(self.service_manager).create(values)  # he supervises

    def test_checks_are_the_supervisors(self):
        self.approve()
        lines = self.env["dealer.corrective.action.review"]
        values = {"action_id": self.measure.id, "finding": "Calls are made"}
        with self.assert_refused(AccessError, "checks this measure"):
            lines.with_user(self.advisor).create(values)
        with self.assertRaises(AccessError):
            lines.with_user(self.care).create(values)
        line = lines.with_user(self.service_manager).create(values)
        self.assertEqual(line.user_id, self.service_manager)
        self.assertEqual(self.measure.state, "running")

    def test_only_the_responsible_finishes(self):
        self.approve()
        with self.assertRaises(AccessError):
            self.by(self.care).action_done()
        self.by(self.advisor).action_done()
        self.assertEqual(self.measure.state, "done")
        self.assertEqual(self.measure.percent, 100)
        todo = self.activities("mail.mail_activity_data_todo")
        self.assertEqual(todo.user_id, self.service_manager)

    def test_not_in_order_goes_back_to_the_responsible(self):
        self.carry_out()
        call = self.measure.check_ids.callback_id
        self.verify(result="not_ok")
        self.assertRecordValues(
            self.measure, [{"state": "running", "reopen_count": 1, "date_done": False}]
        )
        self.assertEqual(call.state, "cancelled")

    def test_late_measure_tells_its_supervisor_once(self):
        self.approve()
        with freeze_time("2026-03-21 04:00:00"):
            self.run_job("follow_measures")
            self.run_job("follow_measures")
            self.assertTrue(self.measure.is_late)
            late = self.activities(LATE)
            self.assertEqual(len(late), 1)
            self.assertEqual(late.user_id, self.service_manager)
            found = self.env[MODEL].search([("is_late", "=", True)])
            self.assertIn(self.measure, found)
        self.assertEqual(str(self.measure.date_late), "2026-03-21")

    def test_a_measure_due_today_is_not_late(self):
        self.approve()
        with freeze_time("2026-03-20 04:00:00"):
            self.assertFalse(self.env[MODEL]._tell_of_late(self.branch))
            self.assertFalse(self.measure.is_late)

    def test_giving_up_needs_a_reason_and_after_approval_the_general_manager(self):
        with self.assert_refused(UserError, "Reason"):
            self.by(self.care).action_cancel()
        self.approve()
        with self.assert_refused(AccessError, "general manager"):
            self.by(self.service_manager).action_cancel("No time")
        self.by(self.director).action_cancel("The maker solved it")
        self.assertRecordValues(
            self.measure,
            [{"state": "cancelled", "close_reason": "The maker solved it"}],
        )

    def test_days_open_end_with_the_closing(self):
        self.carry_out()
        with freeze_time("2026-03-14 04:00:00"):
            self.verify()
            self.answer_recall(self.measure.check_ids, 5)
        self.assertEqual(self.measure.state, "closed")
        with freeze_time("2026-04-14 04:00:00"):
            self.measure.invalidate_recordset()
            self.assertEqual(self.measure.age_days, 4)

    def test_participants_follow_and_stand_on_the_print(self):
        expert = self.env["res.partner"].create({"name": "Expert of the Maker"})
        self.by(self.care).member_ids = [
            fields.Command.create({"user_id": self.technician.id}),
            fields.Command.create(
                {"partner_id": expert.id, "role": "technical_expert"}
            ),
        ]
        followers = self.measure.message_partner_ids
        persons = self.advisor | self.service_manager | self.technician
        self.assertLessEqual(persons.partner_id | expert, followers)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dealer_aftersales.action_report_corrective_action", self.measure.ids
        )
        for text in ("Technician", "Expert of the Maker", "Technical Expert"):
            self.assertIn(text, html.decode())
        self.measure.member_ids.filtered("user_id").unlink()
        self.assertNotIn(self.technician.partner_id, self.measure.message_partner_ids)

    def test_measures_are_filtered_by_category(self):
        spoken = self.make_measure(category="communication")
        view = self.env.ref("dealer_aftersales.dealer_corrective_action_view_search")
        for category in ("product", "service_level", "after_sales", "communication"):
            [found] = etree.fromstring(view.arch).xpath(f"//filter[@name='{category}']")
            domain = literal_eval(found.get("domain"))
            measures = self.env[MODEL].search(domain)
            self.assertEqual(spoken in measures, category == "communication")
            self.assertEqual(self.measure in measures, category == "after_sales")

    def test_the_author_may_take_part(self):
        measures = self.env[MODEL].with_context(
            tracking_disable=False, mail_create_nosubscribe=False
        )
        made = measures.with_user(self.care).create(
            {
                "name": "Drawn up by a participant",
                "member_ids": [fields.Command.create({"user_id": self.care.id})],
            }
        )
        self.assertIn(self.care.partner_id, made.message_partner_ids)

    def test_a_participant_is_somebody(self):
        with self.assert_refused(ValidationError, "Participant"):
            self.by(self.care).member_ids = [fields.Command.create({"role": "other"})]

    def test_what_the_general_manager_saw_is_kept(self):
        self.by(self.care).action_submit()
        with self.assert_refused(ValidationError, "never submitted"):
            self.by(self.service_manager).unlink()
        self.by(self.service_manager).action_back_to_draft()
        with self.assert_refused(ValidationError, "never submitted"):
            self.by(self.service_manager).unlink()
        fresh = self.make_measure()
        self.by(self.service_manager, fresh).unlink()
        self.assertFalse(fresh.exists())
