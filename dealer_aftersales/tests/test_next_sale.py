# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import NOW, AftersalesCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNextSale(AftersalesCase):
    """Old cars with dear repairs are proposed, and become a consultant's lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.next.sale.rule"].search([]).active = False
        cls.rule = cls.env["dealer.next.sale.rule"].create(
            {"name": "Old and dear", "age_min": 5, "cost_min": 5000}
        )
        cls.proposals = cls.env["dealer.next.sale"]
        cls.old = cls.make_old()

    @classmethod
    def make_old(cls, day="2019-05-01", cost=6000, **values):
        owner = cls.make_customer("Old Car Owner", company_id=cls.branch.id)
        defaults = {
            "owner_id": owner.id,
            "purchase_date": day,
            "company_id": cls.branch.id,
            "sales_user_id": cls.consultant.id,
        }
        car = cls.make_car(**(defaults | values))
        if cost:
            cls.make_repair(
                "2025-11-01 04:00:00",
                vehicle_id=car.id,
                partner_id=car.owner_id.id,
                amount_parts_history=cost,
            )
        return car

    def propose(self, user=None):
        found = self.proposals.with_user(user or self.service_manager).search([])
        return found.vehicle_id & self.mine

    @property
    def mine(self):
        return self.env["fleet.vehicle"].search(
            [("owner_id.name", "=", "Old Car Owner")]
        )

    def test_a_car_its_owner_wants_to_hear_nothing_of_is_left_out(self):
        car, other = self.make_old(), self.make_old()
        self.assertEqual(self.propose(), self.old | car | other)
        car.owner_id._note_consent(
            ["call"], ["marketing"], "withdrawn", "call", vehicle=car
        )
        self.assertEqual(self.propose(), self.old | other)

    def test_the_rule_finds_the_right_cars_only(self):
        young = self.make_old("2023-05-01")
        cheap = self.make_old(cost=4999)
        unknown = self.make_old(day=False)
        long_ago = self.make_old(cost=0)
        self.make_repair(
            "2025-03-01 04:00:00", vehicle_id=long_ago.id, amount_parts_history=9000
        )
        sold = self.make_old()
        sold.trade_state = "sold"
        self.assertEqual(self.propose(), self.old)
        self.assertFalse(self.propose() & (young | cheap | unknown | long_ago | sold))

    def test_five_years_to_the_day(self):
        exact = self.make_old("2021-03-10")
        short = self.make_old("2021-03-11")
        self.assertIn(exact, self.propose())
        self.assertNotIn(short, self.propose())

    def test_kilometres_and_percent_of_the_price(self):
        self.rule.write({"cost_min": 0, "cost_percent": 10, "odometer_min": 100000})
        car = self.make_old()
        car.party_ids.filtered(lambda p: p.role == "owner").price = 60000
        self.assertNotIn(car, self.propose())
        self.env["fleet.vehicle.odometer"].create(
            {"vehicle_id": car.id, "value": 100000, "date": "2026-03-01"}
        )
        self.assertEqual(self.propose(), car)
        car.party_ids.price = 60001
        self.assertFalse(self.propose())

    def test_the_reason_says_age_and_repairs(self):
        proposal = self.proposals.search([("vehicle_id", "=", self.old.id)])
        self.assertEqual(
            proposal.reason, "6 years old, repairs of 6,000 in 1 visits in 12 months"
        )

    def test_without_offers_for_those_who_do_not_want_them_or_have_one(self):
        self.old.owner_id._note_consent(("call",), ("marketing",), "withdrawn", "call")
        self.assertFalse(self.propose())
        second = self.make_old()
        self.assertEqual(self.propose(), second)
        lead = self.make_lead(partner_id=second.owner_id.id)
        self.assertFalse(self.propose())
        lead.action_set_lost()
        self.assertEqual(self.propose(), second)

    def test_every_role_sees_its_own(self):
        rival = self.make_user("rival", "dealer_crm.group_sales_consultant")
        self.assertFalse(self.propose(rival))
        self.assertFalse(self.propose(self.care_north))
        for user in (self.consultant, self.advisor, self.care, self.manager):
            self.assertEqual(self.propose(user), self.old)

    def test_a_rule_without_limits_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.rule.write({"age_min": 0, "cost_min": 0})
            self.env.flush_all()

    def press(self, user, record):
        action = record.with_user(user).action_open_repurchase()
        wizard = self.env[action["res_model"]].with_user(user)
        wizard = wizard.with_context(**action["context"]).create({})
        return wizard.action_make_lead()

    def find_lead(self):
        return self.env["crm.lead"].search(
            [("partner_id", "=", self.old.owner_id.id), ("type", "=", "opportunity")]
        )

    def test_the_advisor_makes_the_lead_of_the_cars_consultant(self):
        order = self.make_repair(
            vehicle_id=self.old.id, partner_id=self.old.owner_id.id
        )
        result = self.press(self.advisor, order)
        lead = self.find_lead()
        self.assertEqual(
            (lead.user_id, lead.vehicle_id, lead.service_hint_user_id),
            (self.consultant, self.old, self.advisor),
        )
        self.assertIn(self.consultant.name, result["params"]["message"])
        with self.assertRaises(AccessError):
            lead.with_user(self.advisor).check_access("read")
        with self.assert_refused(UserError, "already in talks"):
            self.press(self.advisor, order)

    def test_without_a_consultant_the_sales_manager_decides(self):
        self.old.sales_user_id = False
        result = self.press(self.advisor, self.old)
        self.assertNotEqual(self.find_lead().user_id, self.advisor)
        self.assertEqual(result["params"]["type"], "success")

    def test_customer_relations_from_the_callback(self):
        callback = self.make_callback(
            vehicle_id=self.old.id, partner_id=self.old.owner_id.id
        )
        self.press(self.care, callback)
        self.assertEqual(self.find_lead().service_hint_user_id, self.care)

    def test_technicians_and_stock_clerks_make_none(self):
        with self.assertRaises(AccessError):
            self.press(self.technician, self.old)

    def test_the_order_hints_at_it(self):
        order = self.make_repair(
            vehicle_id=self.old.id, partner_id=self.old.owner_id.id
        )
        hints = order.with_user(self.advisor)._get_order_hints()
        hint = next(h for h in hints if h["code"] == "next_sale")
        self.assertIn("6 years", hint["text"])
        self.assertEqual(hint["action"], "action_open_repurchase")

    def test_the_list_costs_the_same_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.proposals.search([])
            found.mapped("reason")
            return self.env.cr.sql_log_count - before

        for _index in range(4):
            self.make_old()
        few = count()
        for _index in range(30):
            self.make_old()
        self.assertEqual(count(), few)
