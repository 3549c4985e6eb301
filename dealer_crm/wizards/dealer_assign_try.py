# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerAssignTry(models.TransientModel):
    """Ask the assignment rules about a lead; nobody gets it."""

    _name = "dealer.assign.try"
    _description = "Try the Assignment Rules"

    lead_id = fields.Many2one("crm.lead", required=True)
    answer = fields.Char("Would go to", compute="_compute_answer")
    explanation = fields.Text("Rule by Rule", compute="_compute_answer")

    @api.depends("lead_id")
    @api.depends_context("lang")
    def _compute_answer(self):
        for wizard in self:
            lead = wizard.lead_id
            # what the user may see of the lead is enough for the rules
            company = lead.company_id or self.env.company
            rules = self.env["dealer.assign.rule"]._get_rules(company)
            load = lead._get_open_load(rules.user_ids | rules.team_id.member_ids)
            absent = self.env["dealer.rota"]._get_absent_users(company)
            lines, answer = [], False
            for rule in rules if lead else rules.browse():
                text, user = wizard._explain_rule(rule, company, absent, load)
                lines.append(f"{rule.name}: {text}")
                if not answer and (
                    user or (rule.target == "pool" and user is not None)
                ):
                    answer = user.name or self.env._("Nobody: the manager decides")
            wizard.explanation = "\n".join(lines)
            wizard.answer = lead and (answer or self.env._("Nobody: the lead pool"))

    def _explain_rule(self, rule, company, absent, load):
        """:return: (what the rule says in words, res.users or None if it is not met)"""
        matched, missing = rule._find_match(self.lead_id)
        if missing:
            label = rule._fields[missing]._description_string(self.env)
            text = self.env._("does not fit: %(condition)s", condition=label)
            return text, None
        if rule.target == "pool":
            return self.env._("fits; the manager decides"), rule.user_ids.browse()
        user = rule._get_next(company, absent, load)
        if not user:
            return self.env._("fits, but nobody is free"), None
        text = self.env._(
            "fits; next in turn: %(user)s (%(count)d open leads)",
            user=user.name,
            count=load.get(user.id, 0),
        )
        return text, user
