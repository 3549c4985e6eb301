# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


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
        self._drop_repeated_error(result["messages"])
        return result

    @api.model
    def _drop_repeated_error(self, messages):
        """Blame the line that is wrong, not the first one as well.

        Core puts the error of the refused batch on the batch's first line, then tries
        line by line and finds the same error where it belongs.
        """
        errors = [m for m in messages if m["type"] == "error"]
        if errors and any(
            error["message"] == errors[0]["message"]
            and error.get("record") != errors[0].get("record")
            for error in errors[1:]
        ):
            messages.remove(errors[0])

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
