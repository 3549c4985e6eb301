# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

APPROVAL_METHODS = [
    ("signature", "Signature"),
    ("call", "Telephone Call"),
    ("in_person", "In Person"),
]


class DealerRepairEstimate(models.Model):
    """What the customer was told the repair will cost, and his answer.

    A version is frozen: later lines make a new version, the answer stays with what
    was asked.
    """

    _name = "dealer.repair.estimate"
    _description = "Estimate"
    _order = "repair_id, version desc"

    name = fields.Char(compute="_compute_name")
    repair_id = fields.Many2one(
        "repair.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    version = fields.Integer(required=True, readonly=True, default=1)
    company_id = fields.Many2one(related="repair_id.company_id")
    currency_id = fields.Many2one(related="repair_id.currency_id")
    vehicle_id = fields.Many2one(related="repair_id.vehicle_id")
    partner_id = fields.Many2one(related="repair_id.partner_id")
    advisor_id = fields.Many2one(related="repair_id.advisor_id")
    state = fields.Selection(
        [
            ("sent", "To approve"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("replaced", "Replaced"),
        ],
        required=True,
        readonly=True,
        default="sent",
        index="btree_not_null",
    )
    line_ids = fields.One2many(
        "dealer.repair.estimate.line", "estimate_id", "Lines", readonly=True
    )
    amount = fields.Monetary(
        "Customer pays", readonly=True, help="With the taxes of the lines."
    )
    amount_tax = fields.Monetary("Tax in it", readonly=True)
    amount_others = fields.Monetary("Others pay", readonly=True)
    date_sent = fields.Datetime("Asked on", readonly=True, default=fields.Datetime.now)
    date_valid = fields.Date("Valid until", readonly=True)
    is_expired = fields.Boolean("Expired", compute="_compute_is_expired")
    approved_by = fields.Selection(APPROVAL_METHODS, "Answered by", readonly=True)
    date_decided = fields.Datetime("Answered on", readonly=True)
    user_id = fields.Many2one("res.users", "Recorded by", readonly=True)
    contact_id = fields.Many2one("dealer.contact", "Call", readonly=True)
    reason = fields.Char("Reason of refusal", readonly=True)
    signature = fields.Binary(readonly=True, attachment=True)
    signed_by = fields.Char("Signed by", readonly=True)
    signed_on = fields.Datetime("Signed on", readonly=True)

    _version_uniq = models.Constraint(
        "UNIQUE (repair_id, version)", "Version: the order has this estimate already."
    )

    @api.depends("repair_id.name", "version")
    def _compute_name(self):
        for estimate in self:
            estimate.name = f"{estimate.repair_id.name or ''}-{estimate.version}"

    @api.depends("date_valid", "state")
    def _compute_is_expired(self):
        for estimate in self:
            today = estimate.company_id._get_dealer_today()
            estimate.is_expired = bool(
                estimate.state == "sent"
                and estimate.date_valid
                and estimate.date_valid < today
            )

    def _get_open_lines(self):
        """Lines the customer is asked about: he pays them and has not agreed yet."""
        return self.line_ids.filtered(
            lambda line: line.is_new and line.payer == "customer"
        )

    def action_open(self):
        """Show this estimate."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_answer(self):
        """Record the customer's answer."""
        self.ensure_one()
        return self.repair_id.action_answer_estimate()
