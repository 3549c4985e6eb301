# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import AftersalesCase


class TestDeclinedWork(AftersalesCase):
    """Declined work stays with the car until it is done, withdrawn or expired."""

    def make_finding(self, repair=None):
        repair = repair or self.make_repair(
            advisor_id=self.advisor.id, odometer_in=30000
        )
        line = repair._make_inspections("reception").line_ids[0]
        line.write({"result": "soon", "note": "worn"})
        return line.with_user(self.advisor)

    def make_work(self, **values):
        defaults = {"name": "Wipers", "vehicle_id": self.car.id, "amount": 300}
        works = self.env["dealer.declined.work"].with_company(self.branch)
        return works.create(defaults | values)

    def get_hints(self, repair):
        hints = repair.with_user(self.advisor)._get_order_hints()
        return [hint for hint in hints if hint["code"] == "declined"]

    def take(self, repair, work):
        order = repair.with_user(self.advisor).with_context(hint_id=work.id)
        order.action_take_declined()

    def test_declined_finding_is_entered_once(self):
        line = self.make_finding()
        line.action_decline()
        line.decision = "declined"
        work = self.env["dealer.declined.work"].search(
            [("inspection_line_id", "=", line.id)]
        )
        self.assertEqual(len(work), 1)
        self.assertEqual(work.vehicle_id, self.car)
        self.assertEqual(work.partner_id, self.customer)
        self.assertEqual(work.advisor_id, self.advisor)
        self.assertEqual(work.odometer, 30000)
        self.assertIn("worn", work.name)
        self.assertEqual((work.date_due - work.date).days, 30)
        self.assertEqual((work.date_expiry - work.date).days, 365)

    def test_changed_mind_takes_it_out_and_in(self):
        line = self.make_finding()
        line.action_decline()
        line.action_approve()
        work = self.env["dealer.declined.work"].search(
            [("inspection_line_id", "=", line.id)]
        )
        self.assertEqual(work.state, "withdrawn")
        line.action_decline()
        self.assertEqual(work.state, "open")

    def test_next_order_offers_and_takes_it(self):
        line = self.make_finding()
        line.action_decline()
        self.assertFalse(self.get_hints(line.repair_id))
        repair = self.make_repair(advisor_id=self.advisor.id)
        (hint,) = self.get_hints(repair)
        work = self.env["dealer.declined.work"].browse(hint["id"])
        self.take(repair, work)
        self.take(repair, work)
        self.assertEqual(repair.labor_ids.name, work.name)
        self.assertFalse(self.get_hints(repair))
        repair.with_user(self.advisor).action_deliver()
        self.assertEqual(work.state, "done")
        self.assertEqual(work.done_repair_id, repair)
        repair.with_user(self.advisor).action_undo_delivery()
        self.assertEqual(work.state, "open")

    def test_line_taken_off_again_is_not_done(self):
        work = self.make_work()
        repair = self.make_repair(advisor_id=self.advisor.id)
        self.take(repair, work)
        repair.labor_ids.unlink()
        repair.action_deliver()
        self.assertEqual(work.state, "open")
        self.assertTrue(self.get_hints(self.make_repair()))

    def test_part_is_taken_over_as_part(self):
        wiper = self.env["product.product"].create(
            {"name": "Wiper blade", "type": "consu", "list_price": 80}
        )
        work = self.make_work(kind="part", product_id=wiper.id, quantity=2)
        self.assertEqual(work.amount_now, 160)
        repair = self.make_repair(advisor_id=self.advisor.id)
        self.take(repair, work)
        self.assertEqual(repair.move_ids.product_id, wiper)
        self.assertEqual(repair.move_ids.product_uom_qty, 2)
        self.assertEqual(work.move_id, repair.move_ids)

    def test_price_then_and_now(self):
        self.branch.labor_rate = 200
        work = self.make_work(quantity=2)
        self.assertEqual((work.amount, work.amount_now), (300, 400))
        (hint,) = self.get_hints(self.make_repair())
        self.assertIn("300", hint["text"])
        self.assertIn("400", hint["text"])

    def test_expiry_by_the_branch_day(self):
        today = self.branch._get_dealer_today()
        last = self.make_work(date_expiry=today)
        over = self.make_work(date_expiry=fields.Date.subtract(today, days=1))
        north = self.make_work(
            company_id=self.other_branch.id, date_expiry="2026-01-01"
        )
        works = self.env["dealer.declined.work"]
        self.assertEqual(works._expire(self.branch), 1)
        self.assertEqual(works._expire(self.branch), 0)
        self.assertEqual((last.state, over.state), ("open", "expired"))
        self.assertEqual(north.state, "open")

    def test_withdrawn_with_a_reason_only(self):
        work = self.make_work().with_user(self.advisor)
        with self.assertRaisesRegex(UserError, "give the reason"):
            work.action_withdraw()
        work.reason = "Done elsewhere"
        work.action_withdraw()
        self.assertEqual(work.state, "withdrawn")
        with self.assertRaises(UserError):
            work.action_withdraw()
        work.action_reopen()
        self.assertEqual(work.state, "open")

    def test_what_became_of_it_is_the_systems(self):
        work = self.make_work().with_user(self.service_manager)
        for values in ({"state": "done"}, {"done_repair_id": False}):
            with self.assertRaises(AccessError):
                work.write(values)
        works = work.with_context(default_state="done")
        made = works.create({"name": "x", "vehicle_id": self.car.id})
        self.assertEqual(made.state, "open")
        with self.assertRaises(AccessError):
            self.make_work().with_user(self.care).name = "y"
        with self.assertRaises(AccessError):
            work.with_user(self.technician).create(
                {"name": "x", "vehicle_id": self.car.id}
            )

    def test_reminder_calls_the_present_owner(self):
        policy = self.make_policy(
            "dealer.declined.work",
            "date_due",
            domain="[('state', '=', 'open')]",
            offset_days=0,
            filed_only=False,
            purpose="reminder",
        )
        self.assertEqual(policy.partner_path, "owner_id")
        today = self.branch._get_dealer_today()
        work = self.make_work(partner_id=self.customer.id, date_due=today)
        heir = self.make_customer("Wang Heir")
        self.car._transfer_ownership(heir, today)
        call = self.run_policy(policy)
        self.assertEqual(call.partner_id, heir)
        self.assertEqual(call.vehicle_id, self.car)
        self.assertEqual(work.partner_id, self.customer)

    def test_desk_and_car_show_it(self):
        self.make_work()
        self.make_work(name="Filter")
        person = self.customer.with_user(self.advisor)
        texts = [line["text"] for line in person._get_desk_now(self.car)]
        self.assertIn("Declined before: Filter (+1)", texts)
        self.assertEqual(self.car.with_user(self.advisor).declined_count, 2)
        self.assertEqual(self.car.with_user(self.consultant).declined_count, 0)

    def test_merge_and_anonymise_follow(self):
        twin = self.make_customer("Li Owner")
        work = self.make_work(partner_id=twin.id, reason="he said")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((twin | self.customer).ids, self.customer)
        self.assertEqual(work.partner_id, self.customer)
        self.customer._empty_ledger()
        self.assertFalse(work.reason)

    def test_amounts_of_a_list_cost_the_same(self):
        product = self.env["product.product"].create(
            {"name": "Brakes", "type": "service", "is_labor_operation": True}
        )
        counts = []
        for count in (5, 50):
            works = self.env["dealer.declined.work"].create(
                [
                    {
                        "name": "x",
                        "vehicle_id": self.car.id,
                        "product_id": product.id,
                    }
                ]
                * count
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            works.mapped("amount_now")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
