# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.phone import mask_phone


class CalendarAttendee(models.Model):
    """To invite a customer is no way to his hidden phone."""

    _inherit = "calendar.attendee"

    phone = fields.Char(related=None, compute="_compute_phone", compute_sudo=False)

    @api.depends("partner_id.phone")
    @api.depends_context("uid")
    def _compute_phone(self):
        hidden = self.partner_id._get_hidden_phone_ids()
        for attendee in self:
            phone = attendee.sudo().partner_id.phone
            is_hidden = attendee.partner_id.id in hidden
            attendee.phone = mask_phone(phone or "") if is_hidden else phone


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _prepare_partner_contact_details_html(self, section_title, partner):
        details = super()._prepare_partner_contact_details_html(section_title, partner)
        if not partner._get_hidden_phone_ids():
            return details
        phone = partner.phone or ""
        return [line.replace(phone, mask_phone(phone)) for line in details]
