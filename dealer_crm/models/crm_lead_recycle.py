# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.job_steps import run_each
from .dealer_handover import QUIET

BATCH = 200


class CrmLead(models.Model):
    """A lead that its consultant lets lie goes back to the pool, and to another."""

    _inherit = "crm.lead"

    @api.model
    def _recycle_batch(self, company):
        """Take back leads of the branch that nobody even tried to reach.

        :param company: res.company, or None for leads of no branch
        :return: how many were taken back
        """
        branch = (company or self.env.company).sudo()
        hours = branch.lead_recycle_hours
        if hours <= 0:
            return 0
        since = branch._get_dealer_beginning(fields.Datetime.now(), hours)
        leads = self.sudo().search(
            self._get_uncontacted_domain()
            & Domain("company_id", "=", company.id if company else False)
            & Domain("user_id", "!=", False)
            & Domain("date_open", "<=", since),
            limit=BATCH,
            order="response_due_at, id",
        )
        # whoever works on one of them at this moment keeps it
        leads = leads.try_lock_for_update()
        return leads._recycle_each_safely()

    def _recycle_each_safely(self):
        """All at once; where that fails one by one, so that one stops no other.

        :return: how many were taken back; one that fails is no reason to go on
        """
        return len(run_each(self, "Back to the pool", lambda leads: leads._recycle()))

    def _recycle(self):
        """Back to the pool, told to whom it is taken from, and on by the rules."""
        before = {lead.id: lead.user_id.id for lead in self}
        owners = self.grouped("user_id")
        quiet = self.with_context(**QUIET, mail_notrack=True, dealer_assign_logged=True)
        quiet.write({"user_id": False})
        self._log_assignment(dict.fromkeys(self.ids, {"kind": "recycled"}), before)
        for user, leads in owners.items():
            texts = self.with_context(lang=user.lang)
            leads._notify_person(
                user,
                texts.env._("Leads taken back: %(count)d", count=len(leads)),
                texts.env._("Nobody tried to reach these customers in time:"),
            )
        self._assign_by_rules()
