# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

#: Channels of the ledger as complaints call them.
CAME_BY = {
    "phone": "phone",
    "visit": "visit",
    "home": "visit",
    "wechat": "wechat",
    "sms": "sms",
    "email": "email",
    "letter": "letter",
}
#: Answered the way it came; whoever stood at the desk is answered by phone, so that no
#: second visit is counted.
WRITTEN = ("wechat", "sms", "email", "letter")


class DealerContact(models.Model):
    """A talk about a complaint; one that begins a complaint leads to it."""

    _name = "dealer.contact"
    _inherit = ["dealer.contact", "dealer.complaint.link.mixin"]

    def action_open_complaint(self):
        """The complaint of this talk, made where there is none yet.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("read")
        if not self.complaint_id:
            values = self._prepare_complaint()
            complaint = self.env["dealer.complaint"].create(values)
            self.sudo().complaint_id = complaint
        return self.complaint_id.get_formview_action()

    def _prepare_complaint(self):
        return {
            "partner_id": self.partner_id.id or self.lead_id.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "lead_id": self.lead_id.id,
            "channel": CAME_BY.get(self.channel, "phone"),
            "content": self.content or self.display_name,
            "company_id": self.company_id.id,
            "kind": "sales" if self.lead_id else "service",
            "date_received": min(self.date, fields.Datetime.now()),
        }


class DealerComplaint(models.Model):
    """What is said to the customer about it stands in the contact ledger, too."""

    _inherit = "dealer.complaint"

    contact_ids = fields.One2many(
        "dealer.contact", "complaint_id", "Talks", readonly=True, copy=False
    )

    def _after_step(self, source, target):
        result = super()._after_step(source, target)
        if target == "answered" and source == "received":
            self._log_talk(self.answer)
        elif target == "confirmed":
            self._log_talk(
                self.env._("Confirmed by %(name)s", name=self.confirmed_by or "")
            )
        return result

    def _log_talk(self, content):
        """One line of the ledger; by the person who took the step.

        Those who answer need not be allowed to log contacts of all customers.
        """
        self.ensure_one()
        self.env["dealer.contact"].sudo().create(
            {
                "complaint_id": self.id,
                "partner_id": self.partner_id.id,
                "vehicle_id": self.vehicle_id.id,
                "company_id": self.company_id.id,
                "channel": self.channel if self.channel in WRITTEN else "phone",
                "direction": "out",
                "purpose": "complaint",
                "outcome": "reached",
                "content": content,
                "user_id": self.env.uid,
            }
        )
