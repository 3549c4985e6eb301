# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_datetime

HEAD = ["name", "date_received", "kind", "level_id", "channel", "received_by_id"]
CAR = ["license_plate", "vin_sn", "model_id"]
ORDER = ["name", "service_kind", "date_in", "date_delivered", "advisor_id"]
CALL = ["policy_id", "date_due", "date_done", "attempt_count", "user_id", "score"]
FINDING = ["content", "issue_ids"]
TREATMENT = [
    "answer",
    "investigation",
    "cause_id",
    "cause_text",
    "proposal",
    "remedy",
    "work_done",
]
FEEDBACK = ["answer"]
CONFIRMATION = ["confirmed_by", "confirm_channel", "date_confirmed", "date_closed"]
MONEY = "goodwill_amount"


class ReportComplaint(models.AbstractModel):
    """维修回访/投诉处理表 (CB-04): finding, treatment, the customer's word.

    A complaint that did not come from a call prints without the call's block.
    """

    _name = "report.dealer_aftersales.report_complaint"
    _inherit = "dealer.print"
    _description = "Callback and Complaint Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``sheets`` per complaint"""
        self._check_staff()
        complaints = self.env["dealer.complaint"].browse(docids)
        complaints.check_access("read")
        title = self.env._("Callback and Complaint Form")
        self.env["dealer.access.log"]._log("print", complaints.sudo().partner_id, title)
        return {
            "docs": complaints,
            "sheets": [self._get_sheet(complaint) for complaint in complaints],
        }

    @api.model
    def _get_sheet(self, complaint):
        """The blocks of one form, in the order of the paper."""
        is_feedback = complaint.is_feedback
        zone = complaint.company_id._get_dealer_tz()
        record = complaint.with_context(tz=zone)
        report = self.with_context(tz=zone)
        treatment = FEEDBACK if is_feedback else [*TREATMENT, MONEY]
        return {
            "complaint": complaint,
            "company": complaint.company_id,
            "head": report._get_block(self.env._("Complaint"), record, HEAD),
            "customer": report._get_customer(record),
            "call": report._get_call(record),
            "finding": report._get_block(
                self.env._("What the customer says"), record, FINDING
            ),
            "treatment": report._get_block(
                self.env._("How it was treated"), record, treatment
            ),
            "steps": report._get_steps(record, zone),
            "reworks": self._get_reworks(record),
            "confirmation": not is_feedback
            and report._get_block(
                self.env._("Customer's confirmation"), record, CONFIRMATION
            ),
        }

    @api.model
    def _get_labels(self):
        return super()._get_labels() | {
            "dealer.complaint.name": self.env._("Number"),
            "dealer.callback.user_id": self.env._("Called by"),
            "repair.order.name": self.env._("Repair Order"),
        }

    @api.model
    def _get_customer(self, complaint):
        """Customer, car and order; read for those who may read the complaint."""
        car = complaint.sudo().vehicle_id
        order = complaint.sudo().repair_id
        cells = [
            self._get_cell(complaint, "partner_id"),
            {**self._get_cell(complaint, "phone"), "is_wide": False},
            *(self._get_cell(car, name) for name in CAR),
            *(self._get_cell(order, name) for name in ORDER if order),
        ]
        title = self.env._("Customer and car")
        return {"title": title, "rows": self._get_rows(cells)}

    @api.model
    def _get_call(self, complaint):
        """The callback that it came up in; nothing where there was none."""
        call = complaint.sudo().callback_id
        if not call:
            return None
        block = self._get_block(self.env._("Callback"), call, CALL)
        for question in call.answers or []:
            value = question.get("value")
            if value in (None, "", False):
                continue
            block["rows"].append([self._get_answer_cell(question, value)])
        if call.remark:
            block["rows"].append([self._get_cell(call, "remark")])
        return block

    @api.model
    def _get_answer_cell(self, question, value):
        """One question of the questionnaire with its answer as text."""
        names = {option["id"]: option["label"] for option in question["options"]}
        return {
            "name": "answer",
            "label": question.get("title") or "",
            "value": str(names.get(value, value)),
            "is_wide": True,
        }

    @api.model
    def _get_steps(self, complaint, zone):
        """Each step with time, person and reason, oldest first."""
        names = dict(complaint._fields["state"]._description_selection(self.env))
        return [
            {
                "step": names[log.state_to],
                "date": format_datetime(self.env, log.date, tz=zone, dt_format="short"),
                "user": log.user_id.sudo().name,
                "reason": log.reason or "",
            }
            for log in complaint.sudo().log_ids.sorted("id")
        ]

    @api.model
    def _get_reworks(self, complaint):
        """Rework orders with what is done on them."""
        states = self.env["repair.order"]._fields["service_state"]
        names = dict(states._description_selection(self.env))
        return [
            {
                "name": order.name,
                "state": names.get(order.service_state, ""),
                "work": order.work_summary or "",
                "date": fields.Date.to_date(order.date_delivered),
            }
            for order in complaint.sudo().rework_ids
        ]
