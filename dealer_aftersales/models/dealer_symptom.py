# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DealerSymptom(models.Model):
    """A symptom by its code, so that the same complaint is found again."""

    _name = "dealer.symptom"
    _description = "Symptom"
    _order = "code, id"
    _rec_names_search = ("name", "code")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for imports and lists.")
    group = fields.Selection(
        [
            ("engine", "Engine"),
            ("gearbox", "Gearbox and Clutch"),
            ("brakes", "Brakes"),
            ("chassis", "Steering and Suspension"),
            ("electrical", "Electrics"),
            ("climate", "Air Conditioning"),
            ("body", "Body and Interior"),
            ("tyres", "Tyres and Wheels"),
        ],
        "Part of the Car",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "Each code stands once.")
