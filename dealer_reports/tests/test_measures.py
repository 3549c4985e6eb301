# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase

MODEL = "dealer.corrective.action"
REPORT = "dealer_reports.action_report_month_close"


@freeze_time(AFTER)
class TestMeasures(ReportsCase):
    """The monthly report leads to measures, shows them, and proves them."""

    def make_measure(self, **values):
        return self.env[MODEL].create(
            {
                "name": "Explain each line",
                "measure_text": "Read the invoice together",
                "responsible_id": self.advisor.id,
                "supervisor_id": self.service_manager.id,
                "date_due": "2026-02-20",
                "date_begun": "2026-02-03",
                **values,
            }
        )

    def carry_out(self, measure):
        measure.with_user(self.care).action_submit()
        measure.with_user(self.director).action_approve()
        measure.with_user(self.advisor).action_done()

    def test_one_button_on_a_row_of_the_ranking(self):
        calls = self.make_due(3, issue_ids=[fields.Command.link(self.issues[0].id)])
        self.make_due(1, issue_ids=[fields.Command.link(self.issues[1].id)])
        close = self.make_close()
        row = self.figure(close, "issues", self.issues[0])
        self.assertTrue(row.is_issue_row)
        action = row.with_user(self.care).action_make_measure()
        measure = self.env[MODEL].browse(action["res_id"])
        self.assertRecordValues(
            measure,
            [
                {
                    "kind": "preventive",
                    "issue_id": self.issues[0].id,
                    "callback_ids": calls.ids,
                    "month_close_ids": close.ids,
                    "company_id": self.branch.id,
                }
            ],
        )
        self.assertEqual(measure.check_ids.partner_id, self.customer)
        self.assertEqual(close.corrective_action_ids, measure)
        shown = measure.action_view_month_closes()
        self.assertEqual(self.env[shown["res_model"]].search(shown["domain"]), close)
        with self.assert_refused(UserError, "no problem"):
            self.figure(close, "due").action_make_measure()

    def test_one_button_on_the_report(self):
        close = self.make_close()
        action = close.with_user(self.service_manager).action_make_measure()
        measure = self.env[MODEL].browse(action["res_id"])
        self.assertEqual(measure.month_close_ids, close)
        self.assertIn("2026-02", measure.name)
        with self.assertRaises(AccessError):
            close.with_user(self.consultant).action_make_measure()

    def test_a_report_of_another_branch_is_no_source(self):
        with self.assert_refused(ValidationError, "own branch"):
            self.make_measure(
                month_close_ids=[
                    fields.Command.link(self.make_close(self.other_branch).id)
                ]
            )

    def test_the_monthly_report_shows_open_late_and_closed(self):
        late, closed = (
            self.make_measure(name="Late one"),
            self.make_measure(name="Done"),
        )
        self.make_measure(name="Of April", date_begun="2026-04-01")
        self.make_measure(name="Given up").with_user(self.care).action_cancel("no")
        self.carry_out(closed)
        closed.with_user(self.director).action_close("No customer to call")
        close = self.make_close()
        self.assertEqual(close.month_measure_ids, late | closed)
        march = self.make_close(month=fields.Date.to_date("2026-03-01"))
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(REPORT, (close | march).ids)
        for text in ("Late one", "Done", "Late: 1", "Closed: 1"):
            self.assertIn(text, " ".join(html.decode().replace("</t>", "").split()))
        self.assertNotIn("Of April", html.decode())

    def test_measures_are_figures(self):
        kpis = {
            code: self.env.ref(f"dealer_reports.kpi_measures_{code}")
            for code in ("opened", "closed", "late", "carried_out")
        }
        measure = self.make_measure()
        late = self.make_measure(date_due="2026-03-05", date_begun="2026-03-01")
        self.carry_out(measure)
        late.with_user(self.care).action_submit()
        self.env[MODEL]._tell_of_late(self.branch)
        measure.with_user(self.director).action_close("Nobody to call")

        def count(code, month):
            start = fields.Date.to_date(f"2026-{month}-01")
            end = fields.Date.end_of(start, "month")
            return kpis[code]._compute_lines(self.branch, start, end)[0]

        self.assertEqual(count("opened", "02")["numerator"], 1)
        self.assertEqual(count("opened", "03")["numerator"], 1)
        self.assertEqual(count("closed", "03")["record_ids"], measure.ids)
        self.assertEqual(count("late", "03")["record_ids"], late.ids)
        self.assertEqual(count("carried_out", "02")["value"], 1)

    def test_a_figure_of_the_registry_can_be_the_proof(self):
        kpi = self.env.ref("dealer_reports.kpi_callback_satisfaction")
        measure = self.make_measure(effect_kind="kpi", effect_kpi_id=kpi.id)
        self.branch.measure_least_answers = 2
        for callback in self.make_due(2, date_due="2026-03-01"):
            self.answer(callback, overall=3)
        self.carry_out(measure)
        with freeze_time("2026-03-20 04:00:00"):
            for callback in self.make_due(2, date_due="2026-03-15"):
                self.answer(callback, overall=5)
            self.env.invalidate_all()
            self.assertRecordValues(
                measure,
                [{"effect_state": "better", "effect_before": 3, "effect_after": 5}],
            )
            self.assertIn(kpi.name, measure.effect_text)
        with self.assert_refused(UserError, "back to draft"):
            measure.with_user(self.care).effect_kpi_id = False

    def test_a_plan_aims_at_a_figure(self):
        plan = self.env["dealer.improvement.plan"].create(
            {
                "name": "Happier customers",
                "date_from": "2026-02-01",
                "date_to": "2026-02-28",
                "kpi_id": self.env.ref("dealer_reports.kpi_callback_satisfaction").id,
            }
        )
        self.assertIn("–", plan.kpi_text)
        self.answer(self.make_due(1), overall=4)
        self.env.invalidate_all()
        self.assertEqual(plan.kpi_text, "4.00 / 4.50")
