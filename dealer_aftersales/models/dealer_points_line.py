# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.context import without_defaults
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.row_lock import touch_rows

#: Whoever books by hand gives these; all else is the system's.
CLIENT_FIELDS = frozenset({"partner_id", "points", "note", "company_id"})


class DealerPointsLine(models.Model):
    """The ledger of points: earned and spent, never changed; the balance is its sum.

    A mistake is corrected by a second line with its reason. A refund may take more
    than is left: then the next points fill the gap first. Nobody spends what is not
    there (LOY-08).
    """

    _name = "dealer.points.line"
    _description = "Reward Points"
    _order = "date desc, id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    points = fields.Integer(required=True, help="Below zero: taken.")
    kind = fields.Selection(
        [
            ("invoice", "Invoice paid"),
            ("refund", "Refund"),
            ("undone", "Invoice not paid any more"),
            ("referral", "Referral"),
            ("event", "Event"),
            ("redeemed", "Spent"),
            ("returned", "Given back"),
            ("manual", "Entered by hand"),
        ],
        "Reason",
        required=True,
        readonly=True,
        default="manual",
    )
    note = fields.Char("Remark")
    # plain: the books are read by accounting, the reference is enough for all others
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    reference = fields.Char(readonly=True, help="Number of the paper.")
    repair_id = fields.Many2one(
        "repair.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    registration_id = fields.Many2one(
        "dealer.club.registration",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, default=lambda self: self.env.user
    )
    amount_per_point = fields.Float(
        "Amount per Point", readonly=True, digits=0, help="What a point cost then."
    )
    source_key = fields.Char(readonly=True, copy=False)

    _source_uniq = models.Constraint(
        "UNIQUE (source_key)", "These points are in the ledger already."
    )
    _points_check = models.Constraint(
        "CHECK (points <> 0)", "Points: a line without points says nothing."
    )
    _balance_idx = models.Index("(partner_id, company_id) INCLUDE (points)")

    @api.constrains("kind", "note")
    def _check_note(self):
        for line in self:
            if line.kind == "manual" and not (line.note or "").strip():
                raise ValidationError(
                    self.env._("Remark: say why points are booked by hand.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            # own code says what it means: nothing comes from a client's context
            lines = without_defaults(self, self._fields)
            return super(DealerPointsLine, lines).create(vals_list)
        if any(vals.keys() - CLIENT_FIELDS for vals in vals_list):
            raise AccessError(
                self.env._(
                    "Points are booked by the system; by hand only with a remark."
                )
            )
        names = self._fields.keys() - CLIENT_FIELDS
        lines = super(DealerPointsLine, without_defaults(self, names)).create(
            [{**vals, "kind": "manual"} for vals in vals_list]
        )
        lines._check_balance()
        return lines

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._("The ledger is not changed: book a second line.")
            )
        return super().write(vals)

    @api.model
    def _lock_points(self, partners):
        """Decisions about the points of a person follow one another."""
        touch_rows(partners)

    def _check_balance(self):
        """:raises UserError: when more is taken than there is"""
        taken = self.filtered(lambda line: line.points < 0)
        self._lock_points(taken.partner_id)
        self.flush_model()
        for line in taken:
            balance = line.partner_id.sudo()._get_points_balance(line.company_id)
            if balance < 0:
                raise UserError(
                    self.env._(
                        "Points: %(name)s has only %(points)s.",
                        name=line.partner_id.display_name,
                        points=balance - line.points,
                    )
                )
