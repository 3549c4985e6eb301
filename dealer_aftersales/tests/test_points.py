# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .points_common import PointsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPoints(PointsCase):
    """The ledger of points: earned on paid invoices, spent on orders, given back."""

    def test_paid_invoice_earns_once(self):
        invoice = self.make_invoice()
        self.assertEqual(self.book(), 0)
        self.pay(invoice)
        self.assertEqual(self.book(), 1)
        self.assertEqual(self.book(), 0)
        self.assertEqual(self.balance(), 100)

    def test_refund_takes_points_back_in_proportion(self):
        invoice = self.make_invoice()
        self.pay(invoice)
        self.book()
        self.refund(invoice, 250)
        self.book()
        self.assertEqual(self.balance(), 75)
        self.assertEqual(self.book(), 0)

    def test_refund_after_spending_leaves_a_gap_not_an_error(self):
        invoice = self.make_invoice()
        self.pay(invoice)
        self.book()
        repair = self.make_order()
        self.as_advisor(repair)._redeem_points(100)
        self.refund(invoice, 1000)
        self.book()
        self.assertEqual(self.balance(), -100)

    def test_points_begin_with_the_day_they_were_chosen(self):
        self.branch.points_start = "2026-03-11"
        self.pay(self.make_invoice())
        self.assertEqual(self.book(), 0)
        self.branch.points_system = "none"
        self.assertEqual(self.book(), 0)

    def test_strangers_without_a_file_earn_nothing(self):
        self.customer.sudo().file_state = False
        self.pay(self.make_invoice())
        self.assertEqual(self.book(), 0)

    def test_spent_on_an_order_and_given_back(self):
        self.give(300)
        repair = self.make_order()
        action = self.take_hint(repair, "points")
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(self.advisor)
        self.assertEqual(wizard.points, 300)
        wizard.points = 100
        self.assertEqual(wizard.amount, 50)
        wizard.action_confirm()
        self.assertEqual(self.reductions(repair), {"points": -50})
        self.assertEqual((repair.amount_customer, self.balance()), (150, 200))
        repair.fee_ids.with_user(self.advisor).unlink()
        self.assertEqual((repair.amount_customer, self.balance()), (200, 300))

    def test_never_below_zero_and_never_more_than_the_bill(self):
        self.give(1000)
        repair = self.make_order()
        mine = self.as_advisor(repair)
        for points in (401, 0, -5):
            with self.assertRaisesRegex(UserError, "cannot be spent"):
                mine._redeem_points(points)
        mine._redeem_points(400)
        self.assertEqual((repair.amount_customer, self.balance()), (0, 600))
        with self.assertRaisesRegex(UserError, "none to spend"):
            mine.action_redeem_points()

    def test_cheaper_order_gives_the_rest_back(self):
        self.give(400)
        repair = self.make_order()
        self.as_advisor(repair)._redeem_points(400)
        repair.labor_ids.hours = 1
        self.assertEqual((repair.amount_customer, self.balance()), (0, 200))
        repair.labor_ids.unlink()
        self.assertEqual((self.reductions(repair), self.balance()), ({}, 400))

    def test_cancelled_or_deleted_order_gives_them_back(self):
        self.give(200)
        repair, other = self.make_order(), self.make_order()
        self.as_advisor(repair)._redeem_points(100)
        self.as_advisor(other)._redeem_points(100)
        self.as_advisor(repair).action_repair_cancel()
        self.assertEqual(self.balance(), 100)
        other.sudo().state = "draft"
        other.unlink()
        self.assertEqual(self.balance(), 200)

    def test_ledger_is_never_changed_by_hand(self):
        line = self.give(100)
        for user in (self.director, self.care):
            with self.assertRaises(AccessError):
                line.with_user(user).points = 5
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
        lines = self.env["dealer.points.line"]
        values = {"partner_id": self.customer.id, "points": 5}
        with self.assertRaisesRegex(ValidationError, "say why"):
            lines.with_user(self.care).create(values)
        with self.assertRaises(AccessError):
            lines.with_user(self.care).create({**values, "kind": "invoice"})
        with self.assertRaises(AccessError):
            lines.with_user(self.advisor).create({**values, "note": "x"})
        made = lines.with_user(self.care).create({**values, "note": "Sorry"})
        self.assertEqual((made.kind, made.user_id), ("manual", self.care))
        with self.assertRaisesRegex(UserError, "has only"):
            lines.with_user(self.care).create({**values, "points": -900, "note": "x"})

    def test_who_decides_writes_the_row_of_the_customer(self):
        """Two desks: the database refuses the second, Odoo tries it again."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT xmin::text FROM res_partner WHERE id = %s", [self.customer.id]
        )
        self.env["dealer.points.line"]._lock_points(self.customer)
        self.env.cr.execute(
            "SELECT xmax FROM res_partner WHERE id = %s", [self.customer.id]
        )
        self.assertTrue(self.env.cr.fetchone())

    def test_referral_earns_in_the_own_ledger(self):
        friend = self.make_customer("Friend")
        lead = self.make_lead(referrer_id=friend.id)
        lead.action_set_won()
        self.assertEqual(self.balance(friend), 50)
        lead._reward_referrals()
        self.assertEqual(self.balance(friend), 50)

    def test_accountant_posts_pays_and_reads_without_an_error(self):
        invoice = self.make_invoice()
        self.pay(invoice)
        self.book()
        invoice.invalidate_recordset()
        partner = self.customer.with_user(self.accountant)
        self.assertTrue(partner.read(["name", "phone"]))
        partner.get_views([(False, "form")])
        self.refund(invoice, 1000)
        invoice.copy()

    def test_the_job_of_all_branches(self):
        self.pay(self.make_invoice())
        cron = self.env.ref("dealer_aftersales.ir_cron_book_points")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.balance(), 100)

    def test_branch_that_uses_the_loyalty_app_books_nothing_here(self):
        self.branch.points_system = "loyalty"
        friend = self.make_customer("Friend")
        self.make_lead(referrer_id=friend.id).action_set_won()
        self.assertEqual(self.balance(friend), 0)
        self.assertFalse(self.hints(self.make_order(), "points"))

    def test_shown_at_the_desk_and_on_the_bill(self):
        self.give(120)
        who = self.customer.with_user(self.advisor)._get_desk_who()
        self.assertIn("120 points", [tag[0] for tag in who["tags"]])
        notes = self.make_order()._get_settlement_notes()
        self.assertTrue(any("120" in note for note in notes))

    def test_merged_customers_have_one_ledger(self):
        twin = self.make_customer("Li Owner", phone=self.customer.phone)
        self.give(10), self.give(20, twin)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.customer.id, twin.id], self.customer)
        self.assertEqual(self.balance(), 30)

    def test_points_of_an_invoiced_order_do_not_come_back(self):
        self.give(100)
        repair = self.make_order()
        self.as_advisor(repair)._redeem_points(100)
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        repair.settlement_order_ids.sudo()._create_invoices()
        with self.assertRaisesRegex(UserError, "final"):
            repair.fee_ids.with_user(self.advisor).unlink()
        self.assertEqual(self.balance(), 0)

    def test_points_come_back_to_who_spent_them(self):
        friend = self.make_customer("Friend")
        self.give(100), self.give(50, friend)
        repair = self.make_order()
        self.as_advisor(repair)._redeem_points(100)
        repair.partner_id = friend
        self.as_advisor(repair)._redeem_points(50)
        repair.fee_ids.with_user(self.advisor).unlink()
        self.assertEqual((self.balance(), self.balance(friend)), (100, 50))
