# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_lead_stage import StageCase


@tagged("post_install", "-at_install")
class TestSecondQuote(StageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls.make_user("rival", "dealer_crm.group_sales_consultant")
        cls.second_manager = cls.make_user(
            "second_manager", "dealer_crm.group_sales_manager"
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Car T", "list_price": 100000, "taxes_id": [(5,)]}
        )
        cls.customer = cls.make_customer("Two Quotes", company_id=cls.branch.id)

    def make_quote(self, price, user=None, **lead_values):
        user = user or self.consultant
        lead = self.make_full_lead(
            partner_id=self.customer.id, user_id=user.id, **lead_values
        )
        line = {"product_id": self.product.id, "price_unit": price}
        return (
            self.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": self.customer.id,
                    "opportunity_id": lead.id,
                    "user_id": user.id,
                    "order_line": [(0, 0, line)],
                }
            )
        )

    def test_the_second_consultants_lower_quote_shows_the_first_and_waits(self):
        first = self.make_quote(120000)
        second = self.make_quote(115000, self.rival)
        self.assertIn("Consultant", second.other_quote_alert)
        self.assertIn("120,000", second.other_quote_alert)
        self.assertTrue(second.is_quote_approval_needed)
        for bind in (second.action_quotation_send, second.action_confirm):
            with self.assert_refused(UserError, "sales manager has to approve"):
                bind()
        with self.assert_refused(UserError, "sales manager has to approve"):
            second.write({"state": "sent"})
        self.assertIn("115,000", first.other_quote_alert)
        self.assertFalse(first.is_quote_approval_needed)
        first.action_confirm()
        self.assertEqual(first.state, "sale")

    def test_a_manager_who_is_not_the_author_approves(self):
        self.make_quote(120000)
        second = self.make_quote(115000, self.rival)
        second.action_submit("Price of the show")
        with self.assertRaises(AccessError):
            second.with_user(self.rival).action_approve()
        second.with_user(self.manager).action_approve()
        self.assertFalse(second.is_quote_approval_needed)
        second.action_confirm()
        self.assertEqual(second.state, "sale")

    def test_a_managers_own_lower_quote_needs_another_manager(self):
        self.make_quote(120000)
        own = self.make_quote(110000, self.manager)
        own.action_submit()
        with self.assertRaises(AccessError):
            own.action_approve()
        own.with_user(self.second_manager).action_approve()
        own.action_confirm()
        self.assertEqual(own.state, "sale")

    def test_an_approval_is_for_its_amount_only(self):
        self.make_quote(120000)
        second = self.make_quote(115000, self.rival)
        second.action_submit()
        second.with_user(self.manager).action_approve()
        second.order_line.price_unit = 110000
        self.assertTrue(second.is_quote_approval_needed)
        with self.assert_refused(UserError, "sales manager has to approve"):
            second.action_confirm()

    def test_the_approved_amount_is_set_by_the_button_only(self):
        second = self.make_quote(115000, self.rival)
        with self.assert_refused(AccessError, "by its buttons"):
            second.write({"approved_amount": 1})
        with self.assert_refused(AccessError, "by its buttons"):
            second.write({"approval_state": "approved"})

    def test_equal_higher_other_model_and_closed_quotes_need_nothing(self):
        first = self.make_quote(120000)
        self.assertFalse(self.make_quote(120000, self.rival).other_quote_alert)
        higher = self.make_quote(125000, self.rival)
        self.assertTrue(higher.other_quote_alert)
        self.assertFalse(higher.is_quote_approval_needed)
        model = self.car_model.copy({"name": "Other model T"})
        other = self.make_quote(90000, self.rival, vehicle_model_id=model.id)
        self.assertFalse(other.other_quote_alert)
        (first | higher).sudo().action_cancel()
        self.env["sale.order"].search(
            [("partner_id", "=", self.customer.id), ("amount_total", "=", 120000)]
        ).action_cancel()
        last = self.make_quote(80000, self.rival)
        self.assertFalse(last.is_quote_approval_needed)

    def test_another_branch_and_plain_orders_are_not_bound(self):
        quote = self.make_quote(120000)
        line = {"product_id": self.product.id, "price_unit": 1}
        plain = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [(0, 0, line)]}
        )
        self.assertFalse(plain.other_quote_alert)
        plain.action_confirm()
        self.assertEqual((plain.state, quote.state), ("sale", "draft"))

    def test_many_quotes_cost_the_same_queries(self):
        quotes = self.env["sale.order"].concat(
            *(self.make_quote(120000 - i) for i in range(12))
        )

        def count(orders):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            orders.sudo().mapped("other_quote_alert")
            return self.env.cr.sql_log_count - start

        count(quotes)
        few = count(quotes[:4])
        self.assertLessEqual(count(quotes), few)
