# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: due items that are near enough to be done with this visit
NEAR_DAYS = 30
NEAR_KM = 1000


class DealerRepairLabor(models.Model):
    """Work that was due: delivering the order does the item."""

    _inherit = "dealer.repair.labor"

    due_id = fields.Many2one(
        "dealer.maintenance.due",
        "Due Service",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )


class RepairOrder(models.Model):
    """What the plan asks for, offered while the car is here."""

    _inherit = "repair.order"

    def _get_order_hints(self):
        return super()._get_order_hints() + [
            self._hint(
                "due",
                due._get_hint_text(),
                due._get_level(),
                due,
                "action_add_due",
                self.env._("Add to the work"),
            )
            for due in self._get_near_due()
        ]

    def _get_near_due(self):
        """Open items of the car that are due by date or kilometres, or nearly so."""
        self.ensure_one()
        if self.date_delivered or self.state == "cancel" or not self.vehicle_id:
            return self.env["dealer.maintenance.due"]
        dues = self.vehicle_id._get_near_due(self.odometer_in)
        return dues - self.labor_ids.due_id

    def action_add_due(self):
        """Put the due item of the hint on this order: a line of work.

        :raises UserError: for an item that is closed or another car's
        """
        self.ensure_one()
        self.check_access("write")
        due = self.env["dealer.maintenance.due"].browse(self.env.context.get("hint_id"))
        if due.exists().vehicle_id != self.vehicle_id or due.state != "open":
            raise UserError(self.env._("This item is not due on this car any more."))
        if due in self.labor_ids.due_id:
            return True
        line = due.line_id
        labor = self._add_labor(line.name, line.product_id, line.hours or None)
        labor.sudo().due_id = due
        if line.is_main and self.service_kind == "general":
            self.service_kind = "maintenance"
        return True


class FleetVehicle(models.Model):
    """Due items of a car that is here."""

    _inherit = "fleet.vehicle"

    def _get_near_due(self, km=0):
        """Open items due within a month or a thousand kilometres.

        :param int km: meter now; else today's forecast
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        last = company._get_dealer_today() + timedelta(days=NEAR_DAYS)
        meter = (km or self.odometer_today) + NEAR_KM
        return self.env["dealer.maintenance.due"].search(
            [
                ("vehicle_id", "=", self.id),
                ("state", "=", "open"),
                "|",
                ("date_due", "<=", last),
                "&",
                ("odometer_due", ">", 0),
                ("odometer_due", "<=", meter),
            ]
        )

    def _get_desk_facts(self):
        facts = super()._get_desk_facts()
        if self.next_service_date:
            day = format_date(self.env, self.next_service_date)
            facts.append([self.env._("Next Service"), day])
        return facts


class ResPartner(models.Model):
    """The desk sees what the car needs."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        lines = super()._get_desk_now(vehicle)
        if not vehicle or not vehicle.has_access("read"):
            return lines
        return lines + [
            self._line(due._get_level(), "fa-calendar", due._get_hint_text(), due)
            for due in vehicle[:1]._get_near_due()
        ]


class DealerMaintenanceDue(models.Model):
    """A due item in one line of text."""

    _inherit = "dealer.maintenance.due"

    def _get_level(self):
        """:return: danger when overdue, else warning"""
        self.ensure_one()
        company = self.company_id or self.env.company
        today = company._get_dealer_today()
        return "danger" if self.date_due and self.date_due < today else "warning"

    def _get_hint_text(self):
        self.ensure_one()
        values = {
            "item": self.line_id.name,
            "date": format_date(self.env, self.date_due),
            "km": f"{self.odometer_due:,}",
        }
        if self.odometer_due:
            return self.env._("Due: %(item)s, %(date)s or %(km)s km", **values)
        return self.env._(
            "Due: %(item)s, %(date)s", item=values["item"], date=values["date"]
        )
