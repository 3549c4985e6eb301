# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, AftersalesCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPolicySheet(AftersalesCase):
    """SVC-15: the service policy with the car's own dates, explained and ticked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch.service_advisor_ids = cls.advisor
        cls.car.write(
            {
                "origin": "own_sale",
                "purchase_date": "2025-05-04",
                "warranty_end_date": "2028-05-04",
                "warranty_end_odometer": 60007,
                "advisor_id": cls.advisor.id,
            }
        )
        cls.report = cls.env.ref("dealer_aftersales.action_report_policy_sheet")

    def render(self, car=None, user=None):
        content, _kind = self.report.with_user(user or self.advisor)._render_qweb_html(
            self.report, (car or self.car).ids
        )
        texts = html.fromstring(content.decode()).xpath("//main")
        return " ".join(" ".join(t.text_content().split()) for t in texts)

    def get_todos(self, car):
        kind = self.env.ref("dealer_aftersales.mail_activity_type_policy")
        return car.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_sheet_shows_the_dates_of_the_car(self):
        self.branch.service_policy = "<p>Wheels for free</p>"
        text = self.render()
        for expected in (
            "05/04/2028",
            "60,007",
            self.car.vin_sn,
            self.advisor.name,
            "Three Guarantees",
            "Wheels for free",
        ):
            self.assertIn(expected, text)

    def test_law_of_household_cars_only(self):
        self.car.usage = "commercial"
        self.assertNotIn("your rights by law", self.render())

    def test_opening_hours_join_days_alike(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "T",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": start,
                            "hour_to": stop,
                        }
                    )
                    for day, start, stop in (
                        ("0", 8.5, 12),
                        ("0", 12, 17.5),
                        ("1", 8.5, 17.5),
                        ("5", 9, 12),
                    )
                ],
            }
        )
        self.branch.resource_calendar_id = calendar
        self.assertEqual(
            self.branch._get_opening_hours(),
            [("Monday – Tuesday", "08:30–17:30"), ("Saturday", "09:00–12:00")],
        )

    def test_tick_is_stamped_and_logged(self):
        self.car.with_user(self.advisor).action_policy_explained()
        self.assertEqual(str(self.car.policy_sheet_date), "2026-03-10")
        self.assertEqual(self.car.policy_sheet_user_id, self.advisor)
        self.assertIn("explained", self.car.message_ids[:1].body)
        self.car.with_user(self.advisor).action_undo_policy_explained()
        self.assertFalse(self.car.policy_sheet_date)

    def test_stamp_is_not_typed(self):
        car = self.car.with_user(self.advisor)
        with self.assertRaises(AccessError):
            car.policy_sheet_date = "2026-01-01"
        made = self.call(
            self.advisor,
            self.env["fleet.vehicle"].with_context(
                default_policy_sheet_date="2026-01-01"
            ),
            "create",
            [
                {
                    "model_id": self.car_model.id,
                    "vin_sn": self.next_vin(),
                    "trade_state": "customer",
                }
            ],
        )
        self.assertFalse(self.env["fleet.vehicle"].browse(made).policy_sheet_date)

    def test_others_do_not_tick(self):
        with self.assertRaises(AccessError):
            self.car.with_user(self.technician).action_policy_explained()
        with self.assertRaises(AccessError):
            self.render(user=self.make_user("acc", "account.group_account_invoice"))

    def test_next_owner_is_told_again(self):
        self.car.action_policy_explained()
        self.car.owner_id = self.make_customer("Next")
        self.assertFalse(self.car.policy_sheet_date)

    def test_stock_car_has_nobody_to_tell(self):
        with self.assertRaises(UserError):
            self.make_car(trade_state="in_stock").action_policy_explained()

    def test_delivery_asks_the_advisor(self):
        car = self.make_car(trade_state="sold", origin="own_sale")
        self.assertFalse(self.get_todos(car))
        car.write({"owner_id": self.customer.id, "trade_state": "customer"})
        self.assertEqual(self.get_todos(car).user_id, self.advisor)
        self.assertTrue(car._needs_policy_sheet())
        car.with_user(self.advisor).action_policy_explained()
        self.assertFalse(self.get_todos(car))
        self.assertFalse(car._needs_policy_sheet())

    def test_open_order_reminds_of_it(self):
        repair = self.make_repair().with_user(self.advisor)
        codes = [hint["code"] for hint in repair._get_order_hints()]
        self.assertIn("policy", codes)
        repair.action_hint_policy()
        self.assertTrue(self.car.policy_sheet_date)
        codes = [hint["code"] for hint in repair._get_order_hints()]
        self.assertNotIn("policy", codes)
