# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class DealerSurveyRound(models.Model):
    """What came of a round: three queries for a list of any length."""

    _inherit = "dealer.survey.round"

    drawn_count = fields.Integer("Drawn", compute="_compute_result")
    tried_count = fields.Integer("Asked", compute="_compute_result")
    answered_count = fields.Integer("Answered", compute="_compute_result")
    response_rate = fields.Float(
        compute="_compute_result", help="Answered ÷ drawn; cancelled calls left out."
    )
    score = fields.Float(
        "Satisfaction",
        compute="_compute_result",
        digits=(16, 2),
        help="Mean of the answers on overall satisfaction.",
    )
    csi = fields.Float(
        "Satisfaction Index",
        compute="_compute_result",
        digits=(16, 1),
        help="Mean of the weighted index, 0 to 100.",
    )
    scored_count = fields.Integer("Overall Answers", compute="_compute_result")

    @api.depends("callback_ids.state", "callback_ids.is_answered", "callback_ids.csi")
    def _compute_result(self):
        base = Domain("round_id", "in", self.ids) & Domain("state", "!=", "cancelled")
        drawn = self._read_by_round(base, "__count")
        tried = self._read_by_round(base & Domain("attempt_count", ">", 0), "__count")
        answered = base & Domain("is_successful", "=", True)
        count = self._read_by_round(answered, "__count")
        scored = answered & Domain("is_scored", "=", True)
        score = self._read_by_round(scored, "__count", "score:avg")
        csi = self._read_by_round(answered & Domain("has_csi", "=", True), "csi:avg")
        for drawing in self:
            key = drawing._origin.id
            drawing.drawn_count = drawn.get(key, [0])[0]
            drawing.tried_count = tried.get(key, [0])[0]
            drawing.answered_count = count.get(key, [0])[0]
            drawing.response_rate = (
                drawing.answered_count / drawing.drawn_count
                if drawing.drawn_count
                else 0.0
            )
            drawing.scored_count, drawing.score = score.get(key, (0, 0.0))
            drawing.csi = csi.get(key, [0.0])[0]

    @api.model
    def _read_by_round(self, domain, *aggregates):
        rows = self.env["dealer.callback"]._read_group(
            domain, ["round_id"], list(aggregates)
        )
        return {drawing.id: values for drawing, *values in rows}

    def action_view_callbacks(self):
        """The persons drawn."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_callback_action"
        )
        action["domain"] = [("round_id", "=", self.id)]
        action["context"] = {}
        action["display_name"] = self.name
        return action

    def action_view_answered(self):
        """The persons who answered."""
        action = self.action_view_callbacks()
        action["domain"] += [("is_successful", "=", True)]
        return action
