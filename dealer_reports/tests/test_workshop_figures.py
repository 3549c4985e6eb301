# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import date

from lxml import etree
from odoo.addons.dealer_aftersales.tests.common import NOW, AftersalesCase
from odoo.tests import freeze_time, tagged

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
#: (state, promised, delivered) of a day in the workshop; NOW is the branch's noon.
ORDERS = [
    ("received", "2026-03-10 03:00:00", False),
    ("in_work", "2026-03-10 08:00:00", False),
    ("in_work", "2026-03-09 08:00:00", False),
    ("ready", "2026-03-11 08:00:00", False),
    ("cancelled", "2026-03-09 08:00:00", False),
    ("delivered", "2026-03-10 03:00:00", "2026-03-10 02:00:00"),
    ("delivered", "2026-03-10 01:00:00", "2026-03-10 02:00:00"),
    ("delivered", False, "2026-03-10 02:30:00"),
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkshopFigures(AftersalesCase):
    """One day: Service Today, the filters of the list and the figures agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for state, promised, delivered in ORDERS:
            order = cls.make_repair(delivered, date_promised=promised)
            if state not in ("received", "delivered"):
                order.service_state = state
        # It has a promise, but the car is not here: nobody is late with it.
        cls.make_repair(date_promised="2026-03-09 08:00:00").action_step_back()
        waiting = cls.make_repair(date_in="2026-03-10 01:00:00")
        waiting.sudo().write({"estimate_state": "to_approve", "parts_state": "waiting"})

    def get_counts(self):
        today = self.env["dealer.service.day"].with_user(self.advisor)
        today = today.with_company(self.branch).get_today()
        return {count["key"]: count for count in today["counts"]}

    def count_filter(self, name):
        """What the list shows under one filter of its search box."""
        orders = self.env["repair.order"].with_user(self.advisor)
        view = self.env.ref("dealer_aftersales.repair_order_view_search")
        views = orders.get_views([(view.id, "search")])["views"]
        arch = etree.fromstring(views["search"]["arch"])
        [domain] = arch.xpath(f"//filter[@name='{name}']/@domain")
        own = [("company_id", "=", self.branch.id), ("vehicle_id", "!=", False)]
        return orders.search_count(own + literal_eval(domain))

    def get_kpi(self, code):
        kpi = self.env.ref(f"dealer_reports.kpi_{code}")
        return kpi._compute_lines(self.branch, *MARCH)[0]

    def test_today_equals_the_filters_of_the_list(self):
        counts = {key: count["value"] for key, count in self.get_counts().items()}
        for key, name, expected in (
            ("here", "in_house", 5),
            ("late", "promise_broken", 2),
            ("ready", "ready", 1),
            ("approval", "needs_approval", 1),
            ("part", "parts_waiting", 1),
        ):
            with self.subTest(key):
                self.assertEqual(counts[key], expected)
                self.assertEqual(self.count_filter(name), expected)

    def test_delivered_today_are_those_of_the_figures(self):
        delivered = self.get_counts()["delivered"]
        self.assertEqual(delivered["value"], 3)
        self.assertEqual(self.get_kpi("first_time_fix")["denominator"], 3)
        on_time = self.get_kpi("on_time_delivery")
        self.assertEqual((on_time["numerator"], on_time["denominator"]), (1, 2))
        orders = self.env["repair.order"].search(delivered["action"]["domain"])
        self.assertLess(set(on_time["record_ids"]), set(orders.ids))

    def test_first_time_fix_leaves_repeats_out(self):
        symptom = self.env["dealer.symptom"].search([], limit=1)
        for delivered in ("2026-03-04 03:00:00", "2026-03-08 03:00:00"):
            self.make_repair(
                delivered,
                concern_ids=[(0, 0, {"name": "Noise", "symptom_id": symptom.id})],
            )
        figure = self.get_kpi("first_time_fix")
        self.assertEqual((figure["numerator"], figure["denominator"]), (4, 5))

    def test_declined_work_done_later_equals_a_count_by_hand(self):
        states = ("open", "done", "expired", "done")
        for state in states:
            work = self.env["dealer.declined.work"].create(
                {"vehicle_id": self.car.id, "name": "Wipers", "date": "2026-03-05"}
            )
            work.sudo().state = state
        figure = self.get_kpi("declined_conversion")
        self.assertEqual((figure["numerator"], figure["denominator"]), (2, 4))

    def test_first_service_counts_each_car_once_and_no_sold_ones(self):
        plan = self.env["dealer.maintenance.plan"].search([], limit=1)
        cars = [self.make_car(owner_id=self.customer.id) for _index in range(4)]
        dues = self.env["dealer.maintenance.due"].sudo()
        dues.search([("company_id", "=", self.branch.id)]).unlink()
        for car, state, cause in zip(
            cars,
            ("done", "open", "cancelled", "cancelled"),
            (False, False, "sold", "plan"),
            strict=True,
        ):
            due = dues.create(
                {
                    "vehicle_id": car.id,
                    "line_id": plan.line_ids[:1].id,
                    "date_due": "2026-03-05",
                    "date_high": "2026-03-20",
                    "is_first_service": True,
                    "state": state,
                    "cause": cause,
                }
            )
            if state == "done":
                due.done_repair_id = self.make_repair(
                    "2026-03-06 03:00:00", vehicle_id=car.id
                )
        figure = self.get_kpi("first_service")
        self.assertEqual((figure["numerator"], figure["denominator"]), (1, 2))
