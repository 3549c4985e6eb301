# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase

#: (state, promised, delivered): the branch's noon of 10 March is NOW.
ORDERS = [
    ("appointment", False),
    ("received", "2026-03-10 03:00:00"),
    ("diagnosed", "2026-03-10 08:00:00"),
    ("in_work", "2026-03-10 04:30:00"),
    ("in_work", "2026-03-09 08:00:00"),
    ("in_work", "2026-03-12 08:00:00"),
    ("ready", "2026-03-11 08:00:00"),
    ("delivered", "2026-03-10 08:00:00"),
    ("cancelled", "2026-03-10 08:00:00"),
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestServiceDay(AftersalesCase):
    """SVC-26: the numbers of the service centre equal a count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = {}
        for state, promised in ORDERS:
            order = cls.make_repair(
                date_in="2026-03-09 01:00:00", date_promised=promised
            )
            if state == "appointment":
                order.action_step_back()
            elif state != "received":
                order.service_state = state
            cls.orders.setdefault(state, []).append(order)
        cls.make_repair("2026-03-09 04:00:00")

    def get_today(self, user=None):
        return self.call(user or self.advisor, "dealer.service.day", "get_today")

    def get_counts(self, user=None):
        return {c["key"]: c["value"] for c in self.get_today(user)["counts"]}

    def test_counts_equal_a_count_by_hand(self):
        counts = self.get_counts()
        expected = {
            "here": 6,
            "in_work": 3,
            "promised": 3,
            "late": 2,
            "ready": 1,
            "delivered": 1,
            "approval": 0,
            "part": 0,
            "appointments": 0,
        }
        self.assertEqual({key: counts[key] for key in expected}, expected)

    def test_each_number_opens_its_records(self):
        for count in self.get_today()["counts"]:
            action = count["action"]
            records = self.env[action["res_model"]].with_user(self.advisor)
            with self.subTest(key=count["key"]):
                self.assertEqual(records.search_count(action["domain"]), count["value"])

    def test_visits_expected_today_and_a_late_one(self):
        visits = self.env["dealer.appointment"].create(
            [
                {"vehicle_id": self.car.id, "date_start": start, "state": "booked"}
                for start in ("2026-03-10 03:00:00", "2026-03-10 07:00:00")
            ]
        )
        blocks = {block["key"]: block for block in self.get_today()["blocks"]}
        lines = blocks["appointments"]["lines"]
        self.assertEqual([line["res_id"] for line in lines], visits.ids)
        self.assertEqual([line["level"] for line in lines], ["danger", "muted"])
        self.assertEqual(self.get_counts()["appointments"], 2)

    def test_late_orders_say_so_in_words(self):
        blocks = {block["key"]: block for block in self.get_today()["blocks"]}
        lines = blocks["promised"]["lines"]
        self.assertEqual(len(lines), 4)
        self.assertIn("late", lines[0]["note"])
        self.assertEqual(lines[0]["level"], "danger")
        self.assertIn("30 min left", [x["note"] for x in lines][2])

    def test_due_callbacks_are_counted_by_what_the_user_may_read(self):
        self.make_callback()
        self.assertEqual(self.get_counts(self.care)["callbacks"], 1)
        self.assertEqual(self.get_counts(self.technician)["callbacks"], 0)

    def test_another_branch_and_other_roles(self):
        self.assertEqual(self.get_counts(self.care_north)["here"], 0)
        with self.assertRaises(AccessError):
            self.get_today(self.consultant)

    def test_queries_do_not_grow_with_the_cars(self):
        self.get_today()
        self.env.invalidate_all()
        few = self.count_queries()
        for _index in range(20):
            self.make_repair(date_promised="2026-03-10 09:00:00")
        self.assertLessEqual(self.count_queries(), few)

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.get_today()
        return self.env.cr.sql_log_count - before
