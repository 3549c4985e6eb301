# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install")
class TestComplaintTour(ComplaintCase, HttpCase):
    """A low score on the call card becomes a complaint and goes its way, by browser."""

    def test_from_the_low_score_to_the_end(self):
        person = self.make_customer("Li Angry")
        today = self.branch._get_dealer_today()
        start = self.branch._get_dealer_day_start(today)
        self.make_repair(
            fields.Datetime.subtract(start, days=5, hours=-9), partner_id=person.id
        )
        call = self.run_policy()
        self.start_tour(
            "/odoo/calls-today", "dealer_complaint", login="test_care", timeout=180
        )
        self.env.invalidate_all()
        complaint = call.complaint_id
        self.assertEqual(complaint.content, "The brakes squeak again")
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.confirmed_by, "Li Angry")
        self.assertEqual(len(complaint.log_ids), 7)
        self.authenticate("test_care", "test_care")
        form = self.url_open(
            f"/report/html/dealer_aftersales.report_complaint/{complaint.id}",
            timeout=120,
        )
        self.assertEqual(form.status_code, 200)
        self.assertIn(complaint.name, form.text)
