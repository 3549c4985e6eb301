# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_check_source_models(self):
        return [*super()._get_check_source_models(), "dealer.callback", "repair.order"]


class DealerCallback(models.Model):
    """Each call is an occasion to ask whether the contact data is still right."""

    _inherit = "dealer.callback"

    profile_hint = fields.Char("Good to know", compute="_compute_profile_hint")

    @api.depends("partner_id")
    def _compute_profile_hint(self):
        for callback in self:
            callback.profile_hint = callback.partner_id._get_profile_hint()

    def action_check_contact_data(self):
        """The contact data of the person called."""
        self.ensure_one()
        return self.partner_id._get_contact_check_action(self)


class RepairOrder(models.Model):
    """So is each visit to the workshop."""

    _inherit = "repair.order"

    def action_check_contact_data(self):
        """The contact data of who brought the car, else of the customer."""
        self.ensure_one()
        person = self.bringer_id or self.partner_id
        return person._get_contact_check_action(self)
