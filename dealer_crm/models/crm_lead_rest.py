# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.job_steps import run_each

BATCH = 200
REST = {"dormant_on": False, "dormant_until": False, "dormant_reason": False}


class CrmLead(models.Model):
    """A dormant lead rests: it waits for no contact until its day or the customer."""

    _inherit = "crm.lead"

    dormant_on = fields.Date(
        "Dormant since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    dormant_until = fields.Date(readonly=True, copy=False, index="btree_not_null")
    dormant_reason = fields.Char("Why dormant", readonly=True, copy=False)

    @api.model
    def _get_noted_fields(self):
        return super()._get_noted_fields() | REST.keys()

    def write(self, vals):
        result = super().write(vals)
        if "dormant_on" not in vals:
            has_plan = bool(vals.get("next_contact_date"))
            awake = self.filtered(
                lambda x: x.dormant_on and (has_plan or x.won_status != "pending")
            )
            if awake:
                awake.sudo().write(REST)
        return result

    def _get_proposed_contact_date(self, outcome="reached", grade=None):
        if self.dormant_on:
            return False
        return super()._get_proposed_contact_date(outcome=outcome, grade=grade)

    def _plan_first_contact(self):
        awake = self.filtered(lambda x: not x.dormant_on)
        return super(CrmLead, awake)._plan_first_contact()

    def _set_dormant(self, until, reason):
        """Let open leads rest.

        :param date until: when they wake up by themselves, or False
        :param str reason: why, in words
        """
        self.check_access("write")
        for company, leads in self.sudo().grouped("company_id").items():
            branch = company or self.env.company
            leads.write(
                {
                    "dormant_on": branch._get_dealer_today(),
                    "dormant_until": until,
                    "dormant_reason": reason,
                    "next_contact_date": False,
                }
            )

    def _wake(self, day=None):
        """Leads that rested wait for a contact again.

        :param date day: of the next contact; by the grade where none is given
        """
        self.sudo().write(REST)
        if day:
            self.sudo().write({"next_contact_date": day})
        else:
            self.sudo()._plan_next_contact()

    def action_set_dormant(self):
        """Ask why and until when these leads rest."""
        return self._open_review("dormant")

    def action_reactivate(self):
        """Dormant leads get a new plan."""
        self.check_access("write")
        self.filtered("dormant_on")._wake()
        return True

    @api.model
    def _cron_wake_dormant(self):
        """Dormant leads whose day has come: the consultant calls today."""
        cron = self.env["ir.cron"]
        for company in [*self.env["res.company"]._get_all_branches(), None]:
            today = (company or self.env.company)._get_dealer_today()
            leads = self.sudo().search(
                Domain("dormant_until", "<=", today)
                & Domain("won_status", "=", "pending")
                & Domain("company_id", "=", company.id if company else False),
                order="dormant_until, id",
            )
            for start in range(0, len(leads), BATCH):
                batch = leads[start : start + BATCH]
                batch._wake_each_safely(today)
                if not cron._commit_progress(len(batch)):
                    return

    def _wake_each_safely(self, day):
        """All at once; where that fails one by one, so that one stops no other."""
        run_each(self, "Wake-up", lambda leads: leads._wake(day))
