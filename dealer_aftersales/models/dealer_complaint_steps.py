# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import complaint as rules
from .dealer_complaint import OPEN_STATES


class DealerComplaint(models.Model):
    """The steps of a complaint, each with its button, its checks and its log (CMP-01).

    A card that is dragged over several columns takes every step on the way.
    """

    _inherit = "dealer.complaint"

    next_state = fields.Char(compute="_compute_next_state")
    can_handle = fields.Boolean(
        compute="_compute_can_handle", help="Whether the user takes the steps."
    )

    @api.depends("state", "kind")
    def _compute_next_state(self):
        """Technical name of the step ahead: which button the form shows."""
        for complaint in self:
            path = rules.get_path(complaint.kind)
            state = complaint.state
            place = path.index(state) + 1 if state in path else len(path)
            complaint.next_state = path[place] if place < len(path) else False

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        allowed = self._origin._filtered_access("write")
        for complaint in self:
            complaint.can_handle = complaint._origin in allowed

    def action_answer(self):
        """The customer got his first answer."""
        return self._go_to("answered")

    def action_investigate(self):
        """The findings and the root cause are known."""
        return self._go_to("investigated")

    def action_propose(self):
        """The customer was told what we offer."""
        return self._go_to("proposed")

    def action_agree(self):
        """The customer agreed; without other words to what was proposed."""
        return self._go_to("agreed")

    def action_carry_out(self):
        """What was agreed is done."""
        return self._go_to("done")

    def action_confirm(self):
        """The customer said, or signed, that it is settled."""
        return self._go_to("confirmed")

    def action_close(self):
        """The case is over."""
        return self._go_to("closed")

    def action_close_unconfirmed(self, reason):
        """The customer does not confirm: a manager closes, with the reason (CMP-01).

        :raises AccessError: for everybody but managers
        :raises UserError: no reason, or not carried out yet
        """
        reason = self._check_reason(reason)
        self._check_complaint_manager()
        for complaint in self:
            if complaint.state != "done":
                raise UserError(
                    self.env._(
                        "%(number)s: closed without the customer's confirmation only "
                        "after it was carried out.",
                        number=complaint.name,
                    )
                )
            complaint._set_state("closed", reason, unconfirmed_reason=reason)
        return True

    def action_withdraw(self, reason):
        """The customer takes it back, or it was entered by mistake."""
        reason = self._check_reason(reason)
        self.check_access("write")
        for complaint in self:
            if complaint.state not in OPEN_STATES:
                raise UserError(
                    self.env._("%(number)s is over already.", number=complaint.name)
                )
            complaint._set_state("withdrawn", reason, withdraw_reason=reason)
        return True

    def action_reopen(self, reason):
        """It was not over: the case goes on, the time to close it starts anew."""
        reason = self._check_reason(reason)
        self.check_access("write")
        for complaint in self:
            if complaint.state in OPEN_STATES:
                raise UserError(
                    self.env._("%(number)s is open already.", number=complaint.name)
                )
            complaint._set_state(
                "answered" if complaint.date_answered else "received",
                reason,
                date_closed=False,
                date_confirmed=False,
                date_reopened=fields.Datetime.now(),
                reopen_count=complaint.reopen_count + 1,
                close_escalated_on=False,
                unconfirmed_reason=False,
                withdraw_reason=False,
            )
        return True

    def action_step_back(self, reason):
        """A step was taken by mistake."""
        reason = self._check_reason(reason)
        self.check_access("write")
        for complaint in self:
            target = rules.get_step_before(complaint.kind, complaint.state)
            if not target or complaint.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(number)s: there is no step to take back.",
                        number=complaint.name,
                    )
                )
            values = {"date_answered": False} if target == "received" else {}
            if complaint.state == "confirmed":
                values["date_confirmed"] = False
            complaint._set_state(target, reason, **values)
        return True

    def _go_to(self, target):
        """Take every step up to ``target``, after all its checks.

        :raises UserError: tells all that is missing on the way
        """
        self.check_access("write")
        for complaint in self.filtered(lambda c: c.state != target):
            way = rules.get_way(complaint.kind, complaint.state, target)
            if not way:
                raise UserError(complaint._get_no_way_text(target))
            complaint._fill_usual(way)
            complaint._check_steps(way)
            for step in way:
                complaint._set_state(step, **complaint._get_step_values(step))
        return True

    def _fill_usual(self, way):
        """What goes without saying: the proposal is agreed, the customer confirms."""
        if "agreed" in way and not self.remedy:
            self.remedy = self.proposal
        if "confirmed" in way and not self.confirmed_by:
            self.confirmed_by = self.sudo().partner_id.name

    def _check_steps(self, way):
        """:raises UserError: names the fields that a step on the way needs"""
        self.ensure_one()
        texts = []
        for step in way:
            missing = [
                self._fields[name]._description_string(self.env)
                for name in rules.REQUIRED.get(step, ())
                if not self[name] or not str(self[name]).strip()
            ]
            if missing:
                texts.append(
                    self.env._(
                        "Before '%(step)s' fill in: %(fields)s.",
                        step=self._get_state_name(step),
                        fields=", ".join(missing),
                    )
                )
            texts += self._get_step_blocks(step)
        if texts:
            raise UserError("\n".join([f"{self.name}:", *texts]))

    def _set_state(self, state, reason=False, **values):
        """One step with its line in the log; rights were checked before."""
        self.ensure_one()
        source = self.state
        if state in rules.ENDED:
            values.setdefault("date_closed", fields.Datetime.now())
        self.sudo().write({"state": state, **values})
        self._log_step(source, state, reason)
        self._after_step(source, state)

    def _get_no_way_text(self, target):
        return self.env._(
            "%(number)s does not go from '%(before)s' to '%(after)s'. Closed cases are "
            "reopened, steps are taken back, by their buttons and with a reason.",
            number=self.name,
            before=self._get_state_name(),
            after=self._get_state_name(target),
        )

    def _check_reason(self, reason):
        """:raises UserError: no reason given"""
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Reason: say why."))
        return reason

    def _check_complaint_manager(self):
        """:raises AccessError: not the manager of what was complained of"""
        self.check_access("write")
        has_group = self.env.user.has_group
        if self.env.su or has_group("dealer_aftersales.group_service_manager"):
            return
        is_sales = all(complaint.department == "sales" for complaint in self)
        if not (is_sales and has_group("dealer_crm.group_sales_manager")):
            raise AccessError(
                self.env._(
                    "Only the manager closes a complaint that the customer did not "
                    "confirm."
                )
            )
