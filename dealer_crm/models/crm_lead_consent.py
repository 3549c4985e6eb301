# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

CHANNELS = ("call", "sms", "email", "wechat")


class CrmLead(models.Model):
    """The answer a prospect ticks on paper, until he has a customer file."""

    _inherit = "crm.lead"

    consent_contact = fields.Selection(
        [("given", "May be contacted"), ("withdrawn", "May not be contacted")],
        "Consent to Offers",
        copy=False,
        tracking=True,
        groups="dealer_crm.group_dealer_user",
        help="As ticked on the purchase-intention form; goes to the customer file.",
    )
    consent_contact_on = fields.Date(
        "Consent noted on",
        readonly=True,
        copy=False,
        groups="dealer_crm.group_dealer_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._stamp_consent(vals) for vals in vals_list]
        leads = super().create(vals_list)
        leads.sudo().filtered("consent_contact")._hand_over_consent()
        return leads

    def write(self, vals):
        result = super().write(self._stamp_consent(vals))
        if vals.get("partner_id") or "consent_contact" in vals:
            self.sudo().filtered("consent_contact")._hand_over_consent()
        return result

    @api.model
    def _stamp_consent(self, vals):
        """:raises AccessError: when a client sends the day of the answer himself"""
        key = "consent_contact_on"
        if (key in vals or f"default_{key}" in self.env.context) and not self.env.su:
            raise AccessError(
                self.env._("The day of a consent is noted by the system.")
            )
        if "consent_contact" not in vals:
            return vals
        today = fields.Date.context_today(self)
        return {key: vals["consent_contact"] and today, **vals}

    def _hand_over_consent(self):
        """A no goes to every channel of the file; a yes never replaces an answer."""
        for lead in self.filtered("partner_id.file_state"):
            partner, state = lead.partner_id, lead.consent_contact
            current = partner.consent_ids.filtered(
                lambda line: line.is_current
                and line.purpose == "marketing"
                and not line.vehicle_id
            )
            kept = (
                current
                if state == "given"
                else current.filtered(lambda line: line.state == "withdrawn")
            )
            channels = [c for c in CHANNELS if c not in kept.mapped("channel")]
            partner._note_consent(channels, ["marketing"], state, "paper")
