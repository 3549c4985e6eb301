# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .measures_common import MODEL, MeasuresCase

TO_APPROVE = "/odoo/measures-to-approve"


@tagged("post_install", "-at_install")
class TestMeasuresTour(MeasuresCase, HttpCase):
    """A complaint becomes a measure, and each person does his part in a browser."""

    def test_from_a_complaint_to_a_closed_measure(self):
        complaint = self.make_complaint(cause_id=self.cause.id)
        self.start_tour(
            f"/odoo/dealer.complaint/{complaint.id}",
            "dealer_measure_from_complaint",
            login="test_care",
        )
        measure = self.env[MODEL].search([("name", "=", "Call at noon")])
        self.assertRecordValues(
            measure,
            [
                {
                    "state": "submitted",
                    "complaint_ids": complaint.ids,
                    "cause_id": self.cause.id,
                    "responsible_id": self.advisor.id,
                }
            ],
        )
        form = f"/odoo/measures/{measure.id}"
        for url, tour, login in (
            (TO_APPROVE, "refused", "test_director"),
            (form, "again", "test_care"),
            (TO_APPROVE, "approved", "test_director"),
            (form, "done", "test_advisor"),
            (form, "checked", "test_svcmgr"),
            (form, "recalled", "test_care"),
        ):
            self.start_tour(url, f"dealer_measure_{tour}", login=login)
        self.env.invalidate_all()
        self.assertRecordValues(
            measure,
            [{"state": "closed", "verified_by_id": self.service_manager.id}],
        )
        self.assertEqual(measure.progress_ids.mapped("percent"), [100, 60])
