# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import pytz
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

CONSULTANT = "dealer_crm.group_sales_consultant"
BATCH = 5000


class DealerContact(models.Model):
    """A visit from the door to the door: waits, is served, leaves.

    Times are entered as on paper, as hours of the branch's day.
    """

    _inherit = "dealer.contact"

    time_in = fields.Float(
        "Time in",
        compute="_compute_hours",
        inverse="_inverse_time_in",
        help="Hour of the branch at which the visitor came or called.",
    )
    time_left = fields.Float(
        "Time left",
        compute="_compute_hours",
        inverse="_inverse_time_left",
        help="Hour of the branch at which the visitor left.",
    )

    _times_check = models.Constraint(
        "CHECK (date_left IS NULL OR date_left >= date)",
        "The visitor cannot leave before he came.",
    )

    @api.depends("date", "date_left", "company_id")
    def _compute_hours(self):
        for contact in self:
            contact.time_in = contact._get_branch_hour(contact.date)
            contact.time_left = contact._get_branch_hour(contact.date_left)

    def _get_branch_day(self):
        """The date of the line at its branch."""
        self.ensure_one()
        moment = pytz.utc.localize(self.date)
        return moment.astimezone(self._get_branch_zone()).date()

    def _get_branch_zone(self):
        company = self.company_id or self.env.company
        return pytz.timezone(company._get_dealer_tz())

    def _get_branch_hour(self, moment):
        """:return: hours since midnight at the branch, in whole minutes; 0 for none"""
        if not moment:
            return 0.0
        local = pytz.utc.localize(moment).astimezone(self._get_branch_zone())
        return local.hour + local.minute / 60

    def _get_moment(self, hour):
        """The UTC moment of ``hour`` on the branch's day of this line."""
        zone = self._get_branch_zone()
        base = pytz.utc.localize(self.date or fields.Datetime.now()).astimezone(zone)
        minutes = round(hour * 60)
        if not 0 <= minutes < 24 * 60:
            raise ValidationError(
                self.env._("Time: enter an hour between 0:00 and 23:59.")
            )
        clock = base.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        local = zone.localize(clock + timedelta(minutes=minutes))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _inverse_time_in(self):
        for contact in self:
            if abs(contact._get_branch_hour(contact.date) - contact.time_in) > 0.01:
                contact.date = contact._get_moment(contact.time_in)

    def _inverse_time_left(self):
        for contact in self:
            known = contact._get_branch_hour(contact.date_left)
            if not contact.time_left:
                contact.date_left = False
            elif abs(known - contact.time_left) > 0.01:
                contact.date_left = contact._get_moment(contact.time_left)

    @api.constrains("date_left", "is_read_back", "visitor_phone", "purpose")
    def _check_read_back(self):
        self.filtered("date_left")._check_is_read_back()

    def _check_is_read_back(self):
        """Name and phone are repeated to the visitor before the line is closed.

        :raises ValidationError: names the lines where it was not done
        """
        open_lines = self.filtered(
            lambda c: c.is_register and c.visitor_phone and not c.is_read_back
        )
        if open_lines:
            raise ValidationError(
                self.env._(
                    "%(visitor)s: read name and phone back to the visitor, then tick "
                    '"Read back" to close the line.',
                    visitor=", ".join(open_lines.mapped("display_name")),
                )
            )

    def action_leave(self):
        """The visitor leaves now."""
        self.filtered(lambda c: c.visit_state in ("waiting", "served")).write(
            {"date_left": fields.Datetime.now()}
        )
        return True

    def action_take_over(self):
        """The consultant is with the visitor; who waits for nobody becomes his.

        :raises AccessError: the visitor of another consultant
        """
        user = self.env.user
        for contact in self.filtered(lambda c: c.visit_state == "waiting"):
            values = {"date_served": fields.Datetime.now()}
            if contact.user_id != user and user.has_group(CONSULTANT):
                values |= contact._prepare_take_over()
            contact.check_access("write")
            contact.sudo().write(values)
        return True

    def _prepare_take_over(self):
        """Values for a visitor of nobody; a manager leaves him where he is."""
        self.ensure_one()
        if not self._is_consultant_of(self.user_id.sudo(), self.company_id):
            return {"user_id": self.env.uid}
        if self._is_register_manager():
            return {}
        raise AccessError(
            self.env._(
                "This visitor goes to %(user)s; the reception or a manager gives him "
                "to somebody else.",
                user=self.user_id.sudo().name,
            )
        )

    @api.model
    def _cron_close_visits(self):
        """Visits that nobody closed are over when their day is; set-based, in steps."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._get_all_branches():
            start = company._get_dealer_day_start(company._get_dealer_today())
            while done := self._close_visits_before(company, start):
                if not cron._commit_progress(done):
                    return

    @api.model
    def _close_visits_before(self, company, moment):
        """One step: the branch's open visits from before ``moment`` (UTC).

        :return: how many were closed
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE dealer_contact
                   SET visit_state = 'left', is_left_unnoted = TRUE
                 WHERE id IN (SELECT id FROM dealer_contact
                               WHERE company_id = %s AND date < %s
                                 AND visit_state IN ('waiting', 'served')
                               LIMIT %s FOR UPDATE SKIP LOCKED)
                RETURNING id
                """,
                company.id,
                moment,
                BATCH,
            )
        )
        self.browse([row[0] for row in rows]).invalidate_recordset()
        return len(rows)

    def action_print_day(self):
        """The sheet of the branch's day: the register from which it is asked.

        :raises UserError: on a day without a line
        """
        channel = self.env.context.get("default_channel") or "visit"
        company = self.env.company
        start = company._get_dealer_day_start(company._get_dealer_today())
        lines = self.search(
            [
                ("is_register", "=", True),
                ("channel", "=", channel),
                ("company_id", "=", company.id),
                ("date", ">=", start),
            ]
        )
        if not lines:
            raise UserError(self.env._("There is no line of this register to print."))
        name = "visitor_flow" if channel == "visit" else "call_register"
        report = self.env.ref(f"dealer_crm.action_report_{name}")
        return report.report_action(lines, config=False)

    def _check_may_make_lead(self):
        """A line of the register becomes a lead with a name and a right phone.

        :raises UserError: names what is missing
        """
        for contact in self.filtered("is_register"):
            name, phone = contact._get_visitor()
            missing = [
                label
                for label, value in (
                    (self.env._("Visitor"), name),
                    (self.env._("Visitor's Phone"), phone),
                )
                if not value
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "A lead needs the visitor's name and phone. Still missing: "
                        "%(missing)s.",
                        missing=", ".join(missing),
                    )
                )
            contact._check_is_read_back()
