# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dealer_callback_self_service import LINKABLE


class DealerCallback(models.Model):
    """What the customer answered by himself arrives in his callback.

    It counts as carried out and as successful, like a call; the ledger says that
    nobody called. Bad answers lead to the same follow-up.
    """

    _inherit = "dealer.callback"

    @api.model
    def _is_taking_link_answers(self):
        """True while the answers of a link are taken over; no client can say so."""
        return self.env.su and self.env.context.get("dealer_link_answers")

    def _take_link_answers(self):
        for callback in self.sudo().with_context(dealer_link_answers=True):
            callback._update_score()
            if callback.is_answered and callback.state in (*LINKABLE, "expired"):
                callback._log_link_answers()
            elif callback.state == "reached":
                callback._after_reached()

    def _log_link_answers(self):
        self.ensure_one()
        self.env["dealer.contact"].create(
            {
                **self._prepare_contact_values(
                    "reached", self.env._("Answered by link")
                ),
                "channel": self.link_channel or "sms",
                "direction": "in",
                "user_id": self.env.ref("base.user_root").id,
            }
        )

    def _prepare_reached_values(self, contact):
        values = super()._prepare_reached_values(contact)
        if self._is_taking_link_answers():
            values |= {"answer_channel": "link", "done_user_id": False}
        return values

    def _register_attempt(self, contact):
        """Nobody called: the callback keeps its caller, or nobody."""
        if not self._is_taking_link_answers():
            return super()._register_attempt(contact)
        user = self.user_id
        result = super()._register_attempt(contact)
        self.sudo().user_id = user
        return result


class SurveyUserInput(models.Model):
    """The answer sheet of a callback, filled in by the customer."""

    _inherit = "survey.user_input"

    callback_ids = fields.One2many("dealer.callback", "user_input_id", "Callbacks")

    def _save_lines(self, question, answer, comment=None, overwrite_existing=True):
        """What was answered on the phone before may be answered again by link."""
        if not overwrite_existing and self.sudo().callback_ids:
            overwrite_existing = True
        return super()._save_lines(
            question, answer, comment, overwrite_existing=overwrite_existing
        )

    def _mark_done(self):
        if not self.env.context.get("dealer_answered_by_caller"):
            callbacks = self.sudo().callback_ids
            if callbacks:
                self._lock_callbacks(callbacks)
                callbacks._take_link_answers()
        return super()._mark_done()

    @api.model
    def _lock_callbacks(self, callbacks):
        """The caller may close the callback at this very moment: one after another."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM dealer_callback WHERE id IN %s FOR UPDATE",
                callbacks._ids,
            )
        )
        callbacks.invalidate_recordset(["state", "attempt_count"])
