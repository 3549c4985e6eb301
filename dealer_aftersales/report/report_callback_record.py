# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import format_datetime

CAR = ["license_plate", "vin_sn", "model_id", "odometer"]
ORDER = ["name", "service_kind", "date_in", "date_delivered", "advisor_id"]
CALL = ["policy_id", "date_due", "date_window_end", "state", "answer_channel"]
FINDING = ["issue_ids", "remark", "cause_id", "complaint_choice", "complaint_id"]


class ReportCallbackRecord(models.AbstractModel):
    """客户回访记录表 (CB-03): the order, every attempt, the answers, what followed."""

    _name = "report.dealer_aftersales.report_callback_record"
    _inherit = "dealer.print"
    _description = "Callback Record"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: values of the template, one entry of ``sheets`` per callback"""
        self._check_staff()
        callbacks = self.env["dealer.callback"].browse(docids or [])
        callbacks.check_access("read")
        return {
            "docs": callbacks,
            "sheets": [self._get_sheet(callback) for callback in callbacks],
        }

    @api.model
    def _get_sheet(self, callback):
        # Who may read the callback may know the order and the car it is about.
        repair = callback.sudo().repair_id
        vehicle = callback.sudo().vehicle_id
        return {
            "callback": callback,
            "company": callback.company_id,
            "blocks": [
                self._get_customer_block(callback),
                self._get_block(self.env._("Vehicle"), vehicle, CAR),
                self._get_order_block(repair),
                self._get_block(self.env._("Callback"), callback, CALL),
            ],
            "attempts": self._get_attempts(callback),
            "answers": self._get_answers(callback),
            "finding": self._get_block(
                self.env._("Why dissatisfied"), callback, FINDING
            ),
        }

    @api.model
    def _get_customer_block(self, callback):
        partner = callback.partner_id
        phone = self._get_phone_texts(partner)["phone"]
        cells = [
            {
                "label": self.env._("Customer"),
                "value": partner.sudo().name or "",
                "is_wide": False,
            },
            {"label": self.env._("Phone"), "value": phone or "", "is_wide": False},
        ]
        return {"title": self.env._("Customer"), "rows": self._get_rows(cells)}

    @api.model
    def _get_order_block(self, repair):
        block = self._get_block(self.env._("Repair Order"), repair, ORDER)
        if repair:
            for label, value in (
                (self.env._("Work done"), repair.work_summary),
                (self.env._("Parts"), repair._get_parts_text()),
            ):
                if value:
                    block["rows"].append(
                        [{"label": label, "value": value, "is_wide": True}]
                    )
        return block

    @api.model
    def _get_attempts(self, callback):
        """Time, channel, result, who, what was said; the oldest first."""
        contacts = callback.sudo().contact_ids.sorted(lambda c: (c.date, c.id))
        texts = self.env["dealer.contact"]
        outcomes = dict(texts._fields["outcome"]._description_selection(self.env))
        channels = dict(texts._fields["channel"]._description_selection(self.env))
        return [
            {
                "date": format_datetime(self.env, contact.date, dt_format="short"),
                "channel": channels.get(contact.channel, ""),
                "outcome": self.env._("Link sent")
                if contact.mail_template_id
                else outcomes.get(contact.outcome, ""),
                "user": contact.user_id.name,
                "content": contact.content or "",
            }
            for contact in contacts
        ]

    @api.model
    def _get_answers(self, callback):
        """The questions with what was answered; empty: not asked."""
        rows = []
        for question in callback.answers or []:
            value = question["value"]
            if question["type"] == "simple_choice":
                labels = {o["id"]: o["label"] for o in question["options"]}
                value = labels.get(value)
            scale = question["type"] == "scale"
            rows.append(
                {
                    "title": question["title"],
                    "value": "" if value in (None, False) else value,
                    "scale": f"{question['min']}–{question['max']}" if scale else "",
                }
            )
        return rows

    @api.model
    def _get_labels(self):
        return super()._get_labels() | {
            "name": self.env._("Number"),
            "policy_id": self.env._("Reason"),
            "date_window_end": self.env._("Window ends"),
        }
