# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.assign import find_prefix, find_word, next_in_turn, split_words

#: Conditions in the order in which they are told to a person.
CONDITIONS = (
    "source_ids",
    "lead_channel_ids",
    "state_ids",
    "areas",
    "zip_prefixes",
    "brand_ids",
    "category_ids",
    "series",
    "model_ids",
    "lang_ids",
)


class DealerAssignRule(models.Model):
    """Which enquiry goes to whom: the first rule that fits and has somebody free.

    All filled conditions must hold; within one condition any value does. People get
    leads in turn, passing over who is absent or has enough open.
    """

    _name = "dealer.assign.rule"
    _description = "Assignment Rule"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Branch",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: all branches.",
    )
    source_ids = fields.Many2many("utm.source", string="Sources")
    lead_channel_ids = fields.Many2many("dealer.lead.channel", string="Lead Channels")
    state_ids = fields.Many2many("res.country.state", string="Provinces")
    areas = fields.Char(
        help="Cities or districts, separated by commas; looked for in the address.",
    )
    zip_prefixes = fields.Char(
        "Postcodes", help="Beginnings of postcodes, separated by commas."
    )
    brand_ids = fields.Many2many("fleet.vehicle.model.brand", string="Brands")
    category_ids = fields.Many2many(
        "fleet.vehicle.model.category", string="Vehicle Categories"
    )
    series = fields.Char(help="Names of series, separated by commas.")
    model_ids = fields.Many2many("fleet.vehicle.model", string="Models")
    lang_ids = fields.Many2many(
        "res.lang", string="Languages", context={"active_test": False}
    )
    target = fields.Selection(
        [
            ("users", "These people in turn"),
            ("team", "Members of a team in turn"),
            ("pool", "Nobody: the manager decides"),
        ],
        "Given to",
        required=True,
        default="users",
    )
    user_ids = fields.Many2many(
        "res.users", string="Consultants", domain=[("share", "=", False)]
    )
    team_id = fields.Many2one("crm.team", ondelete="restrict")
    capacity = fields.Integer(
        "Open Leads at most",
        help="Who has so many open leads is passed over. 0: no limit.",
    )
    last_user_id = fields.Many2one(
        "res.users", "Last Turn", readonly=True, copy=False, ondelete="set null"
    )
    lead_count = fields.Integer(
        "Leads given", compute="_compute_lead_count", compute_sudo=True
    )

    _capacity_check = models.Constraint(
        "CHECK (capacity >= 0)", "Open leads at most: the number is negative."
    )

    def _compute_lead_count(self):
        groups = self.env["dealer.assign.log"]._read_group(
            [("rule_id", "in", self.ids), ("user_to_id", "!=", False)],
            ["rule_id"],
            ["__count"],
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.lead_count = counts.get(rule.id, 0)

    @api.constrains("target", "user_ids", "team_id")
    def _check_target(self):
        for rule in self:
            if rule.target == "users" and not rule.user_ids:
                raise ValidationError(
                    self.env._("%(rule)s: choose who gets the leads.", rule=rule.name)
                )
            if rule.target == "team" and not rule.team_id:
                raise ValidationError(
                    self.env._("%(rule)s: choose a team.", rule=rule.name)
                )

    @api.model
    def _get_rules(self, companies):
        """Rules of these branches in their order, whoever asks."""
        domain = Domain("company_id", "in", [False, *companies.ids])
        return self.sudo().search(domain)

    def _find_match(self, lead):
        """Why this rule fits the lead.

        :return: (list of [condition, value in words], None), or (list of what did
            fit, name of the first condition that does not)
        """
        self.ensure_one()
        matched = []
        for name in CONDITIONS:
            if not self[name]:
                continue
            value = self._find_value(name, lead)
            if not value:
                return matched, name
            matched.append([name, value])
        return matched, None

    def _find_value(self, name, lead):
        """The value of the lead that meets the condition ``name``, in words."""
        model = lead.vehicle_model_id
        if name == "areas":
            texts = (lead.city, lead.street, lead.street2, lead.state_id.name)
            return find_word(split_words(self.areas), *texts)
        if name == "zip_prefixes":
            return find_prefix(split_words(self.zip_prefixes), lead.zip)
        if name == "series":
            wanted = {word.casefold() for word in split_words(self.series)}
            return (model.series or "").strip().casefold() in wanted and model.series
        value = {
            "source_ids": lead.source_id,
            "lead_channel_ids": lead.lead_channel_id,
            "state_ids": lead.state_id,
            "brand_ids": model.brand_id,
            "category_ids": model.category_id,
            "model_ids": model,
            "lang_ids": lead.lang_id,
        }[name]
        return value in self[name] and value.display_name if value else None

    def _get_people(self, company, absent):
        """Who may get a lead of ``company`` by this rule now, in their order."""
        self.ensure_one()
        users = self.user_ids if self.target == "users" else self.team_id.member_ids
        if self.target == "pool":
            users = users.browse()
        return users.filtered(
            lambda u: u.active
            and not u.share
            and u not in absent
            and (not company or company in u.company_ids)
        ).sorted("id")

    def _lock_turns(self):
        """Rules whose turn is about to be taken: nobody else takes it meanwhile."""
        if self:
            self.flush_recordset(["last_user_id"])
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM dealer_assign_rule WHERE id IN %s"
                    " ORDER BY id FOR UPDATE",
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["last_user_id"])

    def _choose(self, lead, company, absent, load):
        """The first rule that fits and has somebody free.

        :param res.company company: branch of the lead
        :param res.users absent: who is not there today
        :param dict load: open leads by id of the user
        :return: dict with ``rule``, ``user`` (empty: the manager decides) and
            ``matched``; None where no rule fits
        """
        for rule in self:
            if rule.company_id and rule.company_id != company:
                continue
            matched, missing = rule._find_match(lead)
            if missing:
                continue
            if rule.target == "pool":
                return {
                    "rule": rule,
                    "user": rule.user_ids.browse(),
                    "matched": matched,
                }
            user = rule._get_next(company, absent, load)
            if user:
                return {"rule": rule, "user": user, "matched": matched}
        return None

    def _get_next(self, company, absent, load):
        """Whose turn it is by this rule; empty where nobody is free."""
        self.ensure_one()
        people = self._get_people(company, absent)
        chosen = next_in_turn(people.ids, self.last_user_id.id, load, self.capacity)
        return people.browse(chosen)

    def action_view_leads(self):
        """The leads that this rule gave to somebody."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_crm.crm_lead_action_dealer"
        )
        logs = self.env["dealer.assign.log"].search(
            [("rule_id", "=", self.id), ("user_to_id", "!=", False)]
        )
        action["domain"] = [("id", "in", logs.lead_id.ids)]
        return action

    def action_try(self):
        """Ask the rules about a lead without giving it to anybody."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try the Rules"),
            "res_model": "dealer.assign.try",
            "views": [(False, "form")],
            "target": "new",
        }
