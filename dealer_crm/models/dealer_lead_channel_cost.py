# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerLeadChannelCost(models.Model):
    """What a lead channel cost a branch in a month: advertising, fair, platform fee."""

    _name = "dealer.lead.channel.cost"
    _description = "Channel Cost"
    _order = "month desc, channel_id, id"
    _rec_name = "channel_id"
    _check_company_auto = True

    channel_id = fields.Many2one(
        "dealer.lead.channel", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="Any day of the month; the first one is kept.",
    )
    amount = fields.Monetary(required=True)
    note = fields.Char("Remark")

    _month_uniq = models.UniqueIndex(
        "(channel_id, company_id, month)",
        "This channel has a cost for the month already: change that line.",
    )
    _amount_check = models.Constraint(
        "CHECK (amount >= 0)", "Amount: a cost cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._align_month(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._align_month(vals))

    @api.model
    def _align_month(self, vals):
        """The month is its first day, also where the day is a default."""
        if "month" not in vals and self:
            return vals
        day = fields.Date.to_date(vals.get("month")) or fields.Date.context_today(self)
        return {**vals, "month": day.replace(day=1)}


class DealerLeadChannel(models.Model):
    _inherit = "dealer.lead.channel"

    cost_ids = fields.One2many(
        "dealer.lead.channel.cost",
        "channel_id",
        "Costs",
        groups="dealer_crm.group_sales_manager",
    )
