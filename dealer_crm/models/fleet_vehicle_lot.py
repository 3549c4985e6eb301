# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class FleetVehicle(models.Model):
    """Location and arrival come from Inventory where cars are kept there."""

    _inherit = "fleet.vehicle"

    @api.model_create_multi
    def create(self, vals_list):
        vehicles = super().create(vals_list)
        vehicles.sudo()._find_lots()
        return vehicles

    def write(self, vals):
        result = super().write(vals)
        if vals.get("vin_sn"):
            self.sudo()._find_lots()
        return result

    def _find_lots(self):
        """A car entered after its serial number finds it by the VIN."""
        cars = self.filtered(
            lambda v: (
                v.vin_sn and not v.lot_id and v.trade_state not in ("customer", False)
            )
        )
        if not cars:
            return
        lots = self.env["stock.lot"].search([("name", "in", cars.mapped("vin_sn"))])
        lots._link_dealer_cars()
        self._follow_lots(lots)

    @api.model
    def _follow_lots(self, lots):
        """Bring the cards of lots in step with where the stock is.

        Only cars on hand are touched: what left to a customer is told by the
        delivery of the car, not by a stock move.
        """
        domain = Domain("lot_id", "in", lots.ids) & Domain(
            "trade_state", "not in", ("customer", False)
        )
        cars = self.search(domain)
        if not cars:
            return
        places = dict(
            self.env["stock.quant"]._read_group(
                [
                    ("lot_id", "in", cars.lot_id.ids),
                    ("location_id.usage", "=", "internal"),
                    ("quantity", ">", 0),
                ],
                ["lot_id"],
                ["location_id:recordset"],
            )
        )
        for location, group in cars.grouped(
            lambda v: places.get(v.lot_id, self.env["stock.location"])[:1]
        ).items():
            group._set_stock_location(location)

    def _set_stock_location(self, location):
        moved = self.filtered(lambda v: v.stock_location_id != location)
        moved.write({"stock_location_id": location.id})
        if location:
            for company, cars in (
                self.filtered(lambda v: not v.arrival_date)
                .grouped("company_id")
                .items()
            ):
                today = (company or self.env.company)._get_dealer_today()
                cars.write({"arrival_date": fields.Date.to_string(today)})
