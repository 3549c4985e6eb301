# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..tools.job_walk import walk

BATCH = 5000
PLACE = "dealer_crm.file_walk.%s"


class ResPartner(models.Model):
    """All customer files one batch after another, for jobs that judge them anew."""

    _inherit = "res.partner"

    def _walk_files(self, job, refresh, names=None):
        """Run ``refresh(batch)`` on all files, see :func:`walk`; then from the first.

        :param str job: what is done; names the place where it goes on
        :param list names: fields that are read with the files
        :return: True when the last file was reached
        """
        files = self.browse().with_context(active_test=False).sudo()
        filed = [("file_state", "!=", False)]
        if not walk(files, filed, PLACE % job, refresh, names, BATCH):
            return False
        self.env["ir.config_parameter"].sudo().set_param(PLACE % job, False)
        return True
