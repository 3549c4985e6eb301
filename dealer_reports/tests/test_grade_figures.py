# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from odoo.addons.dealer_crm.tests.common import DealerCrmCase
from odoo.tests import freeze_time, tagged


def noon(days):
    return datetime.now().replace(hour=4, minute=0) - timedelta(days)


@tagged("post_install", "-at_install")
class TestGradeCalibration(DealerCrmCase):
    """Idea 8: what grades promised, and what came of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")

    def promised(self, days_ago):
        with freeze_time(noon(days_ago)):
            return self.make_lead(grade_id=self.grade_h.id)

    def rows(self, lead, user=None):
        self.env.flush_all()
        rows = self.env["dealer.grade.calibration"].with_user(user or self.manager)
        return rows.search([("lead_id", "=", lead.id)])

    def win(self, lead, days_ago):
        with freeze_time(noon(days_ago)):
            lead.action_set_won()

    def test_bought_within_the_window(self):
        lead = self.promised(20)
        self.win(lead, 14)
        self.assertRecordValues(
            self.rows(lead),
            [
                {
                    "grade_id": self.grade_h.id,
                    "consultant_id": self.consultant.id,
                    "is_kept": True,
                    "kept_share": 1.0,
                }
            ],
        )

    def test_bought_later_or_not_at_all(self):
        late, never, lost = (self.promised(20) for _count in range(3))
        self.win(late, 10)
        lost.action_set_lost()
        for lead in (late, never, lost):
            self.assertEqual(self.rows(lead).mapped("is_kept"), [False])

    def test_window_that_is_open_is_not_judged(self):
        lead = self.promised(3)
        self.assertFalse(self.rows(lead))
        self.win(lead, 1)
        self.assertTrue(self.rows(lead).is_kept)

    def test_each_decision_is_a_promise_and_opens_its_lead(self):
        lead = self.promised(30)
        with freeze_time(noon(20)):
            lead._answer_grade_question("follow_up")
        rows = self.rows(lead)
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[0].action_open_lead()["res_id"], lead.id)

    def test_consultant_sees_his_own(self):
        lead = self.promised(20)
        self.assertTrue(self.rows(lead, self.consultant))
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        self.assertFalse(self.rows(lead, other))


@tagged("post_install", "-at_install")
class TestGradeContacts(DealerCrmCase):
    """GRD-09: twice a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = datetime.now().date().replace(day=1) - relativedelta(months=1)
        cls.grade_b = cls.env.ref("dealer_crm.grade_b")

    def day(self, number):
        moment = datetime.combine(self.month, datetime.min.time())
        return moment + timedelta(days=number - 1, hours=4)

    def graded_before(self):
        with freeze_time(self.day(1) - timedelta(40)):
            return self.make_lead(grade_id=self.grade_b.id)

    def contact(self, lead, number, outcome="reached"):
        with freeze_time(self.day(number)):
            self.log_contact(lead, content="Talked", outcome=outcome)

    def row(self, lead):
        self.env.flush_all()
        return self.env["dealer.grade.contact"].search(
            [("lead_id", "=", lead.id), ("month", "=", self.month)]
        )

    def test_two_contacts_meet_it_one_does_not(self):
        both, single = self.graded_before(), self.graded_before()
        for number in (5, 20):
            self.contact(both, number)
        self.contact(single, 5)
        self.contact(single, 20, "not_reached")
        self.assertRecordValues(
            self.row(both) + self.row(single),
            [
                {"contact_count": 2, "required_count": 2, "is_met": True},
                {"contact_count": 1, "required_count": 2, "is_met": False},
            ],
        )

    def test_month_without_any_contact_is_not_met(self):
        self.assertRecordValues(
            self.row(self.graded_before()), [{"contact_count": 0, "is_met": False}]
        )

    def test_graded_or_closed_within_the_month_does_not_count(self):
        with freeze_time(self.day(10)):
            late = self.make_lead(grade_id=self.grade_b.id)
        closed = self.graded_before()
        with freeze_time(self.day(15)):
            closed.action_set_won()
        self.assertFalse(self.row(late) + self.row(closed))

    def test_figure_of_the_month(self):
        lead = self.graded_before()
        for number in (5, 20):
            self.contact(lead, number)
        self.env.flush_all()
        kpi = self.env.ref("dealer_reports.kpi_grade_contacts")
        last = self.month + relativedelta(months=1, days=-1)
        line = kpi._compute_lines(self.branch, self.month, last)[0]
        self.assertIn(self.row(lead).id, line["record_ids"])
        self.assertGreaterEqual(line["denominator"], line["numerator"])
