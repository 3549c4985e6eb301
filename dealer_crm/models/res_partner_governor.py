# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.governor import ADDRESS, DUTIES, Facts, Rules, judge_contact

CHANNELS = ("call", "sms", "email", "wechat", "post")
ADVICE_PURPOSES = ("marketing", "care")
#: Reasons that ``_get_consent_refusals`` gives.
CONSENT_REASONS = frozenset({"restricted", "withdrawn", "not_asked"})
#: Contacts that count as a touch of the budget.
TOUCHES = """
    SELECT partner_id, count(*)
      FROM dealer_contact
     WHERE direction = 'out' AND purpose IN ('care', 'marketing', 'reminder')
       AND outcome NOT IN ('not_reached', 'wrong_number')
       AND partner_id IS NOT NULL AND date >= %(since)s
"""


class ResPartner(models.Model):
    """The contact governor: one answer for sales, service and marketing.

    Consent, restriction, open problems and a budget of touches per person decide
    together; the answer is given in words, and as a domain for jobs.
    """

    _inherit = "res.partner"

    contact_advice = fields.Html(
        "May we contact?",
        compute="_compute_contact_advice",
        sanitize=False,
        groups="dealer_crm.group_dealer_user",
    )

    def _explain_contact(self, channel, purpose, vehicle_id=None):
        """Whether each of the persons may be contacted, and why not.

        Asked with all rights: the answer tells nothing that is hidden, and there is
        one even where the person's data is. A constant number of queries.

        :param channel: of dealer.consent, e.g. "call"
        :param purpose: "marketing", "care" or "service"
        :param vehicle_id: the car it is about, whose answers count as well
        :return: dict partner id → (bool, reason in the user's language, "" if yes)
        """
        facts, rules = self._get_governor_facts(), self._get_governor_rules()
        answers = {}
        for partner in self:
            known = facts[partner.id]
            reason = judge_contact(known, channel, purpose, rules, vehicle_id)
            answers[partner.id] = (
                not reason,
                self._get_governor_text(reason, known),
            )
        return answers

    def _judge_contacts(self, channel, purpose):
        """As ``_explain_contact``, for jobs that count the reasons.

        :return: dict partner id → key of ``_get_governor_reasons``, None: allowed
        """
        facts, rules = self._get_governor_facts(), self._get_governor_rules()
        return {
            partner.id: judge_contact(facts[partner.id], channel, purpose, rules)
            for partner in self
        }

    @api.model
    def _get_governor_rules(self):
        company = self.env.company.sudo()
        days = company.touch_budget_days
        return Rules(
            is_consent_needed=company.is_consent_needed,
            budget=company.touch_budget_count if days > 0 else 0,
        )

    def _get_governor_facts(self):
        """:return: dict partner id → Facts"""
        persons = self.sudo().with_context(active_test=False)
        (answers, cars), touches = (
            persons._get_current_answers(),
            persons._get_touches(),
        )
        problems = persons._get_open_problems()
        complaining = persons._get_complaining_ids()
        return {
            person.id: Facts(
                is_restricted=person.is_restricted,
                is_phone_wrong=person.phone_invalid,
                addresses=person._get_address_kinds(),
                answers=answers.get(person.id, {}),
                car_refusals=frozenset(cars.get(person.id, ())),
                is_complaining=person.id in complaining,
                problems=tuple(problems.get(person.id, ())),
                touches=touches.get(person.id, 0),
            )
            for person in persons
        }

    def _get_address_kinds(self):
        """Which of phone, e-mail, WeChat and street are known of the person."""
        self.ensure_one()
        # Whoever gave his phone number is found on WeChat by it.
        names = {"phone": "phone", "email": "email", "wechat": "phone"}
        kinds = {kind for kind, name in names.items() if self[name]}
        if self.street or self.city:
            kinds.add("street")
        return frozenset(kinds)

    def _get_current_answers(self):
        """:return: answers in general by person, and refusals for one car by person"""
        lines = self.env["dealer.consent"].sudo()
        lines = lines.search_fetch(
            [("partner_id", "in", self.ids), ("is_current", "=", True)],
            ["partner_id", "channel", "purpose", "state", "vehicle_id"],
        )
        answers, cars = {}, {}
        for line in lines:
            person, key = line.partner_id.id, (line.channel, line.purpose)
            if not line.vehicle_id:
                answers.setdefault(person, {})[key] = line.state
            elif line.state == "withdrawn":
                cars.setdefault(person, set()).add((line.vehicle_id.id, *key))
        return answers, cars

    def _get_touches(self):
        """How often each person was written to or reminded within the budget's days."""
        self.env["dealer.contact"].flush_model()
        query = SQL(
            TOUCHES + " AND partner_id = ANY(%(ids)s) GROUP BY partner_id",
            since=self._get_touch_limit(),
            ids=list(self.ids),
        )
        return dict(self.env.execute_query(query))

    @api.model
    def _get_touch_limit(self):
        """UTC moment from which touches count."""
        days = max(self.env.company.sudo().touch_budget_days, 0)
        return fields.Datetime.now() - timedelta(days=days)

    def _get_open_problems(self):
        """Hook: what makes these persons' day bad; dict partner id → list of texts."""
        return {}

    @api.model
    def _get_open_problem_domain(self):
        """Hook for jobs: the persons of whom ``_get_open_problems`` tells something."""
        return Domain.FALSE

    @api.model
    def _get_complaint_domain(self):
        """Hook: persons with an open complaint; nobody greets or advertises to them."""
        return Domain.FALSE

    def _get_complaining_ids(self):
        domain = self._get_complaint_domain()
        if domain.is_false():
            return frozenset()
        return frozenset(self._search(Domain("id", "in", self.ids) & domain))

    @api.model
    def _get_refusal_domains(self, channel, purpose):
        """What speaks against a contact, as domains: twin of ``judge_contact``.

        What holds for one car only and a missing address are not among them.

        :return: dict key of ``_get_governor_reasons`` → the persons it stops
        """
        domains = self._get_consent_refusals(channel, purpose)
        if purpose in DUTIES:
            return domains
        domains["complaint"] = self._get_complaint_domain()
        if purpose == "marketing":
            domains["problem"] = self._get_open_problem_domain()
        if channel in ("call", "sms"):
            domains["phone_wrong"] = Domain("phone_invalid", "=", True)
        domains["budget"] = ~self._get_budget_domain()
        return domains

    @api.model
    def _get_contactable_domain(self, channel, purpose):
        """Consent as before, and what the governor adds for all but duties."""
        domain = super()._get_contactable_domain(channel, purpose)
        stops = self._get_refusal_domains(channel, purpose)
        stops = {key: stops[key] for key in stops.keys() - CONSENT_REASONS}
        return domain & ~Domain.OR(stops.values())

    @api.model
    def _get_budget_domain(self):
        """Persons who were not touched too often, in one query."""
        budget = self._get_governor_rules().budget
        if not budget:
            return Domain.TRUE
        self.env["dealer.contact"].flush_model()
        query = TOUCHES + " GROUP BY partner_id HAVING count(*) >= %(budget)s"
        tired = SQL(
            f"(SELECT t.partner_id FROM ({query}) t)",
            since=self._get_touch_limit(),
            budget=budget,
        )
        return Domain("id", "not in", tired)

    @api.model
    def _get_reachable_domain(self, channel):
        """Persons with an address for the channel; twin of ``_get_address_kinds``."""
        kind = ADDRESS.get(channel)
        if kind == "street":
            return Domain("street", "!=", False) | Domain("city", "!=", False)
        name = {"email": "email"}.get(kind, "phone")
        return Domain(name, "!=", False) if kind else Domain.TRUE

    @api.model
    def _get_governor_text(self, reason, facts):
        """The reason in the user's language; "" where there is none."""
        if not reason:
            return ""
        if reason in ("complaint", "problem") and facts.problems:
            return "; ".join(facts.problems)
        if reason == "budget":
            company = self.env.company.sudo()
            return self.env._(
                "contacted %(count)s times in %(days)s days",
                count=facts.touches,
                days=company.touch_budget_days,
            )
        return self._get_governor_reasons()[reason]

    @api.model
    def _get_governor_reasons(self):
        """Reasons by key, in the user's language."""
        return {
            "restricted": self.env._("processing restricted"),
            "withdrawn": self.env._("consent withdrawn"),
            "car_withdrawn": self.env._("consent withdrawn for this car"),
            "not_asked": self.env._("not asked for consent"),
            "complaint": self.env._("open complaint"),
            "problem": self.env._("open problem"),
            "phone_wrong": self.env._("phone is wrong"),
            "no_address": self.env._("no address for this channel"),
            "budget": self.env._("contacted too often"),
        }

    def _get_desk_marks(self):
        """Problems and the budget are told before somebody offers something."""
        marks = super()._get_desk_marks()
        facts, rules = self._get_governor_facts()[self.id], self._get_governor_rules()
        reason = judge_contact(facts, "any", "marketing", rules)
        if reason in ("complaint", "problem", "budget"):
            text = self.env._(
                "No advertising now: %(reason)s",
                reason=self._get_governor_text(reason, facts),
            )
            marks.append(self._mark("warning", text))
        return marks

    @api.depends_context("lang", "company")
    def _compute_contact_advice(self):
        facts = self._origin._get_governor_facts()
        rules = self._get_governor_rules()
        for partner in self:
            known = facts.get(partner._origin.id)
            partner.contact_advice = known and self._render_contact_advice(known, rules)

    @api.model
    def _render_contact_advice(self, facts, rules):
        """A line per purpose and channel: yes, or no and why."""
        consents = self.env["dealer.consent"]._fields
        channels = dict(consents["channel"]._description_selection(self.env))
        purposes = dict(consents["purpose"]._description_selection(self.env))
        lines = Markup("")
        for purpose in ADVICE_PURPOSES:
            for channel in CHANNELS:
                reason = judge_contact(facts, channel, purpose, rules)
                lines += self._render_advice_line(
                    f"{purposes[purpose]} · {channels[channel]}",
                    self._get_governor_text(reason, facts),
                )
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % lines

    @api.model
    def _render_advice_line(self, label, reason):
        if not reason:
            line = Markup('<li>%s: <span class="text-success">%s</span></li>')
            return line % (label, self.env._("yes"))
        line = Markup(
            '<li>%s: <span class="text-danger">%s</span>'
            ' <small class="text-muted">%s</small></li>'
        )
        return line % (label, self.env._("no"), reason)


class ResCompany(models.Model):
    _inherit = "res.company"

    touch_budget_count = fields.Integer(
        "Messages per Customer",
        default=4,
        help="How often a customer gets advertising, greetings and reminders of sales, "
        "workshop and marketing together, within the days below. 0: no limit.",
    )
    touch_budget_days = fields.Integer("within (days)", default=30)

    _touch_budget_check = models.Constraint(
        "CHECK (touch_budget_count >= 0 AND touch_budget_days >= 0)",
        "Messages per Customer: the number cannot be negative.",
    )


class DealerContact(models.Model):
    """Advertising is a purpose of the ledger: it counts in the budget of touches."""

    _inherit = "dealer.contact"

    purpose = fields.Selection(
        selection_add=[("marketing", "Advertising"), ("other",)],
        ondelete={"marketing": "set default"},
    )

    _touch_idx = models.Index(
        "(partner_id, date) WHERE direction = 'out'"
        " AND purpose IN ('care', 'marketing', 'reminder')"
    )
    _touch_date_idx = models.Index(
        "(date, partner_id) WHERE direction = 'out'"
        " AND purpose IN ('care', 'marketing', 'reminder')"
    )
