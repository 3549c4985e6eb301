# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: what the origin of a car says about its first owner
OWNER_SOURCE_BY_ORIGIN = {"own_sale": "own_sale", "other_dealer": "other_dealer"}


class FleetVehicle(models.Model):
    """The present owner, kept in step with the dated roles in both directions."""

    _inherit = "fleet.vehicle"

    owner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
    )
    owner_phone = fields.Char(
        "Owner's Phone",
        compute="_compute_owner_phone",
        search="_search_owner_phone",
        groups="dealer_crm.group_dealer_user",
    )
    purchase_price = fields.Monetary(
        copy=False, help="What the present owner paid for the car."
    )
    party_ids = fields.One2many(
        "dealer.vehicle.party",
        "vehicle_id",
        "Who is who",
        groups="dealer_crm.group_dealer_user",
    )

    @api.depends("owner_id.phone")
    @api.depends_context("uid")
    def _compute_owner_phone(self):
        phones = self.owner_id._get_visible_phones()
        for vehicle in self:
            vehicle.owner_phone = phones.get(vehicle.owner_id.id, False)

    def _search_owner_phone(self, operator, value):
        return [("owner_id.phone", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("owner_id"):
                vals.setdefault("trade_state", "customer")
        vehicles = super().create(vals_list)
        vehicles.filtered("owner_id")._open_ownership()
        vehicles._open_owner_files()
        return vehicles

    def write(self, vals):
        if self.env.su and self.env.context.get("dealer_owner_from_party"):
            return super().write(vals)
        changed, resold = self.browse(), self.browse()
        if "owner_id" in vals:
            changed = self.filtered(lambda v: v.owner_id.id != vals["owner_id"])
        if vals.get("owner_id"):
            resold = changed.filtered("owner_id")
        if resold and resold != self:
            (self - resold).write(vals)
            return resold.write(vals)
        if resold:
            # date and price of the former owner's purchase are not the new one's
            today = fields.Date.context_today(self)
            vals = {"purchase_date": today, "purchase_price": 0, **vals}
        result = super().write(vals)
        if changed:
            changed._close_ownership()
            changed.filtered("owner_id")._open_ownership()
            changed._open_owner_files()
        if {"purchase_date", "purchase_price"} & vals.keys():
            (self - changed)._update_ownership()
        return result

    def _prepare_ownership_values(self):
        self.ensure_one()
        return {
            "vehicle_id": self.id,
            "partner_id": self.owner_id.id,
            "role": "owner",
            "date_from": self.purchase_date,
            "price": self.purchase_price,
            "source": OWNER_SOURCE_BY_ORIGIN.get(self.origin, False),
        }

    def _open_ownership(self):
        """Write the owner line of each car in one batch."""
        self.env["dealer.vehicle.party"].sudo().with_context(
            dealer_owner_from_vehicle=True
        ).create([vehicle._prepare_ownership_values() for vehicle in self])

    def _close_ownership(self):
        """End the open owner line: on the day of the new purchase, else today."""
        today = fields.Date.context_today(self)
        parties = self._get_open_ownerships()
        for party in parties:
            vehicle = party.vehicle_id
            end = vehicle.owner_id and vehicle.purchase_date or today
            party.with_context(dealer_owner_from_vehicle=True).date_to = max(
                end, party.date_from or end
            )
        parties.flush_recordset(["date_to"])  # before the next line is inserted

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
        """Read with all rights: whoever may change the card keeps its history."""
        parties = self.sudo().party_ids
        return parties.filtered(lambda p: p.role == "owner" and not p.date_to)

    def _update_owner_from_parties(self):
        """Take owner, date and price from the open owner line, if there is one."""
        for vehicle in self:
            party = vehicle._get_open_ownerships()[:1]
            values = {"owner_id": party.partner_id.id}
            if party:
                values |= {
                    "purchase_date": party.date_from,
                    "purchase_price": party.price,
                }
            card = vehicle._convert_to_write({name: vehicle[name] for name in values})
            if card == values:
                continue
            vehicle.check_access("write")
            # the context is honoured with all rights only: no client may send it
            vehicle.sudo().with_context(dealer_owner_from_party=True).write(values)
            vehicle._open_owner_files()

    def _open_owner_files(self):
        """The owner of a customer's car is a customer; the branch itself is not."""
        owners = self.sudo().filtered("trade_state").owner_id
        owners.filtered(
            lambda p: not p.file_state
            and p._is_customer_phone_valid()
            and not p.ref_company_ids
        )._open_customer_file()
