# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .complaint_common import ComplaintCase

FORM = "dealer_aftersales.report_complaint"
LONG = "发动机启动后怠速抖动并伴有异响" * 20


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestComplaintPrint(ComplaintCase):
    """CB-04 维修回访/投诉处理表: finding, treatment, the customer's word."""

    def text(self, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.care)
        content, _kind = reports.with_context(lang="en_US")._render_qweb_html(
            FORM, records.ids
        )
        return " ".join(html.fromstring(content.decode()).text_content().split())

    def test_one_form_has_both_parts(self):
        call = self.make_bad_call(codes=["not_fixed"])
        call.write({"complaint_choice": "yes", "remark": "It still pulls"})
        call.with_user(self.care).action_save_answers()
        complaint = self.tell_story(call.complaint_id.with_user(self.care))
        complaint.with_user(self.service_manager).action_make_rework()
        complaint.sudo().rework_ids.action_repair_cancel()
        complaint.write({"state": "closed"})
        text = self.text(complaint)
        for value in (
            f"Number {complaint.name}",
            self.customer.name,
            "苏A12345",
            f"Repair Order {call.repair_id.name}",
            f"Called by {call.user_id.name}",
            self.policy.name,
            self.overall.title,
            "It still pulls",
            "Fault not put right",
            "Free rework",
            "Tightened, test drive done",
            complaint.sudo().rework_ids.name,
            "Confirmed by Customer",
            "Customer: ____",
            "Care",
        ):
            self.assertIn(value, text)

    def test_without_callback_and_with_nothing_filled_in(self):
        bare = self.make_complaint(vehicle_id=False)
        text = self.text(bare)
        self.assertIn("Customer's confirmation", text)
        self.assertNotIn("Attempts", text)
        self.assertNotIn("False", text)
        self.assertNotIn("None", text)

    def test_many_with_long_text_and_a_suggestion(self):
        long = self.make_complaint(content=LONG)
        need = self.make_complaint(kind="need", content="<b>Coffee</b>")
        text = self.text(long | need)
        self.assertIn(LONG, text)
        self.assertIn("<b>Coffee</b>", text)
        self.assertNotIn("Customer's confirmation", self.text(need))

    def test_staff_only_and_what_each_may_read(self):
        technical = self.make_complaint(kind="technical", goodwill_amount=77)
        self.assertIn("77.00", self.text(technical))
        self.assertNotIn("77.00", self.text(technical, self.technician))
        with self.assertRaises(AccessError):
            self.text(self.make_complaint(), self.technician)
        accountant = self.make_user("books", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.text(technical, accountant)
