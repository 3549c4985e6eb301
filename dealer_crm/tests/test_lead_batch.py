# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DealerCrmCase


@tagged("post_install", "-at_install")
class TestLeadBatch(DealerCrmCase):
    """Follow-ups of many leads cost no query per lead beyond what core asks itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.env["crm.lead"].with_context(mail_auto_subscribe_no_notify=True)
        salesman = "sales_team.group_sale_salesman"
        cls.plain = cls.make_user("plain", salesman)
        cls.plain_other = cls.make_user("plain_other", salesman)
        cls.other = cls.make_user("other", "dealer_crm.group_sales_consultant")

    def values(self, **values):
        return {
            "name": "Batch",
            "contact_name": "Zhao",
            "phone": self.next_phone(),
            "vehicle_model_id": self.car_model.id,
            "user_id": self.consultant.id,
            **values,
        }

    def count(self, action):
        """Queries of ``action``, flushed, with empty caches."""
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        result = action()
        self.env.flush_all()
        return result, self.env.cr.sql_log_count - start

    def slope(self, do):
        """Queries that 18 more leads cost; ``do(n)`` prepares and returns an action."""
        do(1)()
        costs = [self.count(do(size))[1] for size in (2, 20)]
        return costs[1] - costs[0]

    def test_create_costs_no_more_than_core(self):
        def creator(user):
            def do(size):
                values = [self.values(user_id=user.id) for _ in range(size)]
                return lambda: self.leads.create(values)

            return do

        core = self.slope(creator(self.plain))
        self.assertLessEqual(self.slope(creator(self.consultant)), core + 8)

    def test_reassign_costs_no_more_than_core(self):
        def mover(first, second):
            def do(size):
                values = [self.values(user_id=first.id) for _ in range(size)]
                leads = self.leads.create(values)
                return lambda: leads.write({"user_id": second.id})

            return do

        core = self.slope(mover(self.plain, self.plain_other))
        ours = self.slope(mover(self.consultant, self.other))
        self.assertLessEqual(ours, core + 8)
        moved = self.leads.search([("user_id", "=", self.other.id)])
        self.assertEqual(moved.activity_ids.user_id, self.other)
        self.assertEqual(len(moved.activity_ids), len(moved))

    def test_grade_costs_the_same_for_many(self):
        def do(size):
            leads = self.leads.create([self.values() for _ in range(size)])
            grade = self.env.ref("dealer_crm.grade_a")
            return lambda: leads.write({"grade_id": grade.id})

        self.assertLessEqual(self.slope(do), 4)

    def test_different_days_stay_different(self):
        leads = self.leads.create(
            [
                self.values(next_contact_date=day)
                for day in ("2027-03-01", "2027-03-02", "2027-03-01")
            ]
        )
        days = [str(lead.activity_ids.date_deadline) for lead in leads]
        self.assertEqual(days, ["2027-03-01", "2027-03-02", "2027-03-01"])
        leads[:2].write({"next_contact_date": "2027-03-09"})
        days = [str(lead.activity_ids.date_deadline) for lead in leads]
        self.assertEqual(days, ["2027-03-09", "2027-03-09", "2027-03-01"])
