# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from ..tools import loyalty, value_class

CLASS_COLORS = {"a": 10, "b": 4, "c": 0, "d": 1}
AWAY = ("at_risk", "lost")
STAFF = "dealer_crm.group_dealer_user"


class ResPartner(models.Model):
    """The value class where people meet the customer, and how it is counted."""

    _inherit = "res.partner"

    value_explanation = fields.Text(
        "How is this counted", compute="_compute_value_explanation", groups=STAFF
    )
    next_contact_on = fields.Date(
        "Next Contact", compute="_compute_next_contact_on", groups=STAFF
    )
    days_since_visit = fields.Integer(
        "Days since last Visit", compute="_compute_days_since_visit", groups=STAFF
    )
    is_visit_overdue = fields.Boolean(
        "Visit overdue", compute="_compute_days_since_visit", groups=STAFF
    )

    def _get_desk_who(self):
        who = super()._get_desk_who()
        if self.value_class:
            label = self._get_choice(self, "value_class")
            who["tags"].insert(0, [label, CLASS_COLORS[self.value_class]])
        return who

    @api.depends("last_visit_on", "visit_due_on")
    def _compute_days_since_visit(self):
        today = self.env.company._get_dealer_today()
        for partner in self:
            last, due = partner.last_visit_on, partner.visit_due_on
            partner.days_since_visit = (today - last).days if last else 0
            partner.is_visit_overdue = bool(due and due < today)

    def _compute_next_contact_on(self):
        """The earliest planned call, follow-up or to-do, in three queries in all."""
        ids = self._origin.ids
        days = {}
        for model, person, day, domain in (
            ("dealer.callback", "partner_id", "date_due", [("state", "=", "planned")]),
            (
                "crm.lead",
                "partner_id",
                "next_contact_date",
                [("won_status", "=", "pending")],
            ),
            (
                "mail.activity",
                "res_id",
                "date_deadline",
                [("res_model", "=", self._name)],
            ),
        ):
            rows = (
                self.env[model]
                .sudo()
                ._read_group(
                    [(person, "in", ids), (day, "!=", False), *domain],
                    [person],
                    [f"{day}:min"],
                )
            )
            for key, first in rows:
                partner_id = key if isinstance(key, int) else key.id
                days[partner_id] = min(first, days.get(partner_id, first))
        for partner in self:
            partner.next_contact_on = days.get(partner._origin.id)

    def _compute_value_explanation(self):
        files = self.sudo().filtered("file_state")
        facts, ratings = files._get_value_facts(), files._get_value_ratings()
        self.value_explanation = False
        for partner in files:
            branch = partner.company_id or self.env.company
            partner.value_explanation = partner._explain_value(
                branch._get_value_rules(),
                facts[partner._origin.id],
                *ratings.get(partner._origin.id, ((), None)),
            )

    def _explain_value(self, rules, facts, ratings=(), manual=None):
        """The counts behind class and score, one line each."""
        if not value_class.is_customer(facts):
            return self.env._("Neither bought a car nor came to the workshop yet.")
        points = value_class.count_points(facts, ratings, rules.today, rules.limits)
        lines = [
            self.env._(
                "Recency: last here on %(day)s, %(points)s points",
                day=self._format_last_day(facts),
                points=points.recency,
            ),
            self.env._(
                "Frequency: %(visits)s paid visits, %(points)s points",
                visits=facts.visits,
                points=points.frequency,
            ),
            self.env._(
                "Money: %(amount)s spent, %(points)s points",
                amount=formatLang(self.env, facts.amount, digits=0),
                points=points.money,
            ),
            self.env._(
                "Brand loyalty: %(cars)s cars bought, %(points)+d points",
                cars=facts.purchases,
                points=points.brand,
            ),
            self.env._("Ratings by hand: %(points)+d points", points=points.rating),
            self.env._("Value points in all: %(total)s", total=points.total),
        ]
        return "\n".join(lines + self._explain_loyalty(rules, facts, points))

    def _format_last_day(self, facts):
        days = filter(None, (facts.last_visit, facts.last_purchase))
        return format_date(self.env, max(days, default=None)) or "–"

    def _explain_loyalty(self, rules, facts, points):
        parts = loyalty.count_parts(facts, points)
        company = self.company_id or self.env.company
        lines = [self.env._("Loyalty: each part from 0 to 100, times its weight")]
        for name, part, weight in zip(
            loyalty.Parts._fields, parts, rules.weights, strict=True
        ):
            field = company._fields[f"loyalty_weight_{name}"]
            label = field._description_string(self.env)
            lines.append(f"  {label}: {part:.0f} × {weight}")
        score = loyalty.count_score(parts, rules.weights)
        return [*lines, self.env._("Loyalty in all: %(score)s", score=score)]

    def action_explain_value(self):
        """Open what stands behind class and score, with what is set by hand."""
        self.ensure_one()
        view = self.env.ref("dealer_aftersales.res_partner_view_form_value")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Value"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_view_value_log(self):
        """The months of this customer, newest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_aftersales.dealer_value_log_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {}
        action["views"] = [(False, "list")]
        return action

    def action_win_back(self):
        """A push to the chosen customers, to be looked at before it is sent."""
        lost = self.filtered(lambda partner: partner.lifecycle in AWAY)
        if not lost:
            raise UserError(self.env._("Choose customers who are at risk or lost."))
        day = format_date(self.env, self.env.company._get_dealer_today())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Win back"),
            "res_model": "dealer.push",
            "views": [(False, "form")],
            "context": {
                "default_name": self.env._("Win back, %(day)s", day=day),
                "default_partner_ids": [Command.set(lost.ids)],
                "default_channel": "phone",
                "default_purpose": "marketing",
            },
        }


class DealerCallback(models.Model):
    """The class of the customer on the list of calls."""

    _inherit = "dealer.callback"

    partner_value_class = fields.Selection(
        related="partner_id.value_class", string="Value Class", groups=STAFF
    )
