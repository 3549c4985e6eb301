# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class CrmLead(models.Model):
    """The quotations of a lead are counted for those who may read quotations."""

    _inherit = "crm.lead"

    def _compute_sale_data(self):
        """Customer relations read leads, not quotations: the form opens with zeros."""
        if self.env["sale.order"].has_access("read"):
            return super()._compute_sale_data()
        none = {"sale_amount_total": 0, "quotation_count": 0, "sale_order_count": 0}
        for lead in self:
            lead.update(none)
        return None
