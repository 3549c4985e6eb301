# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

NOTED = frozenset(
    {
        "response_start_at",
        "response_due_at",
        "reached_due_at",
        "is_after_hours",
        "first_attempt_at",
        "first_reached_at",
        "first_two_way_at",
        "is_reached_in_time",
        "response_hours",
        "response_state",
        "response_alarm_at",
    }
)


class CrmLead(models.Model):
    """How fast an enquiry is answered, in the working hours of the branch.

    The clock starts with the lead and stops with the first attempt to reach the
    customer; all stamps come from the contact ledger.
    """

    _inherit = "crm.lead"

    response_start_at = fields.Datetime("Enquiry of", readonly=True, copy=False)
    response_due_at = fields.Datetime(
        "First Contact until",
        readonly=True,
        copy=False,
        help="Until then somebody has to try to reach the customer; counted in "
        "working hours from the target of the source.",
    )
    reached_due_at = fields.Datetime(
        "Reached until",
        readonly=True,
        copy=False,
        help="Until then the customer has been spoken to.",
    )
    is_after_hours = fields.Boolean(
        "Came after Hours",
        readonly=True,
        copy=False,
        help="The enquiry came while the branch was closed.",
    )
    first_attempt_at = fields.Datetime("First Attempt", readonly=True, copy=False)
    first_reached_at = fields.Datetime("First Reached", readonly=True, copy=False)
    is_reached_in_time = fields.Boolean(
        readonly=True,
        copy=False,
        help="The customer was spoken to before the target of the source had passed.",
    )
    first_two_way_at = fields.Datetime(
        "First Exchange",
        readonly=True,
        copy=False,
        help="First time both sides spoke or wrote: reached, or an answer came in.",
    )
    response_hours = fields.Float(
        "Answered after (working hours)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours from the enquiry to the first attempt.",
    )
    response_state = fields.Selection(
        [("waiting", "Waiting"), ("in_time", "In Time"), ("late", "Too late")],
        "First Contact",
        readonly=True,
        copy=False,
    )
    response_alarm_at = fields.Datetime("Manager told", readonly=True, copy=False)
    is_response_late = fields.Boolean(
        "First Contact late",
        compute="_compute_is_response_late",
        search="_search_is_response_late",
        help="Nobody has tried to reach this customer in time.",
    )

    _response_idx = models.Index(
        "(response_due_at) WHERE response_due_at IS NOT NULL"
        " AND first_attempt_at IS NULL AND active AND won_status = 'pending'"
    )

    @api.depends("response_due_at", "first_attempt_at", "won_status", "active")
    def _compute_is_response_late(self):
        now = fields.Datetime.now()
        for lead in self:
            lead.is_response_late = bool(
                lead.response_due_at
                and lead.response_due_at < now
                and not lead.first_attempt_at
                and lead.won_status == "pending"
                and not lead.dormant_on
            )

    @api.model
    def _get_uncontacted_domain(self):
        """Open leads whose clock runs."""
        return (
            Domain("response_due_at", "!=", False)
            & Domain("first_attempt_at", "=", False)
            & Domain("won_status", "=", "pending")
            & Domain("dormant_on", "=", False)
        )

    def _search_is_response_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        return self._get_uncontacted_domain() & Domain("response_due_at", "<", now)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._start_response_clock()
        return leads

    @api.model
    def _get_noted_fields(self):
        return super()._get_noted_fields() | NOTED

    def _start_response_clock(self):
        """The deadline is frozen with the lead: one write per branch and source."""
        leads = self.sudo().filtered(
            lambda x: x.won_status == "pending" and x._is_planned_by_grade()
        )
        if not leads:
            return
        companies = leads.company_id | self.env.company
        targets = self.env["dealer.response.target"]._get_targets(companies)
        now = fields.Datetime.now()
        for (company, source, channel), part in leads.grouped(
            lambda x: (x.company_id, x.source_id, x.lead_channel_id)
        ).items():
            branch = company or self.env.company
            attempt, reached = targets._get_hours(branch, source, channel)
            if attempt:
                part.write(
                    {
                        "response_start_at": now,
                        "response_due_at": branch._get_dealer_deadline(now, attempt),
                        "reached_due_at": branch._get_dealer_deadline(now, reached),
                        "is_after_hours": not branch._is_dealer_open(now),
                        "response_state": "waiting",
                    }
                )

    def _note_response(self, attempt, reached, two_way):
        """Stamp what came first; the first attempt stops the clock.

        :param attempt: when somebody tried to reach the customer, or None
        :param reached: when he was spoken to, or None
        :param two_way: when both sides spoke or wrote, or None
        """
        self.ensure_one()
        stamps = {
            "first_attempt_at": attempt,
            "first_reached_at": reached,
            "first_two_way_at": two_way,
        }
        values = {
            name: moment
            for name, moment in stamps.items()
            if moment and (not self[name] or moment < self[name])
        }
        if "first_attempt_at" in values and self.response_due_at:
            branch = self.company_id or self.env.company
            start = self.response_start_at
            values |= {
                "response_hours": branch._get_dealer_worked_hours(start, attempt),
                "response_state": (
                    "in_time" if attempt <= self.response_due_at else "late"
                ),
            }
        if "first_reached_at" in values and self.reached_due_at:
            values["is_reached_in_time"] = reached <= self.reached_due_at
        if values:
            self.sudo().write(values)
