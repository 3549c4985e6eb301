# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """Which cars of the stock fit the interest: looked at before each call."""

    _inherit = "crm.lead"

    color_wish = fields.Char(
        "Colour Wanted", help="Part of the colour's name is enough."
    )
    stock_count = fields.Integer(
        "Matching Stock",
        compute="_compute_stock_count",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("vehicle_model_id", "color_wish", "company_id")
    def _compute_stock_count(self):
        models_wanted = self.vehicle_model_id
        groups = self.env["fleet.vehicle"]._read_group(
            self._get_available_domain() & Domain("model_id", "in", models_wanted.ids),
            ["model_id", "company_id", "color"],
            ["__count"],
        )
        for lead in self:
            wish = (lead.color_wish or "").strip().lower()
            branches = (lead.company_id or self.env.company, self.env["res.company"])
            lead.stock_count = sum(
                count
                for model, company, color, count in groups
                if model == lead.vehicle_model_id
                and company in branches
                and wish in (color or "").lower()
            )

    @api.model
    def _get_available_domain(self):
        """Domain of the cars that can be promised today."""
        return Domain("trade_state", "=", "in_stock") & Domain(
            "is_allocated", "=", False
        )

    def _get_matching_stock_domain(self):
        """Domain of the cars of the branch that this customer asked for."""
        self.ensure_one()
        branch = self.company_id or self.env.company
        domain = self._get_available_domain()
        domain &= Domain("model_id", "=", self.vehicle_model_id.id)
        domain &= Domain("company_id", "in", [branch.id, False])
        if self.color_wish and self.color_wish.strip():
            domain &= Domain("color", "ilike", self.color_wish.strip())
        return domain

    def action_view_matching_stock(self):
        """The cars counted, or the words that there is none."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.fleet_vehicle_action_matching_stock"
        )
        action["domain"] = list(self._get_matching_stock_domain())
        return action
