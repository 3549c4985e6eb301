# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

MANAGER = "dealer_crm.group_sales_manager"


class ResCompany(models.Model):
    """How long leads may wait at this branch, and who hears of those that do."""

    _inherit = "res.company"

    lead_attempt_hours = fields.Float(
        "First Attempt within (working hours)",
        default=2.0,
        help="Within so many working hours somebody tries to reach a new lead. "
        "0: no clock. Targets by source go first.",
    )
    lead_reached_hours = fields.Float(
        "Reached within (working hours)",
        default=8.0,
        help="Within so many working hours the customer has been spoken to.",
    )
    lead_recycle_hours = fields.Float(
        "Back to the Pool after (working hours)",
        help="A lead whose consultant has not even tried for so long is given to "
        "another by the rules. 0: leads stay with their consultant.",
    )
    lead_overdue_days = fields.Integer(
        "Manager told after (days overdue)",
        default=3,
        help="A contact overdue for so many days becomes an activity of the manager. "
        "0: never.",
    )
    lead_stale_days = fields.Integer(
        "Stale after (days)",
        default=30,
        help="A lead without any contact for so many days stands on the list of stale "
        "leads. 0: never.",
    )
    lead_digest_hour = fields.Integer(
        "Morning Message at (hour)",
        default=8,
        help="Each consultant is told in the morning how many contacts are due and "
        "overdue. -1: never.",
    )
    lead_manager_id = fields.Many2one(
        "res.users",
        "Late Leads go to",
        domain=[("share", "=", False)],
        help="Empty: the leader of the lead's team if he is a sales manager, else the "
        "first sales manager of the branch.",
    )

    _lead_hours_check = models.Constraint(
        "CHECK (COALESCE(lead_attempt_hours, 0) >= 0"
        " AND COALESCE(lead_reached_hours, 0) >= 0"
        " AND COALESCE(lead_recycle_hours, 0) >= 0"
        " AND COALESCE(lead_overdue_days, 0) >= 0"
        " AND COALESCE(lead_stale_days, 0) >= 0)",
        "Hours and days that leads may wait are not negative.",
    )
    _lead_digest_check = models.Constraint(
        "CHECK (COALESCE(lead_digest_hour, 0) BETWEEN -1 AND 23)",
        "Morning Message: enter an hour from 0 to 23, or -1 for never.",
    )

    @api.model
    def _get_lead_managers(self, pairs):
        """Who hears of late leads.

        :param pairs: (company id or False, team id or False)
        :return: dict pair to the id of an active user, False where there is none
        """
        companies = self.sudo().browse({pair[0] for pair in pairs} - {False})
        teams = (
            self.env["crm.team"].sudo().browse({pair[1] for pair in pairs} - {False})
        )
        leaders = {team.id: team.user_id for team in teams}
        first = {company.id: company._get_first_manager() for company in companies}
        first[False] = self.sudo()._get_first_manager()
        result = {}
        for company_id, team_id in pairs:
            company = self.sudo().browse(company_id or None)
            leader = leaders.get(team_id, self.env["res.users"])
            if not (
                leader.active
                and leader.has_group(MANAGER)
                and (not company or company in leader.company_ids)
            ):
                leader = leader.browse()
            chosen = company.lead_manager_id.filtered("active") or leader
            result[company_id, team_id] = (chosen or first[company_id]).id
        return result

    def _get_first_manager(self):
        """The first active sales manager of the branch, of any where none is given.

        A manager who is no general manager goes first.
        """
        users = self.env["res.users"].sudo()
        domain = Domain("all_group_ids", "in", self.env.ref(MANAGER).ids)
        if self:
            domain &= Domain("company_ids", "in", self.ids)
        managers = users.search(domain & Domain("share", "=", False), order="id")
        heads = "dealer_crm.group_general_manager"
        return managers.filtered(lambda u: not u.has_group(heads))[:1] or managers[:1]

    def _get_stale_limit(self):
        """UTC moment; leads without contact since before it are stale. None: never."""
        self.ensure_one()
        days = self.sudo().lead_stale_days
        if days <= 0:
            return None
        today = self._get_dealer_today()
        return self._get_dealer_day_start(today - timedelta(days=days - 1))
