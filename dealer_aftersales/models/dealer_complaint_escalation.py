# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.dealer_crm.tools.job_steps import reported
from odoo.tools import SQL, format_datetime

OPEN_TYPE = "dealer_aftersales.mail_activity_type_complaint"
LATE_TYPE = "dealer_aftersales.mail_activity_type_complaint_late"
BATCH = 200

#: Deadline: (its field, mark that it was told, what ends it).
DEADLINES = {
    "answer": ("date_answer_due", "answer_escalated_on", "date_answered"),
    "close": ("date_close_due", "close_escalated_on", "date_closed"),
}


class DealerComplaint(models.Model):
    """A passed deadline is told once, to whom the level names (CMP-05)."""

    _inherit = "dealer.complaint"

    answer_escalated_on = fields.Datetime(
        "Late Answer told on", readonly=True, copy=False
    )
    close_escalated_on = fields.Datetime("Late End told on", readonly=True, copy=False)

    _answer_late_idx = models.Index(
        "(company_id, date_answer_due) WHERE answer_escalated_on IS NULL"
        " AND date_answered IS NULL AND date_closed IS NULL"
    )
    _close_late_idx = models.Index(
        "(company_id, date_close_due) WHERE close_escalated_on IS NULL"
        " AND date_closed IS NULL"
    )

    def _after_entry(self):
        result = super()._after_entry()
        for complaint in self.filtered(lambda c: c.date_due):
            complaint._plan_answer()
        return result

    def _after_change(self, vals):
        result = super()._after_change(vals)
        if {"level_id", "date_received", "company_id", "kind"} & vals.keys():
            self.sudo()._forget_early_alarms()
        if "user_id" in vals:
            for complaint in self:
                complaint._get_own_activities(OPEN_TYPE).user_id = complaint.user_id
        return result

    def _after_step(self, source, target):
        result = super()._after_step(source, target)
        if target != "received":
            self._get_own_activities(OPEN_TYPE).action_done()
        if self.date_closed:
            self._get_own_activities(LATE_TYPE).unlink()
        if target == "received":
            self._plan_answer()
        return result

    def _get_own_activities(self, xml_id):
        """Open to-dos of one kind on these complaints, whoever has them."""
        activity_type = self.env.ref(xml_id)
        return self.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def _plan_answer(self):
        """Whoever is in charge has it on his list, with the day of the first answer."""
        self.ensure_one()
        if not self.user_id or not self.date_answer_due:
            return
        words = self.with_context(lang=self.user_id.lang or self.env.lang)
        self.sudo().with_context(
            mail_activity_quick_update=self.user_id == self.env.user
        ).activity_schedule(
            OPEN_TYPE,
            self._get_branch_day(self.date_answer_due),
            summary=words.env._("First answer: %(what)s", what=self.summary),
            user_id=self.user_id.id,
        )

    def _get_branch_day(self, moment):
        """The day of a UTC moment at the branch."""
        zone = self.company_id._get_dealer_tz()
        shown = self.with_context(tz=zone)
        return fields.Datetime.context_timestamp(shown, moment).date()

    def _forget_early_alarms(self):
        """A deadline that was moved ahead may be missed once more."""
        now = fields.Datetime.now()
        for due, told, _end in DEADLINES.values():
            moved = self.filtered(lambda c, d=due, t=told: c[t] and c[d] and c[d] > now)
            moved.write({told: False})

    @api.model
    def _cron_escalate(self):
        """Tell what is late at each branch. Safe to run twice: the mark is set with it.

        One complaint that cannot be told is reported and skipped.
        """
        cron = self.env["ir.cron"]
        for branch in self.env["res.company"]._get_all_branches():
            for deadline in DEADLINES:
                told = self._escalate_late(branch, deadline)
                while len(told) == BATCH and cron._commit_progress(BATCH):
                    told = self._escalate_late(branch, deadline)
                cron._commit_progress(len(told))

    @api.model
    def _escalate_late(self, company, deadline):
        """Mark the complaints whose ``deadline`` passed and tell about them.

        Rows that another worker has in hand are left to it.

        :return: the complaints marked now, at most a batch
        """
        due, told, end = DEADLINES[deadline]
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE dealer_complaint c
                   SET %(told)s = %(now)s
                 WHERE c.id IN (
                       SELECT id FROM dealer_complaint
                        WHERE company_id = %(company)s AND %(told)s IS NULL
                          AND %(end)s IS NULL AND date_closed IS NULL
                          AND %(due)s < %(now)s
                        ORDER BY %(due)s, id
                        LIMIT %(limit)s
                          FOR UPDATE SKIP LOCKED)
                RETURNING c.id
                """,
                told=SQL.identifier(told),
                end=SQL.identifier(end),
                due=SQL.identifier(due),
                now=fields.Datetime.now(),
                company=company.id,
                limit=BATCH,
            )
        )
        self.invalidate_model([told])
        complaints = self.sudo().browse(row[0] for row in rows)
        for complaint in complaints:
            with reported("Telling about a late complaint", complaint):
                complaint._tell_late(deadline)
        return complaints

    def _tell_late(self, deadline):
        """A to-do for whom the level names; nobody is told about himself."""
        self.ensure_one()
        user = self._get_escalation_user(self.level_id[f"{deadline}_escalation"])
        if not user:
            return
        words = self.with_context(lang=user.lang or self.env.lang)
        self.activity_schedule(
            LATE_TYPE,
            self.company_id._get_dealer_today(),
            summary=words._get_late_text(deadline),
            user_id=user.id,
            automated=True,
        )

    def _get_late_text(self, deadline):
        due = self[DEADLINES[deadline][0]]
        zone = self.company_id._get_dealer_tz()
        values = {
            "number": self.name,
            "date": format_datetime(self.env, due, tz=zone, dt_format="short"),
            "user": self.user_id.name or self.env._("nobody"),
        }
        if deadline == "answer":
            return self.env._(
                "%(number)s has no first answer, due %(date)s, in charge: %(user)s",
                **values,
            )
        return self.env._(
            "%(number)s is not closed, due %(date)s, in charge: %(user)s", **values
        )

    def _get_escalation_user(self, who):
        """Manager of the department or general manager, but not who is in charge."""
        self.ensure_one()
        company = self.company_id
        candidates = self.env["res.users"]
        if who == "manager":
            candidates = company._get_complaint_managers(self.department)
        candidates = (*candidates, *company._get_directors())
        return next(
            (user for user in candidates if user != self.user_id),
            self.env["res.users"],
        )
