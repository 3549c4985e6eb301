# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time

from .common import AFTER, ReportsCase

REPORT = "dealer_reports.action_report_month_close"


@freeze_time(AFTER)
class TestReportPrint(ReportsCase):
    def render(self, closes, lang="en_US"):
        report = self.env["ir.actions.report"].with_context(lang=lang)
        html, _kind = report._render_qweb_html(REPORT, closes.ids)
        return html.decode()

    def make_filled(self):
        callbacks = self.make_due(20)
        self.answer(callbacks[:12], overall=4, advisor=5)
        self.call(callbacks[12:16], "not_reached")
        callbacks[0].issue_ids = self.issues[0]
        close = self.make_close()
        close.action_refresh()
        return close

    def test_the_six_rows_are_on_paper(self):
        html = self.render(self.make_filled())
        for text in (
            "Callbacks due this month",
            "80.0 %",
            "60.0 %",
            "Satisfaction with the last repair",
            "Reception and friendliness",
            self.issues[0].name,
            "Prepared by",
        ):
            self.assertIn(text, html)

    def test_chinese_paper(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(
            ["dealer_crm", "dealer_aftersales", "dealer_reports"], ["zh_CN"]
        )
        html = self.render(self.make_filled(), lang="zh_CN")
        for text in (
            "客户回访月报",
            "本月应回访数量",
            "实施回访数量",
            "对上次维修的满意度",
        ):
            self.assertIn(text, html)
        self.assertNotIn("Prepared by", html)

    def test_empty_month_prints(self):
        html = self.render(self.make_close())
        self.assertIn("No answer in this month", html)
        self.assertIn("–", html)

    def test_frozen_month_prints_the_same_again(self):
        close = self.make_filled()
        close.action_freeze()
        first = self.get_paper(close)
        self.answer(self.make_due(1), overall=1)
        self.env.invalidate_all()
        self.assertTrue(close.changed_since)
        self.assertEqual(self.get_paper(close), first)

    def get_paper(self, close):
        """The page itself, without the asset links around it."""
        html = self.render(close)
        return html[html.index('class="page"') :]

    def test_several_months_print_in_one_run(self):
        closes = self.make_filled() | self.make_close(self.other_branch)
        html = self.render(closes)
        self.assertIn(self.branch.name, html)
        self.assertIn(self.other_branch.name, html)

    def test_text_people_typed_is_escaped(self):
        close = self.make_filled()
        self.issues[0].name = "<b>loud</b>"
        self.env.invalidate_all()
        html = self.render(close)
        self.assertNotIn("<b>loud</b>", html)
        self.assertIn("&lt;b&gt;loud&lt;/b&gt;", html)

    def test_pdf_is_made(self):
        close = self.make_filled()
        with self.allow_pdf_render():
            pdf, kind = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(REPORT, close.ids)
            )
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
