# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import ReportsCase


@tagged("post_install", "-at_install")
class TestMonthlyReportTour(ReportsCase, HttpCase):
    def test_manager_reads_the_report_and_opens_a_figure(self):
        month = self.branch._get_dealer_today().replace(day=1)
        before = fields.Date.subtract(month, months=1)
        callbacks = self.make_due(2, date_due=before)
        self.call(callbacks[:1], "not_reached")
        self.start_tour(
            "/odoo/callback-monthly-report",
            "dealer_monthly_report",
            login="test_svcmgr",
        )
        close = self.make_close(month=before)
        figure = self.figure(close, "carried_out")
        self.assertEqual((figure.numerator, figure.denominator), (1, 2))
