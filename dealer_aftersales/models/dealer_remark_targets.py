# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerRemarkMixin(models.AbstractModel):
    """Saving a remark applies the keyword rules to it, one query a save."""

    _name = "dealer.remark.mixin"
    _description = "Remark with Keyword Rules"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        text = self.env["dealer.remark.rule"]._get_targets()[self._name][0]
        records.filtered(text)._tag_remark()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.get(self.env["dealer.remark.rule"]._get_targets()[self._name][0]):
            self._tag_remark()
        return result

    def _tag_remark(self):
        if self:
            self.env["dealer.remark.rule"]._tag_saved(self)


class DealerCallback(models.Model):
    _name = "dealer.callback"
    _inherit = ["dealer.callback", "dealer.remark.mixin"]


class DealerComplaint(models.Model):
    _name = "dealer.complaint"
    _inherit = ["dealer.complaint", "dealer.remark.mixin"]


class DealerContact(models.Model):
    _name = "dealer.contact"
    _inherit = ["dealer.contact", "dealer.remark.mixin"]

    purpose = fields.Selection(
        selection_add=[("survey", "Satisfaction Survey"), ("other",)],
        ondelete={"survey": "set default"},
    )
    issue_ids = fields.Many2many("dealer.callback.issue", string="Named")
