# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..tools.service_state import IN_HOUSE

UNFINISHED = f"vehicle_id IS NOT NULL AND service_state IN {IN_HOUSE}"


class ResPartner(models.Model):
    """A customer whose car is in the workshop has a problem that is not solved."""

    _inherit = "res.partner"

    def _get_open_problems(self):
        """Unfinished repairs of the customer and of cars he owns, oldest first."""
        problems = super()._get_open_problems()
        if not self.ids:
            return problems
        repairs = self.env["repair.order"].sudo()
        repairs = repairs.search(
            repairs._get_unfinished_domain()
            & (
                Domain("partner_id", "in", self.ids)
                | Domain("vehicle_id.owner_id", "in", self.ids)
            ),
            order="date_in, id",
        )
        repairs.fetch(["partner_id", "vehicle_id", "name", "date_promised"])
        for repair in repairs:
            people = repair.partner_id | repair.vehicle_id.owner_id
            text = repair.with_env(self.env)._get_problem_text()
            for partner in people.filtered(lambda p: p.id in self._ids):
                problems.setdefault(partner.id, []).append(text)
        return problems

    @api.model
    def _get_open_problem_domain(self):
        repairs = self.env["repair.order"].sudo()
        unfinished = repairs._get_unfinished_domain()
        cars = self.env["fleet.vehicle"].sudo().with_context(active_test=False)
        # One NULL among the owners or customers would stop every advertising.
        cars = cars._search(
            Domain("repair_ids", "any", unfinished) & Domain("owner_id", "!=", False)
        )
        named = unfinished & Domain("partner_id", "!=", False)
        return (
            super()._get_open_problem_domain()
            | Domain("id", "in", repairs._search(named).subselect("partner_id"))
            | Domain("id", "in", cars.subselect("owner_id"))
        )


class RepairOrder(models.Model):
    _inherit = "repair.order"

    _unfinished_idx = models.Index(f"(partner_id) WHERE {UNFINISHED}")
    _unfinished_vehicle_idx = models.Index(f"(vehicle_id) WHERE {UNFINISHED}")

    @api.model
    def _get_unfinished_domain(self):
        """Orders on cars that were taken in and not handed back."""
        return Domain("vehicle_id", "!=", False) & Domain(
            "service_state", "in", list(IN_HOUSE)
        )

    def _get_problem_text(self):
        """One line for the consultant: which car waits since when, no more."""
        repair = self.sudo()
        car = repair.vehicle_id.license_plate or repair.vehicle_id.model_id.name or ""
        if not repair.date_promised:
            return self.env._(
                "Repair %(order)s of %(car)s is not finished.",
                order=repair.name,
                car=car,
            )
        return self.env._(
            "Repair %(order)s of %(car)s is not finished, promised for %(date)s.",
            order=repair.name,
            car=car,
            date=format_datetime(self.env, repair.date_promised, dt_format="short"),
        )
