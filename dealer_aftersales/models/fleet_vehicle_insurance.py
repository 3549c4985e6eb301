# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.tools import format_date

from .dealer_insurance_policy import REMIND_DAYS


class FleetVehicle(models.Model):
    """The policies of the car, and what the desk says of them."""

    _inherit = "fleet.vehicle"

    insurance_ids = fields.One2many("dealer.insurance.policy", "vehicle_id", "Policies")
    insurance_count = fields.Integer(compute="_compute_insurance_count")

    @api.depends("insurance_ids")
    def _compute_insurance_count(self):
        fill_counter(self, "insurance_count", "dealer.insurance.policy", "vehicle_id")

    def action_view_insurances(self):
        """The car's policies; a new one is filled from the car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_insurance_policy_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {"default_vehicle_id": self.id}
        return action

    def _get_running_insurances(self):
        """Policies that are active or begin later, under the rights of the user.

        Read through the relation: the cars of one screen cost one query.
        """
        if not self.env["dealer.insurance.policy"].has_access("read"):
            return self.env["dealer.insurance.policy"]
        running = self.insurance_ids.filtered(lambda p: p.state == "active")
        return running.sorted(lambda p: (p.date_end, p.id))

    def _get_desk_facts(self):
        facts = super()._get_desk_facts()
        policies = self._get_running_insurances()
        if policies:
            day = format_date(self.env, policies[0].date_end)
            facts.append([self.env._("Insured until"), day])
        return facts

    def _get_insurance_warnings(self):
        """Policies of the car that end within the days of reminding."""
        company = self.company_id or self.env.company
        last = company._get_dealer_today() + timedelta(days=REMIND_DAYS)
        return self._get_running_insurances().filtered(lambda p: p.date_end <= last)
