# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestObserved(AftersalesCase):
    """How often a customer comes and how he pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        journals = cls.env["account.journal"]
        cls.cash = journals.create({"name": "Cash desk", "code": "TCA", "type": "cash"})
        cls.bank = journals.create({"name": "Bank T", "code": "TBA", "type": "bank"})
        cls.wechat = cls.bank.inbound_payment_method_line_ids[0].copy(
            {"name": "WeChat Pay", "journal_id": cls.bank.id}
        )
        cls.income = cls.env["account.account"].create(
            {"name": "Sales T", "code": "T4000", "account_type": "income"}
        )

    def visit(self, *days, **values):
        for day in days:
            self.make_repair(f"{day} 04:00:00", **values)

    def pay(self, day, journal, line=None, partner=None):
        """A posted invoice and its payment, as the accountant registers it."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.customer).id,
                "invoice_date": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Service",
                            "price_unit": 100,
                            "account_id": self.income.id,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        method = line or journal.inbound_payment_method_line_ids[0]
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create(
            {
                "payment_date": day,
                "journal_id": journal.id,
                "payment_method_line_id": method.id,
            }
        )._create_payments()
        return invoice

    def test_three_orders_90_and_100_days_apart_give_95(self):
        self.visit("2026-03-01", "2025-08-23", "2025-11-21")
        self.assertEqual(self.customer.mean_visit_days, 95)

    def test_one_visit_has_no_interval(self):
        self.visit("2026-03-01")
        self.make_repair()
        self.assertEqual(self.customer.mean_visit_days, 0)

    def test_two_orders_of_one_day_are_one_visit(self):
        self.visit("2026-01-01", "2026-01-01", "2026-01-11")
        self.assertEqual(self.customer.mean_visit_days, 10)

    def test_most_frequent_method_is_shown(self):
        self.pay("2026-01-05", self.bank, self.wechat)
        self.pay("2026-01-06", self.bank, self.wechat)
        self.pay("2026-03-01", self.cash)
        customer = self.customer.with_user(self.advisor)
        self.assertEqual(customer.usual_payment_method, "WeChat Pay")

    def test_of_equally_frequent_ones_the_last_counts(self):
        self.pay("2026-02-01", self.cash)
        self.pay("2026-01-01", self.bank, self.wechat)
        self.assertEqual(self.customer.usual_payment_method, "Cash desk")

    def test_unpaid_and_withdrawn_invoices_tell_nothing(self):
        invoice = self.pay("2026-02-01", self.cash)
        self.assertEqual(self.customer.usual_payment_method, "Cash desk")
        invoice.button_draft()
        self.env.invalidate_all()
        self.assertFalse(self.customer.usual_payment_method)

    def test_page_gets_lines_and_others_get_nothing(self):
        self.visit("2026-01-01", "2026-01-11")
        lines = self.call(
            self.advisor, "res.partner", "get_dealer_observed", self.customer.ids
        )
        texts = {line["name"]: line["text"] for line in lines}
        self.assertEqual(texts, {"mean_visit_days": "10", "usual_payment_method": "–"})
        clerk = self.make_user("clerk", "account.group_account_invoice")
        self.assertEqual(
            self.call(clerk, "res.partner", "get_dealer_observed", self.customer.ids),
            [],
        )
        with self.assertRaises(AccessError):
            self.customer.with_user(clerk).read(["usual_payment_method"])

    def test_form_itself_reads_neither(self):
        with Form(self.customer.with_user(self.advisor)) as form:
            self.assertNotIn("mean_visit_days", form._view["fields"])
            self.assertNotIn("usual_payment_method", form._view["fields"])

    def test_many_customers_cost_as_much_as_few(self):
        customers = self.env["res.partner"]
        for _index in range(12):
            customer = self.make_customer()
            self.visit("2026-01-01", "2026-01-11", partner_id=customer.id)
            self.pay("2026-02-01", self.cash, partner=customer)
            customers |= customer
        costs = []
        for some in (customers[:1], customers[:3], customers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("mean_visit_days")
            self.assertEqual(set(some.mapped("usual_payment_method")), {"Cash desk"})
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])
