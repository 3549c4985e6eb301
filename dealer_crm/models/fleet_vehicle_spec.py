# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dealer_trade_words import use_trade_words
from .fleet_vehicle_model_spec import BODY_TYPES, DRIVE_TYPES


class FleetVehicle(models.Model):
    """Technical data: a new card takes the model's values, each may be overridden.

    Core does so for seats, power and the like; these are the ones it lacks.
    """

    _inherit = "fleet.vehicle"

    fuel_type = fields.Selection(selection_add=[("range_extender", "Range Extender")])
    displacement = fields.Integer(
        "Displacement (ml)", compute="_compute_displacement", store=True, readonly=False
    )
    drive_type = fields.Selection(
        DRIVE_TYPES,
        "Drive",
        compute="_compute_drive_type",
        store=True,
        readonly=False,
    )
    body_type = fields.Selection(
        BODY_TYPES,
        "Body",
        compute="_compute_body_type",
        store=True,
        readonly=False,
    )
    battery_capacity = fields.Float(
        "Battery (kWh)",
        digits=(8, 2),
        compute="_compute_battery_capacity",
        store=True,
        readonly=False,
        aggregator=None,
    )
    vehicle_range = fields.Integer(
        compute="_compute_vehicle_range", store=True, readonly=False
    )
    vehicle_class = fields.Selection(
        related="model_id.vehicle_class", store=True, index="btree_not_null"
    )

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

    def _load_spec_from_model(self, name):
        """Copy one field of the model; an empty value of the model changes nothing."""
        for vehicle in self:
            vehicle[name] = vehicle.model_id[name] or vehicle[name]

    @api.depends("model_id")
    def _compute_displacement(self):
        self._load_spec_from_model("displacement")

    @api.depends("model_id")
    def _compute_drive_type(self):
        self._load_spec_from_model("drive_type")

    @api.depends("model_id")
    def _compute_body_type(self):
        self._load_spec_from_model("body_type")

    @api.depends("model_id")
    def _compute_battery_capacity(self):
        self._load_spec_from_model("battery_capacity")

    @api.depends("model_id")
    def _compute_vehicle_range(self):
        self._load_spec_from_model("vehicle_range")
