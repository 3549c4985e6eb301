# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

PERSONS = {
    "measures_responsible": ("responsible_id", "supervisor_id"),
    "measures_supervised": ("supervisor_id", "responsible_id"),
}


class ResPartner(models.Model):
    """The measures a person's words led to, in his data; the words go with him."""

    _inherit = "res.partner"

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.corrective.action.check",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["action_id", "vehicle_id", "words", "result"],
            },
            {
                "model": "dealer.corrective.action.member",
                "domain": [("partner_id", "=", self.id)],
                "fields": ["action_id", "role"],
            },
        ]

    def _empty_ledger(self):
        result = super()._empty_ledger()
        lines = self.env["dealer.corrective.action.check"].sudo()
        lines.search([("partner_id", "=", self.id)]).write({"words": False})
        return result


class DealerHandover(models.Model):
    """Open measures get a new responsible or supervisor when somebody leaves."""

    _inherit = "dealer.handover"

    @api.model
    def _get_handover_sources(self):
        open_domain = [("state", "in", ("draft", "submitted", "running", "done"))]
        labels = {
            "measures_responsible": self.env._("Measures (responsible)"),
            "measures_supervised": self.env._("Measures (supervisor)"),
        }
        return [
            *super()._get_handover_sources(),
            *(
                {
                    "key": key,
                    "label": label,
                    "model": "dealer.corrective.action",
                    "field": PERSONS[key][0],
                    "domain": open_domain,
                    "partner": False,
                }
                for key, label in labels.items()
            ),
        ]

    @api.model
    def _distribute(self, source, records, chosen, load):
        """Nobody becomes responsible for what he supervises, or the other way."""
        parts = super()._distribute(source, records, chosen, load)
        other = PERSONS.get(source["key"], (None, None))[1]
        if other:
            model = self.env[source["model"]].sudo()
            for user, ids in parts.items():
                kept = model.browse(ids).filtered(
                    lambda action, user=user: action[other] != user
                )
                parts[user] = kept.ids
        return parts
