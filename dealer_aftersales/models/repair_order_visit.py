# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

VISIT_FIELDS = frozenset(
    {
        "date_delivered",
        "odometer_in",
        "odometer_out",
        "partner_id",
        "service_kind",
        "state",
        "vehicle_id",
    }
)


class RepairOrder(models.Model):
    """What a delivered visit tells the car, whenever it is entered or corrected."""

    _inherit = "repair.order"

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        repairs.filtered("date_delivered")._after_visit()
        return repairs

    def write(self, vals):
        if not VISIT_FIELDS & vals.keys():
            return super().write(vals)
        before = self.filtered("date_delivered")
        vehicles, partners = before.vehicle_id, before.partner_id
        result = super().write(vals)
        visits = before | self.filtered("date_delivered")
        if visits:
            visits._after_visit(vehicles, partners)
        return result

    def _after_visit(self, vehicles=None, partners=None):
        """Bring up to date what is kept of the visits.

        :param vehicles: cars the orders were on before, if any
        :param partners: customers they were for before, if any
        """
        cars = self.vehicle_id if vehicles is None else vehicles | self.vehicle_id
        cars._update_first_service()
        customers = self.partner_id | cars.sudo().owner_id
        (customers if partners is None else customers | partners)._refresh_lifecycle(
            "repair"
        )
