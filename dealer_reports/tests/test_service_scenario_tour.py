# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.dealer_aftersales.tests.complaint_common import ComplaintCase
from odoo.tests import HttpCase, tagged

TO_APPROVE = "/odoo/measures-to-approve"


@tagged("post_install", "-at_install")
class TestServiceScenarioTour(ComplaintCase, HttpCase):
    """Scenario 3 from the callback on: low score, complaint, measure, monthly report.

    The first half, from the reminder to the settlement, is
    ``dealer_aftersales/tests/test_first_service_tour.py``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        recheck = cls.env.ref("dealer_aftersales.policy_measure_recheck")
        recheck.write({"active": True, "date_start": "2026-01-01"})
        # the only managers of the branch are those of this test
        for name in ("dealer_crm.group_general", "dealer_aftersales.group_service"):
            group = cls.env.ref(f"{name}_manager")
            cls.env.ref("base.user_admin").group_ids -= group

    def make_due_call(self, name):
        person = self.make_customer(name)
        today = self.branch._get_dealer_today()
        start = self.branch._get_dealer_day_start(today)
        self.make_repair(
            fields.Datetime.subtract(start, days=5, hours=-9), partner_id=person.id
        )
        return self.run_policy()

    def play(self, url, tour, login):
        self.start_tour(url, tour, login=f"test_{login}", timeout=180)
        self.env.invalidate_all()

    def test_from_the_callback_to_the_monthly_report(self):
        call = self.make_due_call("Li Angry")
        other = self.make_due_call("Li Absent")
        self.play("/odoo/calls-today", "dealer_complaint", "care")
        self.assertFalse(call.attempt_count, "a complaint does not end the call")
        self.play("/odoo/calls-today", "dealer_service_scenario_calls", "care")
        self.assertEqual(call.state, "reached")
        self.assertEqual((other.attempt_count, other.is_successful), (1, False))
        complaint = call.complaint_id
        self.assertEqual(complaint.state, "closed")

        self.play(
            f"/odoo/dealer.complaint/{complaint.id}",
            "dealer_measure_from_complaint",
            "care",
        )
        measure = complaint.action_ids
        measure.supervisor_id = self.service_manager
        form = f"/odoo/measures/{measure.id}"
        for url, tour, login in (
            (TO_APPROVE, "refused", "director"),
            (form, "again", "care"),
            (TO_APPROVE, "approved", "director"),
            (form, "done", "advisor"),
            (form, "checked", "svcmgr"),
            (form, "recalled", "care"),
        ):
            self.play(url, f"dealer_measure_{tour}", login)
        self.assertEqual(measure.state, "closed")

        month = call.date_due.replace(day=1)
        close = self.env["dealer.month.close"]._find_or_create(
            self.branch, month, "callback_monthly"
        )
        close.action_refresh()
        self.play(
            f"/odoo/dealer.month.close/{close.id}",
            "dealer_service_scenario_report",
            "svcmgr",
        )
