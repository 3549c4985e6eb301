# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.addons.dealer_crm.tools.vin import normalize_vin
from odoo.exceptions import AccessError, UserError, ValidationError


class DealerRecall(models.Model):
    """A maker's recall or service campaign: which cars, what is to be done."""

    _name = "dealer.recall"
    _description = "Recall"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_names_search = ["code", "name"]

    code = fields.Char("Recall No.", required=True, index=True, tracking=True)
    name = fields.Char("Subject", required=True, tracking=True)
    active = fields.Boolean(default=True)
    brand_id = fields.Many2one("fleet.vehicle.model.brand")
    model_ids = fields.Many2many("fleet.vehicle.model", string="Models")
    date = fields.Date("Announced on", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Ends on", help="Empty: until every car is done.")
    is_safety = fields.Boolean(
        "Safety", default=True, help="A safety recall is shown in red."
    )
    description = fields.Text("Work to do")
    product_id = fields.Many2one(
        "product.product",
        "Operation",
        domain="[('type', '=', 'service')]",
        help="Goes onto the repair order with one click, paid by the maker.",
    )
    company_id = fields.Many2one(
        "res.company", "Branch", help="Empty: for all branches."
    )
    line_ids = fields.One2many("dealer.recall.line", "recall_id", "Cars")
    line_count = fields.Integer("Listed Cars", compute="_compute_line_count")
    open_count = fields.Integer("Open", compute="_compute_line_count")
    vin_text = fields.Text(
        "Add VINs",
        store=False,
        compute="_compute_vin_text",
        inverse="_inverse_vin_text",
        help="Paste the maker's list: VINs between blanks, commas or line ends.",
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "Recall No.: there is a recall with this number already.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_end >= date)", "Ends on: the end lies before the announcement."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for recall in self:
            recall.display_name = f"{recall.code or ''} {recall.name or ''}".strip()

    @api.depends("line_ids.state")
    def _compute_line_count(self):
        fill_counter(self, "line_count", "dealer.recall.line", "recall_id")
        still = [("state", "=", "open"), ("vehicle_id", "!=", False)]
        fill_counter(self, "open_count", "dealer.recall.line", "recall_id", still)

    def _compute_vin_text(self):
        self.vin_text = False

    def _inverse_vin_text(self):
        for recall in self.filtered("vin_text"):
            recall._add_vins(recall.vin_text)

    def _add_vins(self, text):
        """Add the cars of a pasted list; those that are on the recall stay as they are.

        :raises ValidationError: naming what is no VIN
        :return: the new lines
        """
        self.ensure_one()
        words = text.replace(",", " ").replace(";", " ").replace("，", " ").split()
        vins = dict.fromkeys(normalize_vin(word) for word in words)
        wrong = [vin for vin in vins if len(vin) != 17 or not vin.isalnum()]
        if wrong:
            raise ValidationError(
                self.env._("Add VINs: not 17 characters: %(vins)s", vins=wrong[:10])
            )
        lines = self.env["dealer.recall.line"]
        known = lines.sudo().search([("recall_id", "=", self.id)]).mapped("vin")
        fresh = [vin for vin in vins if vin not in set(known)]
        return lines.create([{"recall_id": self.id, "vin": vin} for vin in fresh])

    def action_view_cars(self):
        """The cars of this recall that are known here."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_recall_line_action"
        )
        action["domain"] = [("recall_id", "=", self.id)]
        action["context"] = {"default_recall_id": self.id}
        return action


class DealerRecallLine(models.Model):
    """One car of a recall by its VIN, known here or not, and whether it is done."""

    _name = "dealer.recall.line"
    _description = "Car of a Recall"
    _order = "recall_id desc, state desc, id"
    _rec_name = "vin"

    recall_id = fields.Many2one(
        "dealer.recall", required=True, index=True, ondelete="cascade"
    )
    vin = fields.Char("VIN", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
    )
    owner_id = fields.Many2one(related="vehicle_id.owner_id", string="Owner")
    owner_phone = fields.Char(related="vehicle_id.owner_phone")
    is_safety = fields.Boolean(related="recall_id.is_safety")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        required=True,
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
    )
    repair_id = fields.Many2one(
        "repair.order", "Repair Order", index="btree_not_null", copy=False
    )
    date_done = fields.Date(
        "Done on",
        compute="_compute_date_done",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
    )

    _vin_uniq = models.UniqueIndex(
        "(recall_id, vin)", "VIN: the car is on this recall already."
    )
    _vin_idx = models.Index("(vin)")

    @api.depends("repair_id.date_delivered")
    def _compute_date_done(self):
        """The day the order was delivered; a day entered by hand stays."""
        for line in self:
            repair = line.sudo().repair_id
            if not repair:
                line.date_done = line.date_done
                continue
            moment = repair.date_delivered
            day = moment and repair.company_id._get_dealer_day(moment)
            line.date_done = day or False

    @api.depends("date_done")
    def _compute_state(self):
        for line in self:
            line.state = "done" if line.date_done else "open"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._check_state_values(vals)
            vals["vin"] = normalize_vin(vals.get("vin") or "")
        records = self if self.env.su else without_defaults(self, {"state"})
        lines = super(DealerRecallLine, records).create(vals_list).with_env(self.env)
        lines._match_vehicles()
        return lines

    def write(self, vals):
        self._check_state_values(vals)
        if "vin" in vals:
            vals = {**vals, "vin": normalize_vin(vals["vin"] or "")}
        result = super().write(vals)
        if "vin" in vals or ("vehicle_id" in vals and not self.env.su):
            self._match_vehicles()
        return result

    @api.model
    def _check_state_values(self, vals):
        """:raises AccessError: for a client that sets what follows from the day"""
        if "state" in vals and not self.env.su:
            raise AccessError(
                self.env._("Status of a recalled car: enter the day it was done.")
            )

    def _match_vehicles(self):
        """Find the cards of the listed cars: one query for all."""
        cars = self.env["fleet.vehicle"].sudo().with_context(active_test=False)
        cars = cars.search(
            [("vin_sn", "in", self.mapped("vin")), ("trade_state", "!=", False)]
        )
        by_vin = {car.vin_sn: car for car in cars}
        for line in self.sudo():
            car = by_vin.get(line.vin, cars.browse())
            if line.vehicle_id != car:
                line.vehicle_id = car

    def action_done(self):
        """Done elsewhere, or without an order here."""
        self.check_access("write")
        for line in self.filtered(lambda line: line.state == "open"):
            line.date_done = fields.Date.context_today(self)
        return True

    def action_reopen(self):
        """A mistake is taken back.

        :raises UserError: when a delivered order did it
        """
        self.check_access("write")
        if self.sudo().repair_id.filtered("date_delivered"):
            raise UserError(
                self.env._("A delivered order did this: undo its delivery instead.")
            )
        self.write({"date_done": False, "repair_id": False})
        return True
