# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.call_times import LAST_RANK, RANKS, rank_value

CALL_ORDER = "date_promised, call_rank, date_window_end, date_due, id"


class DealerCallback(models.Model):
    """The order of the list: what was promised first, then by value and window.

    A call promised for another day leaves today's list and comes back at its time.
    """

    _inherit = "dealer.callback"

    date_promised = fields.Datetime(
        "Call agreed for",
        readonly=True,
        copy=False,
        help="The customer asked to be called at this time.",
    )
    is_promise_over = fields.Boolean(compute="_compute_is_late")
    best_time = fields.Selection(
        related="partner_id.preferred_time", string="Best Time"
    )
    call_rank = fields.Integer(
        compute="_compute_customer_value",
        aggregator=None,
        help="Valuable customers first; the list can be sorted by it.",
    )
    customer_value = fields.Char("Value", compute="_compute_customer_value")

    _promised_idx = models.Index("(date_promised) WHERE state = 'planned'")

    @api.model
    def _get_value_field(self):
        """The stored field of the customer that says how valuable he is."""
        field = self.env["res.partner"]._fields.get("value_class")
        return "value_class" if field and field.store else "customer_class"

    @api.depends("partner_id")
    @api.depends_context("lang")
    def _compute_customer_value(self):
        name = self._get_value_field()
        partners = self.env["res.partner"].sudo()
        labels = dict(partners._fields[name]._description_selection(self.env))
        for callback in self:
            value = callback.sudo().partner_id[name]
            callback.call_rank = rank_value(value)
            callback.customer_value = labels.get(value, False)

    @api.model
    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """The rank is the customer's: it is looked up where the list is sorted."""
        if field_name != "call_rank":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        customers, name = self.env["res.partner"], self._get_value_field()
        _comodel, partner = self._fields["partner_id"].join(self, alias, query)
        value = SQL(
            "lower(%s)",
            SQL.identifier(partner, name, to_flush=customers._fields[name]),
        )
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", key, rank) for key, rank in RANKS.items()
        )
        rank = SQL("CASE %s %s ELSE %s END", value, cases, LAST_RANK)
        query._order_groupby.append(rank)
        return SQL("%s %s %s", rank, direction, nulls)

    @api.model
    def _get_call_order(self):
        return CALL_ORDER

    @api.depends("date_promised")
    def _compute_is_late(self):
        result = super()._compute_is_late()
        now = fields.Datetime.now()
        for callback in self:
            promised = callback.date_promised
            is_open = callback.state == "planned"
            callback.is_promise_over = bool(is_open and promised and promised <= now)
            if is_open and promised:
                company = callback.company_id or self.env.company
                callback.is_late = promised < now
                callback.is_due = promised < self._get_day_end(company)
                callback.is_due_today = callback.is_due and not callback.is_late
        return result

    def _search_is_late(self, operator, value):
        domain = super()._search_is_late(operator, value)
        if domain is NotImplemented:
            return domain
        promised = Domain("date_promised", "<", fields.Datetime.now())
        return (Domain(domain) & Domain("date_promised", "=", False)) | (
            Domain("state", "=", "planned") & promised
        )

    def _search_is_due(self, operator, value):
        domain = super()._search_is_due(operator, value)
        if domain is NotImplemented:
            return domain
        end = self._get_day_end(self.env.company)
        return (Domain(domain) & Domain("date_promised", "=", False)) | (
            Domain("state", "=", "planned") & Domain("date_promised", "<", end)
        )

    @api.model
    def _get_day_end(self, company):
        """The UTC moment at which tomorrow begins at the branch."""
        tomorrow = company._get_dealer_today() + timedelta(days=1)
        return company._get_dealer_day_start(tomorrow)

    def action_call_later(self, date_promised=None):
        """The customer wants to be called at another time.

        :param date_promised: when; naive UTC datetime or text. None: today or later,
            whenever it suits
        :raises ValidationError: for a time that is over
        """
        self._promise(date_promised)
        return self.action_next()

    def action_open_later(self):
        """The small form that asks when."""
        self.ensure_one()
        self._check_open()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_later_action"
        )
        action["context"] = {
            "default_callback_id": self.id,
            "default_note": self.attempt_note,
        }
        return action

    def _promise(self, date_promised=None):
        moment = fields.Datetime.to_datetime(date_promised)
        if moment and moment <= fields.Datetime.now():
            raise ValidationError(
                self.env._("Call agreed for: choose a time that is still to come.")
            )
        self._log_with_note("call_later")
        if moment:
            self.sudo().write(
                {"date_promised": moment, "state": "planned", "date_done": False}
            )
