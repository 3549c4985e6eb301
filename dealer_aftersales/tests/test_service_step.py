# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceStep(AftersalesCase):
    """SVC-05: activities per state; a delivery is followed up in any case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.make_repair(advisor_id=cls.advisor.id)

    def test_follow_up_is_made_on_delivery_where_nobody_calls(self):
        self.policy.active = False
        self.repair.with_user(self.advisor).action_deliver()
        self.assertRecordValues(
            self.repair.activity_ids,
            [
                {
                    "user_id": self.advisor.id,
                    "date_deadline": fields.Date.to_date("2026-03-13"),
                }
            ],
        )

    def test_where_a_policy_calls_the_call_is_the_follow_up(self):
        self.policy.purpose = "after_service"
        self.repair.with_user(self.advisor).action_deliver()
        self.assertFalse(self.repair.activity_ids)
        with freeze_time("2026-03-14 04:00:00"):
            callbacks = self.run_policy()
        self.assertIn(self.repair, callbacks.repair_id)

    def test_each_branch_has_its_own_steps(self):
        call = self.env.ref("mail.mail_activity_data_call")
        steps = self.env["dealer.service.step"].with_user(self.service_manager)
        for company in (self.branch, self.other_branch):
            steps.sudo().create(
                {
                    "state": "diagnosed",
                    "summary": f"Call from {company.name}",
                    "activity_type_id": call.id,
                    "company_id": company.id,
                }
            )
        self.repair.with_user(self.technician).action_diagnose()
        self.assertEqual(
            self.repair.activity_ids.mapped("summary"),
            [f"Call from {self.branch.name}"],
        )

    def test_again_in_the_state_makes_no_second_activity(self):
        self.policy.active = False
        repair = self.repair.with_user(self.advisor)
        repair.action_deliver()
        repair.action_undo_delivery()
        repair.action_deliver()
        self.assertEqual(len(self.repair.activity_ids), 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOdometerReason(AftersalesCase):
    """SVC-02: a reading below the last one asks for a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_repair("2026-03-01 04:00:00", odometer_in=50000)

    def test_form_asks_and_the_work_waits_for_the_answer(self):
        repairs = self.env["repair.order"].with_user(self.advisor)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as caught:
            with Form(repairs) as form:
                form.vehicle_id = self.car
                form.odometer_in = 40000
        self.assertIn("50000", "".join(caught.output))
        repair = form.record
        with self.assertRaisesRegex(UserError, "40000 km is lower"):
            repair.action_start_work()
        repair.odometer_reason = "Meter replaced"
        repair.action_start_work()
        reading = repair.odometer_ids
        self.assertEqual(reading.state, "quarantined")
        self.assertEqual(reading.repair_reason, "Meter replaced")

    def test_more_kilometres_ask_for_nothing(self):
        repair = self.make_repair(odometer_in=51000)
        repair.action_start_work()
        self.assertFalse(repair.is_odometer_odd)

    def test_history_is_never_asked(self):
        repair = self.make_repair("2026-03-05 04:00:00", odometer_in=100)
        self.assertEqual(repair.service_state, "delivered")
