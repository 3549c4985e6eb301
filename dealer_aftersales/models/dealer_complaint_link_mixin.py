# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError


class DealerComplaintLinkMixin(models.AbstractModel):
    """A record that the buttons of a complaint link to it, and nobody by hand."""

    _name = "dealer.complaint.link.mixin"
    _description = "Linked to a Complaint"

    complaint_id = fields.Many2one(
        "dealer.complaint", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self = without_defaults(self, {"complaint_id"})
            for vals in vals_list:
                self._check_complaint_link(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_complaint_link(vals)
        return super().write(vals)

    @api.model
    def _check_complaint_link(self, vals):
        """:raises AccessError: only the complaint links its talks and orders"""
        if "complaint_id" in vals:
            raise AccessError(
                self.env._("Complaint: linked by the button of the complaint only.")
            )
