# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..tools.reduction import get_spendable_points


class RepairOrder(models.Model):
    """Points spent on an order: a discount that gives the points back when it goes."""

    _inherit = "repair.order"

    def _get_points_value(self, points):
        return points * self.company_id.sudo().points_value

    def _get_points_left(self):
        """What of the order can still be paid with points, before tax."""
        repair = self.sudo()
        taken = sum(repair.fee_ids.filtered("reduction").mapped("amount"))
        return repair._get_reducible_amount() + taken

    def _get_max_points(self, partner):
        """How many points the customer can spend on this order."""
        self.ensure_one()
        company = self.company_id.sudo()
        if company.points_system != "own" or not partner:
            return 0
        balance = partner.sudo().with_company(company)._get_points_balance(company)
        return get_spendable_points(
            balance, self._get_points_left(), company.points_value
        )

    def action_redeem_points(self):
        """Ask how many points are spent."""
        self.ensure_one()
        self._check_may_charge()
        partner = self.sudo()._get_payer_partner("customer")
        most = self._get_max_points(partner)
        if not most:
            raise UserError(
                self.env._("Points: there are none to spend on this order.")
            )
        wizard = self.env["dealer.points.redeem"].create(
            {"repair_id": self.id, "points": most}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Spend Points"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _redeem_points(self, points):
        """Spend points of who pays the order.

        :raises UserError: more than he has or than the order costs; on a final price
        """
        self.ensure_one()
        self._check_may_charge()
        partner = self.sudo()._get_payer_partner("customer")
        self.env["dealer.points.line"]._lock_points(partner)
        if self._is_price_final():
            raise UserError(self.env._("The prices of this order are final."))
        if not 0 < points <= self._get_max_points(partner):
            raise UserError(
                self.env._(
                    "Points: %(points)s cannot be spent; at most %(most)s are there "
                    "for this order.",
                    points=points,
                    most=self._get_max_points(partner),
                )
            )
        repair = self.sudo().with_context(dealer_reducing=True)
        repair._book_points(-points, "redeemed", partner)
        repair._add_reduction(
            self.env._("Points spent: %(points)s", points=points),
            self._get_points_value(points),
            reduction="points",
            points_used=points,
            points_partner_id=partner.id,
        )

    def _book_points(self, points, kind, partner):
        """A line of the ledger for this order."""
        self.ensure_one()
        if points and partner:
            self.env["dealer.points.line"].sudo().create(
                {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    "repair_id": self.id,
                    "points": points,
                    "kind": kind,
                }
            )

    def _refresh_points(self, left):
        """An order that became cheaper needs fewer points: the rest goes back."""
        for line in self._get_reductions("points"):
            value = self.company_id.points_value
            wanted = get_spendable_points(line.points_used, left, value)
            if wanted < line.points_used:
                self._book_points(
                    line.points_used - wanted, "returned", line.points_partner_id
                )
                line.points_used = wanted
                line.name = self.env._("Points spent: %(points)s", points=wanted)
            left -= self._set_reduction(line, self._get_points_value(wanted))

    def _get_points_hints(self, partner):
        most = self._get_max_points(partner)
        if not most:
            return []
        worth = format_amount(self.env, self._get_points_value(most), self.currency_id)
        return [
            self._hint(
                "points",
                self.env._(
                    "Points to spend: %(points)s, worth %(worth)s",
                    points=most,
                    worth=worth,
                ),
                "info",
                partner.with_env(self.env),
                "action_redeem_points",
                self.env._("Spend"),
            )
        ]

    def _get_settlement_notes(self):
        """What the customer has left to spend."""
        notes = super()._get_settlement_notes()
        company = self.company_id.sudo()
        partner = self.sudo()._get_payer_partner("customer")
        if company.points_system != "own" or not partner:
            return notes
        balance = partner._get_points_balance(company)
        text = self.env._(
            "Points of %(name)s: %(points)s.", name=partner.name, points=balance
        )
        return [*notes, text] if balance else notes

    @api.ondelete(at_uninstall=False)
    def _unlink_point_lines(self):
        """The lines go with the order, their points come back."""
        self.sudo().fee_ids.filtered("points_used")._return_points()

    def _after_state(self, source, target):
        result = super()._after_state(source, target)
        if target == "cancelled":
            self.sudo()._get_reductions_with_points().unlink()
        return result

    def _get_reductions_with_points(self):
        return self.fee_ids.filtered("points_used")
