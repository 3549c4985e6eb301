# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import AftersalesCase


@tagged("post_install", "-at_install")
class TestOpenProblem(AftersalesCase):
    """LEAD-24: no sales call while the car is in the workshop."""

    def make_open_repair(self, **values):
        return self.env["repair.order"].create(
            {
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "state": "confirmed",
                **values,
            }
        )

    def get_problems(self, partners):
        return partners.with_user(self.consultant)._get_open_problems()

    def test_an_unfinished_repair_is_a_problem_until_the_car_is_back(self):
        repair = self.make_open_repair()
        texts = self.get_problems(self.customer)[self.customer.id]
        self.assertIn(self.car.license_plate, texts[0])
        found = self.env["res.partner"].search(
            self.env["res.partner"]._get_open_problem_domain()
        )
        self.assertIn(self.customer, found)
        repair.date_delivered = repair.date_in
        self.assertFalse(self.get_problems(self.customer))

    def test_the_owner_is_told_of_although_somebody_else_pays(self):
        payer = self.make_customer("Fleet Payer")
        self.make_open_repair(partner_id=payer.id)
        problems = self.get_problems(self.customer | payer)
        self.assertEqual(set(problems), {self.customer.id, payer.id})
        found = self.env["res.partner"].search(
            self.env["res.partner"]._get_open_problem_domain()
        )
        self.assertLessEqual(self.customer | payer, found)

    def test_appointments_and_repairs_of_goods_are_none(self):
        self.make_open_repair(state="draft", date_in=False)
        self.env["repair.order"].create(
            {"partner_id": self.customer.id, "state": "confirmed"}
        )
        self.assertFalse(self.get_problems(self.customer))

    def test_the_consultant_sees_the_banner_and_marketing_is_silent(self):
        lead = self.make_lead(partner_id=self.customer.id)
        self.make_open_repair()
        self.assertIn(
            self.car.license_plate, lead.with_user(self.consultant).problem_alert
        )
        answer = self.customer._explain_contact("call", "marketing")
        self.assertFalse(answer[self.customer.id][0])

    def test_many_customers_cost_the_same_queries(self):
        people = self.env["res.partner"].concat(
            *(self.make_customer(f"Owner {i}") for i in range(20))
        )
        for person in people:
            car = self.make_car(owner_id=person.id)
            self.make_open_repair(partner_id=person.id, vehicle_id=car.id)

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            partners._get_open_problems()
            return self.env.cr.sql_log_count - start

        self.assertEqual(count(people[:3]), count(people))
