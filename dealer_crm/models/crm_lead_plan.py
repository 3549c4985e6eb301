# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_round

# tried in vain, nobody spoke
ATTEMPTS = frozenset({"not_reached", "wrong_number"})
# the first talk brings the customer to the showroom
FIRST_PURPOSE = "invite"
# somebody spoke with the customer
TALKS = frozenset({"reached", "refused"})


class CrmLead(models.Model):
    """Every open lead has a next contact; its plan says when, how and what for.

    A lead is let go only as won, lost or dormant (seeds 000 and 004).
    """

    _inherit = "crm.lead"

    is_key_follow_up = fields.Boolean(
        "Key Follow-up",
        copy=False,
        tracking=True,
        help="First in the consultant's lists; contacted at shorter intervals.",
    )
    nurture_days = fields.Integer(
        "Keep in Touch every (days)",
        tracking=True,
        help="Long-term care: after each contact the next one is planned by itself, "
        "so many days later, whatever the grade says. 0: by the grade.",
    )
    attempt_count = fields.Integer(
        "Attempts in vain",
        readonly=True,
        copy=False,
        help="How many attempts in a row reached nobody.",
    )
    next_contact_channel = fields.Selection(
        selection="_selection_contact_channel", string="Next Contact by", copy=False
    )
    next_contact_purpose = fields.Selection(
        selection="_selection_follow_up_purpose",
        string="Purpose of the next Contact",
        copy=False,
    )

    _nurture_check = models.Constraint(
        "CHECK (nurture_days >= 0)", "The interval of a long-term contact is positive."
    )

    @api.model
    def _selection_contact_channel(self):
        return self.env["dealer.contact"]._get_choices("channel")

    @api.model
    def _selection_follow_up_purpose(self):
        contacts = self.env["dealer.contact"]
        allowed = contacts._get_follow_up_purposes()
        return [item for item in contacts._get_choices("purpose") if item[0] in allowed]

    @api.model_create_multi
    def create(self, vals_list):
        """A day given by hand is a plan too: it gets the first aim of every plan."""
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("next_contact_date"):
                vals.setdefault("next_contact_purpose", FIRST_PURPOSE)
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "next_contact_date" in vals and not vals["next_contact_date"]:
            self._keep_plan()
        if vals.get("is_key_follow_up") and "next_contact_date" not in vals:
            self._shorten_plan()
        return result

    def _is_plan_needed(self):
        """Whether somebody must have planned the next contact: hook.

        Leads of nobody wait for a consultant, dormant ones for their day; those of
        CRM users without a role in the dealership are not bound.
        """
        self.ensure_one()
        return bool(
            self.user_id
            and self.active
            and not self.dormant_on
            and self.won_status == "pending"
            and self._is_planned_by_grade()
        )

    def _keep_plan(self):
        """:raises ValidationError: an open lead that nobody would talk to again"""
        idle = self.filtered(lambda x: not x.next_contact_date and x._is_plan_needed())
        nurtured = idle.filtered("nurture_days")
        nurtured._plan_next_contact()
        if self.env.su:
            return
        for lead in idle - nurtured:
            raise ValidationError(
                self.env._(
                    "Next Contact of %(lead)s: an open lead always has one. Enter a "
                    "date, or set the lead to won, lost or dormant.",
                    lead=lead.display_name,
                )
            )

    def _plan_next_contact(self):
        """A first plan has an aim too: the customer is invited to the showroom."""
        aimless = self.filtered(lambda x: not x.next_contact_purpose)
        if aimless:
            aimless.write({"next_contact_purpose": FIRST_PURPOSE})
        return super()._plan_next_contact()

    def _get_contact_interval(self, outcome, grade):
        """Long-term contacts keep their own interval; key customers a shorter one."""
        days = super()._get_contact_interval(outcome, grade)
        if outcome in ("not_reached", "call_later"):
            return days
        days = self.nurture_days or days
        if self.is_key_follow_up:
            company = (self.company_id or self.env.company).sudo()
            share = days * company.key_follow_up_percent / 100
            days = max(1, int(float_round(share, precision_digits=0)))
        return days

    def _shorten_plan(self):
        """Marked as key customers: no later than their shorter interval allows."""
        days = {}
        for lead in self.filtered(lambda x: x.next_contact_date):
            company = lead.company_id or self.env.company
            today = company._get_dealer_today()
            interval = timedelta(lead._get_contact_interval("reached", lead.grade_id))
            last = lead.last_contact_date
            since = last and company._get_dealer_day(last) or today
            day = max(today, since + interval)
            if lead._is_plan_needed() and day < lead.next_contact_date:
                days[day] = days.get(day, self.browse()) | lead
        for day, leads in days.items():
            leads.write({"next_contact_date": day})

    def _prepare_contact_result(self, contact):
        """Attempts in vain are counted in a row; the plan says how and what for."""
        values = super()._prepare_contact_result(contact)
        if contact.outcome in ATTEMPTS:
            values["attempt_count"] = self.attempt_count + 1
        elif contact.outcome in TALKS and self.attempt_count:
            values["attempt_count"] = 0
        if contact.next_channel:
            values["next_contact_channel"] = contact.next_channel
        if contact.next_purpose:
            values["next_contact_purpose"] = contact.next_purpose
        return values
