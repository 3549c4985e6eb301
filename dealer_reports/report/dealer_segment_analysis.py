# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class DealerSegmentAnalysis(models.Model):
    """Who is in which segment, as of now: segments by area, class, use or age.

    A line per member of each segment, made from the segments' own conditions and with
    the rights of whoever asks: the totals are those of the lists of members. A car can
    be in several segments, so lines of different segments do not add up to all cars.
    """

    _name = "dealer.segment.analysis"
    _description = "Segment Analysis"
    _auto = False
    _order = "segment_id, id"
    _rec_name = "segment_id"

    segment_id = fields.Many2one("dealer.segment", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True)
    company_id = fields.Many2one("res.company", "Branch", readonly=True)
    state_id = fields.Many2one("res.country.state", "Province", readonly=True)
    city = fields.Char(readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", readonly=True)
    vehicle_class = fields.Selection(
        selection=lambda self: self._get_vehicle_selection("vehicle_class"),
        readonly=True,
    )
    usage = fields.Selection(
        selection=lambda self: self._get_vehicle_selection("usage"), readonly=True
    )
    age_band = fields.Selection(
        selection=lambda self: self._get_vehicle_selection("age_band"), readonly=True
    )

    def _get_vehicle_selection(self, name):
        field = self.env["fleet.vehicle"]._fields[name]
        return field.get_description(self.env, ["selection"])["selection"]

    @property
    def _table_query(self):
        segments = self.env["dealer.segment"].search(Domain.TRUE)
        parts = [self._get_segment_query(segment) for segment in segments]
        return SQL(
            """
            SELECT row_number() OVER (
                       ORDER BY segment_id, vehicle_id, partner_id) AS id,
                   member.*
              FROM (%s) member
            """,
            SQL(" UNION ALL ").join([*parts, self._get_no_member_query()]),
        )

    def _get_segment_query(self, segment):
        """The members of a segment that the user may see."""
        members = self.env[segment.model]._search(segment._get_domain()).subselect()
        if segment.model == "res.partner":
            return SQL(
                """
                SELECT %s AS segment_id, p.id AS partner_id, NULL::int AS vehicle_id,
                       p.company_id, p.state_id, p.city, NULL::int AS model_id,
                       NULL AS vehicle_class, NULL AS usage, NULL AS age_band
                  FROM res_partner p WHERE p.id IN %s
                """,
                segment.id,
                members,
            )
        return SQL(
            """
            SELECT %s AS segment_id, v.owner_id AS partner_id, v.id AS vehicle_id,
                   v.company_id, p.state_id, p.city, v.model_id,
                   v.vehicle_class, v.usage, v.age_band
              FROM fleet_vehicle v
         LEFT JOIN res_partner p ON p.id = v.owner_id
             WHERE v.id IN %s
            """,
            segment.id,
            members,
        )

    def _get_no_member_query(self):
        """No row, but the type of every column also where no segment exists."""
        return SQL(
            """
            SELECT NULL::int AS segment_id, NULL::int AS partner_id,
                   NULL::int AS vehicle_id, NULL::int AS company_id,
                   NULL::int AS state_id, NULL::varchar AS city,
                   NULL::int AS model_id, NULL::varchar AS vehicle_class,
                   NULL::varchar AS usage, NULL::varchar AS age_band
             WHERE FALSE
            """
        )

    def action_open_member(self):
        """The customer's file or the vehicle card behind a line."""
        self.ensure_one()
        record = self.vehicle_id or self.partner_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(record.get_formview_id(), "form")],
        }
