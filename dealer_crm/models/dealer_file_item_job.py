# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

BATCH = 2000
#: system parameter "model,id": where the count goes on; not there: nothing to do
MARK = "dealer_crm.completeness_recount"


class DealerFileItem(models.Model):
    """The job that counts all files again when the list of items has changed."""

    _inherit = "dealer.file.item"

    def _request_recount(self):
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            return  # nothing is left to count, and the mark would stay for ever
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(MARK, "res.partner,0")
        cron = self.env.ref(
            "dealer_crm.ir_cron_recount_completeness", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger()

    def _cron_recount_completeness(self):
        """Go on where the last run ended: committed batches, safe to kill."""
        cron = self.env["ir.cron"]
        while batch := self._recount_batch():
            if not cron._commit_progress(batch, remaining=1):
                return
        cron._commit_progress(remaining=0)

    def _recount_batch(self):
        """:return: how many records were counted, 0 at the end"""
        parameters = self.env["ir.config_parameter"].sudo()
        model, _comma, after = (parameters.get_param(MARK) or "").partition(",")
        if not model:
            return 0
        records = self.env[model].sudo().with_context(active_test=False)
        domain = [("id", ">", int(after)), *records._get_completeness_domain()]
        batch = records.search(domain, order="id", limit=BATCH)
        batch._recount_completeness()
        if len(batch) == BATCH:
            parameters.set_param(MARK, f"{model},{batch[-1].id}")
        else:
            parameters.set_param(MARK, "crm.lead,0" if model == "res.partner" else "")
        self.env.flush_all()
        self.env.invalidate_all()
        return len(batch) or (1 if model == "res.partner" else 0)

    def action_recount(self):
        """Count all files and leads again now, by the new list."""
        self.check_access("write")
        self._request_recount()
        while self.sudo()._recount_batch():
            pass
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Completeness was counted again."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
