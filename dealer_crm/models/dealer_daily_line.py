# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

import pytz
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .crm_lead_follow_up import FOLLOW_UP

TODO = "mail.mail_activity_data_todo"


class DealerDailyLine(models.Model):
    """One line of the plan for the next day, and what the ledger says of it then."""

    _name = "dealer.daily.line"
    _description = "Plan Line of a Daily Report"
    _order = "date desc, time, sequence, id"

    report_id = fields.Many2one(
        "dealer.daily.report", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="report_id.user_id", store=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True)
    date = fields.Date("Day", related="report_id.plan_date", store=True)
    sequence = fields.Integer(default=10)
    time = fields.Float("At", help="0: at any time of the day.")
    lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", ondelete="set null", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("follow_up", "Follow-up"),
            ("invite", "Invitation"),
            ("test_drive", "Test Drive"),
            ("quote", "Quotation"),
            ("promise", "Promise"),
            ("delivery", "Delivery"),
            ("other", "Other"),
        ],
        "What",
        required=True,
        default="follow_up",
    )
    name = fields.Char("Plan", required=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    is_done = fields.Boolean(
        "Done", copy=False, help="Ticked by hand where the ledger cannot know it."
    )
    result = fields.Selection(
        [
            ("open", "Not yet"),
            ("done", "Done"),
            ("tried", "Tried, not reached"),
            ("missed", "Not done"),
        ],
        compute="_compute_result",
    )

    _user_date_idx = models.Index("(user_id, date)")
    _time_check = models.Constraint(
        "CHECK (time >= 0 AND time < 24)", "A time of day lies between 0:00 and 23:59."
    )

    @api.depends("lead_id")
    def _compute_partner_id(self):
        for line in self:
            line.partner_id = line.lead_id.sudo().partner_id or line.partner_id

    @api.depends("is_done", "date", "lead_id", "partner_id", "activity_id.active")
    def _compute_result(self):
        """Contacts of the planned day decide, whoever of the branch had them."""
        contacts = self._read_contacts()
        for line in self:
            outcomes = line._get_outcomes(contacts)
            task = line.activity_id.sudo()
            if line.is_done or "reached" in outcomes:
                line.result = "done"
            elif outcomes:
                line.result = "tried"
            elif task and not task.active:
                line.result = "done"
            else:
                today = line.company_id._get_dealer_today() if line.company_id else None
                is_past = bool(today and line.date and line.date < today)
                line.result = "missed" if is_past else "open"

    def _get_outcomes(self, contacts):
        self.ensure_one()
        found = contacts.get(("lead", self.lead_id.id, self.date), set())
        if not self.lead_id:
            found = contacts.get(("partner", self.partner_id.id, self.date), set())
        return found

    def _read_contacts(self):
        """{("lead" or "partner", id, day): outcomes}; one query for all lines."""
        result = defaultdict(set)
        lines = self.filtered(lambda x: x.date and (x.lead_id or x.partner_id))
        if not lines:
            return result
        days = lines.mapped("date")
        contacts = (
            self.env["dealer.contact"]
            .sudo()
            .search_fetch(
                (
                    Domain("lead_id", "in", lines.lead_id.ids)
                    | Domain("partner_id", "in", lines.partner_id.ids)
                )
                & Domain("date", ">=", min(days) - timedelta(days=1))
                & Domain("date", "<=", max(days) + timedelta(days=2)),
                ["date", "lead_id", "partner_id", "outcome", "company_id"],
            )
        )
        zones = {c: pytz.timezone(c._get_dealer_tz()) for c in contacts.company_id}
        for contact in contacts:
            moment = pytz.utc.localize(contact.date)
            day = moment.astimezone(zones[contact.company_id]).date()
            result["lead", contact.lead_id.id, day].add(contact.outcome)
            result["partner", contact.partner_id.id, day].add(contact.outcome)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_open()
            lines._check_task()
        return lines

    def write(self, vals):
        if not self.env.su:
            if set(vals) - {"is_done"}:
                self._check_open()
            elif any(line.user_id != self.env.user for line in self):
                raise AccessError(self.env._("Everybody ticks his own plan."))
        result = super().write(vals)
        if not self.env.su:
            self._check_open("report_id" in vals)
            self._check_task("activity_id" in vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if not self.env.su:
            self._check_open()

    def _check_open(self, is_needed=True):
        if is_needed:
            self.report_id._check_author_open()

    def _check_task(self, is_needed=True):
        """:raises AccessError: a task that is not the consultant's own"""
        if is_needed and any(
            line.activity_id.sudo().user_id not in (line.user_id, self.env["res.users"])
            for line in self
        ):
            raise AccessError(self.env._("A plan line links a task of its own person."))

    def action_toggle_done(self):
        """Ticked by its consultant, where no contact in the ledger tells it."""
        for line in self:
            line.is_done = not line.is_done
        return True

    def _schedule(self):
        """Link what is planned already, plan the rest; nothing twice."""
        for line in self.filtered("lead_id"):
            if line.kind != "promise" or not line.activity_id:
                line._plan_lead()
        tasks = self.filtered(lambda x: not x.lead_id and not x.activity_id)
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.sudo().create([x._prepare_activity_values() for x in tasks])
        for line, activity in zip(tasks, made, strict=True):
            line.sudo().activity_id = activity

    def _plan_lead(self):
        """The lead's one follow-up moves to the planned day."""
        self.ensure_one()
        lead = self.lead_id
        if lead.won_status == "pending" and lead.next_contact_date != self.date:
            lead.next_contact_date = self.date
        activity = lead.activity_search([FOLLOW_UP])
        self.sudo().activity_id = activity[:1]

    def _prepare_activity_values(self):
        self.ensure_one()
        target = self.partner_id or self.report_id
        return {
            "activity_type_id": self.env.ref(TODO).id,
            "summary": self.name,
            "date_deadline": self.date,
            "user_id": self.user_id.id,
            "res_model_id": self.env["ir.model"]._get_id(target._name),
            "res_id": target.id,
            "automated": True,
        }
