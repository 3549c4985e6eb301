# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_datetime

from ..tools import service_state as steps

SOON = 60


class RepairOrder(models.Model):
    """The workshop board: one card per car, with its clock and its warnings."""

    _inherit = "repair.order"

    is_on_time = fields.Boolean(
        "On Time",
        compute="_compute_is_on_time",
        store=True,
        help="Handed back by the promised time.",
    )
    car_model_id = fields.Many2one(
        "fleet.vehicle.model", "Model", related="vehicle_id.model_id"
    )
    technician_ids = fields.Many2many(
        "res.users", string="Technicians", compute="_compute_technician_ids"
    )
    promise_text = fields.Char("Promise", compute="_compute_promise_text")
    promise_level = fields.Char(compute="_compute_promise_text")
    board_flags = fields.Json("Flags", compute="_compute_board_flags")

    @api.depends("date_promised", "date_delivered")
    def _compute_is_on_time(self):
        for repair in self:
            promised, delivered = repair.date_promised, repair.date_delivered
            repair.is_on_time = bool(promised and delivered and delivered <= promised)

    @api.depends("labor_ids.technician_id")
    def _compute_technician_ids(self):
        for repair in self:
            repair.technician_ids = repair.labor_ids.technician_id

    @api.depends("date_promised", "service_state")
    @api.depends_context("lang", "tz")
    def _compute_promise_text(self):
        """How long until the promised time, in words as well as in colour."""
        for repair in self:
            text, level = repair._describe_promise()
            repair.promise_text, repair.promise_level = text, level

    def _describe_promise(self):
        """:return: (text, level) of the promise; empty where it is kept or none"""
        self.ensure_one()
        if not self.date_promised or self.service_state not in steps.OPEN:
            return "", "muted"
        board = self.env["dealer.board.mixin"]
        left = -board._get_minutes(self.date_promised)
        span = board._format_span(left)
        if left < 0:
            return self.env._("%(span)s late", span=span), "danger"
        if left < SOON:
            return self.env._("%(span)s left", span=span), "warning"
        return format_datetime(self.env, self.date_promised, dt_format="short"), "muted"

    @api.depends("service_state")
    @api.depends_context("lang", "uid")
    def _compute_board_flags(self):
        flags = self._get_board_flags()
        for repair in self:
            repair.board_flags = [list(flag) for flag in flags.get(repair.id, [])]
