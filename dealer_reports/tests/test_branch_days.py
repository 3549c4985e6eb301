# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command, Date
from odoo.tests import freeze_time, tagged

from .common import AFTER, ReportsCase

#: Sunday, 1 March, 07:30 at the branch
LATE = "2026-02-28 23:30:00"
#: 28 February, 23:30 at the branch
EARLY = "2026-02-28 15:30:00"


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestBranchDays(ReportsCase):
    """Days and months are the branch's, as everywhere; not those of UTC."""

    def log_care(self, *moments):
        return self.env["dealer.contact"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "direction": "out",
                    "purpose": "care",
                    "content": "Hello",
                    "outcome": "reached",
                    "date": moment,
                }
                for moment in moments
            ]
        )

    def months(self, records):
        self.env.flush_all()
        return sorted(records.mapped(lambda r: str(Date.start_of(r.date, "month"))))

    def test_remarks(self):
        tag = [Command.set(self.issues[0].ids)]
        calls = self.make_due(2, issue_ids=tag)
        self.call(calls)
        complaints = self.env["dealer.complaint"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "content": "Too slow",
                    "company_id": self.branch.id,
                    "issue_ids": tag,
                    "date_received": moment,
                }
                for moment in (EARLY, LATE)
            ]
        )
        contacts = self.log_care(EARLY, LATE)
        contacts.issue_ids = tag
        for call, moment in zip(calls.sudo(), (EARLY, LATE), strict=True):
            call.date_done = moment
        self.env.flush_all()
        report = self.env["dealer.remark.report"].with_user(self.care)
        for records in (calls, complaints, contacts):
            found = report.search(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    ("issue_id", "=", self.issues[0].id),
                ]
            )
            with self.subTest(records._name):
                self.assertEqual(self.months(found), ["2026-02-01", "2026-03-01"])

    def test_care_of_a_customer(self):
        self.log_care(EARLY, LATE)
        self.env.flush_all()
        lines = self.env["dealer.customer.value"].search(
            [("partner_id", "=", self.customer.id), ("kind", "=", "care")]
        )
        self.assertEqual(self.months(lines), ["2026-02-01", "2026-03-01"])

    def test_measures_of_loyalty(self):
        self.env["dealer.value.log"].search([]).unlink()
        for day in ("2026-01-10", "2026-02-10", "2026-03-10"):
            with freeze_time(f"{day} 04:00:00"):
                self.customer._refresh_value()
        self.log_care("2026-02-05 04:00:00", EARLY, LATE, "2026-01-31 15:30:00")
        self.env.flush_all()
        lines = self.env["dealer.loyalty.result"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(
            {str(line.month): line.action_count for line in lines},
            {"2026-02-01": 2, "2026-03-01": 1},
        )
