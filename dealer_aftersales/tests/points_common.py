# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from .marketing_common import MarketingCase


class PointsCase(MarketingCase):
    """A branch with its own points, and books to earn them by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.write(
            {
                "points_system": "own",
                "points_amount": 10,
                "points_value": 0.5,
                "points_start": "2026-01-01",
                "referral_points": 50,
            }
        )
        cls.accountant = cls.make_user("acc_points", "account.group_account_invoice")
        cls.make_books()

    @classmethod
    def make_books(cls):
        journals = cls.env["account.journal"]
        accounts = cls.env["account.account"]
        cls.income = accounts.create(
            {"name": "Income P", "code": "PINC1", "account_type": "income"}
        )
        receivable = accounts.create(
            {"name": "Debtors P", "code": "PREC1", "account_type": "asset_receivable"}
        )
        cls.customer.property_account_receivable_id = receivable
        cls.journal = journals.create(
            {
                "name": "Sales P",
                "type": "sale",
                "code": "PSJ",
                "company_id": cls.branch.id,
            }
        )
        bank = accounts.create(
            {"name": "Bank P", "code": "PBNK1", "account_type": "asset_cash"}
        )
        cls.bank = journals.create(
            {
                "name": "Bank P",
                "type": "bank",
                "code": "PBJ",
                "company_id": cls.branch.id,
                "default_account_id": bank.id,
            }
        )

    def make_invoice(self, amount=1000, **values):
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "journal_id": self.journal.id,
                    "invoice_date": "2026-03-10",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Work",
                                "price_unit": amount,
                                "tax_ids": False,
                                "account_id": self.income.id,
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        invoice.action_post()
        return invoice

    def pay(self, invoice):
        wizard = (
            self.env["account.payment.register"]
            .with_user(self.accountant)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": self.bank.id})
        )
        wizard._create_payments()
        if invoice.payment_state not in ("paid", "in_payment"):
            invoice.sudo().payment_state = "paid"

    def refund(self, invoice, amount):
        refund = invoice.sudo()._reverse_moves(
            [{"invoice_date": "2026-03-10", "journal_id": self.journal.id}]
        )
        refund.invoice_line_ids.price_unit = amount
        refund.with_user(self.accountant).action_post()
        return refund

    def book(self):
        return self.env["dealer.points.line"]._book_company(self.branch)

    def balance(self, partner=None):
        partner = partner or self.customer
        partner.invalidate_recordset()
        balance = partner.with_company(self.branch).points_balance
        lines = self.env["dealer.points.line"].search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.branch.id)]
        )
        self.assertEqual(balance, sum(lines.mapped("points")))
        return balance

    def give(self, points, partner=None):
        return self.env["dealer.points.line"].create(
            {
                "partner_id": (partner or self.customer).id,
                "points": points,
                "note": "T",
                "company_id": self.branch.id,
            }
        )
