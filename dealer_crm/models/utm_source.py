# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class UtmSource(models.Model):
    """Sources of prospects in the words of the trade; core's names are one language."""

    _inherit = "utm.source"
    _rec_names_search = ["name", "dealer_label"]

    dealer_label = fields.Char(
        "Name at the Dealership",
        translate=True,
        help="Shown instead of the name, in the language of who looks.",
    )

    @api.depends("name", "dealer_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labelled = self.filtered("dealer_label")
        for source in labelled:
            source.display_name = source.dealer_label
        return super(UtmSource, self - labelled)._compute_display_name()
