# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import UserError

from .common import AftersalesCase

FIRST = "2026-03-01 02:00:00"


class RepeatCase(AftersalesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brakes = cls.env.ref("dealer_aftersales.symptom_b01")
        cls.engine = cls.env.ref("dealer_aftersales.symptom_e01")

    @classmethod
    def make_visit(cls, symptom=None, work=None, delivered=None, **values):
        values["concern_ids"] = [
            Command.create({"name": "as told", "symptom_id": symptom and symptom.id})
        ]
        if work:
            values["labor_ids"] = [Command.create(work)]
        return cls.make_repair(delivered, **values)


class TestRepeatRepair(RepeatCase):
    """The same symptom on the same car within the branch's days."""

    def test_same_symptom_within_days(self):
        before = self.make_visit(self.brakes, delivered=FIRST)
        again = self.make_visit(self.brakes, date_in="2026-03-31 15:59:59")
        self.assertEqual(again.concern_ids.repeat_of_id, before)
        self.assertTrue(again.is_repeat)
        self.assertFalse(before.is_repeat)

    def test_day_after_the_last_is_no_repeat(self):
        self.make_visit(self.brakes, delivered=FIRST)
        # Midnight in Shanghai ends the thirtieth day.
        later = self.make_visit(self.brakes, date_in="2026-03-31 16:00:00")
        self.assertFalse(later.is_repeat)

    def test_branch_sets_the_days(self):
        self.branch.repeat_repair_days = 5
        self.make_visit(self.brakes, delivered=FIRST)
        self.assertFalse(
            self.make_visit(self.brakes, date_in="2026-03-07 02:00:00").is_repeat
        )
        self.assertTrue(
            self.make_visit(self.brakes, date_in="2026-03-06 02:00:00").is_repeat
        )

    def test_other_symptom_other_car_or_none(self):
        self.make_visit(self.brakes, delivered=FIRST)
        day = "2026-03-05 02:00:00"
        self.assertFalse(self.make_visit(self.engine, date_in=day).is_repeat)
        self.assertFalse(self.make_visit(date_in=day).is_repeat)
        other = self.make_car(owner_id=self.customer.id)
        visit = self.make_visit(self.brakes, date_in=day, vehicle_id=other.id)
        self.assertFalse(visit.is_repeat)

    def test_symptom_found_later_counts(self):
        self.make_visit(self.brakes, delivered=FIRST)
        visit = self.make_visit(date_in="2026-03-05 02:00:00")
        visit.concern_ids.with_user(self.technician).symptom_id = self.brakes
        self.assertTrue(visit.is_repeat)
        flags = visit._get_board_flags()[visit.id]
        self.assertIn("again", [code for code, _text, _level in flags])
        visit.concern_ids.symptom_id = self.engine
        self.assertFalse(visit.is_repeat)

    def test_newest_visit_is_named(self):
        self.make_visit(self.brakes, delivered=FIRST)
        newest = self.make_visit(self.brakes, delivered="2026-03-03 02:00:00")
        again = self.make_visit(self.brakes, date_in="2026-03-05 02:00:00")
        self.assertEqual(again.concern_ids.repeat_of_id, newest)

    def test_cost_does_not_grow_with_the_orders(self):
        self.make_visit(self.brakes, delivered=FIRST)
        counts = []
        for count in (5, 50):
            visits = self.make_repairs(count, delivered="2026-03-04 02:00:00")
            values = [{"repair_id": visit.id, "name": "told"} for visit in visits]
            concerns = self.env["dealer.repair.concern"].create(values)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            concerns.symptom_id = self.engine
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


class TestWorkmanshipGuarantee(RepeatCase):
    """Work inside its guarantee comes back without cost for the customer."""

    def make_claim(self, work_class="second", day="2026-03-20 02:00:00", km=12000):
        work = {"name": "Replace brake pads", "work_class": work_class}
        before = self.make_visit(
            self.brakes, work, FIRST, odometer_in=10000, odometer_out=10010
        )
        again = self.make_visit(
            self.brakes, date_in=day, odometer_in=km, advisor_id=self.advisor.id
        )
        return before, again

    def get_hints(self, repair):
        hints = repair.with_user(self.advisor)._get_order_hints()
        return [hint for hint in hints if hint["code"] == "guarantee"]

    def test_same_symptom_inside_is_proposed(self):
        before, again = self.make_claim()
        (hint,) = self.get_hints(again)
        self.assertEqual((hint["model"], hint["id"]), ("repair.order", before.id))
        self.assertIn(self.brakes.name, hint["text"])

    def test_class_of_work_decides_the_term(self):
        self.assertFalse(self.get_hints(self.make_claim("minor")[1]))
        self.assertTrue(self.get_hints(self.make_claim("overall")[1]))

    def test_kilometres_end_it_too(self):
        self.assertTrue(self.get_hints(self.make_claim(km=15010)[1]))
        self.assertFalse(self.get_hints(self.make_claim(km=15011)[1]))

    def test_same_work_without_symptom(self):
        work = {"name": "Replace  Brake pads", "work_class": "second"}
        self.make_visit(None, work, FIRST)
        again = self.make_visit(
            None, {"name": "replace brake pads"}, date_in="2026-03-20 02:00:00"
        )
        self.assertTrue(self.get_hints(again))

    def test_one_click_makes_it_a_comeback(self):
        before, again = self.make_claim()
        same = again._add_labor(name="Replace brake pads")
        other = again._add_labor(name="Wash")
        taking = again.with_user(self.advisor).with_context(hint_id=before.id)
        taking.action_take_guarantee()
        self.assertEqual(again.service_kind, "comeback")
        self.assertEqual(again.guarantee_repair_id, before)
        self.assertEqual(same.payer, "internal")
        self.assertEqual(other.payer, "customer")
        self.assertEqual(again._add_labor(name="More").payer, "internal")
        self.assertFalse(self.get_hints(again))

    def test_order_that_does_not_answer_is_refused(self):
        before, again = self.make_claim("minor")
        with self.assertRaises(UserError):
            again.with_context(hint_id=before.id).action_take_guarantee()
        self.assertEqual(again.service_kind, "general")

    def test_rules_can_be_changed(self):
        rule = self.env.ref("dealer_aftersales.workmanship_rule_minor")
        rule.with_user(self.service_manager).days = 60
        self.assertTrue(self.get_hints(self.make_claim("minor", km=0)[1]))
