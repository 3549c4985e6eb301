# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase

LATE = "dealer_aftersales.mail_activity_type_complaint_late"
OPEN = "dealer_aftersales.mail_activity_type_complaint"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintDeadline(ComplaintCase):
    """CMP-05: answered in time, or told once to whom the level names."""

    def run_job(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_escalate_complaints")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def get_alarms(self, complaint, xml_id=LATE):
        kind = self.env.ref(xml_id)
        return complaint.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        )

    def test_hours_are_working_hours_of_the_branch(self):
        self.branch.resource_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "Asia/Shanghai",
                "company_id": self.branch.id,
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": f"{day} {start}",
                            "dayofweek": day,
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": part,
                        },
                    )
                    for day in "01234"
                    for start, end, part in ((8, 12, "morning"), (13, 17, "afternoon"))
                ],
            }
        )
        # Tuesday noon: four hours are left today, four come tomorrow morning.
        complaint = self.make_complaint()
        self.assertEqual(str(complaint.date_answer_due), "2026-03-11 04:00:00")
        # 40 hours from Tuesday noon: a week later, the weekend left out.
        self.assertEqual(str(complaint.date_close_due), "2026-03-17 04:00:00")

    def test_deadlines_of_the_level_are_kept(self):
        complaint = self.make_complaint(level_id=self.critical.id)
        self.assertEqual(str(complaint.date_answer_due), "2026-03-10 05:00:00")
        self.assertEqual(complaint.date_due, complaint.date_answer_due)
        self.critical.answer_hours = 12
        self.assertEqual(str(complaint.date_answer_due), "2026-03-10 05:00:00")
        self.tell_story(complaint).action_answer()
        self.assertTrue(complaint.is_answer_in_time)
        self.assertEqual(complaint.date_due, complaint.date_close_due)
        complaint.write({"state": "closed"})
        self.assertFalse(complaint.date_due)
        self.assertTrue(complaint.is_close_in_time)

    def test_each_deadline_is_told_once(self):
        complaint = self.make_complaint()
        self.run_job()
        self.assertFalse(self.get_alarms(complaint))
        with freeze_time("2026-03-10 13:00:00"):
            self.assertTrue(complaint.is_late)
            for _time in range(3):
                self.run_job()
            alarms = self.get_alarms(complaint)
            self.assertEqual(alarms.user_id, self.service_manager)
            self.assertIn(complaint.name, alarms.summary)
            self.assertTrue(complaint.answer_escalated_on)
            self.assertFalse(complaint.close_escalated_on)
        with freeze_time("2026-03-13 13:00:00"):
            self.run_job()
            self.run_job()
            alarms = self.get_alarms(complaint)
            admin = self.env.ref("base.user_admin")
            self.assertIn(admin, self.branch._get_directors())
            self.assertEqual(alarms.user_id, self.service_manager | self.director)
            self.assertEqual(len(alarms), 2)
            self.tell_story(complaint).action_answer()
            self.assertFalse(complaint.is_answer_in_time)
            complaint.write({"state": "closed"})
            self.assertFalse(complaint.is_close_in_time)
            self.assertFalse(self.get_alarms(complaint))
            self.run_job()
            self.assertFalse(self.get_alarms(complaint))

    def test_nobody_is_told_about_himself(self):
        complaint = self.make_complaint(user_id=self.service_manager.id)
        with freeze_time("2026-03-10 13:00:00"):
            self.run_job()
            self.assertNotIn(self.service_manager, self.get_alarms(complaint).user_id)
            self.assertEqual(len(self.get_alarms(complaint)), 1)

    def test_showroom_cases_go_to_the_sales_manager(self):
        complaint = self.make_complaint(kind="sales")
        with freeze_time("2026-03-10 13:00:00"):
            self.run_job()
        self.assertEqual(self.get_alarms(complaint).user_id, self.manager)

    def test_a_deadline_moved_ahead_may_be_missed_again(self):
        complaint = self.make_complaint(level_id=self.critical.id)
        with freeze_time("2026-03-10 06:00:00"):
            self.run_job()
            self.assertTrue(complaint.answer_escalated_on)
            complaint.level_id = self.normal
            self.assertFalse(complaint.answer_escalated_on)

    def test_a_suggestion_that_waits_too_long_is_listed(self):
        complaint = self.make_complaint(kind="suggestion")
        late = [("is_late", "=", True), ("is_feedback", "=", True)]
        found = self.env["dealer.complaint"].search(late)
        self.assertNotIn(complaint, found)
        with freeze_time("2026-03-11 05:00:00"):
            found = self.env["dealer.complaint"].search(late)
            self.assertIn(complaint, found)
            found = self.env["dealer.complaint"].search([("is_late", "=", False)])
            self.assertNotIn(complaint, found)

    def test_reopened_the_time_to_close_starts_anew(self):
        complaint = self.tell_story(self.make_complaint())
        complaint.write({"state": "closed"})
        with freeze_time("2026-04-10 04:00:00"):
            complaint.action_reopen("Broken again")
            self.assertEqual(str(complaint.date_close_due), "2026-04-11 20:00:00")
            self.assertTrue(complaint.is_answer_in_time)

    def test_who_is_in_charge_has_it_on_his_list(self):
        complaint = self.make_complaint(user_id=self.care_two.id)
        plan = self.get_alarms(complaint, OPEN)
        self.assertEqual(plan.user_id, self.care_two)
        self.assertEqual(str(plan.date_deadline), "2026-03-10")
        complaint.user_id = self.care
        self.assertEqual(plan.user_id, self.care)
        complaint.answer = "Sorry"
        complaint.action_answer()
        self.assertFalse(self.get_alarms(complaint, OPEN))

    def test_a_level_is_for_its_kind_and_branch(self):
        north = self.normal.copy({"company_id": self.other_branch.id})
        feedback = self.env.ref("dealer_aftersales.complaint_level_feedback")
        for level in (north, feedback):
            with self.assert_refused(ValidationError, "Level"):
                self.make_complaint(level_id=level.id)
        own = self.normal.copy({"company_id": self.branch.id, "answer_hours": 2})
        complaint = self.make_complaint()
        self.assertEqual(complaint.level_id, own)
        due = fields.Datetime.add(complaint.date_received, hours=2)
        self.assertEqual(complaint.date_answer_due, due)
        complaint.kind = "suggestion"
        self.assertEqual(complaint.level_id.scope, "feedback")

    def test_what_was_told_is_not_taken_up_again(self):
        self.make_complaint()
        with freeze_time("2026-03-10 13:00:00"):
            first = self.env["dealer.complaint"]._escalate_late(self.branch, "answer")
            again = self.env["dealer.complaint"]._escalate_late(self.branch, "answer")
        self.assertTrue(first)
        self.assertFalse(again)
