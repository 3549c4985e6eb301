# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN_STATES = ("planned", "not_reached", "expired")


class DealerCallback(models.Model):
    """Attempts: one press logs the call, counts it and decides the state."""

    _inherit = "dealer.callback"

    attempt_note = fields.Char(
        "Note on this call",
        copy=False,
        help="Goes into the ledger with the next attempt.",
    )
    attempt_channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("wechat", "WeChat"),
            ("email", "E-mail"),
        ],
        "Answers came by",
        copy=False,
        help="How the customer answered, when it was not by the planned channel. "
        "Goes into the ledger with the next attempt.",
    )
    answer_channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("wechat", "WeChat"),
            ("email", "E-mail"),
            ("link", "Link"),
            ("other", "Other"),
        ],
        "Reached by",
        readonly=True,
        copy=False,
        help="How the customer was reached; Link: he answered by himself.",
    )
    done_user_id = fields.Many2one(
        "res.users",
        "Called by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who reached the customer; empty where he answered by himself.",
    )
    today_total = fields.Integer(compute="_compute_today_progress")
    today_done = fields.Integer(compute="_compute_today_progress")
    today_reached = fields.Integer(compute="_compute_today_progress")

    @api.depends("state", "attempt_count")
    @api.depends_context("uid")
    def _compute_today_progress(self):
        """My list of today: how many, how many tried, how many reached."""
        company = self.env.company
        day_start = company._get_dealer_day_start(company._get_dealer_today())
        mine = [("user_id", "in", (self.env.uid, False))]
        done = [("contact_ids", "any", self._get_attempt_domain(day_start))]
        total_open = self.search_count([*mine, ("is_due", "=", True)])
        tried = self.search_count([*mine, *done])
        tried_open = self.search_count([*mine, *done, ("is_due", "=", True)])
        reached = self.search_count([*mine, *done, ("state", "=", "reached")])
        self.today_total = total_open + tried - tried_open
        self.today_done = tried
        self.today_reached = reached

    def action_log_attempt(self, outcome, note=None):
        """Log one call in the contact ledger.

        :param outcome: a value of dealer.contact.outcome
        :param note: what was said
        :raises UserError: when the callback is closed
        """
        self._check_open()
        self.env["dealer.contact"].create(
            [callback._prepare_contact_values(outcome, note) for callback in self]
        )
        return True

    def _check_open(self):
        """:raises UserError: when the callback is closed"""
        if self.filtered(lambda callback: callback.state not in OPEN_STATES):
            raise UserError(
                self.env._("This callback is closed. Press 'Reopen' to call once more.")
            )

    def _prepare_contact_values(self, outcome, note):
        self.ensure_one()
        return {
            "callback_id": self.id,
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "company_id": self.company_id.id,
            "channel": self.attempt_channel or self.channel or "phone",
            "direction": "out",
            "purpose": self.purpose or "other",
            "outcome": outcome,
            "content": note or False,
        }

    def _register_attempt(self, contact):
        """Count a logged call and let its outcome decide the state.

        :raises UserError: when the callback is closed
        :raises ValidationError: when a bad answer has no cause yet
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        self._check_attempt(contact)
        values = {
            "attempt_count": self.attempt_count + 1,
            "date_first_attempt": self.date_first_attempt or contact.date,
            "date_promised": False,
            "user_id": self.user_id.id or contact.user_id.id,
        }
        if contact.outcome == "reached":
            values.update(self._prepare_reached_values(contact))
        elif self._is_last_attempt(contact):
            values.update(state="not_reached", date_done=contact.date)
        elif self.state == "expired":
            values["state"] = "not_reached"
        self.sudo().write(values)
        if contact.outcome == "reached":
            self._after_reached()
        elif values.get("state"):
            self._after_unreached(contact.outcome)

    def _check_attempt(self, contact):
        """Hook: what must be true before this call counts.

        :param contact: the dealer.contact that was logged
        """

    def _prepare_reached_values(self, contact):
        channels = dict(self._fields["answer_channel"].selection)
        known = contact.channel in channels
        return {
            "state": "reached",
            "date_done": contact.date,
            "answer_channel": contact.channel if known else "other",
            "done_user_id": contact.user_id.id,
        }

    def _after_reached(self):
        """Hook: the customer was reached; the answers are saved.

        Called again when the answers of a closed call are corrected, so it must be
        safe to repeat.
        """

    def _after_unreached(self, outcome):
        """Hook: nobody tries any more.

        :param outcome: of the last attempt, a value of dealer.contact.outcome
        """

    def _is_last_attempt(self, contact):
        """After a wrong number or a refusal there is nothing left to try.

        Else the attempts are counted, or the days on which somebody tried (domain.md
        9: on different days). Who wants to be called later is not unreachable.
        """
        if contact.outcome in ("wrong_number", "refused"):
            return True
        if contact.outcome == "call_later":
            return False
        allowed = self._get_max_attempts()
        count = self.attempt_count + 1
        if self.sudo().policy_id.count_days and count >= allowed:
            count = self._count_attempt_days(contact)
        return count >= allowed

    def _get_max_attempts(self):
        """How often this call is tried; hook: a care plan may say otherwise."""
        return self.sudo().policy_id.max_attempts

    def _count_attempt_days(self, contact):
        """Days of the branch with an attempt, that of ``contact`` included."""
        logged = self.sudo().contact_ids.filtered(lambda c: not c.mail_template_id)
        moments = (logged | contact).mapped("date")
        return len(set(map(self.company_id._get_dealer_day, moments)))

    @api.model
    def _get_attempt_domain(self, since):
        """Ledger rows that are attempts: a link that was sent is none."""
        return [("date", ">=", since), ("mail_template_id", "=", False)]

    def action_not_reached(self):
        """Nobody answered."""
        self._log_with_note("not_reached")
        return self.action_next()

    def action_wrong_number(self):
        """The number belongs to somebody else."""
        self._log_with_note("wrong_number")
        return self.action_next()

    def action_refused(self):
        """The customer does not want to talk."""
        self._log_with_note("refused")
        return self.action_next()

    def action_save_answers(self):
        """Reached: log the call, close the questionnaire, stay on the card."""
        self.check_access("write")
        for callback in self:
            if callback.state != "reached":
                callback._log_with_note("reached")
            else:
                callback._check_finding()
                callback._after_reached()
            callback._finish_questionnaire()
        return True

    def action_save_and_next(self):
        """Reached: log the call, close the questionnaire, open the next call."""
        self.action_save_answers()
        return self.action_next()

    def _log_with_note(self, outcome):
        for callback in self:
            callback.action_log_attempt(outcome, callback.attempt_note)
        typed = self.filtered(lambda c: c.attempt_note or c.attempt_channel)
        typed.write({"attempt_note": False, "attempt_channel": False})

    def action_next(self):
        """The next open call of the list: due first, then by the window's end.

        :return: client action that shows the next card in place of this one, or
            goes back when the list is empty
        """
        upcoming = self.search(
            [
                *self._get_my_list_domain(),
                ("id", "not in", self.ids),
                *self._get_untried_domain(),
            ],
            order=self._get_call_order(),
            limit=1,
        )
        return {
            "type": "ir.actions.client",
            "tag": "dealer_next_call",
            "params": {"res_id": upcoming.id},
        }

    @api.model
    def _get_untried_domain(self):
        """Not tried today, or promised for a time that has come."""
        tried = self._get_attempt_domain(self._get_day_start())
        return [
            "|",
            ("date_promised", "<=", fields.Datetime.now()),
            ("contact_ids", "not any", tried),
        ]

    @api.model
    def _get_day_start(self):
        company = self.env.company
        return company._get_dealer_day_start(company._get_dealer_today())

    @api.model
    def _get_my_list_domain(self):
        """Open calls due today or earlier, mine or nobody's."""
        return [("is_due", "=", True), ("user_id", "in", (self.env.uid, False))]

    def _get_last_score(self):
        """The customer's score at the callback before this one, or None."""
        self.ensure_one()
        earlier = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("is_scored", "=", True),
                ("date_due", "<", self.date_due or fields.Date.today()),
            ],
            order="date_due desc",
            limit=1,
        )
        return earlier.score if earlier else None
