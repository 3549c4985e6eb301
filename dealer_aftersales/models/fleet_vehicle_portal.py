# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import float_is_zero

#: Beyond this no meter counts; the ledger judges everything below.
ODOMETER_MAX = 3_000_000


class FleetVehicle(models.Model):
    """A car as its owner sees it on the portal."""

    _inherit = "fleet.vehicle"

    def _get_portal_since(self):
        """The day its present owner took the car; False where nobody knows."""
        self.ensure_one()
        return self._get_open_ownerships()[:1].date_from or self.purchase_date

    def _get_portal_values(self):
        """What the owner may know of his car: named values, no record."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.model_id.display_name or "",
            "plate": self.license_plate or "",
            "vin": self.vin_sn or "",
            "color": self.color or "",
            "image": self.model_id.image_128 or False,
            "odometer": round(self.odometer),
            "warranty_date": self.warranty_end_date,
            "warranty_km": self.warranty_end_odometer,
            "sanbao": self.legal_warranty_hint or "",
            "last_visit": self._get_portal_last_visit(),
            "next_date": self.next_service_date,
            "next_km": self.next_service_odometer,
            "advisor": self.advisor_id.name or "",
        }

    def _get_portal_last_visit(self):
        """Nothing of the former owner's time."""
        since = self._get_portal_since()
        day = self.last_visit_date
        return day if day and (not since or day >= since) else False

    def _get_portal_recalls(self):
        """Subjects of the maker's recalls that wait on this car."""
        self.ensure_one()
        lines = self.env["dealer.recall.line"].search(
            [("vehicle_id", "=", self.id), ("state", "=", "open")]
        )
        return [
            line.recall_id.name
            for line in lines.filtered(lambda li: li.recall_id.active)
        ]

    def _get_portal_repairs(self, partner):
        """The visits of this car that ``partner`` may see, newest first.

        All since the present owner has the car, and those that were his business.
        """
        self.ensure_one()
        visible = partner._get_portal_repair_domain()
        if self.owner_id in partner._get_portal_owners():
            visible |= self._get_portal_time_domain()
        return self.env["repair.order"].search(
            Domain("vehicle_id", "=", self.id)
            & Domain("state", "!=", "cancel")
            & visible,
            order="date_in desc, id desc",
        )

    def _get_portal_time_domain(self):
        """Visits in the time of the present owner; none where it is not known."""
        since = self._get_portal_since()
        if not since:
            return Domain.FALSE
        company = self.company_id or self.env.company
        return Domain("date_in", ">=", company._get_dealer_day_start(since))

    def _get_portal_branches(self, partner):
        """Where the car can be booked: its branch or the customer's, else any."""
        self.ensure_one()
        home = self.company_id or partner.company_id
        if home:
            return home
        bays = self.env["dealer.service.bay"].search(Domain.TRUE)
        branches = bays.company_id.filtered("active")
        return branches.sorted(lambda c: (c.sequence, c.id)) or self.env.company

    def _report_portal_odometer(self, value):
        """The owner tells his kilometres: a reading like others, judged like others.

        :return: True where it counts, False where somebody has a look at it first
        :raises UserError: no such number of kilometres, or told already today
        """
        self.ensure_one()
        if not 0 < value <= ODOMETER_MAX:
            raise UserError(
                self.env._("Odometer: please enter the kilometres the meter shows.")
            )
        self.lock_for_update()
        today = (self.company_id or self.env.company)._get_dealer_today()
        ledger = self.env["fleet.vehicle.odometer"]
        told = ledger.search(
            [
                ("vehicle_id", "=", self.id),
                ("source", "=", "portal"),
                ("date", "=", today),
            ],
            limit=1,
        )
        if told:
            if float_is_zero(told.value - value, precision_digits=0):
                return told.state == "accepted"
            raise UserError(
                self.env._("You told us the kilometres of this car today already.")
            )
        reading = ledger.create(
            {
                "vehicle_id": self.id,
                "value": value,
                "date": today,
                "source": "portal",
            }
        )
        return reading.state == "accepted"
