# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    repair_check_by_other = fields.Boolean(
        "Quality Check by a Second Person",
        help="Who did all the work on a car does not declare it ready himself.",
    )


class RepairOrder(models.Model):
    """Where the branch asks for it, a second person declares the car ready."""

    _inherit = "repair.order"

    def _get_state_blocks(self, target):
        blocks = super()._get_state_blocks(target)
        company = self.company_id.sudo()
        if target == "ready" and company.repair_check_by_other and not self.env.su:
            if self.labor_ids.technician_id == self.env.user:
                blocks.append(
                    self.env._(
                        "Order %(order)s: somebody else than its only technician "
                        "declares the car ready.",
                        order=self.name,
                    )
                )
        return blocks
