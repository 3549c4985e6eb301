# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class DealerMembership(models.Model):
    """The card of a member: number, level, term. An expired card gives nothing.

    Whether it counts is decided by its dates on the day of the visit; the state is
    for lists and policies (LOY-07).
    """

    _name = "dealer.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "dealer.expiry.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char("Member No.", required=True, index="trigram", copy=False)
    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    level_id = fields.Many2one(
        "dealer.membership.level",
        required=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    date_start = fields.Date(
        "Valid from", required=True, default=fields.Date.context_today, copy=False
    )
    date_end = fields.Date(
        "Valid until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="The last day. Empty: without end.",
    )
    state = fields.Selection(
        [("active", "Valid"), ("expired", "Expired"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="active",
        copy=False,
        tracking=True,
    )
    is_ended = fields.Boolean("Ended early", readonly=True, copy=False)
    benefits = fields.Text(related="level_id.benefits")
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, name)", "Member No.: this number is given already."
    )
    _dates_check = models.Constraint(
        "CHECK (date_end >= date_start)", "Valid until: the end lies before the start."
    )

    @api.depends("name", "level_id")
    def _compute_display_name(self):
        for card in self:
            parts = [card.level_id.name, card.name]
            card.display_name = " ".join(filter(None, parts))

    @api.depends("level_id", "date_start")
    def _compute_date_end(self):
        for card in self:
            end, months = card._origin.date_end, card.level_id.months
            if not end and months and card.date_start:
                end = card.date_start + relativedelta(months=months, days=-1)
            card.date_end = end

    @api.constrains("partner_id", "date_start", "date_end", "is_ended", "company_id")
    def _check_one_card(self):
        """One valid card per person and branch at a time."""
        for card in self.filtered(lambda c: not c.is_ended):
            domain = (
                Domain("partner_id", "=", card.partner_id.id)
                & Domain("company_id", "=", card.company_id.id)
                & Domain("is_ended", "=", False)
                & Domain("id", "!=", card.id)
                & (
                    Domain("date_end", "=", False)
                    | Domain("date_end", ">=", card.date_start)
                )
            )
            if card.date_end:
                domain &= Domain("date_start", "<=", card.date_end)
            other = self.sudo().search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "Member: %(name)s has the card %(card)s for this time already; "
                        "renew it or end it first.",
                        name=card.partner_id.display_name,
                        card=other.display_name,
                    )
                )

    @api.model
    def _get_system_fields(self):
        return super()._get_system_fields() | {"is_ended"}

    def _get_state(self, today):
        return "ended" if self.is_ended else super()._get_state(today)

    def action_renew(self):
        """The level's term once more, from the end of the card or from today."""
        self.check_access("write")
        for card in self:
            today = card.company_id._get_dealer_today()
            months = card.level_id.months
            end = card.date_end and max(card.date_end, today - timedelta(days=1))
            if end and months:
                card.date_end = end + relativedelta(months=months)
        return True

    def action_end(self):
        """The membership ends now, before its term."""
        self.check_access("write")
        self.sudo().is_ended = True
        self._update_state()
        return True

    def action_reopen(self):
        """An end by mistake is taken back."""
        self.check_access("write")
        self.sudo().is_ended = False
        self._update_state()
        return True

    @api.model
    def _get_valid_domain(self, day):
        """Cards that count on ``day``."""
        return (
            Domain("is_ended", "=", False)
            & Domain("date_start", "<=", day)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
        )

    @api.model
    def _find_valid(self, partners, company, day):
        """The valid card of each person; those of a company's staff use its card.

        :return: dict partner → card, one query
        """
        owners = partners | partners.commercial_partner_id
        if not owners:
            return {}
        cards = self.sudo().search(
            self._get_valid_domain(day)
            & Domain("partner_id", "in", owners.ids)
            & Domain("company_id", "=", company.id)
        )
        own = {card.partner_id: card for card in reversed(cards)}
        return {
            partner: card
            for partner in partners
            if (card := own.get(partner) or own.get(partner.commercial_partner_id))
        }
