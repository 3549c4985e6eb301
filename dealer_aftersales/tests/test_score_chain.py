# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestScoreChain(AftersalesCase):
    """From the order to the callback's score and back (SVC-16)."""

    def make_scored(self, score, satisfied):
        callback = self.make_callback()
        callback.sudo().write(
            {
                "state": "reached",
                "score": score,
                "is_scored": True,
                "is_satisfied": satisfied,
            }
        )
        return callback

    def test_the_order_shows_the_score_and_leads_to_the_call(self):
        callback = self.make_scored(2, False)
        order = callback.repair_id.with_user(self.service_manager)
        self.assertEqual((order.callback_count, order.callback_verdict), (1, "2"))
        action = order.action_view_callbacks()
        found = self.env["dealer.callback"].search(action["domain"])
        self.assertEqual(found, callback)
        back = callback.with_user(self.service_manager).action_open_repair()
        self.assertEqual(back["res_id"], callback.repair_id.id)

    def test_the_bad_ones_are_found(self):
        bad, good = self.make_scored(2, False), self.make_scored(5, True)
        silent = self.make_callback()
        view = self.env.ref("dealer_aftersales.repair_order_view_search_callbacks")
        self.assertIn("not_satisfied", view.arch)
        orders = self.env["repair.order"].search(
            [
                (
                    "callback_ids",
                    "any",
                    [("is_scored", "=", True), ("is_satisfied", "=", False)],
                )
            ]
        )
        self.assertIn(bad.repair_id, orders)
        self.assertFalse(orders & (good | silent).repair_id)

    def test_not_called_and_not_asked_have_no_score(self):
        order = self.make_callback().repair_id
        self.assertEqual((order.callback_count, order.callback_verdict), (1, False))
        plain = self.make_repair()
        self.assertEqual((plain.callback_count, plain.callback_verdict), (0, False))

    def test_who_reads_no_callbacks_sees_none(self):
        accountant = self.make_user("acct", "account.group_account_invoice")
        callback = self.make_scored(2, False)
        order = callback.repair_id.sudo().with_user(accountant)
        self.assertFalse(order.has_access("read") and order.callback_count)

    def test_many_orders_one_query(self):
        orders = self.make_repairs(5)
        more = self.make_repairs(40)

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            records.mapped("name")
            before = self.env.cr.sql_log_count
            records.mapped("callback_verdict")
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(more), count(orders))
