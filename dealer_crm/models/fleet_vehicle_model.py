# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain


class FleetVehicleModel(models.Model):
    _inherit = "fleet.vehicle.model"

    @api.model
    def name_create(self, name):
        """ "Brand/Model" as lists and imports write it makes both where missing."""
        brand_name, slash, model_name = (part.strip() for part in name.partition("/"))
        if not (slash and brand_name and model_name):
            return super().name_create(name)
        brands = self.env["fleet.vehicle.model.brand"]
        brand = brands.search([("name", "=ilike", brand_name)], limit=1)
        brand = brand or brands.create({"name": brand_name})
        model = self.create(
            # core takes every new model for an electric one
            {"name": model_name, "brand_id": brand.id, "default_fuel_type": False}
        )
        return model.id, model.display_name

    @api.model
    def _search_display_name(self, operator, value):
        """Find a model by what the lists show, "Brand/Model", as imports write it."""
        domain = super()._search_display_name(operator, value)
        if domain is NotImplemented:
            return domain
        values = [value] if isinstance(value, str) else list(value or [])
        pairs = [v.split("/", 1) for v in values if isinstance(v, str) and "/" in v]
        return Domain.OR(
            [
                Domain(domain),
                *(
                    Domain("brand_id.name", "=ilike", brand.strip())
                    & Domain("name", operator, [model.strip()])
                    if operator == "in"
                    else Domain("brand_id.name", "=ilike", brand.strip())
                    & Domain("name", operator, model.strip())
                    for brand, model in pairs
                ),
            ]
        )
