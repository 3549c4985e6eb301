# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

CHANNELS = ("call", "sms", "email", "wechat", "post")
PURPOSES = ("marketing", "care", "service")


class DealerConsentChange(models.TransientModel):
    """One answer of a person for several channels and purposes at once."""

    _name = "dealer.consent.change"
    _description = "Change Consent"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    consent_table = fields.Html(related="partner_id.consent_table")
    contact_advice = fields.Html(related="partner_id.contact_advice")
    state = fields.Selection(
        [("withdrawn", "Withdraws"), ("given", "Agrees")],
        "Answer",
        required=True,  # said by a person, never left at a default
    )
    is_call = fields.Boolean("Calls", default=True)
    is_sms = fields.Boolean("SMS", default=True)
    is_email = fields.Boolean("E-mails", default=True)
    is_wechat = fields.Boolean("WeChat", default=True)
    is_post = fields.Boolean("Letters", default=True)
    is_marketing = fields.Boolean("Advertising", default=True)
    is_care = fields.Boolean("Customer Care and Reminders", default=False)
    is_service = fields.Boolean("Service Notices", default=False)
    is_group = fields.Boolean(
        "Known to all Branches",
        help="The general manager may then open the file for all branches.",
    )
    source = fields.Selection(
        [
            ("paper", "Signed form"),
            ("call", "On the phone"),
            ("visit", "At the dealership"),
            ("online", "Online"),
        ],
        "How we know",
        required=True,
        default="call",
    )
    note = fields.Char("Remark")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Only for the Car",
        ondelete="cascade",
        domain="[('owner_id', '=', partner_id)]",
        help="Empty: for everything. Else only what is about this car is meant.",
    )

    def action_save(self):
        """Note the answer, one line per channel and purpose."""
        self.ensure_one()
        channels = [name for name in CHANNELS if self[f"is_{name}"]]
        purposes = [name for name in PURPOSES if self[f"is_{name}"]]
        if not (channels and purposes or self.is_group):
            raise UserError(self.env._("Choose at least one channel and one purpose."))
        answer = (self.state, self.source, self.note)
        self.partner_id._note_consent(
            channels, purposes, *answer, vehicle=self.vehicle_id
        )
        if self.is_group:
            self.partner_id._note_consent(["any"], ["group"], *answer)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_view_history(self):
        """All answers of the person so far."""
        return self.partner_id.action_view_consents()
