# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 10000

# The rule of tools/vehicle_age.py for all cars at once; a test holds the two
# together. Kilometres are looked up only where they can end a warranty.
UPDATE_AGE_BAND = """
    WITH branch AS (
        SELECT * FROM unnest(%(companies)s::int[], %(days)s::date[],
                             %(modes)s::text[]) AS b(company, today, mode)
    ), judged AS (
        SELECT v.id, v.age_band AS old,
               CASE
               WHEN v.trade_state IS DISTINCT FROM 'customer' THEN NULL
               WHEN b.mode <> 'age' AND v.warranty_end_date >= b.today
                    AND (COALESCE(v.warranty_end_odometer, 0) = 0
                         OR COALESCE(reading.km, 0) <= v.warranty_end_odometer)
                    THEN 'in_warranty'
               WHEN v.first_purchase_date IS NULL THEN NULL
               WHEN b.mode = 'age' AND v.first_purchase_date
                    > (b.today - interval '2 years')::date THEN 'under_2'
               WHEN v.first_purchase_date
                    >= (b.today - interval '5 years')::date THEN '2_5'
               ELSE 'over_5'
               END AS band
          FROM fleet_vehicle v
          JOIN branch b ON b.company = COALESCE(v.company_id, %(main)s)
     LEFT JOIN LATERAL (
               SELECT sum(meter.value - meter.first) AS km
                 FROM (SELECT DISTINCT ON (o.segment) o.value,
                              COALESCE(max(o.value) FILTER (WHERE o.is_meter_start)
                                OVER (PARTITION BY o.segment), 0) AS first
                         FROM fleet_vehicle_odometer o
                        WHERE o.vehicle_id = v.id AND o.state = 'accepted'
                        ORDER BY o.segment, o.date DESC NULLS LAST, o.id DESC) meter
               ) reading ON v.warranty_end_odometer > 0
                        AND v.warranty_end_date >= b.today
         WHERE v.trade_state IS NOT NULL
    ), due AS (
        SELECT id, band FROM judged
         WHERE old IS DISTINCT FROM band
         ORDER BY id
         LIMIT %(limit)s
    )
    UPDATE fleet_vehicle v
       SET age_band = due.band
      FROM due
     WHERE due.id = v.id
"""


class FleetVehicle(models.Model):
    """The nightly move of cars from band to band."""

    _inherit = "fleet.vehicle"

    @api.model
    def _cron_update_age_band(self):
        """Move what is due, in committed batches.

        Only cars whose band is no longer true are written: run again after a kill it
        goes on where it stopped, run twice it finds nothing.
        """
        cron = self.env["ir.cron"]
        moved = self._update_age_band()
        while moved == BATCH:
            if not cron._commit_progress(moved, remaining=BATCH):
                return
            moved = self._update_age_band()
        cron._commit_progress(moved, remaining=0)

    @api.model
    def _update_age_band(self, limit=BATCH):
        """Store the bands as of today at each branch.

        :return: how many cars moved, at most ``limit``
        """
        self.env["fleet.vehicle.odometer"].flush_model()
        self.flush_model()
        branches = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(
                UPDATE_AGE_BAND,
                companies=branches.ids,
                days=[fields.Date.to_string(b._get_dealer_today()) for b in branches],
                modes=[b.vehicle_age_mode for b in branches],
                main=self.env.company.id,
                limit=limit,
            )
        )
        moved = self.env.cr.rowcount
        self.invalidate_model(["age_band"])
        return moved


class ResCompany(models.Model):
    _inherit = "res.company"

    vehicle_age_mode = fields.Selection(
        [("warranty", "Warranty first, then age"), ("age", "Age alone")],
        "Age Bands of Cars",
        required=True,
        default="warranty",
        help="Warranty first: in warranty, 2–5 years, over 5 years. Age alone: under "
        "2 years, 2–5 years, over 5 years.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "vehicle_age_mode" in vals:
            vehicles = self.env["fleet.vehicle"].sudo()
            while vehicles._update_age_band() == BATCH:
                pass
        return result
