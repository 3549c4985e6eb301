# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW
from .measures_common import MODEL, MeasuresCase

CHILDREN = ("member", "progress", "review", "check")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeasureRights(MeasuresCase):
    """domain.md 15: participants their part, managers all, approval one person's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.make_user("clerk", "account.group_account_invoice")
        cls.leaders = cls.care | cls.service_manager | cls.manager | cls.director

    def test_only_the_general_manager_approves(self):
        self.by(self.care).action_submit()
        staff = (
            self.service_manager,
            self.care,
            self.manager,
            self.advisor,
            self.technician,
            self.consultant,
            self.care_north,
        )
        for user in staff:
            for method in ("action_approve", "action_refuse"):
                with self.assertRaises(AccessError, msg=f"{user.login} {method}"):
                    self.call(user, MODEL, method, self.measure.ids, "because")
        self.assertEqual(self.measure.state, "submitted")
        self.call(self.director, MODEL, "action_approve", self.measure.ids)
        self.assertEqual(self.measure.state, "running")

    def test_no_way_around_the_buttons(self):
        doors = (
            {"state": "running"},
            {"approval_state": "approved"},
            {"date_done": NOW},
            {"date_verified": NOW},
            {"is_proposed": True},
            {"number": "1"},
            {"is_reported": True},
        )
        for values in doors:
            for user in (self.service_manager, self.care, self.director):
                with self.assertRaises(AccessError, msg=str(values)):
                    self.call(user, MODEL, "write", self.measure.ids, values)
                with self.assertRaises(AccessError, msg=str(values)):
                    self.call(user, MODEL, "create", [{"name": "x", **values}])

    def test_defaults_of_the_context_set_nothing(self):
        context = {
            "default_state": "running",
            "default_approval_state": "approved",
            "default_date_done": NOW,
            "default_approval_decided_by_id": self.director.id,
        }
        made = self.env[MODEL].with_user(self.care).with_context(**context)
        measure = made.create({"name": "By the back door"})
        self.assertRecordValues(
            measure,
            [
                {
                    "state": "draft",
                    "approval_state": "draft",
                    "date_done": False,
                    "approval_decided_by_id": False,
                }
            ],
        )
        measure = (
            self.env[MODEL]
            .with_user(self.care)
            .browse(self.call(self.care, made.browse(), "name_create", "Quick")[0])
        )
        self.assertEqual(measure.state, "draft")

    def test_progress_over_the_form_of_the_measure_is_refused(self):
        self.approve()
        line = fields.Command.create({"percent": 100, "text": "All done"})
        for user in (self.care, self.service_manager, self.advisor):
            with self.assertRaises(AccessError):
                self.call(
                    user, MODEL, "write", self.measure.ids, {"progress_ids": [line]}
                )

    def test_staff_without_part_sees_nothing(self):
        for user in (self.technician, self.consultant, self.care_north):
            self.assertFalse(self.by(user).has_access("read"), user.login)
            self.assertFalse(self.env[MODEL].with_user(user).search([]), user.login)

    def test_participants_write_analysis_and_measure(self):
        self.by(self.care).member_ids = [
            fields.Command.create({"user_id": self.technician.id}),
            fields.Command.create({"user_id": self.consultant.id}),
        ]
        for user in (self.technician, self.consultant, self.advisor):
            mine = self.by(user)
            mine.write({"analysis": f"{user.name} thinks", "measure_text": "Call"})
            mine.message_post(body="I agree")
            for values in (
                {"date_due": "2026-09-01"},
                {"responsible_id": self.technician.id},
                {"callback_ids": [fields.Command.clear()]},
                {"member_ids": [fields.Command.clear()]},
            ):
                with self.assertRaises(AccessError, msg=str(values)):
                    self.call(user, MODEL, "write", self.measure.ids, values)
            for method in ("action_submit", "action_back_to_draft"):
                with self.assertRaises(AccessError):
                    self.call(user, MODEL, method, self.measure.ids)
            self.assertFalse(mine.has_access("unlink"))
            self.assertFalse(self.env[MODEL].with_user(user).has_access("create"))

    def test_those_who_lead_write_all_of_the_branch(self):
        for user in self.leaders:
            self.by(user).write({"date_due": "2026-04-01"})
            self.assertTrue(self.env[MODEL].with_user(user).has_access("create"))

    def test_lines_belong_to_their_measure(self):
        self.approve()
        self.by(self.advisor).action_done()
        self.verify()
        for child in CHILDREN:
            model = f"{MODEL}.{child}"
            for user in (self.technician, self.care_north):
                self.assertFalse(self.env[model].with_user(user).search([]), model)
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.accountant).search([])

    def test_another_branch_is_closed(self):
        plan = self.env["dealer.improvement.plan"].create(
            {"name": "Ours", "date_to": "2026-06-30"}
        )
        for record in (self.measure, self.measure.check_ids, plan):
            there = record.with_user(self.care_north)
            self.assertFalse(there.has_access("read"), record._name)

    def test_the_form_opens_for_each_part(self):
        self.carry_out()
        self.by(self.care).member_ids = [
            fields.Command.create({"user_id": self.technician.id}),
            fields.Command.create({"user_id": self.consultant.id}),
        ]
        for user in self.leaders | self.advisor | self.technician | self.consultant:
            with Form(self.by(user)) as form:
                self.assertEqual(form.state, "done", user.login)

    def test_the_reason_is_asked_in_a_dialog(self):
        self.by(self.care).action_submit()
        wizard = self.env["dealer.measure.reason"].with_context(
            active_id=self.measure.id, default_kind="refuse"
        )
        made = wizard.with_user(self.service_manager).create({"reason": "No"})
        with self.assertRaises(AccessError):
            made.action_confirm()
        wizard.with_user(self.director).create({"reason": "No"}).action_confirm()
        self.assertEqual(self.measure.refusal_reason, "No")

    def test_month_list_prints_late_open_and_closed(self):
        late = self.make_measure(name="Late one", date_due="2026-03-01")
        wizard = self.env["dealer.measure.month"].with_user(self.service_manager)
        action = wizard.create({}).action_print()
        report = self.env["report.dealer_aftersales.report_corrective_action_month"]
        values = report.with_user(self.service_manager)._get_report_values(
            None, action["data"]
        )
        sections = dict(values["sheets"][0]["sections"])
        self.assertEqual(sections["Late"], late)
        self.assertIn(self.measure, sections["Still open"])
        with self.assert_refused(UserError, "No measure"):
            wizard.create({"month": "2020-01-01"}).action_print()
        shown = wizard.create({}).action_open()
        self.assertEqual(len(self.env[MODEL].search(shown["domain"])), 2)
