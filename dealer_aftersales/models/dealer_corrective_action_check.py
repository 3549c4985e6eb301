# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError

#: Set by the callback engine and by what the customer answers.
CALL_FIELDS = frozenset({"date_recheck", "callback_id"})
POLICY = "dealer_aftersales.policy_measure_recheck"


class DealerCorrectiveActionCheck(models.Model):
    """A customer a measure is about, called again when it was carried out.

    The line is the source of the callback policy "Re-check after a measure"; each
    time the measure is carried out the day moves on and leads to a new call.
    """

    _name = "dealer.corrective.action.check"
    _description = "Affected Customer of a Measure"
    _inherit = ["dealer.export.mixin"]
    _order = "action_id, id"
    _rec_name = "partner_id"

    action_id = fields.Many2one(
        "dealer.corrective.action",
        "Measure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    action_state = fields.Selection(related="action_id.state", string="State")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", index="btree_not_null", ondelete="set null"
    )
    words = fields.Text("In the Customer's Words")
    date_recheck = fields.Date("Call again on", readonly=True, copy=False)
    callback_id = fields.Many2one(
        "dealer.callback",
        "Re-call",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    callback_state = fields.Selection(
        related="callback_id.state", string="State of the Call"
    )
    result = fields.Selection(
        [
            ("waiting", "To be called"),
            ("ok", "Helped"),
            ("not_ok", "Did not help"),
            ("unknown", "No word on it"),
        ],
        compute="_compute_result",
        help="What the customer said when called again.",
    )
    company_id = fields.Many2one(
        related="action_id.company_id", store=True, string="Branch", index=True
    )

    _customer_uniq = models.UniqueIndex(
        "(action_id, partner_id, COALESCE(vehicle_id, 0))",
        "Each customer stands once per car on a measure.",
    )
    _recheck_idx = models.Index("(company_id, date_recheck)")

    @api.depends(
        "callback_id.state", "callback_id.is_scored", "callback_id.is_satisfied"
    )
    def _compute_result(self):
        """The answer to the overall question of the re-call is the customer's word."""
        for line in self:
            call = line.sudo().callback_id
            if not call or call.state == "planned":
                line.result = "waiting"
            elif call.state == "reached" and call.is_scored:
                line.result = "ok" if call.is_satisfied else "not_ok"
            else:
                line.result = "unknown"

    @api.model_create_multi
    def create(self, vals_list):
        lines = self if self.env.su else without_defaults(self, CALL_FIELDS)
        for vals in vals_list:
            self._check_call_fields(vals)
        created = super(DealerCorrectiveActionCheck, lines).create(vals_list)
        return created.with_env(self.env)

    def write(self, vals):
        self._check_call_fields(vals)
        if {"partner_id", "vehicle_id", "action_id"} & vals.keys():
            self._check_not_called()
        return super().write(vals)

    def _check_call_fields(self, vals):
        if CALL_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("Re-calls are planned when the measure is carried out.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        self._check_not_called()

    def _check_not_called(self):
        """:raises UserError: his word counts, whatever it was"""
        called = self.filtered("date_recheck")
        if called and not self.env.su:
            raise UserError(
                self.env._(
                    "%(customer)s: the re-call is planned or made, the line stays.",
                    customer=called[0].partner_id.sudo().name,
                )
            )


class DealerCorrectiveAction(models.Model):
    """The re-calls of a measure, made by the callback engine."""

    _inherit = "dealer.corrective.action"

    recheck_count = fields.Integer("Re-calls", compute="_compute_recheck_count")

    @api.depends("check_ids.callback_id")
    def _compute_recheck_count(self):
        for action in self:
            action.recheck_count = len(action.check_ids.callback_id)

    def _start_rechecks(self):
        """Give each affected customer a day, and let the policy plan the calls."""
        self.ensure_one()
        branch = self.company_id
        day = branch._get_dealer_today() + timedelta(days=branch.measure_recheck_days)
        for line in self.check_ids:
            # a day of its own for each round: the engine takes one day once
            later = line.date_recheck and line.date_recheck + timedelta(days=1)
            line.write({"date_recheck": max(day, later or day), "callback_id": False})
        policy = self.env.ref(POLICY, raise_if_not_found=False)
        if policy and policy.active and self.check_ids:
            policy.sudo()._make_all_callbacks(branch)

    def _withdraw_rechecks(self):
        """Nobody is asked whether it helped while the work goes on."""
        calls = self.sudo().check_ids.callback_id
        calls._cancel_untouched()

    def action_view_rechecks(self):
        """The calls that ask whether it helped."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("id", "in", self.check_ids.callback_id.ids)]
        action["context"] = {"create": False}
        return action
