# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.grade import Rung, propose, propose_from_feedback


class DealerGrade(models.Model):
    """A rung of the ladder: how soon a prospect buys and how often we talk to him.

    An empty grade on a lead is 无级: name, phone or model is missing (seed 004).
    """

    _name = "dealer.grade"
    _description = "Prospect Grade"
    _order = "ladder_id, sequence, id"
    _rec_name = "code"

    ladder_id = fields.Many2one("dealer.grade.ladder", required=True, index=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_order = fields.Boolean(
        "Ordered",
        help="Deposit or contract is there, the car is not delivered yet. "
        "Set by hand or by the contract, never proposed from a date.",
    )
    is_trade_in_hint = fields.Boolean(
        "Sign: old car being handled",
        help="Proposed while a trade-in is in progress.",
    )
    window_from = fields.Integer(
        "From (days)", help="First day of the purchase window, counted from today."
    )
    window_to = fields.Integer(
        "To (days)", help="Last day of the purchase window; 0 leaves it open."
    )
    lapse_days = fields.Integer(
        "Ask again after (days)",
        help="The grade is to be decided again so many days after its last decision; "
        "0: when its window has passed.",
    )
    contact_interval = fields.Integer(
        "Contact every (days)",
        required=True,
        default=7,
        help="Days until the next contact is planned. A change applies to the "
        "next plan; dates that are already planned stay.",
    )
    intention = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")], required=True
    )
    features = fields.Text(
        translate=True, help="What a customer of this grade says and does."
    )
    stage_ids = fields.Many2many(
        "crm.stage",
        string="Steps",
        help="Where two grades share a window, the one with the lead's step wins.",
    )
    color = fields.Integer("Drawer Colour")

    _code_uniq = models.Constraint(
        "UNIQUE (ladder_id, code)", "Each code stands once in a ladder."
    )
    _window_check = models.Constraint(
        "CHECK (window_from >= 0 AND (window_to = 0 OR window_to >= window_from))",
        "The window of a grade ends before it begins.",
    )
    _lapse_check = models.Constraint(
        "CHECK (lapse_days >= 0)", "Ask again after (days): not below zero."
    )
    _interval_check = models.Constraint(
        "CHECK (contact_interval > 0)", "The contact interval is at least one day."
    )

    @api.depends("code", "name")
    @api.depends_context("grade_full_name")
    def _compute_display_name(self):
        for grade in self:
            grade.display_name = (
                f"{grade.code} {grade.name}"
                if self.env.context.get("grade_full_name")
                else grade.code
            )

    @api.model
    def _search_display_name(self, operator, value):
        """A code typed or imported means the rung of the branch's own ladder."""
        domain = super()._search_display_name(operator, value)
        ladder = self.env.company.sudo().grade_ladder_id
        if domain is NotImplemented or not ladder:
            return domain
        return Domain(domain) & Domain("ladder_id", "=", ladder.id)

    def _propose(self, days_left, stage):
        """The grade of ``self`` (one ladder) that fits, or an empty recordset.

        :param int days_left: days until the expected purchase, negative when past
        :param stage: the lead's crm.stage, decides between grades of one window
        """
        return self.browse(propose(self._get_rungs(), days_left, stage.id or None))

    def _propose_from_feedback(self, satisfaction, window, today):
        """As ``tools.grade.propose_from_feedback``, among ``self`` (one ladder)."""
        key = propose_from_feedback(self._get_rungs(), satisfaction, window, today)
        return self.browse(key or ())

    def _get_rungs(self):
        return [
            Rung(g.id, g.window_from, g.window_to or None, frozenset(g.stage_ids.ids))
            for g in self
            if not g.is_order
        ]

    def _get_lapse_days(self):
        """Days from a decision until it is asked again; 0: never."""
        if not self or self.is_order:
            return 0
        return self.lapse_days or self.window_to
