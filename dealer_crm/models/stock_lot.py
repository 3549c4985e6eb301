# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..tools.vin import normalize_vin


class StockLot(models.Model):
    """A serial number that is the VIN of a car to sell belongs to its card."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        lots = super().create(vals_list)
        lots._link_dealer_cars()
        return lots

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._link_dealer_cars()
        return result

    def _link_dealer_cars(self):
        """Tie lots to the cards without a lot that have their name as VIN.

        With all rights: whoever receives goods need not see vehicle cards.
        """
        by_vin = {normalize_vin(lot.name): lot for lot in self.sudo() if lot.name}
        cars = (
            self.env["fleet.vehicle"]
            .sudo()
            .search(
                [
                    ("vin_sn", "in", list(by_vin)),
                    ("trade_state", "not in", ("customer", False)),
                    ("lot_id", "=", False),
                ]
            )
        )
        for car in cars:
            lot = by_vin[car.vin_sn]
            if not lot.company_id or lot.company_id == car.company_id:
                car.lot_id = lot
