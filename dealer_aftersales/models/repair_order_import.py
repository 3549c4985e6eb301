# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.dealer_crm.tools.import_messages import drop_repeated_error


class RepairOrder(models.Model):
    """Taking over the service history with Odoo's own import."""

    _inherit = "repair.order"

    @api.model
    def get_import_templates(self):
        suffix = "" if (self.env.lang or "").startswith("zh") else "_en"
        return [
            {
                "label": self.env._("Import Template for Service History"),
                "template": f"/dealer_aftersales/static/xls/repair_orders{suffix}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Core's import, plus a warning per line whose odometer cannot be true.

        Such a line is imported; its reading waits among the readings to be checked.
        """
        result = super().load(fields, data)
        if result.get("ids"):
            self._add_odometer_warnings(result, fields, data)
        drop_repeated_error(result["messages"])
        return result

    def _add_odometer_warnings(self, result, fields, data):
        readings = self.env["fleet.vehicle.odometer"].search(
            [("repair_id", "in", result["ids"]), ("state", "=", "quarantined")]
        )
        if not readings:
            return
        heads = [i for i, name in enumerate(fields) if "_ids/" not in name]
        starts = [i for i, row in enumerate(data) if any(row[h] for h in heads)]
        line_of = dict(zip(result["ids"], starts, strict=False))
        for reading in readings:
            line = line_of.get(reading.repair_id.id, 0)
            result["messages"].append(
                {
                    "type": "warning",
                    "rows": {"from": line, "to": line},
                    "record": line,
                    "field": "odometer_in",
                    "message": self.env._(
                        "Odometer %(km)d km of order %(order)s is %(reason)s: "
                        "imported, but to be checked.",
                        km=reading.value,
                        order=reading.repair_id.name,
                        reason=reading.quarantine_reason,
                    ),
                }
            )
