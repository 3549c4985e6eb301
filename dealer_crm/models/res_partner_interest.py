# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain

#: Models on the desk card.
SHOWN = 3


class ResPartner(models.Model):
    """What to recommend to a person, from what he is interested in (MKT-07)."""

    _inherit = "res.partner"

    interest_ids = fields.One2many(
        "dealer.interest",
        "partner_id",
        "Interests",
        groups="dealer_crm.group_dealer_user",
    )

    def _get_interest_recommendations(self, limit=SHOWN):
        """Models this person is interested in, with the cars in stock.

        :return: list of dicts ``model`` (fleet.vehicle.model), ``interest``, ``stock``
        """
        interests = self.env["dealer.interest"]
        if not self or not interests.has_access("read"):
            return []
        found = interests.search(
            [("partner_id", "=", self.id), ("vehicle_model_id", "!=", False)]
        )
        first = {}
        for interest in found:
            first.setdefault(interest.vehicle_model_id, interest)
        counts = self._count_stock(first)
        return [
            {"model": model, "interest": interest, "stock": counts.get(model.id, 0)}
            for model, interest in list(first.items())[:limit]
        ]

    def _count_stock(self, vehicle_models):
        cars = self.env["fleet.vehicle"]
        rows = cars._read_group(
            Domain("trade_state", "=", "in_stock")
            & Domain("model_id", "in", [model.id for model in vehicle_models]),
            ["model_id"],
            ["__count"],
        )
        return {model.id: count for model, count in rows}

    def _get_desk_now(self, vehicle=None):
        """Whoever is here is told of the cars he is interested in."""
        lines = super()._get_desk_now(vehicle)
        for hit in self._get_interest_recommendations():
            text = self.env._(
                "Interested in %(model)s: %(count)s in stock",
                model=hit["model"].display_name,
                count=hit["stock"],
            )
            lines.append(self._line("info", "fa-lightbulb-o", text, hit["interest"]))
        return lines

    def _get_privacy_sources(self):
        return [
            *super()._get_privacy_sources(),
            {
                "model": "dealer.interest",
                "domain": [("partner_id", "=", self.id)],
                "fields": "vehicle_model_id topic strength date origin note".split(),
            },
        ]

    def _empty_traces(self):
        """What he liked goes with the person."""
        result = super()._empty_traces()
        mine = self.env["dealer.interest"].sudo()
        mine.search(
            ["|", ("partner_id", "=", self.id), ("lead_id.partner_id", "=", self.id)]
        ).unlink()
        return result
