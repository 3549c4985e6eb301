# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, DealerCrmCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGradeReview(DealerCrmCase):
    """GRD-17: the card drawers are counted and checked each month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_h = cls.env.ref("dealer_crm.grade_h")
        cls.grade_c = cls.env.ref("dealer_crm.grade_c")
        for grade in (cls.grade_h, cls.grade_h, cls.grade_c):
            cls.make_lead(grade_id=grade.id)
        cls.make_lead(phone=False)

    def run_job(self, moment):
        with freeze_time(moment):
            reviews = self.env["dealer.grade.review"].with_company(self.branch)
            reviews._count_drawers(self.branch)
            reviews._remind_of_reviews(self.branch)
        found = self.env["dealer.grade.review"].search(
            [("user_id", "=", self.consultant.id)]
        )
        found.invalidate_recordset()
        return found

    def count(self):
        return self.run_job("2026-03-31 16:30:00")  # the first of April in Shanghai

    def drawers(self, review, name="lead_count"):
        return {line.grade_id.code or "": line[name] for line in review.line_ids}

    def test_counted_when_the_month_has_ended_at_the_branch(self):
        self.assertFalse(self.run_job("2026-03-31 15:30:00"))
        review = self.count()
        self.assertEqual(review.month, date(2026, 3, 1))
        self.assertEqual(
            self.drawers(review),
            {"O": 0, "H": 2, "A": 0, "B+": 0, "B": 0, "C": 1, "": 1},
        )
        self.assertEqual(self.drawers(review, "overdue_count")["H"], 2)
        self.assertEqual(review.total, 4)
        self.assertEqual(review.state, "open")

    def test_job_twice_counts_once(self):
        self.count()
        review = self.run_job("2026-04-03 04:00:00")
        self.assertEqual(len(review), 1)
        self.assertEqual(len(review.line_ids), 7)

    def test_counts_are_frozen(self):
        review = self.count()
        self.make_lead(grade_id=self.grade_h.id)
        review.invalidate_recordset()
        self.assertEqual(self.drawers(review)["H"], 2)
        self.assertEqual(self.drawers(review, "lead_count_now")["H"], 3)
        for user in (self.consultant, self.manager):
            line = review.line_ids[0].with_user(user)
            with self.assertRaises(AccessError):
                line.lead_count = 9
            for name, value in (
                ("counted_on", "2026-01-01"),
                ("manager_confirmed_on", "2026-01-01"),
                ("line_ids", [(5,)]),
            ):
                with self.assert_refused(AccessError, "as it was counted"):
                    review.with_user(user).write({name: value})

    def test_two_people_confirm(self):
        review = self.count()
        review.with_user(self.consultant).findings = "Two cards without plan"
        review.with_user(self.consultant).action_confirm()
        self.assertEqual(review.state, "counted")
        with self.assert_refused(AccessError, "each once"):
            review.with_user(self.consultant).action_confirm()
        self.assertTrue(review.with_user(self.manager).can_confirm)
        review.with_user(self.manager).action_confirm()
        self.assertEqual(review.state, "done")
        self.assertEqual(review.manager_id, self.manager)
        with self.assert_refused(UserError, "closed"):
            review.with_user(self.consultant).findings = "None"

    def test_manager_with_own_drawers_needs_another_one(self):
        self.make_lead(user_id=self.manager.id)
        self.count()
        review = self.env["dealer.grade.review"].search(
            [("user_id", "=", self.manager.id)]
        )
        review.with_user(self.manager).action_confirm()
        self.assertEqual(review.state, "counted")
        with self.assert_refused(AccessError, "each once"):
            review.with_user(self.manager).action_confirm()
        review.with_user(self.director).action_confirm()
        self.assertEqual(review.state, "done")

    def test_reminded_once_after_the_fifth(self):
        review = self.count()
        self.run_job("2026-04-05 04:00:00")
        self.assertFalse(review.activity_ids)
        self.run_job("2026-04-06 04:00:00")
        people = review.activity_ids.user_id
        self.assertIn(self.consultant, people)
        self.assertEqual(len(people), 2, "the consultant and a manager")
        number = len(review.activity_ids)
        self.run_job("2026-04-07 04:00:00")
        self.assertEqual(len(review.activity_ids), number)
        review.with_user(self.consultant).action_confirm()
        self.assertNotIn(self.consultant, review.activity_ids.user_id)

    def test_confirmed_ones_are_not_reminded(self):
        review = self.count()
        for user in (self.consultant, self.manager):
            review.with_user(user).action_confirm()
        self.run_job("2026-04-06 04:00:00")
        self.assertFalse(review.activity_ids)

    def test_month_long_gone_is_not_counted(self):
        self.assertFalse(self.run_job("2026-04-10 04:00:00"))

    def test_consultant_sees_his_own_check_only(self):
        review = self.count()
        other = self.make_user("other", "dealer_crm.group_sales_consultant")
        with self.assertRaises(AccessError):
            review.with_user(other).read(["total"])
        with self.assertRaises(AccessError):
            review.line_ids.with_user(other).read(["lead_count"])
        with self.assertRaises(AccessError):
            self.call(
                self.manager,
                "dealer.grade.review",
                "create",
                [
                    {
                        "user_id": other.id,
                        "month": "2026-03-01",
                        "company_id": self.branch.id,
                        "counted_on": NOW,
                    }
                ],
            )

    def test_printed(self):
        review = self.count()
        reports = self.env["ir.actions.report"].with_user(self.manager)
        html, _kind = reports._render_qweb_html(
            "dealer_crm.report_grade_review", review.ids
        )
        self.assertIn(self.consultant.name, html.decode())
