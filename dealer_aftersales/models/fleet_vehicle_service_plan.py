# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta
from odoo import models

#: items due within this time are done with one visit
VISIT_DAYS = 45
VISITS = 4


class FleetVehicle(models.Model):
    """The next visits of one car: what, when, at how many kilometres, for how much."""

    _inherit = "fleet.vehicle"

    def _get_service_visits(self, number=VISITS):
        """The plan played on from today: each visit does what is near it.

        :return: list of dicts with ``date``, ``odometer``, ``lines``
            (``dealer.maintenance.plan.line``), ``names`` and ``amount``
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        today = company._get_dealer_today()
        waiting = {
            due.line_id: (due.date_due, due.odometer_due)
            for due in self.due_ids
            if due.state == "open" and due.date_due
        }
        visits = []
        while waiting and len(visits) < number:
            first = min(day for day, _km in waiting.values())
            near = first + timedelta(days=VISIT_DAYS)
            lines = [line for line, (day, _km) in waiting.items() if day <= near]
            day = max(first, today)
            odometer = self._get_odometer_on(day)
            visits.append(self._prepare_visit(day, odometer, lines))
            for line in lines:
                waiting[line] = self._get_following(line, day, odometer)
        return visits

    def _prepare_visit(self, day, odometer, lines):
        items = self.env["dealer.maintenance.plan.line"].union(*lines).sorted()
        return {
            "date": day,
            "odometer": odometer,
            "lines": items,
            "names": items.mapped("name"),
            "amount": sum(items.mapped("price")),
        }

    def _get_odometer_on(self, day):
        """The meter on a day to come, by the car's km per day, in full hundreds."""
        start = self.forecast_date or self.first_purchase_date
        if not start:
            return 0
        driven = self.km_per_day * max((day - start).days, 0)
        return round((self.forecast_odometer + driven) / 100) * 100

    def _get_following(self, line, day, odometer):
        """When an item done on ``day`` is due again."""
        dates = []
        if line.months:
            dates.append(day + relativedelta(months=line.months))
        if line.km:
            days = ceil(line.km / max(self.km_per_day, 2.0))
            dates.append(day + timedelta(days=days))
        return min(dates), odometer + line.km

    def _get_policy_plan(self):
        """The service policy prints the same visits."""
        return super()._get_policy_plan() + [
            {
                "name": ", ".join(visit["names"]),
                "date": visit["date"],
                "km": visit["odometer"],
            }
            for visit in self._get_service_visits()
        ]

    def action_view_due(self):
        """The car's due services, open ones first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_maintenance_due_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {"search_default_open": 1}
        return action

    def action_print_service_plan(self):
        """The personal maintenance plan as PDF."""
        return self.env.ref(
            "dealer_aftersales.action_report_service_plan"
        ).report_action(self)


class RepairOrder(models.Model):
    """The plan is handed over with the car."""

    _inherit = "repair.order"

    def action_print_service_plan(self):
        """The personal maintenance plan of the order's car."""
        return self.vehicle_id.action_print_service_plan()
