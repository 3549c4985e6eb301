# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerCampaignBudget(models.Model):
    """One position of a campaign's budget: what was planned and what it cost."""

    _name = "dealer.campaign.budget"
    _description = "Campaign Budget Line"
    _order = "campaign_id, sequence, id"

    campaign_id = fields.Many2one(
        "utm.campaign", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    category = fields.Selection(
        [
            ("advertising", "Advertising"),
            ("media", "Media and Platforms"),
            ("venue", "Venue and Set-up"),
            ("gift", "Gifts and Discounts"),
            ("print", "Print and Material"),
            ("staff", "Staff and Agency"),
            ("catering", "Catering and Travel"),
            ("other", "Other"),
        ],
        required=True,
        default="advertising",
    )
    name = fields.Char("Description", required=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    amount_planned = fields.Monetary("Budgeted")
    amount_actual = fields.Monetary("Actual", copy=False)
    date = fields.Date("Spent on", copy=False)
    difference = fields.Monetary(compute="_compute_difference")

    _amounts_check = models.Constraint(
        "CHECK (COALESCE(amount_planned, 0) >= 0 AND COALESCE(amount_actual, 0) >= 0)",
        "Planned, Actual: an amount of the budget cannot be negative.",
    )

    @api.depends("amount_planned", "amount_actual")
    def _compute_difference(self):
        for line in self:
            line.difference = line.amount_actual - line.amount_planned

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        self._check_open(vals)
        result = super().write(vals)
        if "campaign_id" in vals:
            self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_open()

    def _check_open(self, vals=None):
        """What was approved is not planned anew; what was judged costs what it cost.

        :param dict vals: what is about to change; empty: the whole line
        :raises UserError: the plan is locked, or the campaign evaluated
        """
        campaigns = self.campaign_id
        if any(c.dealer_state == "evaluated" for c in campaigns):
            raise UserError(self.env._("This campaign is evaluated: reopen it first."))
        if vals is None:
            self.filtered("amount_planned").campaign_id._check_plan_open()
        elif {"amount_planned", "campaign_id"} & vals.keys():
            campaigns._check_plan_open()
