# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

CARS_ASKED = 12


class DealerSegment(models.Model):
    """How the members of a segment are treated, said where people meet them."""

    _inherit = "dealer.segment"

    def _get_partner_domain(self):
        """The members as customers: the owners of the cars of a segment of cars."""
        self.ensure_one()
        if self.model == "res.partner":
            return self._get_domain()
        return Domain("vehicle_ids", "any", self._get_domain())

    @api.model
    def _find_responses(self, partners, vehicles):
        """Segments with a response text that these customers and cars are in.

        One query, whatever the number of segments and records.

        :return: dict ("res.partner" or "fleet.vehicle", id) → segments in order
        """
        branches = [False, *self.env.companies.ids]
        segments = self.sudo().search([("company_id", "in", branches)])
        records = {"res.partner": partners, "fleet.vehicle": vehicles}
        parts = [
            segment._get_membership_sql(records[segment.model])
            for segment in segments.filtered("response")
            if records[segment.model]
        ]
        if not any(parts):
            return {}
        query = SQL(" UNION ALL ").join(filter(None, parts))
        rows = set(self.env.execute_query(query))
        found = {}
        for segment in segments:
            for _segment, record_id in sorted(r for r in rows if r[0] == segment.id):
                key = (segment.model, record_id)
                found[key] = found.get(key, segment.browse()) | segment
        return found

    def _get_membership_sql(self, records):
        """SELECT of this segment and those of the records that are in it; or None."""
        self.ensure_one()
        model = records.sudo().with_context(active_test=False)
        query = model._search(self._get_domain() & Domain("id", "in", records.ids))
        if query.is_empty():
            return None
        member = SQL.identifier(query.table, "id")
        return SQL("(%s)", query.select(SQL("%s AS segment", self.id), member))

    def _get_response_text(self):
        self.ensure_one()
        return f"{self.name}: {self.response}"


class ResPartner(models.Model):
    """The reception reads how to treat this customer and this car (SEG-01 to 06)."""

    _inherit = "res.partner"

    def _get_desk_now(self, vehicle=None):
        lines = super()._get_desk_now(vehicle)
        cars = vehicle or self.vehicle_ids[:CARS_ASKED]
        found = self.env["dealer.segment"]._find_responses(self, cars)
        segments = self.env["dealer.segment"].sudo().union(*found.values())
        return lines + [
            self._line("info", "fa-lightbulb-o", segment._get_response_text())
            for segment in segments.sorted()
        ]


class DealerCallback(models.Model):
    """The caller reads the same."""

    _inherit = "dealer.callback"

    segment_responses = fields.Text(
        "How we treat them",
        compute="_compute_segment_responses",
        help="Of the segments that the customer and his car are in.",
    )

    @api.depends("partner_id", "vehicle_id")
    @api.depends_context("lang")
    def _compute_segment_responses(self):
        found = self.env["dealer.segment"]._find_responses(
            self.partner_id, self.vehicle_id
        )
        empty = self.env["dealer.segment"].sudo()
        for callback in self:
            segments = found.get(
                ("res.partner", callback.partner_id.id), empty
            ) | found.get(("fleet.vehicle", callback.vehicle_id.id), empty)
            callback.segment_responses = "\n".join(
                segment._get_response_text() for segment in segments.sorted()
            )
