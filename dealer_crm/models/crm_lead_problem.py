# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STAFF = "dealer_crm.group_dealer_user"


class CrmLead(models.Model):
    """Nobody is sold a car while his old one waits in the workshop (seed 004)."""

    _inherit = "crm.lead"

    problem_alert = fields.Text(
        "Open Problem", compute="_compute_problem_alert", groups=STAFF
    )

    @api.depends("partner_id")
    def _compute_problem_alert(self):
        problems = self.partner_id._origin._get_open_problems()
        for lead in self:
            texts = problems.get(lead.partner_id._origin.id, ())
            lead.problem_alert = "\n".join(texts) or False


class SaleOrder(models.Model):
    _inherit = "sale.order"

    problem_alert = fields.Text(
        "Open Problem", compute="_compute_problem_alert", groups=STAFF
    )

    @api.depends("partner_id", "opportunity_id")
    def _compute_problem_alert(self):
        """Of quotes that belong to a lead; other orders are not our business."""
        quotes = self.filtered("opportunity_id")
        problems = quotes.partner_id._origin._get_open_problems() if quotes else {}
        for order in self:
            known = order in quotes and problems.get(order.partner_id._origin.id)
            order.problem_alert = "\n".join(known or ()) or False
