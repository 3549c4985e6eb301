# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import run_each
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..tools.measures import judge_measure
from .dealer_corrective_action_flow import GENERAL_MANAGER

REPORT = "dealer_aftersales.action_report_corrective_action"
REPORTED = "dealer_aftersales.mail_activity_type_measure_report"
BATCH = 20


class DealerCorrectiveAction(models.Model):
    """The end: the customers' word closes or reopens it, the manager hears of it."""

    _inherit = "dealer.corrective.action"

    is_reported = fields.Boolean(
        "Reported to the General Manager", readonly=True, copy=False
    )
    report_attachment_id = fields.Many2one(
        "ir.attachment", "Report (PDF)", readonly=True, copy=False, ondelete="set null"
    )

    _no_report_idx = models.Index(
        "(id) WHERE state = 'closed' AND report_attachment_id IS NULL"
    )

    def _judge(self):
        """Close what helped, reopen what did not, leave the rest waiting.

        A closed measure opens again by the word of a customer only.
        """
        for action in self.filtered(lambda a: a.state in ("done", "closed")):
            verdict = action._get_verdict()
            is_said = "not_ok" in action.check_ids.mapped("result")
            if verdict == "ineffective" and (is_said or action.state == "done"):
                action._send_back(action._get_ineffective_text())
            elif verdict == "effective" and action._is_to_close():
                action._close()

    def _is_to_close(self):
        return bool(self.state == "done" and self.date_verified)

    def _get_verdict(self):
        """See :func:`judge_measure`."""
        self.ensure_one()
        return judge_measure(self.check_ids.mapped("result"), self._is_figure_better())

    def _get_ineffective_text(self):
        self.ensure_one()
        bad = self.check_ids.filtered(lambda line: line.result == "not_ok")
        if bad:
            return self.env._(
                "Reopened: %(count)s of the customers called again are not satisfied.",
                count=len(bad),
            )
        return self.env._("Reopened: %(figure)s", figure=self.effect_text)

    def action_close(self, reason=None):
        """Close it now. Without the proof of a re-call only the general manager may.

        :param reason: why it is closed without proof
        :raises UserError: naming what is missing; :raises AccessError: not his to say
        """
        self.check_access("read")
        for action in self:
            if action.state != "done":
                raise UserError(
                    self.env._("Only a measure that was carried out is closed.")
                )
            action._check_may_close(reason)
            action.sudo()._close(self.env.user, reason)
        return True

    def _check_may_close(self, reason):
        proven = self.date_verified and self._get_verdict() == "effective"
        if proven and (self._is_managing() or self._may_supervise()):
            return
        if not self.env.su and not self.env.user.has_group(GENERAL_MANAGER):
            raise AccessError(self._get_unproven_text())
        if not (reason or "").strip():
            raise UserError(
                self.env._("Reason: %(missing)s", missing=self._get_unproven_text())
            )

    def _get_unproven_text(self):
        """What is still missing, in words."""
        parts = []
        if not self.date_verified:
            parts.append(self.env._("the supervisor has not verified it"))
        results = self.check_ids.mapped("result")
        waiting = results.count("waiting")
        if waiting:
            parts.append(self.env._("%(count)s re-calls are open", count=waiting))
        elif "ok" not in results:
            parts.append(self.env._("no affected customer said that it helped"))
        return self.env._(
            "Without proof only the general manager closes it, with a reason: "
            "%(parts)s.",
            parts=", ".join(parts) or self.env._("it has no effect yet"),
        )

    def _close(self, user=None, reason=None):
        """Closed, and reported to the general manager once."""
        self.ensure_one()
        self.write(
            {
                "state": "closed",
                "date_closed": fields.Datetime.now(),
                "closed_by_id": user and user.id,
                "close_reason": reason or False,
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._withdraw_rechecks()
        self._report_to_manager()

    def _report_to_manager(self):
        """Seed 003: 并将执行的情况及时上报总经理. Once, however often it is called."""
        self.ensure_one()
        if self.is_reported:
            return
        self.is_reported = True
        manager = self.company_id._get_general_manager()
        if manager:
            told = self.with_context(lang=manager.lang)
            self.activity_schedule(
                REPORTED,
                user_id=manager.id,
                date_deadline=self.company_id._get_dealer_today(),
                summary=told.env._("Measure closed"),
                note=told._get_report_text(),
            )
        cron = self.env.ref("dealer_aftersales.ir_cron_attach_measure_reports", False)
        if cron:
            cron.sudo()._trigger()

    def _get_report_text(self):
        """Two lines that need no opening of the record."""
        self.ensure_one()
        done = self.date_done and self.company_id._get_dealer_day(self.date_done)
        return self.env._(
            "%(name)s: carried out on %(done)s by %(person)s, %(days)s days open. "
            "%(effect)s",
            name=self.display_name,
            done=format_date(self.env, done),
            person=self.responsible_id.name,
            days=self.age_days,
            effect=self.effect_text or "",
        )

    @api.model
    def _cron_attach_reports(self):
        """Print the reports of closed measures; a bad one stops no other."""
        domain = [("state", "=", "closed"), ("report_attachment_id", "=", False)]
        waiting = self.search(domain, order="id")
        for start in range(0, len(waiting), BATCH):
            part = waiting[start : start + BATCH]
            run_each(part, "Measure report", type(self)._attach_report)
            if not self.env["ir.cron"]._commit_progress(len(part)):
                return

    def _attach_report(self):
        """The report as it was when the measure was closed, with the measure."""
        for action in self:
            manager = action.company_id._get_general_manager()
            lang = manager.lang or action.company_id.partner_id.lang
            report = self.env["ir.actions.report"].with_context(lang=lang)
            content, _kind = report._render_qweb_pdf(REPORT, action.ids)
            attachment = self.env["ir.attachment"].create(
                {
                    "name": f"{action.number.replace('/', '-')}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": action.id,
                }
            )
            action.report_attachment_id = attachment
