# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.warranty import inside_term


class DealerServiceContract(models.Model):
    """An extended warranty or a pack of free services on one car.

    It goes with the car to the next owner, unless its type is personal.
    """

    _name = "dealer.service.contract"
    _description = "Service Contract"
    _inherit = ["mail.thread", "dealer.expiry.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        "Contract No.", required=True, index="trigram", tracking=True, copy=False
    )
    type_id = fields.Many2one(
        "dealer.service.contract.type",
        "Contract Type",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    kind = fields.Selection(related="type_id.kind", store=True)
    company_id = fields.Many2one(
        "res.company", "Branch", required=True, default=lambda self: self.env.company
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        domain="[('trade_state', '!=', False)]",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Holder",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
    )
    date_start = fields.Date(
        "Begins on",
        compute="_compute_term",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_end = fields.Date(
        "Ends on",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="The last day. Empty: no end in time.",
    )
    odometer_end = fields.Integer(
        "Ends at (km)",
        compute="_compute_term",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The last kilometre. 0: no end in distance.",
    )
    service_total = fields.Integer(
        "Free Services",
        compute="_compute_service_total",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    use_ids = fields.One2many("dealer.service.contract.use", "contract_id", "Used on")
    service_used = fields.Integer(
        "Used", compute="_compute_service_used", store=True, copy=False
    )
    service_left = fields.Integer(
        "Left", compute="_compute_service_used", store=True, copy=False
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary(tracking=True)
    state = fields.Selection(
        [
            ("active", "In Force"),
            ("used_up", "Used up"),
            ("expired", "Expired"),
            ("ended", "Ended"),
        ],
        required=True,
        default="active",
        index=True,
        copy=False,
        readonly=True,
        tracking=True,
    )
    ended_by = fields.Selection(
        [("hand", "By hand"), ("transfer", "Change of owner")],
        "Ended by",
        copy=False,
        readonly=True,
    )
    note = fields.Text()

    _dates_check = models.Constraint(
        "CHECK (date_end >= date_start)", "Ends on: the end lies before the beginning."
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, name)",
        "Contract No.: there is a contract with this number already.",
    )
    _used_check = models.Constraint(
        "CHECK (service_used IS NULL OR service_used <= service_total)",
        "Free Services: more are used than the contract has.",
    )
    _amounts_check = models.Constraint(
        "CHECK (odometer_end >= 0 AND service_total >= 0 AND price >= 0)",
        "Kilometres, services and price cannot be negative.",
    )

    @api.depends("name", "type_id")
    def _compute_display_name(self):
        for contract in self:
            parts = [contract.type_id.name, contract.name]
            contract.display_name = " ".join(filter(None, parts))

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        for contract in self:
            contract.partner_id = contract.partner_id or contract.vehicle_id.owner_id

    @api.depends("type_id", "vehicle_id")
    def _compute_term(self):
        """Where the type's term begins, and how far it goes."""
        for contract in self:
            kind, car = contract.type_id, contract.vehicle_id
            start, km = fields.Date.context_today(contract), 0
            if kind.km:
                km = kind.km + int(car.odometer_total)
            if kind.after_warranty and car.warranty_end_date:
                start = car.warranty_end_date + timedelta(days=1)
            if kind.after_warranty and kind.km:
                km = kind.km + car.warranty_end_odometer
            contract.date_start = contract._origin.date_start or start
            contract.odometer_end = contract._origin.odometer_end or km

    @api.depends("type_id", "date_start")
    def _compute_date_end(self):
        for contract in self:
            end, months = contract._origin.date_end, contract.type_id.months
            if not end and months and contract.date_start:
                end = contract.date_start + relativedelta(months=months, days=-1)
            contract.date_end = end

    @api.depends("type_id")
    def _compute_service_total(self):
        for contract in self:
            total = contract._origin.service_total
            contract.service_total = total or contract.type_id.service_count

    @api.depends("use_ids", "service_total")
    def _compute_service_used(self):
        for contract in self:
            contract.service_used = len(contract.use_ids)
            contract.service_left = contract.service_total - contract.service_used

    @api.constrains("type_id", "service_total")
    def _check_services(self):
        for contract in self:
            if contract.kind == "services" and not contract.service_total:
                raise ValidationError(
                    self.env._("Free Services: enter how many the contract has.")
                )

    @api.model
    def _get_system_fields(self):
        names = {"service_used", "service_left", "use_ids", "ended_by"}
        return super()._get_system_fields() | names

    @api.model
    def _get_term_fields(self):
        return super()._get_term_fields() | {"service_total", "type_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.filtered("use_ids"):
            raise ValidationError(
                self.env._("A contract that was used cannot be deleted: end it.")
            )

    def _get_state(self, today):
        """Ended stays; all services taken: used up; else the last day decides."""
        if self.ended_by:
            return "ended"
        if self.kind == "services" and self.service_left <= 0:
            return "used_up"
        return super()._get_state(today)

    def _is_running(self, day, km):
        """Whether the contract covers the car on ``day`` at ``km``."""
        self.ensure_one()
        if self.ended_by or (self.date_start and day < self.date_start):
            return False
        if self.kind == "services" and self.service_left <= 0:
            return False
        if not self.date_end and not self.odometer_end:
            return True
        return inside_term(day, km, self.date_end, self.odometer_end)

    def _covers_operation(self, product):
        """Whether a line of work is among the operations; all, if none is named."""
        self.ensure_one()
        covered = self.type_id.operation_ids
        return not covered or product in covered

    def action_end(self):
        """The contract ends before its term."""
        self.check_access("write")
        self.sudo().write({"ended_by": "hand"})
        self._update_state()
        return True

    def action_reopen(self):
        """An end by mistake is taken back."""
        self.check_access("write")
        self.sudo().write({"ended_by": False})
        self._update_state()
        return True
