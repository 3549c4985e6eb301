# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.dealer_aftersales.tests.common import AftersalesCase
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

START = "2026-03-10 01:00:00"


@tagged("post_install", "-at_install")
class TestRepairStateReport(AftersalesCase):
    """SVC-23 and SVC-24: time per state equals the log, on time equals a hand count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repair = cls.make_repair(date_in=START, advisor_id=cls.advisor.id)
        for hour, button in (
            (2, "action_start_work"),
            (5, "action_check"),
            (6, "action_step_back"),
            (8, "action_ready"),
        ):
            with freeze_time(f"2026-03-10 0{hour}:00:00"):
                getattr(cls.repair, button)()
        cls.env.flush_all()

    def read_hours(self, user):
        rows = self.env["dealer.repair.state.report"].with_user(user)
        return {
            state: hours
            for state, hours in rows._read_group(
                [("repair_id", "=", self.repair.id)], ["state"], ["hours:sum"]
            )
        }

    def test_report_equals_the_log(self):
        self.assertEqual(
            self.read_hours(self.advisor),
            {"received": 1.0, "in_work": 5.0, "quality_check": 1.0},
        )
        minutes = sum(self.repair.log_ids.mapped("minutes"))
        self.assertEqual(sum(self.read_hours(self.advisor).values()) * 60, minutes)

    def test_other_branches_and_roles_see_nothing(self):
        manager = self.make_user(
            "svcmgr_north", "dealer_aftersales.group_service_manager", self.other_branch
        )
        self.assertFalse(self.read_hours(manager))
        with self.assertRaises(AccessError):
            self.read_hours(self.consultant)

    def test_on_time_rate_equals_a_count_by_hand(self):
        for promised, delivered in (
            ("2026-02-10 08:00:00", "2026-02-10 07:00:00"),
            ("2026-02-11 08:00:00", "2026-02-11 08:00:00"),
            ("2026-02-12 08:00:00", "2026-02-12 09:00:00"),
            (False, "2026-02-12 09:00:00"),
        ):
            self.make_repair(delivered, date_promised=promised)
        kpi = self.env.ref("dealer_reports.kpi_on_time_delivery")
        first = fields.Date.to_date("2026-02-01")
        last = fields.Date.to_date("2026-02-28")
        lines = kpi._compute_lines(self.branch, first, last)
        self.assertEqual((lines[0]["numerator"], lines[0]["denominator"]), (2, 3))
