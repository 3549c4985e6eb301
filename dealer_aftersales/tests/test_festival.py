# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import NOW, AftersalesCase

SPRING = {2026: "2026-02-17", 2027: "2027-02-06", 2032: "2032-02-11"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFestival(AftersalesCase):
    """Filed customers are greeted once per festival and year (LOY-04)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.festival = cls.env["dealer.festival"].create(
            {
                "name": "Test Festival",
                "greeting": "Best wishes",
                "line_ids": [
                    (0, 0, {"date": "2026-03-12"}),
                    (0, 0, {"date": "2027-03-01"}),
                ],
            }
        )
        cls.people = cls.env["res.partner"].union(
            *(
                cls.make_customer(
                    f"Feast {number}", company_id=cls.branch.id, file_state="filed"
                )
                for number in range(3)
            )
        )

    def make_greeting(self, **values):
        partner = self.env["ir.model"]._get("res.partner")
        return self.env["dealer.callback.policy"].create(
            {
                "name": "Greeting",
                "model_id": partner.id,
                "domain": "[('name', '=like', 'Feast %')]",
                "cycle": "festival",
                "festival_id": self.festival.id,
                "offset_days": -1,
                "window_days": 2,
                "ahead_days": 0,
                "date_start": "2026-01-01",
                "purpose": "care",
                **values,
            }
        )

    def test_days_of_the_lunar_calendar_are_shipped(self):
        spring = self.env.ref("dealer_aftersales.festival_spring")
        days = {line.year: str(line.date) for line in spring.line_ids}
        self.assertEqual({year: days[year] for year in SPRING}, SPRING)
        for festival in self.env["dealer.festival"].search(
            [("id", "!=", self.festival.id)]
        ):
            self.assertEqual(len(festival.line_ids), 7, festival.name)

    def test_all_are_greeted_once_on_the_day_before(self):
        policy = self.make_greeting()
        self.assertFalse(self.run_policy(policy), "two days before it is not due")
        with freeze_time("2026-03-11 04:00:00"):
            made = self.run_policy(policy)
            self.assertEqual(made.partner_id, self.people)
            self.assertEqual(set(map(str, made.mapped("date_due"))), {"2026-03-11"})
            self.assertEqual(made[0].greeting, "Best wishes")
            self.assertFalse(self.run_policy(policy))
        with freeze_time("2026-03-13 04:00:00"):
            self.assertFalse(self.run_policy(policy))
        with freeze_time("2027-02-28 04:00:00"):
            self.assertEqual(self.run_policy(policy).partner_id, self.people)

    def test_who_is_filed_after_the_window_gets_no_late_wishes(self):
        policy = self.make_greeting()
        with freeze_time("2026-03-14 04:00:00"):
            self.assertFalse(self.run_policy(policy))

    def test_two_policies_greet_a_person_once_for_one_festival(self):
        first, second = self.make_greeting(), self.make_greeting(name="By SMS")
        self.assertTrue(first and second)
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(len(self.run_policy(first)), 3)
            self.assertFalse(self.run_policy(second))
            late = self.make_customer(
                "Feast late", company_id=self.branch.id, file_state="filed"
            )
            self.assertEqual(self.run_policy(second).partner_id, late)

    def test_the_database_refuses_a_second_greeting(self):
        first, second = self.make_greeting(), self.make_greeting(name="By SMS")
        with freeze_time("2026-03-11 04:00:00"):
            made = self.run_policy(first)[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            made.copy({"policy_id": second.id, "event_key": made.event_key})

    def test_consent_withdrawn_is_respected(self):
        self.people[0]._note_consent(["call"], ["care"], "withdrawn", "call")
        policy = self.make_greeting()
        with freeze_time("2026-03-11 04:00:00"):
            self.assertEqual(self.run_policy(policy).partner_id, self.people[1:])

    def test_merged_files_keep_both_greetings_of_before(self):
        policy = self.make_greeting()
        with freeze_time("2026-03-11 04:00:00"):
            made = self.run_policy(policy)
            one, two = self.people[:2]
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((one | two).ids, one, extra_checks=False)
            self.env.invalidate_all()
            kept = made.exists()
            self.assertEqual(len(kept), 3)
            self.assertEqual(len(kept.filtered(lambda c: c.partner_id == one)), 2)
            self.assertFalse(self.run_policy(policy))

    def test_bad_input_is_refused_with_the_field(self):
        with self.assertRaisesRegex(ValidationError, "Festival"):
            self.make_greeting(festival_id=False)
        vehicle = self.env["ir.model"]._get("fleet.vehicle")
        with self.assertRaisesRegex(ValidationError, "Made from"):
            self.make_greeting(model_id=vehicle.id, domain="[]")
        with self.assertRaisesRegex(ValidationError, "Date"):
            self.make_greeting(cycle="once")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.festival.line_ids = [(0, 0, {"date": "2026-10-01"})]

    def test_managers_keep_the_calendar_others_read_it(self):
        festival = self.festival.with_user(self.service_manager)
        festival.line_ids = [(0, 0, {"date": "2028-03-01"})]
        self.assertEqual(str(self.festival.line_ids[-1].date), "2028-03-01")
        self.assertEqual(self.festival.with_user(self.care).name, "Test Festival")
        with self.assertRaises(AccessError):
            self.festival.with_user(self.care).name = "Other"

    def test_birthday_policy_plans_the_gift_a_week_before(self):
        policy = self.env.ref("dealer_aftersales.policy_birthday")
        policy.write({"active": True, "date_start": "2026-01-01"})
        self.people[0].birthdate_date = "1990-03-16"
        self.people[1].birthdate_date = "1990-03-18"
        self.people.sudo().file_state = "filed"
        made = self.run_policy(policy).filtered(lambda c: c.partner_id in self.people)
        self.assertEqual(made.partner_id, self.people[0])
        self.assertEqual(str(made.date_due), "2026-03-16")
        self.assertTrue(made.gift)
        policy.offset_days = -3
        self.assertFalse(self.run_policy(policy) & made)

    def test_car_anniversary_comes_each_year_but_not_on_the_purchase(self):
        policy = self.env.ref("dealer_aftersales.policy_car_anniversary")
        policy.write({"active": True, "date_start": "2026-01-01"})
        values = {"company_id": self.branch.id, "owner_id": self.people[0].id}
        old = self.make_car(purchase_date="2024-03-11", **values)
        self.make_car(purchase_date="2026-03-10", **values)
        made = self.run_policy(policy).filtered(
            lambda c: c.partner_id == self.people[0]
        )
        self.assertEqual(made.vehicle_id, old)
        self.assertEqual(made.cycle_key, "2026")
