# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools.odometer import judge_readings


class FleetVehicleOdometer(models.Model):
    """A reading that cannot be true waits for a decision instead of being refused."""

    _inherit = "fleet.vehicle.odometer"

    state = fields.Selection(
        [("accepted", "Accepted"), ("quarantined", "To be checked")],
        required=True,
        default="accepted",
        readonly=True,
    )
    quarantine_reason = fields.Char("Why to be checked", readonly=True)
    company_id = fields.Many2one(related="vehicle_id.company_id")

    segment = fields.Integer(
        "Meter No.",
        default=1,
        readonly=True,
        aggregator=None,
        help="1 until the meter is replaced for the first time.",
    )

    _vehicle_date_idx = models.Index(
        "(vehicle_id, segment DESC, date DESC NULLS LAST, id DESC)"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any("state" in vals for vals in vals_list):
            raise AccessError(self.env._("Readings are judged by the system."))
        readings = super().create(vals_list)
        readings._assign_segments()
        readings._quarantine_impossible()
        return readings

    def write(self, vals):
        if {"state", "quarantine_reason"} & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Use the button to accept a reading."))
        result = super().write(vals)
        if {"value", "date", "vehicle_id"} & vals.keys():
            self._judge_again()
        return result

    def _judge_again(self):
        """Judge as if the readings had just come in."""
        self._assign_segments()
        self.sudo().write({"state": "accepted", "quarantine_reason": False})
        self._quarantine_impossible()

    def action_accept(self):
        """Take a waiting reading as true, e.g. after a look at the car."""
        self.check_access("write")
        self.sudo().write({"state": "accepted", "quarantine_reason": False})
        return True

    def action_discard(self):
        """Throw a waiting reading away; the car's chatter keeps what it said.

        :raises UserError: for a reading that counts
        """
        self.check_access("write")
        if any(reading.state != "quarantined" for reading in self):
            raise UserError(self.env._("Only a reading to be checked is discarded."))
        for reading in self:
            reading.vehicle_id._message_log(
                body=self.env._(
                    "Odometer reading discarded: %(km)d km on %(date)s.",
                    km=reading.value,
                    date=format_date(self.env, reading.date),
                )
            )
        self.sudo().unlink()
        return True

    def _quarantine_impossible(self):
        """Set aside what contradicts the meter's other readings, see judge_readings."""
        known = self._get_known_readings()
        groups = self.filtered("date").grouped(lambda r: (r.vehicle_id, r.segment))
        for (vehicle, segment), readings in groups.items():
            if vehicle.id not in known:
                continue
            judged = judge_readings(
                known[vehicle.id].get(segment, []),
                [(r.date, r.value, r) for r in readings],
            )
            for reading, (reason, km) in judged.items():
                reading._quarantine(reason, km)

    def _get_known_readings(self):
        """(day, km) of all other accepted readings, per car and meter."""
        cars = self.sudo().vehicle_id.filtered("trade_state")
        known = {car.id: {} for car in cars}
        rows = self.sudo().search_fetch(
            [
                ("vehicle_id", "in", cars.ids),
                ("state", "=", "accepted"),
                ("id", "not in", self.ids),
                ("date", "!=", False),
            ],
            ["vehicle_id", "date", "value", "segment"],
            order="date, id",
        )
        for row in rows:
            readings = known[row.vehicle_id.id].setdefault(row.segment, [])
            readings.append((row.date, row.value))
        return known

    def _quarantine(self, reason, km):
        texts = {
            "lower": self.env._("lower than the earlier %(km)d km", km=km),
            "higher": self.env._("higher than the later %(km)d km", km=km),
        }
        self.sudo().write({"state": "quarantined", "quarantine_reason": texts[reason]})
