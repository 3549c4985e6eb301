# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.exceptions import AccessError, UserError

from .dealer_kpi import REPORTS


class DealerMonthClose(models.Model):
    """Closing, reopening with approval, and what changed since."""

    _inherit = "dealer.month.close"

    def action_freeze(self):
        """Close the month: count once more, keep figures and record ids.

        :raises UserError: when the month is still running
        """
        self._check_may_freeze()
        for close in self.filtered(lambda c: c.state == "open"):
            if close._get_month_end() >= close.company_id._get_dealer_today():
                raise UserError(
                    self.env._(
                        "%(month)s is not over yet: it can be closed from the first "
                        "day of the next month on.",
                        month=close._get_month_text(),
                    )
                )
            close._freeze()
        return True

    def _check_may_freeze(self):
        self.check_access("write")
        groups = (
            "dealer_aftersales.group_service_manager",
            "dealer_crm.group_general_manager",
        )
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            raise AccessError(self.env._("Only managers close a month."))

    def _freeze(self):
        self.ensure_one()
        self._compute_figures()
        self.sudo().write(
            {
                "state": "frozen",
                "frozen_on": fields.Datetime.now(),
                "frozen_by_id": self.env.uid,
                "approval_state": "draft",
                "reopen_reason": False,
            }
        )

    def action_request_reopen(self):
        """Ask the general manager to open the month again.

        :raises UserError: when the month is open, or no reason is given
        """
        for close in self:
            if close.state != "frozen":
                raise UserError(self.env._("This month is open."))
            if not close.reopen_reason:
                raise UserError(
                    self.env._("Why reopen: say why the month must be opened again.")
                )
            close.action_submit(close.reopen_reason)
        return True

    def _get_approval_group(self):
        return "dealer_crm.group_general_manager"

    def _on_approved(self):
        """A yes opens the month; it is closed again by hand."""
        result = super()._on_approved()
        self.sudo().write({"state": "open"})
        self.action_refresh()
        return result

    @api.depends("state", "value_ids.value")
    def _compute_changed_since(self):
        """Where the records of today give another figure than the closed month."""
        for close in self:
            close.changed_since = False
            if close.state == "frozen":
                close.changed_since = "\n".join(close._get_changes()) or False

    def _get_changes(self):
        """One line of text per figure that would differ if counted now."""
        self.ensure_one()
        close = self.sudo()
        frozen = {(v.kpi_id.id, v.dimension_id): v for v in close.value_ids}
        live = close._get_lines()
        changes = []
        for key in [*live, *(key for key in frozen if key not in live)]:
            kpi = self.env["dealer.kpi"].browse(key[0])
            old, new = frozen.get(key), live.get(key)
            before = self._get_figure_text(kpi, old)
            after = self._get_figure_text(kpi, new)
            if before != after:
                label = old.label if old else new["stored_label"]
                changes.append(f"{label}: {before} → {after}")
        return changes

    @api.model
    def _get_figure_text(self, kpi, vals):
        """Number and value of a kept or fresh line; a dash where it is missing."""
        if not vals:
            return "–"
        text = kpi._format(vals["value"], vals["has_value"])
        if kpi.measure == "count":
            return text
        return f"{vals['numerator']}/{vals['denominator']} ({text})"

    @api.model
    def _cron_close_months(self):
        """Close last month for each branch, once; a reopened month stays open.

        Runs daily, so that a server that was down on the first day catches up.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            today = company._get_dealer_today()
            month = fields.Date.subtract(today.replace(day=1), months=1)
            with reported("Month close", company):
                self._close_month(company, month)
            if not cron._commit_progress(1):
                return

    @api.model
    def _close_month(self, company, month):
        """Make and freeze the month's reports that were never frozen."""
        kpis = self.env["dealer.kpi"].search(
            [("active", "=", True), ("report", "in", list(dict(REPORTS)))]
        )
        for report in sorted(set(kpis.mapped("report"))):
            close = self._find_or_create(company, month, report)
            if not close.frozen_on:
                close._freeze()
