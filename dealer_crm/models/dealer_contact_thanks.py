# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

THANKS_FIELDS = frozenset(
    "thanks_state thanks_due_at thanks_sent_at call_state call_due_at call_done_at"
    " is_call_in_time".split()
)
#: Outcomes after which nobody has to try again.
TALKED = ("reached", "refused", "call_later")
STATES = [
    ("due", "To do"),
    ("done", "Done"),
    ("withdrawn", "Withdrawn"),
    ("none", "None"),
]
ACTIVITIES = {
    "thanks": "dealer_crm.mail_activity_type_thanks",
    "call": "dealer_crm.mail_activity_type_visit_call",
}


class DealerContact(models.Model):
    """Who came and did not buy gets a letter and a call within 24 hours (seed 004).

    Both stand on the visit itself; the consultant's to-dos only remind of them.
    """

    _inherit = "dealer.contact"

    thanks_state = fields.Selection(
        STATES, "Thank-you Letter", readonly=True, copy=False
    )
    thanks_due_at = fields.Datetime("Letter due", readonly=True, copy=False)
    thanks_sent_at = fields.Datetime("Letter sent", readonly=True, copy=False)
    call_state = fields.Selection(STATES, "Call", readonly=True, copy=False)
    call_due_at = fields.Datetime("Call due", readonly=True, copy=False)
    call_done_at = fields.Datetime("Called", readonly=True, copy=False)
    is_call_in_time = fields.Boolean("Called in time", readonly=True, copy=False)
    is_thanks_overdue = fields.Boolean("Too late", compute="_compute_is_thanks_overdue")
    addressee = fields.Char(compute="_compute_addressee")

    _thanks_new_idx = models.Index(
        "(company_id, date) WHERE visit_state = 'left' AND is_counted"
        " AND thanks_state IS NULL"
    )
    _thanks_due_idx = models.Index(
        "(company_id, thanks_due_at) WHERE thanks_state = 'due' OR call_state = 'due'"
    )
    _call_due_idx = models.Index("(company_id, call_due_at)")

    @api.depends("thanks_state", "call_state", "thanks_due_at", "call_due_at")
    def _compute_is_thanks_overdue(self):
        now = fields.Datetime.now()
        for visit in self:
            visit.is_thanks_overdue = (
                visit.thanks_state == "due" and visit.thanks_due_at < now
            ) or (visit.call_state == "due" and visit.call_due_at < now)

    @api.depends("partner_id", "lead_id", "visitor_name")
    def _compute_addressee(self):
        for visit in self:
            visit.addressee = visit._get_addressee()["name"]

    @api.model_create_multi
    def create(self, vals_list):
        defaults = {f"default_{name}" for name in THANKS_FIELDS}
        if defaults & self.env.context.keys() or any(
            THANKS_FIELDS & vals.keys() for vals in vals_list
        ):
            self._refuse_thanks()
        contacts = super().create(vals_list)
        contacts._close_visit_calls()
        return contacts

    def write(self, vals):
        if THANKS_FIELDS & vals.keys():
            self._refuse_thanks()
        result = super().write(vals)
        if vals.get("visit_result") == "ordered":
            self._withdraw_thanks()
        return result

    def _refuse_thanks(self):
        if not self.env.su:
            raise AccessError(
                self.env._("Letters and calls of a visit are noted by the system.")
            )

    def _close_visit_calls(self):
        """A talk after the visit is the call that was due."""
        talks = self.filtered(
            lambda c: c.outcome in TALKED and not (c.mail_template_id or c.is_register)
        )
        if not talks:
            return
        talks = talks.sudo()
        waiting = self.sudo().search(talks._get_due_calls_domain())
        for talk in talks.sorted("date") if waiting else ():
            visits = waiting.filtered(lambda v, t=talk: v._is_called_by(t))
            for visit in visits:
                visit.write(
                    {
                        "call_state": "done",
                        "call_done_at": talk.date,
                        "is_call_in_time": talk.date <= visit.call_due_at,
                    }
                )
            visits._close_thanks_activities("call")
            waiting -= visits

    def _get_due_calls_domain(self):
        """Visits of the same persons as in these talks whose call is still due."""
        person = Domain.FALSE
        for name in ("lead_id", "partner_id"):
            person |= Domain(name, "in", self[name].ids)
        phones = [phone for phone in self.mapped("visitor_phone") if phone]
        person |= Domain("visitor_phone", "in", phones)
        return (
            person
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("call_state", "=", "due")
        )

    def _is_called_by(self, talk):
        """Whether this visit's person was talked to after it, at the same branch."""
        self.ensure_one()
        return (
            self != talk
            and self.company_id == talk.company_id
            and self.date <= talk.date
            and any(
                talk[name] and self[name] == talk[name]
                for name in ("lead_id", "partner_id", "visitor_phone")
            )
        )

    def _withdraw_thanks(self):
        """Who ordered, or does not want it, gets neither letter nor call."""
        self.sudo()._withdraw("thanks")
        self.sudo()._withdraw("call")

    def _withdraw(self, kind):
        visits = self.filtered(lambda v: v[f"{kind}_state"] == "due")
        visits.write({f"{kind}_state": "withdrawn"})
        visits._close_thanks_activities(kind, is_done=False)

    def _close_thanks_activities(self, kind, is_done=True):
        """The consultant's reminder goes with what it reminds of."""
        quiet = self.with_context(dealer_thanks_closed=True, mail_notrack=True)
        unknown = quiet.filtered(lambda v: not v.lead_id)
        for records in (quiet.lead_id, unknown.partner_id):
            if is_done:
                records.activity_feedback([ACTIVITIES[kind]])
            elif records:
                records.activity_unlink([ACTIVITIES[kind]])

    def _plan_thanks_activities(self):
        """Remind the consultants; visitors without lead and file are on the list."""
        quiet = self.sudo().with_context(mail_activity_quick_update=True)
        for kind, xmlid in ACTIVITIES.items():
            due = quiet.filtered(lambda v, kind=kind: v[f"{kind}_state"] == "due")
            groups = due.grouped(
                lambda v, kind=kind: (
                    v.user_id,
                    fields.Datetime.context_timestamp(
                        v.with_context(tz=v.company_id._get_dealer_tz()),
                        v[f"{kind}_due_at"],
                    ).date(),
                )
            )
            for (user, day), visits in groups.items():
                visits._schedule_thanks(xmlid, user, day)

    def _schedule_thanks(self, xmlid, user, day):
        known = self.filtered("lead_id")
        for records in (known.lead_id, (self - known).partner_id):
            if records:
                records.activity_schedule(
                    xmlid, date_deadline=day, user_id=user.id, automated=True
                )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Who orders before the day is over needs no letter that he did not buy."""
        result = super().action_confirm()
        self.env["dealer.contact"]._withdraw_ordered(self)
        return result
