# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

STAFF = "dealer_crm.group_dealer_user"
OPEN_STATES = ("draft", "sent")
BINDING_STATES = ("sent", "sale")
APPROVED = "approved_amount"


class SaleOrder(models.Model):
    """One price for one customer: nobody undercuts a colleague's quote in silence.

    Seed 004: "got from two sales persons of the house two quotes for one product". A
    quote for a model that the same customer has a quote of already shows that one;
    when it is lower, it is sent and confirmed only after a manager approved it.
    Orders without a lead and its model are no business of the showroom.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "dealer.approval.mixin"]

    approved_amount = fields.Monetary(
        readonly=True, copy=False, help="The total that a manager has approved."
    )
    other_quote_alert = fields.Text(
        "Other Quotes", compute="_compute_other_quotes", groups=STAFF
    )
    is_quote_approval_needed = fields.Boolean(
        "Lower than the quote before", compute="_compute_other_quotes", groups=STAFF
    )

    @api.depends(
        "partner_id",
        "opportunity_id.vehicle_model_id",
        "amount_total",
        "state",
        "approval_state",
        "approved_amount",
    )
    def _compute_other_quotes(self):
        quotes = self.filtered(lambda o: o.state in OPEN_STATES)
        others = quotes._get_other_quotes()
        for order in self:
            known = others.get(order._origin.id or order.id, order.browse())
            order.other_quote_alert = (
                "\n".join(
                    other.with_env(self.env)._get_quote_words() for other in known
                )
                or False
            )
            order.is_quote_approval_needed = order._is_undercutting(known)

    def _get_other_quotes(self):
        """Open quotes of the same customer for the same model at another price.

        Asked with all rights, within the branch: the words say who, how much and when.

        :return: dict order id → sale.order (sudo), oldest first
        """
        mine = self.sudo().filtered(
            lambda o: o.partner_id and o.opportunity_id.vehicle_model_id
        )
        if not mine:
            return {}
        people = mine.partner_id.commercial_partner_id
        found = mine.search(
            Domain("state", "in", OPEN_STATES)
            & Domain("company_id", "in", mine.company_id.ids)
            & Domain("partner_id.commercial_partner_id", "in", people.ids)
            & Domain(
                "opportunity_id.vehicle_model_id",
                "in",
                mine.opportunity_id.vehicle_model_id.ids,
            )
            & Domain("amount_total", ">", 0),
            order="id",
        )
        places = found.grouped(lambda o: o._get_quote_key())
        none = self.browse().sudo()
        return {
            order._origin.id or order.id: places.get(
                order._get_quote_key(), none
            ).filtered(lambda o, x=order: o != x._origin and o._differs_from(x))
            for order in mine
        }

    def _get_quote_key(self):
        self.ensure_one()
        return (
            self.company_id.id,
            self.partner_id.commercial_partner_id.id,
            self.opportunity_id.vehicle_model_id.id,
        )

    def _get_quote_price(self):
        """The total in the branch's currency, to compare quotes."""
        self.ensure_one()
        return self.amount_total / (self.currency_rate or 1.0)

    def _differs_from(self, other):
        currency = self.company_id.currency_id
        return currency.compare_amounts(
            self._get_quote_price(), other._get_quote_price()
        )

    def _get_quote_words(self):
        """One line: who offered it, for how much, when."""
        order = self.sudo()
        return self.env._(
            "%(consultant)s: %(amount)s on %(date)s (%(quote)s)",
            consultant=order.user_id.name or "–",
            amount=format_amount(self.env, order.amount_total, order.currency_id),
            date=format_date(self.env, order.date_order),
            quote=order.name,
        )

    def _is_undercutting(self, others):
        """Whether it is lower than a quote before, and nobody has approved that."""
        self.ensure_one()
        order = self.sudo()
        is_lower = any(
            other.id < (order._origin.id or float("inf"))
            and other._differs_from(order) > 0
            for other in others
        )
        is_approved = (
            order.approval_state == "approved"
            and order.currency_id.compare_amounts(order.amount_total, order[APPROVED])
            >= 0
        )
        return is_lower and not is_approved

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_approved_amount(vals)
        orders = super().create(vals_list)
        orders.filtered(lambda o: o.state in BINDING_STATES)._check_second_quote()
        return orders

    def write(self, vals):
        self._check_approved_amount(vals)
        if vals.get("state") in BINDING_STATES:
            self.filtered(lambda o: o.state != vals["state"])._check_second_quote()
        return super().write(vals)

    @api.model
    def _check_approved_amount(self, vals):
        """:raises AccessError: a client approves an amount without the button"""
        is_given = vals.get(APPROVED) or self.env.context.get(f"default_{APPROVED}")
        if is_given and not self.env.su:
            raise AccessError(
                self.env._("An approval moves by its buttons only: submit, approve.")
            )

    def _check_second_quote(self):
        """:raises UserError: a lower second quote that nobody approved"""
        others = self._get_other_quotes()
        for order in self:
            known = others.get(order.id, order.browse())
            if order._is_undercutting(known):
                raise UserError(
                    self.env._(
                        "%(quote)s is lower than another open quote for this "
                        "customer and model: %(other)s. A sales manager has to "
                        "approve it first.",
                        quote=order.name,
                        other=", ".join(
                            x.with_env(self.env)._get_quote_words() for x in known
                        ),
                    )
                )

    def action_quotation_send(self):
        self._check_second_quote()
        return super().action_quotation_send()

    def _on_approved(self):
        result = super()._on_approved()
        for order in self.sudo():
            order[APPROVED] = order.amount_total
        return result
