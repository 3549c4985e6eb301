# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytz
from odoo import models


class RepairOrder(models.Model):
    """The kilometres of arrival and delivery go to the odometer ledger."""

    _inherit = "repair.order"

    def _log_odometer(self):
        """Log each reading once; a corrected order takes its old readings back.

        What was corrected stays visible in the order's own history. Whoever may write
        the order logs its readings.
        """
        values = []
        stale = self.env["fleet.vehicle.odometer"]
        for repair in self.sudo():
            wanted = repair._get_odometer_readings()
            known = {
                (r.vehicle_id.id, r.date, int(r.value)): r for r in repair.odometer_ids
            }
            stale |= stale.union(*(known[key] for key in known.keys() - set(wanted)))
            values += [
                repair._prepare_odometer_values(km, day)
                for car, day, km in wanted
                if (car, day, km) not in known
            ]
        stale.sudo().unlink()
        self.env["fleet.vehicle.odometer"].sudo().create(values)

    def _get_odometer_readings(self):
        """:return: list of (car, day at the branch, km), in before out"""
        self.ensure_one()
        if not self.vehicle_id:
            return []
        moments = (
            (self.odometer_in, self.date_in),
            (self.odometer_out, self.date_delivered or self.date_in),
        )
        return list(
            dict.fromkeys(
                (self.vehicle_id.id, self._get_branch_day(moment), km)
                for km, moment in moments
                if km
            )
        )

    def _get_branch_day(self, moment):
        """The day of a UTC moment at the order's branch; today without a moment."""
        company = self.company_id or self.env.company
        if not moment:
            return company._get_dealer_today()
        zone = pytz.timezone(company._get_dealer_tz())
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _prepare_odometer_values(self, km, day):
        self.ensure_one()
        return {
            "vehicle_id": self.vehicle_id.id,
            "repair_id": self.id,
            "value": km,
            "date": day,
            "source": "repair",
        }
