# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dealer_trade_words import use_trade_words

DRIVE_TYPES = [
    ("fwd", "Front-Wheel Drive"),
    ("rwd", "Rear-Wheel Drive"),
    ("awd", "All-Wheel Drive"),
    ("4wd", "Four-Wheel Drive"),
]
BODY_TYPES = [
    ("sedan", "Sedan"),
    ("hatchback", "Hatchback"),
    ("suv", "SUV"),
    ("mpv", "MPV"),
    ("wagon", "Station Wagon"),
    ("coupe", "Coupe"),
    ("convertible", "Convertible"),
    ("pickup", "Pickup"),
    ("van", "Van"),
    ("other", "Other"),
]
VEHICLE_CLASSES = [
    ("entry", "Entry"),
    ("middle", "Middle"),
    ("upper", "Upper Middle"),
    ("premium", "Premium"),
    ("luxury", "Luxury"),
]


class FleetVehicleModel(models.Model):
    """What all cars of a model have in common: class, price, warranty, technics."""

    _inherit = "fleet.vehicle.model"

    default_fuel_type = fields.Selection(
        selection_add=[("range_extender", "Range Extender")]
    )
    series = fields.Char(index="btree_not_null", tracking=True)
    vehicle_class = fields.Selection(VEHICLE_CLASSES, index=True, tracking=True)
    body_type = fields.Selection(BODY_TYPES, "Body", tracking=True)
    displacement = fields.Integer("Displacement (ml)", tracking=True)
    battery_capacity = fields.Float("Battery (kWh)", digits=(8, 2), tracking=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    list_price = fields.Monetary(tracking=True)
    warranty_months = fields.Integer("Warranty (months)", tracking=True)
    warranty_km = fields.Integer("Warranty (km)", tracking=True)

    sanbao_months = fields.Integer(
        "Three Guarantees (months)",
        default=24,
        help="Validity of the legal right to exchange or return a household car.",
    )
    sanbao_km = fields.Integer("Three Guarantees (km)", default=50000)

    _warranty_check = models.Constraint(
        "CHECK (warranty_months >= 0 AND warranty_km >= 0)",
        "Warranty: months and kilometres cannot be negative.",
    )

    @api.depends_context("company")
    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Energies and gearboxes as dealerships call them in the user's language."""
        return use_trade_words(self.env, super().fields_get(allfields, attributes))

    @api.model
    def _get_year_selection(self):
        """Next year's models are sold in autumn."""
        years = super()._get_year_selection()
        following = fields.Date.context_today(self).year + 1
        if str(following) not in dict(years):
            years.append((str(following), following))
        return years
