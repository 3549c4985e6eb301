# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dealer_callback_attempt import OPEN_STATES


class DealerCallback(models.Model):
    """A callback drawn by a survey round, and answers given online."""

    _inherit = "dealer.callback"

    round_id = fields.Many2one(
        "dealer.survey.round",
        "Survey Round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    survey_url = fields.Char(
        "Link to answer",
        compute="_compute_survey_url",
        help="Whoever opens it answers this questionnaire himself.",
    )

    def _compute_survey_url(self):
        """Shown where the customer is asked to answer by himself."""
        for callback in self:
            sheet = callback.sudo().user_input_id
            callback.survey_url = bool(sheet) and (
                callback.get_base_url() + sheet.get_start_url()
            )

    def _after_make(self):
        """The round's way of asking is known before anybody acts on the channel."""
        drawn = self.env["dealer.callback.policy"]._get_round()
        if drawn and self:
            self.sudo().write({"round_id": drawn.id, "channel": drawn._get_channel()})
            if drawn.method in ("online", "sms"):
                for callback in self:
                    callback._get_user_input()
        return super()._after_make()

    def action_make_link(self):
        """An answer sheet whose link can be sent to the customer."""
        self.check_access("write")
        for callback in self:
            callback._get_user_input()
        return True

    def _take_online_answer(self):
        """The customer answered by himself: reached, answered, in the ledger."""
        for callback in self.filtered(lambda c: c.state in OPEN_STATES):
            callback._update_score()
            if not callback.is_answered:
                continue
            values = callback._prepare_contact_values("reached", None)
            values.update(
                direction="in",
                user_id=callback.user_id.id or self.env.ref("base.user_root").id,
            )
            self.env["dealer.contact"].create(values)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    dealer_callback_ids = fields.One2many("dealer.callback", "user_input_id")

    def _mark_done(self):
        """A sheet the customer filled in himself counts on his callback."""
        result = super()._mark_done()
        self.sudo().dealer_callback_ids._take_online_answer()
        return result
