# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

# The earliest delivery wins, in whatever order the history arrives.
UPDATE_FIRST_SERVICE = """
    UPDATE fleet_vehicle v
       SET first_service_date = first.day,
           first_service_odometer = first.km
      FROM (SELECT v2.id, visit.day, COALESCE(visit.km, 0) AS km
              FROM fleet_vehicle v2
         LEFT JOIN LATERAL (
                   SELECT (r.date_delivered AT TIME ZONE 'UTC'
                           AT TIME ZONE COALESCE(zone.name, 'UTC'))::date AS day,
                          COALESCE(NULLIF(r.odometer_in, 0), r.odometer_out) AS km
                     FROM repair_order r
                LEFT JOIN unnest(%(companies)s::int[], %(zones)s::text[])
                          AS zone(company, name)
                       ON zone.company = r.company_id
                    WHERE r.vehicle_id = v2.id
                      AND r.state = 'done'
                      AND r.service_kind = 'maintenance'
                      AND r.date_delivered IS NOT NULL
                 ORDER BY r.date_delivered, r.id
                    LIMIT 1) visit ON TRUE
             WHERE v2.id IN %(ids)s
               AND v2.first_service_fixed IS NOT TRUE) first
     WHERE first.id = v.id
       AND (v.first_service_date IS DISTINCT FROM first.day
            OR COALESCE(v.first_service_odometer, 0) <> first.km)
"""
FIRST_SERVICE = frozenset({"first_service_date", "first_service_odometer"})


class FleetVehicle(models.Model):
    """The first maintenance, taken from the repair orders.

    A manager may correct it, e.g. when it was done elsewhere: then the orders leave
    it alone until he empties both fields.
    """

    _inherit = "fleet.vehicle"

    first_service_date = fields.Date("First Service", copy=False)
    first_service_odometer = fields.Integer("First Service (km)", copy=False)
    first_service_fixed = fields.Boolean(
        "First Service corrected", readonly=True, copy=False
    )

    _first_service_check = models.Constraint(
        "CHECK (first_service_odometer >= 0)",
        "First Service (km): kilometres cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_first_service_values(vals)
            if not self.env.su:
                for name in FIRST_SERVICE:
                    vals.setdefault(name, False)
            vals["first_service_fixed"] = any(vals.get(n) for n in FIRST_SERVICE)
        return super().create(vals_list)

    def write(self, vals):
        if "first_service_fixed" in vals or FIRST_SERVICE & vals.keys():
            self._check_first_service_values(vals, is_correction=True)
        result = super().write(vals)
        if FIRST_SERVICE & vals.keys():
            for vehicle in self:
                fixed = vehicle.first_service_date or vehicle.first_service_odometer
                super(FleetVehicle, vehicle).write({"first_service_fixed": bool(fixed)})
            self._update_first_service()
        return result

    def _check_first_service_values(self, vals, is_correction=False):
        """:raises AccessError: for who is no manager, and for the system's own mark"""
        if self.env.su:
            return
        if vals.get("first_service_fixed"):
            raise AccessError(self.env._("First Service corrected: set by the system."))
        if not is_correction and not any(vals.get(name) for name in FIRST_SERVICE):
            return
        groups = self._get_first_service_groups()
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("First Service: only a manager may correct it.")
            )

    @api.model
    def _get_first_service_groups(self):
        """XML ids of the groups that may correct the first service."""
        return [
            "dealer_aftersales.group_service_manager",
            "dealer_crm.group_sales_manager",
        ]

    def _update_first_service(self):
        """Take it from the earliest delivered maintenance: one statement."""
        self._update_from_visits(
            UPDATE_FIRST_SERVICE,
            ["first_service_date", "first_service_odometer", "first_service_fixed"],
        )
