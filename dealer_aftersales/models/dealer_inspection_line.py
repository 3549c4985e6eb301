# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.addons.dealer_crm.tools.counters import fill_counter
from odoo.exceptions import AccessError

SYSTEM_FIELDS = frozenset({"labor_id", "repair_id", "template_line_id"})


class DealerInspectionLine(models.Model):
    """One point of the car: in order, or what was found and what becomes of it."""

    _name = "dealer.inspection.line"
    _description = "Inspected Point"
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one(
        "dealer.inspection", required=True, index=True, ondelete="cascade"
    )
    repair_id = fields.Many2one(
        related="inspection_id.repair_id", store=True, index=True
    )
    company_id = fields.Many2one(related="inspection_id.company_id")
    kind = fields.Selection(related="inspection_id.kind")
    template_line_id = fields.Many2one(
        "dealer.inspection.template.line",
        "Point of the Template",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sequence = fields.Integer(default=10)
    section = fields.Char(translate=True)
    name = fields.Char("Point", required=True, translate=True)
    result = fields.Selection(
        [("ok", "OK"), ("soon", "Soon"), ("now", "Now"), ("na", "N/A")],
        help="Soon: to be done at one of the next visits. Now: not in order.",
    )
    verdict = fields.Selection(
        [("ok", "Passed"), ("now", "Not passed"), ("na", "N/A")],
        compute="_compute_verdict",
        inverse="_inverse_verdict",
    )
    value = fields.Float("Measured")
    unit = fields.Char(translate=True)
    note = fields.Char()
    photo_ids = fields.One2many("dealer.inspection.photo", "line_id", "Photos")
    photo_count = fields.Integer("Number of Photos", compute="_compute_photo_count")
    product_id = fields.Many2one(
        "product.product", "Proposed Work", domain="[('type', '=', 'service')]"
    )
    labor_id = fields.Many2one(
        "dealer.repair.labor",
        "Work",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    decision = fields.Selection(
        [("open", "Open"), ("approved", "Approved"), ("declined", "Declined")],
        default="open",
        help="What the customer says to the finding.",
    )

    @api.depends("result")
    def _compute_verdict(self):
        for line in self:
            line.verdict = "now" if line.result == "soon" else line.result

    def _inverse_verdict(self):
        for line in self:
            line.result = line.verdict

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        fill_counter(self, "photo_count", "dealer.inspection.photo", "line_id")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_line_values(vals)
        names = {*SYSTEM_FIELDS, "decision"}
        records = self if self.env.su else without_defaults(self, names)
        lines = super(DealerInspectionLine, records).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        self._check_line_values(vals)
        result = super().write(vals)
        if "decision" in vals:
            self._follow_decision()
        return result

    @api.model
    def _check_line_values(self, vals):
        """:raises AccessError: for what the system sets, or the customer says"""
        if self.env.su:
            return
        if SYSTEM_FIELDS & vals.keys():
            raise AccessError(
                self.env._("The work for a finding is linked by the system.")
            )
        advisor = self.env.user.has_group("dealer_aftersales.group_service_advisor")
        if vals.get("decision", "open") != "open" and not advisor:
            raise AccessError(
                self.env._(
                    "Decision: a service advisor records what the customer says."
                )
            )

    def action_ok(self):
        return self.write({"result": "ok"})

    def action_soon(self):
        return self.write({"result": "soon"})

    def action_now(self):
        return self.write({"result": "now"})

    def action_na(self):
        return self.write({"result": "na"})

    def action_open(self):
        """The point with its photos, in a dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "dealer.inspection.line",
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_propose_work(self):
        """Put the work for these findings on the order, once each."""
        for line in self.filtered(lambda x: not x.labor_id):
            product = line.product_id
            labor = line.repair_id._add_labor(
                name=None if product else line._get_finding_text(),
                product=product or None,
            )
            line.sudo().labor_id = labor
        return True

    def action_approve(self):
        """The customer agrees: the work goes on the order."""
        self.write({"decision": "approved"})
        return self.action_propose_work()

    def action_decline(self):
        """The customer does not want it now: it is kept for the next visit."""
        return self.write({"decision": "declined"})

    def _get_finding_text(self):
        """The finding in words: point, what was measured, remark."""
        self.ensure_one()
        text = self.name
        if self.value:
            text = f"{text} ({self.value:g} {self.unit or ''})".replace(" )", ")")
        return f"{text}: {self.note}" if self.note else text

    def _follow_decision(self):
        """Declined findings go to the ledger; a changed mind takes them out."""
        ledger = self.env["dealer.declined.work"]
        declined = self.filtered(lambda line: line.decision == "declined")
        ledger._note_findings(declined)
        ledger._forget_findings(self - declined)


class DealerInspectionPhoto(models.Model):
    """What a point looked like."""

    _name = "dealer.inspection.photo"
    _description = "Inspection Photo"
    _order = "id"

    line_id = fields.Many2one(
        "dealer.inspection.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id")
    image = fields.Image(max_width=1600, max_height=1600, required=True)
    image_256 = fields.Image(
        "Thumbnail", related="image", max_width=256, max_height=256, store=True
    )
