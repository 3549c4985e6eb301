# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ..tools.odometer import pick_segment

METER_FIELDS = frozenset(
    {"source", "segment", "is_meter_start", "meter_old_value", "meter_reason"}
)


class FleetVehicleOdometer(models.Model):
    """Where a reading comes from, and from which meter of the car."""

    _inherit = "fleet.vehicle.odometer"

    source = fields.Selection(
        [
            ("manual", "By hand"),
            ("repair", "Repair Order"),
            ("callback", "Callback"),
            ("import", "Import"),
            ("portal", "Customer"),
            ("meter", "Meter replaced"),
        ],
        default="manual",
        readonly=True,
    )
    is_meter_start = fields.Boolean("New Meter", readonly=True)
    meter_old_value = fields.Float("Old Meter (km)", readonly=True, aggregator=None)
    meter_reason = fields.Char("Why replaced", readonly=True)

    _meter_start_idx = models.Index("(vehicle_id) WHERE is_meter_start")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        source = "import" if self.env.context.get("import_file") else "manual"
        for vals in vals_list:
            self._check_meter_vals(vals)
            vals.setdefault("source", source)
            for name in METER_FIELDS - {"source", "segment"}:
                vals.setdefault(name, False)  # also against a default of the context
            vals.setdefault("segment", 1)
        return super().create(vals_list)

    def write(self, vals):
        self._check_meter_vals(vals)
        if {"date", "value", "vehicle_id"} & vals.keys() and not self.env.su:
            if any(self.sudo().mapped("is_meter_start")):
                raise UserError(
                    self.env._(
                        "This is the first reading of a new meter: take the "
                        "replacement back instead."
                    )
                )
        return super().write(vals)

    @api.model
    def _check_meter_vals(self, vals):
        """:raises AccessError: when a client sets what the system knows better"""
        if METER_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("Source and meter of a reading are set by the system.")
            )

    def _assign_segments(self):
        """Give each reading the number of the meter that showed it."""
        starts = self._get_meter_starts()
        for reading in self.sudo():
            if reading.is_meter_start or not reading.date:
                continue
            segment = pick_segment(
                reading.date, reading.value, starts.get(reading.vehicle_id.id, [])
            )
            if reading.segment != segment:
                reading.segment = segment

    def _get_meter_starts(self):
        """:return: {vehicle id: [(day, meter, first value, old meter's last)]}"""
        starts = {}
        rows = self.sudo().search_fetch(
            [
                ("vehicle_id", "in", self.sudo().vehicle_id.ids),
                ("is_meter_start", "=", True),
            ],
            ["vehicle_id", "date", "segment", "value", "meter_old_value"],
        )
        for row in rows:
            starts.setdefault(row.vehicle_id.id, []).append(
                (row.date, row.segment, row.value, row.meter_old_value)
            )
        return starts


class FleetVehicle(models.Model):
    """A replaced meter begins a new count; the distance driven goes on."""

    _inherit = "fleet.vehicle"

    odometer_total = fields.Float(
        "Total Distance (km)",
        compute="_compute_odometer_total",
        aggregator=None,
        help="Over all meters the car has had.",
    )
    is_meter_replaced = fields.Boolean(compute="_compute_odometer_total")

    @api.depends("odometer_ids.value", "odometer_ids.state", "odometer_ids.segment")
    def _compute_odometer_total(self):
        self.env["fleet.vehicle.odometer"].flush_model()
        totals = {}
        if self.ids:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT vehicle_id, sum(last - first), max(segment)
                      FROM (SELECT DISTINCT ON (vehicle_id, segment)
                                   vehicle_id, segment, value AS last,
                                   COALESCE(max(value) FILTER (WHERE is_meter_start)
                                     OVER (PARTITION BY vehicle_id, segment), 0
                                   ) AS first
                              FROM fleet_vehicle_odometer
                             WHERE vehicle_id IN %s AND state = 'accepted'
                             ORDER BY vehicle_id, segment DESC,
                                      date DESC NULLS LAST, id DESC) meter
                     GROUP BY vehicle_id
                    """,
                    tuple(self.ids),
                )
            )
            totals = {row[0]: row[1:] for row in rows}
        for vehicle in self:
            total, segment = totals.get(vehicle._origin.id, (0.0, 1))
            vehicle.odometer_total = total
            vehicle.is_meter_replaced = segment > 1

    @api.model
    def _get_meter_groups(self):
        """XML ids of the groups that may record a replaced meter."""
        return ["dealer_crm.group_sales_manager"]

    def _check_may_replace_meter(self):
        self.check_access("write")
        if not self.env.su and not any(
            self.env.user.has_group(group) for group in self._get_meter_groups()
        ):
            raise AccessError(
                self.env._("A replaced meter is recorded by the workshop or a manager.")
            )

    def action_open_meter_replacement(self):
        """Ask for the readings of the old and the new meter."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meter replaced"),
            "res_model": "dealer.meter.replacement",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_vehicle_id": self.id,
                "default_old_value": self.odometer,
            },
        }

    def _replace_meter(self, day, old_value, new_value, reason):
        """Close the old meter and begin a new one; later readings move to it.

        :raises AccessError: for others than the workshop and managers
        :raises UserError: for a day before the last replacement, or an old value
            that contradicts the readings before
        """
        self.ensure_one()
        self._check_may_replace_meter()
        self.sudo().lock_for_update()
        ledger = self.env["fleet.vehicle.odometer"].sudo()
        number = max(self.sudo().odometer_ids.mapped("segment"), default=1)
        self._check_meter_day(day)
        later = self.sudo().odometer_ids.filtered(
            lambda r: r.date and r.date > day and r.segment == number
        )
        later.write({"segment": number + 1})
        if old_value:
            closing = ledger.create(
                self._prepare_meter_values(day, old_value, segment=number)
            )
            self._check_closing(closing)
        ledger.create(
            self._prepare_meter_values(
                day,
                new_value,
                segment=number + 1,
                is_meter_start=True,
                meter_old_value=old_value,
                meter_reason=reason,
            )
        )
        later.sorted("date")._judge_again()
        self._log_meter(day, old_value, new_value, reason)

    def _prepare_meter_values(self, day, value, **values):
        return {
            "vehicle_id": self.id,
            "date": day,
            "value": value,
            "source": "meter",
            **values,
        }

    def _check_meter_day(self, day):
        starts = self.sudo().odometer_ids.filtered("is_meter_start")
        last = max(starts.mapped("date"), default=None)
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("Date: the day lies in the future."))
        if last and day <= last:
            raise UserError(
                self.env._(
                    "Date: the meter was replaced on %(date)s.",
                    date=format_date(self.env, last),
                )
            )

    def _check_closing(self, closing):
        if closing.state == "quarantined":
            raise UserError(
                self.env._(
                    "Old meter: %(km)d km is %(reason)s.",
                    km=closing.value,
                    reason=closing.quarantine_reason,
                )
            )

    def _log_meter(self, day, old_value, new_value, reason):
        self._message_log(
            body=self.env._(
                "Meter replaced on %(date)s: %(old)d km on the old, %(new)d km on "
                "the new one. %(reason)s",
                date=format_date(self.env, day),
                old=old_value,
                new=new_value,
                reason=reason,
            )
        )

    def action_undo_meter_replacement(self):
        """Take the last replacement back: its readings belong to the old meter."""
        self.ensure_one()
        self._check_may_replace_meter()
        readings = self.sudo().odometer_ids
        start = readings.filtered("is_meter_start").sorted("segment")[-1:]
        if not start:
            raise UserError(self.env._("The meter of this car was never replaced."))
        rest = readings.filtered(lambda r: r.segment == start.segment) - start
        closing = readings.filtered(
            lambda r: (
                r.source == "meter"
                and not r.is_meter_start
                and r.segment == start.segment - 1
                and r.date == start.date
            )
        )
        (start | closing).unlink()
        rest.sorted("date")._judge_again()
        self._message_log(body=self.env._("Replacement of the meter taken back."))
        return True
