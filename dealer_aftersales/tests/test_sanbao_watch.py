# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestSanbaoWatch(AftersalesCase):
    """The watch over household cars: rows, alerts, hints before a threshold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car.write({"usage": "private", "purchase_date": "2025-09-01"})
        cls.watch = cls.env["dealer.sanbao.watch"]
        cls.symptom = cls.env["dealer.symptom"].create(
            {"name": "Gearbox jerks", "code": "T-JERK", "group": "gearbox"}
        )

    def make_visit(self, day, days=1, **values):
        """A finished repair that took ``days`` calendar days from ``day`` on."""
        start = fields.Datetime.to_datetime(f"{day} 02:00:00")
        values = {"service_kind": "warranty"} | values
        if values.pop("symptom", True):
            line = {"name": "It jerks", "symptom_id": self.symptom.id}
            values["concern_ids"] = [(0, 0, line)]
        stop = fields.Datetime.to_string(start + timedelta(days=days - 1, hours=6))
        return self.make_repair(stop, **values | {"date_in": start})

    def count(self, car=None):
        self.watch._update_cars(car or self.car)
        return self.watch.search([("vehicle_id", "=", (car or self.car).id)])

    def get_alerts(self):
        alerts = self.env["dealer.sanbao.alert"].search(
            [("vehicle_id", "=", self.car.id)]
        )
        return {(alert.kind, alert.level) for alert in alerts}

    def test_31st_day_raises_the_alarm(self):
        self.make_visit("2025-10-01", 15, symptom=False)
        self.make_visit("2025-11-01", 15, symptom=False)
        row = self.count()
        self.assertEqual((row.days, row.level), (30, "alarm"))  # one visit over 5 days
        self.assertIn(("days", "last"), self.get_alerts())
        self.assertNotIn(("days", "alarm"), self.get_alerts())
        self.make_visit("2026-03-09", 1, symptom=False)
        row = self.count()
        self.assertEqual((row.days, row.kind), (31, "days"))
        self.assertIn(("days", "alarm"), self.get_alerts())

    def test_each_alert_is_raised_once(self):
        for month in (10, 11, 12):
            self.make_visit(f"2025-{month}-01")
        first = self.count()
        self.assertEqual((first.fault_count, first.level), (3, "warn"))
        self.assertEqual(first.fault_name, "Gearbox jerks")
        self.assertFalse(self.watch._update_cars(self.car))
        self.assertEqual(self.get_alerts(), {("fault", "warn")})

    def test_open_order_is_counted_to_today_when_it_moves(self):
        repair = self.make_repair(service_kind="general", date_in="2026-03-05 02:00:00")
        repair.with_user(self.advisor).service_state = "in_work"
        row = self.watch.search([("vehicle_id", "=", self.car.id)])
        self.assertEqual((row.days, row.visit_days, row.kind), (6, 6, "visit"))
        hints = repair.with_user(self.advisor)._get_order_hints()
        texts = [h["text"] for h in hints if h["code"] == "sanbao"]
        self.assertTrue([text for text in texts if "substitute car" in text], hints)
        flags = repair.with_user(self.advisor)._get_board_flags()[repair.id]
        self.assertIn(("sanbao", "Three Guarantees", "danger"), flags)

    def test_advisor_is_warned_at_the_reception(self):
        """Before the work: the third visit for the same fault says so."""
        self.make_visit("2025-10-01")
        self.make_visit("2025-11-01")
        line = {"name": "Jerks again", "symptom_id": self.symptom.id}
        repair = self.make_repair(
            service_kind="warranty", concern_ids=[(0, 0, line)]
        ).with_user(self.advisor)
        [hint] = [h for h in repair._get_order_hints() if h["code"] == "sanbao"]
        self.assertIn("Gearbox jerks", hint["text"])
        self.assertIn("3 of 5", hint["text"])

    def test_manager_gets_one_activity_for_a_fresh_alert(self):
        for day in ("2026-01-05", "2026-02-05", "2026-03-05"):
            self.make_visit(day)
        row = self.count()
        self.count()
        self.assertEqual(len(row.activity_ids), 1)
        self.assertEqual(row.activity_ids.user_id, self.branch._get_service_manager())

    def test_old_history_sends_nobody(self):
        for month in (10, 11, 12):
            self.make_visit(f"2025-{month}-01")
        self.assertFalse(self.count().activity_ids)

    def test_accident_and_maintenance_do_not_count(self):
        self.make_visit("2025-10-01", 20, service_kind="accident")
        self.make_visit("2025-12-01", 20, service_kind="maintenance")
        self.assertFalse(self.count())

    def test_other_use_is_not_covered(self):
        self.make_visit("2025-10-01", 20)
        self.assertTrue(self.count())
        self.car.usage = "official"
        self.assertFalse(self.count())

    def test_edition_of_the_day_of_purchase_holds(self):
        self.make_visit("2025-10-01")
        new = self.env.ref("dealer_aftersales.sanbao_rule_2022")
        self.assertEqual(self.count().rule_id, new)
        old = self.make_car(
            owner_id=self.customer.id, usage="private", purchase_date="2021-12-31"
        )
        self.make_visit("2022-03-01", vehicle_id=old.id)
        self.assertEqual(
            self.count(old).rule_id,
            self.env.ref("dealer_aftersales.sanbao_rule_2013"),
        )

    def test_car_becomes_ready_before_it_is_fetched(self):
        repair = self.make_repair(
            service_kind="general", date_in="2026-03-09 02:00:00"
        ).with_user(self.advisor)
        repair.service_state = "ready"
        with freeze_time("2026-03-20 04:00:00"):
            row = self.count()
        self.assertEqual(row.days, 2)

    def test_job_counts_all_cars_of_the_branch(self):
        self.make_visit("2025-10-01")
        self.assertIn(self.car.id, self.watch._get_candidates(self.branch))
        self.assertNotIn(self.car.id, self.watch._get_candidates(self.other_branch))
        cron = self.env.ref("dealer_aftersales.ir_cron_update_sanbao_watch")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        row = self.watch.search([("vehicle_id", "=", self.car.id)])
        self.assertEqual((row.days, row.visits), (1, 1))

    def test_many_cars_cost_no_query_each(self):
        def measure(count):
            cars = self.env["fleet.vehicle"].create(
                [
                    {
                        "model_id": self.car_model.id,
                        "vin_sn": self.next_vin(),
                        "owner_id": self.customer.id,
                        "usage": "private",
                        "purchase_date": "2025-09-01",
                    }
                    for _n in range(count)
                ]
            )
            for car in cars:
                self.make_visit("2025-10-01", vehicle_id=car.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.watch._update_cars(cars)
            return self.env.cr.sql_log_count - before

        measure(2)
        few, many = measure(5), measure(30)
        self.assertLessEqual(many, few + 3)

    def test_rows_are_read_only_and_of_the_branch(self):
        self.make_visit("2025-10-01")
        row = self.count()
        self.assertTrue(row.with_user(self.technician).days)
        with self.assertRaises(AccessError):
            row.with_user(self.service_manager).days = 0
        self.assertFalse(self.watch.with_user(self.care_north).search([]) & row)
