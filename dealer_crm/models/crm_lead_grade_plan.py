# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.grade import match_steps

ICONS = {
    "done": "fa-check-circle text-success",
    "open": "fa-circle-o text-muted",
    "missed": "fa-exclamation-circle text-danger",
}
LINE = Markup(
    '<li class="d-flex gap-2"><i class="fa fa-fw mt-1 {icon}" role="img" '
    'aria-label="{state}" title="{state}"></i>'
    '<span class="text-nowrap">{day}</span><span>{text}</span></li>'
)


class CrmLead(models.Model):
    """The follow-up plan: the steps of the grade, with the days of this customer.

    It is worked out, not stored: another date or grade gives other days at once, and
    what was done stands in the contact ledger. The next contact is its head.
    """

    _inherit = "crm.lead"

    follow_up_plan = fields.Html(
        compute="_compute_follow_up_plan", compute_sudo=True, sanitize=False
    )

    def _get_plan_slack(self, grade):
        """A contact so many days early stands for the planned one."""
        return (grade.contact_interval or 1) // 2

    def _get_plan_steps(self, grade=None):
        """[(date, dealer.grade.plan.line)] of a grade on this lead, by date.

        :param grade: dealer.grade; without: the lead's own from its first day on,
            any other from today on
        """
        self.ensure_one()
        today = (self.company_id or self.env.company)._get_dealer_today()
        grade = grade or self.grade_id
        is_own = grade == self.grade_id
        start = is_own and (self.grade_since or self.grade_date) or today
        purchase = self.purchase_date_expected
        if purchase and purchase < today:
            purchase = False
        return grade.sudo().plan_line_ids._get_steps(start, purchase)

    def _get_next_step(self, grade=None):
        """(date, line) of the step after a contact made today, or (False, line)."""
        self.ensure_one()
        grade = grade or self.grade_id
        today = (self.company_id or self.env.company)._get_dealer_today()
        after = today + timedelta(self._get_plan_slack(grade))
        steps = self._get_plan_steps(grade)
        empty = self.env["dealer.grade.plan.line"]
        return next((step for step in steps if step[0] > after), (False, empty))

    def _get_proposed_contact_date(self, outcome="reached", grade=None):
        """A step of the plan that comes before the grade's interval is the next."""
        day = super()._get_proposed_contact_date(outcome, grade)
        if not day or outcome != "reached" or self.nurture_days:
            return day
        step = self._get_next_step(grade)[0]
        return min(day, step) if step else day

    def _plan_next_contact(self):
        """What the next contact is for stands in the plan."""
        result = super()._plan_next_contact()
        self._take_step_purpose()
        return result

    def _take_step_purpose(self):
        """Purpose of the planned step; its channel where the customer has no wish."""
        plans = {}
        for lead in self.filtered(lambda x: x.next_contact_date and x.grade_id):
            line = lead._get_step_of_day(lead.next_contact_date)
            if line:
                key = (line.purpose, not lead.preferred_channel and line.channel)
                plans[key] = plans.get(key, self.browse()) | lead
        for (purpose, channel), leads in plans.items():
            values = {"next_contact_purpose": purpose}
            if channel:
                values["next_contact_channel"] = channel
            leads.write(values)

    def _get_step_of_day(self, day):
        """The step planned for ``day`` or the last one before, as due as it is."""
        self.ensure_one()
        today = (self.company_id or self.env.company)._get_dealer_today()
        due = [line for when, line in self._get_plan_steps() if today <= when <= day]
        return due[-1] if due else self.env["dealer.grade.plan.line"]

    def _prepare_contact_result(self, contact):
        """Without another word the next contact is for what the plan says."""
        values = super()._prepare_contact_result(contact)
        day = contact.next_contact_date
        if day and contact.outcome == "reached" and not contact.next_purpose:
            line = self._get_step_of_day(day)
            if line:
                values["next_contact_purpose"] = line.purpose
        return values

    def action_log_contact(self):
        """The dialog proposes the aim of the step after this contact."""
        action = super().action_log_contact()
        line = self._get_next_step()[1]
        if line:
            action["context"]["default_next_purpose"] = line.purpose
        return action

    @api.depends(
        "grade_id",
        "grade_since",
        "grade_proposal_id",
        "purchase_date_expected",
        "won_status",
        "contact_ids.outcome",
        "contact_ids.date",
    )
    def _compute_follow_up_plan(self):
        """Of the grade, or of the proposed one where none is decided yet."""
        for lead in self:
            grade = lead.grade_id or lead.grade_proposal_id
            rows = lead._get_plan_rows(grade) if grade else []
            lines = Markup("").join(lead._render_plan_row(*row) for row in rows)
            lead.follow_up_plan = lines and Markup(
                '<ul class="list-unstyled mb-0">{}</ul>'
            ).format(lines)

    def _get_plan_rows(self, grade):
        """[(state, date, text)]: talks since the grading and the steps to come."""
        company = self.company_id or self.env.company
        today = company._get_dealer_today()
        steps = self._get_plan_steps(grade)
        is_own = grade == self.grade_id
        start = is_own and (self.grade_since or self.grade_date) or today
        days = sorted(
            company._get_dealer_day(contact.date)
            for contact in self.contact_ids
            if contact.outcome == "reached"
        )
        done = match_steps(
            [step[0] for step in steps],
            [day for day in days if start <= day],
            self._get_plan_slack(grade),
        )
        rows = []
        for (day, line), contacted in zip(steps, done, strict=True):
            state = "done" if contacted else "missed" if day < today else "open"
            rows.append((state, contacted or day, line.name))
        return rows

    def _render_plan_row(self, state, day, text):
        labels = {
            "done": self.env._("done"),
            "open": self.env._("planned"),
            "missed": self.env._("missed"),
        }
        return LINE.format(
            icon=ICONS[state],
            state=labels[state],
            day=format_date(self.env, day),
            text=text,
        )

    def _propose_grade_from_feedback(self, answers):
        """The grade that the answers after a test drive point to.

        :param dict answers: ``satisfaction`` (delighted, satisfied, disappointed)
            and ``purchase_window`` (a key of that field)
        :return: dealer.grade, empty where the answers say nothing
        """
        self.ensure_one()
        today = (self.company_id or self.env.company)._get_dealer_today()
        return self.grade_ladder_id.grade_ids._propose_from_feedback(
            answers.get("satisfaction"), answers.get("purchase_window"), today
        )
