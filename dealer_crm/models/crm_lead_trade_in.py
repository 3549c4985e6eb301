# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class CrmLead(models.Model):
    """The customer's old car: part of the deal, and a sign that he is in earnest."""

    _inherit = "crm.lead"

    has_trade_in = fields.Boolean(
        "Trade-in wanted",
        compute="_compute_has_trade_in",
        store=True,
        readonly=False,
        help="The customer wants his old car to be handled.",
    )
    trade_in_ids = fields.One2many(
        "dealer.trade.in", "lead_id", "Trade-ins", groups="dealer_crm.group_dealer_user"
    )
    is_trade_in_progress = fields.Boolean(
        "Trade-in in Progress",
        compute="_compute_trade_in_offer",
        compute_sudo=True,
        search="_search_is_trade_in_progress",
    )
    trade_in_offer = fields.Monetary(
        "Trade-in Offer",
        compute="_compute_trade_in_offer",
        compute_sudo=True,
        currency_field="company_currency",
        help="Newest offers for the old cars that were not refused: deducted from "
        "the price.",
    )
    grade_hint = fields.Char(
        compute="_compute_grade_hint", groups="dealer_crm.group_dealer_user"
    )

    @api.depends("trade_in_ids")
    def _compute_has_trade_in(self):
        for lead in self:
            lead.has_trade_in = lead.has_trade_in or bool(lead.sudo().trade_in_ids)

    @api.depends("trade_in_ids.state", "trade_in_ids.latest_offer")
    def _compute_trade_in_offer(self):
        for lead in self:
            alive = lead.trade_in_ids.filtered(lambda t: t.state != "refused")
            lead.trade_in_offer = sum(alive.mapped("latest_offer"))
            lead.is_trade_in_progress = "progress" in alive.mapped("state")

    def _search_is_trade_in_progress(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("trade_in_ids", "any", [("state", "=", "progress")])]

    @api.depends("is_trade_in_progress")
    def _compute_grade_proposal_id(self):
        """An old car in hand points to a grade of its own, if that is hotter."""
        result = super()._compute_grade_proposal_id()
        for lead in self.filtered(lambda x: not x.grade_missing):
            hinted = lead._get_hinted_grade()
            proposed = lead.grade_proposal_id
            if hinted and (not proposed or hinted.sequence < proposed.sequence):
                lead.grade_proposal_id = hinted
        return result

    @api.depends("is_trade_in_progress", "grade_id", "grade_missing", "won_status")
    def _compute_grade_hint(self):
        """In words, while the lead is colder than its signs."""
        for lead in self:
            hinted = lead._get_hinted_grade()
            grade = lead.grade_id
            is_colder = not grade or hinted.sequence < grade.sequence
            lead.grade_hint = False
            if hinted and is_colder and not lead.grade_missing:
                lead.grade_hint = self.env._(
                    "The old car is being handled: a sign of grade %(grade)s.",
                    grade=hinted.code,
                )

    def _get_hinted_grade(self):
        """The grade that a trade-in in progress points to, or nothing."""
        self.ensure_one()
        grades = self.env["dealer.grade"]
        if not self.is_trade_in_progress or self.won_status != "pending":
            return grades
        return self.grade_ladder_id.grade_ids.filtered("is_trade_in_hint")[:1]

    def _get_proposal_reason(self):
        self.ensure_one()
        hinted = self._get_hinted_grade()
        if hinted and hinted == self.grade_proposal_id:
            return self.env._("proposed: the old car is being handled")
        return super()._get_proposal_reason()
