# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class DealerResponseTarget(models.Model):
    """How fast enquiries of a source are answered, where the branch's rule differs."""

    _name = "dealer.response.target"
    _description = "Response Target"
    _order = "sequence, id"

    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: all branches.",
    )
    source_ids = fields.Many2many("utm.source", string="Sources")
    lead_channel_ids = fields.Many2many("dealer.lead.channel", string="Lead Channels")
    attempt_hours = fields.Float(
        "First Attempt within (working hours)",
        required=True,
        default=2.0,
        help="0: no clock for these enquiries.",
    )
    reached_hours = fields.Float(
        "Reached within (working hours)", required=True, default=8.0
    )

    _hours_check = models.Constraint(
        "CHECK (attempt_hours >= 0 AND reached_hours >= 0)",
        "Hours of a response target are not negative.",
    )

    @api.depends("source_ids.name", "lead_channel_ids.name")
    def _compute_name(self):
        for target in self:
            names = [*target.source_ids.mapped("name")]
            names += target.lead_channel_ids.mapped("name")
            target.name = ", ".join(names) or self.env._("All enquiries")

    @api.model
    def _get_targets(self, companies):
        """Targets of these branches in their order, whoever asks."""
        domain = Domain("company_id", "in", [False, *companies.ids])
        return self.sudo().search(domain)

    def _get_hours(self, company, source, channel):
        """Working hours by the first target that fits, else by the branch.

        :return: (hours to the first attempt, hours until reached)
        """
        for target in self:
            if target.company_id and target.company_id != company:
                continue
            if target.source_ids and source not in target.source_ids:
                continue
            if target.lead_channel_ids and channel not in target.lead_channel_ids:
                continue
            return target.attempt_hours, target.reached_hours
        branch = company.sudo()
        return branch.lead_attempt_hours, branch.lead_reached_hours
