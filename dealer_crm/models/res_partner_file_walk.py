# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

BATCH = 5000
PLACE = "dealer_crm.file_walk.%s"


class ResPartner(models.Model):
    """All customer files one batch after another, for jobs that judge them anew."""

    _inherit = "res.partner"

    def _walk_files(self, job, refresh, names=None):
        """Run ``refresh(batch)`` on all files, in committed batches.

        A scheduled action has some seconds, then it is called again: it goes on
        behind the last batch, so that those at the end have their turn as well. A
        killed run goes on likewise; a finished one starts from the first file.

        :param str job: what is done; names the place where it goes on
        :param list names: fields that are read with the files
        :return: True when the last file was reached
        """
        cron = self.env["ir.cron"]
        params = self.env["ir.config_parameter"].sudo()
        files = self.with_context(active_test=False).sudo()
        after = int(params.get_param(PLACE % job) or 0)
        filed = [("file_state", "!=", False)]
        left = files.search_count([*filed, ("id", ">", after)])
        cron._commit_progress(remaining=left)
        while batch := files.search_fetch(
            [*filed, ("id", ">", after)], names or ["id"], order="id", limit=BATCH
        ):
            refresh(batch)
            after, left = batch[-1].id, max(left - len(batch), 0)
            params.set_param(PLACE % job, after)
            self.env.invalidate_all()
            if not cron._commit_progress(len(batch), remaining=left) and left:
                return False
        params.set_param(PLACE % job, False)
        return True
