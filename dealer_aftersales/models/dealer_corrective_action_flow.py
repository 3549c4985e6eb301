# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

GENERAL_MANAGER = "dealer_crm.group_general_manager"
TODO = "mail.mail_activity_data_todo"
APPROVAL = "dealer_aftersales.mail_activity_type_measure_approval"


class DealerCorrectiveAction(models.Model):
    """The way of a measure: submitted, approved, carried out, verified, closed."""

    _inherit = "dealer.corrective.action"

    def _get_approval_group(self):
        return GENERAL_MANAGER

    def action_submit(self, reason=None):
        """Ask the general manager for his approval.

        :raises UserError: naming what is missing
        """
        self.check_access("write")
        self._check_managing()
        for action in self:
            if action.state != "draft":
                raise UserError(self.env._("Only a draft is submitted."))
            action._check_complete()
        result = super().action_submit(reason)
        self.sudo().write(
            {"state": "submitted", "is_proposed": False, "refusal_reason": False}
        )
        for action in self.sudo():
            action._ask_manager()
        return result

    def _check_managing(self):
        if not self._is_managing():
            raise AccessError(
                self.env._(
                    "Measures are led by the service manager, customer relations and "
                    "the sales manager."
                )
            )

    def _check_complete(self):
        """Seed 003: 整改措施应明确整改措施的责任人和完成时间."""
        self.ensure_one()
        names = ("responsible_id", "supervisor_id", "date_due", "measure_text")
        missing = [
            self._fields[name]._description_string(self.env)
            for name in names
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(measure)s cannot be submitted without: %(fields)s.",
                    measure=self.name,
                    fields=", ".join(missing),
                )
            )

    def _ask_manager(self):
        """One activity for the general manager of the branch."""
        manager = self.company_id._get_general_manager()
        if manager:
            self.activity_schedule(
                APPROVAL,
                user_id=manager.id,
                date_deadline=self.company_id._get_dealer_today(),
                summary=self.with_context(lang=manager.lang).env._(
                    "Approve the measure"
                ),
            )

    def action_refuse(self, reason=None):
        """Back to the author, who is told why.

        :raises UserError: without a reason
        """
        if not (reason or "").strip():
            raise UserError(
                self.env._("Reason: say why the measure is refused; it goes back.")
            )
        return super(
            DealerCorrectiveAction, self.with_context(dealer_refusal=reason)
        ).action_refuse(reason)

    def _on_approved(self):
        result = super()._on_approved()
        action = self.sudo()
        action.write({"state": "running", "refusal_reason": False})
        action.activity_feedback([APPROVAL])
        action._plan_work()
        return result

    def _plan_work(self):
        """The responsible finds it on his list, with the day it is due."""
        for action in self:
            action.activity_schedule(
                TODO,
                user_id=action.responsible_id.id,
                date_deadline=action.date_due,
                summary=action.name,
            )

    def _on_refused(self):
        result = super()._on_refused()
        action = self.sudo()
        reason = self.env.context.get("dealer_refusal")
        action.write({"state": "draft", "refusal_reason": reason})
        action.activity_unlink([APPROVAL])
        action.message_post(
            body=self.env._("Refused: %(reason)s", reason=reason),
            author_id=self.env.user.partner_id.id,
        )
        return result

    def action_back_to_draft(self):
        """Change what was submitted or approved: it needs a new approval.

        :raises UserError: nothing to change any more
        """
        self.check_access("write")
        self._check_managing()
        for action in self:
            if action.state not in ("submitted", "running", "cancelled"):
                raise UserError(
                    self.env._("A measure that was carried out is not changed.")
                )
            action._set_approval("draft", self.env._("Back to draft"))
        actions = self.sudo()
        actions.write({"state": "draft", "close_reason": False})
        actions.activity_unlink([APPROVAL, TODO])
        return True

    def action_cancel(self, reason=None):
        """Give it up, or dismiss what was proposed; the reason is kept.

        :raises UserError: without a reason
        """
        self.check_access("write")
        self._check_managing()
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say why the measure is given up."))
        for action in self:
            action._check_may_cancel()
        actions = self.sudo()
        actions.write({"state": "cancelled", "close_reason": reason})
        actions.activity_unlink([APPROVAL, TODO])
        actions._withdraw_rechecks()
        return True

    def _check_may_cancel(self):
        """What the general manager approved, only he gives up."""
        if self.state not in ("draft", "submitted", "running", "done"):
            raise UserError(self.env._("This measure is closed."))
        approved = self.approval_state == "approved"
        if approved and not self.env.user.has_group(GENERAL_MANAGER):
            raise AccessError(
                self.env._("Only the general manager gives up an approved measure.")
            )

    def action_done(self, note=None):
        """The responsible has carried it out: the customers are called again.

        :raises UserError: not in progress; :raises AccessError: not his measure
        """
        self.check_access("read")
        for action in self:
            if action.state != "running":
                raise UserError(self.env._("Only a measure in progress is finished."))
            if not action._may_carry_out():
                raise AccessError(
                    self.env._(
                        "Only %(name)s, who is responsible, finishes this measure.",
                        name=action.responsible_id.sudo().name,
                    )
                )
            action._log_progress(100, note or self.env._("Carried out"))
            action.sudo()._finish()
        return True

    def _log_progress(self, percent, text):
        self.env["dealer.corrective.action.progress"].create(
            {"action_id": self.id, "percent": percent, "text": text}
        )

    def _finish(self):
        """Carried out: wait for the supervisor and for the customers' word."""
        self.ensure_one()
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        self.activity_feedback([TODO])
        self._start_rechecks()
        supervisor = self.supervisor_id
        self.activity_schedule(
            TODO,
            user_id=supervisor.id,
            date_deadline=self.company_id._get_dealer_today(),
            summary=self.with_context(lang=supervisor.lang).env._(
                "Verify that it was carried out"
            ),
        )

    def _send_back(self, note):
        """Not as it should be: in progress again, with a word to the responsible."""
        for action in self.sudo():
            action.write(
                {
                    "state": "running",
                    "date_done": False,
                    "date_verified": False,
                    "verified_by_id": False,
                    "date_closed": False,
                    "closed_by_id": False,
                    "close_reason": False,
                    "is_reported": False,
                    "report_attachment_id": False,
                    "reopen_count": action.reopen_count + 1,
                }
            )
            action._withdraw_rechecks()
            action.activity_unlink([TODO])
            action.message_post(body=note)
            action._plan_work()

    def _verify(self, user):
        """The supervisor saw that it is done."""
        for action in self.sudo():
            action.write(
                {"date_verified": fields.Datetime.now(), "verified_by_id": user.id}
            )
            action.activity_feedback([TODO])
        self.sudo()._judge()
