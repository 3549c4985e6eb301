# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

OWNER_FIELDS = frozenset(
    {"role", "date_from", "date_to", "partner_id", "vehicle_id", "price"}
)
OWNER_SOURCES = [
    ("own_sale", "Bought from us"),
    ("other_dealer", "Other Dealer"),
    ("private", "Private Sale"),
    ("family", "Gift or Inheritance"),
    ("other", "Other"),
]


class DealerVehicleParty(models.Model):
    """Who is who on a car, and from when to when.

    The owner lines of a person are the purchase history; the one without an end
    is the present owner.
    """

    _name = "dealer.vehicle.party"
    _description = "Vehicle Role"
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(
        [
            ("owner", "Owner"),
            ("driver", "Driver"),
            ("bringer", "Bringer"),
            ("payer", "Payer"),
        ],
        required=True,
        default="owner",
    )
    date_from = fields.Date("Since", default=fields.Date.context_today)
    date_to = fields.Date("Until")
    sale_order_id = fields.Many2one("sale.order", "Contract", index="btree_not_null")
    company_id = fields.Many2one(related="vehicle_id.company_id")
    currency_id = fields.Many2one(related="vehicle_id.currency_id")
    price = fields.Monetary(help="What the owner paid for the car.")
    source = fields.Selection(OWNER_SOURCES, help="Where the owner got the car from.")
    vin_sn = fields.Char(related="vehicle_id.vin_sn")
    model_id = fields.Many2one(related="vehicle_id.model_id")
    license_plate = fields.Char(related="vehicle_id.license_plate")
    is_current = fields.Boolean(compute="_compute_is_current")

    _owner_uniq = models.UniqueIndex(
        "(vehicle_id) WHERE role = 'owner' AND date_to IS NULL",
        "A car has one present owner: end the earlier ownership first.",
    )
    _date_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "The end of a vehicle role lies before its beginning.",
    )

    @api.depends("date_to", "role")
    def _compute_is_current(self):
        """The day of a sale belongs to the new owner, the last day to all others."""
        today = fields.Date.context_today(self)
        for party in self:
            day = party.date_to
            is_last = day == today and party.role != "owner"
            party.is_current = not day or day > today or is_last

    @api.model
    def _get_current_domain(self, today):
        """The lines that hold on ``today``; twin of ``is_current``."""
        last_day = Domain("date_to", "=", today) & Domain("role", "!=", "owner")
        return Domain("date_to", "=", False) | Domain("date_to", ">", today) | last_day

    @api.constrains("role", "date_from", "date_to", "vehicle_id")
    def _check_owner_periods(self):
        """Two owners at one time are a typing error, not a history."""
        owners = self.filtered(lambda p: p.role == "owner").vehicle_id.party_ids
        known = owners.filtered(lambda p: p.role == "owner" and p.date_from)
        for vehicle, parties in known.grouped("vehicle_id").items():
            spans = sorted((p.date_from, p.date_to or date.max) for p in parties)
            for (_start, end), (start, _end) in pairwise(spans):
                if start < end:
                    raise ValidationError(
                        self.env._(
                            "Since: the owners of %(vehicle)s overlap on %(date)s.",
                            vehicle=vehicle.display_name,
                            date=start,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        parties._claim_vehicles()
        parties._refresh_owner()
        return parties

    def write(self, vals):
        vehicles = self.vehicle_id
        result = super().write(vals)
        if {"role", "date_from", "date_to", "vehicle_id"} & vals.keys():
            self._claim_vehicles()
        if OWNER_FIELDS & vals.keys():
            self._refresh_owner(vehicles)
        return result

    def unlink(self):
        vehicles = self.vehicle_id
        result = super().unlink()
        self._refresh_owner(vehicles)
        return result

    def _claim_vehicles(self):
        """Touch the cars: of two histories written at once the second is repeated.

        The check for overlaps sees its own transaction only. PostgreSQL refuses the
        second touch, and Odoo runs that request again, with both lines in sight.
        """
        if self.env.su and self.env.context.get("dealer_owner_from_vehicle"):
            return  # the car itself is being written
        cars = self.filtered(lambda p: p.role == "owner").vehicle_id
        if cars:
            self.env.cr.execute(
                SQL("UPDATE fleet_vehicle SET id = id WHERE id IN %s", tuple(cars.ids))
            )

    def _refresh_owner(self, vehicles=None):
        """Keep the car's stored owner in step with its open owner line."""
        if self.env.su and self.env.context.get("dealer_owner_from_vehicle"):
            return
        vehicles = (vehicles or self.env["fleet.vehicle"]) | self.exists().vehicle_id
        self.exists()._check_owner_end()
        vehicles._update_owner_from_parties()

    def _check_owner_end(self):
        """Nobody looks at the card again on the day of a planned end.

        :raises ValidationError: an owner's end in the future, and no next owner
        """
        for party in self.filtered(lambda p: p.role == "owner" and p.date_to):
            vehicle = party.vehicle_id
            company = vehicle.company_id or self.env.company
            if party.date_to <= company._get_dealer_today():
                continue
            if not vehicle._get_open_ownerships():
                raise ValidationError(
                    self.env._(
                        "Until: the ownership of %(name)s cannot end in the future. "
                        "Enter the end on that day, or the new owner on the card.",
                        name=party.partner_id.display_name,
                    )
                )
