# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class DealerGradeLog(models.Model):
    """The prospect grade progress table (潜在顾客等级推进表) of seed 004.

    One row per lead: its grade when the month began, each change with its day, and
    how it stands at the month's end. A constant number of queries, whatever the
    number of leads.
    """

    _inherit = "dealer.grade.log"

    @api.model
    def _get_progress_tables(self, users, month):
        """The table of each consultant; of those who see all leads, for everybody.

        :param users: res.users
        :param date month: any day of the month
        :return: list of dicts: user, rows (see ``_get_progress_rows``), totals
        """
        rows = self._get_progress_rows(users, month)
        by_user = {user: [] for user in self._filter_progress_users(users)}
        for row in rows:
            by_user[row["user"]].append(row)
        return [
            {"user": user, "rows": own, "totals": self._get_progress_totals(own)}
            for user, own in by_user.items()
        ]

    @api.model
    def _filter_progress_users(self, users):
        """A consultant's table is his own; see domain.md 15."""
        if self.env.su or self.env.user.has_group(
            "sales_team.group_sale_salesman_all_leads"
        ):
            return users
        return users & self.env.user

    @api.model
    def _get_progress_rows(self, users, month):
        """The rows of the table, by consultant and present grade, hottest first.

        :return: list of dicts: user, lead, start and end (dealer.grade, may be
            empty), changes (list of dealer.grade.log, oldest first), state (won,
            lost, dormant or open) and closed_on (date or False)
        """
        users = self._filter_progress_users(users)
        company = self.env.company
        first = month.replace(day=1)
        start = company._get_dealer_day_start(first)
        end = company._get_dealer_day_start(first + relativedelta(months=1))
        leads = self._get_progress_leads(users, start, end)
        changes = self._get_progress_changes(leads, start, end)
        before = self._get_progress_start(leads, start)
        rows = []
        for lead in leads:
            logs = changes.get(lead, self.browse())
            row = self._prepare_progress_row(lead, logs, before.get(lead.id), end)
            if row["user"] in users and (row["start"] or logs):
                rows.append(row)
        order = {user: rank for rank, user in enumerate(users)}
        rows.sort(
            key=lambda row: (
                order[row["user"]],
                row["end"].sequence if row["end"] else 999,
                row["lead"].id,
            )
        )
        return rows

    @api.model
    def _get_progress_leads(self, users, start, end):
        """Leads in the drawers of ``users`` in this time, closed ones too."""
        moved = Domain("decision", "=", "change") & Domain(
            "consultant_id", "in", users.ids
        )
        moved &= Domain("date", ">=", start) & Domain("date", "<", end)
        held = Domain("user_id", "in", users.ids)
        held &= Domain("date_closed", "=", False) | Domain("date_closed", ">=", start)
        held &= Domain(
            "grade_log_ids", "any", [("decision", "=", "change"), ("date", "<", end)]
        )
        leads = self.env["crm.lead"].with_context(active_test=False)
        company = Domain("company_id", "in", (self.env.company.id, False))
        return leads.search(
            company & (held | Domain("grade_log_ids", "any", list(moved)))
        )

    @api.model
    def _get_progress_changes(self, leads, start, end):
        """{lead: its changes in this time, oldest first}"""
        logs = self.search(
            [
                ("lead_id", "in", leads.ids),
                ("decision", "=", "change"),
                ("date", ">=", start),
                ("date", "<", end),
            ],
            order="date, id",
        )
        return logs.grouped("lead_id")

    @api.model
    def _get_progress_start(self, leads, start):
        """{lead id: its dealer.grade when the time began}"""
        self.flush_model(["lead_id", "date", "decision", "grade_to_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (lead_id) lead_id, grade_to_id
                  FROM dealer_grade_log
                 WHERE lead_id = ANY(%s) AND decision = 'change' AND date < %s
              ORDER BY lead_id, date DESC, id DESC
                """,
                leads.ids,
                start,
            )
        )
        grades = self.env["dealer.grade"].with_context(active_test=False)
        grades = grades.browse({grade for _lead, grade in rows if grade})
        return {lead: grades.browse(grade or ()) for lead, grade in rows}

    @api.model
    def _prepare_progress_row(self, lead, logs, before, end):
        before = before or self.env["dealer.grade"]
        is_closed = lead.won_status != "pending" and (
            not lead.date_closed or lead.date_closed < end
        )
        state = lead.won_status if is_closed else "open"
        if state == "open" and lead.dormant_on:
            state = "dormant"
        company = lead.company_id or self.env.company
        day = is_closed and lead.date_closed
        return {
            "user": logs[-1:].consultant_id or lead.user_id,
            "lead": lead,
            "start": before,
            "changes": logs,
            "end": logs[-1].grade_to_id if logs else before,
            "state": state,
            "closed_on": day and company._get_dealer_day(day),
        }

    @api.model
    def _get_progress_totals(self, rows):
        """How many leads per grade: at the start, moved in and out, closed, left.

        For each grade: start + moved_in - moved_out - closed = left.

        :return: list of dicts by grade, hottest first, those without grade last
        """
        counts = {name: Counter() for name in ("start", "moved_in", "moved_out")}
        counts |= {name: Counter() for name in ("closed", "left")}
        for row in rows:
            grade = row["start"]
            counts["start"][grade] += 1
            for log in row["changes"]:
                counts["moved_out"][grade] += 1
                grade = log.grade_to_id
                counts["moved_in"][grade] += 1
            counts["closed" if row["state"] in ("won", "lost") else "left"][grade] += 1
        grades = {grade for counter in counts.values() for grade in counter}
        order = sorted(grades, key=lambda g: (not g, g.sequence, g.id or 0))
        return [
            {"grade": grade}
            | {name: counter[grade] for name, counter in counts.items()}
            for grade in order
        ]
