# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dealer_contact_consent import STATES

LIMIT = 50


class DealerContact(models.Model):
    """The lead takes over all that the line says; the same day counts (CUS-06)."""

    _inherit = "dealer.contact"

    is_same_day_entry = fields.Boolean(
        "Entered the same Day",
        readonly=True,
        copy=False,
        help="Became a lead on the day of the visit or call.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts.filtered("lead_id")._stamp_entry()
        return contacts

    def write(self, vals):
        open_lines = self.browse()
        if vals.get("lead_id"):
            open_lines = self.filtered(lambda c: not c.lead_id)
        result = super().write(vals)
        open_lines._stamp_entry()
        return result

    def _stamp_entry(self):
        """Frozen on the day: a line linked later was entered late."""
        lines = self.filtered("is_register")._filter_today()
        if lines:
            lines.sudo().write({"is_same_day_entry": True})

    def _prepare_lead_values(self, partner):
        values = super()._prepare_lead_values(partner)
        if not self.is_register:
            return values
        showroom = self.env.ref("dealer_crm.source_showroom", raise_if_not_found=False)
        source = self.source_id or showroom or self.source_id
        return values | {
            "source_id": source.id,
            "lead_channel_id": self.lead_channel_id.id,
            "street": self.visitor_address,
            "is_repeat_visitor": self.is_repeat,
            "consent_contact": STATES.get(self.consent_answer, False),
        }

    def _make_lead(self, partner=None):
        lead = super()._make_lead(partner)
        self._link_same_visitor()
        return lead

    def _link_same_visitor(self):
        """Earlier lines of this phone that are no lead yet belong to it too."""
        for contact in self.filtered(lambda c: c.is_register and c.visitor_phone):
            lines = self.sudo().search(
                [
                    ("visitor_phone", "=", contact.visitor_phone),
                    ("company_id", "=", contact.company_id.id),
                    ("is_register", "=", True),
                    ("lead_id", "=", False),
                ],
                limit=LIMIT,
            )
            same = lines.filtered(
                lambda line, c=contact: self._is_same_name(
                    line.visitor_name, c.visitor_name
                )
            )
            if same:
                same.write({"lead_id": contact.lead_id.id})
