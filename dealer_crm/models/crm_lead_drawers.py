# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

REASONS = 8
# so many of the newest lines are looked through for reasons used before
LOOK_BACK = 50


class CrmLead(models.Model):
    """The card drawers: a card moves with a reason, and low grades move on."""

    _inherit = "crm.lead"

    next_stage_id = fields.Many2one(
        "crm.stage", "Next Step", compute="_compute_next_stage_id"
    )

    @api.depends("stage_id", "team_id", "won_status")
    def _compute_next_stage_id(self):
        """The stage that follows; none after the last before the sale is won."""
        lost = self.env.ref("dealer_crm.stage_lost", raise_if_not_found=False)
        stages = self.env["crm.stage"].search([("is_won", "=", False)]) - (
            lost or self.env["crm.stage"]
        )
        for lead in self:
            now = lead.stage_id
            following = stages.filtered(
                lambda s, lead=lead, now=now: (s.sequence, s.id)
                > (now.sequence, now.id)
                and (not s.team_ids or lead.team_id in s.team_ids)
            )
            is_open = lead.won_status == "pending"
            lead.next_stage_id = is_open and following[:1]

    def action_move_to_drawer(self, grade_id, reason):
        """Put the cards into the drawer of another grade.

        :param int grade_id: dealer.grade of the drawer
        :param str reason: why, in words
        :raises UserError: no reason, or the drawer of those without a grade
        """
        grade = self.env["dealer.grade"].browse(grade_id or ()).exists()
        if not grade:
            raise UserError(
                self.env._(
                    "No grade: a card lies there by itself while name, phone or model "
                    "is missing."
                )
            )
        if not (reason or "").strip():
            raise UserError(
                self.env._("Reason for the Grade: say why the card changes the drawer.")
            )
        self._answer_grade_question("drawer", grade, reason.strip())
        return True

    @api.model
    @api.readonly
    def get_drawer_reasons(self, grade_id):
        """Reasons to choose from: those used before for this drawer, then its signs.

        :param int grade_id: dealer.grade of the drawer, False for none
        :return: list of str, each once
        """
        if not grade_id:
            return []
        logs = self.env["dealer.grade.log"].search(
            [
                ("user_id", "=", self.env.uid),
                ("step", "=", "drawer"),
                ("grade_to_id", "=", grade_id),
                ("reason", "!=", False),
            ],
            limit=LOOK_BACK,
        )
        grade = self.env["dealer.grade"].browse(grade_id).exists()
        usual = [
            self.env._("Puts the purchase off"),
            self.env._("Compares with another brand"),
            self.env._("Wants to buy sooner"),
        ]
        texts = [*logs.mapped("reason"), *grade.sign_ids.mapped("name"), *usual]
        return list(dict.fromkeys(texts))[:REASONS]
