# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.dealer_aftersales.tests.common import AftersalesCase
from odoo.tests import freeze_time

#: The month the figures are about, and a day after its end.
MONTH = "2026-02-01"
AFTER = "2026-03-10 04:00:00"


@freeze_time(AFTER)
class ReportsCase(AftersalesCase):
    """Callbacks of February with answers, and their report in March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = fields.Date.to_date(MONTH)
        cls.due = fields.Date.to_date("2026-02-10")
        cls.source_count = 0
        cls.issues = cls.env["dealer.callback.issue"].search([], limit=6)
        cls.question = cls.advisor_question

    @classmethod
    def make_due(cls, count=1, **values):
        """Callbacks due in February, as the job would have made them."""
        rows = []
        for _index in range(count):
            cls.source_count += 1
            rows.append(
                {
                    "policy_id": cls.policy.id,
                    "source_id": 9000000 + cls.source_count,
                    "partner_id": cls.customer.id,
                    "vehicle_id": cls.car.id,
                    "company_id": cls.branch.id,
                    "purpose": "after_service",
                    "channel": "phone",
                    "date_due": cls.due,
                    "date_window_end": fields.Date.add(cls.due, days=3),
                    **values,
                }
            )
        return cls.env["dealer.callback"].create(rows)

    @classmethod
    def call(cls, callbacks, outcome="reached"):
        callbacks.action_log_attempt(outcome)

    @classmethod
    def answer(cls, callbacks, **scores):
        """Reached and answered; ``scores`` by question code, overall among them."""
        for callback in callbacks:
            callback.save_answers(
                {
                    cls.env.ref(f"dealer_aftersales.survey_question_{code}").id: score
                    for code, score in scores.items()
                }
            )
            if callback.state != "reached":
                callback.action_log_attempt("reached")
            callback._finish_questionnaire()

    @classmethod
    def make_close(cls, company=None, month=None):
        return cls.env["dealer.month.close"]._find_or_create(
            company or cls.branch, month or cls.month, "callback_monthly"
        )

    def figure(self, close, code, dimension=None):
        """The one value of a KPI in the report; empty if the line is missing."""
        close.action_refresh()
        kpi = self.env.ref(f"dealer_reports.kpi_callback_{code}")
        return close.value_ids.filtered(
            lambda v: v.kpi_id == kpi
            and (dimension is None or v.dimension_id == dimension.id)
        )
