# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DealerCallbackPolicy(models.Model):
    """Declined work reminds whoever owns the car now, not who declined it."""

    _inherit = "dealer.callback.policy"

    @api.model
    def _get_source_paths(self):
        return {
            **super()._get_source_paths(),
            "dealer.declined.work": ("owner_id", "vehicle_id"),
        }


class DealerHandover(models.Model):
    """Declined work has an advisor who leaves one day."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        return [
            *super()._get_handover_sources(),
            {
                "key": "declined_work",
                "label": self.env._("Declined work"),
                "model": "dealer.declined.work",
                "field": "advisor_id",
                "domain": [("state", "=", "open")],
                "partner": "owner_id",
            },
        ]


class ResPartner(models.Model):
    """Remarks on inspections and declined work in a person's data."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.inspection",
                "domain": [("repair_id.partner_id", "=", self.id)],
                "fields": ["display_name", "vehicle_id", "date", "note"],
            },
            {
                "model": "dealer.declined.work",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["name", "vehicle_id", "date", "state", "amount"],
            },
        ]

    def _empty_ledger(self):
        """What was written freely about the visit goes with the person."""
        result = super()._empty_ledger()
        inspections = self.env["dealer.inspection"].search(
            [("repair_id.partner_id", "=", self.id)]
        )
        inspections.write({"note": False})
        inspections.line_ids.filtered("note").write({"note": False})
        self.env["dealer.declined.work"].search([("partner_id", "=", self.id)]).write(
            {"reason": False}
        )
        return result
