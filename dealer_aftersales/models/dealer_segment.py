# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DealerSegment(models.Model):
    """A named group of customers or cars: a domain, never a stored membership.

    Who leaves the conditions leaves the segment at the same moment. The response
    text tells the desk how to treat this group (seed 001).
    """

    _name = "dealer.segment"
    _description = "Customer Segment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    model = fields.Selection(
        [("res.partner", "Customers"), ("fleet.vehicle", "Vehicles")],
        "Group of",
        required=True,
        default="fleet.vehicle",
    )
    domain = fields.Char("Conditions", required=True, default="[]")
    response = fields.Text(
        "How we treat them", translate=True, help="Shown to the desk and on calls."
    )
    company_id = fields.Many2one("res.company", "Branch")
    policy_ids = fields.One2many("dealer.callback.policy", "segment_id", "Care Plan")
    member_count = fields.Integer("Members", compute="_compute_member_count")

    @api.constrains("domain", "model")
    def _check_domain(self):
        for segment in self:
            try:
                self.env[segment.model].search_count(segment._get_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "Conditions of %(name)s: %(error)s",
                        name=segment.name,
                        error=error,
                    )
                ) from error

    def _get_domain(self):
        """The members as a domain on ``model``: customers and cars of the dealer."""
        self.ensure_one()
        base = (
            Domain("file_state", "!=", False)
            if self.model == "res.partner"
            else Domain("trade_state", "=", "customer")
        )
        return base & Domain(literal_eval(self.domain or "[]"))

    @api.depends("domain", "model")
    def _compute_member_count(self):
        for segment in self:
            segment.member_count = self.env[segment.model].search_count(
                segment._get_domain()
            )

    def action_view_members(self):
        """Open the members, so that the figure can be looked into."""
        self.ensure_one()
        xmlid = (
            "dealer_crm.res_partner_action_dealer"
            if self.model == "res.partner"
            else "dealer_crm.fleet_vehicle_action"
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = list(self._get_domain())
        action["display_name"] = self.name
        return action
