# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.warranty import inside_term
from .common import NOW, AftersalesCase

END = date(2026, 3, 10)


class TestInsideTerm(BaseCase):
    """Boundaries of a term as vectors, without a database."""

    def test_last_day_and_last_km_are_inside(self):
        vectors = [
            (date(2026, 3, 10), 60000, True),
            (date(2026, 3, 11), 60000, False),
            (date(2026, 3, 10), 60001, False),
            (date(2026, 3, 9), 1, True),
            (date(2026, 3, 9), None, True),
            (None, 60001, False),
            (None, 60000, True),
        ]
        for day, km, expected in vectors:
            with self.subTest(day=day, km=km):
                self.assertIs(inside_term(day, km, END, 60000), expected)

    def test_missing_limits_do_not_limit(self):
        self.assertTrue(inside_term(date(2099, 1, 1), 10, None, 60000))
        self.assertTrue(inside_term(date(2026, 1, 1), 999999, END, 0))
        self.assertFalse(inside_term(date(2026, 1, 1), 10, None, 0))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestWarrantyPayer(AftersalesCase):
    """Who is proposed to pay (SVC-06), and what the order says of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car.write({"warranty_end_date": END, "warranty_end_odometer": 60000})

    def add_line(self, repair):
        return repair._add_labor(name="Replace the pump", hours=1)

    def open_order(self, **values):
        values = {"service_kind": "warranty", "odometer_in": 60000} | values
        return self.make_repair(**values).with_user(self.advisor)

    def get_hints(self, repair, code):
        return [h for h in repair._get_order_hints() if h["code"] == code]

    def test_inside_terms_warranty_is_proposed(self):
        self.assertEqual(self.add_line(self.open_order()).payer, "warranty")

    def test_one_km_beyond_the_customer_is_proposed(self):
        repair = self.open_order(odometer_in=60001)
        self.assertEqual(self.add_line(repair).payer, "customer")
        [hint] = self.get_hints(repair, "warranty")
        self.assertEqual((hint["level"], hint["action"]), ("warning", False))

    def test_day_after_the_end_the_customer_is_proposed(self):
        late = self.open_order(date_in="2026-03-10 17:00:00")  # 11 March in Shanghai
        self.assertEqual(self.add_line(late).payer, "customer")
        in_time = self.open_order(date_in="2026-03-10 15:59:00")
        self.assertEqual(self.add_line(in_time).payer, "warranty")

    def test_unknown_terms_leave_the_kind_of_the_visit(self):
        car = self.make_car(owner_id=self.customer.id)
        repair = self.open_order(vehicle_id=car.id)
        self.assertEqual(self.add_line(repair).payer, "warranty")

    def test_general_repair_is_never_a_claim_by_itself(self):
        repair = self.open_order(service_kind="general")
        line = self.add_line(repair)
        self.assertEqual(line.payer, "customer")
        [hint] = self.get_hints(repair, "warranty")
        self.assertEqual(hint["action"], "action_make_claim")
        getattr(repair.with_context(hint_id=hint["id"]), hint["action"])()
        self.assertEqual((repair.service_kind, line.payer), ("warranty", "warranty"))
        self.assertFalse(self.get_hints(repair, "warranty"))

    def test_extended_warranty_pays_where_the_maker_does_not(self):
        kind = self.env["dealer.service.contract.type"].create(
            {"name": "Two more years", "kind": "warranty", "months": 24, "km": 40000}
            | {"after_warranty": True}
        )
        contract = self.env["dealer.service.contract"].create(
            {"type_id": kind.id, "vehicle_id": self.car.id}
        )
        self.assertEqual(
            (contract.date_start, contract.date_end, contract.odometer_end),
            (date(2026, 3, 11), date(2028, 3, 10), 100000),
        )
        after = "2026-03-11 04:00:00"
        repair = self.open_order(date_in=after, odometer_in=100000)
        self.assertEqual(self.add_line(repair).payer, "warranty")
        over = self.open_order(date_in=after, odometer_in=100001)
        self.assertEqual(self.add_line(over).payer, "customer")

    def test_vehicle_knows_its_warranty(self):
        self.assertTrue(self.car._is_in_warranty(END, 60000))
        self.assertFalse(self.car._is_in_warranty(END, 60001))
        self.assertFalse(self.car._is_in_warranty(date(2026, 3, 11), 10))
