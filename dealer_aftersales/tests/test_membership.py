# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .marketing_common import MarketingCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMembership(MarketingCase):
    """A valid card takes its share off the member's bill, an expired one nothing."""

    def test_valid_card_gives_its_discount_by_itself(self):
        self.make_card()
        repair = self.make_order(parts=[(self.part, 2)])
        self.assertEqual(self.reductions(repair), {"membership": -35})
        line = repair.fee_ids
        self.assertIn("Gold T", line.name)
        self.assertIn("10 %", line.name)
        self.assertEqual(repair.amount_customer, 465)

    def test_expired_card_gives_no_discount(self):
        card = self.make_card(date_end="2026-03-09")
        self.assertEqual(card.state, "expired")
        repair = self.make_order()
        self.assertEqual(self.reductions(repair), {})
        card.with_user(self.advisor).action_renew()
        self.assertEqual((card.state, str(card.date_end)), ("active", "2027-03-09"))
        repair._add_labor(name="Wash", hours=1)
        self.assertEqual(self.reductions(repair), {"membership": -40})

    def test_the_day_the_car_came_in_counts(self):
        self.make_card(date_end="2026-03-09")
        repair = self.make_order(date_in="2026-03-09 04:00:00")
        self.assertEqual(self.reductions(repair), {"membership": -20})

    def test_ended_card_gives_no_discount(self):
        card = self.make_card()
        card.with_user(self.care).action_end()
        self.assertEqual(card.state, "ended")
        self.assertEqual(self.reductions(self.make_order()), {})
        card.with_user(self.care).action_reopen()
        self.assertEqual(self.reductions(self.make_order()), {"membership": -20})

    def test_discount_follows_the_work(self):
        self.make_card()
        repair = self.make_order()
        repair.labor_ids.hours = 4
        self.assertEqual(self.reductions(repair), {"membership": -40})
        repair.labor_ids.payer = "warranty"
        self.assertEqual(self.reductions(repair), {})
        repair.labor_ids.payer = "customer"
        repair.labor_ids.unlink()
        self.assertEqual(self.reductions(repair), {})

    def test_only_who_pays_counts(self):
        self.make_card(partner_id=self.make_customer("Somebody").id)
        repair = self.make_order(service_kind="warranty")
        self.assertEqual(self.reductions(repair), {})
        self.make_card()
        firm = self.make_customer("Leasing firm")
        self.env["dealer.vehicle.party"].create(
            {"vehicle_id": self.car.id, "partner_id": firm.id, "role": "payer"}
        )
        self.assertEqual(self.reductions(self.make_order()), {})

    def test_staff_of_a_member_company_uses_its_card(self):
        firm = self.make_customer("Firm", is_company=True)
        self.customer.parent_id = firm
        self.make_card(partner_id=firm.id)
        self.assertEqual(self.reductions(self.make_order()), {"membership": -20})

    def test_advisor_takes_it_back_and_gives_it_again(self):
        self.make_card()
        repair = self.make_order()
        mine = repair.with_user(self.advisor)
        with self.assertRaises(AccessError):
            repair.fee_ids.with_user(self.technician).unlink()
        with self.assertRaises(AccessError):
            mine.fee_ids.price_unit = -199
        mine.write({"fee_ids": [Command.delete(repair.fee_ids.id)]})
        repair._add_labor(name="Wash", hours=1)
        self.assertEqual(self.reductions(repair), {})
        self.take_hint(repair, "member")
        self.assertEqual(self.reductions(repair), {"membership": -40})

    def test_technician_works_on_without_meeting_the_discount(self):
        self.make_card()
        repair = self.make_order()
        self.env["dealer.repair.labor"].with_user(self.technician).create(
            {"repair_id": repair.id, "name": "More", "hours": 1, "product_id": False}
        )
        self.assertEqual(self.reductions(repair), {"membership": -40})

    def test_settlement_names_the_reason(self):
        self.make_card()
        repair = self.make_order()
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        order = repair.settlement_order_ids
        self.assertEqual(order.amount_total, 180)
        product = self.env.ref("dealer_aftersales.product_reduction")
        line = order.order_line.filtered(lambda li: li.product_id == product)
        self.assertIn("Gold T", line.name)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("dealer_aftersales.report_settlement", repair.ids)[0]
            .decode()
        )
        self.assertIn("Gold T", html)

    def test_delivered_order_stays_as_it_is(self):
        repair = self.make_repair("2026-03-07 04:00:00", company_id=self.branch.id)
        self.make_card()
        repair._add_labor(name="Old", hours=1)
        self.assertEqual(self.reductions(repair), {})

    def test_one_card_at_a_time(self):
        card = self.make_card()
        with self.assert_refused(ValidationError, "renew it"):
            self.make_card(date_start="2026-06-01")
        card.action_end()
        self.assertTrue(self.make_card(date_start="2026-06-01"))

    def test_number_and_state_are_the_systems(self):
        card = self.make_card()
        self.assertTrue(card.name.startswith("M"))
        with self.assertRaises(AccessError):
            card.with_user(self.service_manager).state = "expired"

    def test_reminder_moves_with_the_renewal(self):
        card = self.make_card(date_end="2026-04-12")
        policy = self.env.ref("dealer_aftersales.policy_membership").copy(
            {"date_start": "2026-01-01", "filed_only": False}
        )
        [call] = self.run_policy(policy)
        self.assertEqual(
            (call.partner_id, str(call.date_due)), (self.customer, "2026-03-13")
        )
        card.action_renew()
        self.assertFalse(self.run_policy(policy))

    def test_card_is_shown_at_the_desk(self):
        self.make_card()
        who = self.customer.with_user(self.advisor)._get_desk_who()
        self.assertIn("Gold T", [tag[0] for tag in who["tags"]])
        self.assertEqual(
            self.customer.with_user(self.advisor).membership_label, "Gold T"
        )

    def test_ended_by_the_job(self):
        card = self.make_card(date_end="2026-03-11")
        with freeze_time("2026-03-12 04:00:00"):
            self.assertEqual(card._expire(self.branch), 1)
            self.assertEqual(card._expire(self.branch), 0)
        self.assertEqual(card.state, "expired")
