# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Follows from the rule of the discount.
RULED_FIELDS = frozenset(
    "repair_id kind product_id name hours price_unit payer promotion_id membership_id"
    " reduction points_used points_partner_id".split()
)
SYSTEM_FIELDS = frozenset(
    "reduction promotion_id membership_id points_used points_partner_id".split()
)


class DealerRepairLabor(models.Model):
    """A line of an order that takes something off: member, promotion, points.

    It stands among the fees with a negative price and says why. The system keeps its
    amount; whoever agrees prices with the customer may delete it.
    """

    _inherit = "dealer.repair.labor"

    reduction = fields.Selection(
        [
            ("promotion", "Promotion"),
            ("membership", "Member Discount"),
            ("points", "Reward Points"),
        ],
        "Discount for",
        readonly=True,
        copy=False,
    )
    promotion_id = fields.Many2one(
        "dealer.promotion",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    membership_id = fields.Many2one(
        "dealer.membership",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    points_used = fields.Integer(readonly=True, copy=False)
    points_partner_id = fields.Many2one(
        "res.partner", "Points of", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            defaults = {f"default_{name}" for name in SYSTEM_FIELDS}
            is_given = any(vals.get(n) for vals in vals_list for n in SYSTEM_FIELDS)
            if is_given or not defaults.isdisjoint(self.env.context):
                self._refuse_reduction()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and RULED_FIELDS & vals.keys():
            if SYSTEM_FIELDS & vals.keys() or self._is_changed(vals):
                self._refuse_reduction()
        return super().write(vals)

    def _is_changed(self, vals):
        """Whether a discount would become another one; the form sends all it shows."""
        ruled = [name for name in RULED_FIELDS if name in vals]
        for line in self.filtered("reduction"):
            for name in ruled:
                value = line[name]
                value = value.id if isinstance(value, models.BaseModel) else value
                if value != vals[name]:
                    return True
        return False

    def _refuse_reduction(self):
        raise AccessError(
            self.env._(
                "Discounts for members, promotions and points follow their rules; "
                "delete the line to take one back."
            )
        )

    def unlink(self):
        """Taken back by a person: points return, the member discount stays away."""
        if not self.env.su and any(line.reduction for line in self):
            self._check_may_take_back()
            members = self.filtered(lambda line: line.reduction == "membership")
            members.repair_id.sudo().is_member_discount_off = True
        self.filtered("points_used").sudo()._return_points()
        return super().unlink()

    def _check_may_take_back(self):
        """:raises UserError: the customer was billed or promised the discount"""
        self.repair_id._check_may_charge()
        given = self.filtered("reduction").repair_id.sudo()
        if any(repair._is_price_final() for repair in given):
            raise UserError(self.env._("The prices of this order are final."))
        self._check_not_promised()

    def _check_not_promised(self):
        """:raises UserError: the customer said yes to a price with this discount"""
        for line in self.filtered("reduction"):
            repair = line.repair_id
            promised = repair.sudo().estimate_ids.filtered(
                lambda e: e.state == "approved"
            )
            if repair.estimate_state in ("approved", "extra") and (
                promised.line_ids.labor_id & line
            ):
                raise UserError(
                    self.env._(
                        "The customer approved the price of %(order)s with this "
                        "discount: send him a new estimate before you take it back.",
                        order=repair.name,
                    )
                )

    def _return_points(self):
        """What these lines had cost in points goes back to whose they were."""
        for line in self:
            line.repair_id._book_points(
                line.points_used, "returned", line.points_partner_id
            )
            line.points_used = 0
