# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .marketing_common import MarketingCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPromotion(MarketingCase):
    """Offered where it fits, taken with one click, never outside of its period."""

    def make_quote(self, price=1000, **values):
        product = self.env["product.product"].create(
            {"name": "Car", "type": "service", "taxes_id": False}
        )
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.branch.id,
                "user_id": self.consultant.id,
                "order_line": [
                    Command.create({"product_id": product.id, "price_unit": price})
                ],
                **values,
            }
        )

    def give(self, promotion, order, user=None):
        mine = promotion.with_user(user or self.consultant)
        return mine.with_context(sale_order_id=order.id).action_apply()

    def test_offered_on_a_quotation_and_taken_with_one_click(self):
        promotion = self.make_promotion()
        order = self.make_quote()
        mine = order.with_user(self.consultant)
        self.assertIn(promotion, mine.promotion_offer_ids)
        self.give(promotion, order)
        self.assertEqual(order.amount_untaxed, 800)
        self.assertNotIn(promotion, mine.promotion_offer_ids)
        line = order.order_line.filtered("promotion_id")
        self.assertEqual(line.name, "Spring 20")
        self.assertEqual(promotion.quote_count, 1)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("sale.report_saleorder", order.ids)[0]
            .decode()
        )
        self.assertIn("Spring 20", html)

    def test_outside_of_the_period_not_offered_and_refused(self):
        for start, end in (("2026-02-01", "2026-03-09"), ("2026-03-11", "2026-03-20")):
            promotion = self.make_promotion(date_start=start, date_end=end)
            order, repair = self.make_quote(), self.make_order()
            self.assertNotIn(promotion, order.promotion_offer_ids)
            self.assertFalse(self.hints(repair, "promotion"))
            with self.assertRaisesRegex(UserError, "is offered from"):
                self.give(promotion, order)
            with self.assertRaisesRegex(UserError, "is offered from"):
                self.as_advisor(repair).with_context(
                    hint_id=promotion.id
                ).action_use_promotion()

    def test_discount_follows_the_quotation_until_it_is_sent(self):
        promotion = self.make_promotion()
        order = self.make_quote()
        self.give(promotion, order)
        order.order_line[0].price_unit = 500
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 400)

    def test_what_was_promised_in_time_is_kept(self):
        promotion = self.make_promotion()
        order = self.make_quote()
        self.give(promotion, order)
        with freeze_time("2026-04-10 04:00:00"):
            order.action_confirm()
        self.assertEqual(order.amount_untaxed, 800)

    def test_copy_of_a_quotation_brings_no_promotion_along(self):
        order = self.make_quote()
        self.give(self.make_promotion(), order)
        self.assertEqual(order.copy().amount_untaxed, 1000)

    def test_line_is_deleted_not_changed(self):
        order = self.make_quote()
        promotion = self.make_promotion()
        self.give(promotion, order)
        line = order.order_line.filtered("promotion_id").with_user(self.consultant)
        with self.assertRaises(AccessError):
            line.price_unit = -999
        with self.assertRaises(AccessError):
            order.with_user(self.consultant).order_line[0].promotion_id = promotion
        line.unlink()
        self.assertEqual(order.amount_untaxed, 1000)
        self.assertIn(promotion, order.promotion_offer_ids)

    def test_taxes_of_what_is_reduced_are_kept(self):
        tax = self.env["account.tax"].create({"name": "T13", "amount": 13})
        order = self.make_quote()
        order.order_line.tax_ids = tax
        self.give(self.make_promotion(), order)
        self.assertAlmostEqual(order.amount_total, 904)

    def test_product_of_discounts_is_the_branchs_own(self):
        product = self.env["product.product"].create(
            {"name": "Own discount", "type": "service"}
        )
        self.branch.reduction_product_id = product
        order, repair = self.make_quote(), self.make_order()
        promotion = self.make_promotion()
        self.give(promotion, order)
        self.assertEqual(order.order_line.filtered("promotion_id").product_id, product)
        self.take_hint(repair, "promotion")
        self.finish(repair)
        self.as_advisor(repair).action_settle()
        self.assertIn(product, repair.settlement_order_ids.order_line.product_id)

    def test_segment_and_branch_decide(self):
        segment = self.env["dealer.segment"].create(
            {
                "name": "T",
                "model": "res.partner",
                "domain": "[('name', '=', 'Nobody')]",
            }
        )
        promotion = self.make_promotion(segment_id=segment.id)
        order = self.make_quote()
        self.assertNotIn(promotion, order.promotion_offer_ids)
        with self.assertRaisesRegex(UserError, "not offered here"):
            self.give(promotion, order)
        segment.domain = "[('name', '=', 'Li Owner')]"
        order.invalidate_recordset()
        self.assertIn(promotion, order.promotion_offer_ids)
        promotion.company_id = self.other_branch
        order.invalidate_recordset()
        self.assertNotIn(promotion, order.promotion_offer_ids)

    def test_gift_on_a_quotation(self):
        mats = self.env["product.product"].create({"name": "Mats", "list_price": 90})
        promotion = self.make_promotion(
            kind="gift", gift_product_id=mats.id, gift_quantity=2
        )
        order = self.make_quote()
        self.give(promotion, order)
        line = order.order_line.filtered("promotion_id")
        self.assertEqual((line.product_id, line.product_uom_qty), (mats, 2))
        self.assertEqual(order.amount_untaxed, 1000)

    def test_minimum_amount(self):
        promotion = self.make_promotion(amount_min=2000)
        with self.assertRaisesRegex(UserError, "too low"):
            self.give(promotion, self.make_quote())

    def test_repair_order_offers_it_with_one_click(self):
        campaign = self.env["utm.campaign"].create(
            {"title": "T", "company_id": self.branch.id}
        )
        promotion = self.make_promotion(scope="labor", campaign_id=campaign.id)
        repair = self.make_order(parts=[(self.part, 1)], fees=[("Towing", 1, 300)])
        self.take_hint(repair, "promotion")
        self.assertEqual(self.reductions(repair), {"promotion": -40})
        self.assertFalse(self.hints(repair, "promotion"))
        self.assertEqual((promotion.repair_count, campaign.promotion_use_count), (1, 1))
        found = self.env["repair.order"].search(
            promotion.action_view_repairs()["domain"]
        )
        self.assertEqual(found, repair)

    def test_only_what_the_customer_pays_is_reduced(self):
        self.make_promotion()
        repair = self.make_order(labor=[("A", 1, 100), ("B", 1, 300)])
        repair.labor_ids[1].payer = "warranty"
        self.take_hint(repair, "promotion")
        self.assertEqual(self.reductions(repair), {"promotion": -20})
        repair.labor_ids[1].payer = "customer"
        self.assertEqual(self.reductions(repair), {"promotion": -80})

    def test_promotion_and_card_together_never_pay_the_customer(self):
        self.make_card()
        self.make_promotion(kind="amount", amount=195)
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        self.assertEqual(self.reductions(repair), {"promotion": -195, "membership": -5})
        self.assertEqual(repair.amount_customer, 0)

    def test_gift_on_a_repair_order(self):
        wiper = self.env["product.product"].create({"name": "Wiper"})
        self.make_promotion(kind="gift", gift_product_id=wiper.id)
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        self.assertIn("Wiper", repair.fee_ids.name)
        self.assertEqual(repair.amount_customer, 200)
        repair._add_labor(name="More", hours=1)
        self.assertTrue(repair.fee_ids.filtered("promotion_id"))

    def test_estimate_shows_the_discount(self):
        self.make_promotion()
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        self.as_advisor(repair).action_send_estimate()
        self.assertEqual(repair.estimate_ids.amount, 160)

    def test_approved_price_keeps_its_discount(self):
        self.make_promotion()
        repair = self.make_order()
        self.take_hint(repair, "promotion")
        self.approve(repair)
        mine = repair.fee_ids.with_user(self.advisor)
        with self.assertRaisesRegex(UserError, "new estimate"):
            mine.unlink()
        self.as_advisor(repair).action_send_estimate()
        mine.unlink()
        self.assertEqual(self.reductions(repair), {})

    def test_client_forges_no_discount(self):
        labor = self.env["dealer.repair.labor"].with_user(self.advisor)
        repair = self.make_order()
        values = {"repair_id": repair.id, "name": "X", "reduction": "promotion"}
        with self.assertRaises(AccessError):
            labor.create(values)
        with self.assertRaises(AccessError):
            labor.with_context(default_reduction="points").create(
                {"repair_id": repair.id, "name": "X"}
            )

    def test_rule_says_what_it_gives(self):
        with self.assertRaisesRegex(ValidationError, "say what"):
            self.make_promotion(percent=0)
        with self.assertRaisesRegex(ValidationError, "name those"):
            self.make_promotion(scope="products")

    def test_accountant_confirms_without_an_error(self):
        accountant = self.make_user(
            "acc_promo",
            "account.group_account_invoice,sales_team.group_sale_salesman_all_leads",
        )
        order = self.make_quote()
        self.give(self.make_promotion(), order)
        order.with_user(accountant).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_promised_rule_is_not_changed(self):
        promotion, order = self.make_promotion(), self.make_quote()
        self.give(promotion, order)
        order.state = "sent"
        with self.assertRaisesRegex(UserError, "taken already"):
            promotion.percent = 10
        promotion.date_end = "2026-03-12"
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 800)

    def test_two_promotions_never_pay_the_customer(self):
        order = self.make_quote()
        for name in ("A", "B"):
            self.give(self.make_promotion(name=name, kind="amount", amount=600), order)
        self.assertEqual(order.amount_untaxed, 0)
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 0)

    def test_fixed_discount_in_the_currency_of_the_quotation(self):
        own = self.branch.currency_id
        money = self.env.ref("base.EUR" if own.name != "EUR" else "base.USD")
        money.active = True
        money.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": money.id,
                "name": "2026-01-01",
                "company_id": self.branch.root_id.id,
                "company_rate": 0.125,
            }
        )
        prices = self.env["product.pricelist"].create(
            {"name": "T", "currency_id": money.id}
        )
        order = self.make_quote(pricelist_id=prices.id)
        self.give(self.make_promotion(kind="amount", amount=80), order)
        self.assertEqual(order.amount_untaxed, 990)

    def test_gift_needs_its_minimum(self):
        wiper = self.env["product.product"].create({"name": "Wiper"})
        promotion = self.make_promotion(
            kind="gift", gift_product_id=wiper.id, amount_min=2000
        )
        with self.assertRaisesRegex(UserError, "too low"):
            self.give(promotion, self.make_quote())
        with self.assertRaisesRegex(UserError, "too low"):
            self.take_hint(self.make_order(), "promotion")

    def test_gift_goes_where_its_minimum_is_not_reached_any_more(self):
        wiper = self.env["product.product"].create({"name": "Wiper"})
        promotion = self.make_promotion(
            kind="gift", gift_product_id=wiper.id, amount_min=200
        )
        order, repair = self.make_quote(), self.make_order()
        self.give(promotion, order)
        self.take_hint(repair, "promotion")
        order.order_line[0].price_unit = 100
        order.action_confirm()
        self.assertFalse(order.order_line.promotion_id)
        repair.labor_ids.hours = 1
        self.assertEqual(self.reductions(repair), {})
