# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import AFTER, ReportsCase


@freeze_time(AFTER)
class TestKpiRegistry(ReportsCase):
    def make_kpi(self, model="repair.order", date_field="date_delivered", **values):
        field = self.env["ir.model.fields"]._get(model, date_field)
        return self.env["dealer.kpi"].create(
            {
                "name": "Visits",
                "code": "test_visits",
                "model_id": field.model_id.id,
                "date_field_id": field.id,
                "report": "management",
                **values,
            }
        )

    def compute(self, kpi, company=None):
        return kpi._compute_lines(
            company or self.branch, self.month, fields.Date.end_of(self.month, "month")
        )

    def test_moment_belongs_to_the_month_of_the_branch(self):
        kpi = self.make_kpi(domain="[('state', '=', 'done')]")
        # 31 January 16:30 UTC is 1 February 00:30 in Shanghai.
        self.make_repair("2026-01-31 16:30:00")
        self.make_repair("2026-01-31 15:30:00")
        self.make_repair("2026-02-28 15:30:00")
        self.make_repair("2026-02-28 16:30:00")
        self.assertEqual(self.compute(kpi)[0]["numerator"], 2)

    def test_ratio_over_two_models(self):
        callbacks = self.env["ir.model.fields"]._get("dealer.callback", "date_due")
        kpi = self.make_kpi(
            measure="ratio",
            denominator_model_id=callbacks.model_id.id,
            denominator_date_field_id=callbacks.id,
        )
        self.make_repair("2026-02-05 04:00:00")
        self.make_due(4)
        line = self.compute(kpi)[0]
        self.assertEqual((line["numerator"], line["denominator"]), (1, 4))
        self.assertEqual(line["value"], 0.25)

    def test_mean_of_an_amount(self):
        amount = self.env["ir.model.fields"]._get("repair.order", "amount_total")
        kpi = self.make_kpi(measure="mean", value_field_id=amount.id)
        self.make_repair("2026-02-05 04:00:00", amount_parts_history=100)
        self.make_repair("2026-02-06 04:00:00", amount_parts_history=300)
        self.assertEqual(self.compute(kpi)[0]["value"], 200)

    def test_line_per_dimension(self):
        advisor = self.env["ir.model.fields"]._get("repair.order", "advisor_id")
        kpi = self.make_kpi(dimension_field_id=advisor.id)
        self.make_repair("2026-02-05 04:00:00", advisor_id=self.advisor.id)
        self.make_repair("2026-02-06 04:00:00", advisor_id=self.advisor.id)
        self.make_repair("2026-02-06 04:00:00", advisor_id=self.service_manager.id)
        lines = self.compute(kpi)
        self.assertEqual(
            [(line["dimension_id"], line["numerator"]) for line in lines],
            [(self.advisor.id, 2), (self.service_manager.id, 1)],
        )

    def test_broken_conditions_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be counted"):
            self.make_kpi(domain="[('no_such_field', '=', 1)]")

    def test_mean_needs_a_field(self):
        with self.assertRaisesRegex(ValidationError, "needs a field"):
            self.make_kpi(measure="mean")

    def test_manager_adds_a_figure_to_the_report(self):
        """Behaviour is a record: a new KPI appears in the report without code."""
        self.make_due(3)
        self.call(self.make_due(1), "wrong_number")
        callbacks = self.env["ir.model.fields"]._get("dealer.callback", "date_due")
        self.env["dealer.kpi"].with_user(self.service_manager).create(
            {
                "name": "Wrong numbers",
                "code": "test_wrong",
                "report": "callback_monthly",
                "sequence": 9,
                "measure": "count",
                "model_id": callbacks.model_id.id,
                "date_field_id": callbacks.id,
                "domain": "[('contact_ids.outcome', '=', 'wrong_number')]",
            }
        )
        close = self.make_close()
        close.action_refresh()
        line = close.value_ids.filtered(lambda v: v.kpi_id.code == "test_wrong")
        self.assertEqual(line.numerator, 1)
        self.assertIn(line, close.main_value_ids)

    def test_archived_kpi_leaves_open_months(self):
        close = self.make_close()
        kpi = self.env.ref("dealer_reports.kpi_callback_successful")
        self.assertIn(kpi, close.value_ids.kpi_id)
        kpi.active = False
        close.action_refresh()
        self.assertNotIn(kpi, close.value_ids.kpi_id)

    def test_figures_are_no_way_around_the_rights(self):
        kpis = self.env["dealer.kpi"].with_user(self.service_manager)
        partner = self.env["ir.model.fields"]._get("res.partner", "create_date")
        with self.assert_refused(ValidationError, "does not belong"):
            self.make_kpi("res.partner", "create_date")
        values = {
            "name": "Oracle",
            "code": "test_oracle",
            "model_id": self.env["ir.model"]._get("repair.order").id,
            "date_field_id": self.env["ir.model.fields"]
            ._get("repair.order", "date_delivered")
            .id,
        }
        with self.assert_refused(ValidationError, "cannot be counted"):
            kpis.create({**values, "domain": "[('partner_id.id_number', '!=', False)]"})
        with self.assert_refused(ValidationError, "is no field of"):
            kpis.create({**values, "dimension_field_id": partner.id})

    def test_field_of_another_model_is_refused(self):
        kpi = self.env.ref("dealer_reports.kpi_callback_questions")
        tags = self.env["ir.model.fields"]._get("res.partner", "category_id")
        with self.assertRaisesRegex(ValidationError, "is no field of"):
            kpi.dimension_field_id = tags

    def test_figure_that_fails_does_not_stop_the_others(self):
        self.make_due(2)
        broken = self.env.ref("dealer_reports.kpi_callback_successful")
        self.env.cr.execute(
            "UPDATE dealer_kpi SET domain = %s WHERE id = %s",
            ("[('gone', '=', 1)]", broken.id),
        )
        broken.invalidate_recordset(["domain"])
        close = self.make_close()
        with mute_logger("odoo.addons.dealer_reports.models.dealer_month_close"):
            close.action_refresh()
        self.assertNotIn(broken, close.value_ids.kpi_id)
        self.assertEqual(close.failed_kpi_ids, broken)
        due = self.env.ref("dealer_reports.kpi_callback_due")
        line = close.value_ids.filtered(lambda v: v.kpi_id == due)
        self.assertEqual(line.numerator, 2)
