# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSegmentResponses(AftersalesCase):
    """What the seeds say of each group is read at the desk and on the call."""

    def texts(self, car):
        customer = car.owner_id.with_user(self.advisor)
        return [line["text"] for line in customer._get_desk_now(car)]

    def response(self, name):
        segment = self.env.ref(f"dealer_aftersales.segment_{name}")
        return segment._get_response_text()

    def test_text_of_use_and_age_is_shown_at_the_desk(self):
        for usage in ("private", "official", "commercial"):
            car = self.make_car(
                owner_id=self.customer.id, usage=usage, purchase_date="2015-01-01"
            )
            texts = self.texts(car)
            self.assertIn(self.response(usage), texts)
            self.assertIn(self.response("over_5_years"), texts)
            others = {"private", "official", "commercial"} - {usage}
            for other in others:
                self.assertNotIn(self.response(other), texts)

    def test_text_is_on_the_call_card_and_on_the_order(self):
        self.car.usage = "official"
        callback = self.make_callback("2026-03-09 04:00:00").with_user(self.care)
        self.assertIn(self.response("official"), callback.segment_responses)
        order = self.make_repair().with_user(self.advisor)
        hints = [hint["text"] for hint in order.get_order_hints()]
        self.assertIn(self.response("official"), hints)

    def test_an_offer_on_the_order_takes_no_text_away(self):
        self.car.usage = "official"
        options = self.env["dealer.service.option"]
        options.create({"name": "Lounge", "min_class": "loyal"})
        order = self.make_repair().with_user(self.advisor)
        self.customer.sudo().customer_class = "vip"
        hints = order.get_order_hints()
        self.assertIn("offer", [hint["code"] for hint in hints])
        self.assertIn(self.response("official"), [hint["text"] for hint in hints])

    def test_segment_of_customers_speaks_too(self):
        self.customer.sudo().value_class = "a"
        self.env.flush_all()
        self.assertIn(self.response("class_a"), self.texts(self.car))

    def test_many_calls_cost_as_much_as_few(self):
        callbacks = self.env["dealer.callback"]
        for _index in range(12):
            owner = self.make_customer()
            car = self.make_car(owner_id=owner.id)
            callbacks |= self.make_callback(
                "2026-03-09 04:00:00", vehicle_id=car.id, partner_id=owner.id
            )

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("segment_responses")
            records.mapped("offer_text")
            return self.env.cr.sql_log_count - before

        count(callbacks)
        self.assertEqual(count(callbacks[:2]), count(callbacks))

    def test_kilometres_end_the_warranty_band(self):
        car = self.make_car(
            owner_id=self.customer.id,
            purchase_date="2025-01-01",
            warranty_end_date="2028-01-01",
            warranty_end_odometer=100000,
        )
        segment = self.env.ref("dealer_aftersales.segment_in_warranty")
        cars = self.env["fleet.vehicle"]
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": car.id, "value": 100000, "date": "2026-03-01"}
        )
        cars._update_age_band()
        self.assertIn(car, cars.search(segment._get_domain()))
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": car.id, "value": 100001, "date": "2026-03-02"}
        )
        cars._update_age_band()
        self.assertNotIn(car, cars.search(segment._get_domain()))
        band = self.env.ref("dealer_aftersales.segment_2_to_5_years")
        self.assertIn(car, cars.search(band._get_domain()))

    def test_car_leaves_the_warranty_band_with_the_next_run(self):
        car = self.make_car(
            owner_id=self.customer.id,
            purchase_date="2023-03-11",
            warranty_end_date="2026-03-10",
        )
        segment = self.env.ref("dealer_aftersales.segment_in_warranty")
        cars = self.env["fleet.vehicle"]
        self.assertIn(car, cars.search(segment._get_domain()))
        with freeze_time("2026-03-11 04:00:00"):
            cars._update_age_band()
            self.assertNotIn(car, cars.search(segment._get_domain()))

    def test_pure_age_mode_at_two_and_five_years(self):
        self.branch.vehicle_age_mode = "age"
        for day, name in (
            ("2024-03-11", "under_2_years"),
            ("2024-03-10", "2_to_5_years"),
            ("2021-03-10", "2_to_5_years"),
            ("2021-03-09", "over_5_years"),
        ):
            car = self.make_car(owner_id=self.customer.id, purchase_date=day)
            segment = self.env.ref(f"dealer_aftersales.segment_{name}")
            domain = [*segment._get_domain(), ("id", "=", car.id)]
            self.assertTrue(self.env["fleet.vehicle"].search(domain), day)

    def test_each_age_band_has_a_care_plan(self):
        for name in ("in_warranty", "2_to_5_years", "over_5_years"):
            segment = self.env.ref(f"dealer_aftersales.segment_{name}")
            policies = segment.with_context(active_test=False).policy_ids
            self.assertTrue(policies, name)

    def test_trade_in_lead_of_an_old_car_by_one_click(self):
        car = self.make_car(
            owner_id=self.customer.id,
            purchase_date="2015-01-01",
            sales_user_id=self.consultant.id,
        )
        car.with_user(self.advisor).action_make_trade_in_lead()
        lead = self.env["crm.lead"].search([("vehicle_id", "=", car.id)])
        self.assertEqual(
            (lead.purchase_type, lead.has_trade_in, lead.user_id),
            ("replace", True, self.consultant),
        )
        car.with_user(self.consultant).action_make_trade_in_lead()
        self.assertEqual(
            self.env["crm.lead"].search_count([("vehicle_id", "=", car.id)]), 1
        )
        with self.assertRaises(AccessError):
            car.with_user(self.technician).action_make_trade_in_lead()

    def test_commercial_cars_take_the_fast_lane(self):
        self.car.usage = "commercial"
        order = self.make_repair().with_user(self.advisor)
        self.assertTrue(order.is_fast_lane)
        codes = [flag[0] for flag in order.board_flags]
        self.assertIn("fast_lane", codes)
        found = order.search([("is_fast_lane", "=", True)])
        self.assertIn(order, found)
        self.car.usage = "private"
        self.assertFalse(order.is_fast_lane)

    def make_two_segments(self):
        """One of customers and one of cars; both lead to the same customer."""
        self.customer.write({"function": "SEG15", "birthdate_date": "1980-03-12"})
        self.customer.write({"file_state": "filed", "company_id": self.branch.id})
        self.car.write({"company_id": self.branch.id, "purchase_date": "2022-03-12"})
        other = self.make_customer("Other", company_id=self.branch.id)
        other.birthdate_date = "1980-03-12"
        return self.env["dealer.segment"].create(
            [
                {
                    "name": "Persons",
                    "model": "res.partner",
                    "domain": "[('function', '=', 'SEG15')]",
                },
                {
                    "name": "Cars",
                    "model": "fleet.vehicle",
                    "domain": f"[('id', '=', {self.car.id})]",
                },
            ]
        )

    def test_same_people_in_policy_push_and_campaign(self):
        """SEG-15: the same persons are called, get the push and are in the campaign."""
        date_fields = ("birthdate_date", "first_purchase_date")
        for segment, date_field in zip(
            self.make_two_segments(), date_fields, strict=True
        ):
            members = self.env["res.partner"].search(segment._get_partner_domain())
            policy = self.make_policy(
                segment.model,
                date_field,
                segment_id=segment.id,
                cycle="yearly",
                offset_days=0,
                purpose="care",
            )
            campaign = self.env["utm.campaign"].create({"name": "Spring"})
            values = {"name": "P", "segment_id": segment.id, "channel": "phone"}
            push = self.env["dealer.push"].create(
                {**values, "campaign_id": campaign.id}
            )
            push.action_preview()
            self.assertEqual(members, self.customer, segment.name)
            self.assertEqual(self.run_policy(policy).partner_id, members, segment.name)
            self.assertEqual(push.line_ids.partner_id, members, segment.name)

    def test_at_risk_and_lost_at_their_limits(self):
        self.car.purchase_date = "2020-01-01"
        action = self.env.ref("dealer_aftersales.res_partner_action_lost")
        self.assertIn("at_risk", action.domain)
        away = [("file_state", "!=", False), ("lifecycle", "in", ("at_risk", "lost"))]
        cases = (
            ("2025-09-12", False),  # 179 days
            ("2025-09-11", "at_risk"),  # 180 days
            ("2025-03-11", "at_risk"),  # 364 days
            ("2025-03-10", "lost"),  # 365 days
        )
        repair = self.make_repair("2025-01-01 04:00:00")
        for day, expected in cases:
            repair.date_delivered = f"{day} 04:00:00"
            self.customer._refresh_lifecycle("time")
            found = self.env["res.partner"].with_user(self.care).search(away)
            self.assertEqual(self.customer in found, bool(expected), day)
            if expected:
                self.assertEqual(self.customer.lifecycle, expected)
        self.make_repair("2026-03-09 04:00:00")
        self.customer._refresh_lifecycle("repair")
        self.assertNotIn(self.customer, self.env["res.partner"].search(away))

    def test_win_back_opens_a_push_to_the_chosen(self):
        self.customer.sudo().lifecycle = "lost"
        other = self.make_customer()
        chosen = (self.customer | other).with_user(self.care)
        action = chosen.action_win_back()
        push = self.env["dealer.push"].with_user(self.care)
        push = push.with_context(**action["context"]).create({})
        self.assertEqual(push.partner_ids, self.customer)
        with self.assertRaises(UserError):
            other.action_win_back()

    def make_offer_rules(self):
        """One rule per kind of limit: age, use, interest, due item, kilometres."""
        rules = self.env["dealer.next.sale.rule"]
        rules.search([]).active = False
        self.interest = self.env["dealer.service.interest"].create({"name": "Tyres"})
        limits = (
            {"name": "Battery", "age_min": 4, "offer": "Battery test"},
            {"name": "Fleet", "usage": "commercial"},
            {"name": "Tyres", "interest_id": self.interest.id},
            {"name": "Due", "due_days": 30},
            {"name": "Far", "odometer_min": 80000},
        )
        self.car.write({"purchase_date": "2022-03-10", "company_id": self.branch.id})
        return rules.create([{"kind": "offer", **limit} for limit in limits])

    def find_offers(self):
        self.env.flush_all()
        offers = self.env["dealer.offer"].with_user(self.advisor)
        return offers.search([("vehicle_id", "=", self.car.id)]).rule_id

    def test_offers_by_age_use_interest_and_kilometres(self):
        by_age, by_use, by_interest, by_due, by_km = self.make_offer_rules()
        by_due.active = False
        self.assertEqual(self.find_offers(), by_age)
        self.car.purchase_date = "2022-03-11"
        self.assertFalse(self.find_offers())
        self.car.usage = "commercial"
        self.assertEqual(self.find_offers(), by_use)
        self.customer.service_interest_ids = [Command.set(self.interest.ids)]
        self.assertEqual(self.find_offers(), by_use | by_interest)
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": self.car.id, "value": 80000, "date": "2026-03-01"}
        )
        self.assertEqual(self.find_offers(), by_use | by_interest | by_km)

    def test_offer_for_what_is_due_soon(self):
        by_due = self.make_offer_rules()[3]
        line = self.env["dealer.maintenance.plan.line"].search([], limit=1)
        dues = self.env["dealer.maintenance.due"]
        dues.search([("vehicle_id", "=", self.car.id)]).unlink()
        self.assertNotIn(by_due, self.find_offers())
        dues.create(
            {"vehicle_id": self.car.id, "line_id": line.id, "date_due": "2026-04-09"}
        )
        self.assertIn(by_due, self.find_offers())
        by_due.due_days = 29
        self.assertNotIn(by_due, self.find_offers())

    def test_offers_at_the_desk_and_on_calls_not_for_those_who_refuse(self):
        self.make_offer_rules()
        self.assertIn("Recommend: Battery test", self.texts(self.car))
        callback = self.make_callback("2026-03-09 04:00:00").with_user(self.care)
        self.assertIn("Battery test", callback.offer_text)
        self.customer._note_consent(("call",), ("marketing",), "withdrawn", "call")
        self.env.invalidate_all()
        self.assertFalse(self.find_offers())
        self.assertFalse(callback.offer_text)

    def test_commercial_interval_makes_the_next_due(self):
        plans = self.env["dealer.maintenance.plan"]
        plans.search([]).active = False
        line = {"name": "Oil", "is_main": True, "first_months": 0}
        for usage, months in ((False, 12), ("commercial", 3)):
            plans.create(
                {
                    "name": usage or "All",
                    "usage": usage,
                    "line_ids": [Command.create({**line, "months": months})],
                }
            )
        cars = self.env["fleet.vehicle"]
        for usage in ("private", "commercial"):
            cars |= self.make_car(
                owner_id=self.customer.id,
                usage=usage,
                origin="own_sale",
                purchase_date="2026-03-01",
            )
        cars._update_forecast()
        self.assertEqual(
            [str(car.next_service_date) for car in cars], ["2027-03-01", "2026-06-01"]
        )
