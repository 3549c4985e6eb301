# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from markupsafe import Markup
from odoo import api, models
from odoo.fields import Domain

from ..tools.job_steps import run_each

BATCH = 200
#: leads named in one message; the others are counted
NAMED = 10


class CrmLead(models.Model):
    """Leads of nobody find their consultant by the manager's rules.

    Odoo's own assignment to teams goes on beside it: it looks only at leads that have
    nobody, and these rules leave it those that no rule fits.
    """

    _inherit = "crm.lead"

    def _assign_by_rules(self, passed_over=None):
        """Give leads of nobody to whom the first fitting rule names.

        The number of queries does not depend on the number of leads.

        :param dict passed_over: lead id to res.users that must not get it again
        :return: the leads that got somebody
        """
        leads = self.sudo().filtered(lambda x: x.won_status == "pending" and x.active)
        companies = leads.company_id or self.env.company
        rules = leads and self.env["dealer.assign.rule"]._get_rules(companies)
        if not rules:
            return self.browse()
        fitting = rules.filtered(
            lambda rule: any(not rule._find_match(lead)[1] for lead in leads)
        )
        fitting._lock_turns()
        choices = leads._choose_consultants(
            fitting, leads._get_passed_over(passed_over or {})
        )
        given = self.browse()
        for user, ids in self._group_choices(choices).items():
            chosen = self.browse(ids)
            chosen._give_to(user, {id_: choices[id_]["log"] for id_ in ids})
            chosen._notify_assigned(user)
            given |= chosen
        left = self.browse(id_ for id_, c in choices.items() if not c["user"])
        left._log_assignment({id_: choices[id_]["log"] for id_ in left.ids})
        return given

    @api.model
    def _group_choices(self, choices):
        """Lead ids by the user who gets them."""
        groups = defaultdict(list)
        for lead_id, choice in choices.items():
            if choice["user"]:
                groups[choice["user"]].append(lead_id)
        return groups

    def _choose_consultants(self, rules, passed_over):
        """:return: dict lead id to ``user`` and the values of the ``log``"""
        people = rules.user_ids | rules.team_id.member_ids
        load = self._get_open_load(people)
        absent_by = {}
        choices = {}
        for lead in self:
            company = lead.company_id or self.env.company
            if company not in absent_by:
                absent_by[company] = self.env["dealer.rota"]._get_absent_users(company)
            absent = absent_by[company] | passed_over.get(lead.id, people.browse())
            choice = rules._choose(lead, company, absent, load)
            if not choice:
                continue
            rule, user = choice["rule"], choice["user"]
            choices[lead.id] = {
                "user": user,
                "log": self._prepare_rule_log(choice, load.get(user.id, 0)),
            }
            if user:
                load[user.id] = load.get(user.id, 0) + 1
                rule.last_user_id = user
        return choices

    def _get_passed_over(self, chosen):
        """Who must not get these leads: ``chosen`` and who let them lie; one query.

        :param dict chosen: lead id to res.users
        :return: dict like ``chosen``
        """
        result = dict(chosen)
        logs = self.env["dealer.assign.log"].sudo()
        for lead, users in logs._read_group(
            [("lead_id", "in", self.ids), ("kind", "=", "recycled")],
            ["lead_id"],
            ["user_from_id:recordset"],
        ):
            result[lead.id] = users | result.get(lead.id, users)
        return result

    @api.model
    def _prepare_rule_log(self, choice, open_count):
        rule = choice["rule"]
        return {
            "kind": "rule" if choice["user"] else "pool",
            "rule_id": rule.id,
            "rule_name": rule.name,
            "matched": choice["matched"],
            "open_count": open_count,
            "capacity": rule.capacity,
        }

    @api.model
    def _get_open_load(self, users):
        """Open leads that are not dormant, by id of the user; one query."""
        groups = self.sudo()._read_group(
            [
                ("user_id", "in", users.ids),
                ("won_status", "=", "pending"),
                ("dormant_on", "=", False),
            ],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}

    def _notify_assigned(self, user):
        """One message for all leads that somebody gets at once."""
        leads = self.with_context(lang=user.lang)
        leads._notify_person(
            user,
            leads.env._("New leads for you: %(count)d", count=len(leads)),
            leads.env._("They came by the rules of assignment:"),
        )

    def _notify_person(self, user, subject, text):
        """Tell ``user`` about these leads, by their names only.

        :param str subject: and ``text`` in the language of the user
        """
        if not user.active or user == self.env.user:
            return
        leads = self.sudo()
        names = [lead.name for lead in leads[:NAMED]]
        if len(leads) > NAMED:
            names.append("…")
        items = Markup().join(Markup("<li>%s</li>") % name for name in names)
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=Markup("<p>%s</p><ul>%s</ul>") % (text, items),
            model=len(leads) == 1 and "crm.lead",
            res_id=len(leads) == 1 and leads.id,
        )

    @api.model
    def _get_pool_domain(self):
        """Open leads of nobody that no manager took out of somebody's hands."""
        return (
            Domain("user_id", "=", False)
            & Domain("won_status", "=", "pending")
            & Domain("dormant_on", "=", False)
            & (
                Domain("assign_log_id", "=", False)
                | Domain("assign_log_id.kind", "in", ("rule", "taken", "recycled"))
            )
        )

    @api.model
    def _cron_assign_pool(self):
        """Try the rules again on leads of nobody: somebody may be free by now."""
        cron = self.env["ir.cron"]
        if not self.env["dealer.assign.rule"].sudo().search_count([], limit=1):
            return
        leads = self.sudo().search(self._get_pool_domain(), order="id")
        cron._commit_progress(remaining=len(leads))
        for start in range(0, len(leads), BATCH):
            batch = leads[start : start + BATCH].exists()
            # somebody may have taken one since the search: he keeps it
            batch.filtered(lambda x: not x.user_id)._assign_each_safely()
            if not cron._commit_progress(len(leads[start : start + BATCH])):
                return

    def _assign_each_safely(self):
        """All at once; where that fails one by one, so that one stops no other."""
        run_each(self, "Assignment by rule", lambda leads: leads._assign_by_rules())
