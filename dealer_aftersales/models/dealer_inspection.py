# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError

from .dealer_inspection_template import INSPECTION_KINDS

SYSTEM_FIELDS = frozenset({"company_id", "date_done", "vehicle_id"})


class DealerInspection(models.Model):
    """An inspection of the car of a repair order: at reception, or before delivery."""

    _name = "dealer.inspection"
    _description = "Inspection"
    _order = "id desc"

    repair_id = fields.Many2one(
        "repair.order",
        "Repair Order",
        required=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(INSPECTION_KINDS, required=True, default="reception")
    template_id = fields.Many2one(
        "dealer.inspection.template", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="repair_id.company_id", string="Branch", store=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="repair_id.vehicle_id", store=True, index="btree_not_null"
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    user_id = fields.Many2one(
        "res.users", "Inspected by", default=lambda self: self.env.user
    )
    date = fields.Datetime(default=fields.Datetime.now)
    date_done = fields.Datetime("Finished on", readonly=True, copy=False)
    note = fields.Text("Remarks")
    line_ids = fields.One2many("dealer.inspection.line", "inspection_id", "Points")
    open_count = fields.Integer("Open Points", compute="_compute_counts")
    finding_count = fields.Integer("Findings", compute="_compute_counts")

    @api.depends("kind", "repair_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for inspection in self:
            number = inspection.sudo().repair_id.name or ""
            inspection.display_name = f"{kinds.get(inspection.kind, '')} {number}"

    @api.depends("line_ids.result")
    def _compute_counts(self):
        for inspection in self:
            results = inspection.line_ids.mapped("result")
            inspection.open_count = results.count(False)
            inspection.finding_count = sum(r in ("soon", "now") for r in results)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_system_fields(vals)
        records = self if self.env.su else without_defaults(self, SYSTEM_FIELDS)
        return super(DealerInspection, records).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_system_fields(vals)
        return super().write(vals)

    @api.model
    def _check_system_fields(self, vals):
        """:raises AccessError: for a client that sets what follows from the order"""
        if SYSTEM_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "Branch, car and end of an inspection are set by the system."
                )
            )

    def action_all_ok(self):
        """Everything that is not answered yet is in order."""
        self.line_ids.filtered(lambda line: not line.result).write({"result": "ok"})
        return True

    def action_finish(self):
        """All points are answered; what failed sends the car back to the work.

        :raises UserError: as long as points are open
        """
        self.check_access("write")
        for inspection in self:
            if inspection.open_count:
                raise UserError(
                    self.env._(
                        "%(inspection)s: %(count)s points are not answered.",
                        inspection=inspection.display_name,
                        count=inspection.open_count,
                    )
                )
        self.sudo().write({"date_done": fields.Datetime.now()})
        for inspection in self.filtered(lambda x: x.kind == "quality"):
            inspection._send_back_failed()
        return True

    def action_reopen(self):
        """Correct an answer of a finished inspection."""
        self.check_access("write")
        self.sudo().write({"date_done": False})
        return True

    def _get_failed(self):
        return self.line_ids.filtered(lambda line: line.result in ("soon", "now"))

    def _send_back_failed(self):
        """A failed quality check: the car goes back to work, the log says why."""
        self.ensure_one()
        failed = self._get_failed()
        if failed and self.repair_id.service_state == "quality_check":
            reason = self.env._(
                "Quality check not passed: %(points)s",
                points=", ".join(failed.mapped("name")),
            )
            self.repair_id.action_step_back(reason)

    def action_open_repair(self):
        """The order of this inspection."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "res_id": self.repair_id.id,
            "views": [(False, "form")],
        }
