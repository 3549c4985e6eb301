# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import tagged

from .common import ReportsCase

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


@tagged("post_install", "-at_install")
class TestVisitFigures(ReportsCase):
    """Kept and missed visits of a month, counted by hand."""

    def get_kpi(self, code):
        kpi = self.env["dealer.kpi"].search([("code", "=", code)])
        return kpi._compute_lines(self.branch, *FEBRUARY)[0]

    def test_rates_equal_hand_count(self):
        self.assertIsNone(self.get_kpi("appointment_kept")["value"])
        states = ["arrived"] * 7 + ["no_show"] * 2 + ["cancelled", "requested"]
        visits = self.env["dealer.appointment"].create(
            [
                {
                    "vehicle_id": self.make_car().id,
                    "company_id": self.branch.id,
                    "date_start": f"2026-02-{day + 1:02d} 02:00:00",
                    "source": "portal",
                    "state": state,
                }
                for day, state in enumerate(states)
            ]
        )
        visits[0].date_start = "2026-03-01 02:00:00"  # next month
        kept = self.get_kpi("appointment_kept")
        self.assertEqual((kept["numerator"], kept["denominator"]), (6, 8))
        self.assertEqual(set(kept["record_ids"]), set(visits[1:7].ids))
        missed = self.get_kpi("appointment_no_show")
        self.assertEqual((missed["numerator"], missed["denominator"]), (2, 8))
