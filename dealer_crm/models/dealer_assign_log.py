# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DealerAssignLog(models.Model):
    """Who got a lead, from whom, and why; written by the system only."""

    _name = "dealer.assign.log"
    _description = "Assignment of a Lead"
    _order = "date desc, id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("rule", "By Rule"),
            ("manual", "By a Manager"),
            ("taken", "Taken from the Pool"),
            ("recycled", "Taken back: not contacted"),
            ("pool", "Left to the Manager by a Rule"),
            ("changed", "Changed"),
        ],
        required=True,
    )
    user_from_id = fields.Many2one("res.users", "From")
    user_to_id = fields.Many2one("res.users", "To", index="btree_not_null")
    rule_id = fields.Many2one(
        "dealer.assign.rule", index="btree_not_null", ondelete="set null"
    )
    rule_name = fields.Char()
    matched = fields.Json(help="What of the lead met the rule: [condition, value].")
    open_count = fields.Integer("Open Leads then")
    capacity = fields.Integer("Open Leads at most")
    note = fields.Char("Reason given")
    reason = fields.Char("Why", compute="_compute_reason")
    user_id = fields.Many2one("res.users", "By")
    company_id = fields.Many2one("res.company", "Branch", index="btree_not_null")

    @api.depends("kind", "rule_name", "matched", "note", "open_count", "capacity")
    @api.depends_context("lang")
    def _compute_reason(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for log in self:
            if log.kind in ("rule", "pool"):
                log.reason = log._explain_rule()
                continue
            words = [kinds.get(log.kind, "")]
            if log.user_id and log.kind in ("manual", "changed"):
                words.append(log.user_id.sudo().name)
            log.reason = " · ".join(filter(None, [*words, log.note]))

    def _explain_rule(self):
        """The rule's decision in the reader's words."""
        self.ensure_one()
        rules = self.env["dealer.assign.rule"]
        matched = ", ".join(
            f"{rules._fields[name]._description_string(self.env)} {value}"
            for name, value in self.matched or []
            if name in rules._fields
        )
        matched = matched or self.env._("all leads")
        if self.kind == "pool":
            return self.env._(
                "Rule %(rule)s: %(matched)s; the manager decides",
                rule=self.rule_name or "",
                matched=matched,
            )
        if self.capacity:
            return self.env._(
                "Rule %(rule)s: %(matched)s; next in turn, %(count)d of %(limit)d "
                "open leads",
                rule=self.rule_name or "",
                matched=matched,
                count=self.open_count,
                limit=self.capacity,
            )
        return self.env._(
            "Rule %(rule)s: %(matched)s; next in turn, %(count)d open leads",
            rule=self.rule_name or "",
            matched=matched,
            count=self.open_count,
        )
