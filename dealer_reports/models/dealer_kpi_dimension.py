# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval

from odoo import fields, models


class DealerKpi(models.Model):
    """Only some lines of a dimension: praise stands in no ranking of problems."""

    _inherit = "dealer.kpi"

    dimension_model = fields.Char(
        related="dimension_field_id.relation", store=True, string="Model of the Lines"
    )
    dimension_domain = fields.Char(
        "Only lines of", help="Conditions on the records that make the lines."
    )

    def _read_numerator(self, domain):
        groups = super()._read_numerator(domain)
        if not self.dimension_field_id or not self.dimension_domain:
            return groups
        records = self.env[self.dimension_field_id.relation].union(
            *(record for record, _numbers in groups)
        )
        kept = records.filtered_domain(literal_eval(self.dimension_domain))
        return [(record, numbers) for record, numbers in groups if record in kept]
