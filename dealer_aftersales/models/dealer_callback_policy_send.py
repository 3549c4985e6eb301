# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)

BATCH = 200
#: Channels that need nobody; a letter is printed and posted by a person.
SENT_BY_JOB = ("sms", "email")
SENDING_CHANNELS = (*SENT_BY_JOB, "letter")
LETTER_MODEL = "dealer.callback"
#: What counts as a callback in the figures is asked by a person.
ASKED_PURPOSES = ("after_service", "after_delivery", "complaint")


class DealerCallbackPolicy(models.Model):
    """Policies whose message leaves by itself, with a template of the dealership.

    Each person gets it once: message, line of the ledger and state of the callback
    are written in one batch, which is done wholly or not at all.
    """

    _inherit = "dealer.callback.policy"

    template_id = fields.Many2one(
        "mail.template",
        "Sent by itself",
        ondelete="restrict",
        domain=[("dealer_kind", "!=", False), ("model", "=", LETTER_MODEL)],
        help="With a template nobody calls: SMS and e-mails leave in the morning, "
        "letters wait to be printed. Empty: a person does it.",
    )
    send_error = fields.Char("Last Failure", readonly=True, copy=False)

    def _is_sending(self):
        self.ensure_one()
        return bool(self.sudo().template_id) and self.channel in SENDING_CHANNELS

    @api.model
    def _get_sending_policies(self):
        return (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("template_id", "!=", False),
                    ("channel", "in", SENDING_CHANNELS),
                ]
            )
        )

    @api.constrains("template_id", "channel", "purpose")
    def _check_template(self):
        for policy in self:
            template = policy.sudo().template_id
            if not template:
                continue
            if not template.dealer_kind or template.model != LETTER_MODEL:
                raise ValidationError(
                    self.env._(
                        "Sent by itself: this template is no letter about a callback."
                    )
                )
            if policy.channel not in SENDING_CHANNELS:
                raise ValidationError(
                    self.env._("Channel: only SMS, e-mails and letters are sent.")
                )
            if policy.purpose in ASKED_PURPOSES:
                raise ValidationError(
                    self.env._(
                        "Purpose: what is sent by itself does not count as a "
                        'callback. Choose "Service".'
                    )
                )

    @api.model
    def _cron_send_callbacks(self):
        """Send what is due, in committed batches; one that fails stops no other."""
        cron = self.env["ir.cron"]
        for policy in self.search([("channel", "in", SENT_BY_JOB)]):
            if not policy._is_sending():
                continue
            errors = []
            for company in policy._get_companies():
                last = policy._run_step("_send_batch", company, errors, 0, errors)
                while last:
                    if not cron._commit_progress(BATCH):
                        return
                    last = policy._run_step(
                        "_send_batch", company, errors, last, errors
                    )
            policy.send_error = errors[0] if errors else False
            if not cron._commit_progress(1):
                return

    def _send_batch(self, company, after, errors):
        """Send to the next callbacks that are due.

        Whoever may not be written to today is asked about again tomorrow, until the
        window ends.

        :param int after: only callbacks with a greater id
        :return: id of the last one looked at, 0: none is left
        """
        self.ensure_one()
        if self.channel == "sms" and "sms.sms" not in self.env:
            raise UserError(self.env._("Install the SMS app to send text messages."))
        calls = self._get_due_calls(company, after)
        last = calls[-1:].id or 0
        calls = calls.try_lock_for_update()
        calls.invalidate_recordset(["state"])  # another worker may have been faster
        calls = calls.filtered(lambda c: c.state == "planned")
        verdicts = calls._judge_calls()
        allowed = calls.filtered(lambda c: not verdicts[c][0])
        self._deliver_all(company, allowed, errors)
        return last

    def _get_due_calls(self, company, after):
        """The next planned callbacks of the branch, by id."""
        return (
            self.env["dealer.callback"]
            .sudo()
            .search(
                [
                    ("policy_id", "=", self.id),
                    ("company_id", "=", company.id),
                    ("state", "=", "planned"),
                    ("date_due", "<=", company._get_dealer_today()),
                    ("id", ">", after),
                ],
                order="id",
                limit=BATCH,
            )
        )

    def _deliver_all(self, company, calls, errors):
        """All at once; if that fails one by one, so that the bad one is found."""
        if not calls or self._try_deliver(company, calls, []):
            return
        for call in calls:
            self._try_deliver(company, call, errors)

    def _try_deliver(self, company, calls, errors):
        try:
            with self.env.cr.savepoint():
                policy = self.with_company(company)
                policy._deliver(calls.with_env(policy.env))
                self.env.flush_all()
        except OperationalError:
            raise  # another worker was faster: the job is tried again
        except Exception as error:
            _logger.warning("Callback policy %s: sending failed", self.id, exc_info=1)
            errors.append(f"{calls[:1].id}: {error}"[:500])
            return False
        return True

    def _deliver(self, calls):
        """Hand over to the channel, note each in the ledger, close the callbacks."""
        uuids = getattr(self, f"_deliver_{self.channel}")(calls)
        calls._mark_sent(self.template_id, self.channel, uuids)

    def _deliver_email(self, calls):
        sender = self.env.company.email_formatted
        for call in calls:
            values = {"recipient_ids": [(4, call.partner_id.id)], "email_to": False}
            if sender:
                values["email_from"] = sender
            self.template_id.send_mail(call.id, email_values=values)

    def _deliver_sms(self, calls):
        texts = self.template_id._render_sms(calls)
        return self.template_id._queue_sms(
            [(call.partner_id.phone, texts[call.id], call.partner_id) for call in calls]
        )
