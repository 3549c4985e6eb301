# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

VISIT_FIELDS = frozenset(
    {
        "date_delivered",
        "odometer_in",
        "odometer_out",
        "service_kind",
        "state",
        "vehicle_id",
    }
)


class RepairOrder(models.Model):
    """A delivered order does the items that are due; taken back, they are due again."""

    _inherit = "repair.order"

    @api.model_create_multi
    def create(self, vals_list):
        is_later = not any(vals.get("date_delivered") for vals in vals_list)
        with self.env["fleet.vehicle"]._collect_forecast(is_later):
            repairs = super().create(vals_list)
            repairs.filtered("date_delivered").sudo().vehicle_id._update_forecast()
        return repairs

    def write(self, vals):
        if not VISIT_FIELDS & vals.keys():
            return super().write(vals)
        with self.env["fleet.vehicle"]._collect_forecast():
            before = self.filtered("date_delivered")
            before.sudo().vehicle_id._update_forecast()
            result = super().write(vals)
            after = self.filtered("date_delivered")
            before.sudo()._reopen_due()
            after.sudo().vehicle_id._update_forecast()
        return result

    def unlink(self):
        with self.env["fleet.vehicle"]._collect_forecast():
            self.sudo().vehicle_id._update_forecast()
            self.sudo()._reopen_due(gone=True)
            return super().unlink()

    def _reopen_due(self, gone=False):
        """Items that these orders did are due again if they do not do them any more.

        :param bool gone: the orders are about to be deleted
        """
        if not self:
            return
        undone = (
            self.env["dealer.maintenance.due"]
            .search([("done_repair_id", "in", self.ids), ("state", "=", "done")])
            .filtered(lambda d: gone or d._is_undone())
        )
        undone._reopen()
