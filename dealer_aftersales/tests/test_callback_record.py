# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

REPORT = "dealer_aftersales.report_callback_record"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackRecord(AftersalesCase):
    """CB-03: 客户回访记录表 on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cause = cls.env["dealer.cause"].create({"name": "No test drive"})
        with freeze_time(NOW):
            cls.callback = cls.make_callback(advisor_id=cls.advisor.id)
            cls.callback = cls.callback.with_user(cls.care)

    def text(self, records, user=None, lang="en_US"):
        reports = self.env["ir.actions.report"].with_user(user or self.care)
        content, _kind = reports.with_context(lang=lang)._render_qweb_html(
            REPORT, records.ids
        )
        return " ".join(html.fromstring(content.decode()).text_content().split())

    def test_two_attempts_answers_and_finding_are_on_paper(self):
        self.callback.attempt_note = "Line busy"
        self.callback.action_not_reached()
        with freeze_time("2026-03-11 02:30:00"):
            self.callback.write(
                {
                    "remark": "It still squeaks <b>",
                    "cause_id": self.cause.id,
                    "complaint_choice": "no",
                }
            )
            self.callback.save_answers({self.overall.id: 2})
            self.callback.action_save_answers()
        text = self.text(self.callback)
        for value in (
            self.callback.repair_id.name,
            "苏A12345",
            self.customer.phone,
            "Line busy",
            "Not reached",
            "Reached",
            self.care.name,
            self.overall.title,
            "It still squeaks <b>",
            "No test drive",
        ):
            self.assertIn(value, text)
        self.assertLess(text.index("Line busy"), text.index(self.overall.title))

    def test_untouched_callback_prints_empty_lines(self):
        text = self.text(self.callback)
        self.assertIn("No attempt yet", text)
        self.assertIn(self.overall.title, text)

    def test_many_are_printed_each_on_its_sheet(self):
        second = self.make_callback("2026-03-07 05:00:00")
        text = self.text(self.callback | second)
        self.assertEqual(text.count("Callback Record"), 2)

    def test_advisor_prints_own_orders_only(self):
        self.assertIn("苏A12345", self.text(self.callback, self.advisor))
        stranger = self.make_user("adv2", "dealer_aftersales.group_service_advisor")
        with self.assertRaises(AccessError):
            self.text(self.callback, stranger)
