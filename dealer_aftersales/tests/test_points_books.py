# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY
from .points_common import PointsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPointsBooks(PointsCase):
    """Points follow the books, also when a payment or a credit note is undone."""

    def make_earned(self, amount=1000):
        invoice = self.make_invoice(amount)
        self.pay(invoice)
        self.book()
        return invoice

    def make_credit(self, amount, **values):
        """A credit note typed by hand: it names no invoice."""
        return self.make_invoice(amount, move_type="out_refund", **values)

    def assert_booked(self, balance, partner=None):
        """The balance after the job; a second run finds nothing."""
        self.book()
        self.assertEqual((self.balance(partner), self.book()), (balance, 0))

    def last_kind(self):
        return self.env["dealer.points.line"].search([], order="id desc", limit=1).kind

    def test_undone_payment_takes_the_points_and_gives_them_again(self):
        invoice = self.make_earned()
        debit = invoice.sudo().line_ids.filtered(
            lambda li: li.account_type == "asset_receivable"
        )
        credit = debit.matched_credit_ids.credit_move_id
        debit.remove_move_reconcile()
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assert_booked(0)
        self.assertEqual(self.last_kind(), "undone")
        (debit | credit).reconcile()
        self.assert_booked(100)
        self.assertEqual(self.last_kind(), "invoice")

    def test_cancelled_and_posted_again(self):
        invoice = self.make_earned()
        invoice.sudo().button_draft()
        invoice.sudo().button_cancel()
        self.assert_booked(0)
        invoice.sudo().button_draft()
        invoice.action_post()
        self.assert_booked(0)
        self.pay(invoice)
        self.assert_booked(100)

    def test_posted_again_with_another_amount(self):
        invoice = self.make_earned()
        self.branch.points_amount = 20
        invoice.sudo().button_draft()
        invoice.invoice_line_ids.price_unit = 600
        invoice.action_post()
        self.pay(invoice)
        self.assert_booked(60)

    def test_posted_again_for_somebody_else(self):
        friend = self.make_customer("Friend")
        friend.property_account_receivable_id = (
            self.customer.property_account_receivable_id
        )
        invoice = self.make_earned()
        invoice.sudo().button_draft()
        invoice.partner_id = friend
        invoice.action_post()
        self.assertEqual(invoice.payment_state, "paid")
        self.book(), self.book()
        self.assert_booked(0)
        self.assertEqual(self.balance(friend), 100)

    def test_deleted_invoice_leaves_no_points(self):
        invoice = self.make_earned()
        invoice.sudo().button_draft()
        invoice.sudo().unlink()
        self.assert_booked(0)

    def test_credit_note_back_to_draft_gives_the_points_again(self):
        refund = self.refund(self.make_earned(), 250)
        self.assert_booked(75)
        refund.sudo().button_draft()
        self.assert_booked(100)
        self.assertEqual(self.last_kind(), "returned")
        refund.sudo().action_post()
        self.assert_booked(75)
        refund.sudo().button_draft()
        refund.sudo().button_cancel()
        self.assert_booked(100)

    def test_two_credit_notes_take_no_more_than_was_earned(self):
        invoice = self.make_earned(1010)
        for balance in (50, 0, 0):
            self.refund(invoice, 505)
            self.assert_booked(balance)

    def test_invoice_refunded_and_cancelled_takes_all_of_it_once(self):
        invoice = self.make_earned()
        self.refund(invoice, 250)
        self.assert_booked(75)
        invoice.sudo().button_draft()
        invoice.sudo().button_cancel()
        self.assert_booked(0)

    def test_first_rate_stays(self):
        invoice = self.make_earned()
        self.branch.points_amount = 50
        self.assert_booked(100)
        self.refund(invoice, 500)
        self.assert_booked(50)

    def test_invoice_address_earns_for_the_customer(self):
        office = self.env["res.partner"].create(
            {"name": "Office", "type": "invoice", "parent_id": self.customer.id}
        )
        office.property_account_receivable_id = (
            self.customer.property_account_receivable_id
        )
        invoice = self.make_invoice(partner_id=office.id)
        self.pay(invoice)
        self.assert_booked(100)
        self.refund(invoice, 400)
        self.assert_booked(60)
        self.assertEqual(self.balance(office), 0)

    def test_typed_credit_note_takes_by_the_rate(self):
        self.make_earned()
        note = self.make_credit(255)
        self.assert_booked(75)
        self.branch.points_amount = 1
        self.assert_booked(75)
        note.sudo().button_draft()
        self.assert_booked(100)

    def test_typed_credit_notes_never_take_below_zero(self):
        self.make_earned()
        repair = self.make_order()
        self.as_advisor(repair)._redeem_points(70)
        self.make_credit(200), self.make_credit(900)
        self.assert_booked(0)
        self.give(5)
        self.assert_booked(5)

    def test_typed_credit_note_leaves_what_is_earned_later(self):
        self.make_credit(500, invoice_date="2026-03-09")
        self.make_earned()
        self.assert_booked(100)

    def test_typed_credit_note_before_the_start_takes_nothing(self):
        self.give(50)
        self.make_credit(500, invoice_date="2025-12-31")
        self.assert_booked(50)

    def test_credit_note_set_against_an_invoice_is_its_refund(self):
        self.give(500)
        invoice, note = self.make_invoice(), self.make_credit(400)
        lines = (invoice | note).sudo().line_ids
        lines.filtered(lambda li: li.account_type == "asset_receivable").reconcile()
        self.assert_booked(500)
        self.pay(invoice)
        self.assert_booked(560)

    def test_invoice_closed_by_a_credit_note_gives_and_takes_nothing(self):
        self.give(500)
        invoice, note = self.make_invoice(), self.make_credit(1000)
        self.assert_booked(400)
        lines = (invoice | note).sudo().line_ids
        lines.filtered(lambda li: li.account_type == "asset_receivable").reconcile()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assert_booked(500)

    def test_small_batches_end_with_the_same_balance(self):
        for amount in (100, 200, 300):
            self.pay(self.make_invoice(amount))
        lines = self.env["dealer.points.line"]
        made = [lines._book_company(self.branch, limit=2) for _run in range(3)]
        self.assertEqual((made, self.balance()), ([2, 1, 0], 60))

    def test_client_proposes_nothing_for_lines_of_the_system(self):
        self.give(100)
        repair = self.make_order()
        self.as_advisor(repair).with_context(
            default_source_key="invoice:1",
            default_date="2020-01-01",
            default_note="Mine",
            default_move_id=1,
        )._redeem_points(100)
        line = self.env["dealer.points.line"].search([("kind", "=", "redeemed")])
        self.assertEqual(str(line.date), TODAY)
        self.assertFalse(line.source_key or line.note or line.move_id)
