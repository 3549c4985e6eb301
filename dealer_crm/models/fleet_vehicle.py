# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..tools.counters import fill_counter
from ..tools.import_messages import drop_repeated_error


class FleetVehicle(models.Model):
    """A car of the dealership's world: a customer's, or one to be sold.

    ``trade_state`` tells them from the company's own cars, which stay the business of
    the Fleet app. Customers' cars never use ``driver_id``: core keeps a history and
    makes to-dos for it.
    """

    _inherit = "fleet.vehicle"

    trade_state = fields.Selection(
        [
            ("customer", "Customer's Car"),
            ("ordered", "Ordered"),
            ("in_transit", "In Transit"),
            ("in_stock", "In Stock"),
            ("allocated", "Allocated"),
            ("demo", "Demo Car"),
            ("sold", "Sold, not delivered"),
        ],
        index="btree_not_null",
        tracking=True,
        help="Empty for the company's own fleet.",
    )
    origin = fields.Selection(
        [
            ("own_sale", "Sold by us"),
            ("other_dealer", "Other Dealer"),
            ("trade_in", "Trade-in"),
        ]
    )
    usage = fields.Selection(
        [
            ("private", "Private"),
            ("official", "Official"),
            ("commercial", "Commercial"),
        ],
        default="private",
        index="btree_not_null",
    )
    engine_number = fields.Char(index="btree_not_null", copy=False)
    gearbox_number = fields.Char(copy=False)
    purchase_date = fields.Date(index="btree_not_null", copy=False)
    warranty_end_date = fields.Date("Warranty until", copy=False)
    warranty_end_odometer = fields.Integer("Warranty until (km)", copy=False)
    sales_user_id = fields.Many2one(
        "res.users", "Sales Consultant", copy=False, index="btree_not_null"
    )
    advisor_id = fields.Many2one(
        "res.users", "Service Advisor", copy=False, index="btree_not_null"
    )
    contact_ids = fields.One2many(
        "dealer.contact",
        "vehicle_id",
        "Contact Ledger",
        groups="dealer_crm.group_dealer_user",
    )
    contact_count = fields.Integer(
        compute="_compute_contact_count", groups="dealer_crm.group_dealer_user"
    )

    _company_car_idx = models.Index("(id) WHERE trade_state IS NULL")

    @api.depends("contact_ids")
    def _compute_contact_count(self):
        fill_counter(self, "contact_count", "dealer.contact", "vehicle_id")

    @api.depends("vin_sn", "trade_state")
    def _compute_vehicle_name(self):
        """A car to sell has no plate: the end of its VIN tells it from the others.

        A card that is being filled in has no name before model or plate are known.
        """
        result = super()._compute_vehicle_name()
        for vehicle in self.filtered("trade_state"):
            model = vehicle.model_id
            if not model and not vehicle.license_plate:
                vehicle.name = False
            elif vehicle.vin_sn and not vehicle.license_plate:
                vehicle.name = f"{model.display_name}/{vehicle.vin_sn[-8:]}"
        return result

    def write(self, vals):
        """Staff may archive a card: core looks into Fleet's contracts for it."""
        if vals.get("active") is False and not self.env.su:
            self.check_access("write")
            super(FleetVehicle, self.sudo()).write({"active": False})
            vals = {name: value for name, value in vals.items() if name != "active"}
        return super().write(vals)

    @api.model
    def get_import_templates(self):
        if not self.env.context.get("default_trade_state"):
            return super().get_import_templates()
        suffix = "" if (self.env.lang or "").startswith("zh") else "_en"
        return [
            {
                "label": self.env._("Import Template for Vehicles"),
                "template": f"/dealer_crm/static/xls/vehicles{suffix}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Core's import; for our cars each mistake is told on its own line."""
        result = super().load(fields, data)
        if self.env.context.get("default_trade_state"):
            drop_repeated_error(result["messages"])
        return result

    def get_formview_id(self, access_uid=None):
        """The dealership's staff meets its cars on the vehicle card, wherever from."""
        if self.trade_state and self.env.user.has_group("dealer_crm.group_dealer_user"):
            return self.env.ref("dealer_crm.fleet_vehicle_view_form").id
        if self.trade_state and self._is_purchase_reader():
            return self.env.ref("dealer_crm.fleet_vehicle_view_form_purchase").id
        return super().get_formview_id(access_uid=access_uid)

    @api.model
    def _is_purchase_reader(self):
        """Accountants see what a car cost, no more of the trade."""
        user = self.env.user
        return user.has_group("account.group_account_invoice") and not user.has_group(
            "fleet.fleet_group_user"
        )

    def _lock_card(self, message):
        """Two people change one card at once: the second is told.

        :param str message: what the second is told, translated
        :raises AccessError: for who may not change cards
        :raises UserError: while somebody else changes this card
        """
        self.check_access("write")
        try:
            self.sudo().lock_for_update()
        except LockError as error:
            raise UserError(message) from error

    def action_view_dealer_contacts(self):
        """The contacts about this car."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.dealer_contact_action"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {
            "default_vehicle_id": self.id,
            "default_partner_id": self.owner_id.id,
        }
        return action
