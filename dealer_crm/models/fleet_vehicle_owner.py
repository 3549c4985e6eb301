# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class FleetVehicle(models.Model):
    """The present owner, kept in step with the dated roles in both directions."""

    _inherit = "fleet.vehicle"

    owner_id = fields.Many2one(
        "res.partner",
        "Owner",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
    )
    owner_phone = fields.Char("Owner's Phone", related="owner_id.phone")
    purchase_price = fields.Monetary(
        copy=False, help="What the present owner paid for the car."
    )
    party_ids = fields.One2many("dealer.vehicle.party", "vehicle_id", "Who is who")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("owner_id"):
                vals.setdefault("trade_state", "customer")
        vehicles = super().create(vals_list)
        vehicles.filtered("owner_id")._open_ownership()
        return vehicles

    def write(self, vals):
        changed = self.browse()
        if "owner_id" in vals:
            changed = self.filtered(lambda v: v.owner_id.id != vals["owner_id"])
        result = super().write(vals)
        if changed and not self.env.context.get("dealer_owner_from_party"):
            changed._close_ownership()
            changed.filtered("owner_id")._open_ownership()
        elif {"purchase_date", "purchase_price"} & vals.keys() and not (
            self.env.context.get("dealer_owner_from_party")
        ):
            self._update_ownership()
        return result

    def _prepare_ownership_values(self):
        self.ensure_one()
        return {
            "vehicle_id": self.id,
            "partner_id": self.owner_id.id,
            "role": "owner",
            "date_from": self.purchase_date,
            "price": self.purchase_price,
        }

    def _open_ownership(self):
        """Write the owner line of each car in one batch."""
        self.env["dealer.vehicle.party"].with_context(
            dealer_owner_from_vehicle=True
        ).create([vehicle._prepare_ownership_values() for vehicle in self])

    def _close_ownership(self):
        """End the open owner line: on the day of the new purchase, else today."""
        today = fields.Date.context_today(self)
        for party in self._get_open_ownerships():
            end = party.vehicle_id.purchase_date or today
            party.with_context(dealer_owner_from_vehicle=True).date_to = max(
                end, party.date_from or end
            )

    def _update_ownership(self):
        """A corrected purchase date or price goes to the open owner line."""
        for party in self._get_open_ownerships():
            vehicle = party.vehicle_id
            party.with_context(dealer_owner_from_vehicle=True).write(
                {
                    "date_from": vehicle.purchase_date,
                    "price": vehicle.purchase_price,
                }
            )

    def _get_open_ownerships(self):
        return self.party_ids.filtered(lambda p: p.role == "owner" and not p.date_to)

    def _update_owner_from_parties(self):
        """Take owner, date and price from the open owner line, if there is one."""
        for vehicle in self.with_context(dealer_owner_from_party=True):
            party = vehicle._get_open_ownerships()[:1]
            if vehicle.owner_id != party.partner_id:
                vehicle.owner_id = party.partner_id
            if not party:
                continue
            if vehicle.purchase_date != party.date_from:
                vehicle.purchase_date = party.date_from
            if vehicle.purchase_price != party.price:
                vehicle.purchase_price = party.price
