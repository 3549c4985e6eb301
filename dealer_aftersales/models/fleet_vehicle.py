# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.tools import SQL

# The day is the day at the branch that delivered.
UPDATE_LAST_VISIT = """
    UPDATE fleet_vehicle v
       SET last_visit_date = visit.day
      FROM (SELECT v2.id, max((r.date_delivered AT TIME ZONE 'UTC'
                   AT TIME ZONE COALESCE(zone.name, 'UTC'))::date) AS day
              FROM fleet_vehicle v2
         LEFT JOIN repair_order r ON r.vehicle_id = v2.id
                                 AND r.state = 'done'
         LEFT JOIN unnest(%(companies)s::int[], %(zones)s::text[])
                   AS zone(company, name)
                ON zone.company = r.company_id
             WHERE v2.id IN %(ids)s
          GROUP BY v2.id) visit
     WHERE visit.id = v.id
       AND v.last_visit_date IS DISTINCT FROM visit.day
"""


class FleetVehicle(models.Model):
    """The service side of the vehicle card."""

    _inherit = "fleet.vehicle"

    repair_ids = fields.One2many("repair.order", "vehicle_id", "Repair Orders")
    repair_count = fields.Integer(compute="_compute_repair_count")
    last_visit_date = fields.Date("Last Visit", readonly=True, index="btree_not_null")

    @api.model
    def _get_vin_override_groups(self):
        return [
            *super()._get_vin_override_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    @api.model
    def _get_meter_groups(self):
        return [
            *super()._get_meter_groups(),
            "dealer_aftersales.group_service_advisor",
        ]

    def _get_transfer_undo_groups(self):
        return [
            *super()._get_transfer_undo_groups(),
            "dealer_aftersales.group_service_manager",
        ]

    @api.depends("repair_ids")
    def _compute_repair_count(self):
        fill_counter(self, "repair_count", "repair.order", "vehicle_id")

    def _update_last_visit(self):
        """The newest delivery of each car is its last visit: one statement."""
        self._update_from_visits(UPDATE_LAST_VISIT, ["last_visit_date"])

    def _update_from_visits(self, statement, names):
        """Fill columns of these cars from their repair orders.

        :param str statement: takes ``companies`` and ``zones`` of the branches, ``ids``
        :param list names: the fields it writes
        """
        if not self:
            return
        self.env["repair.order"].flush_model(
            [
                "vehicle_id",
                "date_delivered",
                "state",
                "company_id",
                "service_kind",
                "odometer_in",
                "odometer_out",
            ]
        )
        self.flush_recordset(names)
        branches = self.env["res.company"]._get_all_branches()
        self.env.cr.execute(
            SQL(statement, ids=tuple(self.ids), **branches._get_branch_zones())
        )
        self.invalidate_recordset(names)

    def action_view_repairs(self):
        """The car's repair orders; a new one is filled from the car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.repair_order_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {
            "default_vehicle_id": self.id,
            "default_partner_id": self.owner_id.id,
        }
        return action

    def action_new_repair(self):
        """Open an empty repair order on this car."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "views": [(False, "form")],
            "context": {
                "default_vehicle_id": self.id,
                "default_partner_id": self.owner_id.id,
            },
        }
