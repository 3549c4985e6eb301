# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .common import NOW
from .test_maintenance_due import MaintenanceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestMaintenanceReminder(MaintenanceCase):
    """One reminder per due item, with its reason, gone when it is needless."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.make_policy(
            model="dealer.maintenance.due",
            date_field="date_due",
            domain="[('line_id.is_main', '=', True)]",
            offset_days=-14,
            window_days=14,
            purpose="reminder",
            filed_only=False,
            survey_id=False,
        )

    def remind(self):
        """The car is driven so much that the first service is due on 13 March."""
        self.read_meter("2026-03-01", 4_000)
        return self.run_policy()

    def test_paths_lead_to_owner_and_car(self):
        self.assertEqual(self.policy.partner_path, "partner_id")
        call = self.remind().filtered(lambda c: c.vehicle_id == self.new_car)
        self.assertEqual(call.partner_id, self.customer)
        self.assertEqual(call.date_due, date(2026, 2, 27))

    def test_second_run_makes_none(self):
        self.assertEqual(len(self.remind()), 1)
        self.assertFalse(self.run_policy())
        self.read_meter("2026-03-08", 4_300)
        self.assertFalse(self.run_policy(), "the day moved, the item is the same")

    def test_reason_explains_itself(self):
        reason = self.remind().with_user(self.care).reason
        for part in ("Oil service", "80.0 km per day", "4,000 km", "5,000 km"):
            self.assertIn(part, reason)

    def test_done_item_cancels_its_reminder(self):
        call = self.remind()
        self.make_repair(NOW, vehicle_id=self.new_car.id, service_kind="maintenance")
        self.assertEqual(call.state, "cancelled")

    def test_sold_car_cancels_its_reminder(self):
        call = self.remind()
        self.new_car.active = False
        self.assertEqual(call.state, "cancelled")

    def test_car_in_the_workshop_is_not_called_about(self):
        call = self.remind()
        self.make_repair(vehicle_id=self.new_car.id, service_kind="maintenance")
        self.env["dealer.maintenance.due"]._cancel_stopped_reminders()
        self.assertEqual(call.state, "cancelled")
        self.assertFalse(self.run_policy())

    def test_withdrawn_consent_is_not_called(self):
        self.customer._note_consent(["call"], ["care"], "withdrawn", "call")
        self.assertFalse(self.remind())

    def test_next_item_gets_its_own_reminder(self):
        first = self.remind()
        self.make_repair(
            NOW,
            vehicle_id=self.new_car.id,
            service_kind="maintenance",
            odometer_in=4500,
        )
        self.policy.ahead_days = 200
        second = self.run_policy()
        self.assertEqual(len(second), 1)
        self.assertNotEqual(second.source_id, first.source_id)

    def test_night_run_from_reading_to_call(self):
        cron = self.env.ref("dealer_aftersales.ir_cron_update_forecast")
        self.read_meter("2026-03-01", 4_000)
        self.env["dealer.maintenance.due"].search([]).sudo().unlink()
        for _run in range(2):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
        self.assertEqual(len(self.get_open()), 1)
        self.run_cron()
        calls = self.policy.callback_ids.filtered(lambda c: c.state == "planned")
        self.assertEqual(calls.vehicle_id, self.new_car)
