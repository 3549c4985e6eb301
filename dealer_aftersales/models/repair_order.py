# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class RepairOrder(models.Model):
    """A repair order on a vehicle: who brought it, with which wish, what was done."""

    _inherit = "repair.order"

    # Core shows both as read-only; a history import brings number and branch along.
    name = fields.Char(readonly=False)
    company_id = fields.Many2one(readonly=False)
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        domain="[('trade_state', '!=', False)]",
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    vin_sn = fields.Char(related="vehicle_id.vin_sn")
    bringer_id = fields.Many2one(
        "res.partner",
        "Brought by",
        check_company=True,
        index="btree_not_null",
        help="Empty where the customer came himself.",
    )
    contact_phone = fields.Char("Phone", compute="_compute_contact_phone")
    service_kind = fields.Selection(
        [
            ("maintenance", "Maintenance"),
            ("general", "General Repair"),
            ("warranty", "Warranty"),
            ("accident", "Accident"),
            ("comeback", "Comeback"),
        ],
        default="general",
        index="btree_not_null",
        tracking=True,
    )
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        index="btree_not_null",
        default=lambda self: self._get_default_advisor(),
    )
    date_in = fields.Datetime("Received on", default=fields.Datetime.now, copy=False)
    date_promised = fields.Datetime("Promised for", copy=False)
    date_delivered = fields.Datetime("Delivered on", copy=False, tracking=True)
    odometer_in = fields.Integer("Odometer in (km)", copy=False, tracking=True)
    odometer_out = fields.Integer("Odometer out (km)", copy=False, tracking=True)
    concern_ids = fields.One2many("dealer.repair.concern", "repair_id", "Concerns")
    labor_ids = fields.One2many("dealer.repair.labor", "repair_id", "Labour")
    odometer_ids = fields.One2many("fleet.vehicle.odometer", "repair_id", "Readings")
    callback_ids = fields.One2many("dealer.callback", "repair_id", "Callbacks")
    work_summary = fields.Char(compute="_compute_work_summary")
    parts_history = fields.Text(
        "Parts replaced",
        copy=False,
        help="Parts of an order taken over from another system.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount_labor = fields.Monetary(
        "Labour Amount", compute="_compute_amounts", store=True
    )
    amount_parts_history = fields.Monetary("Parts Amount (history)", copy=False)
    amount_parts = fields.Monetary(
        "Parts Amount", compute="_compute_amounts", store=True
    )
    amount_total = fields.Monetary("Total", compute="_compute_amounts", store=True)

    _delivered_idx = models.Index(
        "(company_id, date_delivered) WHERE date_delivered IS NOT NULL"
    )
    _vehicle_delivered_idx = models.Index(
        "(vehicle_id, date_delivered DESC) WHERE vehicle_id IS NOT NULL"
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, name) WHERE vehicle_id IS NOT NULL",
        "Order number: the branch has an order with this number already.",
    )
    _odometer_check = models.Constraint(
        "CHECK (odometer_in >= 0 AND odometer_out >= 0)",
        "Odometer: kilometres cannot be negative.",
    )

    @api.model
    def _get_default_advisor(self):
        is_advisor = self.env.user.has_group("dealer_aftersales.group_service_advisor")
        return self.env.user if is_advisor else False

    @api.depends("name")
    def _compute_display_name(self):
        """An order that is not saved has no number; core's "New" is not translated."""
        res = super()._compute_display_name()
        for repair in self.filtered(lambda r: not r._origin):
            repair.display_name = self.env._("New")
        return res

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        """The owner is the customer, unless somebody else was chosen."""
        with_car = self.filtered(lambda r: r.vehicle_id.owner_id and not r.picking_id)
        for repair in with_car:
            repair.partner_id = repair.partner_id or repair.vehicle_id.owner_id
        return super(RepairOrder, self - with_car)._compute_partner_id()

    @api.depends("bringer_id.phone", "partner_id.phone")
    @api.depends_context("uid")
    def _compute_contact_phone(self):
        phones = (self.bringer_id | self.partner_id)._get_visible_phones()
        for repair in self:
            repair.contact_phone = phones.get(repair.bringer_id.id) or phones.get(
                repair.partner_id.id
            )

    @api.depends("labor_ids.name", "concern_ids.name")
    def _compute_work_summary(self):
        for repair in self:
            lines = repair.labor_ids or repair.concern_ids
            repair.work_summary = ", ".join(lines.mapped("name"))

    def _get_parts_text(self):
        """Parts put into the car, in words; also those of another system's order."""
        self.ensure_one()
        # Who reads the order may know its parts, but not read the stock's moves.
        moves = self.sudo().move_ids.filtered(lambda m: m.repair_line_type == "add")
        parts = [
            f"{move.product_id.display_name} × {move.product_uom_qty:g}"
            for move in moves
        ]
        return ", ".join(filter(None, [self.parts_history, *parts]))

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._is_history_reader())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Who has no part in the workshop reads the order without its stock moves."""
        if view_type == "form" and not view_id and self._is_history_reader():
            view_id = self.env.ref(
                "dealer_aftersales.repair_order_view_form_history"
            ).id
        return super()._get_view(view_id, view_type, **options)

    @api.model
    def _is_history_reader(self):
        return not (self.env.su or self.env.user.has_group("stock.group_stock_user"))

    def action_open_vehicle(self):
        """The card of the car on this order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "fleet.vehicle",
            "res_id": self.vehicle_id.id,
            "views": [(self.env.ref("dealer_crm.fleet_vehicle_view_form").id, "form")],
        }
