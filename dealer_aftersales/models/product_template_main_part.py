# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

MAIN_PARTS = [
    ("engine", "Engine"),
    ("gearbox", "Gearbox"),
    ("steering", "Steering"),
    ("brakes", "Brakes"),
    ("suspension", "Suspension and Axles"),
    ("body", "Body"),
    ("battery", "Drive Battery"),
    ("motor", "Drive Motor"),
]


class ProductTemplate(models.Model):
    """Parts that the law on exchange and return counts."""

    _inherit = "product.template"

    main_part = fields.Selection(
        MAIN_PARTS,
        help="Assembly this part belongs to. The same main part replaced twice counts "
        "for the Three Guarantees.",
    )
